"""Names out of the index that are worth comparing: by shared keys, and by trigrams as the net under them.

Both statements are prepared once on Django's own connection and read by index alone, whatever the planner thinks of
the overlap of keys: each posting list is read by itself and cut, so the cost is bounded by the number of keys.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from openclets.people.statements import run

MAX_POSTINGS: Final = 500
"""Names read of one key, newest first. A key shared by more says little, and the right person shares rarer ones.
Own decision."""

MAX_RANKED: Final = 300
"""Names looked up, of those sharing most keys, before kinds and roles are held against them. Own decision."""

NET_SIMILARITY: Final = 0.45
"""Least trigram similarity of whole names for the net, 0 to 1: lower ones flood. Own decision."""


class FoundName(NamedTuple):
    """One row of the index, and how many keys of the question it shares (0: found by the net)."""

    shared: int
    name_id: int
    record_kind: str
    record_id: int
    role: str
    surname: str
    given: str
    middle: str
    suffix: str
    birth_date: date | None
    age: int | None
    age_as_of: date | None
    sex: str
    race: str


@dataclass(frozen=True, slots=True)
class Found:
    """Names sharing most keys first. `left_out` is whether there were more names sharing a key than were looked at."""

    names: tuple[FoundName, ...]
    left_out: bool


def names_by_keys(keys: Sequence[int], *, kinds: Collection[str], roles: Collection[str], most: int) -> Found:
    """At most `most` names that share a key, of these kinds and roles (none given: all)."""
    rows = run(BY_KEYS, [list(keys), list(kinds), list(roles), most]).fetchall()
    names = tuple(FoundName(*row[1:]) for row in rows)
    return Found(names, left_out=bool(rows) and (rows[0][0] > MAX_RANKED or len(rows) == most))


def names_by_net(folded: str, *, kinds: Collection[str], roles: Collection[str], most: int) -> tuple[FoundName, ...]:
    """At most `most` names whose letters look like `folded`, most similar first."""
    run("SELECT set_config('pg_trgm.similarity_threshold', %s, false)", [str(NET_SIMILARITY)])
    rows = run(BY_NET, [folded, list(kinds), list(roles), folded, most]).fetchall()
    return tuple(FoundName(*row) for row in rows)


_COLUMNS = """
           n.id, n.record_kind, n.record_id, n.role, n.surname, n.given, n.middle, n.suffix,
           n.birth_date, n.age, n.age_as_of, n.sex, n.race
"""

BY_KEYS: Final = f"""
      WITH hit AS (
           SELECT posting.name_id, count(*) AS shared, count(*) OVER () AS names
             FROM unnest(%s::bigint[]) AS asked (key)
            CROSS JOIN LATERAL (
                  SELECT k.name_id
                    FROM people_namekey k
                   WHERE k.key = asked.key
                   ORDER BY k.name_id DESC
                   LIMIT {MAX_POSTINGS}
                  ) AS posting
            GROUP BY posting.name_id
            ORDER BY shared DESC, posting.name_id DESC
            LIMIT {MAX_RANKED}
           ),
           asked_of AS (SELECT %s::text[] AS kinds, %s::text[] AS roles)
    SELECT hit.names, hit.shared, n.*
      FROM hit
     CROSS JOIN LATERAL (SELECT {_COLUMNS} FROM people_indexedname n WHERE n.id = hit.name_id LIMIT 1) AS n
     CROSS JOIN asked_of
     WHERE (asked_of.kinds = '{{}}' OR n.record_kind = ANY (asked_of.kinds))
       AND (asked_of.roles = '{{}}' OR n.role = ANY (asked_of.roles))
     ORDER BY hit.shared DESC, hit.name_id DESC
     LIMIT %s
"""  # noqa: S608 (constants of our own)
"""Each posting list by itself, newest name first; the names sharing most keys; their rows. LIMIT 1 in the second
lateral keeps the planner from joining the whole table instead of looking up a few rows."""

BY_NET: Final = f"""
      WITH asked_of AS (SELECT %s::text AS folded, %s::text[] AS kinds, %s::text[] AS roles)
    SELECT 0 AS shared, {_COLUMNS}
      FROM asked_of, people_indexedname n
     WHERE n.folded %% %s
       AND (asked_of.kinds = '{{}}' OR n.record_kind = ANY (asked_of.kinds))
       AND (asked_of.roles = '{{}}' OR n.role = ANY (asked_of.roles))
     ORDER BY similarity(n.folded, asked_of.folded) DESC, n.id DESC
     LIMIT %s
"""  # noqa: S608 (constants of our own)
"""The names that look alike by trigrams, through the GIN index."""
