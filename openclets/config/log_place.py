"""Where the public log and its key lie in the data folder, and what the log is called."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Final

import click

from openclets.config.environment import Environment
from openclets.journal.log_key import KeyUnusable, LogKey, key_in, read_key

KEY_FILE: Final = "log-key"


def log_folder(environment: Environment) -> Path:
    """The log's files: `checkpoint` and `tile/...`."""
    return environment.data_folder / "log"


def log_key(environment: Environment) -> LogKey:
    """The log's key, made when there is none. The log keeps the name that its key was made with.

    Raises: click.ClickException with how to mend it.
    """
    # Two logs of the same node are two logs.
    name = environment.log_name or f"{environment.node.lower()}.openclets.example/{secrets.token_hex(4)}"
    try:
        return key_in(environment.data_folder / KEY_FILE, name=name)
    except KeyUnusable as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(
            f"The log's key {environment.data_folder / KEY_FILE} can be neither read nor made: {error.strerror}."
        ) from None


def known_verifier(environment: Environment) -> str:
    """The verifier key of this data folder's log. Raises: click.ClickException when no log was ever begun here."""
    try:
        return str(read_key(environment.data_folder / KEY_FILE).verifier)
    except (OSError, KeyUnusable):
        raise click.ClickException(
            f"There is no log's key in {environment.data_folder}: give the log's verifier key with --key."
        ) from None
