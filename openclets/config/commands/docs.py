"""`openclets docs`: writes the reference pages that are made from tables, or checks that they are current."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import click

from openclets.config import message_pages
from openclets.config.environment import VARIABLES


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


PAGES: Final[dict[str, Callable[[], str]]] = {
    "reference/settings.md": settings_page,
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
