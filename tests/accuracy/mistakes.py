"""What goes wrong between a person and a question, one kind at a time.

Written without looking at the tables of the search: spellings are turned by the letters of the two systems, sounds by
letters that are pronounced alike. Only nicknames are taken from the search's own table, because what a nickname is
cannot be derived; the card says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

from openclets.people.nicknames import groups_of, names_of_group
from openclets.vocabulary.persons import PersonName
from tests.accuracy.census import CensusPerson

KEYBOARD = dict(
    each.split(":")
    for each in """
    A:QSZ B:VGN C:XDV D:SFE E:WRD F:DGR G:FHT H:GJY I:UOK J:HKU K:JLI L:KO M:N N:BM O:IPL P:O Q:WA R:ETF S:ADW T:RYG
    U:YIJ V:CB W:QES X:ZC Y:TUH Z:XA
    """.split()
)
"""Each letter's neighbours."""

SOUNDS = tuple(
    tuple(each.split(":"))
    for each in """
    PH:F F:PH CK:K C:K K:C QU:KW GH:G EA:EE EE:EA EY:IE IE:EY Y:I Z:S S:Z V:B B:V LL:L L:LL NN:N N:NN TT:T RR:R J:G X:KS
    OU:U AI:AY EI:AI SCH:SH TZ:TS DT:T WR:R KN:N
    """.split()
)
"""Letters and others that are pronounced alike, somewhere in the county."""

PINYIN_TO_WADE_GILES = (
    ("^ZH", "CH"), ("^X", "HS"), ("^Q", "CH"), ("^J", "CH"), ("^Z", "TS"), ("^C(?!H)", "TS"), ("^B", "P"), ("^D", "T"),
    ("^G", "K"), ("^R", "J"), ("ONG$", "UNG"), ("IAN$", "IEN"), ("UI$", "UEI"), ("UO$", "O"),
)  # fmt: skip
PINYIN = re.compile(r"(?:ZH|CH|SH|[BPMFDTNLGKHJQXZCSRYW])(?:[AEIOU]{1,3}(?:NG|N)?)")

ROMANISED = (
    ("OV$", "OFF"), ("EV$", "EFF"), ("SKY$", "SKII"), ("SKI$", "SKIY"), ("KH", "H"), ("ZH", "J"), ("YA$", "IA"),
    ("OU", "U"), ("EE", "I"), ("OO", "U"), ("SS", "S"), ("MM", "M"), ("ED$", "AD"), ("ID$", "ED"), ("Q", "K"),
    ("^AL", "EL"),
)  # fmt: skip
"""Russian and Arabic names by another clerk."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked; None where this kind of mistake cannot happen to this person."""

    name: PersonName
    birth_date: date | None


Mistake = Callable[[CensusPerson, Random], Question | None]


def none(person: CensusPerson, rng: Random) -> Question | None:
    return Question(_plain(person), person.birth_date)


def typo(person: CensusPerson, rng: Random) -> Question | None:
    return _with_one_word(person, rng, _typed)


def two_typos(person: CensusPerson, rng: Random) -> Question | None:
    name = PersonName(_typed(person.name.surname, rng) or "", _typed(person.name.given, rng) or "")
    return Question(name, person.birth_date)


def phonetic(person: CensusPerson, rng: Random) -> Question | None:
    return _with_one_word(person, rng, _misheard)


def swapped(person: CensusPerson, rng: Random) -> Question | None:
    return Question(PersonName(person.name.given, person.name.surname), person.birth_date)


def nickname(person: CensusPerson, rng: Random) -> Question | None:
    others = sorted({name for group in groups_of(person.name.given) for name in names_of_group(group)})
    others = [name for name in others if name != person.name.given]
    return Question(PersonName(person.name.surname, rng.choice(others)), person.birth_date) if others else None


def by_middle_name(person: CensusPerson, rng: Random) -> Question | None:
    if not person.name.middle:
        return None
    return Question(PersonName(person.name.surname, person.name.middle), person.birth_date)


