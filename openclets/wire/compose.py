"""Replies as text: the fixed header lines, the bodies of ER, RF and SM, and all of it back.

FROM: CADEMO   ISN: 0000003 DATE: 2026-11-22 TIME: 09:36:27.41Z
TO:   CADEMO01  OSN: 0000007 DATE: 2026-11-22 TIME: 09:36:27.43Z
RE: QW.CA0990100.*AB12345678
JRN: 000000012345.3f9a...

body
                                     *** END OF MESSAGE ***
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from openclets.vocabulary.errors import Fault
from openclets.vocabulary.faults import StatusCode
from openclets.wire.echo import echo_of
from openclets.wire.layout import END_MARK, headed, plain, unreadable, unwrapped, value_after, wrapped

Status = Literal["answered", "rejected", "refused", "unavailable"]

REJECTED_HEAD = "ER - REJECTED, NOTHING WAS DONE"
REFUSED_HEAD = "RF - REFUSED, NOTHING WAS DONE"
UNAVAILABLE_HEAD = "SM - UNAVAILABLE"

NOT_KEPT = 0
"""OSN of a reply that is not stored and must not be acknowledged. Source: docs/protocol.md."""

WHOLE_MESSAGE = "MESSAGE"
"""Printed for a fault that lies in no single field."""

_END_LINE = " " * 37 + END_MARK
_MNEMONIC = "[A-Z][A-Z0-9]{1,9}"
_STAMP = r"DATE: ([0-9]{4}-[0-9]{2}-[0-9]{2}) TIME: ([0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{2})Z"
_FROM_LINE = re.compile(rf"FROM: ({_MNEMONIC}) +ISN: ([0-9]{{7,10}}) {_STAMP}")
_TO_LINE = re.compile(rf"TO: +({_MNEMONIC}) +OSN: ([0-9]{{7,10}}) {_STAMP}")
_FAULT = re.compile(r"\.([A-Z0-9-]{1,12})\. ([^ :]+):(?: (.*))?")
_STATUS = re.compile(r"\.([0-9]{2})\.(?: (.*))?")
_ACCEPTED, _SENT = "  ACCEPTED:", "SENT:"
_RULE, _MISSING, _SOURCE, _PENALTY, _SINCE = "RULE:", "MISSING:", "SOURCE:", "PENALTY:", "SINCE:"


@dataclass(frozen=True, slots=True)
class ReplyHeader:
    """The four header lines. Moments are aware and printed in UTC to 1/100 s. `reference` says which message is
    answered (`Message.reference` or `parse.reference_of`); `receipt` '' when nothing was journalled; `osn` NOT_KEPT
    for a reply that is not stored."""

    node: str
    isn: int
    received_at: datetime
    device: str
    osn: int
    sent_at: datetime
    reference: str
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply read back. Its moments are cut to 1/100 s."""

    header: ReplyHeader
    body: str

    @property
    def status(self) -> Status:
        """What kind of reply it is, by the first line of its body."""
        first = self.body.split("\n", 1)[0]
        heads: dict[str, Status] = {
            REJECTED_HEAD: "rejected",
            REFUSED_HEAD: "refused",
            UNAVAILABLE_HEAD: "unavailable",
        }
        return heads.get(first, "answered")


@dataclass(frozen=True, slots=True)
class Rejection:
    """An `ER` body: all faults, and the beginning of what was sent."""

    faults: tuple[Fault, ...]
    sent: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """An `RF` body."""

    rule: str
    missing: str
    source: str
    penalty: str


@dataclass(frozen=True, slots=True)
class Outage:
    """An `SM` body. `since` is aware, cut to 1/100 s."""

    what: str
    code: StatusCode
    since: datetime | None


def compose_reply(header: ReplyHeader, body: str) -> str:
    """The whole text of a reply. `body` comes from one of the composers, without empty lines at its ends."""
    lines = [
        f"FROM: {header.node:<8} ISN: {header.isn:07d} {_stamp(header.received_at)}",
        f"TO:   {header.device:<8}  OSN: {header.osn:07d} {_stamp(header.sent_at)}",
        f"RE: {plain(header.reference)}",
    ]
    if header.receipt:
        lines.append(f"JRN: {plain(header.receipt)}")
    return "\n".join([*lines, "", body.strip("\n"), _END_LINE])


def parse_reply(text: str) -> Reply:
    """What `compose_reply` wrote. Raises: Rejected (code 00) for any other text."""
    head, empty, rest = text.partition("\n\n")
    body, _, end = rest.rpartition("\n")
    lines = head.split("\n")
    if not empty or end.strip() != END_MARK or len(lines) not in (3, 4):
        raise unreadable("this is not a reply")
    from_line, to_line = _FROM_LINE.fullmatch(lines[0]), _TO_LINE.fullmatch(lines[1])
    reference = value_after("RE:", lines[2])
    receipt = value_after("JRN:", lines[3]) if len(lines) == 4 else ""
    if from_line is None or to_line is None or reference is None or receipt is None:
        raise unreadable("the reply's header cannot be read")
    header = ReplyHeader(
        node=from_line.group(1),
        isn=int(from_line.group(2)),
        received_at=_moment(from_line.group(3), from_line.group(4)),
        device=to_line.group(1),
        osn=int(to_line.group(2)),
        sent_at=_moment(to_line.group(3), to_line.group(4)),
        reference=reference,
        receipt=receipt,
    )
    return Reply(header, body)


