"""`openclets send`: signs on at a switch as one person at one device, sends one message, prints the reply.

1. Who sends, from where, to where: options, then environment, then the demo's file, then prompts.
2. Connect and sign on: by a kept ticket, else by password and one-time code.
3. Send; replies that were waiting since an earlier session go to standard error.
4. Print the reply, and only then acknowledge it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

import click

from openclets.config.demo_file import Demo, DemoFileBroken, read_demo_file
from openclets.config.environment import Environment, read_environment
from openclets.config.reply_json import as_json, unanswered_as_json
from openclets.config.terminal_client import ClientTls, SignOnFailed, TerminalClient, Told, device_tls
from openclets.config.terminal_sign_on import Sender, sign_on
from openclets.config.ticket_folder import TicketFolder
from openclets.vocabulary.errors import Unavailable
from openclets.vocabulary.identifiers import parse_mnemonic, parse_ori, parse_user_name
from openclets.wire.compose import Status
from openclets.wire.framing import MAX_FRAME_BYTES
from openclets.wire.parse import reference_of

EXIT_STATUS: Final[dict[Status, int]] = {"answered": 0, "rejected": 2, "refused": 3, "unavailable": 4}
"""Source: docs/protocol.md, command line (fixed)."""


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
    # As bytes: whether they are text is for the switch to say.
    data = sys.stdin.buffer.read(MAX_FRAME_BYTES) if message == "-" else os.fsencode(message)
    # 1. Who sends, from where, to where.
    demo = _demo_of(environment)
    user_name = parse_user_name(user or click.prompt("User", err=True))
    person = demo.users.get(user_name) if demo else None
    if person is not None and not person.device and not device:
        raise click.ClickException(
            f"{user_name} has no terminal in this demo and works at the pages: name another with --device"
        )
    device_name = parse_mnemonic(device or (person.device if person else "") or click.prompt("Device", err=True))
    given = device_tls(environment.certificates_folder, device_name)
    sender = Sender(
        host=host or (demo.host if demo else environment.switch_host),
        port=port or (demo.port if demo else environment.switch_port),
        tls=ClientTls(ca or given.authority, certificate or given.certificate, key or given.key),
        user=user_name,
        device=device_name,
        agency=parse_ori(agency or (person.agency if person else "") or _agency_in(data)),
        password=_password_from(password_file, demo if person else None),
        code=code,
        totp_secret=person.totp_secret if person else "",
    )
    try:
        # 2. Connect and sign on.
        with _connected(sender) as client:
            sign_on(client, sender, TicketFolder(environment.data_folder))
            # 3. Send; what was waiting goes to standard error.
            client.send(data)
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


def _agency_in(message: bytes) -> str:
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
