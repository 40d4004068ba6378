"""The strict answer: exactly whom a published rule finds, no more and no fewer, whatever their score.

Kept beside the ranked answer for checking parity with another system. A ground function: no right is checked and
nothing is journalled here.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from openclets.people.candidates import FoundName, names_by_exact_keys
from openclets.people.compared import Compared, Comparer, ToShowFirst, best_of_each, cut
from openclets.people.keys import keys_of_numbers, keys_of_strict_question
from openclets.people.learned import current_weights
from openclets.people.numbers import texts
from openclets.people.rules import (
    NATIONAL,
    StrictRule,
    birth_dates_meant,
    given_name_meets,
    race_meets,
    sex_meets,
    surname_meets,
)
from openclets.people.search import (
    DEFAULT_LIMIT,
    NOBODY,
    PersonQuery,
    SearchResult,
    notes_on_question,
    what_would_narrow,
)
from openclets.vocabulary.persons import PersonName


def search_strict(
    query: PersonQuery,
    *,
    rule: StrictRule = NATIONAL,
    expanded: bool = False,
    kinds: Collection[str] = (),
    roles: Collection[str] = (),
    limit: int = DEFAULT_LIMIT,
    first: ToShowFirst | None = None,
) -> SearchResult:
    """Everybody the rule finds, of these kinds and roles (none given: all), in the order of `search`; `first` as there.

    `expanded` is the asker's flag for birth dates near the given one. Age and address are not looked at. The score and
    the reasons are those of the ranked answer, for the officer; they decide nothing here.
    """
    numbers = texts(query.numbers)
    if numbers and rule.numbers_alone:
        return _by_number(query, numbers, rule, kinds, roles, limit, first)
    runs = [(name, day) for name, day in query.runs() if day is not None]
    if not runs:
        needs = f"The {rule.name} rule needs a name and a birth date, or a number."
        return SearchResult((), notes=(*notes_on_question(query), needs))
    compared, is_cut = [], False
    for name, day in runs:
        days = birth_dates_meant(day, rule, expanded=expanded)
        keys = keys_of_strict_question(name, days, rule.surname_code)
        found = names_by_exact_keys(keys, kinds=kinds, roles=roles)
        is_cut |= found.is_cut
        meeting = [one for one in found.names if _meets(query, name, days, one, rule)]
        compared += Comparer(query.described(name, day), current_weights()).against(meeting)
    narrowing = what_would_narrow(query.described(*runs[0]))
    return _result(compared, limit, first, notes_on_question(query), narrowing, is_cut=is_cut)


def _by_number(
    query: PersonQuery,
    numbers: tuple[str, ...],
    rule: StrictRule,
    kinds: Collection[str],
    roles: Collection[str],
    limit: int,
    first: ToShowFirst | None,
) -> SearchResult:
    found = names_by_exact_keys(keys_of_numbers(numbers), kinds=kinds, roles=roles)
    having = [one for one in found.names if not set(numbers).isdisjoint(one.numbers)]
    asked = query.described(query.name or NOBODY, query.birth_date)
    alone = f"By the {rule.name} rule a number is searched alone: name, birth date, sex and race were not looked at."
    notes = (*notes_on_question(query), alone)
    return _result(Comparer(asked, current_weights()).against(having), limit, first, notes, "", is_cut=found.is_cut)


def _meets(query: PersonQuery, name: PersonName, days: tuple[date, ...], found: FoundName, rule: StrictRule) -> bool:
    """All of the rule, although the keys have nearly proved it: two keys may have one hash."""
    recorded = PersonName(found.surname, found.given, found.middle, found.suffix)
    return (
        found.birth_date in days
        and surname_meets(name.surname, found.surname, rule)
        and (not rule.given_names_must_fit or given_name_meets(name, recorded))
        and sex_meets(query.sex, found.sex)
        and race_meets(query.race, found.race, rule)
    )


def _result(
    compared: list[Compared],
    limit: int,
    first: ToShowFirst | None,
    notes: tuple[str, ...],
    narrowing: str,
    *,
    is_cut: bool,
) -> SearchResult:
    candidates, more = cut(best_of_each(compared), limit, first)
    if narrowing and (more or is_cut):
        notes = (*notes, narrowing)
    return SearchResult(candidates, truncated=is_cut, more=more, notes=notes)
