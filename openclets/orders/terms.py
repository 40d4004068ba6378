"""An order in plain words: what an officer reads, most dangerous first, and the national condition codes.

The sentences are our own. Nothing here decides anything: standing and priority come from `orders.rules`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from openclets.orders.catalogue import DEFAULT_POLICY, EndRule, Policy, order_type
from openclets.orders.entry import Contact, OrderEntry, ProtectedPerson, StayAwayPlace, Terms
from openclets.orders.on_file import OrderOnFile
from openclets.orders.rules.doubts import ordered_terms
from openclets.orders.rules.priority import PLACES_IN_WORDS, Ruling, parts_of
from openclets.orders.rules.standing import Status, standing_at
from openclets.vocabulary.identifiers import RecordNumber

_PLACES_OF_CODE_04 = frozenset(
    {
        StayAwayPlace.HOME,
        StayAwayPlace.WORK,
        StayAwayPlace.SCHOOL,
        StayAwayPlace.VEHICLE,
        StayAwayPlace.CHILDRENS_SCHOOL,
    }
)


def headline(
    order: OrderOnFile, at: datetime, *, rulings: Sequence[Ruling] = (), policy: Policy = DEFAULT_POLICY
) -> str:
    """One line: where the order stands, whether another goes before it, and, while it binds, the terms that matter at
    once. `rulings`: as for `binding_lines`."""
    status = standing_at(order, at, policy=policy).status
    if status.is_over:
        return f"PROTECTIVE ORDER NOT IN FORCE: {status}"
    terms = order.entry.terms
    shouted = []
    if order.entry.firearms_known.strip():
        shouted.append("MAY BE ARMED")
    if terms.contact is Contact.NO_CONTACT:
        shouted.append("NO CONTACT")
    elif terms.contact is Contact.PEACEFUL:
        shouted.append("PEACEFUL CONTACT ONLY")
    if terms.stay_away:
        yards = terms.stay_away.yards
        shouted.append(f"STAY {yards} YARDS AWAY" if yards else "STAY AWAY")
    if terms.must_move_out:
        shouted.append("MUST HAVE MOVED OUT")
    if terms.firearms_prohibited:
        shouted.append("NO FIREARMS")
    before = sorted({ruling.controlling for ruling in rulings if _gives_way(order.fcn, ruling)})
    but = f", BUT ORDER {' AND '.join(before)} CONTROLS" if before else ""
    return f"PROTECTIVE ORDER {status}{but}" + (f": {', '.join(shouted)}" if shouted else "")


def binding_lines(
    order: OrderOnFile, at: datetime, *, rulings: Sequence[Ruling] = (), policy: Policy = DEFAULT_POLICY
) -> tuple[str, ...]:
    """The sentences an officer needs, in order: which order goes before this one, danger and terms, whom it protects,
    served or not, until when, court and case, over which orders it controls, what is doubtful, whom to confirm with.

    `rulings`: those of `rules.priority.controlling` that name this order. An order that is over starts with that and
    tells its terms in the past, so that no line of it reads as an order to obey.
    """
    status = standing_at(order, at, policy=policy).status
    if status.is_over:
        return (*_lines_when_over(order, at, policy), *_who_made_it(order), *_confirm(order))
    before = []
    if status is Status.NOT_YET_EFFECTIVE:
        before.append(f"NOT YET EFFECTIVE: dated {order.entry.issued_on.isoformat()}, in the future. Ask the court.")
    return (
        *before,
        *_gives_way_lines(order.fcn, rulings),
        *term_lines(order.entry),
        *_protects(order.entry.protected),
        *_served(order, status),
        *_until(order, policy),
        *_who_made_it(order),
        *_controls_lines(order.fcn, rulings),
        *_doubts(order),
        *_confirm(order),
    )


def term_lines(entry: OrderEntry) -> tuple[str, ...]:
    """What the restrained person must and must not do, most dangerous first."""
    return tuple(_term_lines(entry))


def condition_codes(entry: OrderEntry) -> tuple[str, ...]:
    """The national condition codes (table PCO) the terms amount to, ascending. What has no code of its own is 08.

    06 and 09 are never concluded: the entry says that custody is ordered, not to whom. A move-out order is taken as
    sole possession of the home, and abuse of several protected people as reaching the household (own decisions).
    """
    terms = entry.terms
    codes: set[str] = set()
    if terms.no_abuse:
        codes |= {"01", "02"} if len(entry.protected) > 1 else {"01"}
    if terms.must_move_out:
        codes.add("03")
    if terms.stay_away and terms.stay_away.places & _PLACES_OF_CODE_04:
        codes.add("04")
    if terms.contact is Contact.NO_CONTACT:
        codes.add("05")
    if terms.firearms_prohibited:
        codes.add("07")
    if _has_terms_without_code(terms):
        codes.add("08")
    return tuple(sorted(codes))


def _has_terms_without_code(terms: Terms) -> bool:
    with_code = {"no_abuse", "must_move_out", "firearms_prohibited"}
    stay_away = terms.stay_away
    return bool(
        ordered_terms(terms) - with_code - {"stay_away", "contact"}
        or terms.contact is Contact.PEACEFUL
        or terms.contact_exceptions
        or (stay_away and (stay_away.other or stay_away.places - _PLACES_OF_CODE_04 or not stay_away.places))
    )


def _term_lines(entry: OrderEntry) -> Iterator[str]:
    terms = entry.terms
    if entry.firearms_known.strip():
        yield f"CAUTION, MAY BE ARMED. The order says: {entry.firearms_known.strip()}"
    if terms.contact is Contact.NO_CONTACT:
        yield "NO CONTACT with the people protected: not in person, by phone, in writing, online, or through others."
    if terms.contact is Contact.PEACEFUL:
        yield "PEACEFUL CONTACT ONLY: contact is allowed as long as it is peaceful."
    if terms.contact_exceptions:
        yield f"Contact allowed all the same: {terms.contact_exceptions}"
    yield from _stay_away_lines(terms)
    if terms.must_move_out:
        address = terms.move_out_address.strip()
        yield f"MUST HAVE MOVED OUT of {address}." if address else "MUST HAVE MOVED OUT. The order names no address."
    if terms.firearms_prohibited:
        yield (
            "NO FIREARMS, firearm parts or ammunition. Ask for them: they must be handed to you at once, "
            "otherwise turned in within 24 hours (Fam. Code 6389)."
        )
    if terms.body_armor_prohibited:
        yield "NO BODY ARMOR."
    if terms.no_abuse:
        yield "NO ABUSE: no violence, threats, stalking, harassment, damage; no disturbing their peace."
    if terms.animals:
        yield f"ANIMALS protected: {terms.animals}"
    if terms.custody_ordered:
        yield "CUSTODY AND VISITATION are ordered: read the attached pages before acting on children."
    if terms.other:
        yield f"ALSO ORDERED: {terms.other}"
    if terms.may_record_violations:
        yield "The protected person may record violations."
    if terms == Terms():
        yield "NO TERMS WERE ENTERED: read the image of the order."


def _stay_away_lines(terms: Terms) -> Iterator[str]:
    stay_away = terms.stay_away
    if stay_away is None:
        return
    places = [words for place, words in PLACES_IN_WORDS.items() if place in stay_away.places]
    if stay_away.other:
        places.append(stay_away.other)
    from_what = "; ".join(places) or "(the order does not say from what: read the image)"
    if stay_away.yards:
        yield f"STAY {stay_away.yards} YARDS AWAY from: {from_what}."
    else:
        yield f"STAY AWAY from: {from_what}. The distance cannot be read: look at the image."
    if stay_away.exceptions:
        yield f"Coming near is allowed all the same: {stay_away.exceptions}"


def _protects(people: Sequence[ProtectedPerson]) -> Iterator[str]:
    if not people:
        yield "PROTECTS: nobody is named. Read the image of the order."
        return
    yield f"PROTECTS: {'; '.join(_person_in_words(person) for person in people)}."
    yield "Only a court can change this: an invitation by a protected person does not (Pen. Code 13710(b))."


def _person_in_words(person: ProtectedPerson) -> str:
    details = [person.relationship] if person.relationship else []
    if person.age is not None:
        details.append(f"age {person.age}")
    return person.name.plain + (f" ({', '.join(details)})" if details else "")


def _served(order: OrderOnFile, status: Status) -> Iterator[str]:
    if status is Status.NOT_YET_EFFECTIVE:
        yield "Ask the court before you act on these terms or tell the person of them: on paper they bind nobody yet."
    elif status is Status.IN_FORCE_SERVED:
        first = order.services[0]
        when = first.served_on.isoformat() + (f" {first.served_time:%H:%M}" if first.served_time else "")
        yield f"SERVED {when}, {first.manner.replace('_', ' ')}" + (f", by {first.by}." if first.by else ".")
    else:
        yield (
            "NOT SERVED on record. TELL THE PERSON THESE TERMS NOW: that is service, and the order binds from then on "
            "(Fam. Code 6383). Say where to get a copy. Note your name, agency, the day and the time."
        )
    yield "Breaking the order after notice of it: arrest is required (Pen. Code 836(c)(1), 13701(b))."


def _until(order: OrderOnFile, policy: Policy) -> Iterator[str]:
    if order.superseded_at is not None:
        at = moment_in_words(order.superseded_at, policy=policy)
        yield f"UNTIL {at}: then order {order.superseded_by}, which amends it, takes its place."
        return
    if order.ends_at is None:
        yield f"UNTIL the court ends it ({order.ends_rule})."
        return
    yield f"UNTIL {moment_in_words(order.ends_at, policy=policy)} ({order.ends_rule})."


def moment_in_words(at: datetime, *, policy: Policy = DEFAULT_POLICY) -> str:
    """A local moment; midnight is said as the end of the day before, so that nobody reads a day off."""
    local = at.astimezone(policy.zone)
    if (local.hour, local.minute) == (0, 0):
        return f"the end of {(local.date() - timedelta(days=1)).isoformat()}"
    return local.strftime("%Y-%m-%d %H:%M")


def _who_made_it(order: OrderOnFile) -> Iterator[str]:
    entry = order.entry
    row = order_type(entry.order_type)
    name = f"{row.name} ({row.clets_suffix})" if row else entry.order_type
    amended = f", amendment {entry.amendment}" if entry.amendment else ""
    judge = f", by {entry.judge}" if entry.judge else ""
    yield f"ORDER {order.fcn}: {name}{amended}, issued {entry.issued_on.isoformat()}{judge}."
    court = f"{order.court_name} ({entry.court})" if order.court_name else entry.court or "not named"
    yield f"COURT: {court}, case {entry.case_number or 'without number'}."


def _gives_way(fcn: RecordNumber, ruling: Ruling) -> bool:
    return fcn in ruling.orders and ruling.controlling != fcn


def _gives_way_lines(fcn: RecordNumber, rulings: Sequence[Ruling]) -> Iterator[str]:
    for ruling in rulings:
        if not _gives_way(fcn, ruling):
            continue
        others = f"order {ruling.controlling}, which CONTROLS for {_people(ruling)} where the two differ"
        yield f"GIVES WAY to {others}: {_why(ruling)}."
        parts = next((other.parts for other in ruling.surviving if other.fcn == fcn), ())
        kept = "; ".join(part.text for part in parts)
        yield f"Of this order there still binds for them: {kept}." if kept else "Nothing more binds from this order."
        yield from _not_settled(ruling)


def _controls_lines(fcn: RecordNumber, rulings: Sequence[Ruling]) -> Iterator[str]:
    for ruling in rulings:
        if ruling.controlling != fcn or len(ruling.orders) < 2:
            continue
        others = ", ".join(number for number in ruling.orders if number != fcn)
        yield f"CONTROLS over order {others} for {_people(ruling)}: {_why(ruling)}."
        yield from _not_settled(ruling)


def _people(ruling: Ruling) -> str:
    return ", ".join(name.plain for name in ruling.people)


def _why(ruling: Ruling) -> str:
    return f"{ruling.reason} ({ruling.source})"


def _not_settled(ruling: Ruling) -> Iterator[str]:
    for question in ruling.uncertain:
        yield f"Not settled by law: {question}."


def _doubts(order: OrderOnFile) -> Iterator[str]:
    for doubt in order.doubts:
        yield f"DOUBTFUL, returned to the court: {doubt.text}."


def _confirm(order: OrderOnFile) -> Iterator[str]:
    filer = f"{order.filer_name} ({order.filed_by_agency})" if order.filer_name else order.filed_by_agency
    telephone = f", {order.filer_telephone}" if order.filer_telephone else ""
    yield f"CONFIRM the order and its service with {filer}{telephone}, before acting on this answer alone."


def _lines_when_over(order: OrderOnFile, at: datetime, policy: Policy) -> Iterator[str]:
    standing = standing_at(order, at, policy=policy)
    yield f"NOT IN FORCE: {standing.status}: {standing.reason}. For information only, do not enforce."
    if standing.status is Status.CANCELLED:
        return
    row = order_type(order.entry.order_type)
    if standing.status is Status.EXPIRED and row and row.ending.rule is EndRule.HEARING:
        yield (
            "ASK THE COURT what came of the hearing: it may have put it off and extended this order (Fam. Code 245), "
            "or made another that is not on file yet."
        )
    said = "; ".join(part.text for part in parts_of(order.entry.terms))
    yield f"It said: {said}." if said else "No terms were entered."
    people = "; ".join(_person_in_words(person) for person in order.entry.protected)
    if people:
        yield f"It protected: {people}."
