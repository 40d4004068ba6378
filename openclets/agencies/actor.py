"""Who is acting: one person, for one agency, from one device, by one channel. Passed to every verb."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from openclets.vocabulary.identifiers import Mnemonic, Ori, UserName

Channel = Literal["socket", "web", "command"]


@dataclass(frozen=True, slots=True)
class Actor:
    """`user_id` is the person's key; what the person may do is looked up at each decision, never carried here."""

    user_id: int
    user: UserName
    agency: Ori
    device: Mnemonic
    channel: Channel
