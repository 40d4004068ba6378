"""Many names are compared in a quicker way than one pair; it must say of each exactly what the plain way says."""

from __future__ import annotations

from datetime import date
from itertools import product
from random import Random

import pytest

from openclets.people import weights as w
from openclets.people.candidates import FoundName
from openclets.people.compared import Comparer, recorded_as
from openclets.people.described import Described, describe
from openclets.people.fold import word
from openclets.people.learned import NOTHING_LEARNED, Learned
from openclets.people.names_alike import likeness
from openclets.people.score import compare
from openclets.vocabulary.persons import PersonName
from tests.rules.plainly_compared import plain_likeness, plainly_compared

SURNAMES = (
    "HOLLOWAY|HALLOWAY|HOLOWAY|HOLLWOAY|SCHMIDT|SCHMITT|SMITH|SMYTHE|PHILLIPS|FILLIPS|GARCIA|GARCIA LOPEZ|LOPEZ-GARCIA|"
    "GARZA|DE LA CRUZ|DELACRUZ|CRUZ|O'BRIEN|OBRIEN|BRAUN|BROWN|NGUYEN|NÚÑEZ|NUNEZ|HASSAN|HASAN|HUSSEIN|HUSSAIN|KADAFI|"
    "QADDAFI|ZHANG|CHANG|CHUNG|IVANOV|IVANOFF|KOWALSKI|KOVALSKY|SAINT JOHN|ST JOHN|DEREK|ALAN|MARIA|X|"
    "СМИРНОВ|SMIRNOV|-|MC DONALD|MACDONALD|LEE|LI|WASHINGTON-MARTINEZ|MARTINEZ"
).split("|")
GIVEN = (
    "DEREK|DERRICK|DEREK ALAN|ALAN|D|MARY ANN|MARYANN|MARY|MARIA|MARIE|GUADALUPE|LUPE|WILLIAM|BILL|JOSE|PEPE|JOSÉ|"
    "YUSUF|JOSEPH|MOHAMMED|MUHAMAD|HOLLOWAY|SMITH|KATHRYN|CATHERINE|KATARZYNA|ANNA|HANNAH|||"
).split("|")
MIDDLE = ("", "", "", "ALAN", "A", "ANN", "LOPEZ", "DEREK JAMES", "ALLAN", "B")
DAYS = (
    date(1984, 5, 17), date(1984, 5, 17), date(1984, 5, 7), date(1984, 7, 5), date(1985, 5, 17), date(1984, 5, 18),
    date(1948, 5, 17), date(1991, 8, 30), date(1984, 12, 17), None, None,
)  # fmt: skip
AGES: tuple[tuple[int | None, date | None], ...] = (
    (None, None),
    (42, date(2026, 11, 22)),
    (44, date(2026, 1, 1)),
    (60, date(2026, 11, 22)),
    (30, None),
)
NUMBERS: tuple[tuple[str, ...], ...] = (
    (),
    (),
    ("OLN:A1234567",),
    ("OLN:B7654321", "FBI:123456AA1"),
    ("SOC:078051120",),
)
ADDRESSES = ("", "", "12 ALDER SPRINGFIELD", "12 ALDER RIVERTON", "99 ALDER SPRINGFIELD", "7 BIRCH RIVERTON")

TAUGHT = Learned(
    bits={
        w.SURNAME_SAME: 9.137, w.SURNAME_CLOSE: 7.021, w.SURNAME_DIFFERS: -9.4, w.GIVEN_SAME: 6.855,
        w.GIVEN_DIFFERS: -5.113, w.BORN_SAME: 13.377, w.BORN_DIFFERS: -10.2, w.SEX_DIFFERS: -2.749,
    },
    surnames={"GARCIA": 0.0121, "NGUYEN": 0.0043, "SMITH": 0.0087},
    givens={"MARIA": 0.014, "JOSE": 0.011},
    rarest_surname=0.000004,
    rarest_given=0.000009,
)  # fmt: skip
"""As an index would have taught it."""


