"""Records that may be of one person: what is listed, what a decision does to answers, and what it never does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from openclets.agencies.models import User
from openclets.inquiry.ask import ask
from openclets.inquiry.question import Question
from openclets.inquiry.same_person import (
    decisions_made,
    keep_apart,
    link_records,
    possible_duplicates,
    restrained_person_of,
    two_records,
    undo_decision,
)
from openclets.journal.models import Body, Entry
from openclets.orders.bulk import LoadedOrder, load_orders
from openclets.orders.entry import Contact, RestrainedPerson, Sex, Terms
from openclets.orders.lookup import orders_by_number
from openclets.people.candidates import BY_EXACT_KEYS
from openclets.people.decisions import STANDING
from openclets.people.duplicates import PEOPLE_NEWEST_FIRST
from openclets.people.index import IndexedPerson, index_people, index_person
from openclets.people.numbers import NumberKind, PersonNumber
from openclets.people.on_record import NAMES
from openclets.people.person import RecordPerson, Ruling
from openclets.people.statements import run
from openclets.people.weights import Verdict
from openclets.vocabulary.answers import AnswerBody
from openclets.vocabulary.errors import Refused, Rejected
from openclets.vocabulary.persons import PersonName
from tests.county import COURT, County
from tests.rules.orders_examples import entry

pytestmark = pytest.mark.usefixtures("rolled_back")

BORN = date(1980, 2, 14)


def on_file(county: County, *people: RestrainedPerson) -> list[RecordPerson]:
    """An order of three years against each, in force; the people as records have them, in that order."""
    user = User.objects.get(user_name="brandt").pk
    whole = entry("OAH", date(2026, 11, 2), terms=Terms(contact=Contact.NO_CONTACT))
    numbers = load_orders(LoadedOrder(replace(whole, restrained=person), county.now, COURT, user) for person in people)
    return [restrained_person_of(number) for number in numbers]


def person(surname: str, given: str, born: date | None = BORN, **more: object) -> RestrainedPerson:
    return RestrainedPerson(PersonName(surname, given), Sex.MALE, "W", born, **more)  # type: ignore[arg-type]


def asked(county: County, surname: str, given: str, *, strict: bool = False) -> AnswerBody:
    question = Question(
        "QW", "QW.CA0990100", name=PersonName(surname, given), birth_date=BORN, sex="M", race="W", is_strict=strict
    )
    return ask(actor=county.actor("chen"), now=county.now, question=question).body


def numbers_shown(answer: AnswerBody) -> list[int]:
    return sorted(int(hit.record_id) for hit in answer.hits)


def listed(county: County) -> set[tuple[int, int]]:
    """The pairs of the first page, which looks at those filed last: this test's own, inside its transaction."""
    page = possible_duplicates(actor=county.actor("gupta"), now=county.now)
    return {
        (min(pair.one.person.record_id, pair.other.person.record_id),
         max(pair.one.person.record_id, pair.other.person.record_id))
        for pair in page.found.pairs
    }  # fmt: skip


def test_two_records_of_one_person_are_listed_and_namesakes_are_not(county: County) -> None:
    one, other, namesake = on_file(
        county,
        person("DOUBLEDAY", "ORVILLE"),
        person("DOUBLEDEY", "ORVILLE"),
        person("DOUBLEDAY", "ORVILLE", date(1955, 7, 30)),
    )
    pairs = listed(county)
    assert (one.record_id, other.record_id) in pairs
    assert not any(namesake.record_id in pair for pair in pairs)


def test_a_number_in_common_lists_two_records_whatever_their_names(county: County) -> None:
    one, other = on_file(county, person("DOUBLEUP", "ORVILLE"), person("ZAKRZEWSKI", "TADEUSZ", date(1971, 3, 3)))
    for each in (one, other):
        name = PersonName("TWICEHELD", "NUMBER") if each is one else PersonName("OTHERWISE", "CALLED")
        index_person(IndexedPerson(*each, (name,), numbers=(PersonNumber(NumberKind.LICENCE, "D7654321"),)))
    assert (one.record_id, other.record_id) in listed(county)


