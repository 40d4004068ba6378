"""`openclets receipt`: the proof of one journal entry, as a file that anyone can check offline."""

from __future__ import annotations

import getpass
import time
from datetime import UTC, datetime
from typing import Final

import click

from openclets.config.environment import read_environment
from openclets.config.log_place import log_folder
from openclets.vocabulary.errors import Fault, Rejected, Unavailable

SEALED_WITHIN_SECONDS: Final = 5.0


@click.command()
@click.argument("number", type=click.IntRange(1))
def receipt(number: int) -> None:
    """Print the proof (.tlog-proof) that entry NUMBER is in the log; `openclets journal verify` checks it anywhere.

    Leaves an entry. An entry just made is waited for.
    """
    from openclets.config.preparation import prepare_database

    prepare_database()

    # Tables can be read only now.
    from openclets.journal.receipts import NoSuchEntry, proof_of
    from openclets.journal.record import EntryDraft, record_durably

    folder = log_folder(read_environment())
    deadline = time.monotonic() + SEALED_WITHIN_SECONDS
    while True:
        try:
            proof = proof_of(number, folder)
            break
        except NoSuchEntry as error:
            raise Rejected(Fault("40", "number", str(error), "the number of an entry, as in JRN")) from None
        except Unavailable:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
    record_durably(
        EntryDraft(
            at=datetime.now(UTC),
            kind="journal proof given",
            outcome="answered",
            channel="command",
            records=(str(number),),
            asked=f"proof of entry {number} by {getpass.getuser()} on this machine",
        )
    )
    click.echo(proof, nl=False)
