"""`openclets docs`: writes the reference pages that are made from tables, or checks that they are current."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import click

from openclets.config import message_pages
from openclets.config.access_page import access_page
from openclets.config.environment import VARIABLES
from openclets.journal.events import EVENTS


def settings_page() -> str:
    """docs/reference/settings.md: every variable of the environment."""
    rows = "\n".join(f"| `{variable.name}` | {variable.unset} | {variable.meaning} |" for variable in VARIABLES)
    return f"""# Settings

<!-- Made by `openclets docs` from openclets/config/environment.py; do not edit. -->

OpenCLETS is configured by environment variables only. They are checked together when a program starts; an unknown
`OPENCLETS_` variable or an impossible value stops it with a sentence that says how to mend it.

| Variable | When not set | What it does |
|---|---|---|
{rows}
"""


def events_page() -> str:
    """docs/reference/events.md: every kind of journal entry."""
    rows = "\n".join(
        f"| {event.kind} | {event.left} | {event.audited.value} | {event.kept_years} |" for event in EVENTS
    )
    return f"""# What is journalled

<!-- Made by `openclets docs` from openclets/journal/events.py; do not edit. -->

Every kind of entry in the journal. An attempt that was refused, rejected or failed leaves an entry of the same kind
with that outcome. Every entry holds what AU-3 of the CJIS Security Policy asks for: what, when, where from, with what
outcome and who. "Kept" is how many years the body (the words and names) is kept, unless `OPENCLETS_KEEP_YEARS` says
otherwise or a hold prevents its erasure; the entry itself is never erased.

| Kind | Left when | Duty (CJIS Security Policy AU-2) | Kept |
|---|---|---|---:|
{rows}
"""


PAGES: Final[dict[str, Callable[[], str]]] = {
    "reference/settings.md": settings_page,
    "reference/events.md": events_page,
    "reference/access.md": access_page,
    **message_pages.pages(),
}
"""Path under docs/ to what makes it."""


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 when a page is not current.")
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), default=Path("docs"), show_default=True)
def docs(*, check: bool, folder: Path) -> int:
    """Write the generated reference pages."""
    stale = [
        name
        for name, make in sorted(PAGES.items())
        if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != make()
    ]
    gone = sorted(
        path
        for path in (folder / message_pages.FOLDER).glob("*.md")
        if f"{message_pages.FOLDER}/{path.name}" not in PAGES
    )
    for path in gone:
        if check:
            click.echo(f"{path} is of no key any more: run `openclets docs`.", err=True)
        else:
            path.unlink()
            click.echo(f"removed {path}")
    for name in stale:
        if check:
            click.echo(f"{folder / name} is not current: run `openclets docs`.", err=True)
        else:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(PAGES[name](), encoding="utf-8")
            click.echo(f"wrote {folder / name}")
    return 1 if check and (stale or gone) else 0
