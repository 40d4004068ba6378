"""Public figures: how many entries of a month are of which agency, kind and outcome, counted from the log alone.

A month is counted once, over the log as it was then, and never again: two countings of one month could be subtracted
from each other. Whoever has the entries counts the same (`openclets journal figures --check`).

Withholding: a count below FEWEST is not shown. What is withheld beside a total that is shown must not follow by
subtraction, not even for an agency that knows its own part: so further counts are withheld, the smallest first, until
those withheld, without the largest of them, come to FEWEST at least. An agency whose total is withheld has no further
line. Source: own decision, after the usual rules for tables of statistical offices (threshold, dominance).
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, TypeVar

from openclets.journal.log_folder import CHECKPOINT, read_tile, write_files
from openclets.journal.verify_log import TILE_WIDTH, Wrong, read_note, unpack_entries
from openclets.vocabulary.errors import Unavailable

FEWEST: Final = 10
"""Least count that is shown. Own decision."""

SETTLED_AFTER: Final = timedelta(days=1)
"""How long after its end a month is counted: entries are sealed within seconds of their moments. Own decision."""

FOLDER: Final = "figures"
"""In the log's folder."""

WITHHELD: Final = "withheld"
ALL: Final = "*"

_STATED: Final = re.compile(r"# month ([0-9]{4}-[0-9]{2}), first ([0-9]{1,18}) entries of the log\n")

Cell = tuple[str, str, str]
"""Agency, kind, outcome. The agency is empty where none is known."""

Key = TypeVar("Key", str, Cell)


@dataclass(frozen=True, slots=True)
class Figures:
    """One month. `size` is how many entries the log had; a count is None where it is withheld.

    `lines` are sorted; kind and outcome are `*` for an agency's total, the agency too for that of the month.
    """

    month: str
    size: int
    lines: tuple[tuple[str, str, str, int | None], ...]

    def as_csv(self) -> str:
        """As it is published."""
        rows = [",".join((*cell, WITHHELD if number is None else str(number))) for *cell, number in self.lines]
        return "\n".join([f"# month {self.month}, first {self.size} entries of the log", _HEADING, *rows]) + "\n"


_HEADING: Final = "agency,kind,outcome,count"


def publish(log: Path, *, now: datetime) -> list[str]:
    """Counts every month that is over and was not counted yet; the names of the files that were written.

    Raises: Unavailable before the first checkpoint; LogUnreadable.
    """
    last = (now.astimezone(UTC) - SETTLED_AFTER).strftime("%Y-%m")
    done = {path.stem for path in (log / FOLDER).glob("*.csv")}
    size = _size_of(log)
    counted = count(log, size, lambda month: month < last and month not in done)
    files = {
        f"{FOLDER}/{month}.csv": Figures(month, size, tuple(withhold(cells))).as_csv()
        for month, cells in sorted(counted.items())
    }
    write_files(log, {path: text.encode() for path, text in files.items()})
    return [Path(path).name for path in files]


def check(log: Path) -> int:
    """Counts every published month again, from the entries; how many there are.

    Raises: Wrong, naming the first month that differs; Unavailable; LogUnreadable.
    """
    published = sorted((log / FOLDER).glob("*.csv"))
    for path in published:
        text = path.read_text(encoding="utf-8")
        stated = _STATED.match(text)
        if stated is None or stated[1] != path.stem or int(stated[2]) > _size_of(log):
            raise Wrong(f"figures of {path.stem}: do not say over which entries of this log they were counted")
        size = int(stated[2])
        cells = count(log, size, path.stem.__eq__)[path.stem]
        if Figures(path.stem, size, tuple(withhold(cells))).as_csv() != text:
            raise Wrong(f"figures of {path.stem}: the first {size} entries of the log give others")
    return len(published)


def count(log: Path, size: int, wanted: Callable[[str], bool]) -> dict[str, Counter[Cell]]:
    """The first `size` entries counted by month, such as `2026-10` in UTC, for the months that are wanted."""
    counts: dict[str, Counter[Cell]] = defaultdict(Counter)
    for tile in range(-(-size // TILE_WIDTH)):
        bundle = read_tile(log, "entries", tile, min(TILE_WIDTH, size - tile * TILE_WIDTH))
        for leaf in unpack_entries(bundle):
            # Inside a text the quotation marks would have backslashes before them.
            month = leaf.partition(b'"at":"')[2][:7].decode()
            if wanted(month):
                entry = json.loads(leaf)
                counts[month][entry["agency"], entry["kind"], entry["outcome"]] += 1
    return counts


def _size_of(log: Path) -> int:
    try:
        return int(read_note((log / CHECKPOINT).read_bytes()).text.split("\n")[1])
    except FileNotFoundError:
        raise Unavailable("the log has no checkpoint yet: the sealer does not run") from None
    except (Wrong, IndexError, ValueError):
        raise Unavailable("the published checkpoint cannot be read") from None


def withhold(counts: Mapping[Cell, int]) -> list[tuple[str, str, str, int | None]]:
    """Lines as they may be shown: the month's total, each agency's, each count, with None where it is withheld."""
    by_agency: dict[str, dict[Cell, int]] = {}
    for cell, number in counts.items():
        by_agency.setdefault(cell[0], {})[cell] = number
    totals = {agency: sum(cells.values()) for agency, cells in by_agency.items()}
    hidden = {agency: _hidden(cells) for agency, cells in by_agency.items()}
    closed = {agency for agency, cells in by_agency.items() if not _is_safe(cells, hidden[agency])}
    unseen = _hidden(totals, closed)
    month_total = sum(totals.values())
    shown = month_total >= FEWEST and _is_safe(totals, unseen)
    lines: list[tuple[str, str, str, int | None]] = [(ALL, ALL, ALL, month_total if shown else None)]
    for agency in sorted(by_agency):
        if agency in unseen:
            lines.append((agency, ALL, ALL, None))
            continue
        lines.append((agency, ALL, ALL, totals[agency]))
        for cell, number in sorted(by_agency[agency].items()):
            lines.append((*cell, None if cell in hidden[agency] else number))
    return lines


def _hidden(counts: Mapping[Key, int], already: Iterable[Key] = ()) -> set[Key]:
    """What has to be withheld of parts whose total is shown."""
    hidden = {key for key, number in counts.items() if number < FEWEST}.union(already)
    others = sorted((key for key in counts if key not in hidden), key=lambda key: (counts[key], key), reverse=True)
    while others and not _is_safe(counts, hidden):
        hidden.add(others.pop())
    return hidden


def _is_safe(counts: Mapping[Key, int], hidden: Iterable[Key]) -> bool:
    """Whether nothing that is withheld follows from the total, for anybody, the one of the largest part included."""
    withheld = [counts[key] for key in hidden]
    return not withheld or sum(withheld) - max(withheld) >= FEWEST
