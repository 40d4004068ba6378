"""Who might this be: candidates, scored, most probable first, with the reasons.

A ground function on the hot path: no right is checked and nothing is journalled here; the verb that asks does both.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Final

from openclets.people.candidates import Found, names_by_exact_keys, names_by_keys, names_by_net
from openclets.people.compared import Candidate, Compared, Comparer, ToShowFirst, best_of_each, cut
from openclets.people.described import Described, describe
from openclets.people.fold import MAX_WORDS, fold
from openclets.people.index import folded_whole
from openclets.people.keys import keys_of_numbers, keys_of_question
from openclets.people.learned import Learned, current_weights
from openclets.people.numbers import PersonNumber, texts
from openclets.people.weights import GIVEN_SAME, SURNAME_SAME, Verdict
from openclets.vocabulary.persons import PersonName

__all__ = ("Candidate", "PersonQuery", "SearchResult", "search")

MAX_COMPARED: Final = 32
"""Names compared, those most like first. On FEBRL 3, within a million others, 64 had 2 in 1,000 of the right ones
besides."""

MAX_COMPARED_MORE: Final = 200
"""Names compared where the last of those was good still, so that those behind it may be: namesakes without a birth date
to tell them apart, or a person who stands in many records."""

FEWEST_BY_KEYS: Final = 3
FEWEST_POSTINGS: Final = 60
"""Where the keys find fewer names than this, and there are next to no posting lists behind them, the trigram net is
thrown too. Of a kind with few records the keys find nobody mostly, which is no reason to throw it: it is slow."""

DEFAULT_LIMIT: Final = 20

MAX_RUNS: Final = 10
"""Names with birth dates of one question. Source: the national format takes ten names or birth dates an inquiry."""

NO_SUCH_NUMBER: Final = "No record holds a number that was given; the answer goes by what else was asked."

NOBODY: Final = PersonName("")
"""Stands for the name where a number alone is asked."""

_AT_LEAST: Final = {
    Verdict.LIKELY: frozenset({Verdict.LIKELY}),
    Verdict.POSSIBLE: frozenset({Verdict.LIKELY, Verdict.POSSIBLE}),
    Verdict.UNLIKELY: frozenset(Verdict),
}


@dataclass(frozen=True, slots=True)
class PersonQuery:
    """Who is asked about. `name` may be None only where numbers are given.

    `age` (true on `age_as_of`) counts only without a birth date; `sex` and `race` are one-letter codes, empty where not
    given. Each other name with each other birth date is a run of its own, MAX_RUNS at most.
    """

    name: PersonName | None
    birth_date: date | None = None
    age: int | None = None
    age_as_of: date | None = None
    sex: str = ""
    race: str = ""
    other_names: tuple[PersonName, ...] = ()
    other_birth_dates: tuple[date, ...] = ()
    numbers: tuple[PersonNumber, ...] = ()
    address: str = ""

    def runs(self) -> list[tuple[PersonName, date | None]]:
        """The names and birth dates to ask with, the first ones first; none where there is no name."""
        return self._every_run()[:MAX_RUNS]

    def runs_left_out(self) -> int:
        """How many names with birth dates are beyond MAX_RUNS."""
        return max(0, len(self._every_run()) - MAX_RUNS)

    def _every_run(self) -> list[tuple[PersonName, date | None]]:
        names = [name for name in (self.name, *self.other_names) if name is not None]
        days: list[date | None] = [day for day in (self.birth_date, *self.other_birth_dates) if day is not None]
        return list(dict.fromkeys(product(names, days or [None])))

    def described(self, name: PersonName, birth_date: date | None) -> Described:
        """One run, ready to be compared."""
        return describe(
            name,
            birth_date,
            age=self.age,
            age_as_of=self.age_as_of,
            sex=self.sex,
            race=self.race,
            numbers=texts(self.numbers),
            address=self.address,
        )


@dataclass(frozen=True, slots=True)
class SearchResult:
    """`candidates`: most probable first. `more`: how many others were good enough, beyond the limit. `truncated`: the
    question is so wide that not every name that fits it was compared. `notes`: sentences on what was asked badly and
    what would narrow it."""

    candidates: tuple[Candidate, ...]
    truncated: bool = False
    more: int = 0
    notes: tuple[str, ...] = ()


def search(
    query: PersonQuery,
    *,
    kinds: Collection[str] = (),
    roles: Collection[str] = (),
    limit: int = DEFAULT_LIMIT,
    least: Verdict = Verdict.POSSIBLE,
    learned: Learned | None = None,
    first: ToShowFirst | None = None,
) -> SearchResult:
    """The records this person may stand in, of these kinds and roles (none given: all), `least` or better.

    Who has one of the numbers comes first; then by score, then record. Bounded in time and size whatever the name is; a
    name without a letter finds nothing and says so. Where several names of one record and role fit, the best counts.
    `first`: records that stand before better ones where not all can be shown, so that none is left out for another.
    `learned`: what `openclets people train` wrote; without it, what this process loaded.
    """
    learned = learned or current_weights()
    compared: list[Compared] = []
    truncated, has_number = False, True
    asked = [query.described(*run) for run in query.runs()]
    searchable = [one for one in asked if one.family is not None or one.others.first is not None]
    # 1. The numbers; 2. each name with each birth date.
    numbers = texts(query.numbers)
    if numbers:
        exact = names_by_exact_keys(keys_of_numbers(numbers), kinds=kinds, roles=roles)
        whoever = searchable or [query.described(NOBODY, query.birth_date)]
        compared += [one for each in whoever for one in Comparer(each, learned).against(exact.names)]
        truncated, has_number = exact.is_cut, bool(exact.names)
    for one in searchable:
        names, is_cut = _names_like(one, kinds, roles, learned)
        compared += names
        truncated |= is_cut
    # 3. The best name of each record and role; 4. ranked and cut.
    best = best_of_each(compared)
    wanted = _AT_LEAST[least]
    good = [one for one in best if one.comparison.verdict in wanted]
    candidates, more = cut(good, limit, first)
    notes = _notes(query, asked, searchable, is_wide=truncated or more > 0)
    return SearchResult(
        candidates=candidates,
        truncated=truncated,
        more=more,
        notes=(*notes, *(() if has_number else (NO_SUCH_NUMBER,)), *_note_on_namesakes(best, wanted)),
    )


def _names_like(
    asked: Described, kinds: Collection[str], roles: Collection[str], learned: Learned
) -> tuple[list[Compared], bool]:
    """Names that share keys; where next to none do, names that look alike. And whether the right one may be missing."""
    keys = keys_of_question(asked.name, asked.birth_date)
    found = names_by_keys(keys, kinds=kinds, roles=roles, most=MAX_COMPARED)
    names = found.names
    if len(names) < FEWEST_BY_KEYS and found.postings < FEWEST_POSTINGS:
        names += names_by_net(folded_whole(asked.name), kinds=kinds, roles=roles, most=MAX_COMPARED_MORE)
    comparer = Comparer(asked, learned)
    compared = comparer.against(names)
    if found.crowded and _may_have_missed(found, compared):
        found = names_by_keys(keys, kinds=kinds, roles=roles, most=MAX_COMPARED_MORE)
        compared = comparer.against(found.names)
    return compared, found.list_cut or (found.crowded and _may_have_missed(found, compared))


def _may_have_missed(found: Found, compared: list[Compared]) -> bool:
    """Whether names left out may be as good as some shown: those left out are no more like than the last looked at, so
    it is enough that one so little like was good."""
    least = found.names[-1].likeness
    return any(
        one.found.likeness <= least and one.comparison.verdict is not Verdict.UNLIKELY
        for one in compared[: len(found.names)]
    )


def _notes(
    query: PersonQuery, asked: Sequence[Described], searchable: Sequence[Described], *, is_wide: bool
) -> tuple[str, ...]:
    notes = list(notes_on_question(query))
    if len(searchable) < len(asked):
        notes.append("The name has no letter to search by.")
    if not asked or not searchable:
        return tuple(notes)
    first = searchable[0]
    if first.birth_date is None and not first.numbers:
        notes.append('No birth date was given: a name alone never says more than "possible".')
    if first.others.first is None or first.others.first.is_initial:
        notes.append('No full given name was given: without it nobody is more than "possible".')
    if first.family is not None and first.family.whole.is_initial:
        notes.append("Only an initial was given as the surname: names that begin with it are not searched.")
    if any(_words_of(one.name) > MAX_WORDS for one in searchable):
        notes.append(f"Only the first {MAX_WORDS} words of the surname and of the given names were looked at.")
    if is_wide:
        notes.append(what_would_narrow(first))
    return tuple(notes)


def notes_on_question(query: PersonQuery) -> tuple[str, ...]:
    """What of the question no answer looks at."""
    notes = []
    if len(texts(query.numbers)) < len({number.text for number in query.numbers}):
        notes.append("A number that stands for nobody (all one digit, or counted up) was left out.")
    if query.runs_left_out():
        notes.append(
            f"Only the first {MAX_RUNS} names with birth dates were asked; {query.runs_left_out()} were left out."
        )
    return tuple(notes)


def what_would_narrow(asked: Described) -> str:
    """A sentence for a question that too many people fit."""
    missing = [
        what
        for what, is_missing in (
            ("a birth date or an age", asked.birth_date is None and asked.born_to is None),
            ("a full given name", asked.others.first is None or asked.others.first.is_initial),
            ("a middle name", not asked.others.others),
            ("the sex", not asked.sex),
        )
        if is_missing
    ]
    return f"Many people fit. What would narrow it: {', '.join(missing) or 'a number such as a licence'}."


def _note_on_namesakes(best: Sequence[Compared], wanted: Collection[Verdict]) -> tuple[str, ...]:
    """A birth date that was lied about hides the person: who bears the very name is counted where nobody is likely.
    `wanted`: the verdicts that are shown."""
    if any(one.comparison.verdict is Verdict.LIKELY for one in best):
        return ()
    count = sum(
        1
        for one in best
        if one.comparison.levels[0] is SURNAME_SAME
        and one.comparison.levels[1] is GIVEN_SAME
        and one.comparison.verdict not in wanted
        and one.asked.birth_date is not None
    )
    if not count:
        return ()
    return (
        f"On file under this very name with another birth date, not shown: {count}. Ask without the birth date to see.",
    )


def _words_of(name: PersonName) -> int:
    """Words of the longer one of surname and given names."""
    return max(len(fold(name.surname).split()), len(fold(f"{name.given} {name.middle}").split()))
