"""What the page of a search shows: its columns with the links that sort by them, and its rows in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse

from openclets.journal.search import COUNTED_TO, EntryPage, ListedEntry, PageWanted, Sort


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table; `sort` is None where the database has nothing to sort by."""

    name: str
    sort: Sort | None = None


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """A column's name, the address that sorts by it, and `ascending` or `descending` where the page is sorted so."""

    name: str
    address: str
    sorted_now: str


@dataclass(frozen=True, slots=True)
class Row:
    """An entry in a line: who asked, about whom, why, and what came of it. `about` and `answered` are one a line."""

    entry: ListedEntry
    about: tuple[str, ...]
    answered: tuple[str, ...]
    case_number: str
    is_erased: bool


COLUMNS: Final = (
    Column("Entry", Sort.NUMBER),
    Column("When (UTC)", Sort.AT),
    Column("User", Sort.USER),
    Column("Agency", Sort.AGENCY),
    Column("Device", Sort.DEVICE),
    Column("Kind", Sort.KIND),
    Column("Key", Sort.KEY),
    Column("About"),
    Column("Purpose", Sort.PURPOSE),
    Column("Case"),
    Column("Outcome", Sort.OUTCOME),
    Column("Answered with"),
)

SHOWN_ANSWERED: Final = 4
"""Names and record numbers of an answer that a line shows; the rest is counted. Own decision."""


def heads(search: int, wanted: PageWanted) -> list[ColumnHead]:
    """The heads of the table. The column sorted by turns its order round; another begins with its usual one."""
    made = []
    for column in COLUMNS:
        if column.sort is None:
            made.append(ColumnHead(column.name, "", ""))
            continue
        is_sorted = column.sort is wanted.sort
        falls = not wanted.descending if is_sorted else column.sort in (Sort.AT, Sort.NUMBER)
        address = address_of(search, PageWanted(column.sort, falls))
        now = ("descending" if wanted.descending else "ascending") if is_sorted else ""
        made.append(ColumnHead(column.name, address, now))
    return made


def address_of(search: int, wanted: PageWanted, *, after: int | None = None, before: int | None = None) -> str:
    """The address of a page of a search: the number of the entry that recorded it, and nothing that was looked for."""
    parts = {"search": str(search), **_order(wanted)}
    if after is not None:
        parts["after"] = str(after)
    if before is not None:
        parts["before"] = str(before)
    return f"{reverse('auditor:home')}?{urlencode(parts)}"


def exports_of(search: int, wanted: PageWanted) -> dict[str, str]:
    """Where the whole of what was found is given as a file, in the page's order: for `zip` and for `pdf`."""
    order = urlencode(_order(wanted))
    addresses = {form: reverse(f"auditor:export-{form}", args=[search]) for form in ("zip", "pdf")}
    return {form: f"{address}?{order}" if order else address for form, address in addresses.items()}


def rows_of(page: EntryPage) -> list[Row]:
    """The entries in the page's order."""
    return [_row(entry) for entry in page.entries]


def count_in_words(count: int) -> str:
    """`no entry`, `1 entry`, `312 entries`, or more than are counted."""
    if count > COUNTED_TO:
        return f"more than {COUNTED_TO:,} entries"
    return {0: "no entry", 1: "1 entry"}.get(count, f"{count:,} entries")


def _order(wanted: PageWanted) -> dict[str, str]:
    """Only what is not usual."""
    order = {} if wanted.sort is Sort.AT else {"sort": wanted.sort.value}
    return order if wanted.descending else {**order, "rising": "1"}


def _row(entry: ListedEntry) -> Row:
    facts = entry.facts
    if facts is None:
        return Row(entry, (), _shortened(entry.records), "", is_erased=True)
    about = (
        *facts.names_asked,
        *(f"born {day}" for day in facts.birth_dates),
        *(f"plate {plate}" for plate in facts.plates),
        *(f"licence {licence}" for licence in facts.licences),
    )
    answered = _shortened((*facts.names_answered, *entry.records))
    return Row(entry, about, answered, ", ".join(facts.case_numbers), is_erased=False)


def _shortened(texts: tuple[str, ...]) -> tuple[str, ...]:
    more = len(texts) - SHOWN_ANSWERED
    return (*texts[:SHOWN_ANSWERED], f"and {more} more") if more > 0 else texts
