"""How an agency joins and leaves: the order of steps, who may not take which, which agreements, which ORI."""

from __future__ import annotations

from datetime import date

import pytest

from openclets.agencies.joining.rules import (
    AgreementInForce,
    Step,
    StepTaken,
    agreement_faults,
    agreements_missing,
    not_apart,
    ori_faults,
    step_rule,
    steps_from,
)
from openclets.vocabulary.identifiers import Ori

TODAY = date(2026, 11, 22)
ANN, BEN, CEM = 1, 2, 3


@pytest.mark.parametrize(
    ("status", "steps"),
    [
        ("applied", (Step.TAKE_UP, Step.TURN_DOWN)),
        ("in_review", (Step.APPROVE, Step.TURN_DOWN)),
        ("approved", (Step.TURN_DOWN, Step.ACTIVATE)),
        ("active", (Step.SUSPEND, Step.END)),
        ("suspended", (Step.RESTORE, Step.END)),
        ("ended", ()),
    ],
)
def test_only_these_steps_lead_on_from_a_status(status: str, steps: tuple[Step, ...]) -> None:
    assert steps_from(status) == steps


@pytest.mark.parametrize(
    ("step", "after"),
    [
        (Step.TAKE_UP, "in_review"),
        (Step.APPROVE, "approved"),
        (Step.TURN_DOWN, "ended"),
        (Step.ACTIVATE, "active"),
        (Step.SUSPEND, "suspended"),
        (Step.RESTORE, "active"),
        (Step.END, "ended"),
    ],
)
def test_each_step_leads_to_its_status_and_names_its_source(step: Step, after: str) -> None:
    assert step_rule(step).after == after
    assert step_rule(step).source


@pytest.mark.parametrize(
    ("step", "by", "kept_by"),
    [
        (Step.TAKE_UP, ANN, None),
        (Step.APPROVE, ANN, Step.APPLY),
        (Step.APPROVE, BEN, None),
        (Step.ACTIVATE, ANN, Step.APPLY),
        (Step.ACTIVATE, BEN, Step.APPROVE),
        (Step.ACTIVATE, CEM, None),
        (Step.SUSPEND, ANN, None),
        (Step.RESTORE, CEM, Step.SUSPEND),
        (Step.RESTORE, BEN, None),
        (Step.END, ANN, None),
    ],
)
def test_nobody_approves_or_lets_in_what_they_brought_about(step: Step, by: int, kept_by: Step | None) -> None:
    taken = [StepTaken(Step.APPLY, ANN), StepTaken(Step.APPROVE, BEN), StepTaken(Step.SUSPEND, CEM)]
    assert not_apart(step, by, taken) == kept_by


def test_of_a_step_taken_twice_the_last_one_counts() -> None:
    taken = [StepTaken(Step.SUSPEND, ANN), StepTaken(Step.RESTORE, BEN), StepTaken(Step.SUSPEND, CEM)]
    assert not_apart(Step.RESTORE, ANN, taken) is None
    assert not_apart(Step.RESTORE, CEM, taken) == Step.SUSPEND


@pytest.mark.parametrize(
    ("kind", "ori", "missing"),
    [
        ("law_enforcement", "CA0990100", ("subscriber",)),
        ("court", "CA099013J", ("subscriber",)),
        ("tribal_police", "CA0997100", ("subscriber", "tribal_reading")),
        ("other", "CA099013U", ("subscriber", "management_control")),
        ("law_enforcement", "OR0260200", ("subscriber", "reciprocity")),
    ],
)
def test_each_kind_needs_its_agreements(kind: str, ori: str, missing: tuple[str, ...]) -> None:
    assert agreements_missing(kind, Ori(ori), [], today=TODAY) == missing


@pytest.mark.parametrize(
    ("begins_on", "ends_on", "missing"),
    [
        (date(2026, 11, 22), date(2026, 11, 23), ()),
        (date(2026, 11, 23), date(2028, 1, 1), ("subscriber",)),
        (date(2024, 1, 1), date(2026, 11, 22), ("subscriber",)),
    ],
)
def test_an_agreement_counts_from_its_first_day_up_to_and_not_on_its_last(
    begins_on: date, ends_on: date, missing: tuple[str, ...]
) -> None:
    held = [AgreementInForce("subscriber", begins_on, ends_on)]
    assert agreements_missing("court", Ori("CA099013J"), held, today=TODAY) == missing


@pytest.mark.parametrize(
    ("ori", "kind", "faults"),
    [
        ("CA0990100", "law_enforcement", []),
        ("CA099013J", "court", []),
        ("CA099015D", "court", []),
        ("CA099013N", "law_enforcement", []),
        ("CA099013G", "criminal_justice", []),
        ("CA099073J", "tribal_court", []),
        ("CA0997100", "tribal_police", []),
        ("CA099013U", "other", []),
        ("CA0590100", "law_enforcement", ["California has no county 059"]),
        ("ZZ0990100", "law_enforcement", ["ZZ is not a state"]),
        ("CA099013Z", "other", ["Z is not a kind of agency"]),
        (
            "CA099013J",
            "law_enforcement",
            ["CA099013J is of court or magistrate, which does not go with the kind 'law enforcement'"],
        ),
        ("CA0990100", "court", ["CA0990100 is of law enforcement, which does not go with the kind 'court'"]),
    ],
)
def test_an_ori_must_be_of_a_real_place_and_of_the_agencys_kind(ori: str, kind: str, faults: list[str]) -> None:
    assert [fault.text for fault in ori_faults(Ori(ori), kind)] == faults


@pytest.mark.parametrize(
    ("signed_by", "signed_on", "begins_on", "ends_on", "faults"),
    [
        ("Chief Ada Moss", date(2026, 11, 22), date(2026, 11, 22), date(2031, 11, 22), []),
        ("Moss", date(2026, 11, 1), date(2026, 12, 1), date(2027, 12, 1), ["nobody is named"]),
        ("Ada Moss", date(2026, 11, 23), date(2026, 12, 1), date(2027, 12, 1), ["this day has not come yet"]),
        ("Ada Moss", date(2026, 11, 2), date(2026, 11, 1), date(2027, 12, 1), ["it would begin before it was signed"]),
        ("Ada Moss", date(2026, 11, 1), date(2027, 11, 1), date(2027, 11, 1), ["it would end before it begins"]),
        ("Ada Moss", date(2026, 11, 1), date(2026, 11, 1), date(2031, 11, 2), ["it would run too long"]),
        ("Ada Moss", date(2025, 11, 1), date(2025, 11, 1), date(2026, 11, 22), ["it has ended already"]),
    ],
)
def test_an_agreement_names_who_signed_runs_in_order_and_at_most_five_years(
    signed_by: str, signed_on: date, begins_on: date, ends_on: date, faults: list[str]
) -> None:
    found = agreement_faults(
        signed_by=signed_by, signed_on=signed_on, begins_on=begins_on, ends_on=ends_on, today=TODAY
    )
    assert [fault.text for fault in found] == faults
