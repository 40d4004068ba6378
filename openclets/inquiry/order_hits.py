"""An order found, as a hit: the dangerous thing first, why this person matched, what may be done."""

from __future__ import annotations

from datetime import datetime, timedelta

from openclets.agencies.access import LOCAL_ZONE
from openclets.orders.entry import OrderEntry
from openclets.orders.lookup import FoundOrder
from openclets.orders.numbering import fcn_of
from openclets.orders.on_file import OrderOnFile
from openclets.orders.rules.standing import service_moment
from openclets.orders.terms import binding_lines, condition_codes, headline
from openclets.people.decisions import LinkedCandidate
from openclets.people.numbers import NumberKind
from openclets.people.search import Candidate
from openclets.people.weights import Field, Outcome, Verdict
from openclets.vocabulary.answers import File, Hit, HitClass, HitField
from openclets.vocabulary.codes import code_table

_SERVED, _NOT_SERVED = "1", "2"
"""Source: table SVC."""

BY_NUMBER = "not judged, asked by number"
"""Verdict of an order that was asked for by its own number."""

NUMBER_LABELS = {
    NumberKind.LICENCE: "driver licence",
    NumberKind.SOCIAL_SECURITY: "social security number",
    NumberKind.FBI: "number at the national bureau",
    NumberKind.STATE_IDENTIFICATION: "state identification number",
    NumberKind.MISCELLANEOUS: "other number",
}

_SAME_PERSON = {
    Verdict.LIKELY: "SAME PERSON LIKELY: the name, and a birth date or number with it.",
    Verdict.POSSIBLE: "SAME PERSON POSSIBLE, NOT MORE: make sure who this is before you act.",
    Verdict.UNLIKELY: "SAME PERSON UNLIKELY: shown because the strict rule finds this record.",
}
_BY_NAME_ALONE = "ONLY THE NAME FITS: no birth date and no number agrees. Make sure who this is before you act."

_TELLS_NAMESAKES_APART = frozenset((Field.BIRTH_DATE, Field.NUMBER))
_SPEAKS_FOR = frozenset((Outcome.AGREES, Outcome.SIMILAR))


def order_hit(found: FoundOrder, *, at: datetime, linked: LinkedCandidate | None = None) -> Hit:
    """The hit for one order, in the words of the moment `at`, with the records it is linked with."""
    order, candidate = found.order, found.candidate
    return Hit(
        file=File.ORDERS,
        hit_class=HitClass.ORDER_ENFORCEMENT if not found.standing.status.is_over else HitClass.INACTIVE,
        record_id=order.fcn,
        score=round(candidate.score, 4) if candidate else 1.0,
        verdict=candidate.verdict.value if candidate else BY_NUMBER,
        headline=headline(order, at, rulings=found.rulings),
        lines=(_restrained_line(order.entry), *binding_lines(order, at, rulings=found.rulings)),
        why=(*_why(candidate, linked), *_links(found, linked)),
        fields=_fields(found, at),
        images=sum(order.document_pages),
    )


def danger_rank(found: FoundOrder) -> tuple[bool, bool, bool, bool, bool, float, str]:
    """Sort key, most dangerous first: not over, who has the number asked for, surely this person, binding now,
    controlling, best match."""
    candidate = found.candidate
    is_only_possible = candidate is not None and candidate.verdict is not Verdict.LIKELY
    score = candidate.score if candidate else 1.0
    status = found.standing.status
    return (
        status.is_over,
        not _has_number(candidate),
        is_only_possible,
        not status.binds,
        not found.controls,
        -score,
        found.order.fcn,
    )


def _has_number(candidate: Candidate | None) -> bool:
    return candidate is not None and any(
        line.field is Field.NUMBER and line.outcome is Outcome.AGREES for line in candidate.why
    )


def _restrained_line(entry: OrderEntry) -> str:
    person = entry.restrained
    born = f", born {person.birth_date.isoformat()}" if person.birth_date else ""
    age = f", age {person.age} at issue" if person.age is not None and not person.birth_date else ""
    also = f" ALSO KNOWN AS {'; '.join(name.plain for name in person.other_names)}." if person.other_names else ""
    days = ", ".join(day.isoformat() for day in person.other_birth_dates)
    return f"RESTRAINED: {person.name.plain}{born}{age}.{also}" + (f" ALSO BORN {days}." if days else "")


