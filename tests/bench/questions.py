"""What is asked while inquiries are measured: messages drawn from the county itself, the same for the same seed.

The aim of the figures is half persons, 30 % plates and 20 % numbers; as long as no file of vehicles is built, persons
are asked about in the plates' place, which costs more than a plate will.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final

from django.db import connections

from tests.bench.person_search import mistyped

MIX: Final = (
    (20, "an order by its number"),
    (32, "a restrained person, name and birth date"),
    (8, "the same with a letter of the surname wrong"),
    (40, "an innocent person: a name as common as in life, another birth date"),
)
"""Parts of a hundred. Own decision but for the numbers' part: most people an officer asks about have no order."""

MIX_IN_WORDS: Final = (
    "20 % orders by number, 80 % persons by name and birth date (32 % restrained, 8 % the same misspelt, 40 %"
    " innocent); PLATES ARE NOT BUILT YET, persons stand in for their 30 %"
)

COMMONEST: Final = 20
"""How many of the commonest surnames with a given name are asked about apart."""


@dataclass(frozen=True, slots=True)
class Questions:
    """Texts without the header's agency (`{ori}` stands for it), in the order asked."""

    mixed: Sequence[str]
    commonest: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Restrained:
    surname: str
    given: str
    birth_date: date
    fcn: int


def draw_questions(count: int, *, seed: int) -> Questions:
    """`count` of either kind about the county that is loaded."""
    rng = Random(seed)
    people = _restrained()
    return Questions(
        mixed=[_mixed(rng, people) for _ in range(count)],
        commonest=[_about_innocent(rng, surname, given) for surname, given in rng.choices(_commonest(people), k=count)],
    )


def _restrained() -> list[_Restrained]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT surname, given, birth_date, record_id FROM people_indexedname"
            " WHERE role = 'restrained' AND birth_date IS NOT NULL ORDER BY id"
        )
        return [_Restrained(*row) for row in cursor.fetchall()]


def _mixed(rng: Random, people: Sequence[_Restrained]) -> str:
    person = rng.choice(people)
    kind = rng.choices(range(len(MIX)), weights=[part for part, _ in MIX])[0]
    if kind == 0:
        return f"QPO.{{ori}}.FCN/{person.fcn:013d}.PUR/C"
    if kind == 1:
        return _about(person.surname, person.given, person.birth_date)
    if kind == 2:
        return _about(mistyped(person.surname, rng), person.given, person.birth_date)
    return _about_innocent(rng, person.surname, person.given)


def _about_innocent(rng: Random, surname: str, given: str) -> str:
    born = date.fromordinal(rng.randrange(date(1940, 1, 1).toordinal(), date(2008, 1, 1).toordinal()))
    return _about(surname, given, born)


def _about(surname: str, given: str, born: date) -> str:
    return f"QW.{{ori}}.NAM/{surname},{given}.DOB/{born:%Y%m%d}.PUR/C.CAS/26-001234"


def _commonest(people: Iterable[_Restrained]) -> list[tuple[str, str]]:
    """The commonest surnames, each with the given name that is commonest with it."""
    whole = Counter((person.surname, person.given) for person in people)
    surnames = Counter(person.surname for person in people)
    given = {surname: name for (surname, name), _ in reversed(whole.most_common())}
    return [(surname, given[surname]) for surname, _ in surnames.most_common(COMMONEST)]
