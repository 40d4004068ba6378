"""Compound keys: what a record is filed under, and what a question looks under.

A key joins two things said about a person that are rarely wrong together (a name's sound and the month and day of
birth; a surname's sound and a given name's sound), so that a posting list stays short in millions of records and
the right person shares many keys even when one field is mistyped. The kinds:

    kind  made of                                         survives
    nd    sound of any name word x two of year/month/day  any other name wrong, one part of the date wrong
    pair  sound x sound of two names, in either order     birth date wrong or missing, names exchanged
    nick  surname's sound x nickname group                BILL for WILLIAM without a birth date
    si    surname's sound x initial of the given name     given name mistyped, cut to an initial or left out
    gi    given name's sound x initial of the surname     surname mistyped or changed
    bd    whole birth date                                every name replaced
    bi    whole birth date x any initial                  every name mistyped behind its first letter
    no    a number                                        everything else wrong
    st    surname's sound x whole birth date              nothing: for the strict answer alone (see `strict`)

A sound is the NYSIIS code of a word or a group of spellings it stands in (ZHANG, CHANG); in `pair` and `nick` also its
Metaphone code, in `si` a Daitch-Mokotoff code. More of them in `nd` found nobody else of FEBRL 3 or of the made-up
mistakes, and doubled the keys.

Which field a word stood in is not part of `nd`, `pair` and `bi`: a given name typed as the surname meets itself.
A question has, besides, the keys of the birth date with day and month exchanged. A year that is off by one, and a
wrong digit, are met by the two of three parts that are right.

A record without a birth date has the keys of its names alone; `index` sees to it that it stands first under them.

A key is the BLAKE2b hash (8 bytes, read big-endian as a signed number) of its kind and parts joined by a zero byte,
personalised with VERSION. Two keys with one hash cost a comparison and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations
from typing import Final, NamedTuple

from openclets.people.facts import (
    BIRTH_DATE,
    DAY,
    GIVEN,
    GIVEN_AGAIN,
    INITIAL,
    MONTH,
    OTHER_NAME,
    SURNAME,
    SURNAME_AGAIN,
    YEAR,
)
from openclets.people.fold import Given, Surname, Word, given, surname, word
from openclets.people.sounds import PhoneticCode, strict_sounds
from openclets.vocabulary.persons import PersonName

VERSION = b"people-keys-2"
"""Part of every hash; keys of another version never meet. A change of the kinds is a new version and a rebuild."""

MAX_KEYS = 200
"""Keys of one name, of a record or a question. Ordinary names have 20 to 50; five-word names are cut here."""

NO_GIVEN = "-"
"""Stands for the initial of a given name that is not there."""

INITIALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


_Said = tuple[tuple[str, ...], int]
"""The kind and parts of a key, and the facts (see `facts`) that a name agrees in which shares it."""

_ALGORITHMS: Final = (
    (0, SURNAME, GIVEN),
    (1, SURNAME_AGAIN, GIVEN_AGAIN),
)
"""NYSIIS and Metaphone, by their place among a word's sounds."""


class QuestionKeys(NamedTuple):
    """The keys to look under, and what each says of a name that shares it. `dated`: how many of them, the first ones,
    have the birth date in them."""

    all: tuple[int, ...]
    facts: tuple[int, ...]
    dated: int


def keys_of_record(name: PersonName, birth_date: date | None, numbers: Iterable[str] = ()) -> tuple[int, ...]:
    """The keys to file one name of a record under, without repeats, in a fixed order. `numbers` as `texts` has them."""
    family, others = surname(name.surname), given(name.given, name.middle)
    wide = [key for key, _ in _by_names_alone(family, others)]
    by_number = [("no", number) for number in numbers]
    if birth_date is None:
        return _hashed([*by_number, *wide])[:MAX_KEYS]
    strict = [key for code in PhoneticCode for key in _strict(name, birth_date, code)]
    dated = [key for key, _ in _with_birth_date(family, others, birth_date)]
    return _hashed([*by_number, *strict, *dated, *wide])[:MAX_KEYS]


def keys_of_numbers(numbers: Iterable[str]) -> tuple[int, ...]:
    """The keys of exact numbers."""
    return _hashed([("no", number) for number in numbers])


def keys_of_strict_question(name: PersonName, birth_dates: Iterable[date], code: PhoneticCode) -> tuple[int, ...]:
    """The keys of a surname by one code and of whole birth dates: whoever the strict rule may find has one of them."""
    return _hashed([key for day in birth_dates for key in _strict(name, day, code)])


def _strict(name: PersonName, birth_date: date, code: PhoneticCode) -> list[tuple[str, ...]]:
    return [("st", code.value, sound, birth_date.isoformat()) for sound in strict_sounds(name.surname, code)]


def keys_of_question(name: PersonName, birth_date: date | None) -> QuestionKeys:
    """The keys to look under. Every key of the same record is among them, and the tolerant ones besides."""
    family, others = surname(name.surname), given(name.given, name.middle)
    wide = _by_names_alone(family, others)
    if others.first is None:
        wide += [(("si", form.sounds[0], initial), SURNAME) for form in _forms(family) for initial in INITIALS]
    else:
        wide += [(("si", form.sounds[0], NO_GIVEN), SURNAME) for form in _forms(family)]
    if others.joined:
        wide += _pairs(family, Given(word(others.joined), ()))
    dated = []
    if birth_date is not None:
        dated = [*_with_birth_date(family, others, birth_date), *_exchanged(family, others, birth_date)]
    said: dict[int, int] = {}
    for key, facts in dated:
        said[_hash(key)] = facts
    with_date = len(said)
    for key, facts in wide:
        said.setdefault(_hash(key), facts)
    return QuestionKeys(tuple(said)[:MAX_KEYS], tuple(said.values())[:MAX_KEYS], min(with_date, MAX_KEYS))


