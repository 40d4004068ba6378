"""Configuration, from environment variables only, checked as a whole before anything starts.

`VARIABLES` is the one table of what can be set; docs/reference/settings.md is made from it.
"""

from __future__ import annotations

import contextlib
import ipaddress
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg.conninfo import conninfo_to_dict

from openclets.config import embedded_postgres
from openclets.config.data_folder import default_data_folder, make_data_folder
from openclets.journal.events import KEPT_BY_KIND
from openclets.orders.catalogue import DEFAULT_POLICY
from openclets.vocabulary.identifiers import MNEMONIC_SHAPE

PREFIX: Final = "OPENCLETS_"

LOG_LEVELS: Final = ("debug", "info", "warning", "error")


class EnvironmentWrong(Exception):
    """The environment cannot be used. `faults` holds one sentence each, saying how to mend it."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable that may be set: what holds when it is not (in words), and what it does."""

    name: str
    unset: str
    meaning: str


VARIABLES: Final[tuple[Variable, ...]] = (
    Variable(
        "DATABASE_URL", "embedded server", "PostgreSQL 18 server the program uses, as postgresql://user@host/name."
    ),
    Variable(
        "OPENCLETS_DATABASE_OWNER_URL",
        "same as DATABASE_URL",
        "The same database as the role that owns its tables; used to prepare it, never to answer.",
    ),
    Variable(
        "OPENCLETS_DATABASE_RETENTION_URL",
        "the embedded server's own role",
        "The same database as the role openclets_retention, which alone may erase bodies of journal entries.",
    ),
    Variable(
        "OPENCLETS_DATA",
        "/var/lib/openclets for root, else the user's data folder",
        "Folder for the embedded database, the secret key, certificates, images and the public log.",
    ),
    Variable(
        "OPENCLETS_SECRET_KEY",
        "made once and kept in the data folder",
        "Key that signs sessions; 50 characters or more.",
    ),
    Variable("OPENCLETS_SWITCH_HOST", "127.0.0.1", "Address the switch listens on."),
    Variable("OPENCLETS_SWITCH_PORT", "4043", "Port the switch listens on; 0 takes a free one."),
    Variable("OPENCLETS_WEB_HOST", "127.0.0.1", "Address the pages listen on."),
    Variable("OPENCLETS_WEB_PORT", "8043", "Port the pages listen on; 0 takes a free one."),
    Variable(
        "OPENCLETS_PUBLIC_HOSTS",
        "this machine only",
        "Host names, separated by commas, under which browsers reach the pages by HTTPS through a proxy.",
    ),
    Variable("OPENCLETS_NODE", "CADEMO", "Mnemonic of this switch in every reply's header."),
    Variable("OPENCLETS_COUNTY", "099", "Three-digit code of the county that is served; 099 is the fictional one."),
    Variable(
        "OPENCLETS_COURT_CLOSES",
        "17:00",
        "Hour at which the courts served here close, local: the law ends an emergency order then and names no hour.",
    ),
    Variable(
        "OPENCLETS_COURT_HOLIDAYS",
        "the holidays of Code Civ. Proc. 135 alone",
        "Further days on which the courts served here are closed, such as 2026-12-24,2026-12-31.",
    ),
    Variable(
        "OPENCLETS_LOG_NAME",
        "made from the node's mnemonic, once",
        "Name of the public log, such as clets.example.gov/journal; counts only when the log's key is made.",
    ),
    Variable(
        "OPENCLETS_KEEP_YEARS",
        "3, or as docs/reference/events.md says of the kind",
        "Years for which bodies of journal entries are kept: one number for all, or kind=years separated by commas.",
    ),
    Variable(
        "OPENCLETS_SIGN_IN_PROVIDERS",
        "passwords and passkeys alone",
        "JSON file of agencies' own sign-in providers (OpenID Connect); see docs/guides/operator.md.",
    ),
    Variable(
        "OPENCLETS_BANNED_PASSWORDS",
        "the 20,000 most common ones",
        "File of further passwords that are refused, one on a line; refresh it every quarter and start anew.",
    ),
    Variable("OPENCLETS_POOL_THREADS", "8", "Threads in which the switch lets subjects work, 1 to 256."),
    Variable(
        "OPENCLETS_CERTIFICATES", "certificates in the data folder", "Folder of the switch's and devices' certificates."
    ),
    Variable(
        "OPENCLETS_MAIL_HOST",
        "files in the folder `mail` of the data folder",
        "Mail server that takes reminders, such as mail.example.gov:587; always by STARTTLS beyond this machine.",
    ),
    Variable("OPENCLETS_MAIL_FROM", "openclets@localhost", "Sender of reminders."),
    Variable("OPENCLETS_MAIL_USER", "no sign-on", "Name under which to sign on at the mail server."),
    Variable("OPENCLETS_MAIL_PASSWORD", "no sign-on", "Password for it."),
    Variable("OPENCLETS_LOG_LEVEL", "info", "Least level that is logged: debug, info, warning or error."),
    Variable(
        "OPENCLETS_DEVICE",
        "found in a demo's data folder",
        "For `openclets send`: mnemonic of the device to send from.",
    ),
    Variable("OPENCLETS_USER", "asked for", "For `openclets send`: sign-in name."),
    Variable("OPENCLETS_PASSWORD", "asked for", "For `openclets send`: the person's password."),
    Variable("OPENCLETS_CODE", "asked for", "For `openclets send`: a one-time code."),
    Variable("OPENCLETS_CHROMIUM", "found on PATH", "For the browser tests: path of a Chromium or Chrome program."),
    Variable("OPENCLETS_TEST_FORMS", "those tests are skipped", "For the tests: folder of official court forms."),
    Variable("OPENCLETS_TEST_CODES", "that test is skipped", "For the tests: folder of official code lists."),
    Variable("OPENCLETS_TEST_NIEM", "those tests are skipped", "For the tests: folder of NIEM schemas."),
)


