"""How sure it is that a record is of the person asked for, and why: a log-likelihood over the fields.

Pure. Names are compared in `names_alike`, birth dates by their parts and digits; the weights and thresholds are in
`weights`. The names of a row and the rest of it are fitted by themselves, because in many rows one of them repeats.
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

from rapidfuzz.distance import OSA, Hamming

from openclets.people import weights as w
from openclets.people.described import Described
from openclets.people.fold import Given, Surname
from openclets.people.names_alike import given_level, middle_level, surname_level
from openclets.people.weights import Field, Level, Outcome, Verdict

_ONLY_IF_ASKED = frozenset((Field.NUMBER, Field.ADDRESS))
"""Of what was not asked, this much of a record is nobody's business at this place."""

_READS_WELL_BITS: Final = 5.0
"""One name that is close as it stands: reading them exchanged cannot be better, and costs as much again."""

_BELOW_POSSIBLE: Final = w.POSSIBLE_FROM * 0.999
_BELOW_LIKELY: Final = w.LIKELY_FROM * 0.999
"""Where a score is held whose verdict is withheld."""

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


class NamesFit(NamedTuple):
    """How the names fit, as they stand or `exchanged`; `bits` with what their shares add. `agrees`: surname or given
    name does; `carries`: both do; `is_enough`: both together are worth ENOUGH_NAME_BITS and none differs."""

    levels: tuple[Level, Level, Level]
    bits: float
    exchanged: bool
    agrees: bool
    carries: bool
    is_enough: bool


class RestFit(NamedTuple):
    """How everything else fits: suffix, birth date, sex, race, number, address, in this order. `carries`: birth date or
    number does; `has_number`: one is the same."""

    levels: tuple[Level, ...]
    bits: float
    carries: bool
    differs: bool
    has_number: bool


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
    names = fit_names(asked, exchanged, recorded.family, recorded.others, share, trained)
    rest = fit_rest(
        asked,
        suffix=recorded.name.suffix,
        born=birth_level(asked, recorded),
        sex=recorded.sex,
        race=recorded.race,
        numbers=recorded.numbers,
        address=recorded.address,
        trained=trained,
    )
    return judge(names, rest)


def fit_names(
    asked: Described,
    exchanged: Described | None,
    family: Surname | None,
    others: Given,
    share: NameShare | None,
    trained: Mapping[Level, float],
) -> NamesFit:
    """The names asked against those recorded, and exchanged where they do not read well as they stand."""
    levels, bits = _names(asked, family, others, share, trained)
    is_exchanged = False
    reads_well = levels[0].bits >= _READS_WELL_BITS or levels[1].bits >= _READS_WELL_BITS
    if exchanged is not None and not reads_well and _may_be_exchanged(exchanged, family, others):
        turned, turned_bits = _names(exchanged, family, others, share, trained)
        if turned_bits + w.NAMES_EXCHANGED_BITS > bits:
            levels, bits, is_exchanged = turned, turned_bits + w.NAMES_EXCHANGED_BITS, True
    first, second, _ = levels
    return NamesFit(
        levels,
        bits,
        is_exchanged,
        first.bits > 0 or second.bits > 0,
        first.carries and second.carries,
        first.bits + second.bits >= w.ENOUGH_NAME_BITS and not _any_differs(levels),
    )


def fit_rest(
    asked: Described,
    *,
    suffix: str,
    born: Level,
    sex: str,
    race: str,
    numbers: frozenset[str],
    address: str,
    trained: Mapping[Level, float],
) -> RestFit:
    """Everything but the names against what is recorded; `born` as `birth_level` has it."""
    number = _number(asked.numbers, numbers)
    levels = (
        _suffix(asked.name.suffix, suffix),
        born,
        _sex(asked.sex, sex),
        _race(asked.race, race),
        number,
        _address(asked.address, address),
    )
    return RestFit(
        levels,
        _bits(levels, trained),
        born.carries or number.carries,
        _any_differs(levels),
        number is w.NUMBER_SAME,
    )


