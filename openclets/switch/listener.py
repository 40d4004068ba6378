"""Accepting devices: TLS 1.3 with a client certificate whose common name is the device's mnemonic.

Plain TCP exists for tests and gateways on the same machine: only on loopback, only when switched on, and then every
connection is the one device named in the configuration.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import ssl
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import structlog

from openclets.agencies.certificates.admission import (
    admit_device,
    agency_authorities,
    reasons_against,
    record_turned_away,
)
from openclets.agencies.certificates.paper import AuthorityFiles
from openclets.agencies.signing_on import Caller
from openclets.exchange.replies import unstored_reply, worded_outage
from openclets.exchange.sessions import lost_standing
from openclets.switch.bridge import Bridge
from openclets.switch.changes import hear_changes
from openclets.switch.outbound import Outbound
from openclets.switch.session import Session, SessionLimits
from openclets.vocabulary.errors import Refused, Rejected, Unavailable
from openclets.vocabulary.identifiers import Mnemonic, parse_mnemonic
from openclets.wire.framing import Framing
from openclets.wire.parse import UNREADABLE

HANDSHAKE_SECONDS: Final = 10.0
MAX_CONNECTIONS: Final = 2_000
MAX_CONNECTIONS_PER_DEVICE: Final = 64
"""Own decisions: a county's devices several times over; a host that keeps a small pool of connections."""

RECHECK_SECONDS: Final = 15.0
"""How often every connection is looked at when no change is heard of: days pass and notices may be lost. Source: a
quarter of the minute within which access that was taken away must end; CJIS Security Policy AC-2(13) would allow
thirty."""

BETWEEN_LOOKS_SECONDS: Final = 0.2
"""So that many changes in a row, as of a roster, are few looks. Own decision: a change takes effect within a second."""

DRAIN_SECONDS: Final = 8.0
"""How long questions already taken in may still be answered when the switch is told to end. Own decision."""

_log = structlog.get_logger("switch")


@dataclass(frozen=True, slots=True)
class Tls:
    """The switch's own certificate and key, and the authority that signs devices' certificates. PEM files."""

    authority: Path
    certificate: Path
    key: Path


@dataclass(frozen=True, slots=True)
class PlainDevice:
    """Instead of TLS: who every connection is taken to be. Loopback only."""

    device: Mnemonic


