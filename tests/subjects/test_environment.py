"""The environment: what may be set, and how what is wrong is told."""

from __future__ import annotations

import stat
import subprocess
import sys
from datetime import date, time
from pathlib import Path

import pytest

from openclets.config.commands.docs import PAGES
from openclets.config.environment import PREFIX, VARIABLES, EnvironmentWrong, read_environment

SERVER = {"DATABASE_URL": "postgresql://clets:secret@db.example.gov:5433/clets"}


def test_with_nothing_set_nothing_listens_beyond_this_machine() -> None:
    environment = read_environment({})
    assert (environment.switch_host, environment.web_host) == ("127.0.0.1", "127.0.0.1")
    assert environment.allowed_hosts == ("localhost", "127.0.0.1", "[::1]")
    assert environment.is_embedded


def test_with_nothing_set_the_node_is_the_fictional_one() -> None:
    environment = read_environment({})
    assert (environment.node, environment.county, environment.pool_threads) == ("CADEMO", "099", 8)


def test_the_hour_and_the_days_on_which_courts_close_can_be_set() -> None:
    environment = read_environment(
        {"OPENCLETS_COURT_CLOSES": "16:30", "OPENCLETS_COURT_HOLIDAYS": "2026-12-24, 2026-12-31"}
    )
    assert environment.court_closes == time(16, 30)
    assert environment.court_holidays == {date(2026, 12, 24), date(2026, 12, 31)}
    unset = read_environment({})
    assert (unset.court_closes, unset.court_holidays) == (time(17, 0), frozenset())


def test_the_rules_of_orders_run_with_the_hour_and_the_days_that_are_set(tmp_path: Path) -> None:
    environ = {
        "OPENCLETS_DATA": str(tmp_path),
        "OPENCLETS_COURT_CLOSES": "16:30",
        "OPENCLETS_COURT_HOLIDAYS": "2026-12-24",
        "DJANGO_SETTINGS_MODULE": "openclets.config.settings",
    }
    program = (
        "from openclets.orders.node_policy import node_policy as p; print(p().close_of_business, *p().court_holidays)"
    )
    said = subprocess.run([sys.executable, "-c", program], env=environ, check=True, capture_output=True, text=True)
    assert said.stdout == "16:30:00 2026-12-24\n"


def test_reading_the_environment_touches_no_file(tmp_path: Path) -> None:
    read_environment({"OPENCLETS_DATA": str(tmp_path / "data")})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        (
            {"OPENCLETS_SWTICH_PORT": "4043"},
            "OPENCLETS_SWTICH_PORT is not a variable of OpenCLETS: remove it, or correct its spelling"
            " (see docs/reference/settings.md).",
        ),
        (
            {"OPENCLETS_WEB_PORT": "eighty"},
            "OPENCLETS_WEB_PORT must be a whole number from 0 to 65535, not 'eighty'.",
        ),
        ({"OPENCLETS_WEB_PORT": "65536"}, "OPENCLETS_WEB_PORT must be a whole number from 0 to 65535, not '65536'."),
        ({"OPENCLETS_WEB_PORT": "-1"}, "OPENCLETS_WEB_PORT must be a whole number from 0 to 65535, not '-1'."),
        ({"OPENCLETS_WEB_PORT": "٤٠"}, "OPENCLETS_WEB_PORT must be a whole number from 0 to 65535, not '٤٠'."),
        ({"OPENCLETS_POOL_THREADS": "0"}, "OPENCLETS_POOL_THREADS must be a whole number from 1 to 256, not '0'."),
        ({"OPENCLETS_DATA": "data"}, "OPENCLETS_DATA must be an absolute path such as /srv/openclets, not 'data'."),
        (
            {"OPENCLETS_DATA": "/etc/passwd"},
            "OPENCLETS_DATA names a file: name a folder instead of '/etc/passwd'.",
        ),
        (
            {"OPENCLETS_NODE": "ca demo"},
            "OPENCLETS_NODE must be 2 to 10 capitals or digits, a letter first, not 'ca demo'.",
        ),
        ({"OPENCLETS_COUNTY": "99"}, "OPENCLETS_COUNTY must be three digits, such as 099, not '99'."),
        ({"OPENCLETS_COURT_CLOSES": "5 pm"}, "OPENCLETS_COURT_CLOSES must be a time of day such as 17:00, not '5 pm'."),
        (
            {"OPENCLETS_COURT_CLOSES": "24:00"},
            "OPENCLETS_COURT_CLOSES must be a time of day such as 17:00, not '24:00'.",
        ),
        (
            {"OPENCLETS_COURT_HOLIDAYS": "2026-12-24,2026-02-30"},
            "OPENCLETS_COURT_HOLIDAYS must hold days such as 2026-12-24, separated by commas, not '2026-02-30'.",
        ),
        (
            {"OPENCLETS_LOG_LEVEL": "loud"},
            "OPENCLETS_LOG_LEVEL must be one of debug, info, warning, error, not 'loud'.",
        ),
        (
            {"OPENCLETS_SWITCH_HOST": "everywhere"},
            "OPENCLETS_SWITCH_HOST must be an IP address of this machine such as 127.0.0.1, not 'everywhere'.",
        ),
        (
            {"OPENCLETS_WEB_HOST": "0.0.0.0"},
            "OPENCLETS_WEB_HOST is beyond this machine: set OPENCLETS_PUBLIC_HOSTS to the host names browsers use.",
        ),
        (
            {"OPENCLETS_PUBLIC_HOSTS": "https://clets.example.gov"},
            "OPENCLETS_PUBLIC_HOSTS must hold host names such as clets.example.gov, not 'https://clets.example.gov'.",
        ),
        (
            {"OPENCLETS_PUBLIC_HOSTS": "*"},
            "OPENCLETS_PUBLIC_HOSTS must hold host names such as clets.example.gov, not '*'.",
        ),
        (
            {"OPENCLETS_SECRET_KEY": "short"},
            "OPENCLETS_SECRET_KEY must have 50 characters or more: make one with `openssl rand -base64 48`.",
        ),
        (
            {"DATABASE_URL": "mysql://db/clets"},
            "DATABASE_URL must be the URL of a PostgreSQL database such as"
            " postgresql://openclets@db.example.gov/openclets.",
        ),
        (
            {"DATABASE_URL": "postgresql://db.example.gov"},
            "DATABASE_URL cannot be read or names no database: write it like"
            " postgresql://openclets@db.example.gov/openclets.",
        ),
        (
            {"DATABASE_URL": "postgresql://db.example.gov/clets?nosuch=1"},
            "DATABASE_URL cannot be read or names no database: write it like"
            " postgresql://openclets@db.example.gov/openclets.",
        ),
        (
            {"OPENCLETS_DATABASE_OWNER_URL": "postgresql://owner@db.example.gov/clets"},
            "OPENCLETS_DATABASE_OWNER_URL needs DATABASE_URL: set both, or neither for the embedded server.",
        ),
    ],
    ids=lambda value: " ".join(f"{key}={text}" for key, text in value.items()) if isinstance(value, dict) else "",
)
def test_what_is_wrong_is_told_in_one_sentence_with_the_way_to_mend_it(environ: dict[str, str], sentence: str) -> None:
    with pytest.raises(EnvironmentWrong) as wrong:
        read_environment(environ)
    assert wrong.value.faults == (sentence,)


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(EnvironmentWrong) as wrong:
        read_environment({"OPENCLETS_NOSUCH": "1", "OPENCLETS_WEB_PORT": "x", "OPENCLETS_COUNTY": "y"})
    assert len(wrong.value.faults) == 3


