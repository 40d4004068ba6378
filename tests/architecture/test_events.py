"""The catalogue of what is journalled, against the code that journals."""

from __future__ import annotations

import ast

from openclets.journal.events import EVENTS, KEPT_BY_KIND
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


def test_no_kind_is_in_the_catalogue_twice() -> None:
    assert len(KEPT_BY_KIND) == len(EVENTS)


def test_every_kind_fits_its_column() -> None:
    assert [event.kind for event in EVENTS if len(event.kind) > 40] == []
