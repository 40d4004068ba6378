"""`openclets generate`: a made-up county in the database, the same for the same seed."""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime
from pathlib import Path

import click

from openclets.config.preparation import prepare_database


@click.command()
@click.option("--people", default=10_000, show_default=True, type=click.IntRange(10, 10_000_000))
@click.option("--orders", default=1_500, show_default=True, type=click.IntRange(0, 10_000_000))
@click.option("--seed", default=99, show_default=True, help="The same seed gives the same county on the same day.")
@click.option("--pictures/--no-pictures", default=True, help="Draw a page for each order; without, all share one.")
@click.option("--sign-on-file", type=click.Path(path_type=Path), help="Write the people's password and secrets here.")
def generate(people: int, orders: int, seed: int, *, pictures: bool, sign_on_file: Path | None) -> None:
    """Fill the database with the fictional Sierra Vista County: agencies, people who sign on, orders in every state.

    Only made-up people. Can be stopped and run again with the same options: it goes on where it stopped.
    """
    prepare_database()
    # Django is set up only now; what needs it is imported here.
    from openclets.config.synthetic.loading import load_county

    now = datetime.now(UTC)
    password = secrets.token_urlsafe(12)
    with click.progressbar(length=orders, label="Orders", show_pos=True) as bar:
        made = load_county(
            people=people, orders=orders, seed=seed, now=now, password=password, pictures=pictures, progress=bar.update
        )
    if made and sign_on_file:
        sign_on_file.write_text(
            json.dumps({"password": password, "users": {name: row.totp_secret for name, row in made.items()}}, indent=1)
        )
        sign_on_file.chmod(0o600)
    click.echo(f"{people} people, {orders} orders, seed {seed}, county 099 (fictional)")
