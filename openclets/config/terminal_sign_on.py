"""Signing a person on at a switch from the command line: by a kept ticket, else by password and one-time code."""

from __future__ import annotations

import time
from dataclasses import dataclass

import click

from openclets.config.one_time_code import code_at, seconds_left
from openclets.config.terminal_client import ClientTls, SignOnFailed, TerminalClient
from openclets.config.ticket_folder import TicketFolder
from openclets.vocabulary.identifiers import Ori, UserName
from openclets.wire.session import SignOn


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


def sign_on(client: TerminalClient, sender: Sender, tickets: TicketFolder) -> None:
    """Signs on, and keeps the ticket for the next time. For a person of a demo a spent code is waited out.

    Raises: SignOnFailed, Unavailable.
    """
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
