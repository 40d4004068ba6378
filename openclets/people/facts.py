"""What a shared key says of a name in the index, as bits, and how like the question a name is by these alone.

Names are looked up and compared in this order, so that few have to be. Pure.
"""

from __future__ import annotations

from typing import Final

SURNAME: Final = 1
SURNAME_AGAIN: Final = 2
GIVEN: Final = 4
GIVEN_AGAIN: Final = 8
OTHER_NAME: Final = 16
INITIAL: Final = 32
YEAR: Final = 64
MONTH: Final = 128
DAY: Final = 256
"""A name agrees in sound or spelling, and again by the second algorithm; an initial, a part of the birth date agrees;
in whichever field it stands on record."""

BIRTH_DATE: Final = YEAR | MONTH | DAY

EACH_KEY: Final = 3
"""What each key in common adds to the likeness, whatever it says: words that agree by several codes and forms. Tried on
FEBRL 3 and on made-up mistakes, as are the likenesses themselves, which are otherwise the bits of `weights` from the
worst level of each field."""

RARE_NAME: Final = 5
"""Where next to nobody else shares a key of names alone."""

UNDATED: Final = 9
"""Instead of a birth date's likeness, where the record has none: nothing differs."""

_SURNAME, _BY_BOTH, _GIVEN, _OTHER_WITH_GIVEN, _OTHER_ALONE, _INITIAL = 14, 2, 11, 3, 8, 5
_DATES: Final = {
    BIRTH_DATE: 23,
    YEAR | DAY: 14,
    YEAR | MONTH: 13,
    MONTH | DAY: 12,
}


def likeness(facts: int) -> int:
    """How like the question a name is that agrees in this."""
    family, given = facts & (SURNAME | SURNAME_AGAIN), facts & (GIVEN | GIVEN_AGAIN)
    like = _DATES.get(facts & BIRTH_DATE, 0)
    if family:
        like += _SURNAME + (_BY_BOTH if family == SURNAME | SURNAME_AGAIN else 0)
    if given:
        like += _GIVEN + (_BY_BOTH if given == GIVEN | GIVEN_AGAIN else 0)
    if facts & OTHER_NAME:
        like += _OTHER_WITH_GIVEN if given else _OTHER_ALONE
    if facts & INITIAL and not (family and given):
        like += _INITIAL
    return like


LIKENESS: Final = tuple(map(likeness, range(2 * DAY)))
"""By the facts; below 256 each, so that the statement has it as bytes: psycopg reads a longer one anew each time."""
