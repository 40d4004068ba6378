"""`openclets journal`: the log's key, and whether journal and log hold."""

from __future__ import annotations

from pathlib import Path

import click

from openclets.config.environment import read_environment
from openclets.config.log_place import known_verifier, log_folder, log_key
from openclets.journal import verify_log


@click.group()
def journal() -> None:
    """Verify the journal and its public log."""


@journal.command()
def key() -> None:
    """Print the log's verifier key (name+id+key): give it to whoever shall check without you."""
    click.echo(str(log_key(read_environment()).verifier))


@journal.command()
@click.argument("path", required=False, type=click.Path(path_type=Path, exists=True))
@click.option("--database", is_flag=True, help="Walk the whole store: entries, bodies, places, checkpoints, tiles.")
@click.option("--key", "vkey", default="", help="The log's verifier key; without it, the key in the data folder.")
@click.option("--witness", "witnesses", multiple=True, help="Verifier key of a witness that must have cosigned.")
@click.option(
    "--against",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="File with an earlier checkpoint that must be of the same log.",
)
@click.option("--hashes-only", is_flag=True, help="The folder is a public copy without bundles of entries.")
def verify(
    path: Path | None,
    vkey: str,
    witnesses: tuple[str, ...],
    against: tuple[Path, ...],
    *,
    database: bool,
    hashes_only: bool,
) -> int:
    """Check a log FOLDER or a FILE.tlog-proof without the database, or the whole store with --database.

    Without PATH, the log in the data folder. Exit status 0 when everything holds; otherwise 1 and a line that names
    the first bad entry.
    """
    environment = read_environment()
    if database and path is not None:
        raise click.UsageError("--database checks the store of this data folder: give no PATH with it")
    trusted = vkey or known_verifier(environment)
    try:
        if database:
            said = _verify_database(trusted)
        else:
            said = verify_log.verify(
                path or log_folder(environment), trusted, witnesses, against, hashes_only=hashes_only
            )
    except verify_log.Wrong as wrong:
        click.echo(str(wrong))
        return 1
    click.echo(said)
    return 0


def _verify_database(vkey: str) -> str:
    from openclets.config.preparation import prepare_database

    prepare_database()

    # Tables can be read only now.
    from openclets.journal.record import connection_parameters
    from openclets.journal.verification import verify_store

    return verify_store(connection_parameters(), log_folder(read_environment()), verify_log.read_verifier(vkey))