class Listener:
    """One listening socket and its sessions. `clock` gives the aware present moment; whoever is connected is looked at
    again after each change of what they depend on, and every `recheck_seconds` anyhow."""

    def __init__(
        self,
        *,
        node: Mnemonic,
        security: Tls | PlainDevice,
        bridge: Bridge,
        clock: Callable[[], datetime],
        limits: SessionLimits | None = None,
        recheck_seconds: float = RECHECK_SECONDS,
    ) -> None:
        self._node = node
        self._security = security
        self._bridge = bridge
        self._clock = clock
        self._limits = limits or SessionLimits()
        self._recheck_seconds = recheck_seconds
        self._context: ssl.SSLContext | None = None
        self._changed = asyncio.Event()
        self._watch: tuple[asyncio.Task[None], ...] = ()
        self._fingerprints: dict[Session, tuple[Mnemonic, str]] = {}
        self._server: asyncio.Server | None = None
        self._sessions: dict[asyncio.Task[None], Session] = {}
        self._per_device: Counter[Mnemonic] = Counter()

    async def start(self, host: str, port: int) -> tuple[str, int]:
        """Listens on `host` (an address or localhost) and `port` (0: a free one); returns the address it got.

        Raises: OSError when the port is taken, ssl.SSLError or FileNotFoundError when a certificate cannot be used,
        ValueError when plain TCP is asked for beyond loopback.
        """
        if isinstance(self._security, PlainDevice):
            if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
                raise ValueError("plain TCP is only for loopback: give certificates, or listen on 127.0.0.1")
            self._server = await asyncio.start_server(self._connected, host, port, backlog=512)
        else:
            self._context = tls_context(self._security)
            try:
                await self._trust_agencies(self._context)
            except Unavailable as error:
                # Devices may connect and are told that nothing can be asked; the next look finds the authorities.
                _log.warning("authorities_not_read", reason=error.what)
            self._server = await asyncio.start_server(
                self._connected,
                host,
                port,
                backlog=512,
                ssl=self._context,
                ssl_handshake_timeout=HANDSHAKE_SECONDS,
                ssl_shutdown_timeout=2.0,
            )
        self._watch = (asyncio.create_task(self._recheck()), asyncio.create_task(hear_changes(self._changed)))
        bound_host, bound_port = self._server.sockets[0].getsockname()[:2]
        _log.info("switch_listening", host=bound_host, port=bound_port)
        return bound_host, bound_port

    async def drain(self, *, within_seconds: float = DRAIN_SECONDS) -> None:
        """Takes no more connections and messages, answers what was taken in, then ends every session."""
        for task in self._watch:
            task.cancel()
        await asyncio.gather(*self._watch, return_exceptions=True)
        if self._server is None:
            return
        self._server.close()
        _log.info("switch_draining", count=len(self._sessions))
        for session in self._sessions.values():
            session.finish()
        if self._sessions:
            _, late = await asyncio.wait(self._sessions, timeout=within_seconds)
            for task in late:
                task.cancel()
            if late:
                _log.warning("switch_sessions_cut", count=len(late))
                await asyncio.wait(late, timeout=within_seconds)
        _log.info("switch_stopped")

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("a connection is handled in a task")
        host = str((writer.get_extra_info("peername") or ("",))[0])
        try:
            device = self._device_of(writer)
        except Rejected as error:
            _log.warning("device_rejected", host=host, reason=str(error))
            writer.close()
            return
        try:
            fingerprint = await self._admitted(device, writer)
        except (Refused, Unavailable) as error:
            _log.warning("device_turned_away", host=host, device=device, reason=str(error))
            what = error.missing if isinstance(error, Refused) else error.what
            await self._turn_away(device, writer, what)
            return
        if len(self._sessions) >= MAX_CONNECTIONS or self._per_device[device] >= MAX_CONNECTIONS_PER_DEVICE:
            _log.warning("too_many_connections", host=host, device=device, count=len(self._sessions))
            await self._turn_away(device, writer, "too many connections; close some, or connect again in a minute")
            return
        session = Session(
            node=self._node,
            device=device,
            reader=reader,
            writer=writer,
            bridge=self._bridge,
            clock=self._clock,
            limits=self._limits,
        )
        self._sessions[task] = session
        self._fingerprints[session] = (device, fingerprint)
        self._per_device[device] += 1
        try:
            await session.run()
        finally:
            del self._sessions[task]
            del self._fingerprints[session]
            self._per_device[device] -= 1
            if not self._per_device[device]:
                del self._per_device[device]

    async def _admitted(self, device: Mnemonic, writer: asyncio.StreamWriter) -> str:
        """The fingerprint of the device's certificate, '' without TLS. Raises: Refused (journalled), Unavailable."""
        tls = self._security
        if isinstance(tls, PlainDevice):
            return ""
        certificate = writer.get_extra_info("ssl_object").getpeercert(True)
        authority = AuthorityFiles(tls.authority, tls.key)
        try:
            return await self._bridge.sign_on(
                lambda: admit_device(device, certificate, node_authority=authority, now=self._clock())
            )
        except Refused as refused:
            await self._record_turned_away(device, refused.missing)
            raise

    async def _record_turned_away(self, device: Mnemonic, reason: str) -> None:
        caller = Caller(device, "socket")
        await self._bridge.sign_on(lambda: record_turned_away(actor=caller, now=self._clock(), reason=reason))

    async def _trust_agencies(self, context: ssl.SSLContext) -> None:
        """Lets handshakes take certificates of the agencies' own authorities. One that is no longer trusted stays in
        the context; it is met when the device is admitted. Raises: Unavailable."""
        for pem in await self._bridge.look(lambda: agency_authorities(now=self._clock())):
            context.load_verify_locations(cadata=pem)

    async def _recheck(self) -> None:
        """Ends the connections of whoever lost what they were let in with, for as long as the switch runs."""
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._recheck_seconds):
                    await self._changed.wait()
            # Before the look: what changes while it lasts is looked at in the next.
            self._changed.clear()
            try:
                if self._context is not None:
                    await self._trust_agencies(self._context)
                await self._end_those_without_standing()
            except Unavailable as error:
                # Without the database no question is answered either; asked again next time.
                _log.warning("certificates_not_rechecked", reason=error.what)
            except Exception:  # noqa: BLE001 (a bug of ours must not end the watch over every other connection)
                _log.exception("recheck_failed")
            await asyncio.sleep(BETWEEN_LOOKS_SECONDS)

    async def _end_those_without_standing(self) -> None:
        """First people who lost what they signed on with, then devices whose certificates no longer stand."""
        signed_on = {one: standing for one in self._sessions.values() if (standing := one.standing) is not None}
        lost = await self._bridge.look(lambda: lost_standing(signed_on, now=self._clock()))
        for session, rule in lost.items():
            _log.warning("person_disconnected", device=signed_on[session][0].device, reason=rule)
            session.end_at_once(f"{rule}; this connection ends")
        connected = dict(self._fingerprints)
        fingerprints = {fingerprint for _, fingerprint in connected.values() if fingerprint}
        if not fingerprints:
            return
        reasons = await self._bridge.look(lambda: reasons_against(fingerprints, now=self._clock()))
        for session, (device, fingerprint) in connected.items():
            if reason := reasons.get(fingerprint):
                _log.warning("device_disconnected", device=device, reason=reason)
                session.end_at_once(f"{reason}; this connection ends")
                await self._record_turned_away(device, reason)

    async def _turn_away(self, device: Mnemonic, writer: asyncio.StreamWriter, what: str) -> None:
        outbound = Outbound(writer, framing=Framing.LEN4, slow_reader_seconds=self._limits.slow_reader_seconds)
        wording = worded_outage(Unavailable(what))
        reply = unstored_reply(wording, device=device, reference=UNREADABLE, now=self._clock())
        with contextlib.suppress(ConnectionError):
            await outbound.send(reply.text)
        await outbound.close()

    def _device_of(self, writer: asyncio.StreamWriter) -> Mnemonic:
        if isinstance(self._security, PlainDevice):
            return self._security.device
        certificate = writer.get_extra_info("peercert") or {}
        return parse_mnemonic(_common_name(certificate))


def tls_context(tls: Tls) -> ssl.SSLContext:
    """TLS 1.3 only, a client certificate of our authority required. Source: CJIS Security Policy SC-8, IA-3."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.verify_mode = ssl.CERT_REQUIRED
    # An agency may name the authority below its root, which alone signs its devices' certificates.
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    context.load_verify_locations(cafile=tls.authority)
    context.load_cert_chain(tls.certificate, tls.key)
    return context


def _common_name(certificate: dict[str, object]) -> str:
    """The subject's one common name; '' when there is none or more than one."""
    subject = certificate.get("subject")
    if not isinstance(subject, tuple):
        return ""
    names = [value for parts in subject for name, value in parts if name == "commonName"]
    return str(names[0]) if len(names) == 1 else ""
