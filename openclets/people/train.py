"""Learning without labels, from the index itself: how common names are, and what each agreement is worth.

How often two people met by chance agree (u) is counted in random pairs of the index; with the shipped weights it says
how often two records of one person should agree (m). How often they do is found by expectation and maximisation over
the pairs the search finds: each pair counts as one person's as far as the weights so far say so, and the weights are
then counted anew; a weight moves as far as the one m is from the other. Pairs the search does not find count as two
people's, which they nearly all are. Source: Fellegi and Sunter (1969); Dempster, Laird and Rubin, "Maximum likelihood
from incomplete data via the EM algorithm" (1977). Deterministic: the same index gives the same weights.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log2
from random import Random
from typing import Final

from openclets.people import weights as w
from openclets.people.candidates import FoundName, names_by_keys
from openclets.people.compared import recorded_as
from openclets.people.described import Described, with_names_exchanged
from openclets.people.fold import given, surname
from openclets.people.keys import keys_of_question
from openclets.people.learned import LEVELS, Learned
from openclets.people.score import compare
from openclets.people.statements import run
from openclets.people.weights import Field, Level, Outcome
from openclets.vocabulary.persons import PersonName

SAMPLED_NAMES: Final = 3_000
RANDOM_PAIRS: Final = 150_000
ROUNDS: Final = 15
"""Own decisions: enough for figures that no longer move in the second decimal."""

NEAR_EACH: Final = 64
"""Names compared with each sampled one, those most like first. Own decision."""

MOST_NAMES: Final = 20_000
"""Common names kept of each kind; the rest count as as rare as the rarest of them. Own decision."""

FEWEST_SEEN: Final = 5
"""Bearers a name needs for its share to say anything. Own decision."""

PSEUDO_PAIRS: Final = 50.0
"""What the shipped table counts for, in pairs: an index with few pairs of one person changes little. Own decision."""

MOST_MOVED_BITS: Final = 2.5
"""A trained weight stays this near to the shipped one. Records of one person copied from each other agree more than
an officer's question agrees with a record, and must not teach that a difference is impossible. Own decision."""


@dataclass(frozen=True, slots=True)
class Trained:
    """`pairs`: compared pairs; `same_person`: how many of them are one person's, as far as can be told."""

    learned: Learned
    names: int
    pairs: int
    same_person: float


@dataclass(frozen=True, slots=True)
class _Pair:
    """`extra_bits`: what the shares of its names add to its levels."""

    levels: tuple[Level, ...]
    extra_bits: float


def train() -> Trained:
    """Weights and shares of this database's index. Takes a minute or so; reads only.

    Raises: ValueError when the index has too few names to learn from.
    """
    shares = shares_of_index()
    names = _names_in_index()
    if names < 2 * FEWEST_SEEN:
        raise ValueError(f"the index has {names} names: too few to learn from")
    sample = _sampled()
    by_chance = _frequencies(_random_levels(sample))
    pairs = _pairs_of_one_person_or_not(sample, shares)
    bits, same_person = _learn(pairs, by_chance, all_pairs=len(sample) * names)
    learned = Learned(bits, shares.surnames, shares.givens, shares.rarest_surname, shares.rarest_given)
    return Trained(learned, names, len(pairs), same_person)


def shares_of_index() -> Learned:
    """Only how common the index's names are; the weights are those of the table."""
    surnames, givens = Counter[str](), Counter[str]()
    for text, count in run("SELECT surname, count(*) FROM people_indexedname GROUP BY surname", []).fetchall():
        if (family := surname(text)) is not None:
            surnames[family.whole.letters] += count
    for text, count in run("SELECT given, count(*) FROM people_indexedname GROUP BY given", []).fetchall():
        if (first := given(text, "").first) is not None:
            givens[first.letters] += count
    surname_shares, rarest_surname = _shares(surnames)
    given_shares, rarest_given = _shares(givens)
    return Learned(
        surnames=surname_shares, givens=given_shares, rarest_surname=rarest_surname, rarest_given=rarest_given
    )


def _shares(counts: Counter[str]) -> tuple[dict[str, float], float]:
    """The shares of the commonest names, and what a name that is not among them counts as."""
    total = counts.total()
    if not total:
        return {}, 0.0
    kept = [(name, count) for name, count in counts.most_common(MOST_NAMES) if count >= FEWEST_SEEN]
    rarest = (kept[-1][1] if len(kept) == MOST_NAMES else FEWEST_SEEN) / total
    return {name: float(f"{count / total:.4g}") for name, count in sorted(kept)}, float(f"{rarest:.4g}")


def _names_in_index() -> int:
    count: int = run("SELECT count(*) FROM people_indexedname", []).fetchone()[0]  # type: ignore[index]
    return count


