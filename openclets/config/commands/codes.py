"""`openclets codes`: which code tables there are, and what a code means or which code a word has. No server needed."""

from __future__ import annotations

import json
import sys

import click

from openclets.vocabulary.codes import (
    FoundInTable,
    code_table,
    find_codes,
    find_in_all_tables,
    has_table,
    table_entries,
)

EXIT_NOTHING = 1

MAX_ROWS = 50


@click.command(help="List the code tables, or look up a code or word in TABLE, or in every table without one.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--all", "whole", is_flag=True, help=f"Print every row that fits, not the first {MAX_ROWS}.")
@click.argument("table", required=False, default="")
@click.argument("words", nargs=-1)
def codes(table: str, words: tuple[str, ...], *, as_json: bool, whole: bool) -> None:
    if not table:
        click.echo(json.dumps(_tables_as_object()) if as_json else _tables_as_words())
        return
    if has_table(table.upper()):
        of_table = code_table(table.upper())
        rows = find_codes(of_table, " ".join(words), limit=len(of_table.meanings) if whole else MAX_ROWS)
        found: tuple[FoundInTable, ...] = (FoundInTable(of_table, rows),)
    else:
        found = find_in_all_tables(" ".join((table, *words)))
    click.echo(json.dumps({"found": [_as_object(one) for one in found]}) if as_json else _as_words(found))
    if not any(one.rows for one in found):
        sys.exit(EXIT_NOTHING)


def _tables_as_object() -> dict[str, object]:
    return {
        "tables": [
            {"name": row.name, "title": row.title, "codes": row.size, "source": row.source, "edition": row.edition}
            for row in table_entries()
        ]
    }


def _tables_as_words() -> str:
    return "\n".join(
        f"{row.name:<10} {row.size:>5}  {row.title}\n{'':18}{row.source}, {row.edition}" for row in table_entries()
    )


def _as_object(found: FoundInTable) -> dict[str, object]:
    table = found.table
    return {
        "table": table.name,
        "title": table.title,
        "source": table.source,
        "edition": table.edition,
        "note": table.note,
        "codes": [{"code": row.code, "meaning": row.meaning, "kind": row.kind} for row in found.rows],
    }


def _as_words(found: tuple[FoundInTable, ...]) -> str:
    lines: list[str] = []
    for one in found:
        table = one.table
        lines.append(f"{table.name}: {table.title} ({table.source}, {table.edition})")
        if table.note:
            lines.append(f"  {table.note}")
        width = max((len(row.code) for row in one.rows), default=0)
        lines += [f"  {row.code:<{width}}  {row.meaning}{f' ({row.kind})' if row.kind else ''}" for row in one.rows]
    return "\n".join(lines) if any(one.rows for one in found) else "no code found"
