"""A script like the floor, run by pgbench: shows that the floor itself is not slow.

Each question is one script: its SELECTs with the parameters written in, then the entry, then the reply, each committed
before the next begins. Clients that commit at the same time share a flush inside PostgreSQL.
"""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Final

import psycopg

from openclets.config import embedded_postgres
from tests.bench.floor import Plan

QUESTIONS: Final = 100
"""Different questions asked; pgbench takes at most 128 scripts."""

PGBENCH_THREADS: Final = 2

_TPS: Final = re.compile(r"^tps = ([0-9.]+) \(without", re.MULTILINE)

_WRITES: Final = """
BEGIN;
SELECT nextval('journal_entry_number');
INSERT INTO journal_entry (number, at, kind, outcome, user_name, agency, device, channel, message_key, purpose,
                           records, asked_hash, answered_hash, personal_hash, leaf_hash)
VALUES (currval('journal_entry_number'), now(), 'question', 'answered', 'chen', 'CA0990100', 'BENCH01', 'socket', 'QW',
        'C', array_fill('0992600100001'::text, ARRAY[{records}]), sha256('a'), sha256('b'), sha256('c'),
        sha256(uuid_send(gen_random_uuid())));
INSERT INTO journal_body (entry_number, at, salt, asked, answered, personal)
VALUES (currval('journal_entry_number'), now(), sha256('s'), repeat('q', {asked}), repeat('a', {answered}), {personal});
COMMIT;
WITH counter AS (
    INSERT INTO delivery_counter AS c (device, last_isn, last_osn) VALUES ('PGB' || :client_id, 1, 1)
    ON CONFLICT (device) DO UPDATE SET last_isn = c.last_isn + 1, last_osn = c.last_osn + 1
    RETURNING device, last_isn, last_osn
)
INSERT INTO delivery_message (device, osn, for_user, isn, kind, echo, receipt, body, received_at, stored_at, sends)
SELECT device, last_osn, 'chen', last_isn, 'answered', 'QW.CA0990100', repeat('r', 77), repeat('a', {answered}),
       now(), now(), 1
  FROM counter;
"""


def run_pgbench(plan: Plan, folder: Path, *, seconds: float) -> float:
    """Questions a second of the like script with as many clients as the floor has threads."""
    program = [str(embedded_postgres.program("pgbench")), "--no-vacuum", "--protocol=prepared"]
    program += [f"--client={plan.threads}", f"--jobs={PGBENCH_THREADS}", f"--time={round(seconds)}"]
    program += [f"--file={script}" for script in _scripts(plan, folder)]
    done = subprocess.run([*program, plan.conninfo], check=True, capture_output=True, text=True)
    tps = _TPS.search(done.stdout)
    if tps is None:
        raise RuntimeError(f"pgbench said: {done.stdout} {done.stderr}")
    return float(tps[1])


def _scripts(plan: Plan, folder: Path) -> list[Path]:
    paths = []
    with psycopg.connect(plan.conninfo) as connection:
        cursor = psycopg.ClientCursor(connection)
        for number, inquiry in enumerate(plan.inquiries[:QUESTIONS]):
            selects = "".join(f"{cursor.mogrify(one.sql, one.parameters)};\n" for one in inquiry.selects)
            # Text of the same length instead of the text itself, in which pgbench might find variables.
            writes = _WRITES.format(
                records=len(inquiry.entry[9]),
                asked=len(inquiry.body[1]),
                answered=len(inquiry.body[2]),
                personal=cursor.mogrify("%s", [json.dumps(inquiry.body[3]).replace(":", " :")]),
            )
            paths.append(folder / f"question-{number}.sql")
            paths[-1].write_text(selects + writes)
    return paths
