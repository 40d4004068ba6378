"""What no key can lose: questions held against every person of the index, without any key.

A plain likeness of names and birth date, reckoned by DuckDB for everybody, chooses whom the search's own score ranks.
It tells how much of what the search misses is the fault of its keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click

from openclets.people.described import describe, with_names_exchanged
from openclets.people.score import compare
from openclets.vocabulary.persons import PersonName
from tests.accuracy.measure import LOOKED_AT, Answered, Asked, Filed

SCORED = 500
"""People of each scan that are ranked by the search's own score."""

_MOST_LIKE = f"""
    SELECT place
      FROM filed
     ORDER BY greatest(
                  jaro_winkler_similarity(surname, $surname) + jaro_winkler_similarity(given, $given),
                  jaro_winkler_similarity(surname, $given) + jaro_winkler_similarity(given, $surname) - 0.1
              ) + CASE WHEN born IS NULL OR $born = '' THEN 0.5 ELSE
                  (born[1:4] = $born[1:4])::int * 0.4 + (born[6:7] = $born[6:7])::int * 0.3
                  + (born[9:10] = $born[9:10])::int * 0.3 + (born = $born)::int * 0.5
              END DESC, place
     LIMIT {SCORED}
"""


def full_scan_answers(filed: Iterable[Filed], asked: Sequence[Asked]) -> list[Answered]:
    """The answers of such a scan, in the order of the questions."""
    import duckdb
    import pyarrow

    people = list(filed)
    columns = {
        "place": list(range(len(people))),
        "surname": [one.name.surname for one in people],
        "given": [one.name.given for one in people],
        "born": [one.birth_date.isoformat() if one.birth_date else None for one in people],
    }
    connection = duckdb.connect()
    connection.register("filed_once", pyarrow.table(columns))
    connection.execute("CREATE TABLE filed AS SELECT * FROM filed_once")
    answers = []
    for done, one in enumerate(asked, start=1):
        name = one.query.name if one.query is not None else None
        if one.query is None or name is None:
            answers.append(Answered(None, None, None))
            continue
        born = one.query.birth_date.isoformat() if one.query.birth_date else ""
        parameters = {"surname": name.surname, "given": name.given, "born": born}
        like = [people[place] for (place,) in connection.execute(_MOST_LIKE, parameters).fetchall()]
        answers.append(_ranked(one, name, like))
        if done % 10 == 0:
            click.echo(f"full scan: {done:,} of {len(asked):,}", err=True)
    return answers


def _ranked(asked: Asked, name: PersonName, like: Sequence[Filed]) -> Answered:
    assert asked.query is not None
    mine = describe(name, asked.query.birth_date)
    exchanged = with_names_exchanged(mine)
    scored = [(compare(mine, describe(one.name, one.birth_date), exchanged=exchanged), one) for one in like]
    scored.sort(key=lambda each: (-each[0].score, -each[0].bits))
    for place, (comparison, one) in enumerate(scored[:LOOKED_AT], start=1):
        if (one.kind, one.record_id) == (asked.kind, asked.record_id):
            return Answered(place, comparison.bits, None)
    return Answered(None, None, None)
