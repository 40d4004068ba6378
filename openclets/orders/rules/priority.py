"""Which of several orders controls, which terms of the others survive, and why.

The question is put for each protected person: of the orders that restrain the same person and protect this one, which
is enforced where they differ. Whoever is protected by the same orders shares one ruling.

Sources: Pen. Code 136.2(c)(1) and (e)(2); Fam. Code 6383(h)(2), 6405(b), 6457; forms DV-110 page 9, DV-130 page 11.
What they leave open is decided here, and each ruling that rests on such a decision says so in `uncertain`:

- "more restrictive" is not defined: compared term by term (`stricter_terms`);
- which of several no-contact orders goes first: a criminal one, then the one issued last;
- "conflicting" is not defined: two orders conflict on a subject when both speak on it and differ. Against an emergency
  order that has precedence only its stricter terms win, because the forms give precedence to those;
- orders issued on one day: the later time where both have one, else the one filed last.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from openclets.orders.catalogue import Family, order_type
from openclets.orders.entry import Contact, OrderEntry, StayAwayPlace, Terms
from openclets.orders.on_file import OrderOnFile
from openclets.vocabulary.identifiers import RecordNumber
from openclets.vocabulary.persons import PersonName

EMERGENCY_SOURCE = "Pen. Code 136.2(c)(1); Fam. Code 6383(h)(2)"
NO_CONTACT_SOURCE = "Fam. Code 6383(h)(2), 6405(b), 6457"
LAST_SOURCE = "Fam. Code 6383(h)(2), 6405(b), 6457"
CRIMINAL_SOURCE = "Pen. Code 136.2(e)(2); Fam. Code 6383(h)(2), 6405(b)"

PLACES_IN_WORDS = {
    StayAwayPlace.PERSON: "the protected person",
    StayAwayPlace.HOME: "the protected person's home",
    StayAwayPlace.WORK: "the protected person's work",
    StayAwayPlace.SCHOOL: "the protected person's school",
    StayAwayPlace.VEHICLE: "the protected person's vehicle",
    StayAwayPlace.OTHER_PROTECTED: "the other protected people",
    StayAwayPlace.CHILDRENS_SCHOOL: "the children's school or child care",
}


@dataclass(frozen=True, slots=True)
class TermPart:
    """One thing an order says, small enough to be compared: `subject` names what it is about (`contact`,
    `stay_away.home`, ...), `strictness` orders what can be said on that subject (None: cannot be compared)."""

    subject: str
    strictness: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Surviving:
    """What stays in force of an order that does not control."""

    fcn: RecordNumber
    parts: tuple[TermPart, ...]


@dataclass(frozen=True, slots=True)
class Ruling:
    """The order that controls for these protected people, and what survives of the others, in the order given.

    `people` is empty for an order that names nobody. `uncertain` says which open question the ruling rests on.
    """

    people: tuple[PersonName, ...]
    controlling: RecordNumber
    orders: tuple[RecordNumber, ...]
    reason: str
    source: str
    surviving: tuple[Surviving, ...] = ()
    uncertain: tuple[str, ...] = ()


def controlling(orders: Sequence[OrderOnFile]) -> tuple[Ruling, ...]:
    """The rulings for orders that are all in force and restrain one person, in the order of the people named.

    Every order is in at least one ruling. An order that names nobody is in one of its own: it cannot be compared.
    """
    groups: dict[tuple[RecordNumber, ...], list[PersonName]] = {}
    by_number = {order.fcn: order for order in orders}
    for name in _protected_people(orders):
        numbers = tuple(order.fcn for order in orders if _protects(order.entry, name))
        groups.setdefault(numbers, []).append(name)
    for order in orders:
        if not order.entry.protected:
            groups.setdefault((order.fcn,), [])
    return tuple(
        _ruling(tuple(people), [by_number[number] for number in numbers]) for numbers, people in groups.items()
    )


def is_same_restrained_person(first: OrderEntry, second: OrderEntry) -> bool:
    """Whether two orders are taken to restrain one person: the same surname and given name, and birth dates that do
    not contradict each other.

    Own decision, on the side of enforcing: taking two people (a father and a son, twins) for one would let the order
    against one weaken the order against the other; taking one person for two only leaves both orders shown whole.
    """
    one, other = first.restrained, second.restrained
    if one.birth_date and other.birth_date and one.birth_date != other.birth_date:
        return False
    if one.name.suffix and other.name.suffix and _folded(one.name.suffix) != _folded(other.name.suffix):
        return False
    return _is_same_name(one.name, other.name)


def parts_of(terms: Terms) -> tuple[TermPart, ...]:
    """Everything the terms say, in the order an officer needs it: one part for each subject, none for silence."""
    parts = [*_contact_parts(terms), *_stay_away_parts(terms)]
    if terms.must_move_out:
        parts.append(TermPart("move_out", 1, f"must move out {terms.move_out_address}".strip()))
    if terms.no_abuse:
        parts.append(TermPart("no_abuse", 1, "no abuse"))
    if terms.firearms_prohibited:
        parts.append(TermPart("firearms", 1, "no firearms"))
    if terms.body_armor_prohibited:
        parts.append(TermPart("body_armor", 1, "no body armor"))
    if terms.custody_ordered:
        parts.append(TermPart("custody", None, "custody and visitation as ordered"))
    if terms.animals:
        parts.append(TermPart("animals", None, f"animals: {terms.animals}"))
    if terms.other:
        parts.append(TermPart("other", None, f"other: {terms.other}"))
    if terms.may_record_violations:
        parts.append(TermPart("recording", None, "protected person may record violations"))
    return tuple(parts)


def stricter_terms(first: OrderEntry, second: OrderEntry) -> tuple[str, ...]:
    """The subjects on which `first` restrains more than `second`, `people` for more people protected; () for none.

    No contact is stricter than contact with exceptions, that than peaceful contact, that than silence; more yards than
    fewer, for each place; a duty or ban than none. Custody, animals and free text cannot be compared.
    Own decision: the sources do not define "more restrictive" (see the module's heading).
    """
    theirs = {part.subject: part.strictness for part in parts_of(second.terms)}
    subjects = [
        part.subject
        for part in parts_of(first.terms)
        if part.strictness is not None and _is_stricter(part.strictness, theirs.get(part.subject, -1))
    ]
    if _people_of(first) > _people_of(second):
        subjects.append("people")
    return tuple(subjects)


def is_no_contact(entry: OrderEntry) -> bool:
    """Whether it is a no-contact order. Source: Fam. Code 6320; forms DV-110 item 11, DV-130 item 15."""
    return entry.terms.contact is Contact.NO_CONTACT


def family_of(entry: OrderEntry) -> Family:
    """Raises: KeyError for a type the catalogue does not have."""
    row = order_type(entry.order_type)
    if row is None:
        raise KeyError(entry.order_type)
    return row.family


def _ruling(people: tuple[PersonName, ...], orders: Sequence[OrderOnFile]) -> Ruling:
    """Applies the ranks in turn; the first that fits decides."""
    numbers = tuple(order.fcn for order in orders)
    if len(orders) == 1:
        return Ruling(people, numbers[0], numbers, "the only order between these people", LAST_SOURCE)
    choice = _emergency(orders) or _no_contact(orders) or _criminal(orders) or _last(orders)
    surviving, conflicting = _surviving(choice, orders)
    uncertain = (*choice.uncertain, *(("'conflicting terms' is not defined by the sources",) if conflicting else ()))
    return Ruling(people, choice.order.fcn, numbers, choice.reason, choice.source, surviving, uncertain)


@dataclass(frozen=True, slots=True)
class _Choice:
    order: OrderOnFile
    reason: str
    source: str
    uncertain: tuple[str, ...] = ()
    only_stricter_wins: bool = False


def _emergency(orders: Sequence[OrderOnFile]) -> _Choice | None:
    """Rank 1: an emergency order that restrains more than another one. Source: Pen. Code 136.2(c)(1)."""
    having = [
        order
        for order in orders
        if family_of(order.entry) is Family.EMERGENCY
        and any(stricter_terms(order.entry, other.entry) for other in orders if other is not order)
    ]
    if not having:
        return None
    order, tie = _issued_last(having)
    others = [other for other in orders if other is not order]
    subjects = dict.fromkeys(subject for other in others for subject in stricter_terms(order.entry, other.entry))
    reason = f"emergency protective order, more restrictive on: {', '.join(map(_in_words, subjects))}"
    return _Choice(
        order,
        reason,
        EMERGENCY_SOURCE,
        ("'more restrictive' is not defined by the sources: compared term by term", *tie),
        only_stricter_wins=True,
    )


def _no_contact(orders: Sequence[OrderOnFile]) -> _Choice | None:
    """Rank 2: a no-contact order. Source: Fam. Code 6383(h)(2), 6405(b)."""
    having = [order for order in orders if is_no_contact(order.entry)]
    if not having:
        return None
    if len(having) == 1:
        return _Choice(having[0], "no-contact order", NO_CONTACT_SOURCE)
    criminal = [order for order in having if family_of(order.entry) is Family.CRIMINAL]
    order, tie = _issued_last(criminal or having)
    which = "criminal one" if criminal else "one issued last"
    reason = f"several no-contact orders: the {which}"
    return _Choice(order, reason, NO_CONTACT_SOURCE, ("the sources rank no two no-contact orders", *tie))


def _criminal(orders: Sequence[OrderOnFile]) -> _Choice | None:
    """Rank 3: with a criminal order among them, the criminal order issued last."""
    criminal = [order for order in orders if family_of(order.entry) is Family.CRIMINAL]
    if not criminal:
        return None
    order, tie = _issued_last(criminal)
    return _Choice(order, "criminal protective order issued last", CRIMINAL_SOURCE, tie)


def _last(orders: Sequence[OrderOnFile]) -> _Choice:
    """Rank 4: all civil, the order issued last. An emergency order without precedence counts as civil: own decision."""
    order, tie = _issued_last(orders)
    if any(family_of(other.entry) is Family.EMERGENCY for other in orders):
        tie = (*tie, "an emergency order without precedence is taken as a civil order")
    return _Choice(order, "all civil orders: the one issued last", LAST_SOURCE, tie)


def _issued_last(orders: Sequence[OrderOnFile]) -> tuple[OrderOnFile, tuple[str, ...]]:
    """The order issued last, and the open question where days and times on the faces do not tell."""

    def by_face(order: OrderOnFile) -> tuple[date, time]:
        return order.entry.issued_on, order.entry.issued_time or time.min

    def by_face_then_filing(order: OrderOnFile) -> tuple[date, time, datetime, RecordNumber]:
        return (*by_face(order), order.filed_at, order.fcn)

    same_day = [order for order in orders if order.entry.issued_on == max(other.entry.issued_on for other in orders)]
    if len(same_day) == 1:
        return same_day[0], ()
    if all(order.entry.issued_time for order in same_day):
        latest = max(same_day, key=by_face_then_filing)
        if sum(by_face(order) == by_face(latest) for order in same_day) == 1:
            return latest, ()
    filed_last = max(same_day, key=lambda order: (order.filed_at, order.fcn))
    return filed_last, ("issued on the same day: the one filed last is taken as the last",)


def _surviving(choice: _Choice, orders: Sequence[OrderOnFile]) -> tuple[tuple[Surviving, ...], bool]:
    """What survives of each other order, and whether any term of theirs had to give way."""
    controlling_parts = {part.subject: part for part in parts_of(choice.order.entry.terms)}
    result: list[Surviving] = []
    conflicting = False
    for order in orders:
        if order is choice.order:
            continue
        parts: list[TermPart] = []
        for part in parts_of(order.entry.terms):
            against = controlling_parts.get(part.subject)
            if against is None:
                parts.append(part)
            elif part != against:
                stricter = part.strictness is not None and _is_stricter(part.strictness, against.strictness)
                if choice.only_stricter_wins and stricter:
                    parts.append(part)
                else:
                    conflicting = True
        result.append(Surviving(order.fcn, tuple(parts)))
    return tuple(result), conflicting


def _contact_parts(terms: Terms) -> list[TermPart]:
    if terms.contact is Contact.NO_CONTACT:
        if terms.contact_exceptions:
            return [TermPart("contact", 2, f"no contact, except {terms.contact_exceptions}")]
        return [TermPart("contact", 3, "no contact")]
    if terms.contact is Contact.PEACEFUL:
        return [TermPart("contact", 1, "peaceful contact only")]
    return []


def _stay_away_parts(terms: Terms) -> list[TermPart]:
    stay_away = terms.stay_away
    if stay_away is None:
        return []
    far = f"stay {stay_away.yards} yards away from" if stay_away.yards else "stay away (distance not readable) from"
    but = f", except {stay_away.exceptions}" if stay_away.exceptions else ""
    parts = [
        TermPart(f"stay_away.{place}", stay_away.yards, f"{far} {PLACES_IN_WORDS[place]}{but}")
        for place in StayAwayPlace
        if place in stay_away.places
    ]
    if stay_away.other:
        parts.append(TermPart("stay_away.other", None, f"{far} {stay_away.other}{but}"))
    if not parts:
        # It is ordered all the same, and must not be lost where this order gives way or is over.
        parts.append(TermPart("stay_away.unnamed", None, f"{far} what the order does not name{but}"))
    return parts


def _in_words(subject: str) -> str:
    return subject.replace("stay_away.", "distance from ").replace("_", " ")


def _is_stricter(one: int, other: int | None) -> bool:
    """None: the other speaks on the subject, but cannot be compared."""
    return other is not None and one > other


def _protected_people(orders: Sequence[OrderOnFile]) -> list[PersonName]:
    """Everyone any of the orders protects, once each, in the order they are named."""
    people: list[PersonName] = []
    for order in orders:
        for person in order.entry.protected:
            if not any(_is_same_name(person.name, known) for known in people):
                people.append(person.name)
    return people


def _protects(entry: OrderEntry, name: PersonName) -> bool:
    return any(_is_same_name(person.name, name) for person in entry.protected)


def _is_same_name(one: PersonName, other: PersonName) -> bool:
    """Surname and given name alike; middle names and suffixes are too often left out to tell people apart."""
    return (_folded(one.surname), _folded(one.given)) == (_folded(other.surname), _folded(other.given))


def _people_of(entry: OrderEntry) -> frozenset[tuple[str, str]]:
    return frozenset((_folded(person.name.surname), _folded(person.name.given)) for person in entry.protected)


def _folded(text: str) -> str:
    """Letters only, without marks, in capitals."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", text).upper() if letter.isalpha())
