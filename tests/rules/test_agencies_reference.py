"""The decision held against a slow evaluator written from the sentences of the rules, on many made-up standings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from openclets.agencies.oneself import OwnIdentity, Subject
from openclets.agencies.permissions import Duty, Right
from openclets.agencies.rules import Circumstances, Standing, decide
from openclets.vocabulary.persons import PersonName

TODAY = date(2026, 11, 22)

_ASKS = {"inquiry.person", "inquiry.orders", "inquiry.vehicle", "inquiry.property"}
_FILES = {*_ASKS, "inquiry.history", "inquiry.driver", "inquiry.order_image"} | {
    "order.file",
    "order.read_form",
    "order.see_filed",
    "people.duplicates",
}
_CHANGES = {"order.file", "order.read_form", "people.duplicates"}

_CARRIED = {
    "clerk": {
        "order.file",
        "order.read_form",
        "order.see_filed",
        "inquiry.order_image",
        "inquiry.orders",
        "inquiry.history",
    },
    "judge": {"order.see_filed", "inquiry.order_image", "inquiry.orders", "inquiry.history"},
    "officer": {*_ASKS, "inquiry.order_image", "inquiry.history", "inquiry.driver"},
    "records": {*_ASKS, "inquiry.order_image", "inquiry.history", "inquiry.driver", "people.duplicates"},
    "auditor": {"inquiry.journal"},
    "coordinator": {
        "inquiry.own_journal",
    },
}
"""What each duty carries of the rights asked here, typed by hand."""

ASKED = sorted(_FILES | {"inquiry.journal", "inquiry.own_journal"})

_JUSTICE = {"law_enforcement", "tribal_police", "criminal_justice"}
_COURTS = {"court", "tribal_court"}
_OPEN_TO = {
    "C": _JUSTICE | _COURTS,
    "D": _COURTS,
    "F": _JUSTICE,
    "J": _JUSTICE,
    "S": {"law_enforcement", "tribal_police"},
    "E": {"other"},
    "X": {"other", "criminal_justice"},
}
_GIVEN_FOR = {
    "C": {*_ASKS, "inquiry.history", "inquiry.driver"},
    "D": {*_ASKS, "inquiry.history", "inquiry.driver"},
    "F": {*_ASKS, "inquiry.history", "inquiry.driver"},
    "J": {*_ASKS, "inquiry.history", "inquiry.driver"},
    "S": {*_ASKS, "inquiry.history", "inquiry.driver"},
    "E": {"inquiry.history", "inquiry.driver"},
    "X": {*_ASKS, "inquiry.history"},
}
CHEN = OwnIdentity(PersonName("CHEN", "MEI"), date(1991, 8, 3), frozenset({"OLN:D7731902"}))

mostly = st.sampled_from([True] * 9 + [False])
days = st.sampled_from([TODAY + timedelta(days=1)] * 9 + [TODAY, None])
subjects = st.sampled_from(
    [
        None,
        Subject((PersonName("DOE", "JANE"),), (date(1991, 8, 3),)),
        Subject((PersonName("CHEN", "MEI"),), (date(1970, 1, 1),)),
        Subject((PersonName("CHEN", "MEI"),), (date(1991, 8, 3),)),
        Subject((), (), ("OLN:D7731902",)),
    ]
)

standings = st.builds(
    Standing,
    user_active=mostly,
    agency_active=mostly,
    device_active=mostly,
    device_agency=st.sampled_from(["CA0990100"] * 9 + ["CA0990200"]),
    agency=st.just("CA0990100"),
    duties=st.frozensets(st.sampled_from([Duty(name) for name in _CARRIED]), max_size=2),
    trained_until=days,
    full_until=days,
    aware_until=days,
    agency_kind=st.sampled_from(sorted(_JUSTICE | _COURTS | {"other"})),
    device_kind=st.sampled_from(["workstation", "browser", "host"]),
    device_class=st.sampled_from(["vehicle", "dispatch", "office", "court"]),
    is_cleared=mostly,
    is_barred=st.sampled_from([False] * 9 + [True]),
    statement_until=days,
    subscribed_until=days,
    managed_until=days,
    tribal_reading_until=days,
    tribal_filing_until=days,
    hosted_until=days,
    placed_until=st.sampled_from([None, TODAY, TODAY + timedelta(days=1)]),
    own=st.just(CHEN),
)

asked = st.builds(
    Circumstances,
    key=st.just(""),
    purpose=st.sampled_from(["", *_OPEN_TO, "V"]),
    case_number=st.sampled_from(["", " ", "26-1"]),
    subject=subjects,
)


def _counts(until: date | None) -> bool:
    return until is not None and until > TODAY


def _slowly(one: Standing, right: str, what: Circumstances) -> bool:
    """Every sentence of the rules, one after the other, from no table of the code's."""
    person = one.user_active and not one.is_barred and one.is_cleared and _counts(one.statement_until)
    trained = _counts(one.trained_until) and _counts(one.aware_until)
    agency = one.agency_active and _counts(one.subscribed_until)
    device = one.device_active and (one.device_agency == one.agency or _counts(one.placed_until))
    if not (person and trained and agency and device):
        return False
    if one.device_kind == "host" and not _counts(one.hosted_until):
        return False
    if one.agency_kind == "other" and not _counts(one.managed_until):
        return False
    is_tribal = one.agency_kind in ("tribal_court", "tribal_police")
    if is_tribal and right in _FILES and not _counts(one.tribal_reading_until):
        return False
    if is_tribal and right in ("order.file", "order.read_form") and not _counts(one.tribal_filing_until):
        return False
    if "auditor" in one.duties and right in _CHANGES:
        return False
    if "coordinator" in one.duties and right in _FILES:
        return False
    if not any(right in _CARRIED[duty] for duty in one.duties):
        return False
    if right in _CHANGES and not _counts(one.full_until):
        return False
    about = what.subject
    if about is not None and ("OLN:D7731902" in about.numbers or _is_chen(about)):
        return False
    if right == "inquiry.history" and (one.device_class == "vehicle" or not what.purpose):
        return False
    return not what.purpose or _is_open(what, right, one.agency_kind)


def _is_chen(about: Subject) -> bool:
    return PersonName("CHEN", "MEI") in about.names and date(1991, 8, 3) in about.birth_dates


def _is_open(what: Circumstances, right: str, kind: str) -> bool:
    letter = what.purpose
    if kind not in _OPEN_TO.get(letter, ()) or right not in _GIVEN_FOR.get(letter, ()):
        return False
    needs_case = letter in "DFSX" or (letter == "C" and right == "inquiry.history")
    return bool(what.case_number.strip()) or not needs_case


@settings(max_examples=600)
@given(standing=standings, right=st.sampled_from(ASKED), circumstances=asked)
def test_the_table_decides_as_the_sentences_of_the_rules_do(
    standing: Standing, right: str, circumstances: Circumstances
) -> None:
    decision = decide(standing, Right(right), on=TODAY, circumstances=circumstances)
    assert decision.allowed is _slowly(standing, right, circumstances)
    assert decision.rule
    assert decision.source
    assert bool(decision.missing) is not decision.allowed


@given(standing=standings, right=st.sampled_from(sorted(_FILES)), duty=st.sampled_from([Duty.OFFICER, Duty.CLERK]))
def test_a_coordinators_files_stay_shut_whatever_else_they_do(standing: Standing, right: str, duty: Duty) -> None:
    both = replace(standing, duties=frozenset({Duty.COORDINATOR, duty}))
    assert not decide(both, Right(right), on=TODAY).allowed
