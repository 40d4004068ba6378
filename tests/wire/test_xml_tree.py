"""XML is read without entities, without fetching anything, in bounded time, and written so that it reads back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openclets.vocabulary.errors import Rejected
from openclets.wire.xml_tree import Element, is_writable, named, read_xml, write_xml
from tests.wire.hostile import MEGABYTE, check_faults, check_time, noise


def faults_of(text: str) -> list[str]:
    with pytest.raises(Rejected) as caught:
        read_xml(text)
    return [fault.code for fault in caught.value.faults]


BILLION_LAUGHS = (
    '<!DOCTYPE a [<!ENTITY x0 "ha">' + "".join(f'<!ENTITY x{n} "&x{n - 1};&x{n - 1};">' for n in range(1, 30)) + "]>"
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (BILLION_LAUGHS + "<a>&x29;</a>", "00"),
        ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "00"),
        ('<!DOCTYPE a SYSTEM "http://127.0.0.1:1/x.dtd"><a/>', "00"),
        ("<a>&x;</a>", "00"),
        ("<a><b></a></b>", "00"),
        ("<a/><a/>", "00"),
        ("<a>" * 25 + "</a>" * 25, "35"),
        ("<a>" + "<b/>" * 5000 + "</a>", "35"),
        ("<a " + " ".join(f"x{n}=''" for n in range(17)) + "/>", "35"),
        ("<a xmlns='" + "x" * 201 + "'/>", "36"),
        ("<a>" + "x" * 262_144 + "</a>", "36"),
        ("<a>\ud800</a>", "37"),
        ("", "00"),
    ],
)
def test_what_is_dangerous_or_broken_is_refused_by_number(text: str, code: str) -> None:
    assert faults_of(text) == [code]


def test_no_file_is_read_for_an_entity(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    text = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]><a>&x;</a>'
    with pytest.raises(Rejected) as caught:
        read_xml(text)
    assert "SECRET" not in str(caught.value)


def test_what_a_document_says_of_its_encoding_does_not_matter() -> None:
    assert read_xml('<?xml version="1.0" encoding="UTF-16"?><a>é</a>').text == "é"


def test_a_namespace_is_part_of_the_name_whatever_its_prefix() -> None:
    one, other = read_xml('<x:a xmlns:x="urn:u"/>'), read_xml('<a xmlns="urn:u"/>')
    assert one.name == other.name == named("urn:u", "a")


TEXTS = st.text(max_size=20).map(lambda text: " ".join(text.split())).filter(is_writable)
TREES = st.recursive(
    st.builds(lambda text: Element(named("urn:u", "leaf"), {"code": text[:5]}, [], text), TEXTS),
    lambda inner: st.builds(
        lambda children: Element(named("urn:u", "node"), {}, children), st.lists(inner, min_size=1, max_size=3)
    ),
    max_leaves=8,
)


@given(TREES)
def test_what_is_written_is_read_back(tree: Element) -> None:
    assert read_xml(write_xml(tree, {"urn:u": "u"})) == tree


@pytest.mark.parametrize("text", ["\x00", "\x0b", "\ufffe", "\ud800", " x", "a\rb"])
def test_what_xml_cannot_hold_is_not_written(text: str) -> None:
    with pytest.raises(ValueError, match="leaf"):
        write_xml(Element(named("urn:u", "leaf"), text=text), {"urn:u": "u"})


@given(
    noise(
        "<a>",
        "</a>",
        "<b c='1'>",
        "</b>",
        "&lt;",
        "&#0;",
        "&#55296;",
        "<![CDATA[",
        "]]>",
        "<!DOCTYPE a []>",
        "<?x?>",
        ":",
    )
)
def test_any_text_gives_a_tree_or_a_fault(text: str) -> None:
    check_faults(lambda: read_xml(text))


@pytest.mark.parametrize(
    "piece",
    ["<a>", "<a/>", "<a b='1'>", "&amp;", "x", "<!--", "<![CDATA[", "&#x10ffff;", " ", "<a xmlns:b='c'>", "]]>"],
)
@pytest.mark.parametrize("length", [262_000, MEGABYTE])
def test_hostile_text_of_a_megabyte_takes_at_most_50_ms(piece: str, length: int) -> None:
    check_time(lambda: read_xml("<r xmlns:u='" + "u" * 199 + "'>" + piece * (length // len(piece))))
