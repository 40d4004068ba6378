"""The interstate network's legacy text: messages into it, deliveries out of it, its ER and SM.

MKE.SENDORI.DEST[,DEST...][.*CONTROL].TXT       into the network
FLD/value.FLD/value

MKE.SENDORI                                     out of it
09:36 11/22/2026 00123                          when the network received it, the sender's message number
09:36 11/22/2026 00456                          when it sent it on, the receiver's message number
DESTORI.*CONTROL.TXT
body

Source: Nlets' public help pages on message structure, errors and status. Moments are Mountain Standard Time all year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone

from openclets.vocabulary.errors import Fault, Rejected
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.identifiers import Ori
from openclets.vocabulary.messages import MESSAGE_KEY_BY_CODE, Direction
from openclets.wire.layout import plain
from openclets.wire.message import Message
from openclets.wire.message_text import fields_text, header_of
from openclets.wire.parse import MAX_MESSAGE_CHARACTERS, read_message

MOUNTAIN_STANDARD = timezone(timedelta(hours=-7), "MST")
"""Source: Nlets log queries take times in Mountain Standard. That deliveries are stamped so too: own decision."""

NETWORK = Ori("NL0000000")
"""The network itself as a sender. Source: only it sends ER."""

_HEADER_END = "\r\n"
_FIRST = re.compile(r"([A-Z0-9$][A-Z0-9$.-]{1,9})\.([A-Z]{2}[A-Z0-9]{7})")
_STAMP = re.compile(r"([0-9]{2}:[0-9]{2}) +([0-9]{2}/[0-9]{2}/[0-9]{4}) +([0-9]{1,9})(?: +(.*))?")
_REST = re.compile(r"([A-Z][A-Z0-9]{1,9})[. ]+(?:\*([!-+\-0-~]{10})[. ]+)?TXT\.?")
_LINE_BREAK = re.compile("\r\n|\r|\n")
_CONTROLS = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ud800-\udfff]")
_FAULT = re.compile(r"\.?([0-9]{1,2})\. ?(.*)")
_OPTION = re.compile(r"([0-9]{1,2})\. (.*)")
_ORIGINAL = "ORIGINAL MESSAGE"
_ECHO_CHARACTERS = 100
_MAX_HEADER_LINES = 5
_STATUS = re.compile(r"\.(01|02|04)\. ?(.*)")

_PUBLISHED = frozenset({"00", "01", "02", "03", "04", "05", "06", "10", "14", "16", "19", "22"})
"""The numbers that Nlets publishes; our own would mean nothing there."""

_OURS_AS_PUBLISHED = {FaultCode.NAME: "22", FaultCode.TOO_LONG: "00", FaultCode.CHARACTERS: "00", FaultCode.FRAME: "00"}


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message as the network hands it over. Moments are aware, cut to the minute; numbers count per line."""

    key: str
    sender: Ori
    received_at: datetime
    sender_number: int
    sent_at: datetime
    receiver_number: int
    destination: str
    control: str
    body: str


@dataclass(frozen=True, slots=True)
class NetworkError:
    """What an ER says: faults with the network's numbers, and the first 100 characters of what was sent."""

    faults: tuple[Fault, ...]
    original: str


@dataclass(frozen=True, slots=True)
class NetworkStatus:
    """What an SM says: `code` 01 not answered by that destination, 02 will be forwarded, 04 will not."""

    code: str
    text: str


def compose_nlets(message: Message) -> str:
    """The message as it goes into the network. Raises: ValueError without a destination (a bug of the caller)."""
    if not message.destinations:
        raise ValueError("a message into the network has a destination")
    return f"{header_of(message)}.TXT{_HEADER_END}{fields_text(message)}"


