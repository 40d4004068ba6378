"""`openclets database`: prepares the database, and starts or stops the embedded server."""

from __future__ import annotations

import click

from openclets.config import embedded_postgres
from openclets.config.environment import Environment, read_environment


@click.group()
def database() -> None:
    """Prepare the database; start or stop the embedded server."""


@database.command()
def prepare() -> None:
    """Start the embedded server if that is the database; bring tables and privileges up to date."""
    # Django is loaded only by commands that need it.
    from openclets.config.preparation import prepare_database

    prepare_database()
    click.echo("The database is ready.")


@database.command()
def start() -> None:
    """Start the embedded server."""
    embedded_postgres.start(_embedded().data_folder)
    click.echo("The embedded database runs.")


@database.command()
def stop() -> None:
    """Stop the embedded server; nothing committed is lost."""
    embedded_postgres.stop(_embedded().data_folder)
    click.echo("The embedded database is stopped.")


@database.command()
def status() -> None:
    """Say whether the embedded server runs."""
    runs = embedded_postgres.is_running(_embedded().data_folder)
    click.echo("The embedded database runs." if runs else "The embedded database is stopped.")


def _embedded() -> Environment:
    environment = read_environment()
    if not environment.is_embedded:
        raise click.ClickException("DATABASE_URL names another server: start and stop that one where it runs.")
    return environment
