"""Reading court forms as a whole: which documents are read at all, what guards the tables, and the verb."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openclets.journal.models import Body, Entry
from openclets.orders.court_forms import form as court_form
from openclets.orders.court_forms.form import FormReading, interpret, read_form
from openclets.orders.court_forms.reading import read_court_form
from openclets.orders.court_forms.sheet import says
from openclets.orders.document_child import fields_of
from openclets.vocabulary.errors import Refused, Rejected
from tests.county import County
from tests.simulators.documents import circular_fields, one_page_pdf, picture
from tests.simulators.fillable_form import (
    TABLES,
    FillableForm,
    MadeField,
    blank_form,
    fields_of_table,
    made_bytes,
    make_form,
    official_bytes,
)

TODAY = date(2026, 11, 22)
P1 = "DV-110[0].Page1[0]."
NAME = P1 + "List2[0].Li1[0].ParentRel[0]"
NO_ABUSE = "DV-110[0].Page3[0].List10[0].item7_cb"


def code_of(rejected: Rejected) -> list[str]:
    return [fault.code for fault in rejected.faults]


# ---- the tables against the official forms


@pytest.mark.official_forms
@pytest.mark.parametrize("code", TABLES)
def test_every_field_of_a_table_is_in_the_official_form_with_the_meaning_it_has_there(code: str) -> None:
    form = blank_form(code, "official")
    wrong = [
        (made.name, made.tooltip.strip(" :").lower(), form.tooltip(made.name) if made.name in form.names else "missing")
        for made in fields_of_table(TABLES[code])
        if made.name not in form.names or not says(form.tooltip(made.name), made.tooltip.strip().lower()[:-1].strip())
    ]
    assert wrong == []


@pytest.mark.official_forms
@pytest.mark.parametrize(
    ("code", "name", "tooltip"),
    [
        ("DV-110", "DV-110[0].Page3[0].List10[0].item7_cb[0]", "Denied until the hearing"),
        ("DV-110", "DV-110[0].Page3[0].List10[0].item7_cb[1]", "Not requested"),
        ("DV-110", "DV-110[0].Page4[0].List11[0].item8_cb[0]", "Not requested"),
        ("DV-110", "DV-110[0].Page4[0].List11[0].item8_cb[1]", "Denied until the hearing"),
        ("DV-110", "DV-110[0].Page4[0].List12[0].item9_cb[2]", "Granted as follows:"),
        ("DV-110", "DV-110[0].Page1[0].OrigAmen_cb[1]", "Amended Order"),
        ("DV-130", "DV-130[0].Page1[0].TopOrder_cb[1]", "Amended Order"),
        ("DV-130", "DV-130[0].Page6[0].List16[0].Li16a[0].FieldName_cb8[0]", "Vehicle of person in 1. "),
        ("DV-130", "DV-130[0].Page1[0].List4[0].Item4[0].time4_cb[2]", "midnight "),
        ("CLETS-001", "CLETS-001[0].Page1[0].List1[0].Li1[0].item1firearmME[0]", "No"),
    ],
)
def test_the_official_form_still_means_by_a_box_what_it_meant(code: str, name: str, tooltip: str) -> None:
    assert blank_form(code, "official").tooltip(name) == tooltip


def with_tooltips(**changed: str) -> FillableForm:
    """A made DV-110 in which boxes of item 10 say something else."""
    swapped = {f"{NO_ABUSE}[{number[1:]}]": tooltip for number, tooltip in changed.items()}
    return FillableForm(
        make_form(
            MadeField(made.name, swapped.get(made.name, made.tooltip), made.page, made.is_box)
            for made in fields_of_table(TABLES["DV-110"])
        )
    )


def test_a_revision_that_gives_a_box_another_meaning_is_not_read_there_and_says_so() -> None:
    revised = with_tooltips(_0="Granted as follows:", _2="Denied until the hearing")
    for number in (0, 1, 2):
        reading = interpret(
            fields_of(revised.filled({f"{NO_ABUSE}[{number}]": True, NAME: "Derek Holloway"})), today=TODAY
        )
        assert reading.value("no_abuse") == ""
        assert reading.value("restrained_name") == "Derek Holloway"
        assert any(
            "not the revision of January 1, 2025" in warning and "Item 10" in warning for warning in reading.warnings
        )


def test_a_field_that_is_missing_is_named_and_the_rest_is_read() -> None:
    fields = [made for made in fields_of_table(TABLES["DV-110"]) if made.name != P1 + "List4[0].Li1[0].T195[0]"]
    reading = interpret(fields_of(FillableForm(make_form(fields)).filled({NAME: "Derek Holloway"})), today=TODAY)
    assert reading.value("restrained_name") == "Derek Holloway"
    assert any("not read: Item 4" in warning for warning in reading.warnings)


# ---- what is drawn, stored and hidden


def box(name: str, *, shown: bool, stored: bool | None, page: int = 3) -> dict[str, object]:
    tooltips = {0: "Denied until the hearing", 1: "Not requested", 2: "Granted as follows:"}
    return {
        "name": name,
        "kind": "/Btn",
        "tooltip": tooltips[int(name[-2])],
        "page": page,
        "value": "",
        "on_state": "1",
        "shown": shown,
        "stored": stored,
    }


@pytest.mark.parametrize(
    ("shown", "stored", "ordered"),
    [
        (True, True, "yes"),
        (True, None, "yes"),
        (False, True, ""),
        (True, False, ""),
        (False, False, ""),
        (False, None, ""),
    ],
)
def test_a_box_counts_only_when_what_is_drawn_and_what_is_stored_agree(
    shown: bool, stored: bool | None, ordered: str
) -> None:
    found = fields_of(made_bytes("DV-110"))
    found["fields"] = [given for given in found["fields"] if NO_ABUSE not in given["name"]] + [
        box(f"{NO_ABUSE}[0]", shown=False, stored=False),
        box(f"{NO_ABUSE}[1]", shown=False, stored=False),
        box(f"{NO_ABUSE}[2]", shown=shown, stored=stored),
    ]
    reading = interpret(found, today=TODAY)
    assert reading.value("no_abuse") == ordered
    is_disputed = stored is not None and shown != stored
    assert any("drawn and the box stored differ" in warning for warning in reading.warnings) == is_disputed


def test_a_field_that_is_hidden_on_the_paper_is_not_read() -> None:
    document = blank_form("DV-110", "made").filled({NAME: "Derek Holloway"})
    hidden = re.sub(rb"/F 4\b", b"/F 2", document)
    assert read_form(document, today=TODAY).value("restrained_name") == "Derek Holloway"
    assert read_form(hidden, today=TODAY) == FormReading(
        "", "DV-110 Temporary Restraining Order", (), (court_form.NO_FIELDS,)
    )


# ---- XFA


def with_xfa(values: dict[str, str | bool], data: str) -> FormReading:
    packet = (
        f'<xfa:datasets xmlns:xfa="http://www.xfa.org/schema/xfa-data/1.0/"><xfa:data>{data}</xfa:data></xfa:datasets>'
    )
    blank = make_form(fields_of_table(TABLES["DV-110"]), form="/XFA [(datasets) {xfa}]", extra={"xfa": packet.encode()})
    return read_form(FillableForm(blank).filled(values), today=TODAY)


def test_an_xfa_part_that_agrees_or_is_empty_is_no_matter() -> None:
    values: dict[str, str | bool] = {NAME: "Derek Holloway", P1 + "List4[0].Li1[0].T195[0]": "12/11/2026"}
    agrees = "<DV-110><List2><Li1><ParentRel>Derek Holloway</ParentRel></Li1></List2>"
    agrees += (
        "<List4><Li1><T195>2026-12-11</T195></Li1></List4><List3><Li1><item3_cb>0</item3_cb></Li1></List3></DV-110>"
    )
    empty = "<DV-110><List2><Li1><ParentRel/></Li1></List2></DV-110>"
    for data in (agrees, empty):
        reading = with_xfa(values, data)
        assert reading.value("restrained_name") == "Derek Holloway"
        assert not any("second value" in warning for warning in reading.warnings)


def test_an_xfa_part_that_differs_is_said_and_the_fields_are_read() -> None:
    reading = with_xfa(
        {NAME: "Derek Holloway"}, "<DV-110><List2><Li1><ParentRel>Erik Holloway</ParentRel></Li1></List2></DV-110>"
    )
    assert reading.value("restrained_name") == "Derek Holloway"
    assert any("second value, 'Erik Holloway'" in warning for warning in reading.warnings)


def test_entities_in_the_xfa_part_are_never_expanded() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    packet = f"{bomb}<datasets><data><DV-110>&b;</DV-110></data></datasets>".encode()
    document = make_form(fields_of_table(TABLES["DV-110"]), form="/XFA [(datasets) {xfa}]", extra={"xfa": packet})
    assert read_form(document, today=TODAY).form == "DV-110"


def test_a_form_of_xfa_alone_cannot_be_read_and_says_how_to_go_on() -> None:
    packet = b"<datasets><data><DV-110><ParentRel>Derek</ParentRel></DV-110></data></datasets>"
    document = make_form((), form="/XFA [(datasets) {xfa}]", extra={"xfa": packet})
    assert read_form(document, today=TODAY).warnings == (court_form.ONLY_XFA,)


# ---- which documents are read


@pytest.mark.parametrize(
    ("code", "words"), [("DV-100", "request"), ("DV-140", "attachment"), ("DV-200", "proof of service")]
)
@pytest.mark.parametrize("origin", ["made", pytest.param("official", marks=pytest.mark.official_forms)])
def test_a_form_that_is_no_order_is_named_and_not_read(code: str, words: str, origin: str) -> None:
    if origin == "official":
        document = official_bytes(code)
    else:
        document = make_form([MadeField(f"{code}[0].Page1[0].CaseNumber[0]", "Case Number:")])
    with pytest.raises(Rejected) as rejected:
        read_form(document, today=TODAY)
    (fault,) = rejected.value.faults
    assert (fault.code, fault.field) == ("70", "court form")
    assert words in fault.text


def test_a_request_whose_fields_were_flattened_is_known_by_its_title() -> None:
    with pytest.raises(Rejected) as rejected:
        read_form(make_form((), title="DV-100 Request for Domestic Violence Restraining Order"), today=TODAY)
    assert code_of(rejected.value) == ["70"]


@pytest.mark.parametrize("document", [one_page_pdf(), picture("PNG"), picture("JPEG"), picture("TIFF")])
def test_a_scan_or_a_flattened_form_gives_a_plain_reading_to_enter_by_hand(document: bytes) -> None:
    reading = read_form(document, today=TODAY)
    assert (reading.form, reading.fields, reading.warnings) == ("", (), (court_form.NO_FIELDS,))


def test_a_form_of_another_kind_gives_a_plain_reading_to_enter_by_hand() -> None:
    reading = read_form(make_form([MadeField("Tax[0].Name[0]", "Name")]), today=TODAY)
    assert (reading.form, reading.fields, reading.warnings) == ("", (), (court_form.UNKNOWN_FORM,))


@pytest.mark.parametrize(
    ("document", "code"),
    [(b"", "60"), (b"plain text", "62"), (b"<html><script>1</script></html>", "62"), (b"%PDF-1.7\n", "65")],
)
def test_what_is_no_document_is_rejected_with_its_number(document: bytes, code: str) -> None:
    with pytest.raises(Rejected) as rejected:
        read_form(document, today=TODAY)
    assert code_of(rejected.value) == [code]


BOUNDED = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


def outcome_of(document: bytes) -> str:
    """`read`, or the number with which it was rejected; anything else rises."""
    try:
        reading = read_form(document, today=TODAY)
    except Rejected as rejected:
        return rejected.faults[0].code
    return "read" if reading.warnings else "read without a warning"


@BOUNDED
@given(st.binary(max_size=400), st.sampled_from([b"", b"%PDF-1.7\n", b"\xff\xd8\xff", b"II*\x00"]))
def test_random_bytes_give_a_reading_or_are_rejected(tail: bytes, head: bytes) -> None:
    assert outcome_of(head + tail) in {"read", "60", "62", "65", "66"}


@BOUNDED
@given(st.lists(st.tuples(st.integers(0, 40_000), st.integers(0, 255)), min_size=1, max_size=60))
def test_a_form_with_broken_bytes_gives_a_reading_or_is_rejected(changes: list[tuple[int, int]]) -> None:
    document = bytearray(made_bytes("CLETS-001"))
    for place, value in changes:
        document[place % len(document)] = value
    assert outcome_of(bytes(document)) in {"read", "62", "63", "64", "65", "66", "69", "70"}


def test_fields_nested_in_a_circle_are_rejected() -> None:
    with pytest.raises(Rejected) as rejected:
        read_form(circular_fields(), today=TODAY)
    assert code_of(rejected.value) == ["65"]


def test_a_form_with_endless_fields_is_rejected() -> None:
    document = make_form(MadeField(f"DV-110[0].F{number}[0]", "x") for number in range(5_100))
    with pytest.raises(Rejected) as rejected:
        read_form(document, today=TODAY)
    assert code_of(rejected.value) == ["69"]


# ---- the verb


def entries_since(number: int) -> list[Entry]:
    return list(Entry.objects.filter(number__gt=number).order_by("number"))


def newest() -> int:
    entry = Entry.objects.order_by("-number").first()
    return entry.number if entry else 0


def test_the_clerk_reads_a_form_and_the_entry_names_the_case_apart_from_the_rest(county: County) -> None:
    before = newest()
    document = blank_form("DV-110", "made").filled(
        {NAME: "Derek Alan Holloway", P1 + "StampbxSub[0].CaseNumber[0]": "26FL00419"}
    )
    reading = read_court_form(actor=county.actor("brandt"), now=county.now, data=document, file_name="holloway.pdf")
    assert reading.value("restrained_name") == "Derek Alan Holloway"
    (entry,) = entries_since(before)
    assert (entry.kind, entry.outcome, entry.user_name) == ("court form read", "answered", "brandt")
    body = Body.objects.get(pk=entry.number)
    assert body.personal == {
        "case_number": "26FL00419",
        "subject_name": "Derek Alan Holloway",
        "file_name": "holloway.pdf",
    }
    assert "Holloway" not in body.asked + body.answered


def test_a_form_that_is_no_order_is_journalled_as_rejected(county: County) -> None:
    before = newest()
    document = make_form([MadeField("DV-200[0].Page1[0].CaseNumber[0]", "Case Number:")])
    with pytest.raises(Rejected):
        read_court_form(actor=county.actor("brandt"), now=county.now, data=document, file_name="x.pdf")
    assert [entry.outcome for entry in entries_since(before)] == ["rejected"]


def test_an_officer_may_not_read_court_forms_and_nothing_of_it_is_opened(county: County) -> None:
    before = newest()
    with pytest.raises(Refused, match=r"order\.read_form"):
        read_court_form(actor=county.actor("chen"), now=county.now, data=b"not even a document", file_name="x.pdf")
    assert [entry.outcome for entry in entries_since(before)] == ["refused"]


def test_the_age_is_counted_on_the_day_in_california(county: County) -> None:
    # 2026-11-23 05:00 UTC is still the 22nd in California, the day before the tenth birthday.
    late = county.now.replace(day=23, hour=5)
    here = "CLETS-001[0].Page1[0].List4[0].Li1[0]."
    document = blank_form("CLETS-001", "made").filled({here + "item4dob1[0]": "11/23/2016"})
    reading = read_court_form(actor=county.actor("brandt"), now=late, data=document, file_name="x.pdf")
    assert reading.value("protected_1_age") == "9"


def test_what_the_child_writes_is_json_without_anything_but_fields() -> None:
    assert set(json.loads(json.dumps(fields_of(made_bytes("DV-110"))))) == {"title", "fields", "xfa"}
