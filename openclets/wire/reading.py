"""What a parser collects while it reads one message: what was right, what was wrong, what is doubtful."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from openclets.vocabulary.errors import Fault
from openclets.vocabulary.faults import FaultCode
from openclets.wire.message import Message

MAX_FAULTS = 25
"""Most faults one rejection names; the last one then says that there are more. Own decision."""

MAX_FIELDS = 200
"""Most fields in one message. Own decision: five times what the widest record entry of the national index has."""

_QUOTED_CHARACTERS = 20
_LINE_BREAKS = re.compile("[\r\n]+")


@dataclass(slots=True)
class Reading:
    """What could be made of a text, also of a wrong one: a message when there are no faults, else None.

    `key` is '' when it could not be told; `fields` are those that were right; `text` as `Message.text`.
    """

    message: Message | None = None
    key: str = ""
    text: str = ""
    fields: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    may_quote: bool = True

    def add(self, code: FaultCode, about: str, text: str, accepted: str) -> None:
        self.faults.append(Fault(code, about, text, accepted))

    def quoted(self, typed: str) -> str:
        """What was typed, for a fault's text; never where it may be a secret in the wrong place."""
        return f"'{typed[:_QUOTED_CHARACTERS]}'" if self.may_quote else "what was typed"

    def bound(self) -> None:
        """Cuts what was collected to what one rejection or answer can show."""
        if len(self.faults) > MAX_FAULTS:
            more = len(self.faults) - MAX_FAULTS
            del self.faults[MAX_FAULTS:]
            self.add(FaultCode.TOO_MANY, "", f"{more} more faults are not shown", "mend these first")
        del self.warnings[MAX_FAULTS:]


def joined(part: str) -> str:
    """The part with line breaks dropped, as any control character, and no blanks around it."""
    return part.strip() if part.isprintable() else _LINE_BREAKS.sub("", part).strip()
