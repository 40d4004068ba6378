"""`openclets explain`: what a message key is for, its fields, rules, sources and an example."""

from __future__ import annotations

import click

from openclets.config.message_pages import message_page, row_of
from openclets.vocabulary.codes import nearest
from openclets.vocabulary.errors import Fault, Rejected
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.messages import MESSAGE_KEY_BY_CODE


@click.command()
@click.argument("key")
def explain(key: str) -> None:
    """Explain the message key KEY, such as QW: the page of docs/reference/messages."""
    row = row_of(key)
    if row is None:
        near = nearest(key.upper(), MESSAGE_KEY_BY_CODE)
        accepted = f"the nearest: {', '.join(near)}" if near else "a key of docs/reference/messages"
        raise Rejected(Fault(FaultCode.KEY, "MKE", f"'{key[:10]}' is not a message key", accepted))
    click.echo(message_page(row))
