"""The questions of the card, each group from a seed of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random

from openclets.people.numbers import NumberKind, PersonNumber
from openclets.people.search import PersonQuery
from openclets.vocabulary.persons import PersonName
from tests.accuracy.census import Census, CensusPerson
from tests.accuracy.febrl import FebrlPerson, FebrlSet
from tests.accuracy.index import OTHERS
from tests.accuracy.measure import Asked
from tests.accuracy.mistakes import COMMON_MIX, KINDS

COMMON_PAIRS = 50


def of_febrl(each: FebrlSet, *, all_fields: bool) -> list[Asked]:
    """One question for each damaged copy."""
    return [Asked(_febrl_query(person, all_fields), each.title, person.person) for person in each.asked]


def with_mistake(people: Sequence[CensusPerson], kind: str, count: int, *, seed: int) -> list[Asked]:
    """`count` questions for people of the index, or fewer where the mistake happens to fewer."""
    rng = Random(f"{seed} {kind}")
    asked = []
    for person in rng.sample(people, len(people)):
        question = KINDS[kind](person, rng)
        if question is not None and question.name.surname:
            asked.append(Asked(PersonQuery(question.name, question.birth_date), OTHERS, person.number))
        if len(asked) == count:
            break
    return asked


def of_origin(people: Sequence[CensusPerson], origin: str, count: int, *, seed: int) -> list[Asked]:
    """The mistakes that happen to anybody, in equal parts, for people of one origin."""
    own = [person for person in people if person.origin == origin]
    return [one for kind in COMMON_MIX for one in with_mistake(own, kind, count // len(COMMON_MIX), seed=seed)]


def innocent(census: Census, count: int, *, seed: int, origin: str = "") -> list[Asked]:
    """People of the same country who are in no record: full name and birth date."""
    return [Asked(PersonQuery(one.name, one.birth_date, sex=one.sex), OTHERS, None)
            for one in census.people(count, seed=seed, origin=origin)]  # fmt: skip


def with_common_names(people: Sequence[CensusPerson], count: int, *, seed: int) -> list[Asked]:
    """`count` people of the commonest pairs of given name and surname, without mistake."""
    commonest = _commonest(people)
    theirs = [person for person in people if _plain(person) in commonest]
    chosen = Random(f"{seed} common").sample(theirs, min(count, len(theirs)))
    return [Asked(PersonQuery(_plain(one), one.birth_date), OTHERS, one.number) for one in chosen]


def innocent_with_common_names(people: Sequence[CensusPerson], census: Census, count: int, *, seed: int) -> list[Asked]:
    """`count` innocent people of those names, each pair as often as it is in the index."""
    commonest = _commonest(people)
    rng = Random(f"{seed} common and innocent")
    names = rng.choices(list(commonest), weights=list(commonest.values()), k=count)
    return [Asked(PersonQuery(name, one.birth_date), OTHERS, None)
            for name, one in zip(names, census.people(count, seed=seed), strict=True)]  # fmt: skip


def _commonest(people: Sequence[CensusPerson]) -> dict[PersonName, int]:
    counts = Counter(_plain(person) for person in people)
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0].wire))
    return dict(ordered[:COMMON_PAIRS])


def _plain(person: CensusPerson) -> PersonName:
    return PersonName(person.name.surname, person.name.given)


def _febrl_query(person: FebrlPerson, all_fields: bool) -> PersonQuery | None:
    if person.name is None:
        return None
    if not all_fields:
        return PersonQuery(person.name, person.birth_date)
    numbers = (PersonNumber(NumberKind.SOCIAL_SECURITY, person.number),) if person.number else ()
    return PersonQuery(person.name, person.birth_date, numbers=numbers, address=person.address)
