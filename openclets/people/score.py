"""How sure it is that a record is of the person asked for, and why: a log-likelihood over the fields.

Pure. Names are compared by letters (Jaro-Winkler, edits), sound and nickname, birth dates by their parts and digits;
the weights and thresholds are in `weights`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import log2
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from rapidfuzz.distance import OSA, Hamming, JaroWinkler

from openclets.people import weights as w
from openclets.people.described import Described
from openclets.people.fold import Given, Surname, Word
from openclets.people.weights import Field, Level, Outcome, Verdict

_ONLY_IF_ASKED = frozenset((Field.NUMBER, Field.ADDRESS))
"""Of what was not asked, this much of a record is nobody's business at this place."""

_READS_WELL_BITS: Final = 5.0
"""One name that is close as it stands: reading them exchanged cannot be better, and costs as much again."""

_STREET_WORDS = frozenset(
    "ST STREET AVE AVENUE RD ROAD DR DRIVE LN LANE CT COURT PL PLACE BLVD WAY CIR APT UNIT".split()
)
"""Words that half of all addresses share."""

NameShare = Callable[[Literal["surname", "given"], str], float | None]
"""The share of people (above 0, at most 1) who bear a folded name, or None where it is not known."""


@dataclass(frozen=True, slots=True)
class FieldComparison:
    """One line of why: `text` is for the officer, `outcome` what to colour it by."""

    field: Field
    outcome: Outcome
    text: str


class Comparison(NamedTuple):
    """What comparing found. `score` is a probability from 0 to 1, held below a verdict's threshold where the verdict is
    withheld; `bits` is what it comes from."""

    score: float
    verdict: Verdict
    bits: float
    levels: tuple[Level, ...]
    exchanged: bool


def compare(
    asked: Described,
    recorded: Described,
    *,
    exchanged: Described | None = None,
    share: NameShare | None = None,
    trained: Mapping[Level, float] = MappingProxyType({}),
) -> Comparison:
    """Compares every field. `exchanged` is `with_names_exchanged(asked)`, given by the caller because many records are
    compared with one question. `trained` has the bits of levels that are worth something else than the table says."""
    names, name_bits = _names(asked, recorded, share, trained)
    is_exchanged = False
    reads_well = names[0].bits >= _READS_WELL_BITS or names[1].bits >= _READS_WELL_BITS
    if exchanged is not None and not reads_well and _may_be_exchanged(exchanged, recorded):
        turned, turned_bits = _names(exchanged, recorded, share, trained)
        if turned_bits + w.NAMES_EXCHANGED_BITS > name_bits:
            names, name_bits, is_exchanged = turned, turned_bits + w.NAMES_EXCHANGED_BITS, True
    born = _birth(asked, recorded)
    rest = (
        _suffix(asked.name.suffix, recorded.name.suffix),
        born,
        _sex(asked.sex, recorded.sex),
        _race(asked.race, recorded.race),
        _number(asked.numbers, recorded.numbers),
        _address(asked.address, recorded.address),
    )
    bits = name_bits + _bits(rest, trained)
    score, verdict = _verdict(bits, names, rest)
    return Comparison(score, verdict, bits, (*names, *rest), is_exchanged)


def explain(comparison: Comparison, asked: Described, recorded: Described) -> tuple[FieldComparison, ...]:
    """Every field in words, names first. A field neither side has is left out."""
    shown = []
    for level in comparison.levels:
        mine, theirs = words_of(level.field, asked), words_of(level.field, recorded)
        if level.field is Field.NUMBER:
            theirs = _numbers_to_tell(asked, recorded)
            mine = theirs if level is w.NUMBER_SAME else mine
        if (not mine and not theirs) or (level.field in _ONLY_IF_ASKED and not mine):
            continue
        shown.append(FieldComparison(level.field, level.outcome, _sentence(level, mine, theirs)))
    if comparison.exchanged:
        shown[0] = FieldComparison(Field.SURNAME, Outcome.SIMILAR, f"surname and given name exchanged: {shown[0].text}")
    another = name_beside_number(comparison.levels)
    if another:
        place = next(place for place, line in enumerate(shown) if line.field is Field.NUMBER)
        warning = f"{shown.pop(place).text}: BUT THE {another.upper()} IS ANOTHER"
        shown.insert(0, FieldComparison(Field.NUMBER, Outcome.AGREES, warning))
    return tuple(shown)


