"""The permission question, asked of real tables."""

from __future__ import annotations

import pytest

from openclets.agencies.access import check_may, may
from openclets.agencies.permissions import Right
from openclets.vocabulary.errors import Refused
from tests.county import County


def test_officer_chen_may_ask_about_persons(county: County) -> None:
    assert may(county.actor("chen"), Right.ASK_PERSON, now=county.now)


def test_officer_dorn_is_refused_because_his_training_has_lapsed(county: County) -> None:
    with pytest.raises(Refused) as refused:
        check_may(county.actor("dorn"), Right.ASK_PERSON, now=county.now)
    assert refused.value.missing == "training expired 2026-03-01"
