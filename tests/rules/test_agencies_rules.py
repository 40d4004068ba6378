"""May this person do this now? The rules as tables; what is expected is typed by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from openclets.agencies.permissions import Duty, Right
from openclets.agencies.rules import Standing, decide

TODAY = date(2026, 11, 22)

OFFICER = Standing(
    user_active=True,
    agency_active=True,
    device_active=True,
    device_agency="CA0990100",
    agency="CA0990100",
    duties=frozenset({Duty.OFFICER}),
    trained_until=date(2027, 5, 1),
)

ALLOWED = {
    (Duty.CLERK, Right.FILE_ORDER),
    (Duty.CLERK, Right.READ_COURT_FORM),
    (Duty.CLERK, Right.SEE_FILED_ORDERS),
    (Duty.CLERK, Right.SEE_ORDER_IMAGE),
    (Duty.CLERK, Right.ASK_ORDERS),
    (Duty.JUDGE, Right.SEE_FILED_ORDERS),
    (Duty.JUDGE, Right.SEE_ORDER_IMAGE),
    (Duty.JUDGE, Right.ASK_ORDERS),
    (Duty.OFFICER, Right.ASK_PERSON),
    (Duty.OFFICER, Right.ASK_ORDERS),
    (Duty.OFFICER, Right.SEE_ORDER_IMAGE),
    (Duty.RECORDS, Right.ASK_PERSON),
    (Duty.RECORDS, Right.ASK_ORDERS),
    (Duty.RECORDS, Right.SEE_ORDER_IMAGE),
    (Duty.RECORDS, Right.RESOLVE_DUPLICATES),
    (Duty.AUDITOR, Right.READ_JOURNAL),
    (Duty.COORDINATOR, Right.READ_OWN_JOURNAL),
    (Duty.COORDINATOR, Right.SEE_PEOPLE),
    (Duty.COORDINATOR, Right.REMIND_OF_TRAINING),
    (Duty.COORDINATOR, Right.APPLY_ROSTER),
    (Duty.COORDINATOR, Right.KEEP_CERTIFICATES),
    (Duty.COORDINATOR, Right.RELEASE_SIGN_ON),
    (Duty.COORDINATOR, Right.KEEP_TRAINING),
    (Duty.CLERK, Right.LEARN),
    (Duty.JUDGE, Right.LEARN),
    (Duty.OFFICER, Right.LEARN),
    (Duty.RECORDS, Right.LEARN),
    (Duty.AUDITOR, Right.LEARN),
    (Duty.COORDINATOR, Right.LEARN),
}


@pytest.mark.parametrize("duty", list(Duty))
@pytest.mark.parametrize("right", list(Right))
def test_a_duty_carries_its_rights_and_no_others(duty: Duty, right: Right) -> None:
    decision = decide(replace(OFFICER, duties=frozenset({duty})), right, on=TODAY)
    assert decision.allowed == ((duty, right) in ALLOWED)


@pytest.mark.parametrize(
    ("standing", "missing"),
    [
        (replace(OFFICER, user_active=False), "the account is disabled"),
        (replace(OFFICER, agency_active=False), "the agency's subscription is not active"),
        (replace(OFFICER, device_active=False), "the device is disabled or unknown"),
        (replace(OFFICER, device_agency="CA0990200"), "this device belongs to another agency"),
        (replace(OFFICER, duties=frozenset()), "no duty at this agency"),
        (replace(OFFICER, duties=frozenset({Duty.CLERK})), "the duty 'clerk' does not carry 'inquiry.person'"),
        (
            replace(OFFICER, duties=frozenset({Duty.JUDGE, Duty.CLERK})),
            "the duty 'clerk, judge' does not carry 'inquiry.person'",
        ),
        (replace(OFFICER, trained_until=None), "no training on record"),
        (replace(OFFICER, trained_until=date(2026, 3, 1)), "training expired 2026-03-01"),
    ],
)
def test_what_is_missing_is_named(standing: Standing, missing: str) -> None:
    decision = decide(standing, Right.ASK_PERSON, on=TODAY)
    assert (decision.allowed, decision.missing) == (False, missing)
    assert decision.rule
    assert decision.source


def test_an_allowed_decision_names_its_rule_and_source() -> None:
    decision = decide(OFFICER, Right.ASK_PERSON, on=TODAY)
    assert decision.allowed
    assert decision.rule == "duty 'officer' carries 'inquiry.person'"
    assert decision.source.startswith("Gov. Code 15150-15169")
    assert decision.missing == ""


@pytest.mark.parametrize(
    ("on", "allowed"),
    [(date(2027, 4, 30), True), (date(2027, 5, 1), False), (date(2027, 5, 2), False)],
)
def test_training_counts_until_the_day_it_expires_and_no_longer_on_it(on: date, allowed: bool) -> None:
    assert decide(OFFICER, Right.ASK_PERSON, on=on).allowed is allowed


def test_several_duties_carry_the_rights_of_each() -> None:
    both = replace(OFFICER, duties=frozenset({Duty.OFFICER, Duty.AUDITOR}))
    assert decide(both, Right.ASK_PERSON, on=TODAY).allowed
    assert decide(both, Right.READ_JOURNAL, on=TODAY).allowed


def test_a_disabled_account_is_refused_before_anything_else_is_told() -> None:
    nothing_right = Standing(False, False, False, "", "CA0990100", frozenset(), None)
    assert decide(nothing_right, Right.ASK_PERSON, on=TODAY).missing == "the account is disabled"
