"""Purpose codes: why somebody asks. Which agency may give which purpose is a matter for the access table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from openclets.vocabulary.checked import Checked, quoted, raised, wrong
from openclets.vocabulary.faults import FaultCode

_RAP_SHEET = "NIEM RapSheetPurposeCode"


@dataclass(frozen=True, slots=True)
class Purpose:
    """`is_taken` is False for letters that exist but that no terminal of a state may send."""

    code: str
    meaning: str
    source: str
    is_taken: bool = True


PURPOSES: tuple[Purpose, ...] = (
    Purpose("A", "administrative upkeep of files", _RAP_SHEET),
    Purpose("C", "criminal justice", f"{_RAP_SHEET}; Nlets KQ"),
    Purpose("D", "domestic violence or stalking case of a civil or criminal court", f"{_RAP_SHEET}; Nlets KQ"),
    Purpose("E", "other employment or licensing that a law names", f"{_RAP_SHEET}; Nlets KQ"),
    Purpose("F", "firearms: permit, or return of a weapon", f"{_RAP_SHEET}; Nlets KQ"),
    Purpose("H", "public housing", _RAP_SHEET),
    Purpose("I", "employment or licensing under an interstate approval", _RAP_SHEET),
    Purpose("J", "employment in criminal justice", f"{_RAP_SHEET}; Nlets KQ"),
    Purpose("R", "reserved to the national bureau", f"{_RAP_SHEET}; refused from states", is_taken=False),
    Purpose("S", "national security", f"{_RAP_SHEET}; Nlets KQ"),
    Purpose("V", "visa", _RAP_SHEET),
    Purpose("X", "urgent placing of a child", _RAP_SHEET),
)

PURPOSE_BY_CODE: Mapping[str, Purpose] = MappingProxyType({row.code: row for row in PURPOSES})


def parse_purpose(text: str, *, field: str = "PUR") -> Checked:
    """A purpose that a terminal may send. Raises: Rejected (31)."""
    purpose = PURPOSE_BY_CODE.get(raised(text))
    if purpose is not None and purpose.is_taken:
        return Checked(purpose.code)
    taken = ", ".join(f"{row.code} {row.meaning}" for row in PURPOSES if row.is_taken)
    if purpose is None:
        raise wrong(field, f"{quoted(text)} is not a purpose", taken, code=FaultCode.CODE)
    what = f"purpose {purpose.code} ({purpose.meaning}) is not taken from a terminal"
    raise wrong(field, what, taken, code=FaultCode.CODE)
