"""A folder named for the tests that lacks what they need is told in one line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.given_folders import faults_of_folders

ROOT = Path(__file__).parents[2]


def test_no_folder_named_is_no_fault() -> None:
    assert faults_of_folders({}) == ()
    assert faults_of_folders({"OPENCLETS_TEST_NIEM": ""}) == ()


def test_a_folder_without_the_schemas_stops_the_run_with_one_line(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/wire/test_niem.py"],
        cwd=ROOT,
        env={**os.environ, "OPENCLETS_TEST_NIEM": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 4
    assert (run.stdout + run.stderr).strip() == (
        f"ERROR: OPENCLETS_TEST_NIEM names {tmp_path}, which has no 2.1/ansi-nist/2.0/ansi-nist.xsd:"
        " name the folder that has it, or leave the variable unset to skip those tests."
    )