def _numbers_to_tell(asked: Described, recorded: Described) -> str:
    """Those in common, else those of the kinds asked: further numbers of a record are nobody's business here."""
    kinds = {text.partition(":")[0] for text in asked.numbers}
    told = asked.numbers & recorded.numbers or {text for text in recorded.numbers if text.partition(":")[0] in kinds}
    return ", ".join(sorted(told))


def name_beside_number(levels: Sequence[Level]) -> str:
    """Where a number agrees: which name does not (name, surname, given name), '' where none differs. The number was
    taken over or mistyped, somebody goes by a false name, or the name was changed."""
    family, first, *_ = levels
    if w.NUMBER_SAME not in levels:
        return ""
    if family.outcome is Outcome.DIFFERS:
        return "surname" if first.bits > 0 else "name"
    if first.outcome is Outcome.DIFFERS:
        return "given name" if family.bits > 0 else "name"
    return ""


def _verdict(bits: float, names: Sequence[Level], rest: Sequence[Level]) -> tuple[float, Verdict]:
    """1. No name agrees: never more than UNLIKELY, whatever the birth date; POSSIBLE where a number agrees. 2. LIKELY
    only where surname, given name, and birth date or number, all carry. 3. Otherwise by the score, but a record of that
    name that agrees with the little that was asked is POSSIBLE, and so is one whose number agrees."""
    family, first, _ = names
    _, born, _, _, number, _ = rest
    score = 1.0 / (1.0 + 2.0 ** -max(-60.0, min(60.0, bits + w.PRIOR_BITS)))
    if family.bits <= 0 and first.bits <= 0 and number is not w.NUMBER_SAME:
        return min(score, _below(w.POSSIBLE_FROM)), Verdict.UNLIKELY
    if not (family.carries and first.carries and (born.carries or number.carries)):
        score = min(score, _below(w.LIKELY_FROM))
    is_enough = family.bits + first.bits >= w.ENOUGH_NAME_BITS and not _any_differs(names, rest)
    if score < w.POSSIBLE_FROM and (is_enough or number is w.NUMBER_SAME):
        return w.POSSIBLE_FROM, Verdict.POSSIBLE
    if score >= w.LIKELY_FROM:
        return score, Verdict.LIKELY
    return score, Verdict.POSSIBLE if score >= w.POSSIBLE_FROM else Verdict.UNLIKELY


def _any_differs(names: Sequence[Level], rest: Sequence[Level]) -> bool:
    return any(level.outcome is Outcome.DIFFERS for level in (*names, *rest))


def _below(threshold: float) -> float:
    return threshold * 0.999


def _names(
    asked: Described, recorded: Described, share: NameShare | None, trained: Mapping[Level, float]
) -> tuple[tuple[Level, Level, Level], float]:
    family = _surname(asked.family, recorded.family)
    first = _given(asked.others, recorded.others)
    middle = w.MIDDLE_MISSING if first is w.GIVEN_BY_MIDDLE else _middle(asked.others, recorded.others)
    bits = _bits((family, first, middle), trained)
    if share is not None:
        if family is w.SURNAME_SAME and asked.family is not None:
            bits += _by_share(share("surname", asked.family.whole.letters), trained.get(family, family.bits))
        if first is w.GIVEN_SAME and asked.others.first is not None:
            bits += _by_share(share("given", asked.others.first.letters), trained.get(first, first.bits))
    return (family, first, middle), bits


def _bits(levels: Sequence[Level], trained: Mapping[Level, float]) -> float:
    if not trained:
        return sum([level.bits for level in levels])
    return sum([trained.get(level, level.bits) for level in levels])


def _may_be_exchanged(exchanged: Described, recorded: Described) -> bool:
    """Spares the rest of the comparison for nearly everybody. One name is enough: the other may be wrong besides."""
    if exchanged.family is None or _surname(exchanged.family, recorded.family).bits > 0:
        return True
    one, other = exchanged.others.first, recorded.others.first
    return one is not None and other is not None and one.letters == other.letters


def _by_share(share: float | None, bits: float) -> float:
    """What to add to the bits of agreeing, so that a rare name weighs more and a common one less."""
    if not share:
        return 0.0
    return max(w.SHARE_BITS_LEAST, min(w.SHARE_BITS_MOST, -log2(share))) - bits


@lru_cache(maxsize=1 << 14)
def _surname(asked: Surname | None, recorded: Surname | None) -> Level:
    if asked is None or recorded is None:
        return w.SURNAME_MISSING
    if asked.whole.letters == recorded.whole.letters:
        return w.SURNAME_SAME
    if asked.core.letters == recorded.core.letters:
        return w.SURNAME_PARTICLE
    best = 0
    for one in asked.forms:
        for other in recorded.forms:
            if one.letters == other.letters:
                return w.SURNAME_HALF
            best = max(best, _likeness(one, other))
    return (w.SURNAME_DIFFERS, w.SURNAME_LIKE, w.SURNAME_CLOSE)[best]