def test_the_list_goes_on_where_a_page_ended_and_shows_no_pair_twice(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("openclets.people.duplicates.MAX_LOOKED_AT", 3)
    surnames = ("PAGEDARROW", "PAGEDARROW", "TURNLEAF", "TURNLEAF", "QUIREFOLD", "QUIREFOLD")
    people = on_file(county, *(person(surname, "OSWIN") for surname in surnames))
    seen: list[tuple[int, int]] = []
    before = None
    for _ in range(2):
        found = possible_duplicates(actor=county.actor("gupta"), now=county.now, before=before).found
        assert found.looked_at == 3
        seen += [(pair.other.person.record_id, pair.one.person.record_id) for pair in found.pairs]
        before = found.go_on_before
    ids = [each.record_id for each in people]
    own = [pair for pair in seen if pair[0] in ids or pair[1] in ids]
    assert sorted(own) == [(ids[0], ids[1]), (ids[2], ids[3]), (ids[4], ids[5])]


def test_two_records_stand_side_by_side_with_what_agrees_differs_and_is_missing(county: County) -> None:
    one, other = on_file(
        county,
        person("SIDEWELL", "ORVILLE", height="511", hair="BRO", eyes="BLU", address="12 Alder Street"),
        person("SIDEWELL", "ORVILE", date(1981, 2, 14), height="511", hair="BLK"),
    )
    index_person(IndexedPerson(*other, (PersonName("ALIASWELL", "ORRY"),), date(1979, 9, 9)))
    two = two_records(actor=county.actor("gupta"), now=county.now, one=one, other=other)
    assert two.pair.verdict is Verdict.POSSIBLE
    rows = {row.field: (row.one, row.other, row.outcome and row.outcome.value) for row in two.pair.fields}
    assert rows == {
        "surname": ("SIDEWELL", "SIDEWELL", "agrees"),
        "given name": ("ORVILLE", "ORVILE", "similar"),
        "birth date": ("1980-02-14", "1981-02-14", "similar"),
        "sex": ("M", "M", "agrees"),
        "race": ("W", "W", "agrees"),
        "address": ("12 Alder Street", "", "missing"),
        "other names": ("", "ALIASWELL,ORRY", None),
        "other birth dates": ("", "1979-09-09", None),
    }
    facts = {row.field: (row.one, row.other, row.outcome and row.outcome.value) for row in two.facts}
    assert facts["height"] == ("511", "511", "agrees")
    assert facts["hair"] == ("BRO", "BLK", "differs")
    assert facts["eyes"] == ("BLU", "", "missing")
    assert facts["standing"] == ("IN FORCE, NOT SERVED", "IN FORCE, NOT SERVED", None)
    assert (two.standing, two.history) == (None, ())


def test_linked_records_are_shown_together_by_the_decision_of_a_named_person_and_stay_two(county: County) -> None:
    """HARKNESS changed his name; only the link leads from the one name to the other."""
    one, other = on_file(county, person("HARKNESSY", "ORVILLE"), person("BELLWETHERS", "LINUS"))
    before = orders_by_number([one.record_id, other.record_id])
    assert numbers_shown(asked(county, "HARKNESSY", "ORVILLE")) == [one.record_id]
    decided = link_records(
        actor=county.actor("gupta"), now=county.now, one=other, other=one, reason="same fingerprints"
    )
    assert decided.group == 2
    answer = asked(county, "HARKNESSY", "ORVILLE")
    assert numbers_shown(answer) == [one.record_id, other.record_id]
    found, by_link = answer.hits
    assert (found.verdict, by_link.verdict) == ("likely", "possible")
    assert by_link.why == (
        "SAME PERSON BY DECISION: not found by what was asked, but linked with a record that was. Make sure who this "
        "is before you act.",
        f"linked: order {one.record_id:013d} is of the same person, decided by Records Clerk Asha Gupta (CA0990100) on "
        "2026-11-22",
    )
    assert found.why[-1].startswith(f"linked: order {other.record_id:013d} is of the same person")
    assert orders_by_number([one.record_id, other.record_id]) == before
    assert (one.record_id, other.record_id) not in listed(county)


def test_a_link_leads_on_through_others(county: County) -> None:
    people = on_file(county, person("FIRSTLINK", "A"), person("NEXTCHAIN", "B"), person("LASTHITCH", "C"))
    for one, other in ((people[0], people[1]), (people[2], people[1])):
        link_records(actor=county.actor("gupta"), now=county.now, one=one, other=other, reason="same licence")
    assert numbers_shown(asked(county, "FIRSTLINK", "A")) == [each.record_id for each in people]


def test_a_strict_answer_leaves_linked_records_out_and_says_so(county: County) -> None:
    one, other = on_file(county, person("STRICTLINK", "ORVILLE"), person("UNSOUNDING", "LINUS"))
    link_records(actor=county.actor("gupta"), now=county.now, one=one, other=other, reason="same licence")
    answer = asked(county, "STRICTLINK", "ORVILLE", strict=True)
    assert numbers_shown(answer) == [one.record_id]
    assert any(note.startswith("Not in this strict answer: 1 record that somebody linked") for note in answer.notes)


def test_an_undone_link_leaves_the_answers_and_stays_in_the_history(county: County) -> None:
    one, other = on_file(county, person("UNDOWELL", "ORVILLE"), person("BELLMAKER", "LINUS"))
    link_records(actor=county.actor("gupta"), now=county.now, one=one, other=other, reason="same licence")
    undo_decision(actor=county.actor("gupta"), now=county.now, one=other, other=one, reason="licence was mistyped")
    assert numbers_shown(asked(county, "UNDOWELL", "ORVILLE")) == [one.record_id]
    two = two_records(actor=county.actor("gupta"), now=county.now, one=one, other=other)
    assert two.standing is None
    assert [(each.ruling, each.reason, each.by) for each in two.history] == [
        (Ruling.UNDONE, "licence was mistyped", "Records Clerk Asha Gupta"),
        (Ruling.LINKED, "same licence", "Records Clerk Asha Gupta"),
    ]
    newest = decisions_made(actor=county.actor("gupta"), now=county.now).decisions[:2]
    assert list(newest) == list(two.history)


def test_records_kept_apart_are_listed_no_more_and_hidden_from_no_answer(county: County) -> None:
    one, other = on_file(county, person("TWINWELL", "ORVILLE"), person("TWINWELL", "ORVILLE"))
    assert (one.record_id, other.record_id) in listed(county)
    keep_apart(actor=county.actor("gupta"), now=county.now, one=one, other=other, reason="father and son")
    assert (one.record_id, other.record_id) not in listed(county)
    assert numbers_shown(asked(county, "TWINWELL", "ORVILLE")) == [one.record_id, other.record_id]
    undo_decision(actor=county.actor("gupta"), now=county.now, one=one, other=other, reason="one person after all")
    assert (one.record_id, other.record_id) in listed(county)


def test_what_contradicts_a_standing_decision_is_rejected_with_who_made_it(county: County) -> None:
    one, two, three = on_file(county, person("KNOTA", "A"), person("KNOTB", "B"), person("KNOTC", "C"))
    gupta = county.actor("gupta")
    link_records(actor=gupta, now=county.now, one=one, other=two, reason="same licence")
    with pytest.raises(Rejected, match="they were linked by Records Clerk Asha Gupta"):
        link_records(actor=gupta, now=county.now, one=two, other=one, reason="again")
    with pytest.raises(Rejected, match="they were linked by"):
        keep_apart(actor=gupta, now=county.now, one=one, other=two, reason="not so")
    keep_apart(actor=gupta, now=county.now, one=one, other=three, reason="brothers")
    with pytest.raises(Rejected, match="were kept apart by Records Clerk Asha Gupta"):
        link_records(actor=gupta, now=county.now, one=two, other=three, reason="same address")
    undo_decision(actor=gupta, now=county.now, one=one, other=three, reason="no brothers")
    link_records(actor=gupta, now=county.now, one=two, other=three, reason="same address")
    with pytest.raises(Rejected, match="are linked through other records"):
        keep_apart(actor=gupta, now=county.now, one=one, other=three, reason="brothers")


@pytest.mark.parametrize("reason", ["", "  ", "-", "x" * 301])
def test_a_decision_needs_a_reason_that_can_be_followed(county: County, reason: str) -> None:
    one, other = on_file(county, person("REASONA", "A"), person("REASONB", "B"))
    with pytest.raises(Rejected, match="reason"):
        link_records(actor=county.actor("gupta"), now=county.now, one=one, other=other, reason=reason)


def test_a_record_that_is_not_there_and_a_record_with_itself_are_rejected(county: County) -> None:
    (one,) = on_file(county, person("LONEWELL", "A"))
    gupta = county.actor("gupta")
    for other in (one, restrained_person_of("0990000000000"), RecordPerson("order", one.record_id, "protected")):
        with pytest.raises(Rejected):
            link_records(actor=gupta, now=county.now, one=one, other=other, reason="same licence")
    with pytest.raises(Rejected, match="no record number"):
        restrained_person_of("12")


def test_nothing_to_undo_is_said(county: County) -> None:
    one, other = on_file(county, person("CLEANA", "A"), person("CLEANB", "B"))
    with pytest.raises(Rejected, match="nothing is decided"):
        undo_decision(actor=county.actor("gupta"), now=county.now, one=one, other=other, reason="mistaken")


def test_only_records_staff_decide_and_the_refusal_is_journalled(county: County) -> None:
    one, other = on_file(county, person("REFUSEWELL", "A"), person("BARNSTORM", "B"))
    with pytest.raises(Refused) as refused:
        link_records(actor=county.actor("chen"), now=county.now, one=one, other=other, reason="same licence")
    assert "people.duplicates" in refused.value.missing
    assert numbers_shown(asked(county, "REFUSEWELL", "A")) == [one.record_id]
    number = int(refused.value.receipt.split(".")[0])
    assert Entry.objects.get(number=number).outcome == "refused"


def test_a_decision_is_journalled_with_both_records_and_its_reason(county: County) -> None:
    one, other = on_file(county, person("JOURNALA", "A"), person("JOURNALB", "B"))
    decided = link_records(actor=county.actor("gupta"), now=county.now, one=one, other=other, reason="same licence")
    left = Entry.objects.get(number=decided.receipt.number)
    assert (left.kind, left.outcome, left.user_name) == ("records linked", "done", "gupta")
    assert left.records == [f"{one.record_id:013d}", f"{other.record_id:013d}"]
    assert Body.objects.get(entry_number=left.number).personal == {
        "reason": "same licence",
        "subject_name": "JOURNALA,A; JOURNALB,B",
    }


@pytest.mark.parametrize(
    "statement",
    ["UPDATE people_identitydecision SET reason = 'another'", "DELETE FROM people_identitydecision"],
)
def test_a_decision_on_record_can_be_neither_changed_nor_deleted(county: County, statement: str) -> None:
    one, other = on_file(county, person("KEPTA", "A"), person("KEPTB", "B"))
    link_records(actor=county.actor("gupta"), now=county.now, one=one, other=other, reason="same licence")
    with (
        pytest.raises(DatabaseError, match="only added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_neither_a_number_nor_a_decision_nor_the_list_reads_a_whole_table(county: County) -> None:
    user = User.objects.get(user_name="gupta").pk
    index_people(
        IndexedPerson("plan-test", number, "restrained", (PersonName(f"PLAN{number}"),), BORN)
        for number in range(4_000)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO people_identitydecision
                   (one_kind, one_id, one_role, other_kind, other_id, other_role, ruling, reason, decided_at,
                    decided_by_id, agency)
            SELECT 'plan-test', n, 'restrained', 'plan-test', n + 1, 'restrained', 'linked', 'a plan', now(), %s, 'X'
              FROM generate_series(1, 4000) AS n
            """,
            [user],
        )
        for table in ("people_identitydecision", "people_indexedname", "people_namekey"):
            cursor.execute(f"ANALYZE {table}")
    someone: list[object] = [["plan-test"], [77], ["restrained"]]
    for statement, parameters in (
        (BY_EXACT_KEYS, [[1, 2], ["plan-test"], ["restrained"], 500]),
        (STANDING, someone),
        (NAMES, someone),
        (PEOPLE_NEWEST_FIRST, [None, None, ["plan-test"], ["restrained"], 150]),
    ):
        for mode in ("force_custom_plan", "force_generic_plan"):
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL plan_cache_mode = {mode}")
            plan = "\n".join(row[0] for row in run(f"EXPLAIN {statement}", parameters).fetchall())
            assert "Seq Scan on people_" not in plan, (mode, plan)