def _rows(seed: int, many: int) -> list[FoundName]:
    """Rows of the index, of which many share a name or a birth date."""
    rng = Random(seed)
    rows = []
    for place in range(many):
        born = rng.choice(DAYS)
        age, as_of = (None, None) if born else rng.choice(AGES)
        rows.append(
            FoundName(
                likeness=0,
                name_id=place,
                record_kind="order",
                record_id=place // 2,
                role="restrained",
                surname=rng.choice(SURNAMES),
                given=rng.choice(GIVEN),
                middle=rng.choice(MIDDLE),
                suffix=rng.choice(("", "", "", "JR", "II", "SR")),
                birth_date=born,
                age=age,
                age_as_of=as_of,
                sex=rng.choice("MFXU") if rng.random() < 0.8 else "",
                race=rng.choice("WBHU") if rng.random() < 0.8 else "",
                numbers=list(rng.choice(NUMBERS)),
                address=rng.choice(ADDRESSES),
            )
        )
    return rows


def _questions(seed: int, many: int) -> list[Described]:
    """Some that ask for a name and birth date alone, some for everything."""
    bare = [describe(PersonName(row.surname, row.given, row.middle), row.birth_date) for row in _rows(seed, many // 2)]
    return bare + [recorded_as(row) for row in _rows(seed + 1, many - many // 2)]


@pytest.mark.parametrize("learned", [NOTHING_LEARNED, TAUGHT], ids=["as shipped", "as an index taught it"])
def test_many_names_are_compared_as_each_would_be_by_itself_and_plainly(learned: Learned) -> None:
    rows = _rows(1969, 150)
    seen: set[w.Level | w.Verdict] = set()
    for asked in _questions(84, 60):
        quick = Comparer(asked, learned).against(rows)
        assert [one.found for one in quick] == rows
        for one in quick:
            plain = plainly_compared(asked, recorded_as(one.found), learned)
            assert one.comparison == plain, (asked, one.found)
            seen.update(plain.levels)
            seen.add(plain.verdict)
    missed = {name for name, level in vars(w).items() if isinstance(level, w.Level) and level not in seen}
    assert missed <= {"BORN_DIGITS_TURNED", "BORN_YEAR_ONLY", "BORN_MONTH_AND_DAY", "BORN_AGE_NEAR"}
    assert seen >= set(w.Verdict)


def test_a_comparer_asked_again_with_more_names_says_the_same_of_the_first() -> None:
    rows, asked = _rows(7, 120), describe(PersonName("GARCIA", "MARIA"), date(1984, 5, 17), sex="F")
    comparer = Comparer(asked, TAUGHT)
    assert comparer.against(rows[:40]) == comparer.against(rows)[:40] == Comparer(asked, TAUGHT).against(rows[:40])


def test_one_pair_by_itself_is_compared_plainly_too() -> None:
    for asked, row in product(_questions(5, 12), _rows(6, 60)):
        # Two records held against each other are never read with the names exchanged.
        alone = compare(asked, recorded_as(row), share=TAUGHT.share, trained=TAUGHT.bits)
        plain = plainly_compared(asked, recorded_as(row), TAUGHT)
        assert plain.exchanged or alone == plain


def test_leaving_out_sounds_that_decide_nothing_changes_no_likeness() -> None:
    words = [word(each) for name in (*SURNAMES, *GIVEN) for each in name.replace("-", " ").replace("'", "").split()]
    rng = Random(1918)
    words += [word(_typed(one.letters, rng)) for one in words for _ in range(3)]
    found = set()
    for one, other in product(words[:90], words):
        assert likeness(one, other) == plain_likeness(one, other), (one.letters, other.letters)
        found.add(likeness(one, other))
    assert found == {0, 1, 2}


def _typed(letters: str, rng: Random) -> str:
    place = rng.randrange(len(letters))
    return letters[:place] + rng.choice("AEIOULNRSTKCZ") + letters[place + rng.choice((0, 1)) :]
