"""`openclets code`: the current one-time code of a demo's fictional person."""

from __future__ import annotations

import time

import click

from openclets.config.demo_file import DemoFileBroken, read_demo_file
from openclets.config.environment import read_environment
from openclets.config.one_time_code import code_at, seconds_left


@click.command()
@click.option("--user", "user_name", required=True, help="Sign-in name, such as chen.")
def code(user_name: str) -> None:
    """Print a demo person's one-time code and for how many seconds it is the current one."""
    data_folder = read_environment().data_folder
    try:
        demo = read_demo_file(data_folder)
    except DemoFileBroken as error:
        raise click.ClickException(str(error)) from None
    if demo is None:
        raise click.ClickException(
            f"there is no demo in {data_folder}: start one with `openclets demo`, or set OPENCLETS_DATA to its folder"
        )
    user = demo.users.get(user_name)
    if user is None:
        raise click.ClickException(f"the demo has no '{user_name}': it has {', '.join(sorted(demo.users)[:12])}, ...")
    now = time.time()
    click.echo(f"{code_at(user.totp_secret, now)} {int(seconds_left(now))} seconds left")