def _by_names_alone(family: Surname | None, others: Given) -> list[_Said]:
    return [*_pairs(family, others), *_nicknames(family, others), *_initials(family, others)]


def _with_birth_date(family: Surname | None, others: Given, birth_date: date) -> list[_Said]:
    keys: list[_Said] = [(("bd", birth_date.isoformat()), BIRTH_DATE)]
    sounds = _sounds(family, others)
    keys += [
        (("nd", sound, *parts), fact | facts)
        for parts, facts in _two_of_three(birth_date)
        for sound, fact in sounds.items()
    ]
    day = birth_date.isoformat()
    return keys + [(("bi", initial, day), BIRTH_DATE | INITIAL) for initial in _first_letters(family, others)]


def _exchanged(family: Surname | None, others: Given, birth_date: date) -> list[_Said]:
    turned = exchange_day_and_month(birth_date)
    if turned is None:
        return []
    keys: list[_Said] = [
        (("nd", sound, "", f"{turned.month}", f"{turned.day}"), fact | MONTH | DAY)
        for sound, fact in _sounds(family, others).items()
    ]
    day = turned.isoformat()
    return keys + [(("bi", initial, day), BIRTH_DATE | INITIAL) for initial in _first_letters(family, others)]


def exchange_day_and_month(day: date) -> date | None:
    """The date with day and month exchanged, or None where that is no date or the same one."""
    if day.day > 12 or day.day == day.month:
        return None
    return date(day.year, day.day, day.month)


def _two_of_three(day: date) -> Iterator[tuple[tuple[str, str, str], int]]:
    year, month, in_month = f"{day.year}", f"{day.month}", f"{day.day}"
    yield ("", month, in_month), MONTH | DAY
    yield (year, month, ""), YEAR | MONTH
    yield (year, "", in_month), YEAR | DAY


def _pairs(family: Surname | None, others: Given) -> list[_Said]:
    """Each surname form with each given name, and the given names with each other, by either algorithm, in the order of
    the alphabet."""
    forms = _forms(family)
    words = [(each, GIVEN if each is others.first else OTHER_NAME) for each in _given_words(others)]
    pairs = [(form, each, SURNAME | fact) for form in forms for each, fact in words]
    pairs += [(one, other, fact | OTHER_NAME) for (one, fact), (other, _) in combinations(words, 2)]
    pairs += [(one, other, SURNAME) for one, other in combinations(forms[1:], 2)]
    by_sound = [
        (("pair", *sorted((one.sounds[algorithm], other.sounds[algorithm]))), _by(algorithm, facts))
        for one, other, facts in pairs
        for algorithm, _, _ in _ALGORITHMS
    ]
    by_spelling = [
        (("pair", *sorted((one_sound, other_sound))), facts)
        for one, other, facts in pairs
        if one.spellings or other.spellings
        for one_sound in (one.sounds[0], *one.spellings)
        for other_sound in (other.sounds[0], *other.spellings)
    ]
    return by_sound + by_spelling


def _by(algorithm: int, facts: int) -> int:
    """The facts as the second algorithm has them where it is that one."""
    if not algorithm:
        return facts
    again = SURNAME_AGAIN if facts & SURNAME else 0
    return again | (GIVEN_AGAIN if facts & GIVEN else 0) | facts & OTHER_NAME


def _nicknames(family: Surname | None, others: Given) -> list[_Said]:
    return [
        (("nick", form.sounds[algorithm], group), surname_fact | GIVEN)
        for form in _forms(family)
        for each in _first(others)
        for group in each.groups
        for algorithm, surname_fact, _ in _ALGORITHMS
    ]


def _initials(family: Surname | None, others: Given) -> list[_Said]:
    first = others.first
    if first is None:
        return [(("si", form.sounds[0], NO_GIVEN), SURNAME) for form in _forms(family)]
    keys: list[_Said] = [
        (("si", sound, first.letters[0]), SURNAME | INITIAL)
        for form in _forms(family)
        for sound in (form.sounds[0], *form.slavic)
    ]
    if family is not None and not first.is_initial:
        keys.append((("gi", first.sounds[0], family.whole.letters[0]), GIVEN | INITIAL))
    return keys


def _forms(family: Surname | None) -> tuple[Word, ...]:
    return family.forms if family is not None else ()


def _first(others: Given) -> tuple[Word, ...]:
    return (others.first,) if others.first is not None else ()


def _given_words(others: Given) -> list[Word]:
    """The given names long enough to be coded."""
    return [each for each in (*_first(others), *others.others) if not each.is_initial]


def _sounds(family: Surname | None, others: Given) -> dict[str, int]:
    """Of every word, with the fact of agreeing in it; a sound of two words says the more of the two."""
    words = [(each, SURNAME) for each in _forms(family)]
    words += [(each, GIVEN if each is others.first else OTHER_NAME) for each in _given_words(others)]
    sounds: dict[str, int] = {}
    for each, fact in words:
        for sound in (each.sounds[0], *each.spellings):
            sounds.setdefault(sound, fact)
    return sounds


def _first_letters(family: Surname | None, others: Given) -> list[str]:
    return list(dict.fromkeys(each.letters[0] for each in (*_forms(family)[:1], *_first(others))))


def _hashed(keys: Iterable[tuple[str, ...]]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(map(_hash, keys)))


@lru_cache(maxsize=1 << 16)
def _hash(key: tuple[str, ...]) -> int:
    return int.from_bytes(blake2b("\0".join(key).encode(), digest_size=8, person=VERSION).digest(), "big", signed=True)