@dataclass(frozen=True, slots=True)
class Environment:
    """The checked configuration. `database_url` is empty for the embedded server; folders are absolute."""

    data_folder: Path
    database_url: str
    database_owner_url: str
    database_retention_url: str
    given_secret_key: str
    switch_host: str
    switch_port: int
    web_host: str
    web_port: int
    public_hosts: tuple[str, ...]
    node: str
    county: str
    court_closes: time
    court_holidays: frozenset[date]
    log_name: str
    keep_years: Mapping[str, int]
    banned_passwords: Path | None
    sign_in_providers: Path | None
    pool_threads: int
    certificates_folder: Path
    mail_host: str
    mail_from: str
    mail_user: str
    mail_password: str
    log_level: str
    test_forms: Path | None
    test_niem: Path | None

    @property
    def is_embedded(self) -> bool:
        """Whether the database is the embedded server in the data folder."""
        return not self.database_url

    @property
    def allowed_hosts(self) -> tuple[str, ...]:
        """Names a browser may ask for: this machine's, and the public ones."""
        return ("localhost", "127.0.0.1", "[::1]", *self.public_hosts)

    @property
    def mail_server(self) -> tuple[str, int]:
        """Host and port of the mail server; the host empty when none was named."""
        host, _, port = self.mail_host.partition(":")
        return host, int(port or 0)

    @property
    def databases(self) -> dict[str, dict[str, Any]]:
        """Django's two connections: `default` for the program's role, `owner` for the role that owns the tables."""
        if self.is_embedded:
            program = embedded_postgres.conninfo(self.data_folder, embedded_postgres.PROGRAM_ROLE)
            owner = embedded_postgres.conninfo(self.data_folder, embedded_postgres.OWNER_ROLE)
        else:
            program, owner = self.database_url, self.database_owner_url
        return {"default": _django_database(program, self.pool_threads), "owner": _django_database(owner, 0)}

    @property
    def retention_conninfo(self) -> str:
        """How the role connects that may erase bodies; empty when no way was configured."""
        if self.is_embedded:
            return embedded_postgres.conninfo(self.data_folder, embedded_postgres.RETENTION_ROLE)
        return self.database_retention_url

    def secret_key(self) -> str:
        """The key that signs sessions; made and kept (mode 0600) in the data folder when none is given."""
        if self.given_secret_key:
            return self.given_secret_key
        make_data_folder(self.data_folder)
        path = self.data_folder / "secret-key"
        if not path.exists():
            # Whole or not at all, and one key though two programs start together: the first link counts.
            unfinished = path.with_name(f"secret-key.{secrets.token_hex(4)}")
            try:
                with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                    file.write(secrets.token_urlsafe(50))
                    file.flush()
                    os.fsync(file.fileno())
                with contextlib.suppress(FileExistsError):
                    os.link(unfinished, path)
            finally:
                unfinished.unlink(missing_ok=True)
        return path.read_text(encoding="ascii")


