"""One connection of one device, from its first byte to its last.

Three tasks share a session: the reader cuts frames and answers keep-alives, the worker takes messages one at a time
and in order, the keeper stores acknowledgements that no reply was stored together with. A device that sends faster
than it is answered is read more slowly; nothing it sent on a living connection goes without a reply.

    nobody signed on --SON accepted--> signed on --SOF--> ended
           \\--too many failures--> ended      \\--connection lost, idle, 12 hours, switch stopping--> ended
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

import structlog
from structlog.contextvars import bound_contextvars

from openclets.agencies.access import LOCAL_ZONE
from openclets.agencies.actor import Actor
from openclets.agencies.signing_on import Caller, record_sign_off
from openclets.exchange.exchange import exchange, reject
from openclets.exchange.replies import Reply, unstored_reply, worded_outage, worded_refusal
from openclets.exchange.sessions import Begun, Waiting, acknowledge_replies, begin, waiting_replies
from openclets.switch.bridge import Bridge
from openclets.switch.outbound import Outbound
from openclets.vocabulary.errors import Fault, Refused, Rejected, Unavailable
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.identifiers import Mnemonic
from openclets.wire.compose import NOT_KEPT, ReplyHeader, compose_reply
from openclets.wire.framing import Broken, Frame, Framing, NeedMore, deframer_for
from openclets.wire.message import Message
from openclets.wire.parse import (
    MAX_MESSAGE_CHARACTERS,
    UNREADABLE,
    decode_text,
    parse_message,
    reference_of,
)
from openclets.wire.session import (
    SIGN_OFF_ACCEPTED,
    SignOnAccepted,
    acknowledged_osn,
    compose_keep_alive,
    compose_sign_on_accepted,
    sign_on_in,
)

READ_BYTES: Final = 65_536

_log = structlog.get_logger("switch")


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """What one connection may do. All own decisions.

    `max_frame_bytes` is the longest message in UTF-8. `max_rejected_in_a_row` bounds what a broken sender writes into
    the journal before it must connect again. `idle_seconds` counts any frame as a sign of life, a keep-alive too.
    `acknowledgements_wait_seconds` is how long an acknowledgement waits for a reply that it is stored together with.
    """

    max_frame_bytes: int = 4 * MAX_MESSAGE_CHARACTERS
    max_waiting_messages: int = 16
    max_sign_ons_refused: int = 3
    max_rejected_in_a_row: int = 50
    sign_on_within_seconds: float = 60.0
    idle_seconds: float = 900.0
    slow_reader_seconds: float = 20.0
    acknowledgements_wait_seconds: float = 0.5


class _Ended(Exception):
    """The session is over and said so to the device."""


class Session:
    """One connection. `node` is the switch's own mnemonic, `clock` gives the aware present moment."""

    def __init__(
        self,
        *,
        node: Mnemonic,
        device: Mnemonic,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        bridge: Bridge,
        clock: Callable[[], datetime],
        limits: SessionLimits,
        framing: Framing = Framing.LEN4,
    ) -> None:
        self._node = node
        self._caller = Caller(device, "socket")
        self._reader = reader
        self._outbound = Outbound(writer, framing=framing, slow_reader_seconds=limits.slow_reader_seconds)
        self._deframer = deframer_for(framing, max_frame_bytes=limits.max_frame_bytes)
        self._bridge = bridge
        self._clock = clock
        self._limits = limits
        self._inbox: asyncio.Queue[Frame | Broken | None] = asyncio.Queue(limits.max_waiting_messages)
        self._stopping = asyncio.Event()
        self._why_ended = "the switch is stopping; connect again in a minute"
        self._actor: Actor | None = None
        self._good_until: datetime | None = None
        self._lacking: frozenset[str] = frozenset()
        self._sign_ons_refused = 0
        self._rejected_in_a_row = 0
        self._acknowledged: set[int] = set()
        self._has_acknowledged = asyncio.Event()
        self._storing = asyncio.Lock()

    async def run(self) -> None:
        """Serves the connection until it ends; raises nothing but cancellation."""
        _log.info("session_began", device=self._caller.device)
        reading = asyncio.create_task(self._read())
        working = asyncio.create_task(self._work())
        keeping = asyncio.create_task(self._keep_acknowledgements())
        stopping = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait((reading, working, stopping), return_when=asyncio.FIRST_COMPLETED)
            reading.cancel()
            if not working.done():
                await self._finish_work(working, is_connected=stopping.done())
        finally:
            for task in (reading, working, keeping, stopping):
                task.cancel()
            results = await asyncio.gather(reading, working, keeping, stopping, return_exceptions=True)
            await self._end(_reason_in(results))

    @property
    def standing(self) -> tuple[Actor, frozenset[str]] | None:
        """Who is signed on and what they lacked when they did; None: nobody."""
        return None if self._actor is None else (self._actor, self._lacking)

    def finish(self) -> None:
        """Reads no more; what was read is still answered, then the device is told and the session ends."""
        self._stopping.set()

    def end_at_once(self, why: str) -> None:
        """Answers the message under way and none behind it; then the device is told why and the session ends. Of two
        reasons the first is told."""
        if not self._stopping.is_set():
            self._why_ended = why
        while not self._inbox.empty():
            self._inbox.get_nowait()
        self._stopping.set()

    async def _finish_work(self, working: asyncio.Task[None], *, is_connected: bool) -> None:
        """Lets the message under way end. Those behind it are answered too while there is somebody to answer."""
        if not is_connected:
            self._outbound.give_up()
            while not self._inbox.empty():
                self._inbox.get_nowait()
        end = asyncio.create_task(self._inbox.put(None))
        try:
            await asyncio.wait((working,))
        finally:
            end.cancel()
        if is_connected:
            with contextlib.suppress(ConnectionError):
                await self._say_unavailable(self._why_ended, UNREADABLE)

    async def _end(self, reason: str) -> None:
        await self._store_acknowledgements()
        actor = self._actor
        if actor is not None:
            try:
                await self._bridge.sign_on(lambda: record_sign_off(actor=actor, now=self._clock()))
            except Unavailable:
                _log.warning("sign_off_not_recorded", device=actor.device)
        await self._outbound.close()
        _log.info("session_ended", device=self._caller.device, reason=reason)

    # The reader.

    async def _read(self) -> None:
        """Raises: _Ended when the device is silent or gone."""
        while True:
            try:
                async with asyncio.timeout(self._silence_allowed()) as silence:
                    data = await self._reader.read(READ_BYTES)
            except OSError:
                if silence.expired():
                    await self._say_unavailable("nothing was heard for too long; this connection ends", UNREADABLE)
                    raise _Ended("idle") from None
                raise _Ended("the connection was lost") from None
            if not data:
                raise _Ended("ended inside a frame" if self._deframer.is_inside_frame else "closed by the device")
            self._deframer.receive(data)
            while not isinstance(event := self._deframer.next_event(), NeedMore):
                if isinstance(event, Broken) or not await self._is_handled_at_once(event):
                    await self._inbox.put(event)

    def _silence_allowed(self) -> float:
        return self._limits.sign_on_within_seconds if self._actor is None else self._limits.idle_seconds

    async def _is_handled_at_once(self, frame: Frame) -> bool:
        """Acknowledgements and keep-alives that are in order overtake the questions before them; others are answered
        in their turn, with what is wrong."""
        actor = self._actor
        if actor is None or _key_of(frame) not in ("ACK", "KAL"):
            return False
        try:
            message = self._parsed(frame)
        except Rejected:
            return False
        if message.ori != actor.agency:
            return False
        if message.key == "ACK":
            self._acknowledged.add(acknowledged_osn(message))
            self._has_acknowledged.set()
        else:
            await self._outbound.send(compose_keep_alive(message.ori, message.control))
        return True

    # The worker.

    async def _work(self) -> None:
        while (event := await self._inbox.get()) is not None:
            with bound_contextvars(correlation=secrets.token_hex(8), device=self._caller.device):
                await self._answer(event)

    async def _answer(self, event: Frame | Broken) -> None:
        """Answers one message whatever happens, except when the connection is gone."""
        began = time.perf_counter()
        reference = reference_of(event.data) if isinstance(event, Frame) else UNREADABLE
        try:
            reply = await self._reply_to(event)
        except Unavailable as error:
            _log.warning("message_not_answered", reason=error.what)
            await self._say_unavailable(error.what, reference)
            return
        except (_Ended, ConnectionError):
            raise
        except Exception:  # noqa: BLE001 (a bug of ours ends no session; the device is told only where to ask)
            _log.exception("message_failed")
            correlation = structlog.contextvars.get_contextvars()["correlation"]
            await self._say_unavailable(
                f"a fault of the switch, noted as {correlation}; nothing was answered", reference
            )
            return
        if reply is not None:
            await self._outbound.send(reply.text)
            _log.debug(
                "message_answered",
                message_key=reference.partition(".")[0],
                outcome=reply.status,
                isn=reply.isn,
                osn=reply.osn,
                receipt=reply.receipt,
                seconds=round(time.perf_counter() - began, 4),
            )
            await self._count_rejections(reply)

    async def _reply_to(self, event: Frame | Broken) -> Reply | None:
        """The reply that is still to be sent; None when everything has been said.

        Raises: Unavailable, _Ended, ConnectionError.
        """
        actor = self._actor
        sender: Actor | Caller = actor or self._caller
        if self._good_until is not None and self._clock() >= self._good_until:
            reference = reference_of(event.data) if isinstance(event, Frame) else UNREADABLE
            await self._say_unavailable("the sign-on has run out; nothing was asked; sign on again", reference)
            raise _Ended("the sign-on has run out")
        if isinstance(event, Broken):
            return await self._rejected(sender, event.fault, b"")
        key = _key_of(event)
        if actor is None:
            if key == "SON":
                return await self._sign_on(event)
            fault = Fault(FaultCode.SESSION, "MKE", "nobody has signed on at this device", "SON first")
            return await self._rejected(sender, fault, event.data)
        if key == "SON":
            fault = Fault(FaultCode.SESSION, "MKE", "a person is signed on at this connection", "SOF first")
            return await self._rejected(sender, fault, event.data)
        if key == "SOF":
            return await self._sign_off(actor, event)
        if await self._is_handled_at_once(event):
            return None
        return await self._exchanged(actor, event)

    async def _exchanged(self, actor: Actor, frame: Frame) -> Reply:
        """The reply, with what was acknowledged by now stored beside it: a statement of its own costs as much again.

        Raises: Unavailable.
        """
        now, osns = self._clock(), self._taken_acknowledged()
        try:
            return await self._bridge.question(
                lambda: exchange(actor=actor, text=frame.data, now=now, acknowledged=osns)
            )
        except BaseException:
            # No reply was stored, perhaps. To be stored twice does no harm.
            self._acknowledged |= osns
            self._has_acknowledged.set()
            raise

    async def _rejected(self, sender: Actor | Caller, fault: Fault, sent: bytes) -> Reply:
        now = self._clock()
        return await self._bridge.question(lambda: reject(sender=sender, faults=(fault,), sent=sent, now=now))

    async def _count_rejections(self, reply: Reply) -> None:
        """A sender that gets nothing right is not served for ever. Raises: _Ended."""
        self._rejected_in_a_row = self._rejected_in_a_row + 1 if reply.status == "rejected" else 0
        if self._rejected_in_a_row >= self._limits.max_rejected_in_a_row:
            await self._say_unavailable("too many rejected messages in a row; this connection ends", UNREADABLE)
            raise _Ended("too many rejected messages")

    # Signing on and off.

    async def _sign_on(self, frame: Frame) -> Reply | None:
        """Signs on, sends what the person never acknowledged, oldest first. Raises: Unavailable, _Ended."""
        now = self._clock()
        reference = reference_of(frame.data)
        try:
            shown = sign_on_in(self._parsed(frame))
        except Rejected as error:
            faults = error.faults
            return await self._bridge.question(
                lambda: reject(sender=self._caller, faults=faults, sent=frame.data, now=now)
            )
        try:
            begun = await self._bridge.sign_on(lambda: begin(actor=self._caller, shown=shown, now=now))
        except Refused as refused:
            await self._refuse_sign_on(refused, reference)
            return None
        accepted = SignOnAccepted(begun.ticket, begun.counters.last_isn, begun.counters.last_osn)
        await self._say(compose_sign_on_accepted(accepted), reference, begun.receipt)
        # Only now: a reader that sees an actor lets acknowledgements pass, and there was nothing to acknowledge.
        self._lacking = begun.lacking
        self._actor = begun.actor
        self._good_until = begun.good_until
        _log.info("signed_on", agency=begun.actor.agency, receipt=begun.receipt)
        await self._send_again(begun, shown.last_osn)
        return None

    async def _refuse_sign_on(self, refused: Refused, reference: str) -> None:
        self._sign_ons_refused += 1
        _log.warning("sign_on_refused", count=self._sign_ons_refused, receipt=refused.receipt)
        wording = worded_refusal(refused)
        reply = unstored_reply(wording, device=self._caller.device, reference=reference, now=self._clock())
        await self._outbound.send(reply.text)
        if self._sign_ons_refused >= self._limits.max_sign_ons_refused:
            fault = Fault(FaultCode.SESSION, "", "too many refused sign-ons; this connection ends", "a new connection")
            await self._outbound.send((await self._rejected(self._caller, fault, b"")).text)
            raise _Ended("too many refused sign-ons")

    async def _send_again(self, begun: Begun, last_osn: int) -> None:
        """Everything stored for this person before the sign-on and never acknowledged, oldest first.

        Raises: _Ended when it cannot be read: a session that went on would hide it until the next sign-on.
        """
        after, count = last_osn, 0
        while True:
            try:
                waiting = await self._bridge.question(partial(self._waiting, begun, after))
            except Unavailable as error:
                await self._say_unavailable(f"{error.what}; replies are waiting, connect again", UNREADABLE)
                raise _Ended("waiting replies could not be read") from None
            if not waiting:
                break
            for one in waiting:
                await self._outbound.send(one.text)
            after, count = waiting[-1].osn, count + len(waiting)
        if count:
            _log.info("sent_again", count=count)

    def _waiting(self, begun: Begun, after_osn: int) -> list[Waiting]:
        return waiting_replies(
            device=begun.actor.device,
            user=begun.actor.user,
            after_osn=after_osn,
            up_to_osn=begun.counters.last_osn,
        )

    async def _sign_off(self, actor: Actor, frame: Frame) -> Reply:
        """Raises: _Ended when the sign-off was in order."""
        now = self._clock()
        try:
            message = self._parsed(frame)
        except Rejected as error:
            faults = error.faults
            return await self._bridge.question(lambda: reject(sender=actor, faults=faults, sent=frame.data, now=now))
        if message.ori != actor.agency:
            return await self._bridge.question(lambda: exchange(actor=actor, text=frame.data, now=now))
        # Before the sign-off is confirmed, so that nothing acknowledged comes again at the next sign-on.
        await self._store_acknowledgements()
        await self._say(SIGN_OFF_ACCEPTED, message.reference, "")
        raise _Ended("signed off")

    # The keeper of acknowledgements.

    async def _keep_acknowledgements(self) -> None:
        while True:
            await self._has_acknowledged.wait()
            # A device mostly acknowledges and asks on: then the next reply takes the acknowledgement along.
            await asyncio.sleep(self._limits.acknowledgements_wait_seconds)
            self._has_acknowledged.clear()
            await self._store_acknowledgements()

    async def _store_acknowledgements(self) -> None:
        """Those gathered so far, in one statement. A reply whose acknowledgement is not stored is sent once more."""
        async with self._storing:
            actor = self._actor
            if actor is None or not self._acknowledged:
                return
            osns = self._taken_acknowledged()
            now = self._clock()
            try:
                await self._bridge.question(
                    lambda: acknowledge_replies(device=actor.device, user=actor.user, osns=osns, now=now)
                )
            except Unavailable as error:
                _log.warning("acknowledgements_not_stored", device=actor.device, count=len(osns), reason=error.what)

    def _taken_acknowledged(self) -> set[int]:
        """Those gathered so far; whoever takes them stores them."""
        osns, self._acknowledged = self._acknowledged, set()
        return osns

    # Words that are not stored.

    async def _say(self, body: str, reference: str, receipt: str) -> None:
        now = self._clock()
        header = ReplyHeader(self._node, 0, now, self._caller.device, NOT_KEPT, now, reference, receipt)
        await self._outbound.send(compose_reply(header, body))

    async def _say_unavailable(self, what: str, reference: str) -> None:
        wording = worded_outage(Unavailable(what))
        now = self._clock()
        await self._outbound.send(
            unstored_reply(wording, device=self._caller.device, reference=reference, now=now).text
        )

    def _parsed(self, frame: Frame) -> Message:
        """Raises: Rejected."""
        today = self._clock().astimezone(LOCAL_ZONE).date()
        return parse_message(decode_text(frame.data), today=today)


def _key_of(frame: Frame) -> str:
    return reference_of(frame.data).partition(".")[0]


def _reason_in(results: Iterable[object]) -> str:
    """What ended the session. A bug of ours is logged here, where its task is looked at last."""
    reason = "the switch is stopping"
    for result in results:
        if isinstance(result, (_Ended, ConnectionError)):
            reason = str(result)
        elif isinstance(result, Exception):
            _log.error("session_failed", exc_info=result)
    return reason