def compose_rejection(faults: Iterable[Fault], sent: str | bytes) -> str:
    """The `ER` body: per fault its number, field, what was wrong and what would be accepted; then the first 100
    characters sent, secrets masked."""
    lines = [REJECTED_HEAD]
    for fault in faults:
        field = "_".join(fault.field.replace(":", " ").split()) or WHOLE_MESSAGE
        lines += wrapped(headed(f".{fault.code}. {plain(field)}:", fault.text))
        lines += wrapped(headed(_ACCEPTED, fault.accepted))
    lines += wrapped(headed(_SENT, echo_of(sent)))
    return "\n".join(lines)


def parse_rejection(body: str) -> Rejection:
    """What `compose_rejection` wrote. Raises: Rejected (code 00) for any other text."""
    items = _items(body, REJECTED_HEAD)
    sent = value_after(_SENT, items[-1]) if items else None
    if sent is None or len(items) % 2 == 0:
        raise unreadable("the rejection is not whole")
    return Rejection(tuple(_fault(*pair) for pair in zip(items[:-1:2], items[1:-1:2], strict=True)), sent)


def compose_refusal(*, rule: str, missing: str, source: str, penalty: str) -> str:
    """The `RF` body: the rule, what is missing, the rule's source, and the law on misuse."""
    named = ((_RULE, rule), (_MISSING, missing), (_SOURCE, source), (_PENALTY, penalty))
    return "\n".join([REFUSED_HEAD, *(line for head, text in named for line in wrapped(headed(head, text)))])


def parse_refusal(body: str) -> Refusal:
    """What `compose_refusal` wrote. Raises: Rejected (code 00) for any other text."""
    items = _items(body, REFUSED_HEAD)
    if len(items) != 4:
        raise unreadable("the refusal is not whole")
    heads = (_RULE, _MISSING, _SOURCE, _PENALTY)
    return Refusal(*(_value(head, item) for head, item in zip(heads, items, strict=True)))


def compose_unavailable(
    *, what: str, since: datetime | None = None, code: StatusCode = StatusCode.NOT_FORWARDED
) -> str:
    """The `SM` body: what is out of service, since when if that is known, and by `code` whether an answer follows."""
    lines = [UNAVAILABLE_HEAD, *wrapped(headed(f".{code}.", what))]
    return "\n".join([*lines, f"{_SINCE} {_stamp(since)}"] if since else lines)


def parse_unavailable(body: str) -> Outage:
    """What `compose_unavailable` wrote. Raises: Rejected (code 00) for any other text."""
    items = _items(body, UNAVAILABLE_HEAD)
    status = _STATUS.fullmatch(items[0]) if items else None
    if status is None or status.group(1) not in list(StatusCode) or len(items) > 2:
        raise unreadable("the status cannot be read")
    stamp = re.fullmatch(_STAMP, _value(_SINCE, items[1])) if len(items) == 2 else None
    if len(items) == 2 and stamp is None:
        raise unreadable("the status does not say since when")
    since = _moment(stamp.group(1), stamp.group(2)) if stamp else None
    return Outage(status.group(2) or "", StatusCode(status.group(1)), since)


def _stamp(moment: datetime) -> str:
    utc = moment.astimezone(UTC)
    return f"DATE: {utc:%Y-%m-%d} TIME: {utc:%H:%M:%S}.{utc.microsecond // 10_000:02d}Z"


def _moment(day: str, time: str) -> datetime:
    try:
        return datetime.fromisoformat(f"{day}T{time}0000+00:00")
    except ValueError:
        raise unreadable("there is no such day or time") from None


def _items(body: str, head: str) -> list[str]:
    items = unwrapped(body.split("\n"))
    if not items or items[0] != head:
        raise unreadable(f"the body does not begin with '{head}'")
    return items[1:]


def _value(head: str, item: str) -> str:
    value = value_after(head, item)
    if value is None:
        raise unreadable(f"a line '{head}' is missing")
    return value


def _fault(wrong: str, accepted: str) -> Fault:
    parts = _FAULT.fullmatch(wrong)
    if parts is None:
        raise unreadable(f"'{wrong[:20]}' is not a fault")
    field = "" if parts.group(2) == WHOLE_MESSAGE else parts.group(2)
    return Fault(parts.group(1), field, parts.group(3) or "", _value(_ACCEPTED, accepted))
