"""The county that is asked about, the terminals that ask, and the switch they ask: as in service, made for one run."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import psutil
from django.db import connections

from openclets.agencies.actor import Actor
from openclets.agencies.models import Device, User
from openclets.agencies.signing_on import issue_ticket
from openclets.config.certificates import issue_device, issue_server, make_authority
from openclets.config.ports import accepts_connections
from openclets.config.synthetic.county import POLICE
from openclets.config.synthetic.loading import load_county
from openclets.config.terminal_client import ClientTls
from openclets.vocabulary.identifiers import Mnemonic, Ori, UserName

OFFICER: Final = UserName("chen")
AGENCY: Final = Ori(POLICE)
SWITCH_UP_WITHIN_SECONDS: Final = 30.0


_UNSETTLED: Final = """
    SELECT relname FROM pg_class
     WHERE relname IN ('people_indexedname', 'people_namekey')
       AND (reltuples <= 0 OR relallvisible < 0.9 * relpages)
     ORDER BY relname
"""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What is in the database, and how long loading took. `persons` are names of the index. `unsettled`: tables of the
    index that the loader, by its own role, left without figures for the planner or without a visibility map."""

    persons: int
    orders: int
    seconds: float
    unsettled: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Terminal:
    """One session to be: a device with its certificate, the officer's number and a ticket for that device."""

    device: Mnemonic
    tls: ClientTls
    ticket: str
    user_id: int

    @property
    def actor(self) -> Actor:
        return Actor(self.user_id, OFFICER, AGENCY, self.device, "socket")


@dataclass(frozen=True, slots=True)
class RunningSwitch:
    """Where the switch listens, and its process."""

    port: int
    process: psutil.Process

    def resident_bytes(self) -> int:
        return int(self.process.memory_info().rss)


def load(*, people: int, orders: int, seed: int, progress: Callable[[int], None]) -> Loaded:
    """The fictional county, and everything settled as after a night: vacuumed and analysed by the tables' owner."""
    began = time.perf_counter()
    load_county(
        people=people,
        orders=orders,
        seed=seed,
        now=datetime.now(UTC),
        password="nobody signs on by password here",
        pictures=False,
        progress=progress,
    )
    seconds = time.perf_counter() - began
    with connections["owner"].cursor() as cursor:
        cursor.execute(_UNSETTLED)
        unsettled = tuple(name for (name,) in cursor.fetchall())
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("SELECT (SELECT count(*) FROM people_indexedname), (SELECT count(*) FROM orders_order)")
        ((persons, orders_there),) = cursor.fetchall()
    return Loaded(persons, orders_there, seconds, unsettled)


def make_terminals(certificates: Path, *, count: int) -> list[Terminal]:
    """So many new devices of the police, a session each; the switch's own certificate lies beside theirs."""
    now = datetime.now(UTC)
    authority = make_authority(certificates, now=now)
    issue_server(authority, certificates, now=now)
    officer = User.objects.get(user_name=OFFICER)
    terminals = []
    for number in range(1, count + 1):
        device, _ = Device.objects.get_or_create(mnemonic=f"BENCH{number:02d}", defaults={"agency_id": AGENCY})
        mnemonic = Mnemonic(device.mnemonic)
        identity = issue_device(authority, certificates, mnemonic, now=now)
        tls = ClientTls(authority.certificate, identity.certificate, identity.key)
        terminals.append(Terminal(mnemonic, tls, issue_ticket(officer, device, now=now), officer.pk))
    return terminals


@contextmanager
def running_switch(log: Path) -> Iterator[RunningSwitch]:
    """`openclets switch` as in service, on a free port, until the block ends; what it logs goes to `log`."""
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
    with log.open("ab") as lines:
        process = subprocess.Popen(
            [sys.executable, "-m", "openclets", "switch"],
            env={**os.environ, "OPENCLETS_SWITCH_PORT": str(port)},
            stdin=subprocess.DEVNULL,
            stdout=lines,
            stderr=lines,
        )
    try:
        deadline = time.monotonic() + SWITCH_UP_WITHIN_SECONDS
        while not accepts_connections("127.0.0.1", port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the switch did not start: {log.read_text()[-2000:]}")
            time.sleep(0.1)
        yield RunningSwitch(port, psutil.Process(process.pid))
    finally:
        process.terminate()
        process.wait()
