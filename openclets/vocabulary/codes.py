"""Code tables: one small file per table in `tables/`, read once when first asked for.

A file begins with `# name:`, `# title:`, `# source:` and `# edition:` lines, perhaps `# note:` and `# kinds:` (what the
letters of the third column mean), then has one row per code: code, tab, short name in own words, perhaps tab and kind.
A table with `# joins:` has no rows of its own but those of the tables named, the first one's where two have a code.
"""

from __future__ import annotations

import difflib
import heapq
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

from openclets.vocabulary.checked import quoted, raised, wrong
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.purposes import PURPOSES

MAX_NEAREST = 3
"""How many near misses a rejection names. Own decision: more is no longer help."""

LEAST_ALIKE = 0.5
"""From 0 to 1: what is less alike is not offered. Own decision."""

MAX_LISTED_CODES = 12
"""Tables up to this size are named whole in a rejection. Own decision."""

MAX_COMPARED_CHARACTERS = 24
"""Comparing costs the square of the length, so only the beginning of what was typed is compared."""

MAX_GLANCED_ENTRIES = 1000
MAX_COMPARED_ENTRIES = 40
"""Comparing with all 9,519 makes would take a tenth of a second, and a hostile message may have many wrong codes. Of
more entries those that begin alike are glanced at, and of these the ones with most characters in common compared."""

_NOT_WORDS = re.compile(r"[^0-9a-z/&]+")


@dataclass(frozen=True, slots=True)
class CodeTable:
    """One table: `meanings` from code to short name, in the file's order. `kinds` from code to the letters of its
    kinds, empty where the table has none; `kind_names` says what each letter means."""

    name: str
    title: str
    source: str
    meanings: Mapping[str, str]
    edition: str
    note: str
    kinds: Mapping[str, str]
    kind_names: Mapping[str, str]

    @property
    def is_short(self) -> bool:
        """Whether a rejection names the whole table."""
        return len(self.meanings) <= MAX_LISTED_CODES

    @property
    def listed(self) -> str:
        """Every code with its meaning, for short tables: `F female, M male`."""
        return ", ".join(f"{code} {meaning}" for code, meaning in self.meanings.items())

    def kind_of(self, code: str) -> str:
        """The kinds of a code in words: `automobile, motorcycle`; '' where it has none."""
        letters = self.kinds.get(code, "")
        return ", ".join(self.kind_names[letter] for letter in letters) if self.kind_names else letters


@dataclass(frozen=True, slots=True)
class TableEntry:
    """A table as listed: what it is, where it comes from, how many codes it has."""

    name: str
    title: str
    source: str
    edition: str
    size: int


@dataclass(frozen=True, slots=True)
class FoundCode:
    """One row that a search found, with its kinds in words."""

    code: str
    meaning: str
    kind: str


@dataclass(frozen=True, slots=True)
class FoundInTable:
    """What a search found in one table, best first."""

    table: CodeTable
    rows: tuple[FoundCode, ...]


@cache
def code_table(name: str) -> CodeTable:
    """The table of that name, such as `SEX`. Raises: FileNotFoundError for a table that is not there (a bug)."""
    if name == _PURPOSE_TABLE:
        return _purpose_table()
    lines = _folder().joinpath(f"{name.lower()}.tsv").read_text(encoding="utf-8").splitlines()
    heads = dict(line[2:].split(": ", 1) for line in lines if line.startswith("# "))
    rows = [line.split("\t") for line in lines[len(heads) :]]
    meanings = {row[0]: row[1] for row in rows}
    kinds = {row[0]: row[2] for row in rows if len(row) == 3}
    for joined in heads.get("joins", "").split():
        for code, meaning in code_table(joined).meanings.items():
            meanings.setdefault(code, meaning)
    return CodeTable(
        heads["name"],
        heads["title"],
        heads["source"],
        MappingProxyType(meanings),
        heads.get("edition", ""),
        heads.get("note", ""),
        MappingProxyType(kinds),
        MappingProxyType(_kind_names(heads.get("kinds", ""))),
    )


