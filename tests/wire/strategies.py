"""Any message that the catalogue allows, made from its rows: the row's own example, changed in any field it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache

from hypothesis import strategies as st

from openclets.vocabulary.codes import code_table
from openclets.vocabulary.cross_edits import AsManyAs, WholeOrAbsent
from openclets.vocabulary.fields import Edit, Field
from openclets.vocabulary.messages import MESSAGE_KEY_BY_CODE, MESSAGE_KEYS, Direction, MessageKey, fields_of
from openclets.vocabulary.messages.examples import message_of as example_of
from openclets.vocabulary.sign_on import encode_secret
from openclets.wire.message import Message
from openclets.wire.niem_order import is_about_an_order
from openclets.wire.parse import parse_message
from openclets.wire.typed_message import Parts, read_parts

TODAY = date(2026, 11, 22)

SENDABLE = tuple(row.key for row in MESSAGE_KEYS if row.direction is not Direction.OUT)
FROM_SWITCH = tuple(row.key for row in MESSAGE_KEYS if row.direction is Direction.OUT)
ORDER_KEYS = tuple(row.key for row in MESSAGE_KEYS if is_about_an_order(row))

_NAME_PART = st.sampled_from(
    "A DOE O'BRIEN SMITH-JONES DE LA CRUZ NUÑEZ ÅSE MCDONALD LI JOSÉ MARÍA BJÖRK ŁUKASZ X ÞÓR ابن 李".split()
).flatmap(lambda word: st.sampled_from([word, f"{word} {word}", f"DE {word}", f"{word}-LEE"]))
_SUFFIX = st.sampled_from(["", "", "", " JR", " III"])
_NUMBER = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=1, max_size=20)
_WORDS = st.lists(st.text("ABCDEFGHJKLMNPÉ0123456789-'#&<>\"+:;?!", min_size=1, max_size=9), min_size=1, max_size=6)


def _names() -> st.SearchStrategy[str]:
    whole = st.builds(lambda surname, given, suffix: f"{surname},{given}{suffix}", _NAME_PART, _NAME_PART, _SUFFIX)
    return st.one_of(whole, whole, _NAME_PART)


def _days(first: date, last: date) -> st.SearchStrategy[str]:
    return st.integers(0, (last - first).days).map(lambda days: f"{first + timedelta(days):%Y%m%d}")


def _oris(ending: str = "ABCDEFGHIJ0123456789") -> st.SearchStrategy[str]:
    digits = st.text("0123456789", min_size=6, max_size=6)
    return st.builds(
        lambda state, middle, last: f"{state}{middle}{last}",
        st.sampled_from(["CA", "NV", "OR", "NY"]),
        digits,
        st.sampled_from(ending),
    )


_RECORD = st.builds(
    lambda letter, digits: f"{letter}{digits}",
    st.sampled_from("HWVGABSM"),
    st.text("0123456789", min_size=9, max_size=9),
)
_HEIGHTS = st.builds(lambda feet, inches: f"{feet}{inches:02d}", st.integers(4, 7), st.integers(0, 11))
_LINES = st.lists(_WORDS.map(" ".join), min_size=1, max_size=4)
_TEXTS = _LINES.map(lambda lines: ".\n".join(lines) + " QW/1.TXT X.")

_VALUES: Mapping[Edit, Callable[[Field], st.SearchStrategy[str]]] = {
    Edit.NAME: lambda field: _names(),
    Edit.BIRTH_DATE: lambda field: _days(date(1900, 1, 1), TODAY),
    Edit.PAST_DATE: lambda field: _days(date(2020, 1, 1), TODAY),
    Edit.DATE: lambda field: _days(date(2020, 1, 1), date(2036, 1, 1)),
    Edit.EXPIRY: lambda field: st.one_of(st.just("NONEXP"), _days(TODAY, date(2046, 1, 1))),
    Edit.MOMENT: lambda field: _days(date(2020, 1, 1), TODAY).map(lambda day: f"{day}@0930"),
    Edit.YEAR: lambda field: st.integers(1950, 2030).map(str),
    Edit.YEAR_OR_NONE: lambda field: st.one_of(st.just("NX"), st.integers(1950, 2030).map(str)),
    Edit.TABLE: lambda field: st.sampled_from(list(code_table(field.table).meanings)),
    Edit.CHOICE: lambda field: st.sampled_from([code for code, _ in field.choices]),
    Edit.PURPOSE: lambda field: st.sampled_from("CDEFHIJSVX"),
    Edit.FILE_CONTROL_NUMBER: lambda field: st.text("0123456789", min_size=13, max_size=13),
    Edit.ONE_TIME_CODE: lambda field: st.text("0123456789", min_size=6, max_size=6),
    Edit.HEIGHT: lambda field: _HEIGHTS,
    Edit.WEIGHT: lambda field: st.integers(50, 499).map(lambda pounds: f"{pounds:03d}"),
    Edit.SOCIAL_SECURITY: lambda field: st.builds(
        lambda area, group, serial: f"{area:03d}{group:02d}{serial:04d}",
        st.integers(1, 665),
        st.integers(1, 99),
        st.integers(1, 9999),
    ),
    Edit.TYPED_NUMBER: lambda field: st.builds(
        lambda kind, number: f"{kind}-{number}", st.sampled_from(list(code_table(field.table).meanings)), _NUMBER
    ),
    Edit.PRINT_CLASS: lambda field: st.lists(
        st.sampled_from(list(code_table("FPC").meanings)), min_size=10, max_size=10
    ).map("".join),
    Edit.RECORD_NUMBER: lambda field: _RECORD,
    Edit.RECORD_NUMBER_OR_NONE: lambda field: st.one_of(st.just("NONE"), _RECORD),
    Edit.COLOUR: lambda field: st.builds(
        lambda one, other: f"{one}/{other}", st.sampled_from(["BLU", "RED", "BLK"]), st.sampled_from(["WHI", "GRN"])
    ),
    Edit.ORI: lambda field: _oris(),
    Edit.COURT: lambda field: _oris("J"),
    Edit.WHERE: lambda field: st.one_of(st.just("NV"), _oris()),
    Edit.PERSON_TEXT: lambda field: st.sampled_from(["CHEN 4417", "NUÑEZ,ANA #7", "D'ARCY"]),
    Edit.TEXT: lambda field: _WORDS.map(" ".join),
    Edit.LONG_TEXT: lambda field: _WORDS.map(" ".join),
    Edit.SEARCH: lambda field: st.sampled_from(["DOE", "DOE JOHN", "HOLLO* DEREK"]),
    Edit.USER_NAME: lambda field: st.sampled_from(["chen", "de_la-cruz7"]),
    Edit.BASE64URL: lambda field: st.text(min_size=1, max_size=20).map(_secret),
    Edit.TICKET: lambda field: st.text("abcXYZ019-_", min_size=20, max_size=43),
    Edit.SEQUENCE: lambda field: st.integers(0, 99_999_999).map(str),
}


def _secret(text: str) -> str:
    return encode_secret(text.encode("utf-8", "replace").decode())


def _values_of(field: Field) -> st.SearchStrategy[str]:
    """Values that mostly fit the field; what does not is left out again when the message is read."""
    if field.code == "VMO":
        return st.sampled_from(["CIV", "ACC", "MUS"])
    make = _VALUES.get(field.edit)
    return make(field) if make else _NUMBER


@cache
def example(key: str) -> Message:
    """The message of the key's own example."""
    row = MESSAGE_KEY_BY_CODE[key]
    return parse_message(example_of(row, row.example), today=TODAY, from_switch=key in FROM_SWITCH)


