"""Asking the journal: search, and open one entry. Each is a verb and leaves an entry of its own.

An auditor reads every entry. A coordinator reads those of the own agency: what reaches beyond is refused, on record.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from openclets.agencies.access import may
from openclets.agencies.actor import Actor
from openclets.agencies.deed import asking
from openclets.agencies.permissions import Right
from openclets.journal.leaf import Receipt
from openclets.journal.log_folder import LogUnreadable, read_tile
from openclets.journal.lookup import OpenedEntry, criteria_of_search, entry_by_number
from openclets.journal.receipts import NoSuchEntry, proof_of
from openclets.journal.search import Criteria, EntryPage, PageWanted, find_entries
from openclets.vocabulary.errors import Fault, Refused, Rejected, Unavailable

SEARCHED = "journal searched"


@dataclass(frozen=True, slots=True)
class JournalPage:
    """A page of entries, what was looked for, and the receipt of the search that found it."""

    page: EntryPage
    criteria: Criteria
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """An opened entry and the receipt of the look at it."""

    entry: OpenedEntry
    receipt: Receipt


def search_journal(
    *, actor: Actor, now: datetime, criteria: Criteria, wanted: PageWanted | None = None, reason: str = ""
) -> JournalPage:
    """Entries that fit, one page. Records `journal searched` with the criteria in words and the reason, if any.

    Names and numbers searched for are personal fields of that entry, so that it is found, held and erased like any
    other about the same person. Raises: Refused, Unavailable.
    """
    page_wanted = wanted or PageWanted()
    right = right_to_look(actor, now)
    with asking(
        actor,
        right,
        kind=SEARCHED,
        now=now,
        asked=f"{criteria.in_words()}{_page_in_words(page_wanted)}",
        personal=personal_of(criteria, reason),
    ) as deed:
        within = within_reach(criteria, actor, right)
        page = find_entries(within, page_wanted)
        deed.answered = _in_words(page)
    return JournalPage(page, within, deed.receipt)


def search_again(*, actor: Actor, now: datetime, search: int, wanted: PageWanted) -> JournalPage:
    """A page of what was looked for in an earlier search, by the number of its entry: another page, another order, or
    the same another day. Records `journal searched`.

    Raises: Rejected when there is no such search or its words have been erased; Refused, Unavailable.
    """
    right = right_to_look(actor, now)
    asked = f"search {search} again{_page_in_words(wanted)}"
    with asking(actor, right, kind=SEARCHED, now=now, asked=asked) as deed:
        within = within_reach(earlier_criteria(search, actor, right), actor, right)
        deed.personal.update(personal_of(within))
        page = find_entries(within, wanted)
        deed.answered = f"{within.in_words()}: {_in_words(page)}"
    return JournalPage(page, within, deed.receipt)


def open_entry(*, actor: Actor, now: datetime, number: int) -> JournalEntry:
    """One whole entry, checked against its own hashes. Records `journal entry opened`.

    Raises: Rejected when there is no such entry; Refused, Unavailable.
    """
    right = right_to_look(actor, now)
    with asking(actor, right, kind="journal entry opened", now=now, asked=f"entry {number}") as deed:
        entry = _entry_within_reach(number, actor, right)
        deed.records = [str(number)]
        deed.answered = f"entry {number}, {entry.receipt}"
    return JournalEntry(entry, deed.receipt)


def prove_entry(*, actor: Actor, now: datetime, number: int, folder: Path) -> str:
    """The `.tlog-proof` of an entry, from the log in `folder`. Records `journal proof given`.

    Raises: Rejected when there is no such entry; Unavailable until it is sealed; Refused.
    """
    right = right_to_look(actor, now)
    with asking(actor, right, kind="journal proof given", now=now, asked=f"proof of entry {number}") as deed:
        _entry_within_reach(number, actor, right)
        try:
            proof = proof_of(number, folder)
        except NoSuchEntry as error:
            raise _no_such_entry(str(error)) from None
        except LogUnreadable as error:
            raise Unavailable("the log cannot be read") from error
        deed.records = [str(number)]
    return proof


def read_log_entries(*, actor: Actor, now: datetime, folder: Path, tile: int, width: int) -> bytes:
    """A bundle of entries of the log, `width` of them from place 256 times `tile` on. Records `log entries read`.

    Source: C2SP tlog-tiles. Raises: Rejected when the log has no such bundle; Refused, Unavailable.
    """
    asked = f"entries of the log, bundle {tile}, {width} entries"
    with asking(actor, Right.READ_JOURNAL, kind="log entries read", now=now, asked=asked) as deed:
        try:
            bundle = read_tile(folder, "entries", tile, width)
        except LogUnreadable:
            raise Rejected(
                Fault("40", "tile", "the log has no such bundle", "one within the checkpoint's size")
            ) from None
        deed.answered = f"{len(bundle)} bytes"
    return bundle


def right_to_look(actor: Actor, now: datetime) -> Right:
    """The wider of the two rights that the actor has; without either, the one that is refused."""
    if not may(actor, Right.READ_JOURNAL, now=now) and may(actor, Right.READ_OWN_JOURNAL, now=now):
        return Right.READ_OWN_JOURNAL
    return Right.READ_JOURNAL


def within_reach(criteria: Criteria, actor: Actor, right: Right) -> Criteria:
    """The criteria, held to the own agency where the right goes no further. Raises: Refused for another agency."""
    if right is Right.READ_JOURNAL:
        return criteria
    if criteria.agency and not actor.agency.startswith(criteria.agency):
        raise _beyond_own_agency(actor, criteria.agency)
    return replace(criteria, agency=actor.agency)


def personal_of(criteria: Criteria, reason: str = "") -> dict[str, str]:
    """The personal fields of an entry about a search; `criteria` so that it can be made again."""
    return {
        "criteria": criteria.as_text(),
        "reason": reason,
        "subject_name": criteria.subject_name,
        "subject_birth_date": criteria.birth_date.isoformat() if criteria.birth_date else "",
        "plate": criteria.plate,
        "licence": criteria.licence,
        "record_number": criteria.record,
        "case_number": criteria.case_number,
    }


def earlier_criteria(search: int, actor: Actor, right: Right) -> Criteria:
    """What was looked for in the search with that entry: it names whom somebody asked about. Raises: Rejected; Refused
    where the right goes no further than the own agency and the search is another's."""
    if right is Right.READ_OWN_JOURNAL:
        _entry_within_reach(search, actor, right)
    criteria = criteria_of_search(search)
    if criteria is None:
        raise Rejected(
            Fault("40", "search", f"entry {search} is no search, or its words have been erased", "the number of one")
        )
    return criteria


