"""The demo under kill -9: switch and database die at random moments, and nothing that was acknowledged is lost."""

from __future__ import annotations

import contextlib
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
import pytest

from openclets.config import embedded_postgres
from openclets.config.demo_day import ask_through_the_socket
from openclets.config.demo_file import Demo, read_demo_file
from openclets.config.environment import read_environment
from openclets.config.one_time_code import code_at, seconds_left
from openclets.config.ports import accepts_connections
from openclets.config.terminal_client import SignOnFailed, TerminalClient, Told, device_tls
from openclets.vocabulary.errors import Unavailable
from openclets.vocabulary.identifiers import Ori, UserName
from openclets.wire.session import SignOn

QUESTIONS = 200
KILLS = 10
BACK_WITHIN_SECONDS = 60.0
QUESTION = "QW.CA0990100.NAM/HOLLOWAY,DEREK ALAN.DOB/19840517"


@dataclass(frozen=True, slots=True)
class RunningDemo:
    folder: Path
    demo: Demo
    process: psutil.Process

    def switch(self) -> psutil.Process | None:
        """The switch that runs now; None while it is being started again."""
        for child in self.process.children():
            with contextlib.suppress(psutil.NoSuchProcess):
                if child.cmdline()[-1:] == ["switch"]:
                    return child
        return None

    def database(self) -> psutil.Process | None:
        """The database's first process; None while there is none."""
        with contextlib.suppress(OSError, ValueError, psutil.NoSuchProcess):
            return psutil.Process(int((self.folder / "postgres" / "postmaster.pid").read_text().split("\n")[0]))
        return None

    def journal(self) -> dict[int, str]:
        """Every entry's number and leaf hash, waiting until the database is there."""
        deadline = time.monotonic() + BACK_WITHIN_SECONDS
        while True:
            try:
                with psycopg.connect(
                    embedded_postgres.conninfo(self.folder, embedded_postgres.PROGRAM_ROLE), connect_timeout=5
                ) as connection:
                    rows = connection.execute("SELECT number, encode(leaf_hash, 'hex') FROM journal_entry").fetchall()
                    return dict(rows)
            except psycopg.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)


@pytest.fixture(scope="module")
def running() -> Iterator[RunningDemo]:
    """`openclets demo`, small, in a folder and at ports of its own."""
    folder = Path(tempfile.mkdtemp(prefix="openclets-kills-"))
    folder.chmod(0o711)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OPENCLETS_")}
    environment |= {
        "OPENCLETS_DATA": str(folder),
        "OPENCLETS_SWITCH_PORT": "0",
        "OPENCLETS_WEB_PORT": "0",
    }
    environment.pop("DATABASE_URL", None)
    with (folder / "demo.out").open("w+") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "openclets", "demo", "--people", "200", "--orders", "40"],
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_for(lambda: "READY " in (folder / "demo.out").read_text() or process.poll() is not None, 120)
            printed = (folder / "demo.out").read_text()
            ready = re.search(r"^READY switch=127\.0\.0\.1:([0-9]+) web=http://localhost:([0-9]+)$", printed, re.M)
            assert ready is not None, printed
            assert accepts_connections("127.0.0.1", int(ready[2]))
            demo = read_demo_file(folder)
            assert demo is not None
            assert demo.port == int(ready[1])
            yield RunningDemo(folder, demo, psutil.Process(process.pid))
        finally:
            process.terminate()
            process.wait(60)
            embedded_postgres.stop(folder)
            subprocess.run(["rm", "-rf", str(folder)], check=False)


