"""One row for every verb: how it is called by somebody who may, and by somebody who may not.

A new verb needs a row here; `test_verbs` names the verbs that lack one. `prepare` runs before the journal is counted
and gives the calls what they need; each call must call the verb exactly once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from openclets.agencies import signing_on
from openclets.agencies.signing_on import Caller, Claim
from openclets.vocabulary.identifiers import Mnemonic, Ori, UserName
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


def _claim(county: County, user: str, code: str) -> Claim:
    return Claim(user=UserName(user), agency=Ori("CA0990100"), password=county.password, code=code)


ROWS: Final[dict[str, Row]] = {
    "agencies.signing_on.sign_on": Row(
        prepare=lambda county: county.code("chen"),
        allowed=lambda county, code: signing_on.sign_on(
            actor=Caller(Mnemonic("CADEMO01"), "socket"), claim=_claim(county, "chen", code), now=county.now
        ),
        refused=lambda county, code: signing_on.sign_on(
            actor=Caller(Mnemonic("CADEMO01"), "socket"), claim=_claim(county, "dorn", code), now=county.now
        ),
    ),
    "agencies.signing_on.record_page_sign_on": Row(
        allowed=lambda county, _: signing_on.record_page_sign_on(
            actor=county.actor("chen", channel="web"), now=county.now
        ),
        refused=None,
        why="records what the sign-in library has proven",
    ),
    "agencies.signing_on.record_page_refusal": Row(
        allowed=lambda county, _: signing_on.record_page_refusal(
            actor=Caller(Mnemonic(""), "web"), now=county.now, user_name="chen", refusal="the password is not right"
        ),
        refused=None,
        why="records a refusal itself",
    ),
    "agencies.signing_on.record_sign_off": Row(
        allowed=lambda county, _: signing_on.record_sign_off(actor=county.actor("chen"), now=county.now),
        refused=None,
        why="anybody may leave",
    ),
}
