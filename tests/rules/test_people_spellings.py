"""Names written in other systems and other scripts: they share a key, and are close enough to be shown."""

from __future__ import annotations

from datetime import date

import pytest

from openclets.people.daitch_mokotoff import daitch_mokotoff
from openclets.people.described import describe, with_names_exchanged
from openclets.people.keys import keys_of_question, keys_of_record
from openclets.people.score import compare
from openclets.vocabulary.persons import PersonName, parse_wire_name

BORN = date(1984, 5, 7)

# Published with the algorithm, and read off its table by hand.
CODES = """
MOSKOWITZ   | 645740
MOSKOVITZ   | 645740
AUERBACH    | 097400 097500
OHRBACH     | 097400 097500
LIPSHITZ    | 874400
LIPPSZYC    | 874400 874500
LEWINSKY    | 876450
LEVINSKI    | 876450
SZLAMAWICZ  | 486740
SHLAMOVITZ  | 486740
PETERS      | 734000 739400
JACKSON     | 145460 154600 445460 454600
"""


def test_daitch_and_mokotoff_code_a_name_as_published() -> None:
    for line in CODES.strip().splitlines():
        name, codes = (cell.strip() for cell in line.split("|"))
        assert daitch_mokotoff(name) == tuple(codes.split()), name


# asked | recorded; the birth date is the same
ONE_PERSON = """
ZHANG,WEI            | CHANG,WEI
ZHANG,WEI            | CHEUNG,WAI
XU,JING              | HSU,CHING
WONG,KAM             | HUANG,JIN
MOHAMMED,ALI         | MUHAMMAD,ALI
HUSSEIN,KHALED       | HUSAYN,KHALID
ABDURRAHMAN,OMAR     | ABDELRAHMAN,UMAR
QADDAFI,SAIF         | GADDAFI,SAIF
YOUSSEF,FATIMA       | YUSUF,FATMA
SHEVCHENKO,DMITRIY   | SHEWCHENKO,DMITRI
TCHAIKOVSKY,PYOTR    | CHAIKOVSKII,PETR
KUZNETSOV,YURI       | KOUZNETSOFF,IURII
ZHUKOV,ALEKSEI       | JUKOV,ALEXEY
MOSKOWITZ,SARAH      | MOSZKOWICZ,SARA
NGUYEN,DUNG          | NGUYEN,DŨNG
NGUYEN,THI           | NGUYỄN,THỊ
IVANOV,IRINA         | ИВАНОВ,ИРИНА
ZHANG,WEI            | 张,伟
"""


@pytest.mark.parametrize("line", ONE_PERSON.strip().splitlines())
def test_one_name_written_in_two_systems_is_met_and_likely(line: str) -> None:
    asked, recorded = (parse_wire_name(cell.strip()) for cell in line.split("|"))
    shared = set(keys_of_record(recorded, BORN)) & set(keys_of_question(asked, BORN).all)
    assert len(shared) >= 4
    one = describe(asked, BORN)
    found = compare(one, describe(recorded, BORN), exchanged=with_names_exchanged(one))
    assert found.verdict == "likely", found


@pytest.mark.parametrize(
    ("one", "other"),
    [("ZHANG", "WANG"), ("CHEN", "TRAN"), ("IVANOV", "PETROV"), ("NGUYEN", "PHAM")],
)
def test_names_of_one_language_are_not_all_one_name(one: str, other: str) -> None:
    found = compare(describe(PersonName(one, "ALEX"), BORN), describe(PersonName(other, "ALEX"), BORN))
    assert found.verdict == "unlikely"


def test_two_known_names_are_not_taken_for_one_because_they_sound_alike() -> None:
    hassan, hussein, husayn = (describe(PersonName(name, "ALI"), BORN) for name in ("HASSAN", "HUSSEIN", "HUSAYN"))
    assert compare(hussein, husayn).bits > compare(hussein, hassan).bits