def _given(asked: Given, recorded: Given) -> Level:
    one, other = asked.first, recorded.first
    if one is None or other is None:
        return w.GIVEN_MISSING
    if one.letters == other.letters:
        return w.GIVEN_INITIAL if one.is_initial else w.GIVEN_SAME
    if _is_joined(asked, recorded):
        return w.GIVEN_SAME
    if one.is_initial or other.is_initial:
        return w.GIVEN_INITIAL if one.letters[0] == other.letters[0] else w.GIVEN_DIFFERS
    likeness = _likeness(one, other)
    if likeness == 2:
        return w.GIVEN_CLOSE
    if one.groups and other.groups and not set(one.groups).isdisjoint(other.groups):
        return w.GIVEN_NICKNAME
    if _stands_among(one, recorded.others) or _stands_among(other, asked.others):
        return w.GIVEN_BY_MIDDLE
    return w.GIVEN_LIKE if likeness else w.GIVEN_DIFFERS


def _is_joined(asked: Given, recorded: Given) -> bool:
    """MARYANN and MARY ANN."""
    one, other = asked.first, recorded.first
    return (other is not None and asked.joined == other.letters) or (one is not None and recorded.joined == one.letters)


def _stands_among(one: Word, others: Sequence[Word]) -> bool:
    for other in others:
        if not other.is_initial and (one.letters == other.letters or _likeness(one, other) == 2):
            return True
    return False


def _middle(asked: Given, recorded: Given) -> Level:
    if not asked.others or not recorded.others:
        return w.MIDDLE_MISSING
    best = w.MIDDLE_DIFFERS
    for one in asked.others:
        for other in recorded.others:
            level = _middle_words(one, other)
            if level.bits > best.bits:
                best = level
    return best


def _middle_words(one: Word, other: Word) -> Level:
    if one.is_initial or other.is_initial:
        return w.MIDDLE_INITIAL if one.letters[0] == other.letters[0] else w.MIDDLE_DIFFERS
    if one.letters == other.letters:
        return w.MIDDLE_SAME
    return w.MIDDLE_CLOSE if _likeness(one, other) == 2 else w.MIDDLE_DIFFERS


def _likeness(one: Word, other: Word) -> int:
    """2 close, 1 somewhat alike, 0 different. Own decision, tried on the table of pairs in the tests."""
    if one.spellings and other.spellings and not set(one.spellings).isdisjoint(other.spellings):
        return 2
    a, b = one.letters, other.letters
    likeness = JaroWinkler.similarity(a, b, score_cutoff=0.7)
    if not likeness:
        return 0
    same_sounds = (one.sounds[0] == other.sounds[0]) + (one.sounds[1] == other.sounds[1])
    if same_sounds < 2 and not set(one.slavic).isdisjoint(other.slavic):
        same_sounds += 1
    if one.spellings and other.spellings:
        # Both are known, and as two names (HASSAN, HUSSEIN), however alike they sound.
        return 1 if likeness >= 0.88 else 0
    shorter = min(len(a), len(b))
    if same_sounds == 2 or likeness >= 0.95:
        return 2
    edits = OSA.distance(a, b, score_cutoff=2)
    if (edits == 1 and shorter >= 4) or (edits == 2 and shorter >= 8) or (same_sounds and likeness >= 0.88):
        return 2
    if likeness >= 0.88 or (edits == 2 and shorter >= 6) or (same_sounds and likeness >= 0.78):
        return 1
    return 0


def _suffix(asked: str, recorded: str) -> Level:
    if not asked or not recorded:
        return w.SUFFIX_MISSING
    return w.SUFFIX_SAME if _generation(asked) == _generation(recorded) else w.SUFFIX_DIFFERS


def _generation(suffix: str) -> str:
    """A son of the same name writes JR or II."""
    return "II" if suffix == "JR" else suffix


def _birth(asked: Described, recorded: Described) -> Level:
    if asked.birth_date is not None and recorded.birth_date is not None:
        return compare_birth_dates(asked.birth_date, recorded.birth_date)
    mine, theirs = _born_between(asked), _born_between(recorded)
    if mine is None or theirs is None:
        return w.BORN_MISSING
    apart = max((mine[0] - theirs[1]).days, (theirs[0] - mine[1]).days)
    if apart <= w.AGE_SLACK_DAYS:
        return w.BORN_AGE_FITS
    return w.BORN_AGE_NEAR if apart <= w.AGE_NEAR_DAYS else w.BORN_AGE_DIFFERS


