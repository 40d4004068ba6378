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
    un    pair, nick, si and gi again                     nothing: only for records without a birth date, which would
                                                          otherwise be lost among those of the same name with one
    no    a number                                        everything else wrong
    st    surname's sound x whole birth date              nothing: for the strict answer alone (see `strict`)

A sound is the NYSIIS or the Metaphone code of a word, a group of spellings it stands in (ZHANG, CHANG), and for a
surname a Daitch-Mokotoff code; `pair` leaves the last one out, because `si` has it.

Which field a word stood in is not part of `nd`, `pair` and `bi`: a given name typed as the surname meets itself.
A question has, besides, the keys of the birth date with day and month exchanged. A year that is off by one, and a
wrong digit, are met by the two of three parts that are right.

A key is the BLAKE2b hash (8 bytes, read big-endian as a signed number) of its kind and parts joined by a zero byte,
personalised with VERSION. Two keys with one hash cost a comparison and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations

from openclets.people.fold import Given, Surname, Word, given, surname, word
from openclets.people.sounds import PhoneticCode, strict_sounds
from openclets.vocabulary.persons import PersonName

VERSION = b"people-keys-2"
"""Part of every hash; keys of another version never meet. A change of the kinds is a new version and a rebuild."""

MAX_KEYS = 200
"""Keys of one name, of a record or a question. Ordinary names have 20 to 50; five-word names are cut here."""

MAX_UNDATED_KEYS = 60
"""Of these, how many may be of the kind `un`."""

NO_GIVEN = "-"
"""Stands for the initial of a given name that is not there."""

INITIALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class QuestionKeys:
    """`deciding` keys are those by which a person who shares no others would be found: when one of their posting lists
    is too long to be read whole, somebody may be missing. `others` make up the rank."""

    others: tuple[int, ...]
    deciding: tuple[int, ...]

    @property
    def all(self) -> tuple[int, ...]:
        return (*self.others, *self.deciding)


def keys_of_record(name: PersonName, birth_date: date | None, numbers: Iterable[str] = ()) -> tuple[int, ...]:
    """The keys to file one name of a record under, without repeats, in a fixed order. `numbers` as `texts` has them."""
    family, others = surname(name.surname), given(name.given, name.middle)
    wide = _by_names_alone(family, others)
    by_number = [("no", number) for number in numbers]
    if birth_date is None:
        return _hashed([*by_number, *wide, *_undated(wide)])[:MAX_KEYS]
    strict = [key for code in PhoneticCode for key in _strict(name, birth_date, code)]
    return _hashed([*by_number, *strict, *_with_birth_date(family, others, birth_date), *wide])[:MAX_KEYS]


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
        wide += [("si", form.sounds[0], initial) for form in _forms(family) for initial in INITIALS]
    else:
        wide += [("si", form.sounds[0], NO_GIVEN) for form in _forms(family)]
    if others.joined:
        wide += _pairs(family, Given(word(others.joined), ()))
    undated = _hashed(_undated(wide))[:MAX_UNDATED_KEYS]
    if birth_date is None:
        return QuestionKeys((), _hashed(wide)[: MAX_KEYS - len(undated)] + undated)
    dated = [*_with_birth_date(family, others, birth_date), *_exchanged(family, others, birth_date), *wide]
    return QuestionKeys(_hashed(dated)[: MAX_KEYS - len(undated)], undated)


def _by_names_alone(family: Surname | None, others: Given) -> list[tuple[str, ...]]:
    return [*_pairs(family, others), *_nicknames(family, others), *_initials(family, others)]


