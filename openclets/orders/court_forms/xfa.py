"""The second copy of its values that a hybrid form carries (XFA): only ever compared, never read as the truth."""

from __future__ import annotations

import re
from datetime import date

from openclets.orders.court_forms.days import read_date
from openclets.orders.court_forms.sheet import PdfField
from openclets.orders.court_forms.values import clean


def second_values(xfa: list[list[str]], fields: tuple[PdfField, ...]) -> list[str]:
    """Warnings where the form's second copy of its values holds something that is not in its fields.

    Programs other than the form's own leave that copy empty, so an empty one means nothing.
    """
    by_path: dict[str, set[str]] = {}
    by_leaf: dict[str, set[str]] = {}
    for given in fields:
        parts = [re.sub(r"\[\d+\]$", "", part) for part in given.name.replace("\\.", "\x00").split(".")]
        path = "/".join(part for part in parts if not re.fullmatch(r"Page\d+|#.*", part)).replace("\x00", ".")
        values = {_alike(given.value)} if given.kind != "/Btn" else {given.on_state if given.shown else ""}
        by_path.setdefault(path, set()).update(values)
        by_leaf.setdefault(path.rpartition("/")[2], set()).update(values)
    different = []
    for path, value in xfa:
        if value == "0":
            continue
        inner = path.partition("/data/")[2]
        held = by_path.get(inner) or by_leaf.get(inner.rpartition("/")[2], set())
        if _alike(value) not in held:
            different.append(value)
    return [
        f"The form holds a second value, '{clean(value)[:80]}', that its fields do not show; the fields were read."
        for value in different
    ]


def _alike(value: str) -> str:
    """The same for two ways of writing the same day or text."""
    plain = clean(value)
    day = read_date(plain, date(2000, 1, 1)).value if plain else ""
    return day or plain.casefold()
