"""When an order begins and ends, and whether it binds at a moment. Periods are half-open."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from openclets.orders.catalogue import DEFAULT_POLICY, Ending, EndRule, Policy, order_type
from openclets.orders.entry import OrderEntry
from openclets.orders.on_file import OrderOnFile, Service
from openclets.orders.rules.court_days import court_day_after, end_of_day, moment, start_of_day, years_after

NO_END_YEAR = 9000
"""A date on the face from this year on is a way of writing that there is no end. Own decision."""

_END_OF_DAY_TIMES = frozenset({time(0, 0), time(23, 59)})
"""Ways of writing midnight at the end of the day named. Source: form DV-130 item 4 ends an order at midnight "on" its
date; own decision that this is the midnight that ends the day, so that the day named is protected."""


class Status(StrEnum):
    """Where an order stands. Values are printed."""

    NOT_YET_EFFECTIVE = "NOT YET EFFECTIVE"
    IN_FORCE_SERVED = "IN FORCE, SERVED"
    IN_FORCE_UNSERVED = "IN FORCE, NOT SERVED"
    EXPIRED = "EXPIRED"
    TERMINATED = "TERMINATED BY THE COURT"
    CANCELLED = "CANCELLED, ENTERED IN ERROR"
    SUPERSEDED = "SUPERSEDED BY ANOTHER ORDER"

    @property
    def binds(self) -> bool:
        """Whether the terms bind now, served or not."""
        return self in (Status.IN_FORCE_SERVED, Status.IN_FORCE_UNSERVED)

    @property
    def is_over(self) -> bool:
        """Whether the order has ended, however. One not yet effective is not over."""
        return not self.binds and self is not Status.NOT_YET_EFFECTIVE


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the order stands at a moment, why, in words, and the rule's source."""

    status: Status
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class End:
    """The first moment at which the order no longer binds, in UTC (None: no end is known); the rule in words."""

    at: datetime | None
    rule: str
    source: str


def starting_of(entry: OrderEntry, *, policy: Policy = DEFAULT_POLICY) -> datetime:
    """The moment the order takes effect: when it was made; without a time, from the start of that day.

    Source: form DV-110 page 8 (effective when made); the start of the day is an own decision.
    """
    if entry.issued_time is None:
        return start_of_day(entry.issued_on, policy.zone)
    return moment(entry.issued_on, entry.issued_time, policy.zone, latest=False)


def ending_of(entry: OrderEntry, *, holidays: Container[date], policy: Policy = DEFAULT_POLICY) -> End:
    """When the order ends by itself, if the court does nothing. `holidays`: see `court_days.holidays_after`.

    What the face says is followed even where it is doubtful. Only a face that ends the order before it begins
    cannot be meant; it counts as no date, so that a slip of the pen does not make a signed order vanish (own decision).

    Source: Fam. Code 242, 245, 6256, 6345. Raises: KeyError for a type the catalogue does not have.
    """
    row = order_type(entry.order_type)
    if row is None:
        raise KeyError(entry.order_type)
    if row.ending.rule is EndRule.EMERGENCY:
        return _emergency_end(entry, row.ending, holidays, policy)
    if row.ending.rule is EndRule.HEARING:
        return _hearing_end(entry, row.ending, policy)
    face = _face_end(entry, policy)
    if face is not None:
        return face
    if row.ending.rule is EndRule.UNTIL_ENDED:
        return End(None, "no date on the order: until the court ends it", row.ending.law.source)
    last_day = years_after(entry.issued_on, row.ending.default_years)
    why = "no usable end date" if entry.expires_on else "no end date"
    return End(
        _end_of_last_day(last_day, policy),
        f"{why} on the order: {row.ending.default_years} years from issue",
        row.ending.law.source,
    )


def standing_at(order: OrderOnFile, at: datetime, *, policy: Policy = DEFAULT_POLICY) -> Standing:
    """Where the order stands at `at`.

    An entry made in error never was an order, whatever else happened. Of the other ways to end, the one that came
    first counts. Service at `at` counts, a later one does not.

    Source: Fam. Code 6380, 6383; the states are an own design.
    """
    if order.cancelled_at is not None and order.cancelled_at <= at:
        return Standing(Status.CANCELLED, _with(order.end_reason, "entered in error"), "Fam. Code 6380")
    ends = [
        (ended_at, standing) for ended_at, standing in _ends(order, policy) if ended_at is not None and ended_at <= at
    ]
    if ends:
        return min(ends, key=lambda end: end[0])[1]
    if at < order.starts_at:
        return Standing(Status.NOT_YET_EFFECTIVE, f"issued {order.entry.issued_on.isoformat()}", "form DV-110 page 8")
    served = [service for service in order.services if service_moment(service, policy=policy) <= at]
    if not served:
        return Standing(Status.IN_FORCE_UNSERVED, "no service on record", "Fam. Code 6383")
    first = min(served, key=lambda service: service_moment(service, policy=policy))
    return Standing(Status.IN_FORCE_SERVED, f"served {first.served_on.isoformat()}", "Fam. Code 6383, 6384")


