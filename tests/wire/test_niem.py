"""Orders as NIEM documents: valid by the standard's own schemas, and every term, person and date survives both ways.

A nearly empty order is valid too, so validity alone proves little: fields are compared one by one, and what is written
where is typed out by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings

from openclets.vocabulary.errors import Rejected
from openclets.wire.message import Message
from openclets.wire.niem21 import compose_niem21, parse_niem21
from openclets.wire.niem60 import compose_niem60, parse_niem60
from openclets.wire.parse import parse_message
from tests.wire.hostile import check_faults, noise, same_content
from tests.wire.niem_schemas import check_validity
from tests.wire.strategies import ORDER_KEYS, TODAY, example, messages


@dataclass(frozen=True, slots=True)
class Release:
    """One release of the standard with its two functions."""

    name: str
    compose: Callable[[Message], str]
    parse: Callable[..., Message]


NIEM_21 = Release("2.1", compose_niem21, parse_niem21)
NIEM_60 = Release("6.0", compose_niem60, parse_niem60)
BOTH = pytest.mark.parametrize("release", [NIEM_21, NIEM_60], ids=["2.1", "6.0"])

WHOLE_ORDER = (
    "EPOC.CA0990100.NV,NV0020100.*AB12345678.TXT\n"
    "NAM/DE LA CRUZ,JOSÉ MARÍA JR.SEX/X.RAC/P.ETN/N.POB/CA.DOB/19800229.HGT/511.WGT/095.EYE/HAZ.HAI/BLD.SKN/MBR."
    "FBI/123456AA7.SMT/TAT L ARM,SC FACE.MNU/PP-1234567.SOC/123456789.OLN/A1234567.OLS/CA.OLY/NX.BRD/U.PNO/24DV000123."
    "ISD/20260301.EXP/NONEXP.SVC/1.SVD/20260303.PCO/01,04,06,07,08.PPN/ROE,JANE.PPN/ROE.PPN/ROE,MAX II."
    "PPB/19820505,20100101,20121231.PSX/F,X,M.PPR/W,H,U.PPE/H,N,N.CTI/CA099013J.OCA/24-00123.NOA/Y.CMC/00,05,35."
    "LKI/NV0020100.LKA/22-5567.LIC/ABC123.LIS/CA.LIY/2027.LIT/PC.VIN/1HGCM82633A004352.VYR/2003.VMA/HOND.VMO/ACC.VST/4D."
    "VCO/BLU/WHI.MIS/STAYS 100 YARDS AWAY; <NO> \"CONTACT\" & FIREARMS TO SO"
)  # fmt: skip

# Element by element, as the schemas and docs/protocol.md say. Typed by hand.
PLACES_21 = {
    "j:ProtectionOrder/nc:ActivityIdentification/nc:IdentificationID": ["24DV000123", "24-00123"],
    "j:CourtOrderIssuingCourt/nc:OrganizationIdentification/nc:IdentificationID": ["CA099013J"],
    "j:CourtOrderIssuingDate/nc:Date": ["2026-03-01"],
    "j:CourtOrderServiceDate/nc:Date": ["2026-03-03"],
    "j:CourtOrderServiceDescriptionText": ["SERVED"],
    "j:CourtOrderSpecialInstructionText": ['STAYS 100 YARDS AWAY; &lt;NO&gt; "CONTACT" &amp; FIREARMS TO SO'],
    "j:ProtectionOrderConditionCode": ["01", "04", "06", "07", "08"],
    "j:ProtectionOrderRestrictedPerson/nc:PersonBirthDate/nc:Date": ["1980-02-29"],
    "nc:PersonEyeColorCode": ["HAZ"],
    "nc:PersonHeightMeasure/nc:MeasurePointValue": ["71"],
    "nc:PersonHeightMeasure/nc:LengthUnitCode": ["INH"],
    "nc:PersonWeightMeasure/nc:MeasurePointValue": ["95"],
    "j:ProtectionOrderRestrictedPerson/nc:PersonName/nc:PersonSurName": ["DE LA CRUZ"],
    "j:ProtectionOrderRestrictedPerson/nc:PersonName/nc:PersonNameSuffixText": ["JR"],
    "oc:ProtectedPerson/nc:PersonName/nc:PersonSurName": ["ROE", "ROE", "ROE"],
    "oc:ProtectedPerson/nc:PersonName/nc:PersonGivenName": ["JANE", "MAX"],
    "oc:ProtectedPerson/nc:PersonBirthDate/nc:Date": ["1982-05-05", "2010-01-01", "2012-12-31"],
    "j:PersonAugmentation/nc:DriverLicense/nc:DriverLicenseIdentification/nc:IdentificationID": ["A1234567"],
    # Not in the code lists of 2010: sex X, race P and H, bald, sex offender.
    "oc:OrderAugmentation/oc:Field/oc:Value": [
        "X", "P", "CA", "BLD", "NX", "NONEXP", "F", "X", "M", "W", "H", "U", "Y", "00", "05", "35", "NV0020100",
        "22-5567", "ABC123", "CA", "2027", "PC", "1HGCM82633A004352", "2003", "HOND", "ACC", "4D", "BLU/WHI",
    ],
}  # fmt: skip
PLACES_60 = {
    "j:OrganizationAugmentation/j:OrganizationORIIdentification/nc:IdentificationID": ["CA099013J"],
    "j:ProtectionOrderConditionText": [
        "01 - no assault, threats, abuse, harassment, following, interference or stalking",
        "04 - stay away from home, property, school or work",
        "06 - PERMISSION, not a restraint: the restrained person has visitation or custody",
        "07 - no firearms",
        "08 - other terms in the miscellaneous field",
    ],
    "j:ProtectionOrderRestrictedPerson/j:PersonRaceCode": ["NATIVE_HAWAIIAN-OTHER_PACIFIC_ISLANDER"],
    "j:ProtectionOrderRestrictedPerson/j:PersonSexCode": ["X"],
    "j:PersonHairColorCode": ["BALD"],
    "nc:PersonWeightMeasure/nc:MeasureDecimalValue": ["95"],
    "nc:Person/j:PersonSexCode": ["F", "X", "M"],
    "nc:Person/nc:PersonBirthDate/nc:Date": ["1982-05-05", "2010-01-01", "2012-12-31"],
    "j:SubjectCautionInformationText": ["00 - armed and dangerous", "05 - violent", "35 - sex offender"],
}


def read(text: str) -> Message:
    return parse_message(text, today=TODAY)


def said(document: str) -> list[tuple[str, str]]:
    """Every text of the document with the path to it, by the simplest reading there is."""
    path: list[str] = []
    found: list[tuple[str, str]] = []
    for ending, name, closed, text in re.findall(r"<(/?)([\w:-]+)[^>]*?(/?)>([^<]*)", document.partition("?>")[2]):
        if ending:
            path.pop()
        elif not closed:
            path.append(name)
            if text.strip():
                found.append(("/".join(path), text.strip()))
    return found


@BOTH
def test_every_field_of_a_whole_order_survives(release: Release) -> None:
    message = read(WHOLE_ORDER)
    again = release.parse(release.compose(message), today=TODAY)
    sent, got = dict(message.fields), dict(again.fields)
    assert set(got) == set(sent)
    for code, values in sent.items():
        assert (code, got[code]) == (code, values)
    assert (again.key, again.ori, again.destinations, again.control) == (
        "EPOC", "CA0990100", ("NV", "NV0020100"), "AB12345678"
    )  # fmt: skip


@BOTH
def test_a_whole_order_is_valid(release: Release) -> None:
    check_validity(release.name, release.compose(read(WHOLE_ORDER)))


@pytest.mark.parametrize(("release", "places"), [(NIEM_21, PLACES_21), (NIEM_60, PLACES_60)], ids=["2.1", "6.0"])
def test_every_term_stands_where_the_standard_has_it(release: Release, places: dict[str, list[str]]) -> None:
    texts = said(release.compose(read(WHOLE_ORDER)))
    for end, expected in places.items():
        assert (end, [text for path, text in texts if path.endswith(end)]) == (end, expected)


def test_an_order_without_an_end_says_so_and_has_no_end_date() -> None:
    document = compose_niem21(read(WHOLE_ORDER))
    assert "EndDate" not in document
    assert '<oc:Field code="EXP">' in document


@BOTH
def test_an_unknown_firearm_ban_is_left_out_of_an_entry_and_read_as_unknown(release: Release) -> None:
    document = release.compose(read(WHOLE_ORDER))
    assert "BradyIndicator" not in document
    assert 'code="BRD"' not in document
    assert release.parse(document, today=TODAY).first("BRD") == "U"


@BOTH
@pytest.mark.parametrize(("value", "word"), [("Y", "true"), ("N", "false")])
def test_a_known_firearm_ban_is_said(release: Release, value: str, word: str) -> None:
    document = release.compose(read(WHOLE_ORDER.replace("BRD/U", f"BRD/{value}")))
    assert f"BradyIndicator>{word}<" in document
    assert release.parse(document, today=TODAY).first("BRD") == value


@BOTH
def test_a_modification_that_does_not_speak_of_the_ban_does_not_change_it(release: Release) -> None:
    message = read("MPO.CA0990100.NIC/H000000001.NAM/DOE,JOHN.EXP/20290301")
    assert release.parse(release.compose(message), today=TODAY).values("BRD") == ()
    unknown = read("MPO.CA0990100.NIC/H000000001.NAM/DOE,JOHN.BRD/U")
    assert release.parse(release.compose(unknown), today=TODAY).values("BRD") == ("U",)


@BOTH
def test_what_a_modification_takes_off_the_record_stays_taken_off(release: Release) -> None:
    message = read("MPO.CA0990100.NIC/H000000001.NAM/DOE,JOHN.SVD/.EXP/20290301")
    document = release.compose(message)
    check = release.parse(document, today=TODAY)
    assert check.values("SVD") == ("",)
    assert '<oc:Field code="SVD"/>' in document


@BOTH
@pytest.mark.parametrize("key", ORDER_KEYS)
def test_the_example_of_every_order_key_is_valid_and_comes_back(release: Release, key: str) -> None:
    document = release.compose(example(key))
    assert same_content(release.parse(document, today=TODAY), example(key))
    check_validity(release.name, document)


@BOTH
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(message=messages(ORDER_KEYS))
def test_any_order_message_comes_back(release: Release, message: Message) -> None:
    document = release.compose(message)
    again = release.parse(document, today=TODAY)
    assert same_content(again, message)
    assert not [warning for warning in again.warnings if "is not taken" in warning]


@BOTH
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=50)
@given(message=messages(ORDER_KEYS))
def test_any_order_message_is_valid_by_the_standard(release: Release, message: Message) -> None:
    check_validity(release.name, release.compose(message))


def test_the_validity_check_sees_a_wrong_code() -> None:
    # Else all the promises of validity above would hold for anything.
    document = compose_niem21(example("EPO")).replace(">07</j:Prot", ">77</j:Prot")
    with pytest.raises(Exception, match="77"):
        check_validity("2.1", document)


@BOTH
def test_a_message_that_is_no_order_s_has_no_document(release: Release) -> None:
    with pytest.raises(ValueError, match="QW"):
        release.compose(read("QW.CA0990100.NAM/DOE,JOHN"))


THREE_PROTECTED = (
    "EPO.CA0990100.NAM/DOE,JOHN.SEX/M.RAC/W.DOB/19800214.BRD/Y.PNO/24DV000123.ISD/20260301.EXP/20290301.PCO/01.OCA/1."
    "PPN/ROE,JANE.PPN/ROE,MAX.PPN/LEE,ANA.PPB/19820505,,20121231.PSX/,X,F.PPR/,,W"
)


@BOTH
def test_what_is_known_of_only_some_protected_persons_stays_with_its_own_person(release: Release) -> None:
    message = read(THREE_PROTECTED)
    document = release.compose(message)
    texts = said(document)
    assert [text for path, text in texts if path.endswith(("ProtectedPerson/nc:PersonBirthDate/nc:Date",
                                                           "nc:Person/nc:PersonBirthDate/nc:Date"))] == [
        "1982-05-05", "2012-12-31"
    ]  # fmt: skip
    check_validity(release.name, document)
    again = release.parse(document, today=TODAY)
    assert again.values("PPN") == ("ROE,JANE", "ROE,MAX", "LEE,ANA")
    assert again.values("PPB") == ("19820505", "", "20121231")
    assert again.values("PSX") == ("", "X", "F")
    assert again.values("PPR") == ("", "", "W")


def test_a_court_s_document_may_know_the_birth_date_of_one_protected_person_only() -> None:
    more = (
        "</oc:ProtectedPerson><oc:ProtectedPerson><nc:PersonName><nc:PersonSurName>ROE</nc:PersonSurName>"
        "</nc:PersonName></oc:ProtectedPerson>"
    )
    message = parse_niem21(changed("</oc:ProtectedPerson>", more), today=TODAY)
    assert message.values("PPN") == ("ROE,JANE", "ROE")
    assert (message.values("PPB"), message.values("PSX")) == (("19820505", ""), ("F", ""))


# What a foreign sender may do differently.


def changed(old: str, new: str, release: Release = NIEM_21) -> str:
    document = release.compose(example("EPO"))
    assert old in document
    return document.replace(old, new)


def faults_of(document: str, release: Release = NIEM_21) -> list[tuple[str, str]]:
    with pytest.raises(Rejected) as caught:
        release.parse(document, today=TODAY)
    return [(fault.code, fault.field) for fault in caught.value.faults]


def test_other_prefixes_comments_and_order_of_elements_do_not_matter() -> None:
    document = changed("j:", "justice:").replace("xmlns:j=", "xmlns:justice=")
    document = document.replace("<oc:ExchangeHeader>", "<!-- from a court --><oc:ExchangeHeader>")
    assert same_content(parse_niem21(document, today=TODAY), example("EPO"))


def test_a_full_name_is_divided() -> None:
    parts = re.compile(r"<nc:PersonName>\s*<nc:PersonGivenName>JOHN.*?</nc:PersonName>", re.DOTALL)
    name = "<nc:PersonName><nc:PersonFullName>John Quincy Doe</nc:PersonFullName></nc:PersonName>"
    document = parts.sub(name, compose_niem21(example("EPO")))
    assert parse_niem21(document, today=TODAY).first("NAM") == "DOE,JOHN QUINCY"


def test_a_sentence_s_period_becomes_a_semicolon_because_a_period_ends_a_field() -> None:
    document = changed("HAND OVER FIREARMS TO SO", "Hand over firearms. Stay away.")
    assert parse_niem21(document, today=TODAY).first("MIS") == "HAND OVER FIREARMS; STAY AWAY;"


def test_what_no_field_holds_is_warned_of() -> None:
    more = "<j:CourtOrderRecallReasonText>Dismissed</j:CourtOrderRecallReasonText><j:CourtOrderServiceDate>"
    warnings = parse_niem21(changed("<j:CourtOrderServiceDate>", more), today=TODAY).warnings
    assert warnings == ("CourtOrderRecallReasonText of the document is not taken: 'Dismissed'",)


@pytest.mark.parametrize(
    ("old", "new", "release", "faults"),
    [
        (">07<", ">77<", NIEM_21, [("31", "PCO")]),
        ("07 - no firearms", "No firearms at all", NIEM_60, [("32", "PCO")]),
        ("2026-03-01", "2026-02-30", NIEM_21, [("32", "ISD")]),
        ("2026-03-01", "March 1", NIEM_21, [("32", "ISD")]),
        (">SERVED<", ">by hand<", NIEM_21, [("32", "SVC")]),
        (">EPO<", ">QW<", NIEM_21, [("02", "MKE")]),
        (">EPO<", ">EPP<", NIEM_21, [("02", "MKE")]),
        (">CA0990100<", ">CA1<", NIEM_21, [("19", "ORI")]),
        ("true", "perhaps", NIEM_60, [("32", "BRD")]),
        ("2029-03-01", "2026-11-21", NIEM_21, [("22", "EXP")]),
        (
            "<nc:PersonSexCode>F</nc:PersonSexCode>",
            "<nc:PersonSexCode>F</nc:PersonSexCode><nc:PersonSexCode>M</nc:PersonSexCode>",
            NIEM_21,
            [("35", "PSX")],
        ),
        (
            "</oc:ProtectedPerson>",
            "</oc:ProtectedPerson><oc:ProtectedPerson><nc:PersonSexCode>M</nc:PersonSexCode></oc:ProtectedPerson>",
            NIEM_21,
            [("22", "PPN")],
        ),
        (
            "</oc:OrderExchange>",
            '<oc:OrderAugmentation><oc:Field code="PCO"><oc:Value>01</oc:Value></oc:Field></oc:OrderAugmentation>'
            "</oc:OrderExchange>",
            NIEM_21,
            [("33", "PCO")],
        ),
        ("OrderExchange", "WarrantExchange", NIEM_21, [("01", "")]),
        ("niem-2.1", "niem-6.0", NIEM_21, [("01", "")]),
        ("<oc:OrderExchange", '<!DOCTYPE x [<!ENTITY a "b">]><oc:OrderExchange', NIEM_21, [("00", "")]),
        ("24DV000123", "&undefined;", NIEM_21, [("00", "")]),
        ("</oc:OrderExchange>", "", NIEM_21, [("00", "")]),
    ],
)
def test_what_is_wrong_is_said_by_number_and_field_and_no_term_is_guessed(
    old: str, new: str, release: Release, faults: list[tuple[str, str]]
) -> None:
    assert sorted(faults_of(changed(old, new, release), release)) == sorted(faults)


@BOTH
@given(
    text=noise(
        "<oc:OrderExchange>", "</oc:OrderExchange>", "<j:ProtectionOrder>", "</j:ProtectionOrder>", "<nc:PersonName/>",
        "<", ">", "/", "&amp;", "<![CDATA[", "]]>", "<!DOCTYPE a>", "<!--", "-->", "x", "\x00", "\ud800", "<?xml?>",
    )
)  # fmt: skip
def test_any_text_gives_a_message_or_faults(release: Release, text: str) -> None:
    check_faults(lambda: release.parse(text, today=TODAY))
    document = release.compose(example("EPO"))
    check_faults(lambda: release.parse(document.replace("DOE", text), today=TODAY))
    check_faults(
        lambda: release.parse(document.replace("</oc:ExchangeHeader>", f"</oc:ExchangeHeader>{text}"), today=TODAY)
    )
