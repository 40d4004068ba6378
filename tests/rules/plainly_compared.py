"""The score reckoned the plain way, every field of every pair anew: what the quick way is held against.

Written as the score was before it was made quick; slow on purpose. Weights and fields' own rules are the program's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log2

from rapidfuzz.distance import OSA, JaroWinkler

from openclets.people import weights as w
from openclets.people.described import Described, with_names_exchanged
from openclets.people.fold import Given, Surname, Word
from openclets.people.learned import Learned
from openclets.people.score import Comparison, birth_level
from openclets.people.weights import Level, Outcome, Verdict

NOTHING_KNOWN = Learned()

Names = tuple[Level, Level, Level]


def plainly_compared(asked: Described, recorded: Described, learned: Learned = NOTHING_KNOWN) -> Comparison:
    """The comparison of two people, names also exchanged where neither fits as it stands."""
    names, bits = _names(asked, recorded, learned)
    exchanged = with_names_exchanged(asked)
    is_exchanged = False
    if names[0].bits < 5.0 and names[1].bits < 5.0 and _one_fits_exchanged(exchanged, recorded):
        turned, turned_bits = _names(exchanged, recorded, learned)
        if turned_bits + w.NAMES_EXCHANGED_BITS > bits:
            names, bits, is_exchanged = turned, turned_bits + w.NAMES_EXCHANGED_BITS, True
    rest = (
        _suffix(asked.name.suffix, recorded.name.suffix),
        birth_level(asked, recorded),
        _sex(asked.sex, recorded.sex),
        _race(asked.race, recorded.race),
        _number(asked.numbers, recorded.numbers),
        _address(asked.address, recorded.address),
    )
    bits += _bits(rest, learned.bits)
    score, verdict = _verdict(bits, names, rest)
    return Comparison(score, verdict, bits, (*names, *rest), is_exchanged)


def _verdict(bits: float, names: Names, rest: Sequence[Level]) -> tuple[float, Verdict]:
    (family, first, _), born, number = names, rest[1], rest[4]
    score = 1.0 / (1.0 + 2.0 ** -max(-60.0, min(60.0, bits + w.PRIOR_BITS)))
    if family.bits <= 0 and first.bits <= 0 and number is not w.NUMBER_SAME:
        return min(score, w.POSSIBLE_FROM * 0.999), Verdict.UNLIKELY
    if not (family.carries and first.carries and (born.carries or number.carries)):
        score = min(score, w.LIKELY_FROM * 0.999)
    differs = any(level.outcome is Outcome.DIFFERS for level in (*names, *rest))
    is_enough = family.bits + first.bits >= w.ENOUGH_NAME_BITS and not differs
    if score < w.POSSIBLE_FROM and (is_enough or number is w.NUMBER_SAME):
        return w.POSSIBLE_FROM, Verdict.POSSIBLE
    if score >= w.LIKELY_FROM:
        return score, Verdict.LIKELY
    return score, Verdict.POSSIBLE if score >= w.POSSIBLE_FROM else Verdict.UNLIKELY


def _names(asked: Described, recorded: Described, learned: Learned) -> tuple[Names, float]:
    family, first = _surname(asked.family, recorded.family), _given(asked.others, recorded.others)
    middle = w.MIDDLE_MISSING if first is w.GIVEN_BY_MIDDLE else _middle(asked.others, recorded.others)
    bits = _bits((family, first, middle), learned.bits)
    if learned.has_shares and family is w.SURNAME_SAME and asked.family is not None:
        share = learned.share("surname", asked.family.whole.letters)
        bits += _by_share(share, learned.bits.get(family, family.bits))
    if learned.has_shares and first is w.GIVEN_SAME and asked.others.first is not None:
        bits += _by_share(learned.share("given", asked.others.first.letters), learned.bits.get(first, first.bits))
    return (family, first, middle), bits


def _by_share(share: float | None, bits: float) -> float:
    return max(w.SHARE_BITS_LEAST, min(w.SHARE_BITS_MOST, -log2(share))) - bits if share else 0.0


def _bits(levels: Sequence[Level], trained: Mapping[Level, float]) -> float:
    return sum([trained.get(level, level.bits) for level in levels])


def _one_fits_exchanged(exchanged: Described, recorded: Described) -> bool:
    one, other = exchanged.others.first, recorded.others.first
    same = one is not None and other is not None and one.letters == other.letters
    return exchanged.family is None or _surname(exchanged.family, recorded.family).bits > 0 or same


def _surname(asked: Surname | None, recorded: Surname | None) -> Level:
    if asked is None or recorded is None:
        return w.SURNAME_MISSING
    if asked.whole.letters == recorded.whole.letters:
        return w.SURNAME_SAME
    if asked.core.letters == recorded.core.letters:
        return w.SURNAME_PARTICLE
    pairs = [(one, other) for one in asked.forms for other in recorded.forms]
    if any(one.letters == other.letters for one, other in pairs):
        return w.SURNAME_HALF
    best = max(plain_likeness(one, other) for one, other in pairs)
    return (w.SURNAME_DIFFERS, w.SURNAME_LIKE, w.SURNAME_CLOSE)[best]


def _given(asked: Given, recorded: Given) -> Level:
    one, other = asked.first, recorded.first
    if one is None or other is None:
        return w.GIVEN_MISSING
    if one.letters == other.letters:
        return w.GIVEN_INITIAL if one.is_initial else w.GIVEN_SAME
    if asked.joined == other.letters or recorded.joined == one.letters:
        return w.GIVEN_SAME
    if one.is_initial or other.is_initial:
        return w.GIVEN_INITIAL if one.letters[0] == other.letters[0] else w.GIVEN_DIFFERS
    likeness = plain_likeness(one, other)
    if likeness == 2:
        return w.GIVEN_CLOSE
    if set(one.groups) & set(other.groups):
        return w.GIVEN_NICKNAME
    beside = [(one, each) for each in recorded.others] + [(other, each) for each in asked.others]
    if any(not b.is_initial and (a.letters == b.letters or plain_likeness(a, b) == 2) for a, b in beside):
        return w.GIVEN_BY_MIDDLE
    return w.GIVEN_LIKE if likeness else w.GIVEN_DIFFERS


def _middle(asked: Given, recorded: Given) -> Level:
    levels = [_middle_words(one, other) for one in asked.others for other in recorded.others]
    return max(levels, key=lambda level: level.bits) if levels else w.MIDDLE_MISSING


def _middle_words(one: Word, other: Word) -> Level:
    if one.is_initial or other.is_initial:
        return w.MIDDLE_INITIAL if one.letters[0] == other.letters[0] else w.MIDDLE_DIFFERS
    if one.letters == other.letters:
        return w.MIDDLE_SAME
    return w.MIDDLE_CLOSE if plain_likeness(one, other) == 2 else w.MIDDLE_DIFFERS


def plain_likeness(one: Word, other: Word) -> int:
    """2 close, 1 somewhat alike, 0 different, every sound made."""
    if set(one.spellings) & set(other.spellings):
        return 2
    letters = JaroWinkler.similarity(one.letters, other.letters, score_cutoff=0.7)
    edits, shorter = OSA.distance(one.letters, other.letters), min(len(one.letters), len(other.letters))
    sounds = (one.sounds[0] == other.sounds[0]) + (one.sounds[1] == other.sounds[1])
    if sounds < 2 and set(one.slavic) & set(other.slavic):
        sounds += 1
    if not letters:
        return 0
    if one.spellings and other.spellings:
        return 1 if letters >= 0.88 else 0
    if sounds == 2 or letters >= 0.95 or (edits == 1 and shorter >= 4) or (edits == 2 and shorter >= 8):
        return 2
    if sounds and letters >= 0.88:
        return 2
    return 1 if letters >= 0.88 or (edits == 2 and shorter >= 6) or (sounds and letters >= 0.78) else 0


def _suffix(asked: str, recorded: str) -> Level:
    if not asked or not recorded:
        return w.SUFFIX_MISSING
    same = asked.replace("JR", "II") == recorded.replace("JR", "II")
    return w.SUFFIX_SAME if same else w.SUFFIX_DIFFERS


def _sex(asked: str, recorded: str) -> Level:
    if {asked, recorded} - {"M", "F"}:
        return w.SEX_MISSING
    return w.SEX_SAME if asked == recorded else w.SEX_DIFFERS


def _race(asked: str, recorded: str) -> Level:
    if {asked, recorded} & {"", "U"}:
        return w.RACE_MISSING
    return w.RACE_SAME if asked == recorded else w.RACE_DIFFERS


def _number(asked: frozenset[str], recorded: frozenset[str]) -> Level:
    if asked & recorded:
        return w.NUMBER_SAME
    same_kind = {text[:3] for text in asked} & {text[:3] for text in recorded}
    return w.NUMBER_DIFFERS if same_kind else w.NUMBER_MISSING


def _address(asked: str, recorded: str) -> Level:
    """Of addresses without a street's own word or a sign."""
    if not asked or not recorded:
        return w.ADDRESS_MISSING
    shared = set(asked.split()) & set(recorded.split())
    words = [each for each in shared if not each[0].isdigit()]
    if len(words) >= 2 and len(words) < len(shared):
        return w.ADDRESS_SAME
    return w.ADDRESS_LIKE if len(shared) >= 2 else w.ADDRESS_DIFFERS
