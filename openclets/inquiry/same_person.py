"""Records that may be of one person: a list, two side by side, and what records staff decide about them.

Nothing is ever merged. A link shows records together in answers, by the decision of a named person; it can be undone.
Source: 28 CFR 20.37, records on people are kept complete, accurate and current; the rest is an own decision.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from openclets.agencies.access import LOCAL_ZONE
from openclets.agencies.actor import Actor
from openclets.agencies.deed import Deed, asking, changing
from openclets.agencies.permissions import Right
from openclets.inquiry.record_beside import order_beside
from openclets.journal.leaf import Receipt
from openclets.orders.record import RECORD_KIND, RESTRAINED
from openclets.people import decisions as store
from openclets.people.decisions import Decision
from openclets.people.duplicates import FieldPair, FoundPairs, SideBySide, find_duplicates, hold_side_by_side
from openclets.people.on_record import people_on_record
from openclets.people.person import PersonOnRecord, RecordPerson, Ruling
from openclets.vocabulary.errors import Fault, Rejected
from openclets.vocabulary.faults import FaultCode

MAX_REASON_CHARACTERS: Final = 300

_KINDS: Final = (RECORD_KIND,)
_ROLES: Final = (RESTRAINED,)
"""Records and roles that are held against each other: those an inquiry searches, and of which a record has one person.
The protected are never listed: nobody needs to know in how many orders somebody sought protection."""


@dataclass(frozen=True, slots=True)
class DuplicatesPage:
    found: FoundPairs
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class TwoRecords:
    """Two records beside each other. `fields` are those of the person, `facts` those of the records.

    `standing` is the decision that holds, None where there is none; `history` is every decision, newest first.
    """

    pair: SideBySide
    facts: tuple[FieldPair, ...]
    standing: Decision | None
    history: tuple[Decision, ...]
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided. `group`: how many records answers now show together with the first of the two."""

    ruling: Ruling
    group: int
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class DecisionsPage:
    """Newest first; `older_than` begins the next page, None where there is none."""

    decisions: tuple[Decision, ...]
    older_than: int | None
    receipt: Receipt


def possible_duplicates(*, actor: Actor, now: datetime, before: int | None = None) -> DuplicatesPage:
    """A page of undecided pairs of records, from those filed last backwards. Records `duplicates listed`.

    Raises: Refused, Unavailable.
    """
    asked = "possible duplicates" + (f", before name {before}" if before is not None else "")
    with asking(actor, Right.RESOLVE_DUPLICATES, kind="duplicates listed", now=now, asked=asked) as deed:
        found = find_duplicates(kinds=_KINDS, roles=_ROLES, before=before)
        deed.records = sorted({number_of(each.person) for pair in found.pairs for each in (pair.one, pair.other)})
        deed.answered = f"{len(found.pairs)} pairs among {found.looked_at} people"
    return DuplicatesPage(found, deed.receipt)


def two_records(*, actor: Actor, now: datetime, one: RecordPerson, other: RecordPerson) -> TwoRecords:
    """Two records side by side with all that was ever decided about them. Records `records compared`.

    Raises: Rejected when one is not on file or both are one; Refused, Unavailable.
    """
    with asking(
        actor, Right.RESOLVE_DUPLICATES, kind="records compared", now=now, asked=_in_words("compare", one, other)
    ) as deed:
        mine, theirs = _both_on_file(one, other)
        _tell(deed, mine, theirs)
        pair = hold_side_by_side(mine, theirs)
        facts = order_beside(one.record_id, other.record_id, at=now)
        history = tuple(store.decisions_about(one, other))
        standing = history[0] if history and history[0].ruling is not Ruling.UNDONE else None
        deed.answered = f"same person {pair.verdict.value}, {pair.score:.4f}"
    return TwoRecords(pair, facts, standing, history, deed.receipt)


def link_records(*, actor: Actor, now: datetime, one: RecordPerson, other: RecordPerson, reason: str) -> Decided:
    """Decides that two records are of one person: answers show them together from now on. Records `records linked`.

    1. Both are on file, a reason is given, and nothing stands about them yet. 2. Nobody linked with the one is held
    apart from anybody linked with the other. 3. The decision is added; no record is changed.

    Raises: Rejected, Refused, Unavailable.
    """
    with changing(
        actor,
        Right.RESOLVE_DUPLICATES,
        kind="records linked",
        now=now,
        asked=_in_words("link", one, other),
        personal={"reason": reason},
    ) as deed:
        _begin(deed, one, other, reason)
        apart = store.held_apart(store.linked_group(one), store.linked_group(other))
        if apart is not None:
            raise _does_not_go(
                f"{_pair_in_words(apart)} were kept apart by {_who_and_when(apart)}, and would be shown as one person",
                "undo that decision first, or leave these apart",
            )
        group = _decide(deed, actor, now, one, other, Ruling.LINKED, reason)
    return Decided(Ruling.LINKED, group, deed.receipt)


def keep_apart(*, actor: Actor, now: datetime, one: RecordPerson, other: RecordPerson, reason: str) -> Decided:
    """Decides that two records are of two people: they are no longer listed. Records `records kept apart`.

    Answers do not change: who fits a question is shown, whatever was decided. Raises: Rejected, Refused, Unavailable.
    """
    with changing(
        actor,
        Right.RESOLVE_DUPLICATES,
        kind="records kept apart",
        now=now,
        asked=_in_words("keep apart", one, other),
        personal={"reason": reason},
    ) as deed:
        _begin(deed, one, other, reason)
        if other in store.linked_group(one):
            raise _does_not_go(
                f"{number_of(one)} and {number_of(other)} are linked through other records",
                "undo those links first, or leave these undecided",
            )
        group = _decide(deed, actor, now, one, other, Ruling.APART, reason)
    return Decided(Ruling.APART, group, deed.receipt)


