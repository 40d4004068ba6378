"""The source as the architecture tests read it: verbs are found in the syntax tree, so that none can be forgotten."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGE: Final = ROOT / "openclets"

SUBJECTS: Final = (
    "misuse",
    "inquiry",
    "orders",
    "histories",
    "hotfiles",
    "vehicles",
    "delivery",
    "people",
    "agencies",
    "journal",
)

FRAMES: Final = frozenset({"asking", "changing"})
RECORDERS: Final = frozenset({"record_durably", "record_in_transaction"})
NOT_VERBS: Final = frozenset({"agencies.deed", "journal.record"})
"""The frame itself, and the journal's own writing."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A public function that leaves a journal entry. `name` is `room.module.function`."""

    name: str
    tree: ast.FunctionDef

    @property
    def keyword_only(self) -> list[str]:
        return [argument.arg for argument in self.tree.args.kwonlyargs]

    @property
    def positional(self) -> list[str]:
        return [argument.arg for argument in (*self.tree.args.posonlyargs, *self.tree.args.args)]


def modules(*rooms: str) -> Iterator[tuple[str, ast.Module]]:
    """Every module of the rooms (all of the package when none is named): dotted name without `openclets.`, tree."""
    for room in rooms or (".",):
        for path in sorted((PACKAGE / room).rglob("*.py")):
            name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")
            yield name, ast.parse(path.read_text(encoding="utf-8"))


def verbs() -> list[Verb]:
    """Every public top-level function of a subject that opens a verb's frame, or writes an entry by itself."""
    return [
        Verb(f"{module}.{function.name}", function)
        for module, tree in modules(*SUBJECTS)
        if module not in NOT_VERBS
        for function in tree.body
        if isinstance(function, ast.FunctionDef)
        and not function.name.startswith("_")
        and _called_names(function) & (FRAMES | RECORDERS)
    ]


def imports(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """(module, name) of every import anywhere in the module; name is empty for `import module`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)


def _called_names(function: ast.FunctionDef) -> set[str]:
    return {
        node.func.id for node in ast.walk(function) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