def compare_birth_dates(one: date, other: date) -> Level:
    """The best level that holds, from the same day down to another date."""
    if one == other:
        return w.BORN_SAME
    same_year, same_month, same_day = one.year == other.year, one.month == other.month, one.day == other.day
    if not (same_year or same_month or same_day):
        return w.BORN_DIFFERS
    if same_month and same_day and abs(one.year - other.year) == 1:
        return w.BORN_YEAR_OFF
    if same_year and (one.day, one.month) == (other.month, other.day):
        return w.BORN_EXCHANGED
    mine, theirs = one.isoformat().replace("-", ""), other.isoformat().replace("-", "")
    edits = OSA.distance(mine, theirs, score_cutoff=1)
    if edits == 1:
        return w.BORN_ONE_DIGIT if Hamming.distance(mine, theirs) == 1 else w.BORN_DIGITS_TURNED
    if same_year:
        if same_day:
            return w.BORN_YEAR_AND_DAY
        return w.BORN_YEAR_AND_MONTH if same_month else w.BORN_YEAR_ONLY
    return w.BORN_MONTH_AND_DAY if same_month and same_day else w.BORN_DIFFERS


def _born_between(person: Described) -> tuple[date, date] | None:
    if person.birth_date is not None:
        return person.birth_date, person.birth_date
    if person.born_from is not None and person.born_to is not None:
        return person.born_from, person.born_to
    return None


def _sex(asked: str, recorded: str) -> Level:
    """Only M and F are held against each other: X and U are what is not known elsewhere."""
    if asked not in ("M", "F") or recorded not in ("M", "F"):
        return w.SEX_MISSING
    return w.SEX_SAME if asked == recorded else w.SEX_DIFFERS


def _race(asked: str, recorded: str) -> Level:
    if asked in ("", "U") or recorded in ("", "U"):
        return w.RACE_MISSING
    return w.RACE_SAME if asked == recorded else w.RACE_DIFFERS


def _number(asked: frozenset[str], recorded: frozenset[str]) -> Level:
    if not asked or not recorded:
        return w.NUMBER_MISSING
    if not asked.isdisjoint(recorded):
        return w.NUMBER_SAME
    kinds = {text.partition(":")[0] for text in asked}
    return w.NUMBER_DIFFERS if any(text.partition(":")[0] in kinds for text in recorded) else w.NUMBER_MISSING


def _address(asked: str, recorded: str) -> Level:
    """House number first, and the words of street and place; a postal code is a word too."""
    if not asked or not recorded:
        return w.ADDRESS_MISSING
    mine, theirs = _address_words(asked), _address_words(recorded)
    shared = mine & theirs
    numbers = sum(word[0].isdigit() for word in shared)
    words = len(shared) - numbers
    if numbers and words >= 2:
        return w.ADDRESS_SAME
    return w.ADDRESS_LIKE if len(shared) >= 2 else w.ADDRESS_DIFFERS


@lru_cache(maxsize=1 << 12)
def _address_words(address: str) -> frozenset[str]:
    words = re.findall(r"[^\W_]+", address.upper())
    return frozenset(word for word in words if word not in _STREET_WORDS)


def words_of(field: Field, person: Described) -> str:
    """What one side says of a field, '' where it says nothing."""
    if field is Field.SURNAME:
        return person.name.surname
    if field is Field.GIVEN:
        return person.name.given
    if field is Field.MIDDLE:
        return person.name.middle
    if field is Field.SUFFIX:
        return person.name.suffix
    if field is Field.SEX:
        return person.sex
    if field is Field.RACE:
        return person.race
    if field is Field.NUMBER:
        return ", ".join(sorted(person.numbers))
    if field is Field.ADDRESS:
        return person.address
    if person.birth_date is not None:
        return person.birth_date.isoformat()
    return f"age {person.age}" if person.age is not None else ""


def _sentence(level: Level, asked: str, recorded: str) -> str:
    if level.outcome is Outcome.AGREES and asked == recorded:
        return asked
    if level.outcome is Outcome.MISSING:
        if asked and recorded:
            return f"asked {asked}, recorded {recorded}: not compared"
        return f"recorded {recorded}, not asked" if recorded else f"asked {asked}, not recorded"
    return f"asked {asked}, recorded {recorded or 'nothing'}: {level.text}"
