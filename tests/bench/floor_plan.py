"""What the floor has to do: the questions are asked once through the real exchange, and what that came to is kept."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from django.db import connection

from openclets.agencies.access import _STANDING, LOCAL_ZONE, _standing_values
from openclets.agencies.actor import Actor
from openclets.config import embedded_postgres
from openclets.config.environment import read_environment
from openclets.delivery.post import _STORE
from openclets.exchange.exchange import exchange
from openclets.inquiry.ask import MAX_CANDIDATES
from openclets.inquiry.question import Question, question_from
from openclets.journal.leaf import LEAF_COLUMNS, canonical_personal, leaf_of
from openclets.journal.rows import INSERT, Row
from openclets.orders.lookup import _ORDERS
from openclets.orders.record import RECORD_KIND, RESTRAINED
from openclets.people.candidates import BY_KEYS, BY_NET, by_keys_parameters, names_by_keys
from openclets.people.index import folded_whole
from openclets.people.keys import keys_of_question
from openclets.people.search import (
    FEWEST_BY_KEYS,
    FEWEST_POSTINGS,
    MAX_COMPARED,
    MAX_COMPARED_MORE,
    PersonQuery,
    search,
)
from openclets.wire.parse import parse_message
from tests.bench.floor import Counted, Inquiry, Plan, Statement

JOURNAL_THREADS: Final = 32

_LAST_ENTRY: Final = """
    SELECT e.at, e.kind, e.outcome, e.user_name, e.agency, e.device, e.channel, e.message_key, e.purpose, e.records,
           e.asked_hash, e.answered_hash, e.personal_hash, b.salt, b.asked, b.answered, b.personal
      FROM journal_entry e JOIN journal_body b ON b.entry_number = e.number AND b.at = e.at
     WHERE e.number = %s
"""
_LAST_REPLY: Final = """
    SELECT device, for_user, kind, echo, receipt, body, received_at, stored_at, acknowledged_at
      FROM delivery_message WHERE device = %s AND osn = %s
"""


def inquiries_of(texts: Sequence[str], actors: Sequence[Actor]) -> list[Inquiry]:
    """Each question asked once, by the actors in turn; its statements and the rows it left."""
    return [_inquiry(text, actors[place % len(actors)]) for place, text in enumerate(texts)]


def plan_for(inquiries: Sequence[Inquiry], *, threads: int, seconds: float, windows: int) -> Plan:
    return Plan(
        conninfo=embedded_postgres.conninfo(read_environment().data_folder, embedded_postgres.PROGRAM_ROLE),
        threads=threads,
        seconds=seconds,
        windows=windows,
        insert=INSERT,
        store_reply=_STORE,
        inquiries=inquiries,
    )


def entries_alone(plan: Plan) -> Plan:
    """The same for the journal by itself."""
    return replace(plan, threads=JOURNAL_THREADS, reads=False, replies=False)


def run_floor(plan: Plan) -> Counted:
    """The floor, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.floor"], input=pickle.dumps(plan), stdout=subprocess.PIPE, check=True
    )
    return Counted(**json.loads(done.stdout))


def _inquiry(text: str, actor: Actor) -> Inquiry:
    now = datetime.now(UTC)
    message = text.replace("{ori}", actor.agency)
    today = now.astimezone(LOCAL_ZONE).date()
    question = question_from(parse_message(message, today=today), now=now)
    selects = [Statement(_STANDING, _standing_values(actor, today)), *_selects(question)]
    reply = exchange(actor=actor, text=message, now=now)
    if reply.status != "answered":
        raise RuntimeError(f"{message} was {reply.status}: {reply.text}")
    entry = _row(_LAST_ENTRY, [int(reply.receipt.partition(".")[0])])
    stored = _row(_LAST_REPLY, [actor.device, reply.osn])
    names = "device for_user kind echo receipt body received_at stored_at acknowledged_at".split()
    return Inquiry(
        selects=selects,
        entry=[bytes(value) if isinstance(value, memoryview) else value for value in entry[:13]],
        body=[bytes(entry[13]), *entry[14:16], json.loads(entry[16])],
        row=_elements(entry),
        reply={**dict(zip(names, stored, strict=True)), "acknowledged": "{}"},
    )


def _elements(entry: Sequence[Any]) -> Sequence[str]:
    """What the journal's own writer would send for this entry."""
    columns = dict(zip([name for name in LEAF_COLUMNS if name != "number"], entry, strict=False)) | {"number": 0}
    return Row(
        leaf_of([columns[name] for name in LEAF_COLUMNS]),
        salt=bytes(entry[13]),
        asked=entry[14],
        answered=entry[15],
        personal=canonical_personal(json.loads(entry[16])),
    ).columns


def _selects(question: Question) -> list[Statement]:
    """The SELECTs of `inquiry.ask` for this question."""
    if question.record_number:
        return [Statement(_ORDERS, [[int(question.record_number)]])]
    if question.name is None:
        return []
    keys = keys_of_question(question.name, question.birth_date)
    kinds, roles = [RECORD_KIND], [RESTRAINED]
    selects = [Statement(BY_KEYS, by_keys_parameters(keys, kinds=kinds, roles=roles, most=MAX_COMPARED))]
    found = names_by_keys(keys, kinds=kinds, roles=roles, most=MAX_COMPARED)
    if len(found.names) < FEWEST_BY_KEYS and found.postings < FEWEST_POSTINGS:
        folded = folded_whole(question.name)
        selects.append(Statement(BY_NET, [folded, kinds, roles, folded, MAX_COMPARED_MORE]))
    people = search(
        PersonQuery(question.name, question.birth_date, sex=question.sex, race=question.race),
        kinds=kinds,
        roles=roles,
        limit=MAX_CANDIDATES,
    )
    if people.candidates:
        selects.append(Statement(_ORDERS, [[candidate.record_id for candidate in people.candidates]]))
    return selects


def _row(sql: Any, parameters: Sequence[Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()[0]
