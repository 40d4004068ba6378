"""Everything the card tells, measured in one go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from openclets.people.keys import VERSION
from openclets.people.learned import NOTHING_LEARNED, current_weights
from openclets.people.rules import HISTORY, NATIONAL, StrictRule
from openclets.people.search import PersonQuery, SearchResult
from openclets.people.strict import search_strict
from tests.accuracy.census import ORIGINS, Census, CensusPerson
from tests.accuracy.febrl import FebrlSet
from tests.accuracy.full_scan import full_scan_answers
from tests.accuracy.index import OTHERS
from tests.accuracy.kept import KeptAnswers
from tests.accuracy.measure import (
    LIKELY_BITS,
    LOOKED_AT,
    POSSIBLE_BITS,
    Answered,
    Asked,
    Filed,
    Tally,
    by,
    false_hits_per_thousand,
    ranked,
    tally,
)
from tests.accuracy.mistakes import KINDS
from tests.accuracy.questions import (
    innocent,
    innocent_with_common_names,
    of_febrl,
    of_origin,
    with_common_names,
    with_mistake,
)
from tests.accuracy.splink_answers import splink_answers

SOUNDEX_AND_BIRTH_DATE = replace(
    HISTORY, name="soundex", years_either_way=0, expanded_years_either_way=0, given_names_must_fit=False
)
"""What was the rule before phonetic codes were better: the surname's Soundex and the whole birth date."""

MOST_WITH_ALL_FIELDS = 1_000
"""Questions of each FEBRL set that are asked with all fields, from its beginning: next to none of them is missed."""