def has_table(name: str) -> bool:
    """Whether there is a table of that name, in capitals."""
    return name in table_names()


@cache
def table_names() -> tuple[str, ...]:
    """Every table's name, by letter."""
    stems = (entry.name.removesuffix(".tsv").upper() for entry in _folder().iterdir() if entry.name.endswith(".tsv"))
    return tuple(sorted([*stems, _PURPOSE_TABLE]))


@cache
def table_entries() -> tuple[TableEntry, ...]:
    """Every table by letter. Reads all of them, so it is for lists of tables only."""
    tables = (code_table(name) for name in table_names())
    return tuple(
        TableEntry(table.name, table.title, table.source, table.edition, len(table.meanings)) for table in tables
    )


def find_codes(table: CodeTable, text: str, *, limit: int = 50) -> tuple[FoundCode, ...]:
    """Rows of a table by code or by word, best first: the code itself, codes that begin so, then rows in which every
    word typed begins a word of the meaning; where there is none, rows most like what was typed. Nothing typed: the
    first rows. Letters' case and accents don't matter.
    """
    wanted = _folded(text)
    if not wanted:
        return _shown(table, list(table.meanings)[:limit])
    return _shown(table, (_matching(table, text) or _alike(table, wanted))[:limit])


def find_in_all_tables(text: str, *, limit: int = 5) -> tuple[FoundInTable, ...]:
    """As `find_codes` for every table that has something, up to `limit` rows each, tables by letter; nothing that is
    only alike. Nothing typed: nothing. PLACE is left out, because the tables it joins are searched themselves."""
    if not _folded(text):
        return ()
    tables = (code_table(name) for name in table_names() if name != "PLACE")
    found = (FoundInTable(table, _shown(table, _matching(table, text)[:limit])) for table in tables)
    return tuple(one for one in found if one.rows)


def check_code(name: str, text: str, *, field: str, may_compare: bool = True) -> str:
    """The code in `text`, in capitals. `may_compare`: whether a wrong one is compared with those of a long table, to
    name the nearest; it takes a while. Raises: Rejected (code 31)."""
    table = code_table(name)
    code = raised(text)
    if code in table.meanings:
        return code
    code = " ".join(code.split())
    if code in table.meanings:
        return code
    if table.is_short:
        accepted = table.listed
    else:
        near = _nearest_rows(table, code[:MAX_COMPARED_CHARACTERS]) if may_compare else ()
        accepted = f"a code of table {name}" + (f", such as {', '.join(near)}" if near else "")
    raise wrong(field, f"{quoted(text)} is not a code for {table.title}", accepted, code=FaultCode.CODE)


def nearest(typed: str, known: Iterable[str]) -> tuple[str, ...]:
    """The up to three entries of `known` most like what was typed, best first, of equals the one that begins alike;
    empty when nothing is near."""
    wanted, candidates = typed[:MAX_COMPARED_CHARACTERS], list(known)
    if len(candidates) > MAX_GLANCED_ENTRIES:
        candidates = [entry for entry in candidates if entry[:1] == wanted[:1]]
    if len(candidates) > MAX_COMPARED_ENTRIES:
        characters, length = frozenset(wanted), len(wanted)
        candidates = heapq.nlargest(
            MAX_COMPARED_ENTRIES,
            candidates,
            key=lambda entry: (
                2 * len(characters.intersection(entry)) - abs(len(entry) - length) + 2 * (entry[:2] == wanted[:2])
            ),
        )
    alike = difflib.SequenceMatcher(b=wanted)
    ranked: list[tuple[float, int, str]] = []
    for entry in candidates:
        alike.set_seq1(entry)
        if alike.real_quick_ratio() >= LEAST_ALIKE and alike.quick_ratio() >= LEAST_ALIKE:
            ranked.append((-alike.ratio(), -_same_beginning(wanted, entry), entry))
    return tuple(entry for ratio, _, entry in sorted(ranked)[:MAX_NEAREST] if -ratio >= LEAST_ALIKE)


