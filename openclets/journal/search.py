"""Searching the journal. Ground functions: the verbs that use them are in `inquiry`, the one door for asking.

Criteria on the entry itself are answered by its own indexes; names, numbers and words by the index of the search, of
which only the texts that are still kept are part.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, Literal

import psycopg
from django.db import connection, transaction

from openclets.journal import search_terms
from openclets.journal.archive import months_of, next_month
from openclets.journal.events import LOOKS
from openclets.journal.search_index import bring_up
from openclets.journal.search_terms import Facts, facts_of
from openclets.vocabulary.errors import Unavailable

PAGE_SIZE: Final = 50
"""Entries on one page of a list. Own decision."""

COUNTED_TO: Final = 10_000
"""Entries are counted so far and no further. Own decision."""

SEARCH_WITHIN_SECONDS: Final = 10
"""A search that takes longer is given up with advice. Own decision."""

CATCH_UP_BATCHES: Final = 5
"""How far a search brings its index up itself before it says that it lies behind. Own decision."""

WHOLE_ORI: Final = 9

NamedIn = Literal["", "asked", "answered", "sound"]


class Sort(StrEnum):
    """The column by which entries are sorted; entries with the same value by their number, in the same direction."""

    NUMBER = "number"
    AT = "at"
    USER = "user_name"
    AGENCY = "agency"
    DEVICE = "device"
    KIND = "kind"
    KEY = "message_key"
    PURPOSE = "purpose"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class Criteria:
    """What to look for; empty means any. `from_at` inclusive, `to_at` exclusive.

    `agency` may be the beginning of an identifier. `subject_name`: parts in any order, `*` for any letters after the
    first; `named_in` says whether it was asked about, answered with, or sounds so (either of both when empty). `text`
    and `or_text`: every word of the one or every word of the other. A search by names, numbers or words leaves out
    looks at the journal, which name whom they were about, unless `with_looks` or a `kind` asks for them.
    """

    user_name: str = ""
    agency: str = ""
    device: str = ""
    kind: str = ""
    message_keys: tuple[str, ...] = ()
    purpose: str = ""
    outcome: str = ""
    record: str = ""
    subject_name: str = ""
    named_in: NamedIn = ""
    birth_date: date | None = None
    plate: str = ""
    licence: str = ""
    case_number: str = ""
    destination: str = ""
    text: str = ""
    or_text: str = ""
    from_at: datetime | None = None
    to_at: datetime | None = None
    with_looks: bool = False

    def in_words(self) -> str:
        """The criteria that are set, as `name: value`, for the entry of the search itself and for exports."""
        given = self._given().items()
        return ", ".join(f"{name.replace('_', ' ')}: {value}" for name, value in given) or "everything"

    def as_text(self) -> str:
        """The criteria so that `criteria_from` reads them again."""
        return json.dumps(self._given(), sort_keys=True)

    def _given(self) -> dict[str, str]:
        given: dict[str, str] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value:
                is_day = isinstance(value, date)
                given[field.name] = value.isoformat() if is_day else ",".join(value) if is_many(value) else str(value)
        return given


def is_many(value: object) -> bool:
    return isinstance(value, tuple)


def criteria_from(text: str) -> Criteria:
    """What `as_text` wrote."""
    given: dict[str, Any] = dict(json.loads(text))
    if "with_looks" in given:
        given["with_looks"] = True
    for moment in ("from_at", "to_at"):
        if moment in given:
            given[moment] = datetime.fromisoformat(given[moment])
    if "birth_date" in given:
        given["birth_date"] = date.fromisoformat(given["birth_date"])
    if "message_keys" in given:
        given["message_keys"] = tuple(given["message_keys"].split(","))
    return replace(Criteria(), **given)


@dataclass(frozen=True, slots=True)
class PageWanted:
    """Which page of what is found. `after` and `before` are numbers of entries: the page that follows the one or ends
    before the other; an entry never changes, so a page stays what it was, whatever comes in meanwhile."""

    sort: Sort = Sort.AT
    descending: bool = True
    after: int | None = None
    before: int | None = None
    size: int = PAGE_SIZE


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """One line of a list. `facts` is None where the body has been erased."""

    number: int
    at: datetime
    kind: str
    outcome: str
    user_name: str
    agency: str
    device: str
    channel: str
    message_key: str
    purpose: str
    records: tuple[str, ...]
    facts: Facts | None


@dataclass(frozen=True, slots=True)
class EntryPage:
    """In the order wanted. `after` and `before` are what to pass for the next and the previous page; None where there
    is none. `count` is exact up to COUNTED_TO and one more beyond. `is_behind`: the newest entries may be missing from
    what was found by names, numbers or words, because the index of the search has not come to them yet."""

    entries: tuple[ListedEntry, ...]
    count: int
    after: int | None
    before: int | None
    is_behind: bool = False


def find_entries(criteria: Criteria, wanted: PageWanted) -> EntryPage:
    """One page of what fits, and how many fit. Raises: Unavailable when it takes too long."""
    try:
        with transaction.atomic():
            is_behind = _needs_index(criteria) and not bring_up(_raw(), batches=CATCH_UP_BATCHES)
        with transaction.atomic():
            _raw().execute(f"SET LOCAL statement_timeout = '{SEARCH_WITHIN_SECONDS}s'; {_BY_INDEX}")
            rows = _rows(criteria, wanted)
            count = _count(criteria)
    except psycopg.errors.QueryCanceled as error:
        raise Unavailable(
            f"the search took longer than {SEARCH_WITHIN_SECONDS} seconds: narrow it by time, user or agency"
        ) from error
    more, shown = len(rows) > wanted.size, rows[: wanted.size]
    if wanted.before is not None:
        shown.reverse()
        earlier, later = more, bool(shown)
    else:
        earlier, later = wanted.after is not None and bool(shown), more
    return EntryPage(
        entries=tuple(shown),
        count=count,
        after=shown[-1].number if later else None,
        before=shown[0].number if earlier else None,
        is_behind=is_behind,
    )


def plan_of(criteria: Criteria, wanted: PageWanted) -> str:
    """How the database goes about it, among all months and, where it is so asked, in the month wanted first; for tests
    and measurements. Source: EXPLAIN."""
    with transaction.atomic():
        _raw().execute(_BY_INDEX)
        asked = [criteria]
        if _is_by_month(criteria, wanted):
            asked.append(_within(criteria, _months_wanted(criteria, wanted)[:1]))
        plans = [_raw().execute(f"EXPLAIN {query}", given) for query, given in (_query(one, wanted) for one in asked)]
        return "\n".join(row[0] for plan in plans for row in plan)


def _needs_index(criteria: Criteria) -> bool:
    return bool(_queries(criteria))


def _rows(criteria: Criteria, wanted: PageWanted) -> list[ListedEntry]:
    """One entry more than wanted, where there is one.

    The index of the search knows no order: what it finds is sorted, and a name may be borne by a hundredth of all
    entries. So it is asked month by month from the end wanted, until there are enough; whatever is rare, after one
    month for all the others at once.
    """
    if not _is_by_month(criteria, wanted):
        return _rows_among(criteria, wanted)
    months, done, step = _months_wanted(criteria, wanted), 0, 1
    rows: list[ListedEntry] = []
    while done < len(months) and len(rows) <= wanted.size:
        rows += _rows_among(_within(criteria, months[done : done + step]), wanted)
        done += step
        step = math.ceil(2 * wanted.size * done / len(rows)) if rows else len(months)
    return rows[: wanted.size + 1]


def _is_by_month(criteria: Criteria, wanted: PageWanted) -> bool:
    return wanted.sort is Sort.AT and _needs_index(criteria)


def _rows_among(criteria: Criteria, wanted: PageWanted) -> list[ListedEntry]:
    query, given = _query(criteria, wanted)
    return [_listed(row) for row in _raw().execute(query, given, prepare=False)]


def _months_wanted(criteria: Criteria, wanted: PageWanted) -> list[datetime]:
    """The beginnings of the months that what is wanted can lie in, those first that are wanted first."""
    months = months_of(_raw())
    if _is_descending(wanted):
        months.reverse()
    edge = _edge_of(wanted)
    beyond = None if edge is None else _value_of(edge, "at")
    lowest, highest = [criteria.from_at], [criteria.to_at]
    if beyond is not None:
        (highest if _is_descending(wanted) else lowest).append(beyond)
    return [
        month
        for month in months
        if all(low is None or next_month(month) > low for low in lowest)
        and all(high is None or month <= high for high in highest)
    ]


def _within(criteria: Criteria, months: Sequence[datetime]) -> Criteria:
    """The criteria for these months, which follow each other, alone."""
    begin, end = min(months), next_month(max(months))
    return replace(
        criteria,
        from_at=begin if criteria.from_at is None else max(begin, criteria.from_at),
        to_at=end if criteria.to_at is None else min(end, criteria.to_at),
    )


def _is_descending(wanted: PageWanted) -> bool:
    """The page before another is read from its end."""
    return wanted.descending != (wanted.before is not None)


def _edge_of(wanted: PageWanted) -> int | None:
    return wanted.after if wanted.before is None else wanted.before


def _count(criteria: Criteria) -> int:
    where, given = _where(criteria)
    query = f"SELECT count(*) FROM (SELECT FROM {_tables(criteria)} WHERE {where} LIMIT {COUNTED_TO + 1}) AS found"  # noqa: S608 (fixed names; values are bound)
    row = _raw().execute(query, given, prepare=False).fetchone()
    return int(row[0]) if row else 0


def _query(criteria: Criteria, wanted: PageWanted) -> tuple[str, dict[str, Any]]:
    where, given = _where(criteria)
    descending, edge = _is_descending(wanted), _edge_of(wanted)
    by = wanted.sort.value
    direction = "DESC" if descending else "ASC"
    # The index of the search has the moment too: so its few rows are sorted before entries are fetched for them.
    key = "s.at, s.entry_number" if wanted.sort is Sort.AT and _needs_index(criteria) else f"e.{by}, e.number"
    if edge is not None:
        given |= {"edge": edge, "value": _value_of(edge, by)}
        where += f" AND ({key}) {'<' if descending else '>'} (%(value)s, %(edge)s)"
    query = f"""
        WITH found AS MATERIALIZED (
            SELECT {", ".join(f"e.{column}" for column in _COLUMNS)}
              FROM {_tables(criteria)} WHERE {where}
             ORDER BY {key.replace(",", f" {direction},")} {direction} LIMIT {int(wanted.size) + 1})
        SELECT f.*, b.asked, b.answered, b.personal::text
          FROM found f LEFT JOIN journal_body b ON b.entry_number = f.number AND b.at = f.at
         ORDER BY f.{by} {direction}, f.number {direction}
    """  # noqa: S608 (fixed names; values are bound)
    return query, given


def _value_of(number: int, column: str) -> Any:
    row = _raw().execute(f"SELECT {column} FROM journal_entry WHERE number = %s", [number]).fetchone()  # noqa: S608 (one of Sort)
    return row[0] if row else None


def _tables(criteria: Criteria) -> str:
    joined = " JOIN journal_search s ON s.entry_number = e.number AND s.at = e.at" if _needs_index(criteria) else ""
    return f"journal_entry e{joined}"


def _where(criteria: Criteria) -> tuple[str, dict[str, Any]]:
    given: dict[str, Any] = {}
    conditions = ["true"]
    for name, condition in _CONDITIONS.items():
        if value := getattr(criteria, name):
            given[name] = list(value) if is_many(value) else value
            # Only a whole identifier can be looked up in the index of agencies.
            is_begun = name == "agency" and len(value) < WHOLE_ORI
            conditions.append("starts_with(e.agency, %(agency)s)" if is_begun else condition)
    queries = _queries(criteria)
    if queries and not criteria.kind and not criteria.with_looks:
        given["looks"] = list(LOOKS)
        conditions.append("e.kind <> ALL (%(looks)s)")
    for place, (tested, query) in enumerate(queries):
        given[f"query{place}"] = query
        conditions.append(f"{tested} @@ %(query{place})s::tsquery")
    if queries:
        conditions += [_CONDITIONS[name].replace("e.at", "s.at") for name in ("from_at", "to_at") if name in given]
    return " AND ".join(conditions), given


def _queries(criteria: Criteria) -> list[tuple[str, str]]:
    """What is tested by the index, and what is asked of it. What holds no letter and no digit asks for nothing."""
    numbers = (
        (criteria.birth_date.isoformat() if criteria.birth_date else "", search_terms.BIRTH_DATE),
        (criteria.plate, search_terms.PLATE),
        (criteria.licence, search_terms.LICENCE),
        (criteria.record, search_terms.RECORD),
        (criteria.case_number, search_terms.CASE),
        (criteria.destination, search_terms.DESTINATION),
    )
    tests = [(_ABOUT, search_terms.query_for_number(number, kind)) for number, kind in numbers]
    tests.append((_ABOUT, _name_query(search_terms.whole_words(criteria.subject_name), criteria)))
    words = (criteria.text, criteria.or_text)
    tests.append((_WORDS, search_terms.query_for_words(*map(search_terms.whole_words, words))))
    # The whole of what was asked for, where beginnings were left out above.
    if "*" in criteria.subject_name:
        tests.append((_EACH_ABOUT, _name_query(criteria.subject_name, criteria)))
    if "*" in criteria.text + criteria.or_text:
        tests.append((_EACH_WORDS, search_terms.query_for_words(*words)))
    return [(tested, query) for tested, query in tests if query]


def _name_query(name: str, criteria: Criteria) -> str:
    if criteria.named_in == "sound":
        return search_terms.query_for_sound(name)
    kinds = {"asked": search_terms.NAME_ASKED, "answered": search_terms.NAME_ANSWERED}.get(criteria.named_in)
    return search_terms.query_for_name(name, kinds or search_terms.NAME_ASKED + search_terms.NAME_ANSWERED)


def _listed(row: Sequence[Any]) -> ListedEntry:
    asked, answered, personal = row[-3:]
    facts = None if asked is None else facts_of(asked, answered, json.loads(personal))
    given: dict[str, Any] = dict(zip(_COLUMNS, row, strict=False))
    given |= {"records": tuple(given["records"]), "facts": facts}
    return ListedEntry(**given)


def _raw() -> psycopg.Connection[Any]:
    connection.ensure_connection()
    raw: psycopg.Connection[Any] = connection.connection
    return raw


_BY_INDEX: Final = "; ".join(
    f"SET LOCAL {setting}"
    for setting in ("enable_hashjoin = off", "enable_mergejoin = off", "jit = off", "work_mem = '64MB'")
)
"""What is looked for is little in large tables: each entry found is fetched from its own month. The planner reckons
with a look into every month and would rather read them all. With less memory it would remember only the pages where a
common name was found, and have to test every row there."""

_ABOUT: Final = "s.about"
_WORDS: Final = "s.words"
_EACH_ABOUT: Final = "(s.about || ''::tsvector)"
_EACH_WORDS: Final = "(s.words || ''::tsvector)"
"""The columns as their indexes know them, and so that each row found otherwise is tested."""

_COLUMNS: Final = (
    "number", "at", "kind", "outcome", "user_name", "agency", "device", "channel", "message_key", "purpose", "records",
)  # fmt: skip

_CONDITIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "user_name": "e.user_name = %(user_name)s",
        "agency": "e.agency = %(agency)s",
        "device": "e.device = %(device)s",
        "kind": "e.kind = %(kind)s",
        "message_keys": "e.message_key = ANY (%(message_keys)s)",
        "purpose": "e.purpose = %(purpose)s",
        "outcome": "e.outcome = %(outcome)s",
        "from_at": "e.at >= %(from_at)s",
        "to_at": "e.at < %(to_at)s",
    }
)
