"""What two orders say beyond the name index, beside each other: what the person looks like, which papers they are."""

from __future__ import annotations

from datetime import datetime

from openclets.orders.catalogue import order_type
from openclets.orders.lookup import order_by_number
from openclets.orders.numbering import fcn_of
from openclets.orders.on_file import OrderOnFile
from openclets.people.duplicates import FieldPair
from openclets.people.weights import Outcome


def order_beside(one: int, other: int, *, at: datetime) -> tuple[FieldPair, ...]:
    """Two orders by their numbers, as they stand at `at`: descriptors, held against each other, then the records' own
    facts, which are not. A number without an order leaves its side empty."""
    mine, theirs = _looks(one, at), _looks(other, at)
    return tuple(
        FieldPair(label, mine[label], theirs[label], _outcome(mine[label], theirs[label]) if is_of_person else None, "")
        for label, is_of_person in _LABELS.items()
        if mine[label] or theirs[label]
    )


_LABELS = {
    "height": True,
    "weight": True,
    "hair": True,
    "eyes": True,
    "order": False,
    "standing": False,
    "court": False,
    "case number": False,
    "issued": False,
    "filed by": False,
}
"""In the order shown, and whether it describes the person."""


def _looks(number: int, at: datetime) -> dict[str, str]:
    found = order_by_number(fcn_of(number), at=at)
    if found is None:
        return dict.fromkeys(_LABELS, "")
    order: OrderOnFile = found.order
    person, entry = order.entry.restrained, order.entry
    kind = order_type(entry.order_type)
    return {
        "height": person.height,
        "weight": f"{person.weight_pounds} lb" if person.weight_pounds else "",
        "hair": person.hair,
        "eyes": person.eyes,
        "order": f"{entry.order_type} {kind.name}" if kind else entry.order_type,
        "standing": found.standing.status.value,
        "court": order.court_name or entry.court,
        "case number": entry.case_number,
        "issued": entry.issued_on.isoformat(),
        "filed by": f"{order.filer_name} ({order.filed_by_agency})",
    }


def _outcome(one: str, other: str) -> Outcome:
    if not one or not other:
        return Outcome.MISSING
    return Outcome.AGREES if one == other else Outcome.DIFFERS