def no_birth_date(person: CensusPerson, rng: Random) -> Question | None:
    return Question(person.name, None)


def birth_date_typo(person: CensusPerson, rng: Random) -> Question | None:
    text = f"{person.birth_date:%Y%m%d}"
    for _ in range(50):
        place = rng.randrange(2, 8)
        try:
            turned = date.fromisoformat(text[:place] + rng.choice("0123456789") + text[place + 1 :])
        except ValueError:
            continue
        if turned != person.birth_date:
            return Question(_plain(person), turned)
    return None


def day_and_month_swapped(person: CensusPerson, rng: Random) -> Question | None:
    born = person.birth_date
    if born.day > 12 or born.day == born.month:
        return None
    return Question(_plain(person), date(born.year, born.day, born.month))


def year_off(person: CensusPerson, rng: Random) -> Question | None:
    born = person.birth_date
    if (born.month, born.day) == (2, 29):
        return None
    return Question(_plain(person), born.replace(year=born.year + rng.choice((-1, 1))))


def half_of_double_surname(person: CensusPerson, rng: Random) -> Question | None:
    halves = re.split("[- ]", person.name.surname)
    return Question(PersonName(rng.choice(halves), person.name.given), person.birth_date) if len(halves) > 1 else None


def transliterated(person: CensusPerson, rng: Random) -> Question | None:
    for rules, may in ((PINYIN_TO_WADE_GILES, person.origin == "asian or pacific"), (ROMANISED, True)):
        if not may or (rules is PINYIN_TO_WADE_GILES and not PINYIN.fullmatch(person.name.surname)):
            continue
        surname, given = (_by_rules(word, rules) for word in (person.name.surname, person.name.given))
        if surname != person.name.surname:
            return Question(PersonName(surname, given), person.birth_date)
    return None


KINDS: dict[str, Mistake] = {
    "no mistake, middle name not asked": none,
    "one typo": typo,
    "a typo in each name": two_typos,
    "misheard": phonetic,
    "names exchanged": swapped,
    "nickname": nickname,
    "called by the middle name": by_middle_name,
    "half of a double surname": half_of_double_surname,
    "other transliteration": transliterated,
    "one digit of the birth date": birth_date_typo,
    "day and month exchanged": day_and_month_swapped,
    "a year off": year_off,
    "no birth date, whole name": no_birth_date,
}
COMMON_MIX = ("no mistake, middle name not asked", "one typo", "misheard", "one digit of the birth date")
"""The kinds that can happen to anybody, for comparing origins fairly."""


def _plain(person: CensusPerson) -> PersonName:
    return PersonName(person.name.surname, person.name.given)


def _with_one_word(person: CensusPerson, rng: Random, change: Callable[[str, Random], str | None]) -> Question | None:
    surname, given = person.name.surname, person.name.given
    if rng.random() < 0.5:
        surname = change(surname, rng) or surname
    else:
        given = change(given, rng) or given
    if (surname, given) == (person.name.surname, person.name.given):
        return None
    return Question(PersonName(surname, given), person.birth_date)


def _typed(word: str, rng: Random) -> str | None:
    place = rng.randrange(len(word))
    kind = rng.choice(("left out", "doubled", "neighbour", "turned"))
    if kind == "left out" and len(word) > 2:
        return word[:place] + word[place + 1 :]
    if kind == "turned" and place + 1 < len(word):
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if kind == "doubled":
        return word[:place] + word[place] + word[place:]
    return word[:place] + rng.choice(KEYBOARD.get(word[place], "E")) + word[place + 1 :]


def _misheard(word: str, rng: Random) -> str | None:
    heard = [(written, other) for written, other in SOUNDS if written in word]
    if not heard:
        return None
    written, other = rng.choice(heard)
    return word.replace(written, other, 1)


def _by_rules(word: str, rules: tuple[tuple[str, str], ...]) -> str:
    for pattern, other in rules:
        word = re.sub(pattern, other, word)
    return word
