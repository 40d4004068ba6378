"""The embedded server on real folders: starting, being killed, starting again, and what it leaves alone."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from openclets.config import embedded_postgres
from openclets.config.embedded_postgres import DatabaseNotStarted

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root, for whom the server runs as a user of its own")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A parent that others may pass through, and in it a data folder that does not exist yet."""
    parent = Path(tempfile.mkdtemp(prefix="openclets-tests-", dir="/tmp"))
    parent.chmod(0o711)
    yield parent / "data"
    embedded_postgres.stop(parent / "data")
    shutil.rmtree(parent)


def start(folder: Path) -> None:
    embedded_postgres.start(folder, durable=False)


def connect(folder: Path, role: str = embedded_postgres.OWNER_ROLE) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(embedded_postgres.conninfo(folder, role), autocommit=True)


def postmaster_of(folder: Path) -> psutil.Process:
    return psutil.Process(int((folder / "postgres" / "postmaster.pid").read_text().split()[0]))


def test_it_starts_is_found_running_and_stops(folder: Path) -> None:
    assert not embedded_postgres.is_running(folder)
    start(folder)
    assert embedded_postgres.is_running(folder)
    embedded_postgres.stop(folder)
    assert not embedded_postgres.is_running(folder)


def test_starting_it_again_finds_the_same_server(folder: Path) -> None:
    start(folder)
    first = postmaster_of(folder).pid
    start(folder)
    assert postmaster_of(folder).pid == first


