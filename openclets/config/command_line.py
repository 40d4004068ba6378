"""The `openclets` command: one table of commands, each loaded only when called, and the fixed exit statuses."""

from __future__ import annotations

import importlib
import os
import sys
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Command:
    """Where a command is, as `module:attribute`, and its line in the help, which loads none of them."""

    target: str
    summary: str
    hidden: bool = False


_HERE: Final = "openclets.config.commands"

COMMANDS: Final[dict[str, Command]] = {
    "access": Command(f"{_HERE}.access:access", "Explain who may do what."),
    "code": Command(f"{_HERE}.code:code", "Print a one-time code of a demo's fictional person."),
    "codes": Command(f"{_HERE}.codes:codes", "Look up codes: `openclets codes VMA honda`."),
    "database": Command(f"{_HERE}.database:database", "Prepare the database; start or stop the embedded server."),
    "demo": Command(f"{_HERE}.demo:demo", "Start a fictional county with everything it needs."),
    "docs": Command(f"{_HERE}.docs:docs", "Write the generated reference pages."),
    "explain": Command(f"{_HERE}.explain:explain", "Say what a message key is for, its fields and rules."),
    "generate": Command(f"{_HERE}.generate:generate", "Fill a database with synthetic people and orders."),
    "journal": Command(f"{_HERE}.journal:journal", "Verify the journal; print the log's key."),
    "manage": Command(f"{_HERE}.manage:manage", "Run one of Django's commands.", hidden=True),
    "parse": Command(f"{_HERE}.parse:parse", "Read a message and say what is wrong with it."),
    "people": Command(f"{_HERE}.people:people", "Hold two lists of people against each other."),
    "receipt": Command(f"{_HERE}.receipt:receipt", "Print the proof of one journal entry."),
    "release": Command(f"{_HERE}.release:release", "Let a person sign on again whose name is locked."),
    "sealer": Command(f"{_HERE}.sealer:sealer", "Seal the journal into the public log."),
    "send": Command(f"{_HERE}.send:send", "Sign on at a switch, send a message, print the reply."),
    "switch": Command(f"{_HERE}.switch:switch", "Run the switch."),
    "web": Command(f"{_HERE}.web:web", "Run the pages."),
}


class _Commands(click.Group):
    """A group that knows its commands' names without loading them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name, command in sorted(COMMANDS.items()) if not command.hidden]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].target.partition(":")
        command = getattr(importlib.import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{COMMANDS[cmd_name].target} is no click command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name].summary) for name in self.list_commands(ctx)])


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