def read_environment(environ: Mapping[str, str] | None = None) -> Environment:
    """The configuration in `environ` (default: this process's). Touches no file.

    Raises: EnvironmentWrong with every fault found.
    """
    reader = _Reader(os.environ if environ is None else environ)
    data_folder = reader.folder("OPENCLETS_DATA") or default_data_folder()
    database_url = reader.database_url("DATABASE_URL")
    owner_url = reader.database_url("OPENCLETS_DATABASE_OWNER_URL")
    if owner_url and not database_url:
        reader.faults.append(
            "OPENCLETS_DATABASE_OWNER_URL needs DATABASE_URL: set both, or neither for the embedded server."
        )
    public_hosts = reader.host_names("OPENCLETS_PUBLIC_HOSTS")
    environment = Environment(
        data_folder=data_folder,
        database_url=database_url,
        database_owner_url=owner_url or database_url,
        database_retention_url=reader.database_url("OPENCLETS_DATABASE_RETENTION_URL"),
        given_secret_key=reader.secret_key("OPENCLETS_SECRET_KEY"),
        switch_host=reader.host("OPENCLETS_SWITCH_HOST"),
        switch_port=reader.number("OPENCLETS_SWITCH_PORT", 4043, 0, 65535),
        web_host=reader.host("OPENCLETS_WEB_HOST"),
        web_port=reader.number("OPENCLETS_WEB_PORT", 8043, 0, 65535),
        public_hosts=public_hosts,
        node=reader.shaped("OPENCLETS_NODE", "CADEMO", MNEMONIC_SHAPE, "2 to 10 capitals or digits, a letter first"),
        county=reader.shaped("OPENCLETS_COUNTY", "099", re.compile("[0-9]{3}"), "three digits, such as 099"),
        court_closes=reader.time_of_day("OPENCLETS_COURT_CLOSES", DEFAULT_POLICY.close_of_business),
        court_holidays=reader.days("OPENCLETS_COURT_HOLIDAYS"),
        log_name=reader.shaped(
            "OPENCLETS_LOG_NAME",
            "",
            re.compile("|[a-z0-9][a-z0-9.-]*(/[A-Za-z0-9._-]+)*"),
            "a host name and a path such as clets.example.gov/journal",
        ),
        keep_years=reader.years("OPENCLETS_KEEP_YEARS"),
        banned_passwords=reader.file("OPENCLETS_BANNED_PASSWORDS"),
        sign_in_providers=reader.file("OPENCLETS_SIGN_IN_PROVIDERS"),
        pool_threads=reader.number("OPENCLETS_POOL_THREADS", 8, 1, 256),
        certificates_folder=reader.folder("OPENCLETS_CERTIFICATES") or data_folder / "certificates",
        mail_host=reader.shaped(
            "OPENCLETS_MAIL_HOST",
            "",
            re.compile(r"|[A-Za-z0-9][A-Za-z0-9.-]*:[0-9]{1,5}"),
            "a host name and a port such as mail.example.gov:587",
        ),
        mail_from=reader.shaped(
            "OPENCLETS_MAIL_FROM", "openclets@localhost", re.compile(r"[^@\s]+@[^@\s]+"), "an e-mail address"
        ),
        mail_user=reader.text("OPENCLETS_MAIL_USER"),
        mail_password=reader.text("OPENCLETS_MAIL_PASSWORD"),
        log_level=reader.one_of("OPENCLETS_LOG_LEVEL", "info", LOG_LEVELS),
        test_forms=reader.folder("OPENCLETS_TEST_FORMS"),
        test_niem=reader.folder("OPENCLETS_TEST_NIEM"),
    )
    if not is_loopback(environment.web_host) and not public_hosts:
        reader.faults.append(
            "OPENCLETS_WEB_HOST is beyond this machine: set OPENCLETS_PUBLIC_HOSTS to the host names browsers use."
        )
    if reader.faults:
        raise EnvironmentWrong(tuple(reader.faults))
    return environment


def is_loopback(host: str) -> bool:
    """Whether nothing beyond this machine can reach `host`."""
    return host == "localhost" or (_is_address(host) and ipaddress.ip_address(host).is_loopback)


