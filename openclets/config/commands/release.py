"""`openclets release`: lets a person sign on again where no coordinator is left who could."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime

import click


@click.command()
@click.argument("user_name")
@click.option("--reason", required=True, help="Why, for the journal; such as who asked and how they were known.")
def release(user_name: str, reason: str) -> None:
    """Release USER_NAME, whose name is locked. For the only coordinator of an agency; others ask their coordinator."""
    from openclets.config.preparation import prepare_database

    prepare_database()

    # Tables can be read only now.
    from openclets.agencies.releasing import release_by_operator
    from openclets.agencies.signing_on import Caller
    from openclets.vocabulary.identifiers import Mnemonic, parse_user_name

    receipt = release_by_operator(
        actor=Caller(Mnemonic(""), "command"),
        now=datetime.now(UTC),
        user_name=parse_user_name(user_name),
        operator=getpass.getuser(),
        reason=reason,
    )
    click.echo(f"{user_name} may sign on again; receipt {receipt}")
