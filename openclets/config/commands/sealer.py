"""`openclets sealer`: the process that seals the journal, until told to stop."""

from __future__ import annotations

import signal
import threading

import click

from openclets.config.environment import read_environment
from openclets.config.log_place import log_folder, log_key


@click.command()
def sealer() -> None:
    """Give committed entries their places in the public log and sign it. A second sealer waits for the first.

    Beside it, entries are taken into the index by which the journal is searched.
    """
    environment = read_environment()
    stopping: list[int] = []
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda number, _frame: stopping.append(number))
    # Django is loaded only by commands that need it, and before anything that has tables.
    import django

    django.setup()
    from openclets.journal.record import own_connection
    from openclets.journal.sealing import keep_sealing
    from openclets.journal.search_index import keep_up

    indexing = threading.Thread(
        target=keep_up,
        args=(own_connection,),
        kwargs={"until": lambda: bool(stopping)},
        name="search-index",
        daemon=True,
    )
    indexing.start()
    keep_sealing(own_connection, log_folder(environment), log_key(environment), until=lambda: bool(stopping))