class _Reader:
    """Reads one variable at a time and gathers the faults."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        known = {variable.name for variable in VARIABLES}
        self.faults = [
            f"{name} is not a variable of OpenCLETS:"
            " remove it, or correct its spelling (see docs/reference/settings.md)."
            for name in sorted(environ)
            if name.startswith(PREFIX) and name not in known
        ]

    def text(self, name: str) -> str:
        return self._environ.get(name, "").strip()

    def folder(self, name: str) -> Path | None:
        text = self.text(name)
        if not text:
            return None
        path = Path(text)
        if not path.is_absolute():
            self.faults.append(f"{name} must be an absolute path such as /srv/openclets, not '{text}'.")
        elif path.exists() and not path.is_dir():
            self.faults.append(f"{name} names a file: name a folder instead of '{text}'.")
        return path

    def file(self, name: str) -> Path | None:
        text = self.text(name)
        if not text:
            return None
        path = Path(text)
        if not path.is_absolute() or not path.is_file():
            self.faults.append(f"{name} must be the absolute path of a file that is there, not '{text}'.")
        return path

    def number(self, name: str, default: int, least: int, most: int) -> int:
        text = self.text(name)
        if not text:
            return default
        if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
            self.faults.append(f"{name} must be a whole number from {least} to {most}, not '{text}'.")
            return default
        return int(text)

    def years(self, name: str) -> Mapping[str, int]:
        """Years by kind of entry; `*` for all kinds."""
        years: dict[str, int] = {}
        for part in filter(None, (each.strip() for each in self.text(name).split(","))):
            kind, _, count = part.rpartition("=")
            if (
                not count.strip().isdecimal()
                or not 1 <= int(count) <= 100
                or (kind and kind.strip() not in KEPT_BY_KIND)
            ):
                self.faults.append(
                    f"{name} must hold years from 1 to 100, for all kinds or as kind=years with a kind of"
                    f" docs/reference/events.md, not '{part}'."
                )
                continue
            years[kind.strip() or "*"] = int(count)
        return years

    def time_of_day(self, name: str, default: time) -> time:
        text = self.text(name)
        if not text:
            return default
        if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", text):
            self.faults.append(f"{name} must be a time of day such as 17:00, not '{text}'.")
            return default
        return time.fromisoformat(text)

    def days(self, name: str) -> frozenset[date]:
        days: set[date] = set()
        for part in filter(None, (each.strip() for each in self.text(name).split(","))):
            try:
                days.add(datetime.strptime(part, "%Y-%m-%d").date())  # noqa: DTZ007 (a local day has no zone)
            except ValueError:
                self.faults.append(f"{name} must hold days such as 2026-12-24, separated by commas, not '{part}'.")
        return frozenset(days)

    def shaped(self, name: str, default: str, shape: re.Pattern[str], accepted: str) -> str:
        text = self.text(name) or default
        if not shape.fullmatch(text):
            self.faults.append(f"{name} must be {accepted}, not '{text}'.")
        return text

    def one_of(self, name: str, default: str, accepted: tuple[str, ...]) -> str:
        text = self.text(name) or default
        if text not in accepted:
            self.faults.append(f"{name} must be one of {', '.join(accepted)}, not '{text}'.")
        return text

    def host(self, name: str) -> str:
        text = self.text(name) or "127.0.0.1"
        if text != "localhost" and not _is_address(text):
            self.faults.append(f"{name} must be an IP address of this machine such as 127.0.0.1, not '{text}'.")
        return text

    def host_names(self, name: str) -> tuple[str, ...]:
        hosts = tuple(part.strip() for part in self.text(name).split(",") if part.strip())
        for host in hosts:
            if not re.fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", host):
                self.faults.append(f"{name} must hold host names such as clets.example.gov, not '{host}'.")
        return hosts

    def secret_key(self, name: str) -> str:
        text = self.text(name)
        if text and len(text) < 50:
            self.faults.append(f"{name} must have 50 characters or more: make one with `openssl rand -base64 48`.")
        return text

    def database_url(self, name: str) -> str:
        text = self.text(name)
        if not text:
            return ""
        example = "postgresql://openclets@db.example.gov/openclets"
        if not text.startswith(("postgresql://", "postgres://")):
            self.faults.append(f"{name} must be the URL of a PostgreSQL database such as {example}.")
            return ""
        try:
            parts = conninfo_to_dict(text)
        except psycopg.ProgrammingError:
            parts = {}
        if not parts.get("dbname"):
            self.faults.append(f"{name} cannot be read or names no database: write it like {example}.")
        return text


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _django_database(conninfo: str, pool_threads: int) -> dict[str, Any]:
    """One entry of Django's DATABASES. Without `pool_threads` there is no pool (start-up needs one connection)."""
    parts = {key: value for key, value in conninfo_to_dict(conninfo).items() if value is not None}
    # Django switches prepared statements off; with this, those are prepared that ask for it, and no others.
    options: dict[str, Any] = {"connect_timeout": 5, "prepare_threshold": 1_000_000}
    if pool_threads:
        # Room beside the switch's threads for those in which pages run.
        options["pool"] = {"min_size": 0, "max_size": pool_threads + 24, "timeout": 5.0}
    database = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": str(parts.pop("dbname", "")),
        "USER": str(parts.pop("user", "")),
        "PASSWORD": str(parts.pop("password", "")),
        "HOST": str(parts.pop("host", "")),
        "PORT": str(parts.pop("port", "")),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**options, **parts},
    }
    return database
