"""A reply as the JSON object of `openclets send --json`. Its names are a stable interface (docs/protocol.md)."""

from __future__ import annotations

import json
from typing import Any

from openclets.config.terminal_client import Told
from openclets.vocabulary.answers import Hit
from openclets.vocabulary.errors import Fault
from openclets.wire.answer_text import parse_answer
from openclets.wire.compose import Reply, parse_refusal, parse_rejection, parse_unavailable

REFUSAL_CODE = "RF"
"""Stands where a rejection has its number: a refusal has a rule instead, told under `accepted`."""


def as_json(told: Told) -> str:
    """One object on one line. Raises: Rejected (code 00) when the body is not of the reply's kind."""
    reply = told.reply
    answer = parse_answer(reply.body) if reply.status == "answered" else None
    return _object(
        status=reply.status,
        isn=reply.header.isn,
        osn=reply.header.osn,
        receipt=reply.header.receipt,
        hits=[_hit(hit) for hit in answer.hits] if answer else [],
        errors=[_error(fault) for fault in _faults(reply)],
        text=told.text,
    )


def unanswered_as_json(what: str) -> str:
    """The object when no reply came at all."""
    return _object(
        status="unavailable",
        isn=0,
        osn=0,
        receipt="",
        hits=[],
        errors=[_error(Fault("SM", "", what, ""))],
        text="",
    )


def _faults(reply: Reply) -> tuple[Fault, ...]:
    if reply.status == "rejected":
        return parse_rejection(reply.body).faults
    if reply.status == "refused":
        refusal = parse_refusal(reply.body)
        return (Fault(REFUSAL_CODE, "", refusal.missing, f"{refusal.rule} ({refusal.source})"),)
    if reply.status == "unavailable":
        outage = parse_unavailable(reply.body)
        return (Fault(outage.code, "", outage.what, ""),)
    return ()


def _hit(hit: Hit) -> dict[str, Any]:
    fields: dict[str, list[str]] = {}
    for field in hit.fields:
        fields.setdefault(field.code, []).append(field.value)
    return {
        "file": hit.file,
        "class": hit.hit_class,
        "record_id": hit.record_id,
        "score": hit.score,
        "why": list(hit.why),
        "fields": fields,
    }


def _error(fault: Fault) -> dict[str, str]:
    return {"code": fault.code, "field": fault.field, "text": fault.text, "accepted": fault.accepted}


def _object(**content: Any) -> str:
    return json.dumps(content, ensure_ascii=False)
