"""`openclets demo`: the fictional county, running: database, switch and pages; one order filed and asked about."""

from __future__ import annotations

import os
import secrets
import signal
import time
from collections.abc import Sequence
from typing import Final

import click

from openclets.config import embedded_postgres
from openclets.config.demo_file import Demo
from openclets.config.environment import Environment, read_environment
from openclets.config.ports import accepts_connections, check_port_free, free_port
from openclets.config.preparation import prepare_database
from openclets.config.supervisor import Program, keep_running

PEOPLE: Final = 10_000
ORDERS: Final = 1_500
SEED: Final = 99
"""The demo's size and the seed of its county. Source: the demo as promised in the README."""

UP_WITHIN_SECONDS: Final = 120.0
"""A busy machine takes long to start a program; one that ends is told at once. Own decision."""
SHOWN: Final = ("alvarez", "brandt", "chen", "dorn", "eze", "fox", "gupta")
"""Sign-in names printed with a current code; the others are told by `openclets code`."""

QUESTION: Final = "NAM/HOLLOWAY,DEREK ALAN.DOB/19840517"


@click.command()
@click.option("--people", default=PEOPLE, show_default=True, type=click.IntRange(100, 1_000_000))
@click.option("--orders", default=ORDERS, show_default=True, type=click.IntRange(0, 1_000_000))
def demo(people: int, orders: int) -> None:
    """Run a fictional county on this machine until Ctrl-C: files an order, asks about it, prints what to try."""
    environment = _with_ports_known(read_environment())
    check_port_free(environment.switch_host, environment.switch_port, "OPENCLETS_SWITCH_PORT")
    check_port_free(environment.web_host, environment.web_port, "OPENCLETS_WEB_PORT")
    stopping: list[int] = []
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda number, _frame: stopping.append(number))

    click.echo(f"Database  {environment.data_folder if environment.is_embedded else 'as DATABASE_URL says'}")
    prepare_database()
    # Django is set up only now; what needs it is imported here.
    from openclets.config.demo_day import ask_through_the_socket, file_the_order, make_demo_county

    county = make_demo_county(environment, people=people, orders=orders, seed=SEED, password=_password())
    filed = file_the_order()
    click.echo(f"\nOrder filed by Clerk Brandt as FCN {filed}\n")

    programs = _start_programs(environment)
    try:
        if not _wait_until_up(environment, programs, stopping):
            return
        click.echo(ask_through_the_socket(environment, county, QUESTION))
        _print_what_to_try(environment, county)
        click.echo(
            f"READY switch={environment.switch_host}:{environment.switch_port} web=http://localhost:{environment.web_port}"
        )
        keep_running(
            programs,
            data_folder=environment.data_folder,
            embedded=environment.is_embedded,
            until=lambda: bool(stopping),
        )
    finally:
        click.echo("Stopping")
        for program in programs:
            program.stop()
        if environment.is_embedded:
            embedded_postgres.stop(environment.data_folder)


def _with_ports_known(environment: Environment) -> Environment:
    """The environment with a free port for each that is 0, told to the programs as well: all must know the same."""
    for variable, host, port in (
        ("OPENCLETS_SWITCH_PORT", environment.switch_host, environment.switch_port),
        ("OPENCLETS_WEB_PORT", environment.web_host, environment.web_port),
    ):
        if port == 0:
            os.environ[variable] = str(free_port(host))
    return read_environment()


def _password() -> str:
    """A phrase for the demo's people: easy to type, made anew for each data folder."""
    words = "amber birch cedar delta ember fjord grove heron islet jetty kelp larch maple opal pine quill reed".split()
    return "-".join(secrets.choice(words) for _ in range(4)) + f"-{secrets.randbelow(90) + 10}"


def _start_programs(environment: Environment) -> Sequence[Program]:
    logs = environment.data_folder / "log-programs"
    logs.mkdir(exist_ok=True)
    programs = [Program(name, (name,), logs / f"{name}.log") for name in ("switch", "web", "sealer")]
    for program in programs:
        program.start()
    return programs


def _wait_until_up(environment: Environment, programs: Sequence[Program], stopping: Sequence[int]) -> bool:
    """True once switch and pages accept connections; False when told to stop meanwhile.

    Raises: click.ClickException with the end of the log of the program that did not come up.
    """
    places = ((environment.switch_host, environment.switch_port), (environment.web_host, environment.web_port))
    # The sealer listens nowhere; whatever it finds not yet sealed, it seals.
    for program, (host, port) in zip(programs, places, strict=False):
        deadline = time.monotonic() + UP_WITHIN_SECONDS
        while not accepts_connections(host, port):
            if stopping:
                return False
            ended = program.process is not None and program.process.poll() is not None
            if ended or time.monotonic() > deadline:
                raise click.ClickException(
                    f"The {program.name} did not start. Its log ends:\n{_end_of(program.said())}"
                )
            time.sleep(0.1)
    return True


def _end_of(said: str) -> str:
    return "\n".join(said.splitlines()[-15:])


def _print_what_to_try(environment: Environment, county: Demo) -> None:
    from openclets.config.one_time_code import code_at

    click.echo("\nSign in at the pages with one of these names; a code is good once, for at most 30 seconds")
    click.echo(f"  password for all   {county.password}")
    for name in SHOWN:
        user = county.users[name]
        code = code_at(user.totp_secret, time.time())
        click.echo(f"  {name:<9} {code}   {user.full_name}, {user.agency}")
    click.echo("  a fresh code:      .venv/bin/openclets code --user chen")
    data = f"OPENCLETS_DATA={environment.data_folder} " if _is_elsewhere(environment) else ""
    command = f"{data}.venv/bin/openclets send"
    click.echo("\nThree commands to try in another terminal")
    click.echo(f'  {command} --user chen "QW.CA0990100.{QUESTION}"')
    click.echo(f'  {command} --user chen --json "QPO.CA0990100.{QUESTION}"')
    click.echo(f'  {command} --user dorn "QW.CA0990100.{QUESTION}"     (refused: his training lapsed)\n')


def _is_elsewhere(environment: Environment) -> bool:
    from openclets.config.data_folder import default_data_folder

    return environment.data_folder != default_data_folder()
