"""How alike two surnames, given names or further names are: by letters (Jaro-Winkler, edits), sound and nickname.

Pure. Sounds are asked for last: making them costs more than all the rest, and letters decide most pairs alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rapidfuzz.distance import OSA, JaroWinkler

from openclets.people import weights as w
from openclets.people.fold import Given, Surname, Word
from openclets.people.weights import Level

_BY_LIKENESS: Final = (w.SURNAME_DIFFERS, w.SURNAME_LIKE, w.SURNAME_CLOSE)


def surname_level(asked: Surname | None, recorded: Surname | None) -> Level:
    """The best of every way to call either."""
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
            if best < 2:
                best = max(best, likeness(one, other))
    return _BY_LIKENESS[best]


def given_level(asked: Given, recorded: Given) -> Level:
    """The names called by, also joined (MARY ANN), in another form, or standing among the other's further names."""
    one, other = asked.first, recorded.first
    if one is None or other is None:
        return w.GIVEN_MISSING
    if one.letters == other.letters:
        return w.GIVEN_INITIAL if one.is_initial else w.GIVEN_SAME
    if (asked.others and asked.joined == other.letters) or (recorded.others and recorded.joined == one.letters):
        return w.GIVEN_SAME
    if one.is_initial or other.is_initial:
        return w.GIVEN_INITIAL if one.letters[0] == other.letters[0] else w.GIVEN_DIFFERS
    alike = likeness(one, other)
    if alike == 2:
        return w.GIVEN_CLOSE
    if one.groups and other.groups and not set(one.groups).isdisjoint(other.groups):
        return w.GIVEN_NICKNAME
    if (recorded.others and _stands_among(one, recorded.others)) or (
        asked.others and _stands_among(other, asked.others)
    ):
        return w.GIVEN_BY_MIDDLE
    return w.GIVEN_LIKE if alike else w.GIVEN_DIFFERS


def middle_level(asked: Given, recorded: Given) -> Level:
    """The best pair of further given names."""
    if not asked.others or not recorded.others:
        return w.MIDDLE_MISSING
    best = w.MIDDLE_DIFFERS
    for one in asked.others:
        for other in recorded.others:
            level = _middle_words(one, other)
            if level.bits > best.bits:
                best = level
    return best


def likeness(one: Word, other: Word) -> int:
    """2 close, 1 somewhat alike, 0 different. Own decision, tried on the table of pairs in the tests."""
    are_known = bool(one.spellings and other.spellings)
    if are_known and not set(one.spellings).isdisjoint(other.spellings):
        return 2
    a, b = one.letters, other.letters
    by_letters = JaroWinkler.similarity(a, b, score_cutoff=0.7)
    if not by_letters:
        return 0
    if are_known:
        # Both are known, and as two names (HASSAN, HUSSEIN), however alike they sound.
        return 1 if by_letters >= 0.88 else 0
    if by_letters >= 0.95:
        return 2
    edits, shorter = OSA.distance(a, b, score_cutoff=2), min(len(a), len(b))
    if (edits == 1 and shorter >= 4) or (edits == 2 and shorter >= 8):
        return 2
    return _by_sounds(one, other, by_letters, looks_alike=by_letters >= 0.88 or (edits == 2 and shorter >= 6))


def _by_sounds(one: Word, other: Word, by_letters: float, *, looks_alike: bool) -> int:
    """Where letters do not say that two words are close: whether they sound so. Of three codes two must be the same, or
    one where the letters are much alike; the costly third is left out where it decides nothing."""
    same = (one.sounds[0] == other.sounds[0]) + (one.sounds[1] == other.sounds[1])
    if same == 2 or (same and by_letters >= 0.88):
        return 2
    alone = 1 if looks_alike or (same and by_letters >= 0.78) else 0
    with_slavic = 2 if same or by_letters >= 0.88 else 1 if looks_alike or by_letters >= 0.78 else 0
    if with_slavic == alone or set(one.slavic).isdisjoint(other.slavic):
        return alone
    return with_slavic


def _stands_among(one: Word, others: Sequence[Word]) -> bool:
    return any(not other.is_initial and (one.letters == other.letters or likeness(one, other) == 2) for other in others)


def _middle_words(one: Word, other: Word) -> Level:
    if one.is_initial or other.is_initial:
        return w.MIDDLE_INITIAL if one.letters[0] == other.letters[0] else w.MIDDLE_DIFFERS
    if one.letters == other.letters:
        return w.MIDDLE_SAME
    return w.MIDDLE_CLOSE if likeness(one, other) == 2 else w.MIDDLE_DIFFERS
