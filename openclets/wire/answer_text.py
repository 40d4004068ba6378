"""An answer as text for a terminal, and back without loss: hits as ranked, then what every file said.

ANSWER: 1 HIT. 1 OF 2 FILES ANSWERED.
NOTE a warning about the question

HIT 1 OF 1 - PROTECTIVE ORDERS - ORDER ENFORCEMENT
*** the dangerous thing first
  - a sentence to act on
WHY what agreed or differed
RECORD 0992632700012
SAME PERSON 0.97 verdict in words
IMAGES 1
EXP/2029-03-01  [Expires]

FILES ASKED
PROTECTIVE ORDERS          HIT - one order
WANTED PERSONS             NOT HELD HERE
"""

from __future__ import annotations

import math
import re

from openclets.vocabulary.answers import AnswerBody, File, FileAnswer, FileState, Hit, HitClass, HitField
from openclets.wire.layout import headed, plain, unreadable, unwrapped, value_after, wrapped

ANSWER_HEAD = "ANSWER:"
FILES_HEAD = "FILES ASKED"

_FILE_COLUMNS = 27
_NOTE, _HEADLINE, _SENTENCE, _WHY = "NOTE", "***", "  -", "WHY"
_RECORD, _SAME_PERSON, _IMAGES = "RECORD", "SAME PERSON", "IMAGES"
_HIT = re.compile(r"HIT ([0-9]+) OF ([0-9]+) - (.+?) - (.+)")
_FIELD = re.compile(r"([A-Z0-9]{2,4})/(.*)")
_FIELD_CODE = re.compile(r"[A-Z0-9]{2,4}")
_SAME_PERSON_PARTS = re.compile(r"SAME PERSON (-?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?)(?: (.*))?")
_LABEL_BEGINS = "  ["
"""Values hold no double blank, so this can only be the label."""


def compose_answer(body: AnswerBody) -> str:
    """The answer in lines of at most 72 columns, hits in the order given. Every text is put on one line first.

    Raises: ValueError for a field code or score that no text form has (a bug of the caller).
    """
    lines = wrapped(_summary(body))
    for note in body.notes:
        lines += wrapped(headed(_NOTE, note))
    for number, hit in enumerate(body.hits, start=1):
        lines.append("")
        for item in _hit_items(hit, number, len(body.hits)):
            lines += wrapped(item)
    lines += ["", FILES_HEAD]
    for answer in body.files:
        detail = plain(answer.detail)
        lines += wrapped(f"{answer.file:<{_FILE_COLUMNS}}{answer.state}{' - ' + detail if detail else ''}")
    return "\n".join(lines)


def parse_answer(text: str) -> AnswerBody:
    """What `compose_answer` wrote. Raises: Rejected (code 00) for any other text."""
    items = unwrapped(text.split("\n"))
    if not items or not items[0].startswith(ANSWER_HEAD):
        raise unreadable("this is not an answer")
    if FILES_HEAD not in items:
        raise unreadable("the answer does not say which files were asked")
    files_begin = items.index(FILES_HEAD)
    notes: list[str] = []
    groups: list[list[str]] = []
    for item in items[1:files_begin]:
        note = value_after(_NOTE, item) if not groups else None
        if note is not None:
            notes.append(note)
        elif _HIT.fullmatch(item):
            groups.append([item])
        elif groups:
            groups[-1].append(item)
        else:
            raise unreadable(f"'{item[:20]}' belongs to no hit")
    hits = tuple(_read_hit(group, number, len(groups)) for number, group in enumerate(groups, start=1))
    body = AnswerBody(hits, tuple(_read_file(item) for item in items[files_begin + 1 :]), tuple(notes))
    if items[0] != _summary(body):
        raise unreadable("the answer's first line does not count what follows")
    return body