def undo_decision(*, actor: Actor, now: datetime, one: RecordPerson, other: RecordPerson, reason: str) -> Decided:
    """Takes back what stands about two records; it stays in their history. Records `identity decision undone`.

    Raises: Rejected when nothing stands; Refused, Unavailable.
    """
    with changing(
        actor,
        Right.RESOLVE_DUPLICATES,
        kind="identity decision undone",
        now=now,
        asked=_in_words("undo", one, other),
        personal={"reason": reason},
    ) as deed:
        _check_reason(reason)
        store.lock_decisions()
        _tell(deed, *_both_on_file(one, other))
        if store.standing_decision(one, other) is None:
            raise _does_not_go(
                f"nothing is decided about {number_of(one)} and {number_of(other)}",
                "a pair that is linked or kept apart",
            )
        group = _decide(deed, actor, now, one, other, Ruling.UNDONE, reason)
    return Decided(Ruling.UNDONE, group, deed.receipt)


def decisions_made(*, actor: Actor, now: datetime, older_than: int | None = None) -> DecisionsPage:
    """Every decision with who made it, newest first, one page. Records `identity decisions listed`.

    Raises: Refused, Unavailable.
    """
    asked = "decisions" + (f" before {older_than}" if older_than is not None else "")
    with asking(actor, Right.RESOLVE_DUPLICATES, kind="identity decisions listed", now=now, asked=asked) as deed:
        found = tuple(store.newest_decisions(older_than=older_than))
        deed.answered = f"{len(found)} decisions"
    more = found[-1].number if len(found) == store.PAGE_DECISIONS else None
    return DecisionsPage(found, more, deed.receipt)


def number_of(person: RecordPerson) -> str:
    """The record's number as it is printed: an order's file control number."""
    return f"{person.record_id:013d}"


def restrained_person_of(number: str) -> RecordPerson:
    """The person of an order's number as printed. Raises: Rejected."""
    if not (number.isascii() and number.isdigit() and len(number) == 13):
        raise Rejected(Fault(FaultCode.VALUE, "FCN", f"'{number[:20]}' is no record number", "13 digits"))
    return RecordPerson(RECORD_KIND, int(number), RESTRAINED)


def _begin(deed: Deed, one: RecordPerson, other: RecordPerson, reason: str) -> None:
    """What a new decision needs. Raises: Rejected."""
    _check_reason(reason)
    store.lock_decisions()
    _tell(deed, *_both_on_file(one, other))
    standing = store.standing_decision(one, other)
    if standing is not None:
        what = "linked" if standing.ruling is Ruling.LINKED else "kept apart"
        raise _does_not_go(f"they were {what} by {_who_and_when(standing)}", "undo that decision first")


def _decide(
    deed: Deed, actor: Actor, now: datetime, one: RecordPerson, other: RecordPerson, ruling: Ruling, reason: str
) -> int:
    """Adds the decision; how many records answers show together with `one` from now on."""
    store.record_decision(one, other, ruling, reason=reason.strip(), at=now, user_id=actor.user_id, agency=actor.agency)
    group = len(store.linked_group(one))
    deed.answered = f"{ruling.value}; {group} shown together"
    return group


def _both_on_file(one: RecordPerson, other: RecordPerson) -> tuple[PersonOnRecord, PersonOnRecord]:
    if one == other:
        raise _does_not_go("a record is not held against itself", "two records")
    found = people_on_record([one, other])
    for person in (one, other):
        if person not in found or person.record_kind not in _KINDS or person.role not in _ROLES:
            raise Rejected(
                Fault(FaultCode.NOT_THERE, "FCN", f"there is no order {number_of(person)}", "the number of an order")
            )
    return found[one], found[other]


def _tell(deed: Deed, one: PersonOnRecord, other: PersonOnRecord) -> None:
    deed.records = [number_of(one.person), number_of(other.person)]
    deed.personal["subject_name"] = "; ".join(dict.fromkeys(each.names[0].wire for each in (one, other)))


def _check_reason(reason: str) -> None:
    """What was compared must be told: a decision nobody can follow cannot be reviewed. Raises: Rejected."""
    if not any(character.isalnum() for character in reason):
        raise Rejected(Fault(FaultCode.MISSING, "reason", "no reason is given", "what was compared, in a few words"))
    if len(reason.strip()) > MAX_REASON_CHARACTERS:
        raise Rejected(Fault(FaultCode.VALUE, "reason", "is too long", f"at most {MAX_REASON_CHARACTERS} characters"))


def _does_not_go(what: str, accepted: str) -> Rejected:
    return Rejected(Fault(FaultCode.FIELD_SET, "FCN", what, accepted))


def _in_words(what: str, one: RecordPerson, other: RecordPerson) -> str:
    return f"{what} {number_of(one)} and {number_of(other)}"


def _pair_in_words(decision: Decision) -> str:
    return f"{number_of(decision.one)} and {number_of(decision.other)}"


def _who_and_when(decision: Decision) -> str:
    return f"{decision.by} ({decision.agency}) on {decision.decided_at.astimezone(LOCAL_ZONE).date()}"
