"""Lines of a reply's body: wrapped to 72 columns so that what was wrapped can be put together again exactly.

Every item begins in column 1 with a head of its own kind. A wrapped item goes on in lines that begin with four blanks
(a blank was there) or with three blanks and a plus sign (nothing was there: a long word was cut). Values hold no line
breaks, so nothing inside a value can ever begin a line.
"""

from __future__ import annotations

from collections.abc import Iterable

from openclets.vocabulary.errors import Fault, Rejected
from openclets.vocabulary.faults import FaultCode

LINE_COLUMNS = 72
"""Source: width of the public samples of California's responses."""

END_MARK = "*** END OF MESSAGE ***"
"""Source: the wire's fixed reply layout, after the California response wrapper."""

_AFTER_BLANK = "    "
_AFTER_CUT = "   +"


def plain(text: str) -> str:
    """The text as a value may stand in a body: one line, single blanks, nothing that is not printed.

    Line breaks and other controls become blanks; marks that only steer the display (direction, zero width) go.
    """
    if not text.isprintable():
        text = "".join(
            character if character.isprintable() else " " if character.isspace() or character < "\xa0" else ""
            for character in text
        )
    return " ".join(text.split())


def wrapped(item: str) -> list[str]:
    """The item in lines of at most 72 columns. `item` begins with its head and holds no line break."""
    if len(item) <= LINE_COLUMNS and END_MARK not in item:
        return [item]
    lines: list[str] = []
    begins, before = 0, ""
    while len(item) - begins > LINE_COLUMNS - len(before):
        ends = begins + LINE_COLUMNS - len(before)
        blank = _last_single_blank(item, begins, ends)
        lines.append(before + item[begins : ends if blank < 0 else blank])
        begins, before = (ends, _AFTER_CUT) if blank < 0 else (blank + 1, _AFTER_BLANK)
    lines.append(before + item[begins:])
    return [part for line in lines for part in _without_end_mark(line)]


def unwrapped(lines: Iterable[str]) -> list[str]:
    """The items that `wrapped` made the lines from; empty lines divide nothing and are left out.

    Raises: Rejected when a line goes on where nothing began.
    """
    items: list[list[str]] = []
    for line in lines:
        if not line:
            continue
        if not line.startswith((_AFTER_BLANK, _AFTER_CUT)):
            items.append([line])
        elif not items:
            raise unreadable("a line goes on where nothing began")
        else:
            items[-1].append((" " if line.startswith(_AFTER_BLANK) else "") + line[len(_AFTER_BLANK) :])
    return ["".join(parts) for parts in items]


def headed(head: str, text: str) -> str:
    """`head` and, after a blank, the text, if there is any, made plain."""
    value = plain(text)
    return f"{head} {value}" if value else head


def value_after(head: str, item: str) -> str | None:
    """What `headed` put after the head; None when the item has another head."""
    if item == head:
        return ""
    return item[len(head) + 1 :] if item.startswith(f"{head} ") else None


def unreadable(what: str) -> Rejected:
    """For a body that is not of the kind it is read as."""
    return Rejected(Fault(FaultCode.FORMAT, "", what, "a body as described in docs/protocol.md"))


def _last_single_blank(item: str, begins: int, ends: int) -> int:
    """Where the last blank lies, at `ends` at the latest, that has no other beside it; -1 where there is none."""
    blank = item.rfind(" ", begins, ends + 1)
    while blank >= 0 and (item[blank - 1 : blank] == " " or item[blank + 1 : blank + 2] == " "):
        blank = item.rfind(" ", begins, blank)
    return blank


def _without_end_mark(line: str) -> list[str]:
    """The line, cut where it would otherwise look like the end of the message."""
    if line.strip() != END_MARK:
        return [line]
    middle = len(line) - len(END_MARK) // 2
    return [line[:middle], _AFTER_CUT + line[middle:]]
