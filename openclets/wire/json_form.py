"""Messages, answers and what stands instead of an answer, as JSON. One object, one member, which names the kind:

    {"message": {"key": "QW", "ori": "CA0990100", "destinations": [], "control": "", "fields": {"NAM": ["DOE,JOHN"]}}}
    {"answer": {"hits": [...], "files": [...], "notes": []}}
    {"rejection": {"errors": [...], "sent": "..."}}
    {"refusal": {"rule": "", "missing": "", "source": "", "penalty": ""}}
    {"unavailable": {"code": "04", "what": "", "since": null}}

The shape is described in docs/protocol.md and stable.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, NoReturn

from openclets.vocabulary.answers import AnswerBody, File, FileAnswer, FileState, Hit, HitClass, HitField
from openclets.vocabulary.checked import raised
from openclets.vocabulary.errors import Fault, Rejected
from openclets.vocabulary.faults import FaultCode, StatusCode
from openclets.wire.compose import Outage, Refusal, Rejection
from openclets.wire.message import Message
from openclets.wire.typed_message import Parts, message_of

MAX_MESSAGE_JSON_CHARACTERS = 131_072
"""Longest JSON of a message. Own decision: twice the longest message text, for escapes and marks."""

MAX_ANSWER_JSON_CHARACTERS = 262_144
"""Longest JSON of anything else. Own decision: an answer of a hundred hits."""

Kind = AnswerBody | Rejection | Refusal | Outage

_SURROGATES = re.compile("[\ud800-\udfff]")
_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_MAX_COUNT = 999_999_999
_MEMBERS = ("key", "ori", "destinations", "control", "fields")


def compose_json_message(message: Message) -> str:
    """The message on one line, fields in the order sent. Secrets are in it as they were."""
    return _written(
        "message",
        {
            "key": message.key,
            "ori": message.ori,
            "destinations": list(message.destinations),
            "control": message.control,
            "fields": {code: list(values) for code, values in message.fields},
        },
    )


def parse_json_message(text: str, *, today: date, from_switch: bool = False) -> Message:
    """Every member may be missing but `key` and `ori`; one that is not known is a fault. `from_switch` as in `parse`.

    Raises: Rejected with all faults, and nothing else for any text.
    """
    sent = _member(_object(text, MAX_MESSAGE_JSON_CHARACTERS), "message")
    faults = [
        _fault(f"'{name[:20]}' is no member of a message", ", ".join(_MEMBERS)) for name in sent.keys() - _MEMBERS
    ]
    fields: list[tuple[str, tuple[str, ...]]] = []
    wrong: list[str] = []
    named = sent.get("fields", {})
    for code, values in named.items() if isinstance(named, dict) else ():
        if isinstance(values, list) and all(isinstance(value, str) for value in values):
            fields.append((code, tuple(values)))
        else:
            wrong.append(raised(code))
            faults.append(_fault(f"the values of '{code[:20]}' are no list of texts", '"NAM": ["DOE,JOHN"]'))
    if not isinstance(named, dict):
        faults.append(_fault("'fields' is no object", '"fields": {"NAM": ["DOE,JOHN"]}'))
    destinations = sent.get("destinations", [])
    if not isinstance(destinations, list) or not all(isinstance(one, str) for one in destinations):
        faults.append(_fault("'destinations' is no list of texts", '"destinations": ["NV"]'))
        destinations = []
    texts = {name: sent.get(name, "") for name in ("key", "ori", "control")}
    for name, value in texts.items():
        if not isinstance(value, str):
            faults.append(_fault(f"'{name}' is no text", f'"{name}": "..."'))
            texts[name] = ""
    return message_of(
        Parts(
            key=texts["key"],
            ori=texts["ori"],
            destinations=tuple(destinations),
            control=texts["control"],
            fields=tuple(fields),
            form="json",
            # Written anew, so that no escape hides a secret from those who mask it.
            text=_written("message", sent),
            faults=tuple(faults),
            wrong=tuple(wrong),
        ),
        today=today,
        from_switch=from_switch,
    )


def compose_json_answer(answer: Kind) -> str:
    """An answer, or what stands instead of one, on one line. Raises: ValueError for a score that is no number (a bug of
    the caller)."""
    if isinstance(answer, AnswerBody):
        return _written(
            "answer",
            {
                "hits": [_hit(hit) for hit in answer.hits],
                "files": [{"file": one.file, "state": one.state, "detail": one.detail} for one in answer.files],
                "notes": list(answer.notes),
            },
        )
    if isinstance(answer, Rejection):
        errors = [
            {"code": one.code, "field": one.field, "text": one.text, "accepted": one.accepted} for one in answer.faults
        ]
        return _written("rejection", {"errors": errors, "sent": answer.sent})
    if isinstance(answer, Refusal):
        return _written(
            "refusal",
            {"rule": answer.rule, "missing": answer.missing, "source": answer.source, "penalty": answer.penalty},
        )
    since = answer.since.astimezone(UTC).isoformat() if answer.since else None
    return _written("unavailable", {"code": answer.code, "what": answer.what, "since": since})


def parse_json_answer(text: str) -> Kind:
    """What `compose_json_answer` wrote; members that are not known are passed over. Raises: Rejected (00, 36, 37)."""
    whole = _object(text, MAX_ANSWER_JSON_CHARACTERS)
    try:
        if "answer" in whole:
            return _answer(_member(whole, "answer"))
        if "rejection" in whole:
            told = _member(whole, "rejection")
            return Rejection(tuple(_read_fault(one) for one in _objects(told, "errors")), _text(told, "sent"))
        if "refusal" in whole:
            told = _member(whole, "refusal")
            return Refusal(*(_text(told, name) for name in ("rule", "missing", "source", "penalty")))
        told = _member(whole, "unavailable")
        since = told.get("since")
        return Outage(_text(told, "what"), StatusCode(_text(told, "code")), _moment(since) if since else None)
    except ValueError as error:
        raise Rejected(_fault(str(error)[:120], "an answer as described in docs/protocol.md")) from None


def _written(kind: str, content: Mapping[str, Any]) -> str:
    return json.dumps({kind: content}, ensure_ascii=False, allow_nan=False)


def _object(text: str, most: int) -> dict[str, Any]:
    """The object in the text, whose every member is there once. Raises: Rejected."""
    if len(text) > most:
        raise Rejected(
            Fault(FaultCode.TOO_LONG, "", f"the text has {len(text)} characters", f"at most {most} characters")
        )
    try:
        whole = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
        is_whole = not _SURROGATES.search(text)
        if is_whole and _ESCAPED_SURROGATE.search(text):
            # Two halves are one character; whether all are, only the whole can tell.
            is_whole = not _SURROGATES.search(json.dumps(whole, ensure_ascii=False))
    except (ValueError, RecursionError) as error:
        # Its words may quote what was sent.
        place = f" at place {error.pos + 1}" if isinstance(error, json.JSONDecodeError) else ""
        told = "is nested too deeply" if isinstance(error, RecursionError) else f"is not JSON{place}"
        raise Rejected(_fault(f"the text {told}", "one JSON object, each member once")) from None
    if not is_whole:
        raise Rejected(Fault(FaultCode.CHARACTERS, "", "the text holds half a character", "whole Unicode characters"))
    if not isinstance(whole, dict):
        raise Rejected(_fault("the text is no JSON object", "one JSON object, each member once"))
    return whole


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a member is there twice")
    return members


def _no_number(_: str) -> NoReturn:
    raise ValueError("not a number")


def _member(whole: dict[str, Any], name: str) -> dict[str, Any]:
    held = whole.get(name)
    if not isinstance(held, dict) or len(whole) > 1:
        raise Rejected(_fault(f"the object does not hold '{name}' alone", f'{{"{name}": {{...}}}}'))
    return held


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "file": hit.file,
        "class": hit.hit_class,
        "record_id": hit.record_id,
        "score": hit.score,
        "verdict": hit.verdict,
        "headline": hit.headline,
        "lines": list(hit.lines),
        "why": list(hit.why),
        "fields": [{"code": one.code, "label": one.label, "value": one.value} for one in hit.fields],
        "images": hit.images,
    }


def _answer(told: dict[str, Any]) -> AnswerBody:
    return AnswerBody(
        tuple(_read_hit(one) for one in _objects(told, "hits")),
        tuple(
            FileAnswer(File(_text(one, "file")), FileState(_text(one, "state")), _text(one, "detail"))
            for one in _objects(told, "files")
        ),
        _texts(told, "notes"),
    )


def _read_hit(told: dict[str, Any]) -> Hit:
    score, images = told.get("score"), told.get("images", 0)
    if not isinstance(score, int | float) or isinstance(score, bool) or not math.isfinite(score):
        raise ValueError("'score' is no number")
    if not isinstance(images, int) or isinstance(images, bool) or not 0 <= images <= _MAX_COUNT:
        raise ValueError("'images' is no count")
    return Hit(
        file=File(_text(told, "file")),
        hit_class=HitClass(_text(told, "class")),
        record_id=_text(told, "record_id"),
        score=float(score),
        verdict=_text(told, "verdict"),
        headline=_text(told, "headline"),
        lines=_texts(told, "lines"),
        why=_texts(told, "why"),
        fields=tuple(
            HitField(_text(one, "code"), _text(one, "label"), _text(one, "value")) for one in _objects(told, "fields")
        ),
        images=images,
    )


def _read_fault(told: dict[str, Any]) -> Fault:
    return Fault(*(_text(told, name) for name in ("code", "field", "text", "accepted")))


def _text(told: dict[str, Any], name: str) -> str:
    held = told.get(name)
    if not isinstance(held, str):
        raise ValueError(f"'{name}' is no text")
    return held


def _texts(told: dict[str, Any], name: str) -> tuple[str, ...]:
    held = told.get(name)
    if not isinstance(held, list) or not all(isinstance(one, str) for one in held):
        raise ValueError(f"'{name}' is no list of texts")
    return tuple(held)


def _objects(told: dict[str, Any], name: str) -> list[dict[str, Any]]:
    held = told.get(name)
    if not isinstance(held, list) or not all(isinstance(one, dict) for one in held):
        raise ValueError(f"'{name}' is no list of objects")
    return held


def _moment(text: Any) -> datetime:
    moment = datetime.fromisoformat(text) if isinstance(text, str) else None
    if moment is None or moment.tzinfo is None:
        raise ValueError("'since' is no moment with a zone")
    return moment


def _fault(text: str, accepted: str) -> Fault:
    return Fault(FaultCode.FORMAT, "", text, accepted)
