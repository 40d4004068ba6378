"""`openclets journal`: the log's key, and whether journal and log hold."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from pathlib import Path

import click
import psycopg

from openclets.config.environment import read_environment
from openclets.config.log_place import known_verifier, log_folder, log_key
from openclets.journal import verify_export, verify_log
from openclets.vocabulary.errors import Fault, Rejected


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
@click.option(
    "--resume",
    type=click.Path(path_type=Path, dir_okay=False),
    help="With --database: a file that remembers how far this run came, and begins where one broken off had come.",
)
def verify(
    path: Path | None,
    vkey: str,
    witnesses: tuple[str, ...],
    against: tuple[Path, ...],
    *,
    database: bool,
    hashes_only: bool,
    resume: Path | None,
) -> int:
    """Check a log FOLDER, a FILE.tlog-proof or an export without the database, or the whole store with --database.

    Without PATH, the log in the data folder. Exit status 0 when everything holds; otherwise 1 and a line that names
    the first bad entry.
    """
    environment = read_environment()
    if database and path is not None:
        raise click.UsageError("--database checks the store of this data folder: give no PATH with it")
    if resume and not database:
        raise click.UsageError("--resume goes with --database")
    trusted = vkey or known_verifier(environment)
    told = verify_log.Told(lambda line: click.echo(line, err=True, nl=False))
    try:
        if database:
            said = _verify_database(trusted, told, resume)
        elif path is not None and path.is_file() and (export := _export_in(path.read_bytes())):
            said = verify_export.verify_export(export, trusted, witnesses)
        else:
            said = verify_log.verify(
                path or log_folder(environment), trusted, witnesses, against, hashes_only=hashes_only, progress=told
            )
    except verify_log.Wrong as wrong:
        click.echo(str(wrong))
        return 1
    click.echo(said)
    return 0


def _export_in(raw: bytes) -> bytes | None:
    """The export that a file is (a zip) or has attached (a report as PDF); None for any other file. Raises: Wrong."""
    if raw.startswith(b"PK"):
        return raw
    if not raw.startswith(b"%PDF"):
        return None
    # Only reports need the libraries that read and make them.
    from pypdf.errors import PyPdfError

    from openclets.inquiry.journal_report import attached_to

    try:
        attached = attached_to(raw)
    except PyPdfError:
        raise verify_log.Wrong("the report cannot be read") from None
    if attached is None:
        raise verify_log.Wrong("the report has no export attached")
    return attached


def _verify_database(vkey: str, progress: verify_log.Told, resume: Path | None) -> str:
    from openclets.config.preparation import prepare_database

    prepare_database()

    # Tables can be read only now.
    from openclets.journal.record import connection_parameters
    from openclets.journal.verification import verify_store

    folder, log = log_folder(read_environment()), verify_log.read_verifier(vkey)
    return verify_store(connection_parameters(), folder, log, progress=progress, resume=resume)


@journal.command()
@click.argument("vkey")
@click.option("--url", "address", default="", help="Where the witness takes checkpoints (add-checkpoint's prefix).")
@click.option(
    "--accept",
    "file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A checkpoint of this log that the witness cosigned, as a file.",
)
def witness(vkey: str, address: str, file: Path | None) -> int:
    """Have the newest checkpoint cosigned by the witness with key VKEY, or accept one that it cosigned."""
    if bool(address) == bool(file):
        raise click.UsageError("give either --url or --accept")
    from openclets.config.preparation import prepare_database

    prepare_database()

    # Tables can be read only now.
    from openclets.journal.record import own_connection
    from openclets.journal.witnessing import accept, ask_witness

    environment = read_environment()
    folder = log_folder(environment)
    try:
        log, known = verify_log.read_verifier(known_verifier(environment)), verify_log.read_verifier(vkey)
        with own_connection() as connection:
            if file:
                cosigned = accept(connection, folder, log, known, file.read_bytes())
            else:
                cosigned = ask_witness(connection, folder, log, known, address)
    except verify_log.Wrong as wrong:
        click.echo(str(wrong))
        return 1
    click.echo(f"{known.name} has cosigned {cosigned.size} entries, root {cosigned.root.hex()}")
    return 0


@journal.command()
def erase() -> None:
    """Erase bodies that have outlived their keeping time (OPENCLETS_KEEP_YEARS). Entries stay; each erasure is one."""
    from openclets.config.preparation import prepare_database

    prepare_database()

    from openclets.journal.retention import erase_batch, keeping_years

    environment = read_environment()
    if not environment.retention_conninfo:
        raise click.ClickException("Set OPENCLETS_DATABASE_RETENTION_URL: only the retention role may erase bodies.")
    with psycopg.connect(environment.retention_conninfo, autocommit=True) as connection:
        kept = keeping_years(environment.keep_years)
        while receipt := erase_batch(connection, kept=kept, operator=getpass.getuser(), now=datetime.now(UTC)):
            click.echo(f"erased as entry {receipt}")
    click.echo("nothing more has outlived its keeping time")


@journal.command()
@click.option("--check", "again", is_flag=True, help="Count again what was published, from the entries in the log.")
@click.option(
    "--log", type=click.Path(path_type=Path, exists=True, file_okay=False), help="A copy of the log, with --check."
)
def figures(log: Path | None, *, again: bool) -> int:
    """Count the entries of every month that is over, by agency, kind and outcome, for the public page.

    A month is counted once. With --check, no database is needed; exit status 1 names the first month that differs.
    """
    from openclets.journal import figures as counting

    if log and not again:
        raise click.UsageError("--log goes with --check")
    folder = log or log_folder(read_environment())
    if again:
        try:
            click.echo(f"the figures of {counting.check(folder)} months are those that the log gives")
        except verify_log.Wrong as wrong:
            click.echo(str(wrong))
            return 1
        return 0
    from openclets.config.preparation import prepare_database

    prepare_database()

    # Tables can be written only now.
    from openclets.journal.record import EntryDraft, record_durably

    now = datetime.now(UTC)
    for file in (written := counting.publish(folder, now=now)):
        click.echo(f"published {file}")
    if written:
        record_durably(
            EntryDraft(
                at=now,
                kind="figures published",
                outcome="done",
                channel="command",
                asked=f"figures published by {getpass.getuser()}",
                answered=", ".join(written),
            )
        )
    click.echo("every month that is over has been counted")
    return 0


@journal.command()
def archive() -> None:
    """Move entries whose bodies are erased out of the database, a Parquet file a month, where `verify` checks them.

    Broken off at any moment, it goes on when called again.
    """
    from openclets.config.preparation import prepare_database

    prepare_database()

    from openclets.journal.archive import archive_month, archive_of, drop_when_empty, months_over
    from openclets.journal.record import connection_parameters

    folder = archive_of(log_folder(read_environment()))
    now = datetime.now(UTC)
    try:
        with psycopg.connect(**connection_parameters("owner"), autocommit=True) as connection:
            months = months_over(connection, now)
            for place, month in enumerate(months, 1):
                receipt = archive_month(connection, folder, month, operator=getpass.getuser(), now=now)
                dropped = receipt is not None and drop_when_empty(connection, month)
                said = f"archived as entry {receipt}" if receipt else "nothing to move"
                click.echo(f"{month.replace('_', '-')} ({place} of {len(months)}): {said}{', table gone' * dropped}")
    except verify_log.Wrong as wrong:
        raise click.ClickException(str(wrong)) from None
    click.echo("nothing more can be archived")


@journal.command()
@click.argument("field", type=click.Choice(["number", "user_name", "agency", "record", "subject_name", "case_number"]))
@click.argument("value")
@click.option("--reason", required=True, help="Why, such as the name of the proceeding; journalled.")
def hold(field: str, value: str, reason: str) -> None:
    """Keep every body whose FIELD is VALUE, whatever its age, until `openclets journal release`."""
    from openclets.config.preparation import prepare_database

    prepare_database()

    from openclets.journal.record import own_connection
    from openclets.journal.retention import place_hold

    with own_connection() as connection:
        receipt = place_hold(
            connection,
            field=field,  # type: ignore[arg-type]  # one of the choices above
            value=value,
            reason=reason,
            operator=getpass.getuser(),
            now=datetime.now(UTC),
        )
    click.echo(f"held as entry {receipt}; `openclets journal release {receipt.number}` ends it")


@journal.command()
@click.argument("entry", type=click.IntRange(1))
@click.option("--reason", required=True, help="Why; journalled.")
def release(entry: int, reason: str) -> None:
    """End the hold that ENTRY placed."""
    from openclets.config.preparation import prepare_database

    prepare_database()

    from openclets.journal.record import own_connection
    from openclets.journal.retention import NoSuchHold, end_hold

    try:
        with own_connection() as connection:
            receipt = end_hold(
                connection, placed_by=entry, reason=reason, operator=getpass.getuser(), now=datetime.now(UTC)
            )
    except NoSuchHold as error:
        raise Rejected(Fault("40", "entry", str(error), "the number of the entry that placed the hold")) from None
    click.echo(f"ended as entry {receipt}")


@journal.command()
@click.option("--anew", is_flag=True, help="Empty the index first: for when it is doubted, or its making has changed.")
def index(*, anew: bool) -> None:
    """Bring the index of the journal's search up to date; the sealer does so by itself."""
    from openclets.config.preparation import prepare_database

    prepare_database()

    # Tables can be read only now.
    from django.db import connections

    from openclets.journal.record import own_connection
    from openclets.journal.search_index import bring_up, forget_everything

    if anew:
        connections["owner"].ensure_connection()
        forget_everything(connections["owner"].connection)
    with own_connection() as connection:
        while not bring_up(connection, batches=10):
            click.echo("...")
    click.echo("every entry can be searched for")
