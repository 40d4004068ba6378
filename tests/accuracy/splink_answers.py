"""Splink beside us: the same questions, against the same people, by a well-known open linkage library.

Its model is made as its documentation advises: names by Jaro-Winkler and exchanged, with term frequencies; birth
dates by its own comparison; blocking by several pairs of fields; chance agreement from random pairs, the rest by its
own EM on the lists themselves. Name and birth date are all it sees. Source: R. Linacre and others, "Splink: Free
software for probabilistic record linkage at scale", International Journal of Population Data Science 7 (2022).
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from typing import Any

from tests.accuracy.measure import LOOKED_AT, Answered, Asked, Filed

RANDOM_PAIRS = 5_000_000
SEED = 7
LEAST_BITS = -20
"""Pairs below are left out of its answer."""

_PLACES = f"""
    SELECT asked, filed, bits
      FROM (
           SELECT unique_id_l AS one, unique_id_r AS other, match_weight AS bits,
                  CASE WHEN source_dataset_l = 'asked' THEN unique_id_l ELSE unique_id_r END AS asked,
                  CASE WHEN source_dataset_l = 'asked' THEN unique_id_r ELSE unique_id_l END AS filed
             FROM {{pairs}}
           )
   QUALIFY row_number() OVER (PARTITION BY asked ORDER BY bits DESC, filed) <= {LOOKED_AT}
     ORDER BY asked, bits DESC, filed
"""


def splink_answers(filed: Iterable[Filed], asked: Sequence[Asked]) -> list[Answered]:
    """Splink's answers, in the order of the questions. It links all of them with all that is filed in one go."""
    import duckdb
    from splink import DuckDBAPI

    connection = duckdb.connect()
    people = list(filed)
    api = DuckDBAPI(connection=connection)
    left = _table((str(place), one.query.name, one.query.birth_date) for place, one in enumerate(asked)
                  if one.query is not None and one.query.name is not None)  # fmt: skip
    right = _table((f"{one.kind} {one.record_id}", one.name, one.birth_date) for one in people)
    tables = [api.register(left, dataset_display_name="asked"), api.register(right, dataset_display_name="filed")]
    linker = _trained(tables)
    pairs = linker.inference.predict(threshold_match_weight=LEAST_BITS)
    found: dict[int, list[tuple[str, float]]] = {}
    for place, name, bits in connection.execute(_PLACES.format(pairs=pairs.physical_name)).fetchall():
        found.setdefault(int(place), []).append((name, bits))
    return [_answered(one, found.get(place, [])) for place, one in enumerate(asked)]


def _trained(tables: Sequence[Any]) -> Any:
    import splink.comparison_library as compare
    from splink import Linker, SettingsCreator, block_on

    logging.getLogger("splink").setLevel(logging.WARNING)
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            compare.ForenameSurnameComparison("given", "surname", forename_surname_concat_col_name="whole"),
            compare.DateOfBirthComparison("birth_date", input_is_string=True),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("birth_date"),
            block_on("surname", "given"),
            block_on("surname", "substr(birth_date, 1, 7)"),
            block_on("surname", "substr(birth_date, 6, 5)"),
            block_on("surname", "substr(birth_date, 1, 4)"),
            block_on("given", "substr(birth_date, 1, 7)"),
            block_on("given", "substr(birth_date, 6, 5)"),
            block_on("substr(surname, 1, 4)", "substr(given, 1, 4)"),
        ],
        retain_matching_columns=False,
    )
    linker = Linker(list(tables), settings)
    training = linker.training
    exact = [block_on("surname", "given", "birth_date")]
    training.estimate_probability_two_random_records_match(exact, recall=0.5)
    training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=SEED)
    training.estimate_parameters_using_expectation_maximisation(block_on("birth_date"))
    training.estimate_parameters_using_expectation_maximisation(block_on("surname", "given"))
    return linker


def _table(people: Iterable[tuple[str, Any, Any]]) -> Any:
    import pyarrow

    rows = [
        (
            number,
            name.surname or None,
            name.given or None,
            f"{name.given} {name.surname}",
            born.isoformat() if born else None,
        )
        for number, name, born in people
    ]
    columns = list(zip(*rows, strict=True))
    return pyarrow.table(
        {
            key: pyarrow.array(list(column), pyarrow.string())
            for key, column in zip(("unique_id", "surname", "given", "whole", "birth_date"), columns, strict=True)
        }
    )


def _answered(asked: Asked, found: Sequence[tuple[str, float]]) -> Answered:
    right = f"{asked.kind} {asked.record_id}" if asked.record_id is not None else None
    place = next((place for place, (name, _) in enumerate(found, start=1) if name == right), None)
    wrong = max((bits for name, bits in found if name != right), default=None)
    return Answered(place, found[place - 1][1] if place else None, wrong)