def parse_nlets(text: str, *, today: date, from_switch: bool = False) -> Message:
    """A message that goes into the network; `from_switch` as in `parse`.

    Raises: Rejected with all faults, and nothing else for any text.
    """
    reading = read_message(text, today=today, from_switch=from_switch)
    faults = list(reading.faults)
    message = reading.message
    if message is not None and message.form != "tagged":
        faults.append(Fault(FaultCode.NO_MARKER, "", "the header line does not end with .TXT", ".TXT, then the fields"))
    if message is not None and not message.destinations:
        accepted = "state codes or agency identifiers divided by commas"
        faults.append(Fault(FaultCode.ORI, "DEST", "there is no destination", accepted))
    if message is None or faults:
        raise Rejected(*faults)
    return replace(message, form="nlets")


def compose_delivery(delivery: Delivery) -> str:
    """The text of a delivery."""
    control = f"*{delivery.control}." if delivery.control else ""
    lines = (
        f"{delivery.key}.{delivery.sender}",
        f"{_stamp(delivery.received_at)} {delivery.sender_number:05d}",
        f"{_stamp(delivery.sent_at)} {delivery.receiver_number:05d}",
        f"{delivery.destination}.{control}TXT",
        *delivery.body.split("\n"),
    )
    return _HEADER_END.join(lines)


def parse_delivery(text: str) -> Delivery:
    """A delivery; the destination may also stand behind the second number, as in the published samples.

    Raises: Rejected (00, 36), and nothing else for any text.
    """
    if len(text) > MAX_MESSAGE_CHARACTERS:
        accepted = f"at most {MAX_MESSAGE_CHARACTERS}"
        raise Rejected(Fault(FaultCode.TOO_LONG, "", f"the text has {len(text)} characters", accepted))
    lines = [line.strip() for line in _LINE_BREAK.split(_CONTROLS.sub("", text).strip())]
    first = _FIRST.fullmatch(lines[0])
    if first is None or len(lines) < 3:
        raise _unreadable("it does not begin with message key and sender")
    received, sent = _STAMP.fullmatch(lines[1]), _STAMP.fullmatch(lines[2])
    if received is None or sent is None or received.group(4):
        raise _unreadable("it has no moments and message numbers")
    end = next((place for place in range(3, min(len(lines), _MAX_HEADER_LINES)) if _ends_header(lines[place])), 0)
    header = " ".join(part for part in (sent.group(4) or "", *lines[3 : end + 1]) if part)
    rest = _REST.fullmatch(header)
    if not end or rest is None:
        raise _unreadable("it does not say whom it is for, up to TXT")
    return Delivery(
        key=first.group(1),
        sender=Ori(first.group(2)),
        received_at=_moment(received),
        sender_number=int(received.group(3)),
        sent_at=_moment(sent),
        receiver_number=int(sent.group(3)),
        destination=rest.group(1),
        control=rest.group(2) or "",
        body="\n".join(lines[end + 1 :]).strip("\n"),
    )


def delivery_of(
    message: Message,
    destination: str,
    *,
    received_at: datetime,
    sender_number: int,
    sent_at: datetime,
    receiver_number: int,
) -> Delivery:
    """The message as one of its destinations gets it."""
    return Delivery(
        key=message.key,
        sender=message.ori,
        received_at=received_at,
        sender_number=sender_number,
        sent_at=sent_at,
        receiver_number=receiver_number,
        destination=destination,
        control=message.control,
        body=fields_text(message),
    )


def message_in(delivery: Delivery, *, today: date) -> Message:
    """The message in a delivery, a question or an answer, its destination alone. Raises: Rejected with all faults."""
    control = f".*{delivery.control}" if delivery.control else ""
    header = f"{delivery.key}.{delivery.sender}.{delivery.destination}{control}.TXT"
    row = MESSAGE_KEY_BY_CODE.get(delivery.key)
    is_an_answer = row is not None and row.direction is Direction.OUT
    return parse_nlets(f"{header}{_HEADER_END}{delivery.body}", today=today, from_switch=is_an_answer)


