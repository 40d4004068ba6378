"""May this person do this now? The rules as tables; what is expected is typed by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from openclets.agencies.oneself import OwnIdentity, Subject
from openclets.agencies.permissions import Duty, Right
from openclets.agencies.rules import Circumstances, Standing, decide, lacking_for_session, steps
from openclets.vocabulary.persons import PersonName

TODAY = date(2026, 11, 22)

OFFICER = Standing(
    user_active=True,
    agency_active=True,
    device_active=True,
    device_agency="CA0990100",
    agency="CA0990100",
    duties=frozenset({Duty.OFFICER}),
    trained_until=date(2027, 5, 1),
    full_until=date(2027, 5, 1),
    aware_until=date(2027, 6, 2),
    agency_kind="law_enforcement",
    device_kind="workstation",
    device_class="office",
    is_cleared=True,
    statement_until=date(2027, 6, 1),
    subscribed_until=date(2027, 7, 1),
    own=OwnIdentity(PersonName("CHEN", "MEI"), date(1991, 8, 3), frozenset({"OLN:D7731902"})),
)

TRIBE = replace(OFFICER, agency_kind="tribal_police", tribal_reading_until=date(2027, 8, 1))

WITH_CASE = Circumstances("QH", "C", "26-1")
"""What a history is asked with."""


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
    (Duty.CLERK, Right.ASK_HISTORY),
    (Duty.JUDGE, Right.ASK_HISTORY),
    (Duty.OFFICER, Right.ASK_HISTORY),
    (Duty.OFFICER, Right.ASK_DRIVER),
    (Duty.OFFICER, Right.ASK_VEHICLE),
    (Duty.OFFICER, Right.ASK_PROPERTY),
    (Duty.RECORDS, Right.ASK_HISTORY),
    (Duty.RECORDS, Right.ASK_DRIVER),
    (Duty.RECORDS, Right.ASK_VEHICLE),
    (Duty.RECORDS, Right.ASK_PROPERTY),
    (Duty.AUDITOR, Right.READ_JOURNAL),
    (Duty.COORDINATOR, Right.READ_OWN_JOURNAL),
    (Duty.COORDINATOR, Right.SEE_PEOPLE),
    (Duty.COORDINATOR, Right.REMIND_OF_TRAINING),
    (Duty.COORDINATOR, Right.APPLY_ROSTER),
    (Duty.COORDINATOR, Right.KEEP_CERTIFICATES),
    (Duty.COORDINATOR, Right.RELEASE_SIGN_ON),
    (Duty.COORDINATOR, Right.KEEP_TRAINING),
    (Duty.COORDINATOR, Right.APPLY_FOR_AGENCY),
    (Duty.COORDINATOR, Right.PROPOSE_AGREEMENT),
    (Duty.COORDINATOR, Right.KEEP_PEOPLE),
    (Duty.COORDINATOR, Right.DECIDE_ON_PRIVILEGES),
    (Duty.REVIEWER, Right.APPLY_FOR_AGENCY),
    (Duty.REVIEWER, Right.PROPOSE_AGREEMENT),
    (Duty.REVIEWER, Right.DECIDE_ON_AGENCIES),
    (Duty.REVIEWER, Right.DECIDE_ON_PRIVILEGES),
    (Duty.REVIEWER, Right.REVIEW_FELONIES),
    (Duty.REVIEWER, Right.LEARN),
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
    given = WITH_CASE if right is Right.ASK_HISTORY else Circumstances()
    decision = decide(replace(OFFICER, duties=frozenset({duty})), right, on=TODAY, circumstances=given)
    assert decision.allowed == ((duty, right) in ALLOWED)


@pytest.mark.parametrize(
    ("standing", "missing"),
    [
        (replace(OFFICER, is_barred=True), "a felony conviction without a documented review"),
        (replace(OFFICER, is_cleared=False), "no fingerprint and background clearance on record"),
        (replace(OFFICER, statement_until=None), "no signed confidentiality statement on record"),
        (replace(OFFICER, statement_until=TODAY), "signed confidentiality statement ended 2026-11-22"),
        (replace(OFFICER, subscribed_until=None), "no subscriber agreement on record"),
        (replace(OFFICER, subscribed_until=TODAY), "subscriber agreement ended 2026-11-22"),
        (replace(OFFICER, agency_kind="other"), "no management control agreement on record"),
        (replace(OFFICER, device_kind="host"), "no host agreement on record"),
        (replace(OFFICER, device_kind="host", hosted_until=TODAY), "host agreement ended 2026-11-22"),
        (replace(TRIBE, tribal_reading_until=None), "no agreement on tribal reading on record"),
        (replace(OFFICER, agency="NV0020100", device_agency="NV0020100"), "no reciprocity agreement on record"),
        (replace(OFFICER, aware_until=None), "no security awareness course on record"),
        (replace(OFFICER, aware_until=TODAY), "security awareness course expired 2026-11-22"),
        (replace(OFFICER, device_agency="CA0990200", placed_until=TODAY), "this device belongs to another agency"),
        (
            replace(OFFICER, duties=frozenset({Duty.OFFICER, Duty.COORDINATOR})),
            "the duty 'coordinator' rules out 'inquiry.person'",
        ),
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


@pytest.mark.parametrize(
    "standing",
    [
        TRIBE,
        replace(OFFICER, agency_kind="other", managed_until=date(2027, 1, 1)),
        replace(OFFICER, device_kind="host", hosted_until=date(2027, 1, 1)),
        replace(OFFICER, agency="NV0020100", device_agency="NV0020100", reciprocal_until=date(2027, 1, 1)),
        replace(OFFICER, device_agency="CA0990200", placed_until=date(2026, 11, 23)),
    ],
)
def test_an_agreement_opens_what_it_is_about(standing: Standing) -> None:
    assert decide(standing, Right.ASK_PERSON, on=TODAY).allowed


def test_a_tribal_court_files_only_where_an_agreement_says_so() -> None:
    court = replace(TRIBE, agency_kind="tribal_court", duties=frozenset({Duty.CLERK}))
    assert decide(court, Right.SEE_FILED_ORDERS, on=TODAY).allowed
    assert decide(court, Right.FILE_ORDER, on=TODAY).missing == "no agreement on tribal filing on record"
    assert decide(replace(court, tribal_filing_until=date(2027, 1, 1)), Right.FILE_ORDER, on=TODAY).allowed


def test_an_auditor_changes_nothing_whatever_else_they_are() -> None:
    both = replace(OFFICER, duties=frozenset({Duty.CLERK, Duty.AUDITOR}))
    assert decide(both, Right.SEE_FILED_ORDERS, on=TODAY).allowed
    refused = decide(both, Right.FILE_ORDER, on=TODAY)
    assert (refused.rule, refused.missing) == (
        "auditors change nothing",
        "the duty 'auditor' rules out 'order.file'",
    )


def test_filing_takes_the_full_access_course_and_asking_does_not() -> None:
    clerk = replace(OFFICER, duties=frozenset({Duty.CLERK}), full_until=None)
    assert decide(clerk, Right.ASK_ORDERS, on=TODAY).allowed
    assert decide(clerk, Right.FILE_ORDER, on=TODAY).missing == "no full-access course on record"


@pytest.mark.parametrize(
    ("kind", "duty", "purpose", "case", "missing"),
    [
        ("law_enforcement", Duty.OFFICER, "C", "26-1", ""),
        ("law_enforcement", Duty.OFFICER, "C", "", "no case number given with purpose C"),
        ("law_enforcement", Duty.OFFICER, "C", "  ", "no case number given with purpose C"),
        ("law_enforcement", Duty.OFFICER, "", "26-1", "no purpose given for QH"),
        ("law_enforcement", Duty.OFFICER, "J", "", ""),
        (
            "law_enforcement",
            Duty.OFFICER,
            "D",
            "26-1",
            "purpose D is not open to an agency of class 'law enforcement' for 'inquiry.history'",
        ),
        ("court", Duty.CLERK, "D", "26FL100", ""),
        ("tribal_court", Duty.JUDGE, "D", "26FL100", ""),
        ("court", Duty.CLERK, "D", "", "no case number given with purpose D"),
        ("criminal_justice", Duty.RECORDS, "X", "26-1", ""),
        ("other", Duty.RECORDS, "E", "", ""),
        (
            "other",
            Duty.RECORDS,
            "C",
            "26-1",
            "purpose C is not open to an agency of class 'other' for 'inquiry.history'",
        ),
        (
            "criminal_justice",
            Duty.RECORDS,
            "V",
            "26-1",
            "purpose V is not open to an agency of class 'criminal justice' for 'inquiry.history'",
        ),
    ],
)
def test_a_history_is_asked_for_with_a_purpose_open_to_the_agency(
    kind: str, duty: Duty, purpose: str, case: str, missing: str
) -> None:
    standing = replace(
        OFFICER,
        agency_kind=kind,
        duties=frozenset({duty}),
        managed_until=date(2027, 1, 1),
        tribal_reading_until=date(2027, 1, 1),
    )
    given = Circumstances("QH", purpose, case)
    assert decide(standing, Right.ASK_HISTORY, on=TODAY, circumstances=given).missing == missing


def test_a_person_is_asked_about_without_a_purpose_but_not_with_one_that_is_not_open() -> None:
    assert decide(OFFICER, Right.ASK_PERSON, on=TODAY, circumstances=Circumstances("QW")).allowed
    assert decide(OFFICER, Right.ASK_PERSON, on=TODAY, circumstances=Circumstances("QW", "C")).allowed
    housing = decide(OFFICER, Right.ASK_PERSON, on=TODAY, circumstances=Circumstances("QW", "H"))
    assert housing.missing == "purpose H is not open to an agency of class 'law enforcement' for 'inquiry.person'"


@pytest.mark.parametrize(
    ("device_class", "allowed"), [("vehicle", False), ("dispatch", True), ("office", True), ("court", True)]
)
def test_a_vehicle_does_not_reach_criminal_histories(device_class: str, allowed: bool) -> None:
    riding = replace(OFFICER, device_class=device_class)
    assert decide(riding, Right.ASK_HISTORY, on=TODAY, circumstances=WITH_CASE).allowed is allowed
    assert decide(riding, Right.ASK_PERSON, on=TODAY).allowed


@pytest.mark.parametrize(
    ("subject", "is_oneself"),
    [
        (Subject((PersonName("CHEN", "MEI"),), (date(1991, 8, 3),)), True),
        (Subject((PersonName("CHEN", "M"),), (date(1991, 8, 3),)), True),
        (Subject((PersonName("CHEN"),), (date(1991, 8, 3),)), True),
        (Subject((PersonName("CHEN", "MEI", "LIN"),), (date(1970, 1, 1), date(1991, 8, 3))), True),
        (Subject((PersonName("DOE", "JANE"), PersonName("CHEN", "MEI")), (date(1991, 8, 3),)), True),
        (Subject((PersonName("DOE", "JANE"),), (), ("OLN:D7731902",)), True),
        (Subject((), (), ("SOC:123456780", "OLN:D7731902")), True),
        # A namesake is not oneself, nor is somebody born on the same day.
        (Subject((PersonName("CHEN", "MEI"),), (date(1991, 8, 4),)), False),
        (Subject((PersonName("CHEN", "MEI"),), ()), False),
        (Subject((PersonName("CHEN", "ROY"),), (date(1991, 8, 3),)), False),
        (Subject((PersonName("CHENG", "MEI"),), (date(1991, 8, 3),)), False),
        (Subject((PersonName("DOE", "JANE"),), (), ("SOC:7731902",)), False),
    ],
)
def test_nobody_asks_about_themselves(subject: Subject, is_oneself: bool) -> None:
    decision = decide(OFFICER, Right.ASK_PERSON, on=TODAY, circumstances=Circumstances("QW", subject=subject))
    assert decision.allowed is not is_oneself
    assert ("Pen. Code 11142" in decision.source) is is_oneself


def test_of_whom_nothing_is_known_nobody_is_taken_for_oneself() -> None:
    unknown = replace(OFFICER, own=OwnIdentity())
    for subject in (
        Subject((PersonName("CHEN", "MEI"),), (date(1991, 8, 3),)),
        Subject((PersonName("CHEN"),)),
        Subject(),
    ):
        assert decide(unknown, Right.ASK_PERSON, on=TODAY, circumstances=Circumstances("QW", subject=subject)).allowed


def test_every_prerequisite_is_told_in_order_with_what_is_missing() -> None:
    lapsed = replace(OFFICER, trained_until=TODAY, is_cleared=False)
    lacking = [(step.rule, step.missing) for step in steps(lapsed, Right.ASK_PERSON, on=TODAY) if step.missing]
    assert lacking == [
        ("clearance comes before access", "no fingerprint and background clearance on record"),
        ("training must be current", "training expired 2026-11-22"),
    ]
    assert all(step.source for step in steps(OFFICER, Right.ASK_PERSON, on=TODAY))


def test_a_session_lacks_what_its_person_agency_or_device_lacks_and_not_a_duty_for_something() -> None:
    auditor = replace(OFFICER, duties=frozenset({Duty.AUDITOR}))
    assert lacking_for_session(auditor, on=TODAY) == frozenset()
    assert lacking_for_session(replace(auditor, duties=frozenset()), on=TODAY) == {
        "a person acts for an agency they belong to"
    }
    assert lacking_for_session(replace(auditor, is_barred=True, trained_until=TODAY), on=TODAY) == {
        "a felony bars access until it is reviewed",
        "training must be current",
    }
