"""The index in a real database: filed in the caller's transaction, found however the officer heard the name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openclets.people.candidates import (
    BY_EXACT_KEYS,
    BY_KEYS,
    BY_NET,
    MAX_POSTINGS,
    UNDATED_FROM,
    by_keys_parameters,
)
from openclets.people.index import (
    IndexedPerson,
    index_people,
    index_person,
    reindex_record,
    remove_record,
)
from openclets.people.keys import keys_of_question, keys_of_strict_question
from openclets.people.models import IndexedName, NameKey
from openclets.people.search import MAX_COMPARED, Candidate, PersonQuery, SearchResult, search
from openclets.people.sounds import PhoneticCode
from openclets.people.statements import run
from openclets.people.weights import Outcome, Verdict
from openclets.vocabulary.errors import Rejected
from openclets.vocabulary.persons import PersonName, parse_birth_date, parse_wire_name

TODAY = date(2026, 11, 22)
KIND = "people-test"
HOLLOWAY = 9_900_000_000_001

SURNAMES = (
    "ABARCA BAXTER CASTILLO DOYLE ESTRADA FLEMING GARCIA HUANG IBARRA JENSEN KAPLAN LOZANO MERCER NGUYEN ORTEGA PRICE "
    "QUIROZ RUSSO SALINAS TRAN URBAN VEGA WALSH XIONG YODER ZAMORA"
).split()
GIVEN = (
    "AMY BRUCE CARLOS DIANA ELMER FRANK GLORIA HECTOR INES JOHN KEITH LAURA MARIA NATHAN OLGA PAUL RUTH SERGIO TINA"
).split()
MORE_THAN_ARE_READ = MAX_POSTINGS + 100


@pytest.fixture
def holloway(rolled_back: None) -> None:
    """HOLLOWAY, DEREK ALAN in the index, among 150 others none of whom is called so."""
    index_people(_others(150, seed=1))
    index_person(_person(HOLLOWAY, "HOLLOWAY,DEREK ALAN", "19840517", sex="M", race="W"))


@pytest.mark.parametrize(
    ("name", "born", "verdict"),
    [
        ("HOLLOWAY,DEREK", "19840517", "likely"),
        ("HALLOWAY,DEREK", "19840517", "likely"),
        ("HOLLOWAY,DERRICK", "19840517", "likely"),
        ("DEREK,HOLLOWAY", "19840517", "likely"),
        ("HOLLWAY,DEREK ALAN", "19840517", "likely"),
        ("HOLLOWAY,RICK", "19840517", "likely"),
        ("HOLLOWAY,ALAN", "19840517", "likely"),
        ("HOLLOWAY,DEREK ALAN", "19840518", "likely"),
        ("HOLLOWAY,DEREK", "19840518", "possible"),
        ("HOLLOWAY,DEREK", "19850517", "possible"),
        ("HOLLOWAY,DEREK", "", "possible"),
        ("HALLOWAY,DERRICK", "", "possible"),
        ("DEREK,HOLLOWAY", "", "possible"),
        ("HOLLOWAY,D", "", "possible"),
        ("HOLLOWAY", "", "possible"),
        ("HOLLOWAY", "19840517", "possible"),
        ("HOLLOWAY,MARCUS", "19840517", "possible"),
    ],
)
def test_derek_holloway_is_found_first_however_he_is_asked_for(
    holloway: None, name: str, born: str, verdict: str
) -> None:
    found = search(_asked(name, born), kinds=(KIND,))
    assert (found.candidates[0].record_id, found.candidates[0].verdict) == (HOLLOWAY, verdict)


@pytest.mark.parametrize(
    ("name", "born"),
    [("HOLLOWAY,DEREK", "19630209"), ("PETERSEN,MARGARET", "19840517"), ("PETERSEN,DEREK", "19840517")],
)
def test_somebody_else_is_not_shown_as_him(holloway: None, name: str, born: str) -> None:
    assert HOLLOWAY not in _records(search(_asked(name, born), kinds=(KIND,)))


def test_a_birth_date_that_cannot_be_is_rejected_before_it_reaches_the_index() -> None:
    with pytest.raises(Rejected, match="no such day"):
        parse_birth_date("19841705", today=TODAY)


def test_day_and_month_exchanged_still_find_him(rolled_back: None) -> None:
    index_person(_person(1, "HOLLOWAY,DEREK ALAN", "19840507"))
    found = search(_asked("HOLLOWAY,DEREK", "19840705"), kinds=(KIND,))
    assert (_records(found), found.candidates[0].verdict) == ([1], "likely")


def test_the_reasons_come_with_the_candidate(holloway: None) -> None:
    candidate = search(_asked("HALLOWAY,DEREK", "19840517", sex="F"), kinds=(KIND,)).candidates[0]
    assert _outcomes(candidate) == {
        "surname": "similar",
        "given name": "agrees",
        "middle name": "missing",
        "birth date": "agrees",
        "sex": "differs",
        "race": "missing",
    }


def test_the_alias_that_fits_is_the_name_that_is_shown(rolled_back: None) -> None:
    names = (parse_wire_name("OKAFOR,CHINWE"), parse_wire_name("HOLLOWAY,DEREK"))
    index_person(IndexedPerson(KIND, 7, "restrained", names, date(1984, 5, 17)))
    found = search(_asked("HOLLOWAY,DEREK", "19840517"), kinds=(KIND,))
    assert [candidate.name.wire for candidate in found.candidates] == ["HOLLOWAY,DEREK"]


def test_twins_of_one_surname_and_birth_date_are_never_likely_for_each_other(rolled_back: None) -> None:
    index_person(_person(1, "CASTELLANOS,ROSA", "20010304", sex="F"))
    index_person(_person(2, "CASTELLANOS,INES", "20010304", sex="F"))
    found = search(_asked("CASTELLANOS,ROSA", "20010304", sex="F"), kinds=(KIND,))
    assert [(one.record_id, one.verdict.value) for one in found.candidates] == [(1, "likely"), (2, "possible")]


def test_a_son_of_the_same_name_is_not_taken_for_his_father(rolled_back: None) -> None:
    index_person(_person(1, "CASTELLANOS,RAUL SR", "19700304"))
    index_person(_person(2, "CASTELLANOS,RAUL JR", "19980711"))
    found = search(_asked("CASTELLANOS,RAUL JR", "19980711"), kinds=(KIND,))
    assert _records(found) == [2]


def test_a_record_without_a_birth_date_is_found_and_is_only_possible(rolled_back: None) -> None:
    index_person(_person(1, "CASTELLANOS,RAUL", ""))
    found = search(_asked("CASTELLANOS,RAUL", "19980711"), kinds=(KIND,))
    assert [(one.record_id, one.verdict.value) for one in found.candidates] == [(1, "possible")]


def test_a_record_with_an_age_alone_is_found_and_compared_by_age(rolled_back: None) -> None:
    name = parse_wire_name("CASTELLANOS,RAUL")
    index_person(IndexedPerson(KIND, 1, "restrained", (name,), age=28, age_as_of=date(2026, 8, 1)))
    index_person(IndexedPerson(KIND, 2, "restrained", (name,), age=61, age_as_of=date(2026, 8, 1)))
    found = search(_asked("CASTELLANOS,RAUL", "19980711"), kinds=(KIND,))
    assert [(one.record_id, _outcomes(one)["birth date"]) for one in found.candidates] == [(1, "similar")]


def test_an_undated_namesake_is_found_behind_more_dated_ones_than_are_ever_read(rolled_back: None) -> None:
    index_person(_person(1, "GARCIA,MARIA", ""))
    index_people(
        _person(record, "GARCIA,MARIA", f"{1930 + record % 70}0101") for record in range(2, MORE_THAN_ARE_READ)
    )
    found = search(_asked("GARCIA,MARIA", "20050917"), kinds=(KIND,))
    assert _records(found) == [1]
    assert not found.truncated


def test_a_common_name_alone_is_bounded_and_says_what_would_narrow_it(rolled_back: None) -> None:
    index_people(
        _person(record, "GARCIA,MARIA", f"{1930 + record % 70}0101") for record in range(1, MORE_THAN_ARE_READ)
    )
    found = search(_asked("GARCIA,MARIA", ""), kinds=(KIND,), limit=10)
    assert len(found.candidates) == 10
    assert found.truncated
    assert found.more > 0
    assert any("birth date" in note and "narrow" in note for note in found.notes)


def test_a_common_name_with_a_birth_date_is_found_among_its_namesakes(rolled_back: None) -> None:
    index_people(
        _person(record, "GARCIA,MARIA", f"{date(1930, 1, 1) + timedelta(days=31 * record):%Y%m%d}")
        for record in range(1, MORE_THAN_ARE_READ)
    )
    wanted = date(1930, 1, 1) + timedelta(days=31 * 77)
    found = search(PersonQuery(PersonName("GARCIA", "MARIA"), wanted), kinds=(KIND,))
    assert (found.candidates[0].record_id, found.candidates[0].verdict) == (77, "likely")
    assert not found.truncated


def test_a_cut_list_is_told_even_when_no_candidate_of_the_kind_is_left(rolled_back: None) -> None:
    index_person(IndexedPerson("rare-kind", 1, "restrained", (PersonName("PETERSEN", "OLE"),), date(1984, 5, 17)))
    index_people(
        _person(record, "GARCIA,MARIA", f"{1930 + record % 70}0101") for record in range(2, MORE_THAN_ARE_READ)
    )
    found = search(_asked("GARCIA,MARIA", ""), kinds=("rare-kind",))
    assert found.candidates == ()
    assert found.truncated


def test_kinds_and_roles_are_held_apart(rolled_back: None) -> None:
    index_person(_person(1, "CASTELLANOS,RAUL", "19980711", role="restrained"))
    index_person(_person(2, "CASTELLANOS,RAUL", "19980711", role="protected"))
    index_person(
        IndexedPerson("other-kind", 3, "restrained", (parse_wire_name("CASTELLANOS,RAUL"),), date(1998, 7, 11))
    )
    asked = _asked("CASTELLANOS,RAUL", "19980711")
    assert _records(search(asked, kinds=(KIND,), roles=("restrained",))) == [1]
    assert _records(search(asked, kinds=(KIND,))) == [1, 2]
    assert _records(search(asked, kinds=(KIND, "other-kind"), roles=("restrained",))) == [3, 1]


def test_equal_candidates_come_in_the_order_of_their_records(rolled_back: None) -> None:
    for record in (30, 10, 20):
        index_person(_person(record, "CASTELLANOS,RAUL", "19980711"))
    assert _records(search(_asked("CASTELLANOS,RAUL", "19980711"), kinds=(KIND,))) == [10, 20, 30]


def test_the_trigram_net_catches_a_name_no_key_meets(rolled_back: None) -> None:
    index_person(_person(1, "WOJCIECHOWSKI,STANISLAW", ""))
    asked = PersonName("QOJCIECHOWSKI", "XTANISLAW")
    assert not _sharing(asked, 1)
    found = search(PersonQuery(asked), kinds=(KIND,), least=Verdict.UNLIKELY)
    assert 1 in _records(found)


@pytest.mark.parametrize(
    "name",
    [
        PersonName("X"),
        PersonName("X", "Y"),
        PersonName("A B C D E F G H", "I J K L M N O"),
        PersonName("A" * 100),
        PersonName("MARIA " * 16, "JOSE " * 20, "DE " * 30),
        PersonName("ИВАНОВ", "ИВАН"),
        PersonName("%", "'; --"),
        PersonName("O'", "-"),
        PersonName("🙂"),
    ],
    ids=lambda name: name.wire[:20],
)
def test_a_strange_name_is_answered_with_a_note(holloway: None, name: PersonName) -> None:
    found = search(PersonQuery(name))
    assert found.notes
    assert len(found.candidates) <= 20


def test_a_name_in_another_script_is_found_by_itself(rolled_back: None) -> None:
    index_person(IndexedPerson(KIND, 1, "restrained", (PersonName("ИВАНОВ", "ИВАН"),), date(1984, 5, 17)))
    found = search(PersonQuery(PersonName("Иванов", "Иван"), date(1984, 5, 17)), kinds=(KIND,))
    assert _records(found) == [1]


def test_a_removed_record_leaves_no_name_and_no_key(rolled_back: None) -> None:
    keys_before, names_before = NameKey.objects.count(), IndexedName.objects.count()
    names = (parse_wire_name("CASTELLANOS,RAUL"), parse_wire_name("DE LA CRUZ,ANA MARIA"))
    index_person(IndexedPerson(KIND, 1, "restrained", names, date(1984, 5, 17)))
    index_person(IndexedPerson(KIND, 1, "protected", names, age=30, age_as_of=TODAY))
    assert remove_record(KIND, 1) == 4
    assert (NameKey.objects.count(), IndexedName.objects.count()) == (keys_before, names_before)


def test_a_changed_record_is_found_by_its_new_name_only(rolled_back: None) -> None:
    index_person(_person(1, "CASTELLANOS,RAUL", "19980711"))
    reindex_record(KIND, 1, [_person(1, "OKONKWO,RAUL", "19980711")])
    assert _records(search(_asked("OKONKWO,RAUL", "19980711"), kinds=(KIND,))) == [1]
    assert _records(search(_asked("CASTELLANOS,RAUL", "19980711"), kinds=(KIND,))) == []


def test_a_record_cannot_be_changed_into_another(rolled_back: None) -> None:
    with pytest.raises(ValueError, match="is not"):
        reindex_record(KIND, 1, [_person(2, "OKONKWO,RAUL", "19980711")])


def test_the_bulk_way_files_the_same_rows_as_the_single_way(rolled_back: None) -> None:
    people = list(_others(40, seed=5))
    for person in people:
        index_person(person)
    one_by_one = _filed()
    for person in people:
        remove_record(person.record_kind, person.record_id)
    assert index_people(people) == sum(len(person.names) for person in people)
    assert _filed() == one_by_one


def test_a_person_filed_in_a_transaction_that_fails_is_not_found(database: None) -> None:
    with transaction.atomic():
        index_person(_person(1, "CASTELLANOS,RAUL", "19980711"))
        transaction.set_rollback(True)
    assert _records(search(_asked("CASTELLANOS,RAUL", "19980711"), kinds=(KIND,))) == []


_typed = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZÁÑØ'- ", min_size=2, max_size=25).filter(
    lambda text: any(letter.isalpha() for letter in text)
)


@given(_typed, _typed, st.dates(date(1900, 1, 1), date(2020, 12, 31)))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whoever_is_filed_is_found_by_the_same_words(rolled_back: None, family: str, first: str, born: date) -> None:
    remove_record(KIND, 5)
    name = PersonName(family, first)
    index_person(IndexedPerson(KIND, 5, "restrained", (name,), born))
    found = search(PersonQuery(name, born), kinds=(KIND,))
    assert _records(found) == [5]


def test_an_exact_record_does_not_hide_another_of_the_same_person_with_mistakes(rolled_back: None) -> None:
    index_person(_person(1, "QUINTERO-BARRAGAN,ESPERANZA LUCIA", "19810417"))
    index_person(_person(2, "BARRABAN,ESPERANZA", "19810411"))
    found = search(_asked("QUINTERO-BARRAGAN,ESPERANZA LUCIA", "19810417"), kinds=(KIND,))
    assert _records(found) == [1, 2]


QUESTIONS = (
    PersonQuery(PersonName("GARCIA", "MARIA"), date(1984, 5, 7)),
    PersonQuery(PersonName("GARCIA", "MARIA")),
    PersonQuery(PersonName("GARCIA")),
    PersonQuery(PersonName("GARCIA LOPEZ DE LA VEGA", "MARIA", "GUADALUPE JUANA"), date(1984, 5, 7)),
)


def test_no_question_reads_a_whole_table(rolled_back: None) -> None:
    index_people(_others(4_000, seed=2))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE people_indexedname")
        cursor.execute("ANALYZE people_namekey")
    for query in QUESTIONS:
        assert query.name is not None
        keys = keys_of_question(query.name, query.birth_date)
        asked = by_keys_parameters(keys, kinds=[KIND], roles=["restrained"], most=200)
        for mode in ("force_custom_plan", "force_generic_plan"):
            plan = _plan(BY_KEYS, asked, mode)
            assert "Seq Scan on people_" not in plan, (query, mode)
            assert "using people_namekey_pkey on people_namekey" in plan, (query, mode)
            assert "using people_indexedname_pkey on people_indexedname" in plan, (query, mode)
    surname_and_day = keys_of_strict_question(PersonName("GARCIA"), [date(1984, 5, 7)], PhoneticCode.NYSIIS)
    for mode in ("force_custom_plan", "force_generic_plan"):
        plan = _plan(BY_EXACT_KEYS, [list(surname_and_day), [KIND], [], 501], mode)
        assert "Seq Scan on people_" not in plan, mode
        assert "using people_namekey_pkey on people_namekey" in plan, mode
        assert "using people_indexedname_pkey on people_indexedname" in plan, mode
        plan = _plan(BY_NET, ["QUETZAL XOCHITL", [], [], "QUETZAL XOCHITL", 200], mode)
        assert "Bitmap Index Scan on indexedname_trigrams" in plan, mode


def test_the_statement_of_every_search_is_short_enough_to_be_kept_read() -> None:
    # psycopg 3.3 reads a statement longer than this for its parameters anew each time (MAX_CACHED_STATEMENT_LENGTH).
    assert len(BY_KEYS) <= 4096


def test_more_namesakes_of_one_birth_date_than_are_compared_at_first_are_all_shown(rolled_back: None) -> None:
    index_people(_person(record, "CASTELLANOS,RAUL", "19980711") for record in range(1, MAX_COMPARED + 9))
    found = search(_asked("CASTELLANOS,RAUL", "19980711"), kinds=(KIND,), limit=100)
    assert _records(found) == list(range(1, MAX_COMPARED + 9))
    assert not found.truncated


def _plan(statement: str, parameters: list[object], plan_mode: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL plan_cache_mode = {plan_mode}")
    rows = run(f"EXPLAIN {statement}", parameters).fetchall()
    return "\n".join(row[0] for row in rows)


def _person(
    record: int, name: str, born: str, *, role: str = "restrained", sex: str = "", race: str = ""
) -> IndexedPerson:
    birth_date = parse_birth_date(born, today=TODAY) if born else None
    return IndexedPerson(KIND, record, role, (parse_wire_name(name),), birth_date, sex=sex, race=race)


def _others(count: int, *, seed: int) -> Iterator[IndexedPerson]:
    rng = Random(seed)
    for number in range(count):
        names = [PersonName(rng.choice(SURNAMES), rng.choice(GIVEN), rng.choice(GIVEN))]
        if number % 5 == 0:
            names.append(PersonName(f"{rng.choice(SURNAMES)}-{rng.choice(SURNAMES)}", rng.choice(GIVEN)))
        born = date(1940, 1, 1) + timedelta(days=rng.randrange(25_000)) if number % 7 else None
        yield IndexedPerson(KIND, 1_000_000 + number, "restrained", tuple(names), born, sex=rng.choice("MF"))


def _asked(name: str, born: str, *, sex: str = "") -> PersonQuery:
    return PersonQuery(parse_wire_name(name), parse_birth_date(born, today=TODAY) if born else None, sex=sex)


def _records(found: SearchResult) -> list[int]:
    return [candidate.record_id for candidate in found.candidates]


def _outcomes(candidate: Candidate) -> dict[str, str]:
    assert all(isinstance(line.outcome, Outcome) for line in candidate.why)
    return {line.field.value: line.outcome.value for line in candidate.why}


def _sharing(name: PersonName, record_id: int) -> bool:
    keys = keys_of_question(name, None).all
    names = IndexedName.objects.filter(record_kind=KIND, record_id=record_id).values_list("id", flat=True)
    under_keys = [number + UNDATED_FROM for number in names]
    return NameKey.objects.filter(key__in=keys, name_id__in=[*names, *under_keys]).exists()


def _filed() -> list[tuple[object, ...]]:
    return run(
        """
        SELECT n.record_kind, n.record_id, n.role, n.surname, n.given, n.middle, n.suffix, n.birth_date, n.age,
               n.age_as_of, n.sex, n.race, n.folded, array_agg(k.key ORDER BY k.key)
          FROM people_indexedname n JOIN people_namekey k ON k.name_id %% 4611686018427387904 = n.id
         WHERE n.record_kind = %s
         GROUP BY n.id
         ORDER BY n.record_id, n.surname, n.given
        """,
        [KIND],
    ).fetchall()
