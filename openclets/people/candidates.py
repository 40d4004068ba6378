"""Names out of the index that are worth comparing: by shared keys, and by trigrams as the net under them.

Both statements are prepared once on Django's own connection and read by index alone, whatever the planner thinks of
the overlap of keys: each posting list is read by itself and cut, so that the number of keys bounds the cost.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from openclets.people.facts import EACH_KEY, LIKENESS, RARE_NAME, UNDATED
from openclets.people.keys import QuestionKeys
from openclets.people.statements import run

UNDATED_FROM: Final = 1 << 62
"""Under its keys a name without a birth date has its number and this: newest first, all of them come before the names
with one, among which they would otherwise be lost."""

MAX_POSTINGS: Final = 500
"""Names read of one key, newest first. A key shared by more says little, and the right person shares rarer ones.
Own decision."""

MAX_POSTINGS_BY_NAME: Final = 100
"""The same of a key without the birth date, where one was asked: who shares the name and not the date. On FEBRL 3 and
on made-up mistakes within a million others 60 lost nobody."""

FEW_OF_A_NAME: Final = 10
"""A key without the birth date that no more names have says that the name is rare. Own decision, tried likewise."""

MAX_RANKED: Final = 5_000
"""Names ranked by what they share; beyond, those least like are dropped. Own decision."""

NET_SIMILARITY: Final = 0.45
"""Least trigram similarity of whole names for the net, 0 to 1: lower ones flood. Own decision."""


MAX_EXACT: Final = 500
MAX_EXACT_READ: Final = 5_000
"""Names compared, and read of one key, where every one counts: a number, a strict question. Own decision; the commonest
surname with one birth date has some 50 in ten million."""


class FoundName(NamedTuple):
    """One row of the index, and how like the question it is by the keys they share (0: found by the net)."""

    likeness: int
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
    """Names most like first. `list_cut`: a posting list was longer than what is read of one, and nothing else may find
    who stands behind, so that the person may be missing; `crowded`: there may be more names as like as the last;
    `postings`: length of all posting lists together, of whatever kind and role."""

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
    rows = run(BY_KEYS, by_keys_parameters(keys, kinds=kinds, roles=roles, most=most)).fetchall()
    names = tuple([FoundName._make(row[2:]) for row in rows if row[2] is not None])
    return Found(names, list_cut=rows[0][0], crowded=len(names) == most, postings=rows[0][1])


def by_keys_parameters(
    keys: QuestionKeys, *, kinds: Collection[str], roles: Collection[str], most: int
) -> list[object]:
    """What BY_KEYS is run with."""
    # As text: it is made much sooner than an array is bound, number by number.
    asked, facts = f"{{{','.join(map(str, keys.all))}}}", f"{{{','.join(map(str, keys.facts))}}}"
    has_date = keys.dated > 0
    of_names = MAX_POSTINGS_BY_NAME if has_date else MAX_POSTINGS
    undated = UNDATED if has_date else 0
    return [keys.dated, of_names, asked, facts, undated, list(kinds), list(roles), has_date, most]


def names_by_net(folded: str, *, kinds: Collection[str], roles: Collection[str], most: int) -> tuple[FoundName, ...]:
    """At most `most` names whose letters look like `folded`, most similar first."""
    run("SELECT set_config('pg_trgm.similarity_threshold', %s, false)", [str(NET_SIMILARITY)])
    rows = run(BY_NET, [folded, list(kinds), list(roles), folded, most]).fetchall()
    return tuple(map(FoundName._make, rows))


def names_by_exact_keys(keys: Sequence[int], *, kinds: Collection[str], roles: Collection[str]) -> FoundExactly:
    """Every name that has one of these keys, up to MAX_EXACT, by kind and record."""
    rows = run(BY_EXACT_KEYS, [list(keys), list(kinds), list(roles), MAX_EXACT + 1]).fetchall()
    names = tuple(map(FoundName._make, rows[:MAX_EXACT]))
    return FoundExactly(names, is_cut=len(rows) > MAX_EXACT)


_COLUMNS = """
           n.id, n.record_kind, n.record_id, n.role, n.surname, n.given, n.middle, n.suffix,
           n.birth_date, n.age, n.age_as_of, n.sex, n.race, n.numbers, n.address
