"""Tickets kept from one sign-on to the next: `tickets/USER@DEVICE` in the data folder, mode 0600."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Final

FOLDER: Final = "tickets"


class TicketFolder:
    """Reads and keeps tickets. Where there is no data folder, or it is somebody else's, none are kept."""

    def __init__(self, data_folder: Path) -> None:
        self._data_folder = data_folder

    def read(self, user: str, device: str) -> str:
        """The ticket kept last; '' when there is none."""
        try:
            return self._path(user, device).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return ""

    def keep(self, user: str, device: str, ticket: str) -> None:
        """Writes the ticket whole or not at all."""
        path = self._path(user, device)
        unfinished = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        try:
            path.parent.mkdir(mode=0o700, exist_ok=True)
            with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
                file.write(ticket)
            unfinished.replace(path)
        except OSError:
            # A ticket is a convenience: without it the next sign-on asks for a code again.
            unfinished.unlink(missing_ok=True)

    def _path(self, user: str, device: str) -> Path:
        return self._data_folder / FOLDER / f"{user}@{device}"