_BY_LINK_ALONE = (
    "SAME PERSON BY DECISION: not found by what was asked, but linked with a record that was. Make sure who this is "
    "before you act."
)


def _why(candidate: Candidate | None, linked: LinkedCandidate | None) -> tuple[str, ...]:
    if candidate is None:
        return ("The order's own number was given.",)
    if linked is not None and linked.by_link:
        return (_BY_LINK_ALONE,)
    compared = tuple(f"{line.field.value} {line.outcome.value}: {line.text}" for line in candidate.why)
    return (_sure(candidate), *compared)


def _links(found: FoundOrder, linked: LinkedCandidate | None) -> tuple[str, ...]:
    """Who decided that which other record is of the same person, a sentence each."""
    own = int(found.order.fcn)
    return tuple(
        f"linked: order {fcn_of(link.other.record_id if link.one.record_id == own else link.one.record_id)} is of the "
        f"same person, decided by {link.by} ({link.agency}) on {link.decided_at.astimezone(LOCAL_ZONE).date()}"
        for link in (linked.links if linked else ())
    )


def _sure(candidate: Candidate) -> str:
    """How sure it is, in a sentence to act on. A name alone is said to be one."""
    has_more = any(line.field in _TELLS_NAMESAKES_APART and line.outcome in _SPEAKS_FOR for line in candidate.why)
    if candidate.verdict is Verdict.POSSIBLE and not has_more:
        return _BY_NAME_ALONE
    return _SAME_PERSON[candidate.verdict]


def _fields(found: FoundOrder, at: datetime) -> tuple[HitField, ...]:
    order, entry = found.order, found.order.entry
    person = entry.restrained
    rows = [
        ("FCN", "file control number", order.fcn),
        ("STA", "standing", f"{found.standing.status.value} ({found.standing.reason})"),
        ("NAM", "restrained person", person.name.wire),
        ("DOB", "birth date", person.birth_date.strftime("%Y%m%d") if person.birth_date else ""),
        *(("AKA", "other name", name.wire) for name in person.other_names),
        *(("DOB", "other birth date", day.strftime("%Y%m%d")) for day in person.other_birth_dates),
        *((number.kind.value, NUMBER_LABELS[number.kind], number.value) for number in person.numbers),
        ("SEX", "sex", person.sex.value),
        ("RAC", "race", person.race),
        ("HGT", "height", person.height),
        ("WGT", "weight", f"{person.weight_pounds:03d}" if person.weight_pounds else ""),
        ("HAI", "hair", person.hair),
        ("EYE", "eyes", person.eyes),
        ("TYP", "order type", entry.order_type),
        ("PNO", "case number", entry.case_number),
        ("CTI", "court", entry.court),
        ("ISD", "issued", entry.issued_on.strftime("%Y%m%d")),
        ("EXP", "expires", _expiry(order)),
        ("SVC", "service", _with_meaning("SVC", _SERVED if _is_served(found, at) else _NOT_SERVED)),
        *(("PCO", "condition", _with_meaning("PCO", code)) for code in condition_codes(entry)),
        *(("PPN", "protected person", protected.name.wire) for protected in entry.protected),
        ("ORI", "entered by", order.filed_by_agency),
        *(("DBT", "doubt", doubt.text) for doubt in order.doubts),
    ]
    return tuple(HitField(code, label, value) for code, label, value in rows if value)


def _with_meaning(table: str, code: str) -> str:
    return f"{code} {code_table(table).meanings[code]}"


def _is_served(found: FoundOrder, at: datetime) -> bool:
    """Whether a service on record lies before `at`, also for an order that is over."""
    return any(service_moment(service) <= at for service in found.order.services)


def _expiry(order: OrderOnFile) -> str:
    """The last local day as CCYYMMDD, with HHMM where it ends earlier than midnight; NONEXP where no end is known.

    Source: national field EXP, a date or NONEXP; the time of day is an own decision.
    """
    if order.ends_at is None:
        return "NONEXP"
    end = order.ends_at.astimezone(LOCAL_ZONE)
    if (end.hour, end.minute) == (0, 0):
        return (end.date() - timedelta(days=1)).strftime("%Y%m%d")
    return end.strftime("%Y%m%d %H%M")
