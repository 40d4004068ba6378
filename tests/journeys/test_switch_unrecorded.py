"""No journal, no answer, as a terminal sees it: the real switch with a role that may no longer write entries."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from openclets.config import embedded_postgres
from openclets.delivery.models import StoredMessage
from openclets.wire.compose import parse_unavailable
from tests.conftest import DATA_FOLDER
from tests.county import County
from tests.simulators.running_switch import ask, last_receipt_number, make_paper, running_switch

NOBODY = "QW.CA0990100.NAM/NOBODY,WHOLLY UNRECORDED.DOB/19700101"


@pytest.mark.parametrize("table", ["journal_entry", "journal_body"])
def test_a_terminal_gets_an_sm_and_no_answer_while_nothing_can_be_recorded(
    county: County, tmp_path: Path, table: str
) -> None:
    administrators = embedded_postgres.conninfo(DATA_FOLDER, embedded_postgres.ADMIN_ROLE)
    with (
        running_switch(county, make_paper(tmp_path)) as switch,
        psycopg.connect(administrators, autocommit=True) as administrator,
    ):
        client, _ = switch.sign_on("chen")
        with client:
            assert ask(client, NOBODY).reply.status == "answered"
            before, kept = last_receipt_number(), StoredMessage.objects.count()
            administrator.execute(f"REVOKE INSERT ON {table} FROM openclets".encode())
            try:
                told = ask(client, NOBODY).reply
            finally:
                administrator.execute(f"GRANT INSERT ON {table} TO openclets".encode())
            assert (told.status, told.header.receipt, told.header.osn) == ("unavailable", "", 0)
            assert told.body.startswith("SM - UNAVAILABLE\n")
            assert parse_unavailable(told.body).what.startswith("the journal cannot record")
            assert (last_receipt_number(), StoredMessage.objects.count()) == (before, kept)
            assert ask(client, NOBODY).reply.status == "answered"