def _same_beginning(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (here, there) in pairs if here != there), min(len(one), len(other)))


_PURPOSE_TABLE = "PUR"
"""Purposes have more to say than a table, so they stand in `purposes`; here they can be looked up like the others."""


def _purpose_table() -> CodeTable:
    return CodeTable(
        _PURPOSE_TABLE,
        "purpose of a question",
        "NIEM RapSheetPurposeCode; Nlets KQ",
        MappingProxyType({row.code: row.meaning for row in PURPOSES}),
        "4.2",
        "Which agency may give which purpose is a matter of the access table.",
        MappingProxyType({row.code: "not taken from a terminal" for row in PURPOSES if not row.is_taken}),
        MappingProxyType({}),
    )


def _folder() -> Traversable:
    return files("openclets.vocabulary").joinpath("tables")


def _kind_names(head: str) -> dict[str, str]:
    """`A=automobile; M=motorcycle` as a mapping; a head without letters names what the third column is."""
    return dict(part.split("=", 1) for part in head.split("; ") if "=" in part)


def _nearest_rows(table: CodeTable, typed: str) -> tuple[str, ...]:
    """Code and meaning of the rows nearest to a wrong code; what is longer than any code is looked for as a word."""
    if len(typed) > _longest_code(table.name):
        return tuple(f"{row.code} {row.meaning}" for row in find_codes(table, typed, limit=MAX_NEAREST))
    return tuple(f"{code} {table.meanings[code]}" for code in nearest(typed, table.meanings))


@cache
def _longest_code(name: str) -> int:
    return max(len(code) for code in code_table(name).meanings)


def _matching(table: CodeTable, text: str) -> tuple[str, ...]:
    """Codes of the rows that have what was typed, best first."""
    code_wanted, wanted = " ".join(text.upper().split()), _folded(text)
    first_word = f" {wanted.partition(' ')[0]}"
    ranked = sorted(
        (rank, len(padded), code)
        for code, padded in _folded_meanings(table.name).items()
        # Most rows have neither, and ranking them all takes ten times as long.
        if (first_word in padded or code.startswith(code_wanted))
        if (rank := _rank(code_wanted, wanted, code, padded))
    )
    return tuple(code for _, _, code in ranked)


@cache
def _folded_meanings(name: str) -> dict[str, str]:
    """The meanings of a table as they are compared, each with a blank in front of every word."""
    return {code: f" {_folded(meaning)}" for code, meaning in code_table(name).meanings.items()}


def _folded(text: str) -> str:
    plain = text.casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return _NOT_WORDS.sub(" ", plain).strip()


def _rank(code_wanted: str, wanted: str, code: str, padded: str) -> int:
    """How well a row answers, 1 best; 0: not at all."""
    if code == code_wanted:
        return 1
    if padded == f" {wanted}":
        return 2
    if code.startswith(code_wanted):
        return 3
    if padded.startswith(f" {wanted}"):
        return 4
    return 5 if all(f" {word}" in padded for word in wanted.split()) else 0


def _alike(table: CodeTable, wanted: str) -> tuple[str, ...]:
    """Codes of the rows whose meaning or code is most like what was typed."""
    codes = _codes_by_meaning(table.name)
    by_meaning = tuple(codes[meaning] for meaning in nearest(wanted, codes))
    return by_meaning or nearest(wanted.upper(), table.meanings)


@cache
def _codes_by_meaning(name: str) -> dict[str, str]:
    """The first code of every folded meaning."""
    return {padded.strip(): code for code, padded in reversed(_folded_meanings(name).items())}


def _shown(table: CodeTable, codes: Iterable[str]) -> tuple[FoundCode, ...]:
    return tuple(FoundCode(code, table.meanings[code], table.kind_of(code)) for code in codes)
