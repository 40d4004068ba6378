"""`openclets switch`, `openclets send` and `openclets code` as processes of their own, and a switch that is killed."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt

from openclets.config.demo_file import Demo, DemoUser, write_demo_file
from openclets.config.one_time_code import code_at
from openclets.config.ports import accepts_connections
from openclets.config.terminal_client import SignOnFailed, TerminalClient, device_tls
from openclets.delivery.models import StoredMessage
from openclets.delivery.post import ReplyToStore, store_reply
from openclets.exchange.exchange import exchange
from openclets.journal.lookup import entry_by_number
from openclets.vocabulary.errors import Unavailable
from openclets.vocabulary.identifiers import Mnemonic, Ori, UserName
from openclets.wire.session import SignOn
from tests.conftest import DATA_FOLDER
from tests.county import County
from tests.simulators.running_switch import Paper, make_paper

NOBODY = "NAM/NOBODY,QUITE UNKNOWN.DOB/19700101"
START_SECONDS = 20
KILLS = 6


@dataclass(slots=True)
class SwitchProcess:
    """`openclets switch` on the run's database, which can be killed and started again on the same port."""

    port: int
    paper: Paper
    folder: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "openclets", "switch"],
                env=environment(
                    DATA_FOLDER, OPENCLETS_SWITCH_PORT=str(self.port), OPENCLETS_CERTIFICATES=str(self.paper.folder)
                ),
                stderr=log,
            )

    def wait_until_up(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not accepts_connections("127.0.0.1", self.port):
            assert self.process is not None
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((self.folder / "log").read_text(encoding="utf-8")[-2000:])
            time.sleep(0.05)

    def end(self, number: signal.Signals) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(20)


def environment(data_folder: Path, **more: str) -> dict[str, str]:
    return {**os.environ, "OPENCLETS_DATA": str(data_folder), **more}


def openclets(data_folder: Path, *arguments: str, sent: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "openclets", *arguments],
        env=environment(data_folder),
        input=sent,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )


@pytest.fixture(scope="module")
def switch(county: County, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SwitchProcess]:
    folder = tmp_path_factory.mktemp("switch")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = SwitchProcess(port, make_paper(folder), folder)
    running.start()
    running.wait_until_up()
    yield running
    assert running.end(signal.SIGTERM) == 0


