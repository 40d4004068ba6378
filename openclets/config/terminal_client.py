"""One terminal's connection to a switch, synchronous and small: for `openclets send`, journeys and the bench.

Uses only the wire and the standard library, so that a command that sends one message starts at once.
"""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from openclets.vocabulary.errors import Rejected, Unavailable
from openclets.vocabulary.identifiers import Ori
from openclets.wire.compose import NOT_KEPT, Reply, parse_reply
from openclets.wire.framing import Broken, Frame, Framing, deframer_for, encode_frame
from openclets.wire.session import (
    SIGN_OFF_ACCEPTED,
    SIGN_ON_ACCEPTED_HEAD,
    SignOn,
    SignOnAccepted,
    compose_acknowledgement,
    compose_sign_off,
    compose_sign_on,
    is_keep_alive,
    parse_sign_on_accepted,
)

CONNECT_SECONDS: Final = 10.0
REPLY_SECONDS: Final = 60.0

AUTHORITY_FILE: Final = "authority.pem"


@dataclass(frozen=True, slots=True)
class ClientTls:
    """Whose certificate the switch must show, and the device's own. PEM files."""

    authority: Path
    certificate: Path
    key: Path


@dataclass(frozen=True, slots=True)
class Told:
    """A reply as received: its text, and what could be read of it."""

    text: str
    reply: Reply


class SignOnFailed(Exception):
    """The switch answered the sign-on by something else than acceptance: `told` is that."""

    def __init__(self, told: Told) -> None:
        super().__init__(told.reply.status)
        self.told = told


def device_tls(certificates_folder: Path, device: str) -> ClientTls:
    """Where a demo keeps what a device needs."""
    return ClientTls(
        certificates_folder / AUTHORITY_FILE,
        certificates_folder / f"{device}.pem",
        certificates_folder / f"{device}.key",
    )


class TerminalClient:
    """One connection. Every method that waits raises Unavailable when the switch cannot be reached or is silent."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self._deframer = deframer_for(Framing.LEN4)
        self._agency = Ori("")
        self._last_osn_at_sign_on = 0

    @classmethod
    def connect(cls, host: str, port: int, tls: ClientTls | None, *, reply_seconds: float = REPLY_SECONDS) -> Self:
        """Connects, by TLS 1.3 unless `tls` is None. The server's name must be `host`.

        Raises: Unavailable; ssl.SSLError or OSError when a certificate file cannot be used.
        """
        context = _context(tls) if tls else None
        try:
            connection = socket.create_connection((host, port), timeout=CONNECT_SECONDS)
        except OSError as error:
            raise Unavailable(f"the switch at {host}:{port} cannot be reached ({error.strerror or error})") from None
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if context is None:
            connection.settimeout(reply_seconds)
            return cls(connection)
        try:
            secured = context.wrap_socket(connection, server_hostname=host)
        except ssl.SSLCertVerificationError as error:
            raise Unavailable(f"{host}:{port} is not the switch it should be ({error.verify_message})") from None
        except OSError as error:
            raise Unavailable(f"no TLS with {host}:{port} ({_words(error)})") from None
        secured.settimeout(reply_seconds)
        return cls(secured)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def sign_on(self, sign_on: SignOn) -> SignOnAccepted:
        """Signs a person on. Replies that were waiting follow. Raises: SignOnFailed, Unavailable."""
        self.send(compose_sign_on(sign_on))
        told = self.receive()
        if not told.reply.body.startswith(SIGN_ON_ACCEPTED_HEAD):
            raise SignOnFailed(told)
        accepted = parse_sign_on_accepted(told.reply.body)
        self._agency = sign_on.agency
        self._last_osn_at_sign_on = accepted.last_osn
        return accepted

    def send(self, message: str | bytes) -> None:
        """Sends one message, which as bytes need not be text, and waits for nothing. Raises: Unavailable."""
        data = message.encode() if isinstance(message, str) else message
        self.send_bytes(encode_frame(Framing.LEN4, data))

    def send_bytes(self, data: bytes) -> None:
        """Sends bytes as they are, frame or none, for those who test what a switch does. Raises: Unavailable."""
        try:
            self.connection.sendall(data)
        except OSError as error:
            raise Unavailable(f"the connection was lost ({_words(error)})") from None

    def receive(self) -> Told:
        """The next reply. Raises: Unavailable when none comes in time or the connection ends."""
        while is_keep_alive(text := self.receive_text()):
            pass
        try:
            return Told(text, parse_reply(text))
        except Rejected as error:
            raise Unavailable(f"the switch sent what is not a reply ({error})") from None

    def receive_text(self) -> str:
        """The next frame's text, whatever it says. Raises: as `receive`."""
        while True:
            event = self._deframer.next_event()
            if isinstance(event, Frame):
                return event.data.decode("utf-8", "replace")
            if isinstance(event, Broken):
                raise Unavailable(f"the switch sent a broken frame ({event.reason})")
            try:
                data = self.connection.recv(65_536)
            except TimeoutError:
                raise Unavailable("the switch did not answer in time") from None
            except OSError as error:
                raise Unavailable(f"the connection was lost ({_words(error)})") from None
            if not data:
                raise Unavailable("the switch ended the connection")
            self._deframer.receive(data)

    def is_from_before(self, told: Told) -> bool:
        """Whether the reply was stored before this sign-on, so that it answers an earlier message."""
        return NOT_KEPT < told.reply.header.osn <= self._last_osn_at_sign_on

    def acknowledge(self, told: Told) -> None:
        """Tells the switch that the reply need not be sent again. Raises: Unavailable."""
        if told.reply.header.osn != NOT_KEPT:
            self.send(compose_acknowledgement(self._agency, told.reply.header.osn))

    def sign_off(self) -> None:
        """Signs off and waits until the switch has taken note. Raises: Unavailable."""
        self.send(compose_sign_off(self._agency))
        while self.receive().reply.body != SIGN_OFF_ACCEPTED:
            pass

    def close(self) -> None:
        self.connection.close()


def _context(tls: ClientTls) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_verify_locations(cafile=tls.authority)
    context.load_cert_chain(tls.certificate, tls.key)
    return context


def _words(error: OSError) -> str:
    """The reason without the parts of a library's own wording."""
    if isinstance(error, ssl.SSLError):
        return (error.reason or "TLS error").lower().replace("_", " ")
    return error.strerror or str(error)
