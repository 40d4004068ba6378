"""Reading the journal. Ground functions: the verbs that use them are in `inquiry`, the one door for asking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Q, QuerySet

from openclets.journal.leaf import LEAF_COLUMNS, Leaf, Receipt, canonical_personal, leaf_hash, leaf_of, salted_hash
from openclets.journal.models import Body, Entry

PAGE_SIZE = 50
"""Entries on one page of a list. Own decision."""


@dataclass(frozen=True, slots=True)
class Criteria:
    """What to look for; empty means any. `from_at` inclusive, `to_at` exclusive; texts of people match in part."""

    user_name: str = ""
    agency: str = ""
    device: str = ""
    kind: str = ""
    message_key: str = ""
    purpose: str = ""
    outcome: str = ""
    record: str = ""
    subject_name: str = ""
    case_number: str = ""
    from_at: datetime | None = None
    to_at: datetime | None = None

    def in_words(self) -> str:
        """The criteria that are set, as `name: value`, for the journal entry of the search itself."""
        named = {field: getattr(self, field) for field in self.__slots__}
        return ", ".join(f"{name}: {value}" for name, value in named.items() if value) or "everything"


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """One line of a list, personal fields included where they have not been erased."""

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
    subject_name: str


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Newest first. `older_than` is the number to pass for the next page; None on the last."""

    entries: tuple[ListedEntry, ...]
    older_than: int | None


@dataclass(frozen=True, slots=True)
class OpenedEntry:
    """A whole entry. `asked`, `answered` and `personal` are None when the body was erased after retention.

    `leaf_holds`: the stored columns still give the stored leaf hash; `body_holds`: the stored body still gives the
    entry's hashes (None when erased).
    """

    listed: ListedEntry
    receipt: Receipt
    asked: str | None
    answered: str | None
    personal: Mapping[str, str] | None
    leaf_holds: bool
    body_holds: bool | None


def find_entries(criteria: Criteria, *, older_than: int | None) -> EntryPage:
    """One page of what fits the criteria, newest number first."""
    rows = list(_matching(criteria, older_than).order_by("-number")[: PAGE_SIZE + 1])
    shown = rows[:PAGE_SIZE]
    bodies = Body.objects.filter(entry_number__in=[row.number for row in shown]).order_by("entry_number")
    names = {body.entry_number: str(body.personal.get("subject_name", "")) for body in bodies}
    return EntryPage(
        entries=tuple(_listed(row, names.get(row.number, "")) for row in shown),
        older_than=shown[-1].number if len(rows) > PAGE_SIZE else None,
    )


def entry_by_number(number: int) -> OpenedEntry | None:
    """The entry with that number, checked against its own hashes; None when there is none."""
    row = Entry.objects.filter(number=number).first()
    if row is None:
        return None
    body = Body.objects.filter(entry_number=number).first()
    leaf = _leaf_of_row(row)
    return OpenedEntry(
        listed=_listed(row, str(body.personal.get("subject_name", "")) if body else ""),
        receipt=Receipt(row.number, bytes(row.leaf_hash)),
        asked=body.asked if body else None,
        answered=body.answered if body else None,
        personal=dict(body.personal) if body else None,
        leaf_holds=leaf_hash(leaf) == bytes(row.leaf_hash),
        body_holds=_body_holds(body, leaf) if body else None,
    )


def leaf_by_number(number: int) -> Leaf | None:
    """The entry with that number as it is hashed, from what is stored now; None when there is none."""
    row = Entry.objects.filter(number=number).first()
    return _leaf_of_row(row) if row else None


def _leaf_of_row(row: Entry) -> Leaf:
    return leaf_of([getattr(row, column) for column in LEAF_COLUMNS])


def refused_in_a_row(*, kind: str, user_name: str, device: str, asked: str, answered: str, since: datetime) -> int:
    """How often this person was refused at this device, in these words, at or after `since` and after the last time
    that the same kind of deed was done."""
    entries = Entry.objects.filter(kind=kind, user_name=user_name, device=device, at__gte=since)
    last_done = entries.filter(outcome="done").aggregate(number=Max("number"))["number"] or 0
    refused = entries.filter(outcome="refused", number__gt=last_done)
    return Body.objects.filter(entry_number__in=refused.values("number"), asked=asked, answered=answered).count()


def _body_holds(body: Body, leaf: Leaf) -> bool:
    salt = bytes(body.salt)
    return (
        salted_hash(salt, body.asked) == leaf.asked_hash
        and salted_hash(salt, body.answered) == leaf.answered_hash
        and salted_hash(salt, canonical_personal(body.personal)) == leaf.personal_hash
    )


def _matching(criteria: Criteria, older_than: int | None) -> QuerySet[Entry]:
    exact = {
        "user_name": criteria.user_name,
        "agency": criteria.agency,
        "device": criteria.device,
        "kind": criteria.kind,
        "message_key": criteria.message_key,
        "purpose": criteria.purpose,
        "outcome": criteria.outcome,
    }
    wanted = Q(**{name: value for name, value in exact.items() if value})
    if criteria.record:
        wanted &= Q(records__contains=[criteria.record])
    if criteria.from_at:
        wanted &= Q(at__gte=criteria.from_at)
    if criteria.to_at:
        wanted &= Q(at__lt=criteria.to_at)
    if older_than is not None:
        wanted &= Q(number__lt=older_than)
    bodies = Q()
    if criteria.subject_name:
        bodies &= Q(personal__subject_name__icontains=criteria.subject_name)
    if criteria.case_number:
        bodies &= Q(personal__case_number__iexact=criteria.case_number)
    if bodies:
        wanted &= Q(number__in=Body.objects.filter(bodies).values("entry_number"))
    return Entry.objects.filter(wanted)


def _listed(row: Entry, subject_name: str) -> ListedEntry:
    return ListedEntry(
        number=row.number,
        at=row.at,
        kind=row.kind,
        outcome=row.outcome,
        user_name=row.user_name,
        agency=row.agency,
        device=row.device,
        channel=row.channel,
        message_key=row.message_key,
        purpose=row.purpose,
        records=tuple(row.records),
        subject_name=subject_name,
    )