CURVE_BITS = tuple(sorted({*(bits / 2 for bits in range(-30, 31)), POSSIBLE_BITS, LIKELY_BITS}))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table."""

    title: str
    found: Tally


@dataclass(frozen=True, slots=True)
class Way:
    """One way to search, on FEBRL 4 with name and birth date and on the innocent. False hits per 1,000: of whom it
    calls likely, and of anybody it shows."""

    title: str
    found: Tally
    false_likely: float
    false_shown: float


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """At a threshold of the score, in bits of log odds: the right ones at or above it on FEBRL 4, and false hits per
    1,000 innocent questions."""

    bits: float
    found: float
    false_hits: float


@dataclass(frozen=True, slots=True)
class Innocents:
    """False hits per 1,000 of `count` innocent questions: whom the search calls likely, and anybody it shows."""

    title: str
    count: int
    likely: float
    shown: float


@dataclass(frozen=True, slots=True)
class Results:
    """All of the card but speed. `missed`: questions of the last set whose right record was not among the first ten;
    `found_by_full_scan`: so many of them would be among the first ten of a scan without keys."""

    others: int
    questions: int
    keys: str
    is_trained: bool
    febrl: tuple[Line, ...]
    febrl_whole: tuple[Line, ...]
    ways: tuple[Way, ...]
    mistakes: tuple[Line, ...]
    origins: tuple[Line, ...]
    innocents: tuple[Innocents, ...]
    missed: int
    found_by_full_scan: int
    curve: tuple[CurvePoint, ...]
    splink_curve: tuple[CurvePoint, ...]


def measure(
    census: Census,
    people: Sequence[CensusPerson],
    sets: Sequence[FebrlSet],
    kept: KeptAnswers,
    *,
    questions: int,
    seed: int,
) -> Results:
    """Asks everything. `questions`: innocent ones; an eighth for each kind of mistake and each origin."""
    few = max(1, questions // 8)
    last = sets[-1]

    def ask(title: str, asked: Sequence[Asked], *kinds: str) -> list[Answered]:
        return kept.answers(title, asked, lambda each: ranked(each, kinds or (OTHERS,)))

    # 1. FEBRL, and nobody; 2. other ways to search, on the same questions; 3. by mistake, by origin, common names.
    by_name = [ask(each.title, of_febrl(each, all_fields=False), OTHERS, each.title) for each in sets]
    whole = [
        ask(f"{each.title}, all fields", of_febrl(each, all_fields=True)[:MOST_WITH_ALL_FIELDS], OTHERS, each.title)
        for each in sets
    ]
    not_filed = innocent(census, questions, seed=seed + 1)
    on_innocent = ask("innocent", not_filed)
    asked_last = of_febrl(last, all_fields=False)
    splink = kept.answers(
        "Splink",
        [*asked_last, *not_filed],
        lambda each: splink_answers(_filed(people, last), each),
        in_one_go=True,
    )
    splink_last, splink_innocent = splink[: len(asked_last)], splink[len(asked_last) :]

    missed = [one for one, answer in zip(asked_last, by_name[-1], strict=True) if answer.rank is None]
    scanned = kept.answers(
        "full scan", missed, lambda each: full_scan_answers(_filed(people, last), each), in_one_go=True
    )

    def by_rule(title: str, rule: StrictRule, *, expanded: bool) -> Way:
        """A rule calls nobody likely: whom it finds is a hit."""

        def answers(of: str, asked: Sequence[Asked], *kinds: str) -> list[Answered]:
            def answer(query: PersonQuery) -> SearchResult:
                return search_strict(query, rule=rule, expanded=expanded, kinds=kinds, limit=LOOKED_AT)

            return kept.answers(f"{title}, {of}", asked, lambda each: by(answer, each))

        found = answers(last.title, asked_last, OTHERS, last.title)
        false_hits = false_hits_per_thousand(answers("innocent", not_filed, OTHERS), from_bits=float("-inf"))
        return Way(title, tally(found), false_hits, false_hits)

    mistakes = [(kind, with_mistake(people, kind, few, seed=seed + 2)) for kind in KINDS]
    mistakes.append(("none, the 50 commonest names", with_common_names(people, few, seed=seed + 5)))
    strangers = [(origin, innocent(census, few, seed=seed + 4, origin=origin)) for origin in ORIGINS]
    strangers.append(("the 50 commonest names", innocent_with_common_names(people, census, few, seed=seed + 6)))
    return Results(
        others=len(people),
        questions=questions,
        keys=VERSION.decode(),
        is_trained=current_weights() is not NOTHING_LEARNED,
        febrl=tuple(Line(each.title, tally(found)) for each, found in zip(sets, by_name, strict=True)),
        febrl_whole=tuple(Line(each.title, tally(found)) for each, found in zip(sets, whole, strict=True)),
        ways=(
            _way("ranked (default)", by_name[-1], on_innocent),
            by_rule("strict, national rule", NATIONAL, expanded=False),
            by_rule("strict, expanded birth date", NATIONAL, expanded=True),
            by_rule("Soundex and birth date", SOUNDEX_AND_BIRTH_DATE, expanded=False),
            _way("Splink", splink_last, splink_innocent),
        ),
        mistakes=tuple(Line(kind, tally(ask(f"mistake {kind}", asked))) for kind, asked in mistakes),
        origins=tuple(
            Line(origin, tally(ask(f"origin {origin}", of_origin(people, origin, few, seed=seed + 3))))
            for origin in ORIGINS
        ),
        innocents=(
            _innocents("as in the country", on_innocent),
            *(_innocents(title, ask(f"innocent {title}", asked)) for title, asked in strangers),
        ),
        missed=len(missed),
        found_by_full_scan=sum(one.rank is not None for one in scanned),
        curve=curve(by_name[-1], on_innocent),
        splink_curve=curve(splink_last, splink_innocent),
    )


def curve(found: Sequence[Answered], innocents: Sequence[Answered]) -> tuple[CurvePoint, ...]:
    """What each threshold would give, from the lowest."""
    return tuple(
        CurvePoint(
            bits,
            sum(one.right_bits is not None and one.right_bits >= bits for one in found) / max(1, len(found)),
            false_hits_per_thousand(innocents, from_bits=bits),
        )
        for bits in CURVE_BITS
    )


def _filed(people: Sequence[CensusPerson], last: FebrlSet) -> Iterator[Filed]:
    for other in people:
        yield Filed(OTHERS, other.number, other.name, other.birth_date)
    for person in last.filed:
        if person.name is not None:
            yield Filed(last.title, person.person, person.name, person.birth_date)


def _way(title: str, found: Sequence[Answered], innocents: Sequence[Answered]) -> Way:
    return Way(
        title,
        tally(found),
        false_hits_per_thousand(innocents, from_bits=LIKELY_BITS),
        false_hits_per_thousand(innocents, from_bits=POSSIBLE_BITS),
    )


def _innocents(title: str, answers: Sequence[Answered]) -> Innocents:
    return Innocents(
        title,
        len(answers),
        false_hits_per_thousand(answers, from_bits=LIKELY_BITS),
        false_hits_per_thousand(answers, from_bits=POSSIBLE_BITS),
    )
