"""Every verb takes who acts and when, and leaves exactly one journal entry, also when it refuses."""

from __future__ import annotations

import pytest
from django.db import connection

from openclets.vocabulary.errors import Refused
from tests.architecture.source import Verb, verbs
from tests.architecture.verb_calls import ROWS
from tests.county import County

VERBS = verbs()
RECORD_REFUSALS = {"agencies.signing_on.record_page_refusal", "agencies.certificates.admission.record_turned_away"}
BY_NAME = {verb.name: verb for verb in VERBS}


def test_the_verbs_are_found() -> None:
    assert {"agencies.signing_on.sign_on", "orders.filing.file_order", "inquiry.ask.ask"} <= set(BY_NAME)


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_every_verb_takes_actor_and_now_and_everything_by_keyword(verb: Verb) -> None:
    assert verb.positional == []
    assert {"actor", "now"} <= set(verb.keyword_only)


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_actor_and_now_are_never_left_out(verb: Verb) -> None:
    defaults = dict(zip(verb.keyword_only, verb.tree.args.kw_defaults, strict=True))
    assert defaults["actor"] is None
    assert defaults["now"] is None


def test_every_verb_has_a_row_of_calls() -> None:
    missing = sorted(set(BY_NAME) - set(ROWS))
    assert missing == [], f"add a Row for each of these to ROWS in tests/architecture/verb_calls.py: {missing}"


def test_no_row_is_left_of_a_verb_that_is_gone() -> None:
    gone = sorted(set(ROWS) - set(BY_NAME))
    assert gone == [], f"remove these from ROWS in tests/architecture/verb_calls.py: {gone}"


def test_a_verb_without_a_refusal_says_why() -> None:
    assert [name for name, row in ROWS.items() if (row.refused is None) != bool(row.why)] == []


@pytest.mark.parametrize("name", sorted(ROWS))
def test_an_allowed_call_leaves_exactly_one_entry_and_it_is_no_refusal(county: County, name: str) -> None:
    row = ROWS[name]
    prepared = row.prepare(county)
    before = _newest()
    row.allowed(county, prepared)
    expected = ["refused"] if name in RECORD_REFUSALS else ["answered", "done"]
    outcomes = _outcomes_after(before)
    assert len(outcomes) == 1
    assert outcomes[0] in expected


@pytest.mark.parametrize("name", sorted(name for name, row in ROWS.items() if row.refused))
def test_a_refused_call_leaves_exactly_one_entry_that_says_so(county: County, name: str) -> None:
    row = ROWS[name]
    assert row.refused is not None
    prepared = row.prepare(county)
    before = _newest()
    with pytest.raises(Refused) as refused:
        row.refused(county, prepared)
    assert _outcomes_after(before) == ["refused"]
    number = int(refused.value.receipt.partition(".")[0])
    assert number > before


def _newest() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(number), 0) FROM journal_entry")
        return int(cursor.fetchall()[0][0])


def _outcomes_after(number: int) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT outcome FROM journal_entry WHERE number > %s ORDER BY number", [number])
        return [outcome for (outcome,) in cursor.fetchall()]
