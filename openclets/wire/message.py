"""The one model of a message that every text form is read into and written from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from openclets.vocabulary.identifiers import Ori

Form = Literal["tagged", "short", "positional", "nlets", "json", "niem-2.1", "niem-6.0"]


@dataclass(frozen=True, slots=True)
class Message:
    """One message that holds to its key's row of the catalogue.

    `fields` in the order sent, each code once, values in their one spelling. `text` is what was sent, without control
    characters and with secrets masked, fit for the journal. `training`: must touch nothing live.
    """

    key: str
    ori: Ori
    destinations: tuple[str, ...]
    control: str
    fields: tuple[tuple[str, tuple[str, ...]], ...]
    form: Form
    warnings: tuple[str, ...]
    text: str
    training: bool = False

    def values(self, code: str) -> tuple[str, ...]:
        """Every value of the field; empty when the field was not sent."""
        for sent, values in self.fields:
            if sent == code:
                return values
        return ()

    def first(self, code: str) -> str:
        """The field's first value; '' when the field was not sent."""
        values = self.values(code)
        return values[0] if values else ""

    @property
    def reference(self) -> str:
        """`MKE.ORI[.*CONTROL]`: how a reply says which message it answers."""
        return f"{self.key}.{self.ori}.*{self.control}" if self.control else f"{self.key}.{self.ori}"
