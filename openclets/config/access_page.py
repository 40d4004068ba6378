"""docs/reference/access.md: who may do what, under which conditions, from the tables that decide it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from openclets.agencies.permissions import FORBIDDEN, GRANTS, Duty, Right
from openclets.agencies.prerequisites import NO_HISTORY_FROM, PREREQUISITES
from openclets.agencies.purposes import NEEDS_PURPOSE, PURPOSE_RULES
from openclets.agencies.rules import MISUSE_IS_A_CRIME
from openclets.vocabulary.messages import MESSAGE_KEYS
from openclets.vocabulary.purposes import PURPOSE_BY_CODE


def access_page() -> str:
    """The page: duties by rights, sources of each, prerequisites in order, purposes."""
    return f"""# Who may do what

<!-- Made by `openclets docs` from openclets/agencies/permissions.py, prerequisites.py and purposes.py; do not edit. -->

Every question, page and change asks the same decision. All prerequisites below must hold, in this order; the first that
does not is told with its source. Nothing is allowed that the table of rights does not give. A change of a person, an
agency, a device or an agreement counts from the next question on. `openclets access explain` tells how a decision comes
about, allowed or not.

{MISUSE_IS_A_CRIME}

## Rights by duty

"yes" gives the right; "never" takes it from whoever holds that duty, whatever their other duties give.

{_matrix()}

## Where each right comes from

| Right | Duty | Source |
|---|---|---|
{_sources()}

## What must hold, in order

| Rule | Source | Ends a session |
|---|---|:--:|
{_prerequisites()}

A device of class {_listed(NO_HISTORY_FROM)} does not reach criminal histories.

## Purposes

Keys that are not answered without a purpose: {_listed(NEEDS_PURPOSE)}. A purpose that is given with another key
must be open to the agency too.

| Purpose | For | Classes of agency | Case number | Source |
|---|---|---|:--:|---|
{_purposes()}

## Message keys by right

Some of these keys are decided here but not yet served by the switch; it says so when they are asked.

| Right | Keys |
|---|---|
{_keys()}
"""


def _matrix() -> str:
    given = {(row.duty, row.right) for row in GRANTS}
    never = {(row.duty, right) for row in FORBIDDEN for right in row.rights}
    head = "| Right | " + " | ".join(Duty) + " |\n|---|" + ":--:|" * len(Duty)
    rows = (
        f"| `{right}` | "
        + " | ".join("never" if (duty, right) in never else "yes" if (duty, right) in given else "" for duty in Duty)
        + " |"
        for right in Right
    )
    return "\n".join((head, *rows))


def _sources() -> str:
    by_source: dict[tuple[Right, str], list[Duty]] = defaultdict(list)
    for row in GRANTS:
        by_source[row.right, row.source].append(row.duty)
    lines = [f"| `{right}` | {', '.join(duties)} | {source} |" for (right, source), duties in by_source.items()]
    lines += [
        f"| {', '.join(f'`{right}`' for right in Right if right in row.rights)} | never {row.duty} | {row.source} |"
        for row in FORBIDDEN
    ]
    return "\n".join(lines)


def _prerequisites() -> str:
    return "\n".join(f"| {row.rule} | {row.source} | {'yes' if row.is_of_session else ''} |" for row in PREREQUISITES)


def _purposes() -> str:
    return "\n".join(
        f"| {row.purpose} {PURPOSE_BY_CODE[row.purpose].meaning}"
        f" | {', '.join(f'`{right}`' for right in Right if right in row.rights)}"
        f" | {', '.join(sorted(kind.replace('_', ' ') for kind in row.kinds))}"
        f" | {'yes' if row.needs_case else ''} | {row.source} |"
        for row in PURPOSE_RULES
    )


def _keys() -> str:
    by_right: dict[str, list[str]] = defaultdict(list)
    for row in MESSAGE_KEYS:
        if row.right in set(Right) and not row.training:
            by_right[row.right].append(row.key)
    return "\n".join(f"| `{right}` | {', '.join(keys)} |" for right, keys in by_right.items())


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in sorted(words))
