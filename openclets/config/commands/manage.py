"""`openclets manage`: Django's own commands, for developers (makemigrations, shell, ...)."""

from __future__ import annotations

import click


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []}, hidden=True)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Run one of Django's commands."""
    # Django is loaded only by commands that need it.
    from django.core.management import execute_from_command_line

    # A migration can be written while some page is not: only what it is made from must load.
    skipping = ["--skip-checks"] if arguments[:1] == ("makemigrations",) else []
    execute_from_command_line(["openclets", *arguments, *skipping])
