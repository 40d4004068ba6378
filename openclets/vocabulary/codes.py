"""Code tables: one small file per table in `tables/`, read once when first asked for.

A file holds `# name:`, `# title:` and `# source:` lines, then one row per code: code, tab, short name in own words.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

MAX_NEAREST = 3
"""How many near misses a rejection names. Own decision: more is no longer help."""

MAX_COMPARED_CHARACTERS = 24
"""Comparing costs the square of the length, so only the beginning of what was typed is compared."""


@dataclass(frozen=True, slots=True)
class CodeTable:
    """One table: `meanings` from code to short name, in the file's order."""

    name: str
    title: str
    source: str
    meanings: Mapping[str, str]

    @property
    def listed(self) -> str:
        """Every code with its meaning, for short tables: `F female, M male`."""
        return ", ".join(f"{code} {meaning}" for code, meaning in self.meanings.items())


@cache
def code_table(name: str) -> CodeTable:
    """The table of that name, such as `SEX`. Raises: FileNotFoundError for a table that is not there (a bug)."""
    text = files("openclets.vocabulary").joinpath("tables", f"{name.lower()}.tsv").read_text(encoding="utf-8")
    heads: dict[str, str] = {}
    meanings: dict[str, str] = {}
    for line in text.splitlines():
        if line.startswith("# "):
            label, _, value = line[2:].partition(": ")
            heads[label] = value
        elif line:
            code, _, meaning = line.partition("\t")
            meanings[code] = meaning
    return CodeTable(heads["name"], heads["title"], heads["source"], MappingProxyType(meanings))


def nearest(typed: str, known: Iterable[str]) -> tuple[str, ...]:
    """The up to three entries of `known` most like what was typed, best first; empty when nothing is near."""
    return tuple(difflib.get_close_matches(typed[:MAX_COMPARED_CHARACTERS], list(known), n=MAX_NEAREST, cutoff=0.5))
