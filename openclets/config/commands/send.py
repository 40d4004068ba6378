"""`openclets send`: signs on at a switch as one person at one device, sends one message, prints the reply.

1. Who sends, from where, to where: options, then environment, then the demo's file, then prompts.
2. Connect and sign on: by a kept ticket, else by password and one-time code.
3. Send; replies that were waiting since an earlier session go to standard error.
4. Print the reply, and only then acknowledge it.
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from openclets.config.demo_file import Demo, DemoFileBroken, read_demo_file
from openclets.config.environment import Environment, read_environment
from openclets.config.one_time_code import code_at, seconds_left
from openclets.config.reply_json import as_json, unanswered_as_json
from openclets.config.terminal_client import ClientTls, SignOnFailed, TerminalClient, Told, device_tls
from openclets.config.ticket_folder import TicketFolder
from openclets.vocabulary.errors import Unavailable
from openclets.vocabulary.identifiers import Ori, UserName, parse_mnemonic, parse_ori, parse_user_name
from openclets.wire.compose import Status
from openclets.wire.parse import reference_of
from openclets.wire.session import SignOn

EXIT_STATUS: Final[dict[Status, int]] = {"answered": 0, "rejected": 2, "refused": 3, "unavailable": 4}
"""Source: docs/protocol.md, command line (fixed)."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Everything needed to sign on. `password` '' and `code` '' are asked for; a demo's person has a secret instead."""

    host: str
    port: int
    tls: ClientTls
    user: UserName
    device: str
    agency: Ori
    password: str
    code: str
    totp_secret: str


