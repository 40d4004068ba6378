"""The catalogue of what is journalled, against the code that journals."""

from __future__ import annotations

import ast

import pytest

from openclets.journal.events import EVENTS, KEPT_BY_KIND, Audited
from tests.architecture.source import FRAMES, modules


def recorded_kinds() -> dict[str, str]:
    """Every kind that some call records, and the module that does; a name stands for the constant it names."""
    constants: dict[str, str] = {}
    trees = list(modules())
    for _, tree in trees:
        for node in tree.body:
            target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
            value = getattr(node, "value", None)
            if isinstance(target, ast.Name) and isinstance(value, ast.Constant) and isinstance(value.value, str):
                constants[target.id] = value.value
    kinds: dict[str, str] = {}
    for module, tree in trees:
        for call in ast.walk(tree):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
                continue
            if call.func.id not in FRAMES | {"EntryDraft"} or module == "agencies.deed":
                continue
            for keyword in call.keywords:
                if keyword.arg != "kind":
                    continue
                if isinstance(keyword.value, ast.Constant):
                    kinds[str(keyword.value.value)] = module
                elif isinstance(keyword.value, ast.Name) and keyword.value.id in constants:
                    kinds[constants[keyword.value.id]] = module
                else:
                    kinds[f"not readable: {ast.unparse(keyword.value)}"] = module
    return kinds


def test_every_kind_that_is_recorded_is_in_the_catalogue() -> None:
    missing = {kind: module for kind, module in recorded_kinds().items() if kind not in KEPT_BY_KIND}
    assert missing == {}, "add it to openclets/journal/events.py and run `openclets docs`"


def test_every_kind_in_the_catalogue_is_recorded_somewhere() -> None:
    recorded = recorded_kinds()
    assert [event.kind for event in EVENTS if event.kind not in recorded] == []


AU_2 = {
    # Source: CJIS Security Policy AU-2, the events that must be logged, success and failure.
    "log-on attempts": (Audited.SIGN_ON, ["sign-on", "sign-off", "screen unlocked"]),
    "access to files and resources": (
        Audited.RIGHTS,
        ["order opened", "order image seen", "records compared", "document page seen", "agency people listed"],
    ),
    "creating, writing and deleting": (
        Audited.TRANSACTION,
        ["order filed", "records linked", "records kept apart", "identity decision undone"],
    ),
    "change of passwords": (Audited.PASSWORD, ["sign-in secret changed"]),
    "privileged actions": (Audited.PRIVILEGED, ["name released", "training recorded", "synthetic data loaded"]),
    "access to the audit record": (
        Audited.JOURNAL,
        ["journal searched", "journal entry opened", "journal exported", "journal proof given", "log entries read"],
    ),
    "destruction of the audit record, and keeping it": (
        Audited.JOURNAL,
        ["bodies erased", "entries archived", "hold placed", "hold ended"],
    ),
    "operational transactions": (Audited.TRANSACTION, ["question", "rejected message"]),
}


@pytest.mark.parametrize("duty", AU_2)
def test_every_event_that_the_security_policy_names_is_journalled(duty: str) -> None:
    audited, kinds = AU_2[duty]
    listed = {event.kind: event.audited for event in EVENTS}
    assert {kind: listed.get(kind) for kind in kinds} == dict.fromkeys(kinds, audited)


def test_every_duty_of_the_security_policy_has_its_events() -> None:
    assert {event.audited for event in EVENTS} == set(Audited)


def test_no_kind_is_in_the_catalogue_twice() -> None:
    assert len(KEPT_BY_KIND) == len(EVENTS)


def test_every_kind_fits_its_column() -> None:
    assert [event.kind for event in EVENTS if len(event.kind) > 40] == []
