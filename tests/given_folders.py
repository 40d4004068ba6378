"""Folders of others' files that the environment names for the tests, looked at once, before the first test: a folder
that lacks what is needed is told in one line and not by a failure of every test that reads it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

NEEDED: Final = {
    "OPENCLETS_TEST_FORMS": ("dv100.pdf", "dv110.pdf", "dv130.pdf", "dv140.pdf", "dv200.pdf", "clets001.pdf"),
    "OPENCLETS_TEST_NIEM": (
        "2.1/ansi-nist/2.0/ansi-nist.xsd",
        "2.1/domains/jxdm/4.1/jxdm.xsd",
        "2.1/niem-core/2.0/niem-core.xsd",
        "6.0/domains/justice.xsd",
        "6.0/niem-core.xsd",
    ),
}


def faults_of_folders(environ: Mapping[str, str]) -> tuple[str, ...]:
    """One sentence for each folder that is named and lacks a file, saying how to mend it."""
    return tuple(
        f"{name} names {environ[name]}, which has no {missing[0]}: name the folder that has it,"
        " or leave the variable unset to skip those tests."
        for name, files in NEEDED.items()
        if environ.get(name) and (missing := [file for file in files if not Path(environ[name], file).is_file()])
    )