class PersistentOfficer:
    """Officer Chen's terminal: asks until it has an answer, and writes each receipt down before it goes on."""

    def __init__(self, running: RunningDemo) -> None:
        self._running = running
        self._person = running.demo.users["chen"]
        self._tls = device_tls(running.folder / "certificates", self._person.device)
        self._client: TerminalClient | None = None
        self._ticket = ""
        self.breaks = 0
        self.receipts = running.folder / "receipts.txt"

    def ask(self, message: str = QUESTION) -> Told:
        """The answer to one question, however often the connection breaks meanwhile."""
        deadline = time.monotonic() + BACK_WITHIN_SECONDS
        while True:
            try:
                client = self._connected()
                client.send(message)
                told = client.receive()
                while client.is_from_before(told) or told.reply.status != "answered":
                    if client.is_from_before(told):
                        self._take(told, client)
                    elif told.reply.status == "unavailable":
                        raise Unavailable("the switch said so")
                    else:
                        raise AssertionError(told.text)
                    told = client.receive()
                self._take(told, client)
                return told
            except (Unavailable, SignOnFailed) as error:
                if isinstance(error, SignOnFailed) and error.told.reply.status != "unavailable":
                    self._ticket = ""
                self.breaks += 1
                self._drop()
                if time.monotonic() > deadline:
                    raise TimeoutError(f"no answer within {BACK_WITHIN_SECONDS} s") from error
                time.sleep(0.2)

    def send_only(self, message: str = QUESTION) -> None:
        self._connected().send(message)

    def drop(self) -> None:
        self._drop()

    def _connected(self) -> TerminalClient:
        if self._client is None:
            demo = self._running.demo
            client = TerminalClient.connect(demo.host, demo.port, self._tls, reply_seconds=15)
            user, agency = UserName("chen"), Ori(self._person.agency)
            if self._ticket:
                client.sign_on(SignOn(user, agency, ticket=self._ticket))
            else:
                # A code is good once: wait for a new one.
                time.sleep(seconds_left(time.time()) + 0.1)
                code = code_at(self._person.totp_secret, time.time())
                self._ticket = client.sign_on(SignOn(user, agency, password=demo.password, code=code)).ticket
            self._client = client
        return self._client

    def _take(self, told: Told, client: TerminalClient) -> None:
        with self.receipts.open("a") as file:
            file.write(f"{told.reply.header.receipt}\n")
            file.flush()
            os.fsync(file.fileno())
        client.acknowledge(told)

    def _drop(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None


def test_the_demos_officer_asks_again_within_the_half_minute_of_one_code(running: RunningDemo) -> None:
    # As a demo does that is stopped and started again at once.
    environment = read_environment(
        {"OPENCLETS_DATA": str(running.folder), "OPENCLETS_SWITCH_PORT": str(running.demo.port)}
    )
    for _ in range(2):
        told = ask_through_the_socket(environment, running.demo, "NAM/HOLLOWAY,DEREK ALAN.DOB/19840517")
        assert "PROTECTIVE ORDER IN FORCE, NOT SERVED" in told


def test_kill_9_of_switch_and_database_during_200_questions_loses_no_acknowledged_entry(running: RunningDemo) -> None:
    officer = PersistentOfficer(running)
    officer.ask()
    rng = random.Random(20261122)
    stop = threading.Event()
    killed: list[str] = []

    def kill_at_random() -> None:
        while not stop.is_set() and len(killed) < KILLS:
            stop.wait(rng.uniform(0.3, 2.5))
            name = ("switch", "database")[len(killed) % 2]
            victim = running.switch() if name == "switch" else running.database()
            if victim is not None and not stop.is_set():
                with contextlib.suppress(psutil.NoSuchProcess):
                    victim.kill()
                    killed.append(name)
            stop.wait(rng.uniform(1.0, 3.0))

    killer = threading.Thread(target=kill_at_random)
    killer.start()
    try:
        for _ in range(QUESTIONS):
            officer.ask()
            # Slow enough that every kill falls among the questions.
            time.sleep(0.12)
    finally:
        stop.set()
        killer.join()

    assert killed.count("switch") >= 2
    assert killed.count("database") >= 2
    assert officer.breaks > 0, "no kill was felt: the test proved nothing"
    receipts = [line.split(".") for line in officer.receipts.read_text().split()]
    assert len(receipts) >= QUESTIONS
    journal = running.journal()
    lost = [number for number, leaf_hash in receipts if journal.get(int(number)) != leaf_hash]
    assert lost == []


def test_a_switch_killed_between_commit_and_send_keeps_the_entry_and_hands_over_the_stored_answer(
    running: RunningDemo,
) -> None:
    officer = PersistentOfficer(running)
    officer.ask()
    last = max(running.journal())
    with psycopg.connect(
        embedded_postgres.conninfo(running.folder, embedded_postgres.PROGRAM_ROLE), autocommit=True
    ) as connection:
        stored = connection.execute("SELECT count(*) FROM delivery_message").fetchone()
        switch = running.switch()
        assert stored is not None
        assert switch is not None
        officer.send_only()
        # The stored reply is visible as soon as it is committed, which is before it is sent.
        _wait_for(lambda: connection.execute("SELECT count(*) FROM delivery_message").fetchone() != stored, 10, 0.0005)
        switch.kill()
        officer.drop()
        question = connection.execute(
            "SELECT number FROM journal_entry WHERE number > %s AND kind = 'question' ORDER BY number", [last]
        ).fetchone()
    assert question is not None
    before = officer.receipts.read_text()
    officer.ask()
    handed_over = officer.receipts.read_text().removeprefix(before).split()
    assert [line for line in handed_over if int(line.split(".")[0]) == question[0]], (
        "the stored answer did not come again"
    )
    assert question[0] in running.journal()


def _wait_for(condition: object, seconds: float, pause: float = 0.1) -> None:
    assert callable(condition)
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(pause)
