"""How a verb is called: the row that each verb has in one of the tables of calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.county import County


def nothing(county: County) -> None:
    """For verbs that need nothing on file."""


@dataclass(frozen=True, slots=True)
class Row:
    """`allowed` returns; `refused` raises Refused (None: the verb has no right to check, and `why` says why)."""

    allowed: Callable[[County, Any], object]
    refused: Callable[[County, Any], object] | None
    prepare: Callable[[County], Any] = nothing
    why: str = ""
