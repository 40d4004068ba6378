"""What can go wrong, by whose fault. A fault of our own is a bug and has no class here: it rises.

Raised beside the code that knows, translated once at each edge into that edge's fixed texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with what was sent.

    `code` is the number printed with an `ER` reply, `field` the message field or form field (empty: the message as a
    whole), `accepted` what would have been taken.
    """

    code: str
    field: str
    text: str
    accepted: str


class NotAnswered(Exception):
    """Base of the three. `receipt` is the journal receipt of the refusal, filled in by the verb's frame."""

    receipt: str = ""


class Rejected(NotAnswered):
    """The input is wrong. Carries every fault found, not just the first."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(f"{fault.field or 'message'}: {fault.text}" for fault in faults))
        self.faults = faults


class Refused(NotAnswered):
    """The asker may not do this. Names the rule, its source and what is missing, in words fit to be shown."""

    def __init__(self, *, rule: str, missing: str, source: str) -> None:
        super().__init__(f"{rule}: {missing}")
        self.rule = rule
        self.missing = missing
        self.source = source


class Unavailable(NotAnswered):
    """A part or a neighbour cannot answer now. Nothing was done, unless the text says otherwise."""

    def __init__(self, what: str, *, since: datetime | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.since = since