@pytest.fixture(scope="module")
def demo_folder(switch: SwitchProcess, county: County, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as a demo leaves it, for commands that send."""
    folder = tmp_path_factory.mktemp("demo")
    paper = make_paper(folder / "certificates")
    # The switch's own authority, so that both sides trust it.
    for name in ("authority.pem", "authority.key"):
        (paper.folder / name).write_bytes((switch.folder / name).read_bytes())
    users = {}
    for name in ("chen", "dorn", "gupta"):
        actor = county.actor(name)
        paper.device(actor.device)
        users[name] = DemoUser(actor.agency, actor.device, totp_secret_of(actor.user_id))
    clerk = county.actor("brandt")
    users["brandt"] = DemoUser(clerk.agency, "", totp_secret_of(clerk.user_id))
    write_demo_file(folder, Demo("127.0.0.1", switch.port, county.password, users))
    return folder


def totp_secret_of(user_id: int) -> str:
    authenticator = Authenticator.objects.get(user_id=user_id, type=Authenticator.Type.TOTP)
    return str(decrypt(authenticator.data["secret"]))


def test_in_a_demos_folder_a_name_is_all_that_send_needs(demo_folder: Path) -> None:
    done = openclets(demo_folder, "send", "--user", "chen", f"QW.CA0990100.{NOBODY}")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("FROM: CADEMO ")
    assert "PROTECTIVE ORDERS          NO RECORD" in done.stdout
    ticket = demo_folder / "tickets" / "chen@CADEMO01"
    assert ticket.stat().st_mode & 0o777 == 0o600
    again = openclets(demo_folder, "send", "--user", "chen", "-", sent=f"QW.CA0990100.TXT\n{NOBODY}\n")
    assert again.returncode == 0
    assert again.stderr == "", "the ticket was enough, no waiting for a code"


def test_the_json_object_has_exactly_the_promised_members(demo_folder: Path) -> None:
    done = openclets(demo_folder, "send", "--user", "chen", "--json", f"QPO.CA0990100.{NOBODY}")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert sorted(told) == ["errors", "hits", "isn", "osn", "receipt", "status", "text"]
    assert (told["status"], told["hits"], told["errors"]) == ("answered", [], [])
    assert told["osn"] > 0
    assert re.fullmatch("[0-9]{12}[.][0-9a-f]{64}", told["receipt"])
    assert told["text"].startswith("FROM: CADEMO")


def test_a_rejection_is_status_two_and_names_every_fault(demo_folder: Path) -> None:
    done = openclets(demo_folder, "send", "--user", "chen", "--json", "QW.CA0990100.NAM/DOE,JOHN.DOB/19990231.SEX/Q")
    assert done.returncode == 2
    told = json.loads(done.stdout)
    assert told["status"] == "rejected"
    assert [(error["code"], error["field"]) for error in told["errors"]] == [("05", "DOB"), ("31", "SEX")]
    assert all(error["text"] and error["accepted"] for error in told["errors"])


def test_what_is_no_text_is_sent_all_the_same_and_rejected_by_the_switch(demo_folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "openclets", "send", "--user", "chen", "--json", "-"],
        env=environment(demo_folder),
        input=b"QW.CA0990100.NAM/DOE,J\xff",
        capture_output=True,
        timeout=90,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    told = json.loads(done.stdout)
    assert (told["status"], told["errors"][0]["code"]) == ("rejected", "37")


def test_who_has_no_terminal_is_told_so_instead_of_being_asked_for_one(demo_folder: Path) -> None:
    done = openclets(demo_folder, "send", "--user", "brandt", f"QPO.CA099013J.{NOBODY}")
    assert done.returncode == 1
    assert (
        done.stderr == "Error: brandt has no terminal in this demo and works at the pages: name another with --device\n"
    )


def test_officer_dorn_is_status_three_with_the_reason(demo_folder: Path) -> None:
    done = openclets(demo_folder, "send", "--user", "dorn", "--json", f"QW.CA0990200.{NOBODY}")
    assert done.returncode == 3
    told = json.loads(done.stdout)
    assert told["status"] == "refused"
    assert told["errors"][0]["text"] == "training expired 2026-03-01"


def test_officer_dorn_hears_of_his_training_also_when_he_uses_another_agencys_name(demo_folder: Path) -> None:
    done = openclets(demo_folder, "send", "--user", "dorn", "--json", f"QW.CA0990100.{NOBODY}")
    assert done.returncode == 3
    assert json.loads(done.stdout)["errors"][0]["text"] == "training expired 2026-03-01"


def test_no_switch_is_status_four_with_one_object_all_the_same(demo_folder: Path) -> None:
    done = openclets(demo_folder, "send", "--user", "chen", "--port", "1", "--json", f"QW.CA0990100.{NOBODY}")
    assert done.returncode == 4
    assert json.loads(done.stdout)["status"] == "unavailable"
    assert "cannot be reached" in done.stderr


def test_a_ticket_that_is_no_longer_good_is_replaced_by_way_of_password_and_code(demo_folder: Path) -> None:
    ticket = demo_folder / "tickets" / "gupta@CADEMO05"
    ticket.parent.mkdir(exist_ok=True)
    ticket.write_text("x" * 43, encoding="ascii")
    done = openclets(demo_folder, "send", "--user", "gupta", f"QW.CA0990100.{NOBODY}")
    assert done.returncode == 0, done.stderr
    assert ticket.read_text(encoding="ascii") != "x" * 43


def test_a_spent_code_is_waited_out_with_a_word_about_it(demo_folder: Path) -> None:
    (demo_folder / "tickets" / "gupta@CADEMO05").unlink(missing_ok=True)
    # Whether or not an earlier test spent the code of this step, the second of these finds it spent.
    first = openclets(demo_folder, "send", "--user", "gupta", f"QW.CA0990100.{NOBODY}")
    (demo_folder / "tickets" / "gupta@CADEMO05").unlink()
    second = openclets(demo_folder, "send", "--user", "gupta", f"QW.CA0990100.{NOBODY}")
    assert (first.returncode, second.returncode) == (0, 0)
    assert "waiting" in first.stderr + second.stderr


def test_code_prints_what_an_authenticator_would_show(demo_folder: Path, county: County) -> None:
    before = time.time()
    done = openclets(demo_folder, "code", "--user", "chen")
    secret = totp_secret_of(county.actor("chen").user_id)
    assert done.stdout.split()[0] in (code_at(secret, before), code_at(secret, time.time()))
    unknown = openclets(demo_folder, "code", "--user", "nobody")
    assert unknown.returncode == 1
    assert "chen" in unknown.stderr


def test_a_busy_port_is_one_sentence_with_the_way_out(switch: SwitchProcess) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "openclets", "switch"],
        env=environment(DATA_FOLDER, OPENCLETS_SWITCH_PORT=str(switch.port), OPENCLETS_CERTIFICATES=str(switch.folder)),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "OPENCLETS_SWITCH_PORT" in done.stderr
    assert "Traceback" not in done.stderr


def test_missing_certificates_are_one_sentence_too(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "openclets", "switch"],
        env=environment(DATA_FOLDER, OPENCLETS_SWITCH_PORT="0", OPENCLETS_CERTIFICATES=str(tmp_path)),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "server.pem" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reply_stored_but_never_sent_is_sent_at_the_next_sign_on(switch: SwitchProcess, county: County) -> None:
    # What a switch leaves that is killed between the commit and the send.
    stored = exchange(actor=county.actor("chen"), text=f"QW.CA0990100.*KILLED0001.{NOBODY}", now=county.now)
    with signed_on(switch, ticket_of(switch, county)) as client:
        told = client.receive()
        while told.text != stored.text:
            assert client.is_from_before(told)
            told = client.receive()
        client.acknowledge(told)


def test_a_switch_that_starts_forgets_what_a_device_has_had_for_long(switch: SwitchProcess, county: County) -> None:
    long_ago = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)
    device = Mnemonic("FORGETS1")
    reply = ReplyToStore(device, UserName("chen"), "answered", "QW.CA0990100", "", "HAD FOR LONG", long_ago)
    store_reply(reply, now=long_ago, shown_at_once=True)
    assert switch.end(signal.SIGTERM) == 0
    switch.start()
    switch.wait_until_up()
    deadline = time.monotonic() + START_SECONDS
    while StoredMessage.objects.filter(device=device).exists():
        assert time.monotonic() < deadline, "it is still there"
        time.sleep(0.05)


def test_a_switch_killed_at_any_moment_loses_no_acknowledged_answer(
    switch: SwitchProcess, county: County, tmp_path: Path
) -> None:
    officer = PersistentOfficer(switch, ticket_of(switch, county))
    notebook = tmp_path / "acknowledged"
    finished = threading.Event()

    def kill_now_and_then() -> None:
        moments = random.Random(7)
        for _ in range(KILLS):
            time.sleep(moments.random() * 0.5)
            switch.end(signal.SIGKILL)
            switch.start()
            switch.wait_until_up()
        finished.set()

    killer = threading.Thread(target=kill_now_and_then)
    killer.start()
    with notebook.open("a", encoding="ascii") as notes:
        question = 0
        while question < 200 or not finished.is_set():
            question += 1
            notes.write(officer.ask(f"KILL{question:06d}") + "\n")
            notes.flush()
    killer.join()
    receipts = notebook.read_text(encoding="ascii").split()
    assert officer.connections > 1, "the kills were felt"
    assert len(set(receipts)) == len(receipts) == question
    for receipt in receipts:
        entry = entry_by_number(int(receipt[:12]))
        assert entry is not None
        assert str(entry.receipt) == receipt
        assert entry.listed.outcome == "answered"


@dataclass(slots=True)
class PersistentOfficer:
    """Asks again, connecting anew, until the answer is there."""

    switch: SwitchProcess
    ticket: str
    connections: int = 0
    _client: TerminalClient | None = None

    def ask(self, control: str) -> str:
        """The receipt of the answer to the question with this control field, acknowledged."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                return self._ask_once(control)
            except (Unavailable, SignOnFailed):
                if self._client is not None:
                    self._client.close()
                    self._client = None
                time.sleep(0.05)
        raise TimeoutError(control)

    def _ask_once(self, control: str) -> str:
        if self._client is None:
            self._client = signed_on(self.switch, self.ticket)
            self.connections += 1
        self._client.send(f"QW.CA0990100.*{control}.{NOBODY}")
        while True:
            told = self._client.receive()
            if told.reply.status != "answered":
                raise Unavailable(told.reply.status)
            self._client.acknowledge(told)
            if told.reply.header.reference.endswith(control):
                return told.reply.header.receipt


def ticket_of(switch: SwitchProcess, county: County) -> str:
    with TerminalClient.connect("127.0.0.1", switch.port, switch.paper.device("CADEMO01")) as client:
        shown = SignOn(UserName("chen"), Ori("CA0990100"), password=county.password, code=county.code("chen"))
        return client.sign_on(shown).ticket


def signed_on(switch: SwitchProcess, ticket: str) -> TerminalClient:
    client = TerminalClient.connect("127.0.0.1", switch.port, device_tls(switch.folder, "CADEMO01"))
    client.sign_on(SignOn(UserName("chen"), Ori("CA0990100"), ticket=ticket))
    return client
