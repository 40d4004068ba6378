"""What the index itself taught: the weight of each level, and how common each common name is.

Written by `openclets people train` as one JSON file in the data folder, read once by each process; a new one holds from
the next start. Without it the table in `weights` holds and every name weighs the same.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final, Literal

from django.conf import settings

from openclets.people import weights
from openclets.people.keys import VERSION
from openclets.people.weights import Level

FILE_NAME: Final = "people-weights.json"

LEVELS: Final[dict[str, Level]] = {name: level for name, level in vars(weights).items() if isinstance(level, Level)}
"""Every level by its name in the table."""


@dataclass(frozen=True, slots=True)
class Learned:
    """`bits` of the levels that were learned. Shares (above 0, at most 1) of the names that were seen often enough;
    a name that was not is taken as `rarest`."""

    bits: Mapping[Level, float] = field(default_factory=dict)
    surnames: Mapping[str, float] = field(default_factory=dict)
    givens: Mapping[str, float] = field(default_factory=dict)
    rarest_surname: float = 0.0
    rarest_given: float = 0.0

    @property
    def has_shares(self) -> bool:
        return bool(self.surnames)

    def share(self, kind: Literal["surname", "given"], letters: str) -> float | None:
        """The share of people who bear a folded name."""
        if kind == "surname":
            return self.surnames.get(letters, self.rarest_surname)
        return self.givens.get(letters, self.rarest_given)


class WeightsWrong(Exception):
    """The file is not what training writes; to be trained anew or removed."""


NOTHING_LEARNED: Final = Learned()


@cache
def current_weights() -> Learned:
    """What this process goes by, read when first asked for. Raises: WeightsWrong."""
    path = Path(settings.DATA_FOLDER) / FILE_NAME
    return read_weights(path) if path.exists() else NOTHING_LEARNED


def read_weights(path: Path) -> Learned:
    """The weights of a file. Raises: WeightsWrong."""
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
        if written["keys"] != VERSION.decode():
            raise WeightsWrong(f"{path}: made for another version of the index; run `openclets people train` again")
        learned = Learned(
            bits={LEVELS[name]: float(bits) for name, bits in written["bits"].items()},
            surnames={name: float(share) for name, share in written["surnames"].items()},
            givens={name: float(share) for name, share in written["givens"].items()},
            rarest_surname=float(written["rarest_surname"]),
            rarest_given=float(written["rarest_given"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError, UnicodeDecodeError) as error:
        raise WeightsWrong(f"{path}: not written by `openclets people train` ({error})") from error
    if not all(map(math.isfinite, learned.bits.values())):
        raise WeightsWrong(f"{path}: a weight that is no number")
    return learned


def write_weights(path: Path, learned: Learned) -> None:
    """Whole or not at all: written beside its place and moved there. The same weights always make the same bytes."""
    names = {level: name for name, level in LEVELS.items()}
    written = {
        "keys": VERSION.decode(),
        "bits": {names[level]: round(bits, 3) for level, bits in learned.bits.items()},
        "rarest_surname": learned.rarest_surname,
        "rarest_given": learned.rarest_given,
        "surnames": learned.surnames,
        "givens": learned.givens,
    }
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        unfinished.write_text(json.dumps(written, sort_keys=True, indent=0, ensure_ascii=False), encoding="utf-8")
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
