"""Reading the journal. Ground functions: the verbs that use them are in `inquiry`, the one door for asking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from openclets.journal.leaf import LEAF_COLUMNS, Leaf, Receipt, canonical_personal, leaf_hash, leaf_of, salted_hash
from openclets.journal.models import Body, Entry
from openclets.journal.search import Criteria, ListedEntry, criteria_from
from openclets.journal.search_terms import facts_of


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


def entry_by_number(number: int) -> OpenedEntry | None:
    """The entry with that number, checked against its own hashes; None when there is none."""
    row = Entry.objects.filter(number=number).first()
    if row is None:
        return None
    body = Body.objects.filter(entry_number=number).first()
    leaf = _leaf_of_row(row)
    return OpenedEntry(
        listed=_listed(row, body),
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


def _body_holds(body: Body, leaf: Leaf) -> bool:
    salt = bytes(body.salt)
    return (
        salted_hash(salt, body.asked) == leaf.asked_hash
        and salted_hash(salt, body.answered) == leaf.answered_hash
        and salted_hash(salt, canonical_personal(body.personal)) == leaf.personal_hash
    )


def _listed(row: Entry, body: Body | None) -> ListedEntry:
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
        facts=facts_of(body.asked, body.answered, body.personal) if body else None,
    )


def criteria_of_search(number: int) -> Criteria | None:
    """What was looked for in a search or export of the journal; None when the entry is none or its body was erased."""
    body = Body.objects.filter(entry_number=number).first()
    text = str(body.personal.get("criteria", "")) if body else ""
    return criteria_from(text) if text else None
