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
    from openclets.agencies.access import decision_for, steps_for
    from openclets.agencies.lookup import actor_at
    from openclets.agencies.permissions import Right
    from openclets.agencies.rules import MISUSE_IS_A_CRIME, Circumstances
    from openclets.exchange.table import TABLE
    from openclets.vocabulary.identifiers import parse_mnemonic, parse_user_name
    from openclets.vocabulary.messages import MESSAGE_KEY_BY_CODE
    from openclets.vocabulary.purposes import parse_purpose

    row = MESSAGE_KEY_BY_CODE.get(key.upper())
    if row is None:
        raise Rejected(Fault("02", "MKE", f"'{key[:10]}' is no message key", "a key of docs/reference/messages"))
    if row.right not in set(Right):
        raise Rejected(Fault("02", "MKE", f"{row.key} is nothing that a person asks here", ", ".join(TABLE)))
    right = Right(row.right)
    actor = actor_at(parse_user_name(user_name), parse_mnemonic(device) if device else None, channel="command")
    given = Circumstances(row.key, parse_purpose(purpose).value if purpose else "", case_number.strip())
    now = datetime.now(UTC)
    decision = decision_for(actor, right, now=now, circumstances=given)
    steps = steps_for(actor, right, now=now, circumstances=given)
    if as_json:
        told = {
            **asdict(decision),
            "user": user_name,
            "agency": actor.agency,
            "device": actor.device,
            "key": row.key,
            "right": right.value,
            "served": row.key in TABLE,
            "steps": [asdict(step) for step in steps],
            "penalty": "" if decision.allowed else MISUSE_IS_A_CRIME,
        }
        click.echo(json.dumps(told))
        return EXIT_DONE if decision.allowed else EXIT_REFUSED
    verdict = "allowed" if decision.allowed else f"not allowed: {decision.missing}"
    click.echo(f"{user_name} {row.key}: {verdict}\nrule: {decision.rule}\nsource: {decision.source}")
    for step in steps:
        click.echo(f"  {'lacking' if step.missing else 'holds  '} {step.rule}: {step.missing or step.source}")
    if row.key not in TABLE:
        click.echo(f"{row.key} is decided but not served by this switch.")
    if not decision.allowed:
        click.echo(MISUSE_IS_A_CRIME)
    return EXIT_DONE if decision.allowed else EXIT_REFUSED


@access.command("disable-unused")
def disable_unused_accounts() -> int:
    """Disable accounts that nobody used for 90 days, and name them; meant to run each night."""
    from openclets.config.command_line import EXIT_DONE
    from openclets.config.preparation import prepare_database

    prepare_database()

    # Tables can be read only now.
    from openclets.agencies.membership.review import disable_unused

    disabled = disable_unused(now=datetime.now(UTC))
    click.echo("\n".join(disabled) if disabled else "every account is in use")
    return EXIT_DONE
