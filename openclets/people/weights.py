"""What each agreement or difference is worth, as a table, and where the verdicts begin.

A weight is a number of bits: log2 of how much oftener this is seen between two records of one person than between
two people met by chance. Source of the method: Fellegi and Sunter, "A Theory for Record Linkage", Journal of the
American Statistical Association 64 (1969). The figures are own decisions until they are trained: chance agreement of
a date is taken as one in 25,000 days (70 years), of a surname as one in 1,000, of a given name as one in 200; how
often the same person's records differ is estimated. A name whose share is known is worth what that share says.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Field(StrEnum):
    SURNAME = "surname"
    GIVEN = "given name"
    MIDDLE = "middle name"
    SUFFIX = "suffix"
    BIRTH_DATE = "birth date"
    SEX = "sex"
    RACE = "race"
    NUMBER = "number"
    ADDRESS = "address"


class Outcome(StrEnum):
    """What an officer is told of one field."""

    AGREES = "agrees"
    SIMILAR = "similar"
    DIFFERS = "differs"
    MISSING = "missing"


class Verdict(StrEnum):
    """How sure, in three words. LIKELY is never said of a name alone, nor of a birth date alone."""

    LIKELY = "likely"
    POSSIBLE = "possible"
    UNLIKELY = "unlikely"


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """One thing a comparison can find in a field. `carries` is whether it is good enough for a LIKELY verdict.

    Each level is one object, and two are the same only when they are that one: trained weights are looked up by it.
    """

    field: Field
    outcome: Outcome
    bits: float
    text: str
    carries: bool = False


SURNAME_SAME: Final = Level(Field.SURNAME, Outcome.AGREES, 10.0, "same", True)
SURNAME_PARTICLE: Final = Level(Field.SURNAME, Outcome.SIMILAR, 8.5, "same but for a particle", True)
SURNAME_HALF: Final = Level(Field.SURNAME, Outcome.SIMILAR, 7.0, "one of several surnames is the same", True)
SURNAME_CLOSE: Final = Level(Field.SURNAME, Outcome.SIMILAR, 6.5, "close in sound or spelling", True)
SURNAME_LIKE: Final = Level(Field.SURNAME, Outcome.SIMILAR, 4.0, "somewhat alike", True)
SURNAME_DIFFERS: Final = Level(Field.SURNAME, Outcome.DIFFERS, -8.5, "another name")
SURNAME_MISSING: Final = Level(Field.SURNAME, Outcome.MISSING, 0.0, "")

GIVEN_SAME: Final = Level(Field.GIVEN, Outcome.AGREES, 7.5, "same", True)
GIVEN_CLOSE: Final = Level(Field.GIVEN, Outcome.SIMILAR, 5.0, "close in sound or spelling", True)
GIVEN_NICKNAME: Final = Level(Field.GIVEN, Outcome.SIMILAR, 4.0, "may be the same name in another form", True)
GIVEN_BY_MIDDLE: Final = Level(Field.GIVEN, Outcome.SIMILAR, 3.5, "agrees with another given name", True)
GIVEN_LIKE: Final = Level(Field.GIVEN, Outcome.SIMILAR, 2.5, "somewhat alike", True)
GIVEN_INITIAL: Final = Level(Field.GIVEN, Outcome.SIMILAR, 2.5, "same initial")
GIVEN_DIFFERS: Final = Level(Field.GIVEN, Outcome.DIFFERS, -6.0, "another name")
GIVEN_MISSING: Final = Level(Field.GIVEN, Outcome.MISSING, 0.0, "")

MIDDLE_SAME: Final = Level(Field.MIDDLE, Outcome.AGREES, 4.5, "same")
MIDDLE_CLOSE: Final = Level(Field.MIDDLE, Outcome.SIMILAR, 2.5, "close in sound or spelling")
MIDDLE_INITIAL: Final = Level(Field.MIDDLE, Outcome.SIMILAR, 1.5, "same initial")
MIDDLE_DIFFERS: Final = Level(Field.MIDDLE, Outcome.DIFFERS, -2.0, "another name")
MIDDLE_MISSING: Final = Level(Field.MIDDLE, Outcome.MISSING, 0.0, "")

SUFFIX_SAME: Final = Level(Field.SUFFIX, Outcome.AGREES, 2.0, "same")
SUFFIX_DIFFERS: Final = Level(Field.SUFFIX, Outcome.DIFFERS, -4.0, "another generation")
SUFFIX_MISSING: Final = Level(Field.SUFFIX, Outcome.MISSING, 0.0, "")

BORN_SAME: Final = Level(Field.BIRTH_DATE, Outcome.AGREES, 14.0, "same", True)
BORN_EXCHANGED: Final = Level(Field.BIRTH_DATE, Outcome.SIMILAR, 7.5, "day and month exchanged", True)
BORN_YEAR_OFF: Final = Level(Field.BIRTH_DATE, Outcome.SIMILAR, 6.5, "year off by one", True)
BORN_DIGITS_TURNED: Final = Level(Field.BIRTH_DATE, Outcome.SIMILAR, 6.0, "two digits exchanged", True)
BORN_ONE_DIGIT: Final = Level(Field.BIRTH_DATE, Outcome.SIMILAR, 5.0, "one digit off", True)
BORN_YEAR_AND_DAY: Final = Level(Field.BIRTH_DATE, Outcome.SIMILAR, 4.5, "month differs", True)
BORN_YEAR_AND_MONTH: Final = Level(Field.BIRTH_DATE, Outcome.SIMILAR, 4.0, "day differs", True)
BORN_MONTH_AND_DAY: Final = Level(Field.BIRTH_DATE, Outcome.SIMILAR, 2.5, "year differs")
BORN_YEAR_ONLY: Final = Level(Field.BIRTH_DATE, Outcome.DIFFERS, -3.0, "only the year is the same")
BORN_DIFFERS: Final = Level(Field.BIRTH_DATE, Outcome.DIFFERS, -9.0, "another date")
BORN_AGE_FITS: Final = Level(Field.BIRTH_DATE, Outcome.SIMILAR, 4.0, "age fits")
BORN_AGE_NEAR: Final = Level(Field.BIRTH_DATE, Outcome.SIMILAR, 0.5, "age nearly fits")
BORN_AGE_DIFFERS: Final = Level(Field.BIRTH_DATE, Outcome.DIFFERS, -6.0, "age does not fit")
BORN_MISSING: Final = Level(Field.BIRTH_DATE, Outcome.MISSING, 0.0, "")

SEX_SAME: Final = Level(Field.SEX, Outcome.AGREES, 0.2, "same")
SEX_DIFFERS: Final = Level(Field.SEX, Outcome.DIFFERS, -3.0, "differs")
SEX_MISSING: Final = Level(Field.SEX, Outcome.MISSING, 0.0, "")

RACE_SAME: Final = Level(Field.RACE, Outcome.AGREES, 0.3, "same")
RACE_DIFFERS: Final = Level(Field.RACE, Outcome.DIFFERS, -0.5, "differs (recorded by impression)")
RACE_MISSING: Final = Level(Field.RACE, Outcome.MISSING, 0.0, "")

NUMBER_SAME: Final = Level(Field.NUMBER, Outcome.AGREES, 18.0, "same", True)
NUMBER_DIFFERS: Final = Level(Field.NUMBER, Outcome.DIFFERS, -3.0, "another number of the same kind")
NUMBER_MISSING: Final = Level(Field.NUMBER, Outcome.MISSING, 0.0, "")

ADDRESS_SAME: Final = Level(Field.ADDRESS, Outcome.AGREES, 8.0, "same house and street")
ADDRESS_LIKE: Final = Level(Field.ADDRESS, Outcome.SIMILAR, 4.0, "same street, or same place and house number")
ADDRESS_DIFFERS: Final = Level(Field.ADDRESS, Outcome.DIFFERS, -0.7, "another address")
ADDRESS_MISSING: Final = Level(Field.ADDRESS, Outcome.MISSING, 0.0, "")

NAMES_EXCHANGED_BITS: Final = -2.0
"""Cost of reading the surname as the given name and the other way round. Sex says nearly what the given name says, so
it adds little when it agrees."""

PRIOR_BITS: Final = -20.0
"""Before anything is compared: one in a million, the size of index the project is built for."""

LIKELY_FROM: Final = 0.95
"""Least probability for LIKELY. Besides it, surname, given name and birth date must each carry."""

POSSIBLE_FROM: Final = 0.01
"""Least probability for POSSIBLE. Low, because missing the right person is worse than showing one more to compare."""

ENOUGH_NAME_BITS: Final = 10.0
"""Surname and given name together worth this much, and nothing that differs: POSSIBLE whatever the score, so that a
question without a birth date finds its people, by surname alone or with both names misheard."""

AGE_SLACK_DAYS: Final = 366
"""An age given by a person is taken as right within a year either way."""

AGE_NEAR_DAYS: Final = 3 * 366

SHARE_BITS_LEAST: Final = 5.0
SHARE_BITS_MOST: Final = 14.0
"""Bounds of what a name's share can make its agreement worth."""