def test_a_password_in_a_wrong_url_is_not_printed() -> None:
    with pytest.raises(EnvironmentWrong) as wrong:
        read_environment({"DATABASE_URL": "postgres://clets:hunter2@db.example.gov/clets?nosuch=1"})
    assert "hunter2" not in str(wrong.value)


def test_a_configured_server_is_used_by_both_connections() -> None:
    databases = read_environment(SERVER).databases
    for alias in ("default", "owner"):
        assert databases[alias]["HOST"] == "db.example.gov"
        assert databases[alias]["PORT"] == "5433"
        assert databases[alias]["NAME"] == "clets"
        assert databases[alias]["USER"] == "clets"
        assert databases[alias]["PASSWORD"] == "secret"


def test_the_owner_of_the_tables_can_be_another_role() -> None:
    owner = "postgresql://owner@db.example.gov/clets?sslmode=verify-full"
    databases = read_environment({**SERVER, "OPENCLETS_DATABASE_OWNER_URL": owner}).databases
    assert databases["default"]["USER"] == "clets"
    assert databases["owner"]["USER"] == "owner"
    assert databases["owner"]["OPTIONS"]["sslmode"] == "verify-full"


def test_public_host_names_are_added_to_those_of_this_machine() -> None:
    environment = read_environment(
        {"OPENCLETS_WEB_HOST": "0.0.0.0", "OPENCLETS_PUBLIC_HOSTS": "clets.example.gov, clets2.example.gov"}
    )
    assert environment.allowed_hosts == (
        "localhost",
        "127.0.0.1",
        "[::1]",
        "clets.example.gov",
        "clets2.example.gov",
    )


def test_the_secret_key_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    environment = read_environment({"OPENCLETS_DATA": str(tmp_path / "data")})
    key = environment.secret_key()
    assert len(key) >= 50
    assert environment.secret_key() == key
    assert stat.S_IMODE((tmp_path / "data" / "secret-key").stat().st_mode) == 0o600


def test_a_secret_key_that_could_not_be_written_whole_leaves_none_behind(tmp_path: Path) -> None:
    program = (
        "import resource; from openclets.config.environment import read_environment as r; "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (5, 5)); r().secret_key()"
    )
    cut = subprocess.run([sys.executable, "-c", program], env={"OPENCLETS_DATA": str(tmp_path)}, capture_output=True)
    assert b"File too large" in cut.stderr
    assert list(tmp_path.iterdir()) == []
    assert len(read_environment({"OPENCLETS_DATA": str(tmp_path)}).secret_key()) >= 50


def test_a_given_secret_key_is_used_and_not_stored(tmp_path: Path) -> None:
    environment = read_environment({"OPENCLETS_DATA": str(tmp_path / "data"), "OPENCLETS_SECRET_KEY": "k" * 50})
    assert environment.secret_key() == "k" * 50
    assert not (tmp_path / "data").exists()


def test_every_variable_is_described_once_and_in_a_sentence() -> None:
    names = [variable.name for variable in VARIABLES]
    assert len(names) == len(set(names))
    for variable in VARIABLES:
        assert variable.name == "DATABASE_URL" or variable.name.startswith(PREFIX)
        assert variable.meaning.endswith(".")


def test_the_page_of_settings_is_current() -> None:
    page = Path(__file__).resolve().parents[2] / "docs/reference/settings.md"
    assert page.read_text(encoding="utf-8") == PAGES["reference/settings.md"](), "run `openclets docs`"