def _sampled() -> list[tuple[FoundName, Described]]:
    """Names as if drawn by lot, the same ones each time."""
    rows = run(
        """
        SELECT 0, id, record_kind, record_id, role, surname, given, middle, suffix, birth_date, age, age_as_of, sex,
               race, numbers, address
          FROM people_indexedname
         ORDER BY md5(id::text)
         LIMIT %s
        """,
        [SAMPLED_NAMES],
    ).fetchall()
    found = [FoundName(*row) for row in rows]
    return [(one, recorded_as(one)) for one in found]


def _random_levels(sample: Sequence[tuple[FoundName, Described]]) -> Iterable[tuple[Level, ...]]:
    rng = Random(1969)  # noqa: S311 (a sample, not a secret)
    for _ in range(RANDOM_PAIRS):
        (one, asked), (other, recorded) = rng.sample(sample, 2)
        if _person_of(one) != _person_of(other):
            yield compare(asked, recorded).levels


def _pairs_of_one_person_or_not(sample: Iterable[tuple[FoundName, Described]], shares: Learned) -> list[_Pair]:
    """Every sampled name with those most like it, its own record's left out."""
    pairs = []
    for one, asked in sample:
        keys = keys_of_question(PersonName(one.surname, one.given, one.middle, one.suffix), one.birth_date)
        exchanged = with_names_exchanged(asked)
        for other in names_by_keys(keys, kinds=(), roles=(), most=NEAR_EACH).names:
            if _person_of(one) == _person_of(other):
                continue
            comparison = compare(asked, recorded_as(other), exchanged=exchanged, share=shares.share)
            if not comparison.exchanged:
                plain = sum(level.bits for level in comparison.levels)
                pairs.append(_Pair(comparison.levels, comparison.bits - plain))
    return pairs


def _person_of(found: FoundName) -> tuple[str, int]:
    return found.record_kind, found.record_id


def _frequencies(every: Iterable[tuple[Level, ...]]) -> dict[Level, float]:
    """How often each level is seen by chance, of the pairs where the field is compared at all. What is too rare to be
    seen is as rare as the table holds it, beside the commonest level of its field."""
    counts = Counter(level for levels in every for level in levels if level.outcome is not Outcome.MISSING)
    by_chance: dict[Level, float] = {}
    for field in Field:
        levels = _levels_of(field)
        total = sum(counts[level] for level in levels)
        for level in levels:
            # As a share of one person's records half would be a bold guess for any level; it bounds what is not seen.
            guess = 0.5 * 2.0**-level.bits if level.bits > 0 else 0.5
            by_chance[level] = (counts[level] + guess) / (total + 1.0)
    return by_chance


def _learn(
    pairs: Sequence[_Pair], by_chance: dict[Level, float], *, all_pairs: int
) -> tuple[dict[Level, float], float]:
    shipped = _shipped_shares(by_chance)
    bits = {level: level.bits for level in by_chance}
    prior, same_person = w.PRIOR_BITS, 0.0
    for _ in range(ROUNDS):
        # 1. How far each pair is one person's; 2. how often its levels are seen then; 3. the weights anew.
        weights: defaultdict[Level, float] = defaultdict(float)
        same_person = 0.0
        for pair in pairs:
            total = prior + pair.extra_bits + sum(bits.get(level, 0.0) for level in pair.levels)
            probability = 1.0 / (1.0 + 2.0 ** -max(-60.0, min(60.0, total)))
            same_person += probability
            for level in pair.levels:
                weights[level] += probability
        prior = max(2 * w.PRIOR_BITS, min(-1.0, log2((same_person + 1e-6) / all_pairs)))
        for field in Field:
            levels = [level for level in _levels_of(field) if level in by_chance]
            seen = sum(weights[level] for level in levels)
            for level in levels:
                one_person = (weights[level] + PSEUDO_PAIRS * shipped[level]) / (seen + PSEUDO_PAIRS)
                # Against what the table says of this index: one without pairs of one person leaves the table as it is.
                moved = log2(one_person / shipped[level])
                bits[level] = level.bits + max(-MOST_MOVED_BITS, min(MOST_MOVED_BITS, moved))
    return {level: round(each, 3) for level, each in bits.items()}, same_person


def _shipped_shares(by_chance: dict[Level, float]) -> dict[Level, float]:
    """What the shipped weights say of one person's records, where chance is what this index shows."""
    shares: dict[Level, float] = {}
    for field in Field:
        levels = [level for level in _levels_of(field) if level in by_chance]
        raw = {level: by_chance[level] * 2.0**level.bits for level in levels}
        total = sum(raw.values())
        shares |= {level: value / total for level, value in raw.items()}
    return shares


def _levels_of(field: Field) -> list[Level]:
    return [level for level in LEVELS.values() if level.field is field and level.outcome is not Outcome.MISSING]