def network_error(faults: Iterable[Fault], original: str) -> NetworkError:
    """Our faults with the numbers the network knows, the field named in the text."""
    told = []
    for fault in faults:
        code = str(fault.code)
        if code in _OURS_AS_PUBLISHED or code not in _PUBLISHED:
            code = _OURS_AS_PUBLISHED.get(FaultCode(code), "22") if code in list(FaultCode) else "22"
        text = plain(f"{fault.field} {fault.text}" if fault.field else fault.text)
        told.append(Fault(code, "", text, plain(fault.accepted)))
    return NetworkError(tuple(told), plain(original)[:_ECHO_CHARACTERS].rstrip())


def compose_network_error(error: NetworkError) -> str:
    """The body of an ER."""
    lines = []
    for fault in error.faults:
        lines.append(f".{fault.code}. {plain(fault.text)}".rstrip())
        if plain(fault.accepted):
            lines.append(f"1. {plain(fault.accepted)}")
    return "\n".join([*lines, _ORIGINAL, plain(error.original)]).rstrip("\n")


def parse_network_error(delivery: Delivery) -> NetworkError:
    """What an ER delivery says. Raises: Rejected (00 for another body, 19 for an ER that is not the network's)."""
    if delivery.key != "ER" or delivery.sender != NETWORK:
        raise Rejected(Fault(FaultCode.ORI, "ORI", f"{delivery.sender} sends no ER", f"ER from {NETWORK}"))
    said, found, original = _divided(delivery.body)
    if not found:
        raise _unreadable("the error does not show the original message")
    faults: list[Fault] = []
    for line in said:
        option = _OPTION.fullmatch(line)
        fault = _FAULT.fullmatch(line)
        if option and faults:
            before = faults[-1]
            accepted = f"{before.accepted}; {option.group(2)}" if before.accepted else option.group(2)
            faults[-1] = Fault(before.code, "", before.text, accepted)
        elif fault:
            faults.append(Fault(f"{int(fault.group(1)):02d}", "", fault.group(2).strip(), ""))
        elif faults:
            before = faults[-1]
            faults[-1] = Fault(before.code, "", f"{before.text} {line}".strip(), before.accepted)
        else:
            raise _unreadable("the error does not begin with a number")
    if not faults:
        raise _unreadable("the error names no fault")
    return NetworkError(tuple(faults), original)


def compose_network_status(status: NetworkStatus) -> str:
    """The body of an SM."""
    return f".{status.code}. {plain(status.text)}".rstrip()


def parse_network_status(delivery: Delivery) -> NetworkStatus:
    """What an SM delivery says. Raises: Rejected (00)."""
    status = _STATUS.fullmatch(" ".join(delivery.body.split()))
    if delivery.key != "SM" or status is None:
        raise _unreadable("it is no status of the network")
    return NetworkStatus(status.group(1), status.group(2))


def _divided(body: str) -> tuple[list[str], bool, str]:
    lines = [" ".join(line.split()) for line in body.split("\n")]
    if _ORIGINAL not in lines:
        return [], False, ""
    place = lines.index(_ORIGINAL)
    return [line for line in lines[:place] if line], True, " ".join(part for part in lines[place + 1 :] if part)


def _ends_header(line: str) -> bool:
    return line.rstrip(".").endswith("TXT")


def _stamp(moment: datetime) -> str:
    return moment.astimezone(MOUNTAIN_STANDARD).strftime("%H:%M %m/%d/%Y")


def _moment(stamp: re.Match[str]) -> datetime:
    try:
        moment = datetime.strptime(f"{stamp.group(1)} {stamp.group(2)}", "%H:%M %m/%d/%Y")  # noqa: DTZ007 (set below)
    except ValueError:
        raise _unreadable("there is no such moment") from None
    return moment.replace(tzinfo=MOUNTAIN_STANDARD)


def _unreadable(what: str) -> Rejected:
    return Rejected(Fault(FaultCode.FORMAT, "", f"this is no delivery: {what}", "a delivery as in docs/protocol.md"))
