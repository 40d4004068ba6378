"""The data folder: where it is when nothing is said, and how it is made."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def default_data_folder() -> Path:
    """Where data lies when nothing is said."""
    return Path("/var/lib/openclets") if os.geteuid() == 0 else platformdirs.user_data_path("openclets")


def make_data_folder(folder: Path) -> None:
    """Makes the folder where it is missing. Others may pass through it (the database's user must) but not list it."""
    if not folder.is_dir():
        # Two programs may start together.
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o711)
