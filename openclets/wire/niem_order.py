"""A protective order's message as a NIEM exchange document, both ways. What differs between releases is a `Dialect`.

    OrderExchange                    our own wrapper, one namespace for each release
      ExchangeHeader                 message key, sender, destinations, control field
      j:ProtectionOrder              all that the standard has a place for
      ...                            augmentations of the standard, protected persons
      OrderAugmentation              every field, by its code, that the standard has no place for

No field is ever left out. What a foreign document says beyond the message's fields is a warning, not lost in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from openclets.vocabulary.answers import File
from openclets.vocabulary.errors import Fault, Rejected
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.fields import FIELD_BY_CODE
from openclets.vocabulary.messages import MESSAGE_KEY_BY_CODE, Family, MessageKey, Need
from openclets.vocabulary.persons import parse_plain_name, parse_wire_name
from openclets.wire.message import Form, Message
from openclets.wire.niem_spelling import AS_IT_IS, Spelling
from openclets.wire.typed_message import Parts, in_row_order, message_of
from openclets.wire.xml_tree import Element, named, read_xml, write_xml

OWN = "oc"
"""Prefix of our own namespace in the paths below."""

UNKNOWN_BAN = ("BRD", ("U",))
"""What it means that an entry does not say whether the federal firearm ban applies. Source: the standard's indicator
is true or false only."""

_STEP = re.compile(r"([\w-]+:\w+)(\*)?(?:\[(!)?([\w-]+:\w+)(?:=([^\]]*))?\])?")
_NAME_PARTS = ("PersonGivenName", "PersonMiddleName", "PersonSurName", "PersonNameSuffixText")


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a field's values stand.

    `path`: elements divided by slashes, from the place the slot's table says. `*` after the one that repeats for every
    value; `[x:Name=text]` for a child with just that text, `[!x:Name=text]` for none such, `[!x:Name]` for none of that
    name.
    """

    code: str
    path: str
    spelling: Spelling = AS_IT_IS
    is_name: bool = False


@dataclass(frozen=True, slots=True)
class Dialect:
    """One release of the standard. Both tables are in the order in which its schemas want the elements.

    `protected_path` leads from the root to the element of each protected person, where the slots of `protected` begin.
    `link` puts in what says which element is about which.
    """

    form: Form
    namespaces: Mapping[str, str]
    order: tuple[Slot, ...]
    protected_path: str
    protected: tuple[Slot, ...]
    link: Callable[[Element], None]

    def name(self, prefixed: str) -> str:
        """`j:ProtectionOrder` as an `Element` is named."""
        prefix, _, local = prefixed.partition(":")
        return named(self.namespaces[prefix], local)


@dataclass(frozen=True, slots=True)
class _Step:
    name: str
    repeats: bool
    child: str
    child_text: str
    is_without: bool

    def __post_init__(self) -> None:
        if self.child and not self.is_without and not self.child_text:
            raise ValueError("a child that marks an element needs a text")

    @property
    def is_marked(self) -> bool:
        return bool(self.child) and not self.is_without

    def marks(self, element: Element) -> list[Element]:
        """The children the step speaks of."""
        if not self.child:
            return []
        return [one for one in element.named(self.child) if not self.child_text or one.text == self.child_text]

    def fits(self, element: Element) -> bool:
        return not self.child or bool(self.marks(element)) != self.is_without


def compose_order(dialect: Dialect, message: Message) -> str:
    """The document. Raises: ValueError for a message that is not about an order's record (a bug of the caller)."""
    row = MESSAGE_KEY_BY_CODE[message.key]
    if not is_about_an_order(row):
        raise ValueError(f"{message.key} is not about an order's record")
    root = Element(dialect.name("oc:OrderExchange"))
    root.children.append(_header(dialect, message))
    root.children.append(Element(dialect.name("j:ProtectionOrder")))
    placed = {code for code, values in (UNKNOWN_BAN,) if _leaves_ban_out(row) and message.values(code) == values}
    for slot in dialect.order:
        if _place(dialect, root, slot, message.values(slot.code)):
            placed.add(slot.code)
    placed |= _place_protected(dialect, root, message)
    left = [(code, values) for code, values in in_row_order(message.fields, message.key) if code not in placed]
    if left:
        root.children.append(_augmentation(dialect, left))
    dialect.link(root)
    return write_xml(root, {namespace: prefix for prefix, namespace in dialect.namespaces.items()})