def _entry_within_reach(number: int, actor: Actor, right: Right) -> OpenedEntry:
    entry = entry_by_number(number)
    if entry is None:
        raise _no_such_entry(f"there is no journal entry {number}")
    if right is Right.READ_OWN_JOURNAL and entry.listed.agency != actor.agency:
        raise _beyond_own_agency(actor, entry.listed.agency or "no agency")
    return entry


def _no_such_entry(what: str) -> Rejected:
    return Rejected(Fault("40", "number", what, "a number from the list"))


def _beyond_own_agency(actor: Actor, agency: str) -> Refused:
    return Refused(
        rule="a coordinator reads the entries of the own agency",
        missing=f"{agency} is not {actor.agency}: ask the auditor",
        source="CLETS PPP 1.3, duties of the agency's CLETS coordinator; own decision",
    )


def _page_in_words(wanted: PageWanted) -> str:
    order = f"; by {wanted.sort}, {'falling' if wanted.descending else 'rising'}"
    after = f", after entry {wanted.after}" if wanted.after is not None else ""
    before = f", before entry {wanted.before}" if wanted.before is not None else ""
    return order + after + before


def _in_words(page: EntryPage) -> str:
    numbers = [entry.number for entry in page.entries]
    return f"{page.count} entries, shown {', '.join(map(str, numbers)) or 'none'}"