"""

_LIKENESS: Final = bytes(LIKENESS).hex()

BY_KEYS: Final = f"""
      WITH asked AS (
           SELECT key, facts, place > of.dated AS by_name,
                  CASE WHEN place > of.dated THEN of.most_by_name ELSE {MAX_POSTINGS} END AS most
             FROM (SELECT %s::int AS dated, %s::int AS most_by_name) AS of,
                  unnest(%s::bigint[], %s::int[]) WITH ORDINALITY AS each (key, facts, place)
           ),
           asked_of AS (SELECT %s::int AS undated, %s::text[] AS kinds, %s::text[] AS roles, %s::boolean AS has_date),
           posting AS MATERIALIZED (
           SELECT asked.facts, asked.by_name, asked.most,
                  ARRAY (
                      SELECT k.name_id
                        FROM people_namekey k
                       WHERE k.key = asked.key
                       ORDER BY k.name_id DESC
                       LIMIT asked.most
                  ) AS postings
             FROM asked
           ),
           hit AS (
           SELECT posting,
                  get_byte('\\x{_LIKENESS}', bit_or(facts)) + {EACH_KEY} * count(*)::int
                      + {RARE_NAME} * bool_or(by_name AND cardinality(postings) <= {FEW_OF_A_NAME})::int
                      + CASE WHEN posting >= {UNDATED_FROM} THEN (SELECT undated FROM asked_of) ELSE 0 END AS likeness
             FROM posting AS list, unnest(list.postings) AS posting
            GROUP BY posting
            ORDER BY likeness DESC, posting DESC
            LIMIT {MAX_RANKED}
           ),
           cut AS (
           SELECT coalesce(bool_or(
                      cardinality(postings) = most AND (NOT asked_of.has_date OR postings[most] >= {UNDATED_FROM})
                  ), false) AS list_cut,
                  coalesce(sum(cardinality(postings)), 0) AS postings
             FROM posting, asked_of
           )
    SELECT cut.list_cut, cut.postings, found.*
      FROM cut
      LEFT JOIN LATERAL (
           SELECT hit.likeness, n.*
             FROM hit
            CROSS JOIN LATERAL (
                  SELECT {_COLUMNS} FROM people_indexedname n WHERE n.id = hit.posting %% {UNDATED_FROM} LIMIT 1
                  ) AS n
            CROSS JOIN asked_of
            WHERE (asked_of.kinds = '{{}}' OR n.record_kind = ANY (asked_of.kinds))
              AND (asked_of.roles = '{{}}' OR n.role = ANY (asked_of.roles))
            ORDER BY hit.likeness DESC, hit.posting DESC
            LIMIT %s
           ) AS found ON true
     ORDER BY found.likeness DESC, found.id DESC
"""  # noqa: S608 (constants of our own)
"""1. The posting list of each key by itself, newest name first, cut. 2. The names in them by what the keys they share
say of them. 3. Their rows, looked up in that order until enough are of the kinds and roles; LIMIT 1 keeps the planner
from joining the whole table instead. 4. Whether a list that decides was cut, also where no row is left: where a birth
date was asked, one that is full of names without."""

BY_EXACT_KEYS: Final = f"""
      WITH asked_of AS (SELECT %s::bigint[] AS keys, %s::text[] AS kinds, %s::text[] AS roles),
           hit AS MATERIALIZED (
           SELECT DISTINCT k.name_id %% {UNDATED_FROM} AS name_id
             FROM asked_of, unnest(asked_of.keys) AS asked (key)
            CROSS JOIN LATERAL (
                  SELECT name_id FROM people_namekey WHERE key = asked.key ORDER BY name_id DESC LIMIT {MAX_EXACT_READ}
                  ) AS k
           )
    SELECT 0 AS likeness, n.*
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
    SELECT 0 AS likeness, {_COLUMNS}
      FROM asked_of, people_indexedname n
     WHERE n.folded %% %s
       AND (asked_of.kinds = '{{}}' OR n.record_kind = ANY (asked_of.kinds))
       AND (asked_of.roles = '{{}}' OR n.role = ANY (asked_of.roles))
     ORDER BY similarity(n.folded, asked_of.folded) DESC, n.id DESC
     LIMIT %s
"""  # noqa: S608 (constants of our own)
"""The names that look alike by trigrams, through the GIN index."""