def test_two_programs_that_start_it_together_get_one_server(folder: Path) -> None:
    failures: list[Exception] = []

    def try_start() -> None:
        try:
            start(folder)
        except DatabaseNotStarted as error:
            failures.append(error)

    threads = [threading.Thread(target=try_start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert embedded_postgres.is_running(folder)


def test_stopping_what_does_not_run_is_no_fault(folder: Path) -> None:
    embedded_postgres.stop(folder)
    assert not folder.exists()


def test_it_is_postgresql_18_in_utf8_and_does_not_listen_on_the_network(folder: Path) -> None:
    start(folder)
    with connect(folder) as session:
        rows = session.execute(
            "SELECT current_setting('server_version_num')::int / 10000, current_setting('server_encoding'),"
            " current_setting('listen_addresses')"
        ).fetchall()
    assert rows == [(18, "UTF8", "")]
    assert [seen for seen in postmaster_of(folder).net_connections(kind="inet") if seen.status == "LISTEN"] == []


def test_after_a_kill_it_starts_at_once_and_has_what_was_committed(folder: Path) -> None:
    start(folder)
    with connect(folder) as session:
        session.execute("CREATE TABLE kept (word text)")
        session.execute("INSERT INTO kept VALUES ('committed')")
    os.kill(postmaster_of(folder).pid, signal.SIGKILL)
    start(folder)
    with connect(folder) as session:
        assert session.execute("SELECT word FROM kept").fetchall() == [("committed",)]


def test_a_backend_that_outlives_its_killed_server_does_not_keep_the_next_from_starting(folder: Path) -> None:
    start(folder)
    session = connect(folder)
    backend = session.info.backend_pid
    busy = threading.Thread(target=_hold_out, args=(session,))
    busy.start()
    time.sleep(0.3)
    os.kill(postmaster_of(folder).pid, signal.SIGKILL)
    assert psutil.pid_exists(backend)
    start(folder)
    busy.join()
    with connect(folder) as again:
        assert again.execute("SELECT 1").fetchall() == [(1,)]
    assert not psutil.pid_exists(backend) or psutil.Process(backend).status() == psutil.STATUS_ZOMBIE


def test_a_number_left_by_a_killed_server_may_be_another_process_by_now(folder: Path) -> None:
    start(folder)
    left = (folder / "postgres" / "postmaster.pid").read_text()
    server = postmaster_of(folder).uids().real
    embedded_postgres.stop(folder)
    # PostgreSQL itself gives way only to processes of its own user.
    other = subprocess.Popen(["/usr/bin/sleep", "600"], user=server if os.geteuid() == 0 else None)
    try:
        _, _, rest = left.partition("\n")
        (folder / "postgres" / "postmaster.pid").write_text(f"{other.pid}\n{rest}")
        assert not embedded_postgres.is_running(folder)
        start(folder)
        assert embedded_postgres.is_running(folder)
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_a_first_start_that_was_killed_halfway_is_begun_anew(folder: Path) -> None:
    (folder / "postgres-unfinished" / "base").mkdir(parents=True)
    folder.chmod(0o711)
    start(folder)
    assert embedded_postgres.is_running(folder)


def test_data_and_socket_are_closed_to_others(folder: Path) -> None:
    start(folder)
    for private in ("postgres", "postgres-socket"):
        assert stat.S_IMODE((folder / private).stat().st_mode) == 0o700


def test_a_long_path_gets_a_private_socket_folder_elsewhere(folder: Path) -> None:
    long = folder / ("a-rather-long-name-" * 5)
    start(long)
    try:
        with connect(long) as session:
            assert session.execute("SELECT 1").fetchall() == [(1,)]
            sockets = Path(str(session.info.host))
        assert sockets.parent == Path("/tmp")
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
    finally:
        embedded_postgres.stop(long)
        shutil.rmtree(sockets)


def test_a_foreign_folder_in_the_sockets_place_is_not_used(folder: Path) -> None:
    folder.mkdir(mode=0o711)
    (folder / "postgres-socket").mkdir()
    (folder / "postgres-socket").chmod(0o777)
    with pytest.raises(DatabaseNotStarted, match="remove it, then try again"):
        start(folder)


def test_a_database_of_another_version_is_left_alone(folder: Path) -> None:
    start(folder)
    embedded_postgres.stop(folder)
    (folder / "postgres" / "PG_VERSION").write_text("17\n")
    with pytest.raises(DatabaseNotStarted, match="PostgreSQL 17 and this program brings 18"):
        start(folder)


def test_no_folder_above_the_data_folder_is_changed(folder: Path) -> None:
    above = [parent.stat() for parent in folder.parents]
    start(folder)
    after = [parent.stat() for parent in folder.parents]
    assert [(s.st_mode, s.st_uid, s.st_gid) for s in after] == [(s.st_mode, s.st_uid, s.st_gid) for s in above]


@as_root
def test_for_root_the_server_runs_as_a_user_of_its_own(folder: Path) -> None:
    start(folder)
    assert postmaster_of(folder).username() == "openclets-postgres"


@as_root
def test_a_folder_the_servers_user_cannot_pass_is_named_and_not_changed(folder: Path) -> None:
    folder.parent.chmod(0o700)
    with pytest.raises(DatabaseNotStarted) as closed:
        start(folder / "deeper")
    assert str(closed.value) == (
        f"The database's user openclets-postgres cannot pass through {folder.parent}: name another data folder in"
        f" OPENCLETS_DATA, or allow it with `chmod o+x {folder.parent}`."
    )
    assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o700


@as_root
def test_an_empty_closed_data_folder_is_opened_for_passing_only(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    start(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o711


@as_root
def test_a_closed_data_folder_with_other_things_in_it_is_not_opened(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    (folder / "diary.txt").write_text("mine")
    with pytest.raises(DatabaseNotStarted, match=r"allow it with `chmod o\+x"):
        start(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@as_root
def test_programs_in_a_closed_checkout_are_copied_into_the_data_folder(folder: Path) -> None:
    checkout = folder.parent / "checkout"
    checkout.mkdir(mode=0o700)
    shipped = embedded_postgres._shipped_programs().parents[2]
    for package in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(shipped / package, checkout / package, ignore=shutil.ignore_patterns("include", "__pycache__"))
    script = (
        "from pathlib import Path; import sys\n"
        "from openclets.config import embedded_postgres as e\n"
        "e.start(Path(sys.argv[1]), durable=False)"
    )
    subprocess.run(
        [sys.executable, "-c", script, str(folder)],
        env={**os.environ, "PYTHONPATH": f"{checkout}:{Path(__file__).parents[2]}"},
        check=True,
    )
    assert embedded_postgres.is_running(folder)
    assert postmaster_of(folder).exe().startswith(str(folder / "postgres-programs"))


def _hold_out(session: psycopg.Connection[tuple[object, ...]]) -> None:
    """Works without ever looking whether its server lives, until it is ended."""
    with pytest.raises(psycopg.OperationalError):
        session.execute("SELECT sum(sqrt(a::float * b)) FROM generate_series(1, 60000) a, generate_series(1, 60000) b")
