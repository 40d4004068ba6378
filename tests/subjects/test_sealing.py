"""The sealer: every committed entry gets one place, once, whatever commits late, fails or is killed."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import psycopg
import pytest

from openclets.journal.log_folder import CHECKPOINT, root_at
from openclets.journal.log_key import key_in
from openclets.journal.record import record_on
from openclets.journal.sealing import LogDisagrees, Sealer, has_lock, keep_sealing
from openclets.journal.verify_log import read_checkpoint, verify_folder
from tests.simulators.sealed_journal import DRAFT, SealedJournal, drafts, sealed_journal


@pytest.fixture(scope="module")
def own() -> Iterator[SealedJournal]:
    with sealed_journal() as journal:
        yield journal


def places(own: SealedJournal) -> list[tuple[int, int]]:
    with own.connect() as connection:
        return connection.execute("SELECT leaf_index, entry_number FROM journal_sealed ORDER BY leaf_index").fetchall()


def size(own: SealedJournal) -> int:
    return verify_folder(own.log, own.key.verifier).size


def test_an_empty_journal_is_signed_too(own: SealedJournal) -> None:
    assert own.seal() == 0
    checkpoint = read_checkpoint((own.log / CHECKPOINT).read_bytes(), own.key.verifier)
    assert checkpoint.size == 0
    # SHA-256 of nothing. Source: RFC 6962 section 2.1.
    assert checkpoint.root.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_committed_entries_are_sealed_once_and_in_the_order_of_their_numbers(own: SealedJournal) -> None:
    before = len(places(own))
    numbers = [receipt.number for receipt in own.write(300)]
    assert own.seal() == 300
    assert own.seal() == 0
    assert [number for _, number in places(own)[before:]] == numbers
    assert size(own) == before + 300


def test_an_entry_that_commits_late_gets_a_later_place_and_holds_nobody_up(own: SealedJournal) -> None:
    with own.connect() as late:
        with late.transaction():
            early_number = record_on(late, [DRAFT])[0].number
            after = own.write(3)
            assert early_number < after[0].number
            assert own.seal() == 3
            more = own.write(2)
            assert own.seal() == 2
        assert own.seal() == 1
    assert [number for _, number in places(own)[-6:]] == [
        *(receipt.number for receipt in after),
        *(receipt.number for receipt in more),
        early_number,
    ]


def test_an_entry_of_a_transaction_within_a_transaction_is_sealed_with_it(own: SealedJournal) -> None:
    with own.connect() as connection, connection.transaction():
        with connection.transaction():
            record_on(connection, [DRAFT])
        own.write(1)
        assert own.seal() == 1
    assert own.seal() == 1


def test_numbers_that_are_rolled_back_are_neither_waited_for_nor_sealed(own: SealedJournal) -> None:
    with own.connect() as connection, connection.transaction(force_rollback=True):
        lost = record_on(connection, drafts(5))
    own.write(1)
    assert own.seal() == 1
    assert not {receipt.number for receipt in lost} & {number for _, number in places(own)}


def test_only_one_sealer_works_at_a_time_and_the_next_takes_over(own: SealedJournal) -> None:
    with own.connect() as first, own.connect() as second:
        assert has_lock(first)
        assert not has_lock(second)
        first.close()
        deadline = time.monotonic() + 10
        while not has_lock(second):
            assert time.monotonic() < deadline


def test_a_sealer_whose_connection_was_ended_publishes_nothing_more(own: SealedJournal) -> None:
    with own.connect() as connection:
        sealer = Sealer(connection, own.log, own.key)
        own.write(2)
        before = (own.log / CHECKPOINT).read_bytes()
        with own.connect("postgres") as administrator:
            administrator.execute("SELECT pg_terminate_backend(%s)", [connection.info.backend_pid])
        with pytest.raises(psycopg.OperationalError):
            sealer.seal()
        assert (own.log / CHECKPOINT).read_bytes() == before
    assert own.seal() == 2


def test_many_writers_late_commits_rollbacks_and_two_sealers_neither_skip_nor_repeat(own: SealedJournal) -> None:
    own.seal()
    committed: list[int] = []
    stop = threading.Event()

    def write(seed: int) -> None:
        with own.connect() as connection:
            for turn in range(40):
                with connection.transaction(force_rollback=turn % 7 == 3):
                    numbers = [receipt.number for receipt in record_on(connection, drafts(1 + turn % 4))]
                    time.sleep(0.001 * ((turn * seed) % 13))
                if turn % 7 != 3:
                    committed.extend(numbers)

    sealers = [
        threading.Thread(target=keep_sealing, args=(own.connect, own.log, own.key), kwargs={"until": stop.is_set})
        for _ in range(2)
    ]
    writers = [threading.Thread(target=write, args=(seed,)) for seed in (3, 5, 7, 11)]
    before = len(places(own))
    for thread in (*sealers, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    deadline = time.monotonic() + 20
    while len(places(own)) < before + len(committed) and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(1)
    stop.set()
    for thread in sealers:
        thread.join()
    sealed = places(own)
    assert [place for place, _ in sealed] == list(range(len(sealed)))
    assert sorted(number for _, number in sealed[before:]) == sorted(committed)
    assert size(own) == len(sealed)


def test_a_sealer_killed_again_and_again_leaves_a_log_that_holds(own: SealedJournal) -> None:
    for _ in range(4):
        process = subprocess.Popen([sys.executable, "-m", "openclets", "sealer"], env=own.environment, cwd="/")
        for _ in range(20):
            own.write(40)
            time.sleep(0.05)
        process.kill()
        process.wait()
    deadline = time.monotonic() + 10
    while True:
        try:
            own.seal()
            break
        except AssertionError:
            # The killed sealer's session, and with it the lock, ends when the server notices.
            assert time.monotonic() < deadline
            time.sleep(0.1)
    assert size(own) == len(places(own))
    own.verify()


def test_an_earlier_checkpoint_stays_part_of_every_later_log(own: SealedJournal) -> None:
    kept = []
    for count in (1, 100, 200, 7):
        own.write(count)
        own.seal()
        kept.append(read_checkpoint((own.log / CHECKPOINT).read_bytes(), own.key.verifier))
    assert verify_folder(own.log, own.key.verifier, (), kept) == kept[-1]
    assert [root_at(own.log, each.size, kept[-1].size) for each in kept] == [each.root for each in kept]


def test_a_log_that_was_lost_is_made_again_byte_for_byte(own: SealedJournal) -> None:
    own.write(10)
    own.seal()
    before = {path: (own.log / path).read_bytes() for path in ("checkpoint", "tile/0/000", "tile/entries/000")}
    (own.log / "tile").rename(own.folder / "lost")
    own.seal()
    assert {path: (own.log / path).read_bytes() for path in before} == before
    assert size(own) == len(places(own))


def test_a_database_that_was_set_back_is_not_signed_on(own: SealedJournal) -> None:
    own.write(5)
    own.seal()
    with own.tampering() as administrator:
        kept = administrator.execute("SELECT * FROM journal_checkpoint ORDER BY size DESC LIMIT 1").fetchone()
        assert kept is not None
        administrator.execute("DELETE FROM journal_checkpoint WHERE size = %s", [kept[0]])
        with pytest.raises(LogDisagrees, match="set back"):
            own.seal()
        administrator.execute("INSERT INTO journal_checkpoint VALUES (%s, %s, %s)", kept)
    assert own.seal() == 0


def test_another_key_does_not_go_on_with_the_log(own: SealedJournal) -> None:
    other = SealedJournal(own.folder, key_in(own.folder / "other-key", name=own.key.verifier.name))
    with pytest.raises(LogDisagrees, match="not signed with the key at hand"):
        other.seal()


def test_what_a_sealer_has_written_can_only_grow(own: SealedJournal) -> None:
    own.write(1)
    own.seal()
    with own.connect("openclets_owner") as owner:
        for table in ("journal_sealed", "journal_checkpoint"):
            for statement in (f"DELETE FROM {table}", f"TRUNCATE {table}"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege, match="the journal refuses"):
                    owner.execute(statement)


def test_after_a_move_to_another_server_what_has_no_place_yet_is_found(own: SealedJournal) -> None:
    own.seal()
    own.write(3)
    with own.connect("openclets_owner") as owner:
        # As a restored dump would have it: the last look was at a server whose transactions had higher numbers.
        owner.execute("UPDATE journal_sealing SET cluster = 1, seen = '9000000:9000000:'")
    assert own.seal() == 3
    own.write(2)
    assert own.seal() == 2
    assert size(own) == len(places(own))
    own.verify()
