"""`openclets access explain`: whether a person may use a message key, by which rule, and what is missing."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime

import click

from openclets.vocabulary.errors import Fault, Rejected


@click.group()
def access() -> None:
    """Explain who may do what."""


@access.command()
@click.option("--user", "user_name", required=True, help="Sign-in name of the person.")
@click.option("--key", required=True, help="Message key, such as QW.")
@click.option("--purpose", default="", help="Purpose code, as in PUR/.")
@click.option("--device", default="", help="Mnemonic of the device; without it, one of the person's agency.")
@click.option("--case", "case_number", default="", help="Case or incident number, as in CAS/.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def explain(user_name: str, key: str, purpose: str, device: str, case_number: str, *, as_json: bool) -> int:
    """Explain one decision. Asks nothing and opens no record; exit status 0 when allowed, 3 when not."""
    from openclets.config.command_line import EXIT_DONE, EXIT_REFUSED
    from openclets.config.preparation import prepare_database

    prepare_database()

    # Tables can be read only now.
    from openclets.agencies.access import decision_for
    from openclets.agencies.lookup import actor_at
    from openclets.exchange.table import RIGHT_OF_KEY
    from openclets.vocabulary.identifiers import parse_mnemonic, parse_user_name

    right = RIGHT_OF_KEY.get(key.upper())
    if right is None:
        raise Rejected(Fault("02", "MKE", f"'{key[:10]}' is no message key", ", ".join(sorted(RIGHT_OF_KEY))))
    actor = actor_at(parse_user_name(user_name), parse_mnemonic(device) if device else None, channel="command")
    decision = decision_for(actor, right, now=datetime.now(UTC))
    if as_json:
        click.echo(json.dumps({**asdict(decision), "user": user_name, "key": key.upper(), "right": right.value}))
    else:
        verdict = "allowed" if decision.allowed else f"not allowed: {decision.missing}"
        click.echo(f"{user_name} {key.upper()}: {verdict}\nrule: {decision.rule}\nsource: {decision.source}")
    return EXIT_DONE if decision.allowed else EXIT_REFUSED