def service_moment(service: Service, *, policy: Policy = DEFAULT_POLICY) -> datetime:
    """When the service happened; without a time, from the start of that day. Own decision: the day is what is known."""
    return moment(service.served_on, service.served_time or time(0), policy.zone, latest=False)


def _ends(order: OrderOnFile, policy: Policy) -> tuple[tuple[datetime | None, Standing], ...]:
    """Each way the order may have ended. Of two at one moment the first listed counts: what the court did, first."""
    by = f"superseded by order {order.superseded_by}" if order.superseded_by else "superseded"
    expired = f"ended {_local(order.ends_at, policy)}: {order.ends_rule}"
    return (
        (
            order.terminated_at,
            Standing(Status.TERMINATED, _with(order.end_reason, "ended by the court"), "Fam. Code 6380(a)"),
        ),
        (order.superseded_at, Standing(Status.SUPERSEDED, by, "Fam. Code 6380(a)")),
        (order.ends_at, Standing(Status.EXPIRED, expired, _end_source(order))),
    )


def _with(reason: str, what: str) -> str:
    return f"{what}: {reason}" if reason else what


def _local(at: datetime | None, policy: Policy) -> str:
    return at.astimezone(policy.zone).strftime("%Y-%m-%d %H:%M") if at else ""


def _end_source(order: OrderOnFile) -> str:
    row = order_type(order.entry.order_type)
    return row.ending.law.source if row else ""


def _face_end(entry: OrderEntry, policy: Policy, *, time_if_none: time | None = None) -> End | None:
    """The end written on the face, or None where there is none or it lies before the order begins.

    `time_if_none` is the time of day that ends the day when none is written; None: midnight at its end.
    """
    day = entry.expires_on
    if day is None:
        return None
    source = "form DV-130 item 4"
    if day.year >= NO_END_YEAR:
        return End(None, "the date on the order means no end", source)
    at_time = entry.expires_time if entry.expires_time is not None else time_if_none
    if at_time is None or at_time in _END_OF_DAY_TIMES:
        end = End(end_of_day(day, policy.zone), f"{day.isoformat()} on the order, to the end of that day", source)
    else:
        at = moment(day, at_time, policy.zone, latest=True)
        end = End(at, f"{day.isoformat()} {at_time:%H:%M} on the order", source)
    begins = starting_of(entry, policy=policy)
    return end if end.at is not None and end.at > begins else None


def _hearing_end(entry: OrderEntry, ending: Ending, policy: Policy) -> End:
    """The end of the hearing day (own decision: the hour at which a hearing ends is not known), or the date on the
    face where that is later; without either, the last day the law allows for the hearing."""
    ends: list[End] = []
    face = _face_end(entry, policy)
    if face is not None:
        ends.append(face)
    hearing = entry.hearing_on
    if hearing is not None and hearing >= entry.issued_on:
        rule = f"hearing {hearing.isoformat()}, shown through that day unless the court extends it"
        ends.append(End(_end_of_last_day(hearing, policy), rule, ending.law.source))
    if not ends:
        days = ending.hearing_days_good_cause
        ends.append(
            End(
                _end_of_last_day(entry.issued_on + timedelta(days=days), policy),
                f"no usable hearing date: {days} days from issue, the longest the law gives",
                ending.law.source,
            )
        )
    return max(ends, key=_later)


def _emergency_end(entry: OrderEntry, ending: Ending, holidays: Container[date], policy: Policy) -> End:
    court_day = court_day_after(entry.issued_on, ending.court_days, holidays)
    face = _face_end(entry, policy, time_if_none=policy.close_of_business if entry.expires_on == court_day else None)
    if face is not None:
        return face
    calendar_day = entry.issued_on + timedelta(days=ending.calendar_days)
    closing = moment(court_day, policy.close_of_business, policy.zone, latest=True)
    last = _end_of_last_day(calendar_day, policy)
    if last is None or closing < last:
        rule = f"close of business on court day {ending.court_days} after issue, {court_day.isoformat()}"
        return End(closing, rule, ending.law.source)
    return End(
        last, f"end of calendar day {ending.calendar_days} after issue, {calendar_day.isoformat()}", ending.law.source
    )


def _later(end: End) -> datetime:
    return end.at or datetime.max.replace(tzinfo=UTC)


def _end_of_last_day(day: date, policy: Policy) -> datetime | None:
    """None: the day is so far off that it means no end."""
    return None if day.year >= NO_END_YEAR else end_of_day(day, policy.zone)
