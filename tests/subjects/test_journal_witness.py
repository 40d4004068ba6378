"""Witnesses: a simulated one by the protocol, and what a real one would refuse."""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openclets.journal.log_folder import CHECKPOINT, COSIGNED
from openclets.journal.verify_log import (
    COSIGNATURE,
    Checkpoint,
    Signature,
    Verifier,
    Wrong,
    is_consistent,
    key_id_of,
    read_checkpoint,
    read_note,
    verify_folder,
)
from openclets.journal.witnessing import accept, ask_witness
from openclets.vocabulary.errors import Unavailable
from tests.simulators.sealed_journal import SealedJournal, sealed_journal

AT = 1_795_000_000


@dataclass
class Witness:
    """Keeps one checkpoint of one log and signs what continues it. Source: C2SP tlog-witness, add-checkpoint."""

    log: Verifier
    private: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    latest: Checkpoint = field(default_factory=lambda: Checkpoint("", 0, b""))
    signs: bool = True

    @property
    def key(self) -> Verifier:
        public = self.private.public_key().public_bytes_raw()
        return Verifier("witness.example/w1", key_id_of("witness.example/w1", COSIGNATURE, public), COSIGNATURE, public)

    def answer(self, body: bytes) -> tuple[int, str, bytes]:
        head, _, raw = body.partition(b"\n\n")
        first, *proof = head.decode().split("\n")
        checkpoint = read_checkpoint(raw, self.log)
        if not first.startswith("old ") or int(first[4:]) > checkpoint.size:
            return 400, "text/plain", b""
        if int(first[4:]) != self.latest.size:
            return 409, "text/x.tlog.size", b"%d\n" % self.latest.size
        if not is_consistent(self.latest, checkpoint, [base64.b64decode(line) for line in proof]):
            return 422, "text/plain", b""
        self.latest = checkpoint
        return 200, "text/plain", str(self.cosign(raw)).encode()

    def cosign(self, raw: bytes) -> Signature:
        text = read_note(raw).text if self.signs else "something else\n"
        signed = self.private.sign(b"cosignature/v1\ntime %d\n" % AT + text.encode())
        return Signature(self.key.name, self.key.key_id, AT.to_bytes(8, "big") + signed)


@pytest.fixture(scope="module")
def own() -> Iterator[SealedJournal]:
    with sealed_journal() as journal:
        yield journal


@pytest.fixture
def witness(own: SealedJournal) -> Iterator[tuple[Witness, str]]:
    simulated = Witness(own.key.verifier)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.path == "/w/add-checkpoint"
            status, kind, body = simulated.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield simulated, f"http://127.0.0.1:{server.server_port}/w/"
    server.shutdown()
    server.server_close()


def test_a_witness_cosigns_and_its_cosignature_is_kept_and_published(
    own: SealedJournal, witness: tuple[Witness, str]
) -> None:
    simulated, address = witness
    for count in (3, 300):
        own.write(count)
        own.seal()
        with own.connect() as connection:
            cosigned = ask_witness(connection, own.log, own.key.verifier, simulated.key, address)
        published = read_checkpoint((own.log / COSIGNED).read_bytes(), own.key.verifier, [simulated.key])
        assert cosigned == published == read_checkpoint((own.log / CHECKPOINT).read_bytes(), own.key.verifier)
    own.write(5)
    own.seal()
    assert verify_folder(own.log, own.key.verifier, (), [published]).size == published.size + 5


def test_a_witness_that_remembers_more_than_we_do_is_given_the_proof_it_needs(
    own: SealedJournal, witness: tuple[Witness, str]
) -> None:
    simulated, address = witness
    own.write(3)
    own.seal()
    simulated.latest = read_checkpoint((own.log / CHECKPOINT).read_bytes(), own.key.verifier)
    own.write(70)
    own.seal()
    with own.connect() as connection:
        cosigned = ask_witness(connection, own.log, own.key.verifier, simulated.key, address)
    assert simulated.latest == cosigned


def test_a_witness_who_was_shown_a_longer_log_gives_a_rollback_away(
    own: SealedJournal, witness: tuple[Witness, str]
) -> None:
    simulated, address = witness
    simulated.latest = Checkpoint(own.key.verifier.name, 9_000_000, bytes(32))
    with own.connect() as connection, pytest.raises(Wrong, match="rolled back"):
        ask_witness(connection, own.log, own.key.verifier, simulated.key, address)


def test_a_witness_who_was_shown_another_log_does_not_cosign(own: SealedJournal, witness: tuple[Witness, str]) -> None:
    simulated, address = witness
    simulated.latest = Checkpoint(own.key.verifier.name, 2, bytes(32))
    with own.connect() as connection, pytest.raises(Unavailable, match="HTTP 422"):
        ask_witness(connection, own.log, own.key.verifier, simulated.key, address)


def test_a_false_cosignature_is_not_kept(own: SealedJournal, witness: tuple[Witness, str]) -> None:
    simulated, address = witness
    simulated.signs = False
    with own.connect() as connection, pytest.raises(Wrong, match="false"):
        ask_witness(connection, own.log, own.key.verifier, simulated.key, address)


def test_a_witness_that_does_not_answer_is_unavailable(own: SealedJournal, witness: tuple[Witness, str]) -> None:
    with own.connect() as connection, pytest.raises(Unavailable, match="does not answer"):
        ask_witness(connection, own.log, own.key.verifier, witness[0].key, "http://127.0.0.1:9/w")


def test_a_cosigned_checkpoint_is_accepted_as_a_file_only_if_it_is_of_this_log(
    own: SealedJournal, witness: tuple[Witness, str]
) -> None:
    simulated, _ = witness
    raw = (own.log / CHECKPOINT).read_bytes()
    checkpoint = read_checkpoint(raw, own.key.verifier)
    forged = str(own.key.sign(replace(checkpoint, root=bytes(32)))).encode()
    with own.connect() as connection:
        accepted = accept(
            connection, own.log, own.key.verifier, simulated.key, raw + str(simulated.cosign(raw)).encode()
        )
        assert accepted == checkpoint
        with pytest.raises(Wrong, match="a fork"):
            accept(
                connection, own.log, own.key.verifier, simulated.key, forged + str(simulated.cosign(forged)).encode()
            )
        with pytest.raises(Wrong, match=r"not signed by witness\.example"):
            accept(connection, own.log, own.key.verifier, simulated.key, raw)