def parse_order(dialect: Dialect, text: str, *, today: date) -> Message:
    """The message in a document, fields in the order of its key's row. Raises: Rejected with all faults."""
    root = read_xml(text)
    if root.name != dialect.name("oc:OrderExchange"):
        accepted = f"OrderExchange of {dialect.namespaces[OWN]}"
        raise Rejected(Fault(FaultCode.HEADER, "", f"the document is a {root.local[:40]}", accepted))
    reader = _Reader(dialect, root)
    key, ori, destinations, control = reader.header()
    row = MESSAGE_KEY_BY_CODE.get(key)
    if row is not None and not is_about_an_order(row):
        accepted = "a key about an order's record, such as EPO"
        raise Rejected(Fault(FaultCode.KEY, "MKE", f"{key} is not sent in this form", accepted))
    fields = [*reader.fields(), *reader.protected(), *reader.augmented()]
    if row is not None and _leaves_ban_out(row) and not any(code == UNKNOWN_BAN[0] for code, _ in fields):
        fields.append(UNKNOWN_BAN)
    return message_of(
        Parts(
            key=key,
            ori=ori,
            destinations=destinations,
            control=control,
            fields=in_row_order(fields, key),
            form=dialect.form,
            text=text,
            faults=tuple(reader.faults),
            wrong=tuple(fault.field for fault in reader.faults if fault.field),
            warnings=tuple(reader.unread()),
        ),
        today=today,
    )


def is_about_an_order(row: MessageKey) -> bool:
    """Whether the key enters or changes an order's record: only these have a document."""
    return row.family is Family.RECORD and File.ORDERS in row.files


def _leaves_ban_out(row: MessageKey) -> bool:
    """Whether a message with this key always says it, so that its absence can mean one thing only."""
    return any(use.code == UNKNOWN_BAN[0] and use.need is Need.MANDATORY for use in row.fields)


def _header(dialect: Dialect, message: Message) -> Element:
    said = [("oc:MessageKeyCode", message.key), ("oc:SenderID", message.ori)]
    said += [("oc:DestinationID", destination) for destination in message.destinations]
    if message.control:
        said.append(("oc:ControlID", message.control))
    children = [Element(dialect.name(name), text=text) for name, text in said]
    return Element(dialect.name("oc:ExchangeHeader"), children=children)


def _augmentation(dialect: Dialect, left: list[tuple[str, tuple[str, ...]]]) -> Element:
    fields = []
    for code, values in left:
        # A single empty value takes the field off the record; an empty one of several only keeps its place.
        texts = [Element(dialect.name("oc:Value"), text=value) for value in values if value or len(values) > 1]
        fields.append(Element(dialect.name("oc:Field"), {"code": code}, texts))
    return Element(dialect.name("oc:OrderAugmentation"), children=fields)


def _fits(slot: Slot, values: tuple[str, ...]) -> bool:
    """Whether the element can hold every one of the values."""
    spelled = [slot.spelling.writes(value) for value in values]
    return bool(values) and all(spelled) and (not slot.is_name or all(_is_divisible(value) for value in values))


def _place(dialect: Dialect, root: Element, slot: Slot, values: tuple[str, ...]) -> bool:
    """Whether the field now stands where the slot says, all its values or none."""
    steps = _steps(dialect, slot.path)
    if not _fits(slot, values) or (len(values) > 1 and not any(step.repeats for step in steps)):
        return False
    for value in values:
        element = _made(root, steps)
        if slot.is_name:
            element.children = list(_name_parts(dialect, value))
        else:
            element.text = slot.spelling.writes(value)
        # What marks an element stands behind what it says, in both releases.
        _mark(root, steps)
    return True


def _place_protected(dialect: Dialect, root: Element, message: Message) -> set[str]:
    """Puts protected persons in, the first values of all their fields together; which fields found a place. Of what is
    not known of a person there is no element."""
    held = [slot for slot in dialect.protected if _fits(slot, tuple(filter(None, message.values(slot.code))))]
    count = max((len(message.values(slot.code)) for slot in held), default=0)
    placed = [slot for slot in held if len(message.values(slot.code)) == count]
    for place in range(count):
        person = _made(root, _steps(dialect, dialect.protected_path))
        for slot in placed:
            if message.values(slot.code)[place]:
                _place(dialect, person, slot, message.values(slot.code)[place : place + 1])
    return {slot.code for slot in placed}


def _made(element: Element, steps: tuple[_Step, ...]) -> Element:
    """The element at the end of the path, made where it is not there; the repeating one always anew."""
    for place, step in enumerate(steps):
        is_new = step.repeats or bool(step.child) or place == len(steps) - 1
        held = [] if is_new else list(element.named(step.name))
        element = held[-1] if held else _added(element, step.name)
    return element


def _added(element: Element, name: str) -> Element:
    child = Element(name)
    element.children.append(child)
    return child


def _mark(element: Element, steps: tuple[_Step, ...]) -> None:
    for step in steps:
        element = list(element.named(step.name))[-1]
        if step.is_marked and not step.marks(element):
            element.children.append(Element(step.child, text=step.child_text))


def _is_divisible(name: str) -> bool:
    """Whether the name's parts, put together again, are the same name."""
    try:
        return parse_wire_name(name).wire == name
    except Rejected:
        return False


def _name_parts(dialect: Dialect, name: str) -> Iterator[Element]:
    parts = parse_wire_name(name)
    for local, text in zip(_NAME_PARTS, (parts.given, parts.middle, parts.surname, parts.suffix), strict=True):
        if text:
            yield Element(dialect.name(f"nc:{local}"), text=text)


