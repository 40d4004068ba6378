"""The sentences an officer reads, and the national condition codes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from openclets.orders.entry import Contact, OrderEntry, StayAway, StayAwayPlace, Terms
from openclets.orders.on_file import Doubt, OrderOnFile, Service, ServiceManner
from openclets.orders.rules.priority import controlling
from openclets.orders.terms import binding_lines, condition_codes, headline, moment_in_words
from tests.rules.orders_examples import NO_CONTACT, PEACEFUL, PIP, WILLA, entry, on_file

AT = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
FULL = Terms(
    no_abuse=True,
    contact=Contact.NO_CONTACT,
    contact_exceptions="peaceful contact for visits",
    stay_away=StayAway(
        100,
        frozenset({StayAwayPlace.PERSON, StayAwayPlace.HOME}),
        other="the climbing gym",
        exceptions="handing over the children",
    ),
    must_move_out=True,
    move_out_address="12 Quarry Road",
    firearms_prohibited=True,
    custody_ordered=True,
)
ORDER = on_file(
    entry(
        "OAH",
        terms=FULL,
        protected=(WILLA, PIP),
        expires_on=date(2029, 3, 2),
        firearms_known="a hunting rifle in the truck",
    ),
    court_name="Superior Court of Sierra Vista County",
    filer_name="Superior Court of Sierra Vista County",
    filer_telephone="555-0113",
)
SERVICE = Service(date(2026, 3, 5), ServiceManner.IN_PERSON, "Deputy Lane", time(9, 15))


def starts(lines: tuple[str, ...]) -> list[str]:
    """The first words of each line, up to the first sign."""
    return [line.split(":")[0].split(".")[0].split(",")[0] for line in lines]


def test_an_order_that_another_will_replace_says_until_when_and_by_which() -> None:
    replaced = replace(ORDER, superseded_at=datetime(2026, 6, 10, 7, 0, tzinfo=UTC), superseded_by="0990000000009")
    until = [line for line in binding_lines(replaced, AT) if line.startswith("UNTIL")]
    assert until == ["UNTIL the end of 2026-06-09: then order 0990000000009, which amends it, takes its place."]


def test_the_lines_come_in_the_order_an_officer_needs_them() -> None:
    assert starts(binding_lines(ORDER, AT)) == [
        "CAUTION",
        "NO CONTACT with the people protected",
        "Contact allowed all the same",
        "STAY 100 YARDS AWAY from",
        "Coming near is allowed all the same",
        "MUST HAVE MOVED OUT of 12 Quarry Road",
        "NO FIREARMS",
        "NO ABUSE",
        "CUSTODY AND VISITATION are ordered",
        "PROTECTS",
        "Only a court can change this",
        "NOT SERVED on record",
        "Breaking the order after notice of it",
        "UNTIL the end of 2029-03-02 (2029-03-02 on the order",
        "ORDER 0000000000001",
        "COURT",
        "CONFIRM the order and its service with Superior Court of Sierra Vista County (CA099013J)",
    ]


def test_the_lines_say_what_the_order_says() -> None:
    lines = binding_lines(ORDER, AT)
    assert "CAUTION, MAY BE ARMED. The order says: a hunting rifle in the truck" in lines
    assert "STAY 100 YARDS AWAY from: the protected person; the protected person's home; the climbing gym." in lines
    assert "PROTECTS: WILLA MARLOW (spouse, age 40); PIP MARLOW (child, age 7)." in lines
    assert (
        "ORDER 0000000000001: Restraining order after hearing, domestic violence (CLETS-OAH), issued 2026-03-02, "
        "by Rosa Alvarez."
    ) in lines
    assert "COURT: Superior Court of Sierra Vista County (CA099013J), case 26FL00123." in lines
    assert any("555-0113" in line for line in lines)


def test_an_order_not_served_says_that_telling_the_person_is_service() -> None:
    (line,) = [line for line in binding_lines(ORDER, AT) if line.startswith("NOT SERVED")]
    assert "TELL THE PERSON THESE TERMS NOW: that is service" in line
    assert "Fam. Code 6383" in line


def test_an_order_served_says_when_how_and_by_whom() -> None:
    lines = binding_lines(replace(ORDER, services=(SERVICE,)), AT)
    assert "SERVED 2026-03-05 09:15, in person, by Deputy Lane." in lines
    assert not any("NOT SERVED" in line for line in lines)


def test_peaceful_contact_is_never_worded_as_no_contact() -> None:
    order = replace(ORDER, entry=entry(terms=PEACEFUL))
    text = " ".join((headline(order, AT), *binding_lines(order, AT)))
    assert "PEACEFUL CONTACT ONLY" in text
    assert "NO CONTACT" not in text


def test_a_term_not_ordered_is_not_worded() -> None:
    lines = binding_lines(on_file(entry(terms=Terms(no_abuse=True))), AT)
    assert starts(lines)[:2] == ["NO ABUSE", "PROTECTS"]


def test_an_order_without_terms_or_people_sends_the_reader_to_the_image() -> None:
    lines = binding_lines(on_file(entry(terms=Terms(), protected=())), AT)
    assert lines[0] == "NO TERMS WERE ENTERED: read the image of the order."
    assert lines[1] == "PROTECTS: nobody is named. Read the image of the order."


@pytest.mark.parametrize(
    ("changes", "first"),
    [
        (
            {"terminated_at": AT, "end_reason": "the judge dismissed the case"},
            "NOT IN FORCE: TERMINATED BY THE COURT: ended by the court: the judge dismissed the case. "
            "For information only, do not enforce.",
        ),
        (
            {"superseded_at": AT, "superseded_by": "0000000000002"},
            "NOT IN FORCE: SUPERSEDED BY ANOTHER ORDER: superseded by order 0000000000002. "
            "For information only, do not enforce.",
        ),
        (
            {"cancelled_at": AT},
            "NOT IN FORCE: CANCELLED, ENTERED IN ERROR: entered in error. For information only, do not enforce.",
        ),
    ],
)
def test_an_order_that_is_over_says_so_first_and_gives_no_order_to_obey(changes: dict[str, str], first: str) -> None:
    lines = binding_lines(replace(ORDER, **changes), AT)  # type: ignore[arg-type]
    assert lines[0] == first
    assert not any(line.startswith(("NO ", "STAY", "MUST", "NOT SERVED")) for line in lines)


def test_an_order_dated_in_the_future_says_so_first_and_shows_its_terms() -> None:
    lines = binding_lines(on_file(entry("OAH", date(2026, 6, 2))), AT)
    assert lines[0] == "NOT YET EFFECTIVE: dated 2026-06-02, in the future. Ask the court."
    assert lines[1].startswith("NO CONTACT")
    assert not any("TELL THE PERSON" in line for line in lines)
    assert (
        "Ask the court before you act on these terms or tell the person of them: on paper they bind nobody yet."
        in lines
    )


def test_a_temporary_order_whose_hearing_has_passed_sends_the_reader_to_the_court() -> None:
    past_hearing = on_file(entry("TRO", date(2026, 5, 1), hearing_on=date(2026, 5, 20)))
    expired = on_file(entry("OAH", date(2020, 5, 1), expires_on=date(2026, 5, 20)))
    asked = "ASK THE COURT what came of the hearing"
    assert [line.startswith(asked) for line in binding_lines(past_hearing, AT)[:2]] == [False, True]
    assert not any(line.startswith(asked) for line in binding_lines(expired, AT))


def test_open_doubts_are_shown() -> None:
    doubted = replace(ORDER, doubts=(Doubt("judge", "no judicial officer is named", "form"),))
    assert "DOUBTFUL, returned to the court: no judicial officer is named." in binding_lines(doubted, AT)


def test_of_two_orders_each_says_which_controls_and_what_still_binds() -> None:
    first = on_file(entry("OAH", date(2026, 1, 5), terms=NO_CONTACT), 1)
    later = on_file(entry("OAH", date(2026, 2, 2), terms=replace(PEACEFUL, animals="Rex")), 2)
    rulings = controlling([first, later])
    assert (
        "CONTROLS over order 0000000000002 for WILLA MARLOW: no-contact order (Fam. Code 6383(h)(2), 6405(b), 6457)."
    ) in binding_lines(first, AT, rulings=rulings)
    lines = binding_lines(later, AT, rulings=rulings)
    assert lines[0] == (
        "GIVES WAY to order 0000000000001, which CONTROLS for WILLA MARLOW where the two differ: no-contact order "
        "(Fam. Code 6383(h)(2), 6405(b), 6457)."
    ), "nobody may read that contact is allowed before reading that another order forbids it"
    assert headline(first, AT, rulings=rulings) == "PROTECTIVE ORDER IN FORCE, NOT SERVED: NO CONTACT, NO FIREARMS"
    assert headline(later, AT, rulings=rulings) == (
        "PROTECTIVE ORDER IN FORCE, NOT SERVED, BUT ORDER 0000000000001 CONTROLS: PEACEFUL CONTACT ONLY, NO FIREARMS"
    )
    assert "Of this order there still binds for them: animals: Rex." in lines
    assert "Not settled by law: 'conflicting terms' is not defined by the sources." in lines


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (
            ORDER,
            "PROTECTIVE ORDER IN FORCE, NOT SERVED: MAY BE ARMED, NO CONTACT, STAY 100 YARDS AWAY, "
            "MUST HAVE MOVED OUT, NO FIREARMS",
        ),
        (replace(ORDER, terminated_at=AT), "PROTECTIVE ORDER NOT IN FORCE: TERMINATED BY THE COURT"),
        (on_file(entry(terms=Terms(no_abuse=True))), "PROTECTIVE ORDER IN FORCE, NOT SERVED"),
        (
            on_file(entry(terms=Terms(stay_away=StayAway(None)))),
            "PROTECTIVE ORDER IN FORCE, NOT SERVED: STAY AWAY",
        ),
    ],
)
def test_the_headline_is_the_dangerous_thing_first(order: OrderOnFile, expected: str) -> None:
    assert headline(order, AT) == expected


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ((2026, 3, 3, 8, 0), "the end of 2026-03-02"),
        ((2026, 7, 3, 7, 0), "the end of 2026-07-02"),
        ((2026, 3, 10, 0, 0), "2026-03-09 17:00"),
        ((2026, 3, 9, 7, 0), "the end of 2026-03-08"),
        ((2026, 11, 2, 8, 0), "the end of 2026-11-01"),
    ],
)
def test_midnight_is_said_as_the_end_of_the_day_before(moment: tuple[int, int, int, int, int], words: str) -> None:
    assert moment_in_words(datetime(*moment, tzinfo=UTC)) == words


HOME, PERSON = StayAwayPlace.HOME, StayAwayPlace.PERSON


@pytest.mark.parametrize(
    ("entered", "codes"),
    [
        (entry(terms=Terms()), ()),
        (entry(terms=Terms(no_abuse=True)), ("01",)),
        (entry(terms=Terms(no_abuse=True), protected=(WILLA, PIP)), ("01", "02")),
        (entry(terms=Terms(must_move_out=True, move_out_address="x")), ("03",)),
        (entry(terms=Terms(stay_away=StayAway(100, frozenset({HOME})))), ("04",)),
        (entry(terms=Terms(stay_away=StayAway(100, frozenset({PERSON})))), ("08",)),
        (entry(terms=Terms(stay_away=StayAway(100, frozenset({HOME, PERSON})))), ("04", "08")),
        (entry(terms=NO_CONTACT), ("05", "07")),
        (entry(terms=replace(NO_CONTACT, contact_exceptions="visits")), ("05", "07", "08")),
        (entry(terms=PEACEFUL), ("07", "08")),
        (entry(terms=Terms(custody_ordered=True)), ("08",)),
        (entry(terms=Terms(body_armor_prohibited=True)), ("08",)),
    ],
)
def test_the_national_condition_codes_of_the_terms(entered: OrderEntry, codes: tuple[str, ...]) -> None:
    assert condition_codes(entered) == codes


def test_condition_06_is_a_permission_and_is_never_concluded() -> None:
    assert "06" not in condition_codes(entry(terms=FULL))