def _undated(wide: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return [("un", *key) for key in wide]


def _with_birth_date(family: Surname | None, others: Given, birth_date: date) -> list[tuple[str, ...]]:
    keys: list[tuple[str, ...]] = [("bd", birth_date.isoformat())]
    keys += [("nd", sound, *parts) for parts in _two_of_three(birth_date) for sound in _sounds(family, others)]
    return keys + [("bi", initial, birth_date.isoformat()) for initial in _first_letters(family, others)]


def _exchanged(family: Surname | None, others: Given, birth_date: date) -> list[tuple[str, ...]]:
    turned = exchange_day_and_month(birth_date)
    if turned is None:
        return []
    keys = [("nd", sound, "", f"{turned.month}", f"{turned.day}") for sound in _sounds(family, others)]
    return keys + [("bi", initial, turned.isoformat()) for initial in _first_letters(family, others)]


def exchange_day_and_month(day: date) -> date | None:
    """The date with day and month exchanged, or None where that is no date or the same one."""
    if day.day > 12 or day.day == day.month:
        return None
    return date(day.year, day.day, day.month)


def _two_of_three(day: date) -> Iterator[tuple[str, str, str]]:
    year, month, in_month = f"{day.year}", f"{day.month}", f"{day.day}"
    yield "", month, in_month
    yield year, month, ""
    yield year, "", in_month


def _pairs(family: Surname | None, others: Given) -> list[tuple[str, ...]]:
    """Each surname form with each given name, and the given names with each other, by either algorithm, in the order of
    the alphabet."""
    pairs = [(form, each) for form in _forms(family) for each in _given_words(others)]
    pairs += [(one, other) for one, other in combinations(_given_words(others), 2)]
    if family is not None and len(family.forms) > 1:
        pairs += list(combinations(family.forms[1:], 2))
    by_sound = [
        ("pair", *sorted((one.sounds[algorithm], other.sounds[algorithm])))
        for one, other in pairs
        for algorithm in (0, 1)
    ]
    by_spelling = [
        ("pair", *sorted((one_sound, other_sound)))
        for one, other in pairs
        if one.spellings or other.spellings
        for one_sound in (one.sounds[0], *one.spellings)
        for other_sound in (other.sounds[0], *other.spellings)
    ]
    return by_sound + by_spelling


def _nicknames(family: Surname | None, others: Given) -> list[tuple[str, ...]]:
    return [
        ("nick", form.sounds[algorithm], group)
        for form in _forms(family)
        for each in _first(others)
        for group in each.groups
        for algorithm in (0, 1)
    ]


def _initials(family: Surname | None, others: Given) -> list[tuple[str, ...]]:
    first = others.first
    if first is None:
        return [("si", form.sounds[0], NO_GIVEN) for form in _forms(family)]
    keys: list[tuple[str, ...]] = [
        ("si", sound, first.letters[0]) for form in _forms(family) for sound in (form.sounds[0], *form.slavic)
    ]
    if family is not None and not first.is_initial:
        keys.append(("gi", first.sounds[0], family.whole.letters[0]))
    return keys


def _forms(family: Surname | None) -> tuple[Word, ...]:
    return family.forms if family is not None else ()


def _first(others: Given) -> tuple[Word, ...]:
    return (others.first,) if others.first is not None else ()


def _given_words(others: Given) -> list[Word]:
    """The given names long enough to be coded."""
    return [each for each in (*_first(others), *others.others) if not each.is_initial]


def _sounds(family: Surname | None, others: Given) -> list[str]:
    """Of every word. A code of Daitch and Mokotoff for the surname alone, because it is digits and cannot meet another;
    a name exchanged with its surname has the other codes."""
    words = (*_forms(family), *_given_words(others))
    sounds = [sound for each in words for sound in (*each.sounds, *each.spellings)]
    sounds += [code for each in _forms(family) for code in each.slavic]
    return list(dict.fromkeys(sounds))


def _first_letters(family: Surname | None, others: Given) -> list[str]:
    return list(dict.fromkeys(each.letters[0] for each in (*_forms(family)[:1], *_first(others))))


def _hashed(keys: Iterable[tuple[str, ...]]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(_hash("\0".join(key)) for key in keys))


@lru_cache(maxsize=1 << 16)
def _hash(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8, person=VERSION).digest(), "big", signed=True)