def _summary(body: AnswerBody) -> str:
    answered = sum(answer.state in (FileState.HIT, FileState.NO_RECORD) for answer in body.files)
    hits = {0: "NO HIT", 1: "1 HIT"}.get(len(body.hits), f"{len(body.hits)} HITS")
    return f"{ANSWER_HEAD} {hits}. {answered} OF {len(body.files)} FILES ANSWERED."


def _hit_items(hit: Hit, number: int, count: int) -> list[str]:
    if not math.isfinite(hit.score):
        raise ValueError(f"{hit.score} is no score")
    return [
        f"HIT {number} OF {count} - {hit.file} - {hit.hit_class}",
        headed(_HEADLINE, hit.headline),
        *(headed(_SENTENCE, line) for line in hit.lines),
        *(headed(_WHY, reason) for reason in hit.why),
        headed(_RECORD, hit.record_id),
        headed(f"{_SAME_PERSON} {hit.score!r}", hit.verdict),
        *([f"{_IMAGES} {hit.images}"] if hit.images else []),
        *(_field_item(one) for one in hit.fields),
    ]


def _field_item(field: HitField) -> str:
    if not _FIELD_CODE.fullmatch(field.code):
        raise ValueError(f"'{field.code}' is no field code")
    label = plain(field.label)
    return f"{field.code}/{plain(field.value)}" + (f"{_LABEL_BEGINS}{label}]" if label else "")


def _read_hit(items: list[str], number: int, count: int) -> Hit:
    """One hit from its items, in the fixed order of `_hit_items`."""
    head = _HIT.fullmatch(items[0])
    if head is None or (head.group(1), head.group(2)) != (str(number), str(count)):
        raise unreadable(f"hit {number} of {count} is not numbered so")
    rest = items[1:]
    headline = _take(_HEADLINE, rest)
    lines = _take_all(_SENTENCE, rest)
    why = _take_all(_WHY, rest)
    record_id = _take(_RECORD, rest)
    match = _SAME_PERSON_PARTS.fullmatch(rest.pop(0)) if rest else None
    if match is None:
        raise unreadable(f"hit {number} does not say how sure it is")
    images = value_after(_IMAGES, rest[0]) if rest else None
    if images is not None:
        rest.pop(0)
        if not re.fullmatch("[0-9]{1,9}", images):
            raise unreadable(f"hit {number} has no count of images")
    try:
        file, hit_class = File(head.group(3)), HitClass(head.group(4))
    except ValueError:
        raise unreadable(f"hit {number} names no file or class known here") from None
    return Hit(
        file=file,
        hit_class=hit_class,
        record_id=record_id,
        score=float(match.group(1)),
        verdict=match.group(2) or "",
        headline=headline,
        lines=lines,
        why=why,
        fields=tuple(_read_field(item) for item in rest),
        images=int(images or "0"),
    )


def _take(head: str, items: list[str]) -> str:
    value = value_after(head, items[0]) if items else None
    if value is None:
        raise unreadable(f"a hit lacks its line '{head.strip()}'")
    items.pop(0)
    return value


def _take_all(head: str, items: list[str]) -> tuple[str, ...]:
    values: list[str] = []
    while items and (value := value_after(head, items[0])) is not None:
        values.append(value)
        items.pop(0)
    return tuple(values)


def _read_field(item: str) -> HitField:
    parts = _FIELD.fullmatch(item)
    if parts is None:
        raise unreadable(f"'{item[:20]}' is not a field")
    value, labelled, label = parts.group(2).partition(_LABEL_BEGINS)
    if labelled and not label.endswith("]"):
        raise unreadable(f"the label of {parts.group(1)} does not end")
    return HitField(parts.group(1), label[:-1], value)


def _read_file(item: str) -> FileAnswer:
    name, rest = item[:_FILE_COLUMNS].strip(), item[_FILE_COLUMNS:]
    state, _, detail = rest.partition(" - ")
    try:
        return FileAnswer(File(name), FileState(state), detail)
    except ValueError:
        raise unreadable(f"'{item[:20]}' is not what a file said") from None
