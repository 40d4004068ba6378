"""Inquiries a second through TLS, how long one takes, and the floor of the same run.

    python -m tests.bench.inquiries [--people N] [--orders N] [--seconds S] [--seed N] [--keep FOLDER] [--record]

Makes a data folder of its own with a durable database, loads the fictional county, starts the real switch and asks it
from another process by TLS with device certificates. `--record` writes the table of docs/performance.md anew. `--keep`
uses that data folder and leaves it, so that the next run need not load.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from pathlib import Path

import click

from openclets.config import embedded_postgres
from openclets.config.preparation import prepare_database

PEOPLE = 100_000
ORDERS = 36_000
"""These many orders name about 100,000 persons, restrained and protected."""


def main() -> None:
    arguments = _arguments()
    for name in [name for name in os.environ if name.startswith("OPENCLETS_")]:
        del os.environ[name]
    os.environ.pop("DATABASE_URL", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "openclets.config.settings"
    # In /tmp itself, so that the database's own user can pass through.
    folder = arguments.keep or Path(tempfile.mkdtemp(prefix="openclets-bench-", dir="/tmp"))
    os.environ["OPENCLETS_DATA"] = str(folder)
    try:
        prepare_database()
        _measure(arguments, folder)
    finally:
        embedded_postgres.stop(folder)
        if not arguments.keep:
            shutil.rmtree(folder)


def _measure(arguments: argparse.Namespace, folder: Path) -> None:
    # Django is set up by now and not before.
    from tests.bench.measuring import Sizes, measure
    from tests.bench.report import machine, record, table

    with tempfile.TemporaryDirectory(prefix="openclets-bench-scripts-") as scripts:
        sizes = Sizes(arguments.people, arguments.orders, arguments.seconds, arguments.seed)
        before = machine()
        figures = measure(sizes, Path(scripts), lambda step: click.echo(f"... {step}", err=True))
    text = table(figures, sizes, before)
    click.echo(text)
    if arguments.record:
        record(text)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--orders", type=int, default=ORDERS)
    parser.add_argument("--seconds", type=float, default=5.0, help="length of one window; most parts take several")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--record", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
