"""The `openclets` command: one table of commands, each loaded only when called, and the fixed exit statuses."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Final

import click

from openclets.config.embedded_postgres import DatabaseNotStarted
from openclets.config.environment import EnvironmentWrong
from openclets.vocabulary.errors import Refused, Rejected, Unavailable

EXIT_DONE: Final = 0
EXIT_ELSE: Final = 1
EXIT_REJECTED: Final = 2
EXIT_REFUSED: Final = 3
EXIT_UNAVAILABLE: Final = 4
"""Source: docs/protocol.md, command line (fixed)."""

COMMANDS: Final[dict[str, str]] = {
    "access": "openclets.config.commands.access:access",
    "code": "openclets.config.commands.code:code",
    "database": "openclets.config.commands.database:database",
    "demo": "openclets.config.commands.demo:demo",
    "docs": "openclets.config.commands.docs:docs",
    "generate": "openclets.config.commands.generate:generate",
    "manage": "openclets.config.commands.manage:manage",
    "parse": "openclets.config.commands.parse:parse",
    "send": "openclets.config.commands.send:send",
}
"""Name to `module:attribute` of a click command."""


class _Commands(click.Group):
    """A group that knows its commands' names without loading them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        command = getattr(importlib.import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{COMMANDS[cmd_name]} is no click command")
        return command


@click.group(cls=_Commands)
@click.version_option(package_name="openclets")
def commands() -> None:
    """OpenCLETS: message switch, protective-order registry, access governance and journal."""


def main(arguments: list[str] | None = None) -> None:
    """Runs one command and ends the process with its exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openclets.config.settings")
    sys.exit(_status_of(arguments))


def _status_of(arguments: list[str] | None) -> int:
    """Translates what went wrong, once, into a line on standard error and a status."""
    try:
        status = commands.main(arguments, prog_name="openclets", standalone_mode=False)
    except click.exceptions.Abort:
        return _say("stopped", 130)
    except click.ClickException as error:
        error.show()
        return EXIT_REJECTED if isinstance(error, click.UsageError) else EXIT_ELSE
    except Rejected as error:
        return _say(
            "\n".join(f"{f.code} {f.field}: {f.text}; accepted: {f.accepted}" for f in error.faults), EXIT_REJECTED
        )
    except Refused as error:
        return _say(f"refused: {error.rule}: {error.missing} ({error.source})", EXIT_REFUSED)
    except Unavailable as error:
        return _say(f"unavailable: {error.what}", EXIT_UNAVAILABLE)
    except EnvironmentWrong as error:
        return _say(str(error), EXIT_ELSE)
    except DatabaseNotStarted as error:
        return _say(str(error), EXIT_UNAVAILABLE)
    return status if isinstance(status, int) else EXIT_DONE


def _say(text: str, status: int) -> int:
    click.echo(text, err=True)
    return status
