"""XML as a small tree, read and written safely: no document type, so no entity and nothing fetched; bounded in all.

A standard parser does the reading (expat, by way of Python's own binding); what is dangerous about XML is refused
before it can begin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from openclets.vocabulary.errors import Fault, Rejected
from openclets.vocabulary.faults import FaultCode

MAX_XML_CHARACTERS = 262_144
"""Longest document. Own decision: four times the longest message text, for the tags around it."""

MAX_DEPTH = 24
"""Own decision: an order needs eight levels."""

MAX_ELEMENTS = 4_000
MAX_ATTRIBUTES = 16

MAX_NAME_CHARACTERS = 200
"""Longest namespace and local name. Without it a long namespace is copied for each of its elements."""

_NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})
_BETWEEN = " "
"""Stands between namespace and name; neither can hold it."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(slots=True)
class Element:
    """One element: `name` is `namespace local`, divided by a blank; `text` is all text directly in it, trimmed."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=lambda: _NO_ATTRIBUTES)
    children: list[Element] = field(default_factory=list)
    text: str = ""

    @property
    def local(self) -> str:
        return self.name.rpartition(_BETWEEN)[2]

    def named(self, name: str) -> Iterator[Element]:
        """The children of that name, in order."""
        return (child for child in self.children if child.name == name)

    def leaves(self) -> Iterator[Element]:
        """Every element without children that says something, in document order."""
        if not self.children and self.text:
            yield self
        for child in self.children:
            yield from child.leaves()


def named(namespace: str, local: str) -> str:
    """The name of an element or attribute as `Element` holds it."""
    return f"{namespace}{_BETWEEN}{local}"


def read_xml(text: str) -> Element:
    """The root of the document.

    Raises: Rejected (36 too long, 35 too many or too deep, 37 half a character, 00 anything else).
    """
    if len(text) > MAX_XML_CHARACTERS:
        raise _wrong(
            FaultCode.TOO_LONG, f"the document has {len(text)} characters", f"at most {MAX_XML_CHARACTERS} characters"
        )
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:
        raise _wrong(FaultCode.CHARACTERS, "the text holds half a character", "whole Unicode characters") from None
    reader = _Reader()
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        what = expat.errors.messages.get(error.code, "not well formed")
        raise _wrong(
            FaultCode.FORMAT, f"line {error.lineno} of the document: {what}", "an XML document without faults"
        ) from None
    return reader.root


def write_xml(root: Element, prefixes: Mapping[str, str]) -> str:
    """The document, indented. `prefixes`: namespace to prefix, all declared on the root.

    Raises: ValueError for a character that XML has no way to write (a bug of the caller).
    """
    declared = " ".join(f'xmlns:{prefix}="{namespace}"' for namespace, prefix in prefixes.items())
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', *_lines(root, prefixes, "", f" {declared}")]
    return "\n".join(lines) + "\n"


def is_writable(text: str) -> bool:
    """Whether XML can hold every character of the text and give it back unchanged."""
    return not _NOT_XML.search(text) and "\r" not in text and text == text.strip()


def _lines(element: Element, prefixes: Mapping[str, str], indent: str, declared: str = "") -> Iterator[str]:
    tag = _prefixed(element.name, prefixes)
    attributes = "".join(
        f" {_prefixed(name, prefixes)}={quoteattr(value)}" for name, value in element.attributes.items()
    )
    if element.children:
        yield f"{indent}<{tag}{declared}{attributes}>"
        for child in element.children:
            yield from _lines(child, prefixes, indent + "  ")
        yield f"{indent}</{tag}>"
    elif not is_writable(element.text):
        raise ValueError(f"{element.local} holds a character that XML cannot hold")
    elif element.text:
        yield f"{indent}<{tag}{declared}{attributes}>{escape(element.text)}</{tag}>"
    else:
        yield f"{indent}<{tag}{declared}{attributes}/>"


def _prefixed(name: str, prefixes: Mapping[str, str]) -> str:
    namespace, _, local = name.rpartition(_BETWEEN)
    return f"{prefixes[namespace]}:{local}" if namespace else local


class _Reader:
    """Builds the tree from expat's events and stops at the first thing that is not taken."""

    def __init__(self) -> None:
        self.root = Element("")
        self._open: list[Element] = []
        self._texts: list[list[str]] = []
        self._elements = 0
        # Bytes are UTF-8 whatever the document says of itself.
        self.parser = expat.ParserCreate("utf-8", _BETWEEN)
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse_document_type
        self.parser.StartNamespaceDeclHandler = self._check_namespace
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._take_text

    def _refuse_document_type(self, *_: object) -> None:
        raise _wrong(FaultCode.FORMAT, "the document declares a document type", "XML without <!DOCTYPE")

    def _check_namespace(self, _: str | None, namespace: str | None) -> None:
        if namespace and len(namespace) > MAX_NAME_CHARACTERS:
            accepted = f"at most {MAX_NAME_CHARACTERS} characters"
            raise _wrong(FaultCode.TOO_LONG, "the name of a namespace is too long", accepted)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > MAX_ELEMENTS or len(attributes) > MAX_ATTRIBUTES:
            accepted = f"at most {MAX_ELEMENTS} elements with {MAX_ATTRIBUTES} attributes each"
            raise _wrong(FaultCode.TOO_MANY, "the document has too many elements or attributes", accepted)
        if len(self._open) >= MAX_DEPTH:
            raise _wrong(FaultCode.TOO_MANY, "elements lie too deep in each other", f"at most {MAX_DEPTH} levels")
        element = Element(name, attributes)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)
        self._texts.append([])

    def _end(self, _: str) -> None:
        self._open.pop().text = "".join(self._texts.pop()).strip()

    def _take_text(self, text: str) -> None:
        self._texts[-1].append(text)


def _wrong(code: FaultCode, text: str, accepted: str) -> Rejected:
    return Rejected(Fault(code, "", text, accepted))
