"""Moments as the pages write them."""

from __future__ import annotations

from datetime import UTC, datetime

from django import template

from openclets.agencies.access import LOCAL_ZONE

register = template.Library()


@register.filter
def hundredths(moment: datetime) -> str:
    """`2026-11-22 09:36:27.41Z`, as in the header of a reply; cut, not rounded, so that no moment is shown early."""
    in_utc = moment.astimezone(UTC)
    return f"{in_utc:%Y-%m-%d %H:%M:%S}.{in_utc.microsecond // 10_000:02d}Z"


@register.filter
def local_clock(moment: datetime) -> str:
    """`01:36:27 PST, 22 Nov 2026`: the officer's own clock."""
    return f"{moment.astimezone(LOCAL_ZONE):%H:%M:%S %Z, %d %b %Y}"


@register.filter
def local_day_and_clock(moment: datetime) -> str:
    """`2026-11-22 01:36`: for a list, by the local clock."""
    return f"{moment.astimezone(LOCAL_ZONE):%Y-%m-%d %H:%M}"
