"""Reference pages of the message keys, from the catalogue: for docs/reference/messages/ and `openclets explain`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from openclets.vocabulary.faults import FAULT_MEANINGS, FaultCode
from openclets.vocabulary.messages import (
    MESSAGE_KEY_BY_CODE,
    MESSAGE_KEYS,
    Direction,
    Family,
    fields_of,
)
from openclets.vocabulary.messages.described import accepted_in_words, need_in_words, rules_in_words
from openclets.vocabulary.messages.examples import message_of
from openclets.vocabulary.messages.row import MessageKey

FOLDER: Final = "reference/messages"

_MADE = "<!-- Made by `openclets docs` from openclets/vocabulary/messages/; do not edit. -->"
_FAMILY_TITLES: Final[Mapping[Family, str]] = {
    Family.INQUIRY: "Questions",
    Family.RECORD: "Records entered and kept",
    Family.CONFIRMATION: "Hit confirmation",
    Family.TEXT: "Text between agencies",
    Family.SESSION: "The session",
    Family.REPLY: "Replies",
    Family.NOTICE: "Notices",
}


def pages() -> dict[str, Callable[[], str]]:
    """Path under docs/ to what makes it: one page for each key that is no training twin, and the list of them."""
    made: dict[str, Callable[[], str]] = {f"{FOLDER}/README.md": index_page}
    for row in MESSAGE_KEYS:
        if not row.training:
            made[f"{FOLDER}/{page_name(row)}"] = partial(message_page, row)
    return made


def page_name(row: MessageKey) -> str:
    """The file of a key: a dollar sign does not do in every shell."""
    return f"{row.key.replace('$.', 'notice-').replace('.', '-')}.md"


def index_page() -> str:
    """docs/reference/messages/README.md: every key on one line."""
    parts = [
        f"# Message keys\n\n{_MADE}\n",
        "What a terminal, a dispatch system or a neighbour can send and be sent, as [the protocol](../../protocol.md) "
        "describes it. A key that is here may still not be served by a node: it is then answered with `ER` 02. "
        "`openclets explain KEY` prints the same page. Most keys have a training twin with a `T` in front.\n",
    ]
    for family, title in _FAMILY_TITLES.items():
        rows = [row for row in MESSAGE_KEYS if row.family is family and not row.training]
        lines = "\n".join(f"| [`{row.key}`]({page_name(row)}) | {row.purpose} |" for row in rows)
        parts.append(f"## {title}\n\n| Key | What it is for |\n|---|---|\n{lines}\n")
    return "\n".join(parts)


def message_page(row: MessageKey) -> str:
    """One key's page."""
    sources = _Sources([])
    parts = [f"# {row.key}\n\n{_MADE}\n", f"{row.purpose}\n", _facts(row, sources)]
    if row.text_field:
        parts.append("Everything after the header line is text, periods and slashes in it included.\n")
    if row.fields:
        parts.append(_field_table(row, sources))
    rules = _rules(row, sources)
    if rules:
        parts.append("## Fields together\n\n| Rule | Source |\n|---|---|\n" + "\n".join(rules) + "\n")
    parts += [_worked_example(row), sources.listed()]
    return "\n".join(parts)


@dataclass(frozen=True, slots=True)
class _Sources:
    """The sources of a page, each told once at its end and elsewhere by its number."""

    texts: list[str]

    def number(self, text: str) -> str:
        if text not in self.texts:
            self.texts.append(text)
        return str(self.texts.index(text) + 1)

    def listed(self) -> str:
        lines = "\n".join(f"{number}. {text}" for number, text in enumerate(self.texts, start=1))
        return f"## Sources\n\n{lines}\n"


def _facts(row: MessageKey, sources: _Sources) -> str:
    facts = [
        ("Kind", row.family),
        ("Sent", row.direction),
        ("It", f"{row.act}: {row.record}" if row.record else str(row.act)),
        ("The record is marked", ", ".join(row.marks)),
        ("Files it reaches", ", ".join(row.files)),
        ("Right it needs", f"`{row.right}`" if row.right else ""),
        ("Training twin", f"`T{row.key}`" if row.has_training_twin else ""),
        ("Destinations", _destinations(row, sources)),
        ("Source", sources.number(row.source)),
    ]
    lines = "\n".join(f"| {name} | {_cell(str(value))} |" for name, value in facts if value)
    return f"| | |\n|---|---|\n{lines}\n"


def _destinations(row: MessageKey, sources: _Sources) -> str:
    taken = row.destinations
    if taken is None:
        return ""
    count = str(taken.most) if taken.least == taken.most else f"{taken.least} to {taken.most}"
    return f"{count}: {taken.kind} (source {sources.number(taken.source)})"


def _field_table(row: MessageKey, sources: _Sources) -> str:
    fields = fields_of(row.key)
    lines = "\n".join(
        f"| {place} | `{use.code}` | {fields[use.code].name} | {need_in_words(use, row)} "
        f"| {_cell(accepted_in_words(fields[use.code]))} "
        f"| {sources.number(use.source)}, value {sources.number(fields[use.code].source)} |"
        for place, use in enumerate(row.fields, start=1)
    )
    blank = (
        "\nA field sent empty takes the value off the record; what names the record cannot be sent so.\n"
        if row.blank_deletes
        else ""
    )
    return (
        "## Fields\n\nIn the order of the positional form.\n\n"
        f"| | Field | What | Needed | Taken | Source |\n|---|---|---|---|---|---|\n{lines}\n{blank}"
    )


def _rules(row: MessageKey, sources: _Sources) -> list[str]:
    return [f"| {_cell(rule)} | {sources.number(source)} |" for rule, source in rules_in_words(row)]


def _worked_example(row: MessageKey) -> str:
    if row.direction is Direction.OUT:
        return f"## Example\n\n```\n{row.example}\n```\n"
    parts = [f"## Example\n\n```\n{message_of(row, row.example)}\n```\n"]
    if row.wrong is not None:
        meaning = FAULT_MEANINGS[FaultCode(row.wrong.fault)].meaning
        parts.append(
            f"Rejected with `ER` {row.wrong.fault} at `{row.wrong.about}` ({meaning}):\n\n"
            f"```\n{message_of(row, row.wrong.fields)}\n```\n"
        )
    return "\n".join(parts)


def _cell(text: str) -> str:
    """Text that cannot end its cell."""
    return text.replace("|", "\\|")


def row_of(key: str) -> MessageKey | None:
    """The row of a key in any case, a training twin included."""
    return MESSAGE_KEY_BY_CODE.get(key.upper())
