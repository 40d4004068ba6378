"""The floor of the bench does what the switch does: the rows of its plan are those that the statements take."""

from __future__ import annotations

import re

import psycopg
import pytest
from django.db import connection

from openclets.delivery.post import _STORE
from openclets.journal.rows import INSERT
from tests.bench.floor_plan import inquiries_of
from tests.county import County


@pytest.mark.usefixtures("rolled_back")
def test_a_question_of_the_floors_plan_has_what_the_statements_take(county: County) -> None:
    (inquiry,) = inquiries_of(["QW.{ori}.NAM/FLOORWELL,ORSON.DOB/19800214"], [county.actor("chen")])
    assert set(inquiry.reply) == set(re.findall(r"%\((\w+)\)s", _STORE))
    assert len(inquiry.row) == INSERT.count("%s::")
    assert len(inquiry.selects) >= 2
    for select in inquiry.selects:
        psycopg.Cursor(connection.connection).execute(select.sql, select.parameters, prepare=True).fetchall()
        assert psycopg.ClientCursor(connection.connection).mogrify(select.sql, select.parameters)
