"""Asking: what an answer says of the orders it does not show."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from openclets.agencies.models import User
from openclets.inquiry.ask import Answer, ask
from openclets.inquiry.question import Question, question_from
from openclets.orders.bulk import LoadedOrder, load_orders
from openclets.orders.entry import Contact, OrderEntry, ProtectedPerson, RestrainedPerson, Sex, Terms
from openclets.people.numbers import NumberKind, PersonNumber
from openclets.vocabulary.errors import Rejected
from openclets.vocabulary.identifiers import RecordNumber
from openclets.vocabulary.persons import PersonName
from openclets.wire.parse import read_message
from tests.county import COURT, County
from tests.rules.orders_examples import entry

pytestmark = pytest.mark.usefixtures("rolled_back")

BORN = date(1980, 2, 14)


def entered(surname: str, **changes: object) -> OrderEntry:
    """An order of three years against ORSON of that surname, for WILLA of that surname."""
    whole = entry(
        "OAH",
        date(2026, 11, 2),
        terms=Terms(contact=Contact.NO_CONTACT, firearms_prohibited=True),
        restrained=RestrainedPerson(PersonName(surname, "ORSON"), Sex.MALE, "W", BORN),
        protected=(ProtectedPerson(PersonName(surname, "WILLA"), Sex.FEMALE, 41, "spouse"),),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def on_file(now: datetime, *orders: OrderEntry) -> list[RecordNumber]:
    user = User.objects.get(user_name="brandt").pk
    return load_orders([LoadedOrder(order, now - timedelta(hours=1), COURT, user) for order in orders])


def asked(county: County, key: str, surname: str = "", *, number: str = "", born: date | None = BORN) -> Answer:
    name = PersonName(surname, "ORSON") if surname else None
    question = Question(key, f"{key}.CA0990100", name=name, birth_date=born if name else None, record_number=number)
    return ask(actor=county.actor("chen"), now=county.now, question=question)


def test_orders_that_have_ended_are_counted_where_they_are_not_shown(county: County) -> None:
    ended = entered("COUNTWELL", issued_on=date(2023, 11, 2), expires_on=date(2026, 11, 20))
    on_file(county.now, ended, replace(ended, case_number="26FL00124"))
    for key, hits, notes in (
        ("QW", 0, ("2 orders that have ended are not shown: QPO shows what they said.",)),
        ("QPO", 2, ()),
    ):
        body = asked(county, key, "COUNTWELL").body
        assert (len(body.hits), body.notes) == (hits, notes)


def test_what_binds_now_stands_before_what_is_not_yet_effective(county: County) -> None:
    to_come, binding = on_file(
        county.now,
        entered("BINDSNOW", issued_on=date(2026, 12, 1), case_number="26FL00881"),
        entered("BINDSNOW", case_number="26FL00880"),
    )
    assert [hit.record_id for hit in asked(county, "QW", "BINDSNOW").body.hits] == [binding, to_come]


def test_an_order_asked_for_by_number_says_that_no_other_was_looked_up(county: County) -> None:
    (number,) = on_file(county.now, entered("BYNUMBER"))
    assert asked(county, "QPO", number=number).body.notes == (
        "Only the order of this number was looked up: another may control or add to it. Ask with NAM for all of them.",
    )
    assert asked(county, "QPO", number="0990000000000").body.notes == ()


def test_a_birth_date_that_is_not_the_persons_hides_nobody_silently(county: County) -> None:
    on_file(county.now, entered("LIEDABOUT"))
    hidden = asked(county, "QW", "LIEDABOUT", born=date(1991, 7, 3)).body
    assert (hidden.hits, hidden.notes) == (
        (),
        ("On file under this very name with another birth date, not shown: 1. Ask without the birth date to see.",),
    )
    assert [hit.verdict for hit in asked(county, "QW", "LIEDABOUT", born=None).body.hits] == ["possible"]
    assert asked(county, "QW", "LIEDABOUT").body.notes == ()


def test_what_is_only_a_name_is_never_called_more(county: County) -> None:
    on_file(county.now, entered("ONLYANAME"))
    (hit,) = asked(county, "QW", "ONLYANAME", born=None).body.hits
    assert hit.verdict == "possible"
    assert hit.why[0].startswith("ONLY THE NAME FITS: no birth date and no number agrees.")
    (hit,) = asked(county, "QW", "ONLYANAME").body.hits
    assert (hit.verdict, hit.why[0][:18]) == ("likely", "SAME PERSON LIKELY")
    (hit,) = asked(county, "QW", "ONLYANAME", born=date(1981, 2, 14)).body.hits
    assert (hit.verdict, hit.why[0][:20]) == ("possible", "SAME PERSON POSSIBLE")


def test_the_strict_answer_is_asked_for_on_the_wire_and_says_what_it_is(county: County) -> None:
    """STRICTWEL sounds like STRICTWELL to the national rule; a birth year that is off by one is not the birth date."""
    on_file(
        county.now,
        entered("STRICTWELL"),
        replace(entered("STRICTWELL"), case_number="26FL00125", restrained=_born("STRICTWEL", date(1980, 2, 14))),
        replace(entered("STRICTWELL"), case_number="26FL00126", restrained=_born("STRICTWELL", date(1981, 2, 14))),
    )
    line = "QW.CA0990100.NAM/STRICTWELL,ORSON.DOB/19800214"
    assert _cases_found(county, line) == ["26FL00123", "26FL00125", "26FL00126"]
    assert _cases_found(county, f"{line}.RUL/R") == ["26FL00123", "26FL00125", "26FL00126"]
    assert _cases_found(county, f"{line}.RUL/S") == ["26FL00123", "26FL00125"]
    assert _cases_found(county, f"{line}.RUL/S.EBD/1") == ["26FL00123", "26FL00125", "26FL00126"]
    assert _wired(county, f"{line}.RUL/S").body.notes[0].startswith("STRICT ANSWER: exactly whom the national rule")
    assert _wired(county, f"{line}.EBD/1").body.notes[0].startswith("EBD/1 adds nothing here")


def test_other_names_and_birth_dates_on_the_wire_are_asked_each_with_each(county: County) -> None:
    on_file(county.now, replace(entered("RUNWELL"), restrained=_born("SEVENRUNS", date(1977, 7, 7))))
    line = "QW.CA0990100.NAM/NEVERSAID,ORSON.DOB/19800214"
    assert _cases_found(county, line) == []
    assert _cases_found(county, f"{line}.AKA/SEVENRUNS,ORSON") == []
    asked_twice = f"{line},19770707.AKA/SEVENRUNS,ORSON"
    assert _cases_found(county, asked_twice) == ["26FL00123"]
    assert _cases_found(county, f"{asked_twice}.RUL/S") == ["26FL00123"]


def test_a_number_on_the_wire_is_asked_and_one_that_nobody_holds_is_said(county: County) -> None:
    on_file(county.now, entered("NUMBERWELL"))
    line = "QW.CA0990100.NAM/NUMBERWELL,ORSON.DOB/19800214.OLN/D7654321"
    answer = _wired(county, line).body
    assert [hit.verdict for hit in answer.hits] == ["likely"]
    assert "number missing: asked OLN:D7654321, not recorded" in answer.hits[0].why
    assert answer.notes == ("No record holds a number that was given; the answer goes by what else was asked.",)
    strict = _wired(county, f"{line}.RUL/S").body
    assert strict.hits == ()
    assert "By the national rule a number is searched alone" in strict.notes[1]


def test_a_question_too_vague_says_how_many_more_fit_and_what_would_narrow_it(county: County) -> None:
    """Thirty people of one name, each with a birth date of his own; 25 are shown."""
    on_file(
        county.now,
        *(
            replace(
                entered("VAGUEWELL"),
                case_number=f"26FL01{place:03d}",
                restrained=_born("VAGUEWELL", date(1960 + place, 1 + place % 12, 1 + place * 5 % 28)),
            )
            for place in range(30)
        ),
    )
    vague = _wired(county, "QW.CA0990100.NAM/VAGUEWELL,ORSON").body
    assert len(vague.hits) == 25
    assert "5 more people might be meant and are not shown." in vague.notes
    assert "Many people fit. What would narrow it: a birth date or an age, a middle name, the sex." in vague.notes, (
        vague.notes
    )
    narrow = _wired(county, "QW.CA0990100.NAM/VAGUEWELL,ORSON.DOB/19750420").body
    assert narrow.hits[0].verdict == "likely"
    assert len(narrow.hits) < 25


def test_an_order_in_force_is_not_hidden_behind_older_ones_of_the_same_person_that_have_ended(county: County) -> None:
    """Twenty-six orders against one person, of which the last one filed binds; 25 people are shown."""
    ended = entered("MANYTIMES", issued_on=date(2023, 11, 2), expires_on=date(2026, 11, 20))
    *_, binding = on_file(
        county.now,
        *(replace(ended, case_number=f"26FL02{place:03d}") for place in range(25)),
        entered("MANYTIMES", case_number="26FL02999"),
    )
    for line in ("NAM/MANYTIMES,ORSON.DOB/19800214", "NAM/MANYTIMES,ORSON.DOB/19800214.RUL/S", "NAM/MANYTIMES,ORSON"):
        body = _wired(county, f"QW.CA0990100.{line}").body
        assert [hit.record_id for hit in body.hits] == [binding], line
        assert "24 orders that have ended are not shown: QPO shows what they said." in body.notes
        assert _wired(county, f"QPO.CA0990100.{line}").body.hits[0].record_id == binding


def test_other_names_birth_dates_and_numbers_of_the_restrained_person_are_searched_and_shown(county: County) -> None:
    known = RestrainedPerson(
        PersonName("ALTERNATIVE", "ORSON"),
        Sex.MALE,
        "W",
        BORN,
        other_names=(PersonName("MOONLIGHTER", "LINUS"),),
        other_birth_dates=(date(1979, 12, 30),),
        numbers=(PersonNumber(NumberKind.LICENCE, "D8877665"), PersonNumber(NumberKind.SOCIAL_SECURITY, "612345678")),
    )
    on_file(county.now, entered("ALTERNATIVE", restrained=known))
    for line, first_reason in (
        ("NAM/MOONLIGHTER,LINUS.DOB/19800214", "surname agrees: MOONLIGHTER"),
        ("NAM/ALTERNATIVE,ORSON.DOB/19791230", "surname agrees: ALTERNATIVE"),
        ("NAM/MOONLIGHTER,LINUS.DOB/19791230", "surname agrees: MOONLIGHTER"),
    ):
        (hit,) = _wired(county, f"QW.CA0990100.{line}").body.hits
        assert (hit.verdict, hit.why[1]) == ("likely", first_reason)
        assert hit.lines[0] == (
            "RESTRAINED: ORSON ALTERNATIVE, born 1980-02-14. ALSO KNOWN AS LINUS MOONLIGHTER. ALSO BORN 1979-12-30."
        )
        assert [field.value for field in hit.fields if field.code in ("AKA", "OLN", "SOC")] == [
            "MOONLIGHTER,LINUS",
            "D8877665",
            "612345678",
        ]


def test_a_number_that_was_not_asked_is_not_told_as_a_reason(county: County) -> None:
    known = RestrainedPerson(
        PersonName("DISCREETLY", "ORSON"),
        Sex.MALE,
        "W",
        BORN,
        numbers=(PersonNumber(NumberKind.LICENCE, "D8877111"), PersonNumber(NumberKind.SOCIAL_SECURITY, "612345111")),
    )
    on_file(county.now, entered("DISCREETLY", restrained=known))
    line = "QW.CA0990100.NAM/DISCREETLY,ORSON.DOB/19800214"
    for asked_number, reason in (
        (".OLN/D8877111", ["number agrees: OLN:D8877111"]),
        (
            ".OLN/D0000001",
            ["number differs: asked OLN:D0000001, recorded OLN:D8877111: another number of the same kind"],
        ),
        (".FBI/123456AB1", ["number missing: asked FBI:123456AB1, not recorded"]),
        ("", []),
    ):
        (hit,) = _wired(county, line + asked_number).body.hits
        assert [each for each in hit.why if each.startswith("number ")] == reason


def test_who_has_the_number_comes_first_with_a_warning_where_the_name_is_another(county: County) -> None:
    holder = RestrainedPerson(
        PersonName("NUMBERHOLDER", "ORSON"),
        Sex.MALE,
        "W",
        date(1966, 6, 6),
        numbers=(PersonNumber(NumberKind.LICENCE, "D8877664"),),
    )
    on_file(
        county.now, entered("NAMEBEARER"), replace(entered("NAMEBEARER"), case_number="26FL00777", restrained=holder)
    )
    line = "QW.CA0990100.NAM/NAMEBEARER,ORSON.DOB/19800214.OLN/D8877664"
    first, second = _wired(county, line).body.hits
    assert (first.verdict, second.verdict) == ("possible", "likely")
    assert first.why[1] == "number agrees: OLN:D8877664: BUT THE SURNAME IS ANOTHER"
    assert first.lines[0].startswith("RESTRAINED: ORSON NUMBERHOLDER")
    assert _cases_found(county, f"{line}.RUL/S") == ["26FL00777"]


def _born(surname: str, day: date) -> RestrainedPerson:
    return RestrainedPerson(PersonName(surname, "ORSON"), Sex.MALE, "W", day)


def _wired(county: County, line: str) -> Answer:
    """The answer to a line as a terminal sends it."""
    message = read_message(line, today=county.now.date()).message
    assert message is not None
    return ask(actor=county.actor("chen"), now=county.now, question=question_from(message, now=county.now))


def _cases_found(county: County, line: str) -> list[str]:
    return sorted(field.value for hit in _wired(county, line).body.hits for field in hit.fields if field.code == "PNO")


def test_a_birth_date_that_is_tomorrow_in_california_is_rejected_though_it_is_today_elsewhere() -> None:
    evening = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
    message = read_message("QW.CA0990100.NAM/DOE,JOHN.DOB/20261123", today=date(2026, 11, 23)).message
    assert message is not None
    with pytest.raises(Rejected):
        question_from(message, now=evening)
    assert question_from(message, now=evening + timedelta(hours=6)).birth_date == date(2026, 11, 23)