def judge(names: NamesFit, rest: RestFit) -> Comparison:
    """1. No name agrees: never more than UNLIKELY, whatever the birth date; POSSIBLE where a number agrees. 2. LIKELY
    only where surname, given name, and birth date or number, all carry. 3. Otherwise by the score, but a record of that
    name that agrees with the little that was asked is POSSIBLE, and so is one whose number agrees."""
    bits = names.bits + rest.bits
    score = 1.0 / (1.0 + 2.0 ** -max(-60.0, min(60.0, bits + w.PRIOR_BITS)))
    if not names.agrees and not rest.has_number:
        score, verdict = min(score, _BELOW_POSSIBLE), Verdict.UNLIKELY
    else:
        if not (names.carries and rest.carries):
            score = min(score, _BELOW_LIKELY)
        if score < w.POSSIBLE_FROM and (rest.has_number or (names.is_enough and not rest.differs)):
            score = w.POSSIBLE_FROM
        verdict = Verdict.UNLIKELY if score < w.POSSIBLE_FROM else Verdict.POSSIBLE
        if score >= w.LIKELY_FROM:
            verdict = Verdict.LIKELY
    return Comparison(score, verdict, bits, names.levels + rest.levels, names.exchanged)


def explain(comparison: Comparison, asked: Described, recorded: Described) -> tuple[FieldComparison, ...]:
    """Every field in words, names first. A field neither side has is left out."""
    shown = []
    for level, mine, theirs in zip(comparison.levels, words_of(asked), words_of(recorded), strict=True):
        if not mine and (not theirs or level.field in _ONLY_IF_ASKED):
            continue
        if level.field is Field.NUMBER:
            theirs = _numbers_to_tell(asked, recorded)
            mine = theirs if level is w.NUMBER_SAME else mine
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


def _any_differs(levels: Sequence[Level]) -> bool:
    return any([level.outcome is Outcome.DIFFERS for level in levels])


def _names(
    asked: Described,
    recorded_family: Surname | None,
    recorded_others: Given,
    share: NameShare | None,
    trained: Mapping[Level, float],
) -> tuple[tuple[Level, Level, Level], float]:
    family = surname_level(asked.family, recorded_family)
    first = given_level(asked.others, recorded_others)
    middle = w.MIDDLE_MISSING if first is w.GIVEN_BY_MIDDLE else middle_level(asked.others, recorded_others)
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


def _may_be_exchanged(exchanged: Described, family: Surname | None, others: Given) -> bool:
    """Spares the rest of the comparison for nearly everybody. One name is enough: the other may be wrong besides."""
    if exchanged.family is None or surname_level(exchanged.family, family).bits > 0:
        return True
    one, other = exchanged.others.first, others.first
    return one is not None and other is not None and one.letters == other.letters


def _by_share(share: float | None, bits: float) -> float:
    """What to add to the bits of agreeing, so that a rare name weighs more and a common one less."""
    if not share:
        return 0.0
    return max(w.SHARE_BITS_LEAST, min(w.SHARE_BITS_MOST, -log2(share))) - bits


def _suffix(asked: str, recorded: str) -> Level:
    if not asked or not recorded:
        return w.SUFFIX_MISSING
    return w.SUFFIX_SAME if _generation(asked) == _generation(recorded) else w.SUFFIX_DIFFERS


def _generation(suffix: str) -> str:
    """A son of the same name writes JR or II."""
    return "II" if suffix == "JR" else suffix


def birth_level(asked: Described, recorded: Described) -> Level:
    """By the birth dates, or where either side has none by the ages."""
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


def words_of(person: Described) -> tuple[str, ...]:
    """What one side says of each field, in the order of a comparison's levels, '' where it says nothing."""
    if person.birth_date is not None:
        born = person.birth_date.isoformat()
    else:
        born = f"age {person.age}" if person.age is not None else ""
    return (
        person.name.surname,
        person.name.given,
        person.name.middle,
        person.name.suffix,
        born,
        person.sex,
        person.race,
        ", ".join(sorted(person.numbers)),
        person.address,
    )


def _sentence(level: Level, asked: str, recorded: str) -> str:
    if level.outcome is Outcome.AGREES and asked == recorded:
        return asked
    if level.outcome is Outcome.MISSING:
        if asked and recorded:
            return f"asked {asked}, recorded {recorded}: not compared"
        return f"recorded {recorded}, not asked" if recorded else f"asked {asked}, not recorded"
    return f"asked {asked}, recorded {recorded or 'nothing'}: {level.text}"
