"""The `openclets` command: names, exit statuses, and access explained."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from openclets.config import command_line
from openclets.config.command_line import COMMANDS, commands
from tests.conftest import DATA_FOLDER
from tests.county import County

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """`python -m openclets` in a process of its own, with the data folder of these tests."""
    environment = {**os.environ, "OPENCLETS_DATA": str(DATA_FOLDER), "PYTHONPATH": str(ROOT), **changes}
    return subprocess.run(
        [sys.executable, "-m", "openclets", *arguments],
        env=environment,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_of_the_table_can_be_loaded_and_says_what_it_does(name: str) -> None:
    command = commands.get_command(commands.make_context("openclets", [name], resilient_parsing=True), name)
    assert command is not None
    assert command.help or command.short_help


def test_help_names_every_command_and_loads_none() -> None:
    script = (
        "import sys\n"
        "from openclets.config.command_line import commands\n"
        "try:\n"
        "    commands(['--help'])\n"
        "finally:\n"
        "    assert not [name for name in sys.modules if name.startswith('openclets.config.commands.')]\n"
        "    assert 'django' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    for name, command in COMMANDS.items():
        assert (f"\n  {name} " in done.stdout) != command.hidden


def test_a_command_that_does_not_exist_is_rejected() -> None:
    done = run("nosuch")
    assert (done.returncode, done.stdout) == (2, "")
    assert "No such command 'nosuch'" in done.stderr


def test_a_wrong_environment_stops_the_start_with_its_sentences() -> None:
    done = run("database", "status", OPENCLETS_NOSUCH="1", OPENCLETS_COUNTY="x")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        "OPENCLETS_NOSUCH is not a variable of OpenCLETS:"
        " remove it, or correct its spelling (see docs/reference/settings.md).",
        "OPENCLETS_COUNTY must be three digits, such as 099, not 'x'.",
    ]


def test_a_configured_database_that_does_not_answer_is_unavailable() -> None:
    done = run("database", "prepare", DATABASE_URL="postgresql://nobody@127.0.0.1:1/nosuch")
    assert (done.returncode, done.stdout) == (4, "")
    assert len(done.stderr.splitlines()) == 1
    assert "the database does not answer" in done.stderr


def test_the_database_is_prepared_again_at_once(database: None) -> None:
    done = run("database", "prepare")
    assert (done.returncode, done.stdout) == (0, "The database is ready.\n")


def test_access_that_is_allowed_is_explained(county: County) -> None:
    done = run("access", "explain", "--user", "chen", "--key", "QW", "--json")
    assert done.returncode == 0, done.stderr
    explained = json.loads(done.stdout)
    assert explained["allowed"] is True
    assert explained["rule"] == "duty 'officer' carries 'inquiry.person'"
    assert explained["source"].startswith("Gov. Code 15150-15169")
    assert explained["missing"] == ""


def test_access_that_is_not_allowed_is_explained_and_has_the_status_of_a_refusal(county: County) -> None:
    done = run("access", "explain", "--user", "dorn", "--key", "QW", "--json")
    assert done.returncode == 3, done.stderr
    explained = json.loads(done.stdout)
    assert (explained["allowed"], explained["missing"]) == (False, "training expired 2026-03-01")


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (("--user", "nobody", "--key", "QW"), "30 USR"),
        (("--user", "NO ONE", "--key", "QW"), "30 USR"),
        (("--user", "chen", "--key", "QZZ"), "02 MKE"),
        (("--user", "chen", "--key", "QW", "--device", "x"), "01 DEV"),
    ],
)
def test_access_of_what_does_not_exist_is_rejected(county: County, arguments: tuple[str, ...], fault: str) -> None:
    done = run("access", "explain", *arguments, "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert fault in done.stderr


def test_access_from_another_agencys_device_is_not_allowed(county: County) -> None:
    done = run("access", "explain", "--user", "chen", "--key", "QW", "--device", "CADEMO02", "--json")
    assert (done.returncode, json.loads(done.stdout)["missing"]) == (3, "this device belongs to another agency")


def test_the_exit_statuses_are_those_of_the_protocol() -> None:
    assert (
        command_line.EXIT_DONE,
        command_line.EXIT_ELSE,
        command_line.EXIT_REJECTED,
        command_line.EXIT_REFUSED,
        command_line.EXIT_UNAVAILABLE,
    ) == (0, 1, 2, 3, 4)