@click.command()
@click.argument("message")
@click.option("--host", help="Address of the switch.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port of the switch.")
@click.option("--device", envvar="OPENCLETS_DEVICE", help="Mnemonic of the device to send from.")
@click.option("--user", envvar="OPENCLETS_USER", help="Sign-in name.")
@click.option("--agency", help="ORI to sign on for; without it the demo's, or the one in the message.")
@click.option("--ca", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Certificate authority (PEM).")
@click.option("--certificate", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The device's (PEM).")
@click.option("--key", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The device's key (PEM).")
@click.option(
    "--password-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File whose first line is the password; else OPENCLETS_PASSWORD, else asked for.",
)
@click.option("--code", envvar="OPENCLETS_CODE", default="", help="A one-time code.")
@click.option("--json", "as_object", is_flag=True, help="Print one JSON object instead of the reply's text.")
def send(
    message: str,
    host: str | None,
    port: int | None,
    device: str | None,
    user: str | None,
    agency: str | None,
    ca: Path | None,
    certificate: Path | None,
    key: Path | None,
    password_file: Path | None,
    code: str,
    as_object: bool,
) -> int:
    """Send MESSAGE (or standard input, with -) to a switch and print the reply.

    With a demo's data folder in OPENCLETS_DATA, --user is all that is needed.
    """
    environment = read_environment()
    if message == "-":
        message = sys.stdin.read()
    # 1. Who sends, from where, to where.
    demo = _demo_of(environment)
    user_name = parse_user_name(user or click.prompt("User", err=True))
    person = demo.users.get(user_name) if demo else None
    device_name = parse_mnemonic(device or (person.device if person else "") or click.prompt("Device", err=True))
    given = device_tls(environment.certificates_folder, device_name)
    sender = Sender(
        host=host or (demo.host if demo else environment.switch_host),
        port=port or (demo.port if demo else environment.switch_port),
        tls=ClientTls(ca or given.authority, certificate or given.certificate, key or given.key),
        user=user_name,
        device=device_name,
        agency=parse_ori(agency or (person.agency if person else "") or _agency_in(message)),
        password=_password_from(password_file, demo if person else None),
        code=code,
        totp_secret=person.totp_secret if person else "",
    )
    try:
        # 2. Connect and sign on.
        with _connected(sender) as client:
            _sign_on(client, sender, TicketFolder(environment.data_folder))
            # 3. Send; what was waiting goes to standard error.
            client.send(message)
            told = _own_reply(client)
            # 4. Print, and only then acknowledge.
            _print(told, as_object)
            _take_leave(client, told)
    except SignOnFailed as failed:
        _print(failed.told, as_object)
        told = failed.told
    except Unavailable as error:
        click.echo(f"unavailable: {error.what}", err=True)
        if as_object:
            click.echo(unanswered_as_json(error.what))
        return EXIT_STATUS["unavailable"]
    return EXIT_STATUS[told.reply.status]


def _demo_of(environment: Environment) -> Demo | None:
    try:
        return read_demo_file(environment.data_folder)
    except DemoFileBroken as error:
        raise click.ClickException(str(error)) from None


def _agency_in(message: str) -> str:
    parts = reference_of(message).split(".")
    return parts[1] if len(parts) > 1 else str(click.prompt("Agency (ORI)", err=True))


def _password_from(file: Path | None, demo: Demo | None) -> str:
    """Never from an option: those are seen by everybody on the machine. '' when it must be asked for."""
    if file is not None:
        return file.read_text(encoding="utf-8").split("\n", 1)[0].rstrip("\r")
    return os.environ.get("OPENCLETS_PASSWORD", "") or (demo.password if demo else "")


def _connected(sender: Sender) -> TerminalClient:
    missing = [path for path in (sender.tls.authority, sender.tls.certificate, sender.tls.key) if not path.is_file()]
    if missing:
        raise click.ClickException(
            f"{missing[0]} is missing: give --ca, --certificate and --key, or set OPENCLETS_DATA to a demo's folder"
        )
    try:
        return TerminalClient.connect(sender.host, sender.port, sender.tls)
    except OSError as error:
        raise click.ClickException(f"the certificate or key of {sender.device} cannot be used ({error})") from None


def _sign_on(client: TerminalClient, sender: Sender, tickets: TicketFolder) -> None:
    """Raises: SignOnFailed, Unavailable."""
    # A ticket needs no code, so that messages in quick succession need not wait for the next one.
    ticket = tickets.read(sender.user, sender.device)
    if ticket and _ticket_is_taken(client, sender, ticket):
        return
    try:
        accepted = client.sign_on(SignOn(sender.user, sender.agency, password=_password(sender), code=_code(sender)))
    except SignOnFailed as failed:
        if not sender.totp_secret or failed.told.reply.status != "refused":
            raise
        # Another command of the same person may have used the code a moment ago, and kept its ticket.
        newer = tickets.read(sender.user, sender.device)
        if newer not in ("", ticket) and _ticket_is_taken(client, sender, newer):
            return
        wait_seconds = seconds_left(time.time()) + 0.2
        click.echo(f"the one-time code may be spent; waiting {wait_seconds:.0f} s for the next one", err=True)
        time.sleep(wait_seconds)
        accepted = client.sign_on(SignOn(sender.user, sender.agency, password=_password(sender), code=_code(sender)))
    tickets.keep(sender.user, sender.device, accepted.ticket)


def _ticket_is_taken(client: TerminalClient, sender: Sender, ticket: str) -> bool:
    try:
        client.sign_on(SignOn(sender.user, sender.agency, ticket=ticket))
    except SignOnFailed as failed:
        if failed.told.reply.status == "unavailable":
            raise
        return False
    return True


def _password(sender: Sender) -> str:
    return sender.password or str(click.prompt("Password", hide_input=True, err=True))


def _code(sender: Sender) -> str:
    if sender.totp_secret:
        return code_at(sender.totp_secret, time.time())
    return sender.code or str(click.prompt("One-time code", err=True))


def _own_reply(client: TerminalClient) -> Told:
    """The reply to the message just sent. Earlier ones are shown and acknowledged. Raises: Unavailable."""
    while client.is_from_before(told := client.receive()):
        click.echo(f"A reply from an earlier session:\n{told.text}\n", err=True)
        client.acknowledge(told)
    return told


def _take_leave(client: TerminalClient, told: Told) -> None:
    try:
        client.acknowledge(told)
        client.sign_off()
    except Unavailable as error:
        # The reply is here and printed; the switch will only send it once more.
        click.echo(f"the reply was not acknowledged ({error.what}) and will come again", err=True)


def _print(told: Told, as_object: bool) -> None:
    click.echo(as_json(told) if as_object else told.text)
    sys.stdout.flush()