@st.composite
def messages(
    draw: st.DrawFn, keys: tuple[str, ...] = SENDABLE, *, has_header_parts: bool = True, is_shuffled: bool = True
) -> Message:
    """Any message with one of these keys that its row allows, in the spelling a reader gives it."""
    row = MESSAGE_KEY_BY_CODE[draw(st.sampled_from(keys))]
    fields = fields_of(row.key)
    message = example(row.key)
    if row.text_field:
        text = draw(_TEXTS)
        message = _held(message, {row.text_field: (text,)}) or message
    elif fields:
        fewest = min(4, len(fields))
        for code in draw(st.lists(st.sampled_from(list(fields)), min_size=fewest, max_size=12, unique=True)):
            message = _changed(draw, row, message, code)
    for code, _ in message.fields:
        if draw(st.integers(0, 3)) == 0:
            message = _held(message, {one: values for one, values in message.fields if one != code}) or message
    sent = dict(draw(st.permutations(message.fields))) if is_shuffled else dict(message.fields)
    destinations: tuple[str, ...] = message.destinations
    control = ""
    if has_header_parts:
        control = draw(st.sampled_from(["", "AB12345678", "!\"#$%&'()*", "0000000000"]))
        if row.destinations is None:
            destinations = draw(st.sampled_from([(), ("NV",), ("NV0020100", "CA0990200")]))
    changed = _held(message, sent, ori=draw(_oris()), destinations=destinations, control=control)
    assert changed is not None
    return changed


def _changed(draw: st.DrawFn, row: MessageKey, message: Message, code: str) -> Message:
    """The message with new values in one field and in those that go with it; the message itself where no row takes
    them."""
    fields = fields_of(row.key)
    together = {code}
    for edit in row.edits:
        if isinstance(edit, WholeOrAbsent) and code in edit.codes:
            together |= set(edit.codes)
    count = draw(st.integers(1, fields[code].max_values)) if fields[code].max_values < 10 else 2
    for edit in row.edits:
        if isinstance(edit, AsManyAs) and code in (edit.leader, *edit.codes):
            together |= {edit.leader, *(one for one in edit.codes if message.values(one))}
    sent = dict(message.fields)
    for one in sorted(together):
        most = count if fields[one].max_values > 1 else 1
        sent[one] = tuple(draw(_values_of(fields[one])) for _ in range(most))
        if fields[one].may_have_gaps and most > 1:
            unknown = draw(st.sets(st.integers(0, most - 1), max_size=most - 1))
            sent[one] = tuple("" if place in unknown else value for place, value in enumerate(sent[one]))
    if code in ("SVC", "SVD") and {"SVC", "SVD"} <= fields.keys():
        is_served = draw(st.booleans())
        sent["SVC"] = ("1" if is_served else draw(st.sampled_from("23")),)
        sent["SVD"] = (draw(_days(date(2026, 6, 1), TODAY)),)
        if not is_served:
            del sent["SVD"]
    if row.blank_deletes and draw(st.integers(0, 3)) == 0:
        sent[code] = ("",)
    return _held(message, sent) or message


def _held(
    message: Message,
    sent: Mapping[str, tuple[str, ...]],
    *,
    ori: str = "",
    destinations: tuple[str, ...] | None = None,
    control: str = "",
) -> Message | None:
    """The message with these fields, if its row takes them."""
    parts = Parts(
        key=message.key,
        ori=ori or message.ori,
        destinations=message.destinations if destinations is None else destinations,
        control=control,
        fields=tuple(sent.items()),
        form="tagged",
        text=message.text,
    )
    return read_parts(parts, today=TODAY, from_switch=message.key in FROM_SWITCH).message
