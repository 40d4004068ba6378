"""A real switch on a real port for a test, and raw terminals that speak to it by TLS.

The switch runs in this process on a thread of its own, so that a test can give it the time, a small pool or short
limits. Certificates are made once per run by an authority of the tests.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import uvloop
from django.db import connection

from openclets.config.certificates import Authority, Identity, issue_device, issue_server, make_authority
from openclets.config.terminal_client import ClientTls, TerminalClient, Told
from openclets.switch.bridge import Bridge
from openclets.switch.listener import RECHECK_SECONDS, Listener, PlainDevice, Tls
from openclets.switch.session import SessionLimits
from openclets.vocabulary.errors import Unavailable
from openclets.vocabulary.identifiers import Mnemonic, UserName
from openclets.wire.framing import Framing, encode_frame
from openclets.wire.session import SignOn, SignOnAccepted
from tests.county import County

AUTHORITY_MADE_AT = datetime.now(UTC)
"""Certificates are checked by the real clock, whatever time a test gives the switch."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The authority of a run, and the switch's own certificate."""

    folder: Path
    authority: Authority
    server: Identity

    def device(self, mnemonic: str) -> ClientTls:
        """A certificate of the given device, by our authority."""
        identity = issue_device(self.authority, self.folder, Mnemonic(mnemonic), now=AUTHORITY_MADE_AT)
        return ClientTls(self.authority.certificate, identity.certificate, identity.key)


def make_paper(folder: Path) -> Paper:
    authority = make_authority(folder, now=AUTHORITY_MADE_AT)
    return Paper(folder, authority, issue_server(authority, folder, now=AUTHORITY_MADE_AT))


_TICKETS: dict[tuple[str, str], str] = {}
"""By user and device; good for every switch of the run, since all use one database."""


@dataclass(frozen=True, slots=True)
class RunningSwitch:
    """Where a switch listens, and the county whose people sign on at it."""

    port: int
    paper: Paper
    county: County
    bridge: Bridge
    loop: asyncio.AbstractEventLoop

    def connect(self, device: str = "CADEMO01", *, reply_seconds: float = 20.0) -> TerminalClient:
        return TerminalClient.connect("127.0.0.1", self.port, self.paper.device(device), reply_seconds=reply_seconds)

    def sign_on(
        self, user: str = "chen", *, device: str = "", last_osn: int = 0
    ) -> tuple[TerminalClient, SignOnAccepted]:
        """A terminal with the person signed on: by password and code the first time, then by the ticket for it."""
        actor = self.county.actor(user)
        place = (user, device or actor.device)
        client = self.connect(place[1])
        if place not in _TICKETS:
            accepted = client.sign_on(self.claim(user, last_osn=last_osn))
            _TICKETS[place] = accepted.ticket
            return client, accepted
        shown = SignOn(UserName(user), actor.agency, ticket=_TICKETS[place], last_osn=last_osn)
        return client, client.sign_on(shown)

    def occupy(self) -> Callable[[], None]:
        """Fills the one thread of a switch that has no waiting room; returns what frees it again."""
        begun, released = threading.Event(), threading.Event()

        def work() -> None:
            begun.set()
            released.wait(30)

        held = asyncio.run_coroutine_threadsafe(self._question(work), self.loop)
        if not begun.wait(5):
            raise RuntimeError("the pool was not free")

        def release() -> None:
            released.set()
            held.result(5)

        return release

    def lose_database_connection(self) -> None:
        """Ends the connection of the one thread that answers questions, as a database that restarts does."""
        backend = asyncio.run_coroutine_threadsafe(self.bridge.question(_backend), self.loop).result(5)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])

    async def _question(self, work: Callable[[], None]) -> None:
        """As soon as there is a place: the last reply is on its way before its own place is free."""
        while True:
            try:
                return await self.bridge.question(work)
            except Unavailable:
                await asyncio.sleep(0.01)

    def claim(self, user: str, *, last_osn: int = 0) -> SignOn:
        return SignOn(
            UserName(user),
            self.county.actor(user).agency,
            password=self.county.password,
            code=self.county.code(user),
            last_osn=last_osn,
        )


@contextmanager
def running_switch(
    county: County,
    paper: Paper,
    *,
    threads: int = 4,
    waiting: int | None = None,
    limits: SessionLimits | None = None,
    clock: Callable[[], datetime] | None = None,
    plain_device: str = "",
    recheck_seconds: float = RECHECK_SECONDS,
) -> Iterator[RunningSwitch]:
    """A switch until the block ends; then it is drained as by SIGTERM."""
    bridge = Bridge(threads=threads, waiting=waiting)
    listener = Listener(
        node=Mnemonic("CADEMO"),
        security=PlainDevice(Mnemonic(plain_device))
        if plain_device
        else Tls(paper.authority.certificate, paper.server.certificate, paper.server.key),
        bridge=bridge,
        clock=clock or (lambda: county.now),
        limits=limits,
        recheck_seconds=recheck_seconds,
    )
    loop = uvloop.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="switch", daemon=True)
    thread.start()
    try:
        _, port = asyncio.run_coroutine_threadsafe(listener.start("127.0.0.1", 0), loop).result(10)
        yield RunningSwitch(port, paper, county, bridge, loop)
    finally:
        asyncio.run_coroutine_threadsafe(listener.drain(within_seconds=5), loop).result(20)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
        bridge.close()


def _backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchall()[0][0])


def framed(text: str | bytes) -> bytes:
    """One frame as it goes over the line."""
    return encode_frame(Framing.LEN4, text.encode() if isinstance(text, str) else text)


def ask(client: TerminalClient, message: str) -> Told:
    """Sends one message and takes its reply, without acknowledging it."""
    client.send(message)
    return next_reply(client)


def next_reply(client: TerminalClient) -> Told:
    """The next reply to a message of this session; those left over from earlier ones are passed over."""
    while client.is_from_before(told := client.receive()):
        pass
    return told


def last_receipt_number() -> int:
    """The newest journal entry's number."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(number), 0) FROM journal_entry")
        return int(cursor.fetchall()[0][0])
