"""Names out of the index that are worth comparing: by shared keys, and by trigrams as the net under them.

Both statements are prepared once on Django's own connection and read by index alone, whatever the planner thinks of
the overlap of keys: each posting list is read by itself and cut, so that the number of keys bounds the cost.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from openclets.people.keys import QuestionKeys
from openclets.people.statements import run

MAX_POSTINGS: Final = 500
"""Names read of one key, newest first. A key shared by more says little, and the right person shares rarer ones.
Own decision."""

MAX_RANKED: Final = 5_000
"""Names ranked by how many keys they share; beyond, those sharing fewest are dropped. Own decision."""

NET_SIMILARITY: Final = 0.45
"""Least trigram similarity of whole names for the net, 0 to 1: lower ones flood. Own decision."""


MAX_EXACT: Final = 500
MAX_EXACT_READ: Final = 5_000
"""Names compared, and read of one key, where every one counts: a number, a strict question. Own decision; the commonest
surname with one birth date has some 50 in ten million."""


class FoundName(NamedTuple):
    """One row of the index, and how many keys of the question it shares, deciding ones twice (0: found by the net)."""

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
    numbers: list[str]
    address: str


@dataclass(frozen=True, slots=True)
class Found:
    """Names sharing most keys first. `list_cut`: a posting list that decides was longer than what is read of one, so
    that the person may be missing; `crowded`: there may be more names that share as few keys as the last; `postings`:
    length of all posting lists together, of whatever kind and role."""

    names: tuple[FoundName, ...]
    list_cut: bool
    crowded: bool
    postings: int


class FoundExactly(NamedTuple):
    """`is_cut`: there are more than are read."""

    names: tuple[FoundName, ...]
    is_cut: bool


def names_by_keys(keys: QuestionKeys, *, kinds: Collection[str], roles: Collection[str], most: int) -> Found:
    """At most `most` names that share a key, of these kinds and roles (none given: all)."""
    # As text: it is made much sooner than an array is bound, number by number.
    asked = f"{{{','.join(map(str, keys.all))}}}"
    rows = run(BY_KEYS, [asked, len(keys.others), list(kinds), list(roles), len(keys.others), most]).fetchall()
    names = tuple(FoundName(*row[2:]) for row in rows if row[2] is not None)
    return Found(names, list_cut=rows[0][0], crowded=len(names) == most, postings=rows[0][1])


def names_by_net(folded: str, *, kinds: Collection[str], roles: Collection[str], most: int) -> tuple[FoundName, ...]:
    """At most `most` names whose letters look like `folded`, most similar first."""
    run("SELECT set_config('pg_trgm.similarity_threshold', %s, false)", [str(NET_SIMILARITY)])
    rows = run(BY_NET, [folded, list(kinds), list(roles), folded, most]).fetchall()
    return tuple(FoundName(*row) for row in rows)


def names_by_exact_keys(keys: Sequence[int], *, kinds: Collection[str], roles: Collection[str]) -> FoundExactly:
    """Every name that has one of these keys, up to MAX_EXACT, by kind and record."""
    rows = run(BY_EXACT_KEYS, [list(keys), list(kinds), list(roles), MAX_EXACT + 1]).fetchall()
    names = tuple(FoundName(*row) for row in rows[:MAX_EXACT])
    return FoundExactly(names, is_cut=len(rows) > MAX_EXACT)


_COLUMNS = """
           n.id, n.record_kind, n.record_id, n.role, n.surname, n.given, n.middle, n.suffix,
           n.birth_date, n.age, n.age_as_of, n.sex, n.race, n.numbers, n.address
"""

BY_KEYS: Final = f"""
      WITH posting AS MATERIALIZED (
           SELECT asked.place,
                  ARRAY (
                      SELECT k.name_id
                        FROM people_namekey k
                       WHERE k.key = asked.key
                       ORDER BY k.name_id DESC
                       LIMIT {MAX_POSTINGS}
                  ) AS name_ids
             FROM unnest(%s::bigint[]) WITH ORDINALITY AS asked (key, place)
           ),
           hit AS (
           SELECT name_id, count(*) + count(*) FILTER (WHERE place > %s) AS shared
             FROM posting, unnest(posting.name_ids) AS name_id
            GROUP BY name_id
            ORDER BY shared DESC, name_id DESC
            LIMIT {MAX_RANKED}
           ),
           asked_of AS (SELECT %s::text[] AS kinds, %s::text[] AS roles),
           cut AS (
           SELECT coalesce(bool_or(cardinality(name_ids) = {MAX_POSTINGS} AND place > %s), false) AS list_cut,
                  coalesce(sum(cardinality(name_ids)), 0) AS postings
             FROM posting
           )
    SELECT cut.list_cut, cut.postings, found.*
      FROM cut
      LEFT JOIN LATERAL (
           SELECT hit.shared, n.*
             FROM hit
            CROSS JOIN LATERAL (SELECT {_COLUMNS} FROM people_indexedname n WHERE n.id = hit.name_id LIMIT 1) AS n
            CROSS JOIN asked_of
            WHERE (asked_of.kinds = '{{}}' OR n.record_kind = ANY (asked_of.kinds))
              AND (asked_of.roles = '{{}}' OR n.role = ANY (asked_of.roles))
            ORDER BY hit.shared DESC, hit.name_id DESC
            LIMIT %s
           ) AS found ON true
     ORDER BY found.shared DESC, found.id DESC
"""  # noqa: S608 (constants of our own)
"""1. The posting list of each key by itself, newest name first, cut. 2. The names in them by how many keys they share;
deciding keys count twice, so that those found by nothing else are not crowded out. 3. Their rows, looked up in that
order until enough are of the kinds and roles; LIMIT 1 keeps the planner from joining the whole table instead.
4. Whether a deciding list was cut, also where no row is left."""

BY_EXACT_KEYS: Final = f"""
      WITH asked_of AS (SELECT %s::bigint[] AS keys, %s::text[] AS kinds, %s::text[] AS roles),
           hit AS MATERIALIZED (
           SELECT DISTINCT k.name_id
             FROM asked_of, unnest(asked_of.keys) AS asked (key)
            CROSS JOIN LATERAL (
                  SELECT name_id FROM people_namekey WHERE key = asked.key ORDER BY name_id DESC LIMIT {MAX_EXACT_READ}
                  ) AS k
           )
    SELECT 0 AS shared, n.*
      FROM hit
     CROSS JOIN LATERAL (SELECT {_COLUMNS} FROM people_indexedname n WHERE n.id = hit.name_id LIMIT 1) AS n
     CROSS JOIN asked_of
     WHERE (asked_of.kinds = '{{}}' OR n.record_kind = ANY (asked_of.kinds))
       AND (asked_of.roles = '{{}}' OR n.role = ANY (asked_of.roles))
     ORDER BY n.record_kind, n.record_id, n.id
     LIMIT %s
"""  # noqa: S608 (constants of our own)
"""The names behind keys that are few by their nature: a number, a surname's sound with a whole birth date."""

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