class _Reader:
    """Takes fields out of a document and remembers what it has not taken."""

    def __init__(self, dialect: Dialect, root: Element) -> None:
        self.faults: list[Fault] = []
        self._dialect = dialect
        self._root = root
        self._taken: set[int] = set()

    def header(self) -> tuple[str, str, tuple[str, ...], str]:
        """Message key, sender, destinations, control field."""
        said: dict[str, list[str]] = {}
        for header in self._root.named(self._dialect.name("oc:ExchangeHeader")):
            for child in header.children:
                said.setdefault(child.local, []).append(child.text)
                self._take(child)
        for name in ("MessageKeyCode", "SenderID", "ControlID"):
            if len(said.get(name, [])) > 1:
                self.faults.append(Fault(FaultCode.HEADER, "", f"{name} is there more than once", f"one {name}"))
        key, ori, control = (said.get(name, [""])[0] for name in ("MessageKeyCode", "SenderID", "ControlID"))
        return key, ori, tuple(said.get("DestinationID", [])), control

    def fields(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """What the slots of the order and the restrained person hold."""
        for slot in self._dialect.order:
            values = self._values(self._root, slot)
            if values:
                yield slot.code, values

    def protected(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """What the protected persons' slots hold, an empty place for whom one says nothing; but each has a name."""
        persons = list(_found(self._root, _steps(self._dialect, self._dialect.protected_path)))
        for slot in self._dialect.protected:
            held = [self._values(person, slot) for person in persons]
            lacking = [place for place, values in enumerate(held, start=1) if not values]
            if any(len(values) > 1 for values in held):
                self.faults.append(
                    Fault(FaultCode.TOO_MANY, slot.code, "is there twice for one protected person", "one for each")
                )
            elif lacking and len(lacking) < len(held) and not FIELD_BY_CODE[slot.code].may_have_gaps:
                text = f"protected person {lacking[0]} of {len(held)} has none"
                self.faults.append(
                    Fault(FaultCode.FIELD_SET, slot.code, text, "for every protected person, or for none")
                )
            elif len(lacking) < len(held):
                yield slot.code, tuple(values[0] if values else "" for values in held)

    def augmented(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The fields in our own part; one without a value is a blank one."""
        for augmentation in self._root.named(self._dialect.name("oc:OrderAugmentation")):
            for field in augmentation.named(self._dialect.name("oc:Field")):
                values = list(field.named(self._dialect.name("oc:Value")))
                for value in values:
                    self._take(value)
                yield field.attributes.get("code", ""), tuple(value.text for value in values) or ("",)

    def unread(self) -> Iterator[str]:
        """A warning for every element that says something no field holds."""
        for leaf in self._root.leaves():
            if id(leaf) not in self._taken:
                yield f"{leaf.local[:60]} of the document is not taken: '{leaf.text[:40]}'"

    def _values(self, top: Element, slot: Slot) -> tuple[str, ...]:
        values = []
        for element in _found(top, _steps(self._dialect, slot.path), self._take):
            try:
                text = self._name(element, slot) if slot.is_name else element.text
                self._take(element)
                values.append(slot.spelling.reads(text))
            except ValueError as error:
                self.faults.append(
                    Fault(FaultCode.VALUE, slot.code, f"'{element.text[:40]}' cannot be read", str(error))
                )
            except Rejected as rejected:
                self.faults.extend(rejected.faults)
        return tuple(values)

    def _name(self, element: Element, slot: Slot) -> str:
        parts = {
            local: " ".join(child.text for child in element.named(self._dialect.name(f"nc:{local}")))
            for local in (*_NAME_PARTS, "PersonFullName")
        }
        given, middle, surname, suffix = (parts[local] for local in _NAME_PARTS)
        for child in element.children:
            if child.local in _NAME_PARTS or (child.local == "PersonFullName" and not surname):
                self._take(child)
        if not surname:
            return parse_plain_name(parts["PersonFullName"], field=slot.code).wire
        rest = " ".join(f"{given} {middle} {suffix}".split())
        return f"{surname},{rest}" if rest else surname

    def _take(self, element: Element) -> None:
        self._taken.add(id(element))


def _found(
    top: Element, steps: tuple[_Step, ...], take: Callable[[Element], None] = lambda _: None
) -> Iterator[Element]:
    """The elements at the end of the path; `take` is told of the children that mark them."""
    if not steps:
        yield top
        return
    step, *rest = steps
    for child in top.named(step.name):
        if not step.fits(child):
            continue
        for mark in step.marks(child):
            take(mark)
        yield from _found(child, tuple(rest), take)


@cache
def _steps_of(namespaces: tuple[tuple[str, str], ...], path: str) -> tuple[_Step, ...]:
    known = dict(namespaces)

    def name(prefixed: str | None) -> str:
        prefix, _, local = (prefixed or "").partition(":")
        return named(known[prefix], local) if local else ""

    steps = []
    for match in _STEP.finditer(path):
        element, star, negated, child, text = match.groups()
        steps.append(_Step(name(element), bool(star), name(child), text or "", bool(negated)))
    return tuple(steps)


def _steps(dialect: Dialect, path: str) -> tuple[_Step, ...]:
    return _steps_of(tuple(dialect.namespaces.items()), path)
