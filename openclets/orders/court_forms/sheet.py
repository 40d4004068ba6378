"""One filled form while it is read: which items are made, which rows count, and what does not fit together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto

from openclets.orders.court_forms.days import Typed, read_time
from openclets.orders.court_forms.rows import JOINED_BY, OTHER_NAMES, Field, FormTable, Item, Kind, Row
from openclets.orders.court_forms.values import clean, read_typed


@dataclass(frozen=True, slots=True)
class ReadField:
    """One value read: the entry field, the value as the entry takes it, and where it stands on the form."""

    name: str
    value: str
    label: str
    page: int


@dataclass(frozen=True, slots=True)
class PdfField:
    """One visible field of the PDF; see `document_child.fields_of`."""

    name: str
    kind: str
    tooltip: str
    page: int
    value: str
    on_state: str
    shown: bool
    stored: bool | None


_NOT_THE_FIRST = "with the protected person named first, whom this term does not name"
_NOT_THE_OTHERS = "with the other protected people, whom this term does not name"
"""As exceptions to a no-contact order, which an officer reads after "contact allowed all the same"."""


class Tick(Enum):
    """A box: what is drawn and what is stored may differ (DISPUTED); UNKNOWN: no such field, or of another meaning."""

    TICKED = auto()
    EMPTY = auto()
    DISPUTED = auto()
    UNKNOWN = auto()


@dataclass
class Sheet:
    """One form while it is read. `found` gathers values by entry field."""

    table: FormTable
    fields: tuple[PdfField, ...]
    today: date
    found: dict[str, list[ReadField]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    made: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._by_name: dict[str, list[PdfField]] = {}
        for given in self.fields:
            self._by_name.setdefault(given.name, []).append(given)
        self._changed: list[str] = []
        self._undecided: list[str] = []

    def read(self) -> None:
        """Items first: whether a row counts depends on them."""
        for printed in self.table.printed:
            if printed.unless is None or self._tick(printed.unless, printed.label) is Tick.EMPTY:
                self._add(printed.entry, printed.value, printed.label, printed.page)
            elif self._tick(printed.unless, printed.label) is Tick.DISPUTED:
                self.warnings.append(
                    f"{printed.label}: the box drawn and the box stored differ; nothing was pre-filled."
                )
        for item in self.table.items:
            if self._is_made(item):
                self.made.add(item.label)
                if item.entry:
                    self._add(item.entry, item.value, item.label, item.page)
        for row in self.table.rows:
            self._read_row(row)
        for item in self.table.items:
            if item.label in self.made:
                self._check_made(item)
        for notice in self.table.notices:
            if self._tick(notice.box, "a notice") is Tick.TICKED:
                self.warnings.append(notice.text)
        self._check_case_numbers()
        self._report_groups()

    def result(self) -> tuple[ReadField, ...]:
        """One value per entry field, in the order of the table; warns of values that exclude each other."""
        results = []
        for name, parts in self.found.items():
            joint = JOINED_BY.get(name)
            values = [part.value for part in parts]
            if joint is None and len(set(values)) > 1:
                self.warnings.append(
                    f"{parts[0].label}: {' and '.join(values)} are both given; nothing was pre-filled."
                )
                continue
            labels = ", ".join(dict.fromkeys(part.label for part in parts))
            value = joint.join(values) if joint is not None else values[0]
            results.append(ReadField(name, value, labels, parts[0].page))
        return tuple(results)

    # ---- items

    def _is_made(self, item: Item) -> bool:
        granted = self._tick(item.granted, item.label)
        against = [self._tick(box, item.label) for box in item.against]
        if Tick.UNKNOWN in (granted, *against):
            return False
        if Tick.DISPUTED in (granted, *against):
            self.warnings.append(f"{item.label}: the box drawn and the box stored differ; nothing was pre-filled.")
            return False
        if granted is Tick.TICKED and Tick.TICKED in against:
            self.warnings.append(f"{item.label}: boxes are ticked that exclude each other; nothing was pre-filled.")
            return False
        if against.count(Tick.TICKED) > 1:
            self.warnings.append(f"{item.label}: more than one box is ticked; nothing was pre-filled.")
        elif item.against and not item.is_optional and granted is Tick.EMPTY and Tick.TICKED not in against:
            self._undecided.append(item.label)
        return granted is Tick.TICKED

    def _check_made(self, item: Item) -> None:
        for group in item.expects:
            if not any(name in self.found for name in group):
                what = " or ".join(name.replace("_", " ") for name in group[:2])
                self.warnings.append(f"{item.label} is ordered, but {what} could not be read from it.")
        if item.covers is not None:
            person, others = (self._tick(box, item.label) is Tick.TICKED for box in item.covers)
            if not person and not others:
                self.warnings.append(f"{item.label} is ordered, but no box says whom it protects.")
            elif not person:
                self._add("contact_exceptions", _NOT_THE_FIRST, f"{item.label}a", item.page)
            elif not others and any(name in self.found for name in OTHER_NAMES):
                self._add("contact_exceptions", _NOT_THE_OTHERS, f"{item.label}a", item.page)

    # ---- rows

    def _read_row(self, row: Row) -> None:
        typed = self._typed(row)
        if typed is None:
            return
        unticked = [box for box in row.boxes if self._tick(box, row.label) is not Tick.TICKED]
        counts = (not row.item or row.item in self.made) and not unticked
        if not counts:
            if typed.value or typed.doubt:
                what = f"'{typed.value}'" if row.kind is not Kind.TICK else "a box"
                self.warnings.append(
                    f"{row.label}: {what} is filled in, but the box above it does not say that it is ordered; "
                    "nothing was pre-filled."
                )
            return
        if not typed.value:
            if row.boxes and row.kind is not Kind.TICK and not typed.doubt:
                self.warnings.append(f"{row.label}: the box is ticked, but nothing is written.")
            if typed.doubt:
                self.warnings.append(f"{row.label}: {typed.doubt}; nothing was pre-filled.")
            return
        if typed.doubt:
            self.warnings.append(f"{row.label}: {typed.doubt}.")
        self._add(row.entry, typed.value, row.label, self._by_name[row.field.name][0].page)

    def _typed(self, row: Row) -> Typed | None:
        """What the row says, or None where the form is another than the known one."""
        if row.kind is Kind.TICK:
            tick = self._tick(row.field, row.label)
            if tick is Tick.DISPUTED:
                return Typed("", "the box drawn and the box stored differ")
            return Typed(row.value) if tick is Tick.TICKED else (None if tick is Tick.UNKNOWN else Typed(""))
        text = self._text(row.field, row.label, is_long=row.kind is Kind.COUNTY)
        if text is None:
            return None
        if row.kind is Kind.TIME:
            halves = [
                box is not None and self._tick(box, row.label) is Tick.TICKED for box in (row.am, row.pm, row.midnight)
            ]
            return read_time(text, am=halves[0], pm=halves[1], midnight=halves[2])
        more = [part for part in (self._text(box, row.label) for box in row.more) if part]
        if more:
            text = (" " if row.kind is Kind.NAME else ", ").join([text, *more] if text else more)
        if not text:
            return Typed("")
        typed = read_typed(row.kind, text, self.today)
        if not typed.value:
            return typed
        value = row.value.format(typed.value) if row.value else typed.value
        if row.receipt is not None and self._tick(row.receipt, row.label) is Tick.TICKED:
            value += " (court has proof that it was given up)"
        return Typed(value, typed.doubt)

    # ---- fields

    def _text(self, wanted: Field, label: str, *, is_long: bool = False) -> str | None:
        given = self._known(wanted, label)
        return None if given is None else clean(given[0].value, is_long=is_long)

    def _tick(self, wanted: Field, label: str) -> Tick:
        given = self._known(wanted, label)
        if given is None:
            return Tick.UNKNOWN
        shown = {box.shown for box in given}
        stored = {box.stored for box in given} - {None}
        if len(shown) > 1 or (stored and stored != shown):
            return Tick.DISPUTED
        return Tick.TICKED if True in shown else Tick.EMPTY

    def _known(self, wanted: Field, label: str) -> list[PdfField] | None:
        """The widgets of the field, or None when it is missing or its tooltip says something else."""
        given = self._by_name.get(wanted.name)
        if given is None or not says(given[0].tooltip, wanted.says):
            self._changed.append(label)
            return None
        return given

    def _add(self, entry: str, value: str, label: str, page: int) -> None:
        self.found.setdefault(entry, []).append(ReadField(entry, value, label, page))

    # ---- the whole

    def _check_case_numbers(self) -> None:
        first = next((part.value for part in self.found.get("case_number", ())), "")
        for repeat in self.table.case_number_repeats:
            other = self._text(repeat, "Case Number on a later page")
            if other and other != first:
                self.warnings.append(f"Case Number: page 1 says '{first}', another page '{other}'.")

    def _report_groups(self) -> None:
        if self._undecided:
            self.warnings.append(f"{', '.join(self._undecided)}: no box is ticked; nothing of this was pre-filled.")
        if self._changed:
            places = ", ".join(dict.fromkeys(self._changed))
            self.warnings.append(
                f"This copy is not the revision of {self.table.revision} that is known here; not read: {places}. "
                "Compare these by hand."
            )
        names = {name for name in self.found if name not in {printed.entry for printed in self.table.printed}}
        if not names:
            self.warnings.append("The form is not filled in.")
        if self.table.no_end is not None and names and "expires_on" not in self.found:
            hearing, warning = self.table.no_end
            held = self._text(hearing, "the hearing") or ""
            self.warnings.append(warning.format(held or "no date given"))


def says(tooltip: str, beginning: str) -> bool:
    """Whether a tooltip begins with these words, leaving case, spacing and a leading mark aside."""
    plain = " ".join(tooltip.lower().split()).lstrip("* ,").replace("'", "’")
    return re.match(re.escape(beginning.replace("'", "’")) + r"(?!\w)", plain) is not None
