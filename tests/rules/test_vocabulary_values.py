"""Value types: what is taken, in which one spelling, what is only warned of, and what is rejected with which number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openclets.vocabulary.checked import Checked
from openclets.vocabulary.courts import court_of_ori, superior_court_of
from openclets.vocabulary.errors import Rejected
from openclets.vocabulary.firearms import gun_type_in_words, parse_gun_type
from openclets.vocabulary.identifiers import Ori, ori_parts, ori_warnings, parse_ori
from openclets.vocabulary.licences import parse_licence_number
from openclets.vocabulary.measures import parse_expiry_year, parse_height, parse_vehicle_year, parse_weight
from openclets.vocabulary.numbers import (
    parse_case_number,
    parse_cii,
    parse_fbi_number,
    parse_fcn,
    parse_fingerprint_class,
    parse_misc_number,
    parse_nic,
    parse_ssn,
)
from openclets.vocabulary.persons import PersonName, neighbour_name, parse_plain_name, parse_wire_name
from openclets.vocabulary.statutes import name_of_code, parse_section, section_in_words
from openclets.vocabulary.vehicles import models_of, parse_colour, parse_model, parse_plate, parse_vin

TODAY = date(2026, 11, 22)


def _vehicle_year(text: str) -> Checked:
    return parse_vehicle_year(text, today=TODAY)


def _expiry_year(text: str) -> Checked:
    return parse_expiry_year(text, field="LIY")


def _californian_car(text: str) -> Checked:
    return parse_plate(text, state="CA", plate_type="PC")


def _californian_licence(text: str) -> Checked:
    return parse_licence_number(text, state="CA")


def _fcn(text: str) -> Checked:
    return Checked(parse_fcn(text))


def _honda_model(text: str) -> Checked:
    return parse_model(text, make="HOND")


Parse = Callable[[str], Checked]

TAKEN: list[tuple[Parse, str, str]] = [
    (parse_height, "511", "511"),
    (parse_height, "400", "400"),
    (parse_height, "711", "711"),
    (parse_height, "5'11\"", "511"),
    (parse_height, "5 ft 7 in", "507"),
    (parse_height, "6'", "600"),
    (parse_height, " 5-09 ", "509"),
    (parse_weight, "050", "050"),
    (parse_weight, "499", "499"),
    (parse_weight, "95 lbs", "095"),
    (_vehicle_year, "2019", "2019"),
    (_expiry_year, "nx", "NX"),
    (_expiry_year, "2027", "2027"),
    (parse_ssn, "123-45-6789", "123456789"),
    (parse_ssn, "665010001", "665010001"),
    (parse_fbi_number, "123456a1", "123456A1"),
    (parse_cii, "A99000099", "A99000099"),
    (parse_cii, "h-01234567", "H01234567"),
    (parse_nic, "h000000001", "H000000001"),
    (_fcn, "2322603200001", "2322603200001"),
    (parse_misc_number, "pp-123456789", "PP-123456789"),
    (parse_fingerprint_class, "12TT0513AA60PM19XXCO", "12TT0513AA60PM19XXCO"),
    (parse_case_number, "24dv000123", "24DV000123"),
    (parse_case_number, "  24  00123 ", "24 00123"),
    (parse_vin, "1HGCM82633A004352", "1HGCM82633A004352"),
    (parse_vin, "1m8gdm9axkp042788", "1M8GDM9AXKP042788"),
    (parse_vin, "11111111111111111", "11111111111111111"),
    (_californian_car, "1abc 234", "1ABC234"),
    (parse_plate, "AB-123-C", "AB123C"),
    (_californian_licence, "d1234567", "D1234567"),
    (_honda_model, "ACC", "ACC"),
    (_honda_model, "HOND-ACC", "ACC"),
    (_honda_model, "CYL", "CYL"),
    (parse_colour, "sil", "SIL"),
    (parse_colour, "WHI/BLU", "WHI/BLU"),
    (parse_colour, "BLU/BLU", "BLU"),
    (parse_colour, "mul/col", "MUL/COL"),
    (parse_gun_type, "pi", "PI"),
    (parse_gun_type, "S", "S"),
    (parse_section, "273.6 PC", "273.6 PC"),
    (parse_section, "Fam 6320", "6320 FAM"),
    (parse_section, "11357(a) hs", "11357(A) HS"),
    (parse_section, "18 usc 922(g)(8)", "18 USC 922(G)(8)"),
]

WARNED: list[tuple[Parse, str, str, str]] = [
    (parse_weight, "520", "499", "499 stands for that and more"),
    (_vehicle_year, "2031", "2031", "unlikely model year (own decision)"),
    (parse_fbi_number, "0000", "0000", "no digit but zero (own decision)"),
    (parse_cii, "99000015", "99000015", "lacks its letter A, H or M"),
    (parse_case_number, "0000", "0000", "nothing but zeros (own decision)"),
    (parse_case_number, "123-45-6789", "123-45-6789", "looks like a social security number"),
    (parse_case_number, "A" * 21, "A" * 21, "a neighbour's file takes 20"),
    (parse_vin, "1HGCM82643A004352", "1HGCM82643A004352", "check digit in place 9 is 4, it should be 3"),
    (parse_vin, "1HGCM82633AOO4352", "1HGCM82633AOO4352", "I, O and Q are not used"),
    (parse_vin, "4E23K5M100001", "4E23K5M100001", "has 13 characters; 17 since 1981"),
    (_californian_car, "HELLO", "HELLO", "not of the form of a Californian car's plate"),
    (_californian_car, "12345678", "12345678", "at most 7 characters (own decision)"),
    (_californian_licence, "12345678", "12345678", "unusual in CA: A9999999 (own decision)"),
    (parse_licence_number, "DOE**JB123Q1", "DOE**JB123Q1", "asterisk"),
    (_honda_model, "ZZZ", "ZZZ", "not on the list for make HOND"),
    (parse_section, "12 QQ", "12 QQ", "QQ is not a code on the list (own decision)"),
]

REJECTED: list[tuple[Parse, str, str, str]] = [
    (parse_height, "312", "HGT", "32"),
    (parse_height, "512", "HGT", "32"),
    (parse_height, "800", "HGT", "32"),
    (parse_height, "", "HGT", "14"),
    (parse_weight, "049", "WGT", "32"),
    (parse_weight, "heavy", "WGT", "32"),
    (_vehicle_year, "19", "VYR", "32"),
    (_expiry_year, "XX", "LIY", "32"),
    (parse_ssn, "000-12-3456", "SOC", "32"),
    (parse_ssn, "666-12-3456", "SOC", "32"),
    (parse_ssn, "900-12-3456", "SOC", "32"),
    (parse_ssn, "999999999", "SOC", "32"),
    (parse_ssn, "123-00-3456", "SOC", "32"),
    (parse_ssn, "123-45-0000", "SOC", "32"),
    (parse_ssn, "12345678", "SOC", "32"),
    (parse_fbi_number, "1234567890", "FBI", "32"),
    (parse_cii, "B99000099", "CII", "32"),
    (parse_cii, "A9900009", "CII", "32"),
    (parse_nic, "D000000001", "NIC", "31"),
    (parse_nic, "H00000001", "NIC", "32"),
    (_fcn, "232260320001", "FCN", "32"),
    (parse_misc_number, "ZZ-123", "MNU", "31"),
    (parse_misc_number, "PP-1234567890123", "MNU", "32"),
    (parse_misc_number, "PP123456", "MNU", "32"),
    (parse_fingerprint_class, "12TT0513AA60PM19XXQQ", "FPC", "31"),
    (parse_fingerprint_class, "12TT", "FPC", "32"),
    (parse_case_number, "  ", "OCA", "14"),
    (parse_case_number, "24\x0000123", "OCA", "32"),
    (parse_vin, "1HGCM82633A0043521234", "VIN", "32"),
    (parse_vin, "1HG/CM8", "VIN", "32"),
    (parse_plate, "ABCDEFGHIJK", "LIC", "32"),
    (parse_plate, "AB/12", "LIC", "32"),
    (parse_licence_number, "A" * 21, "OLN", "32"),
    (_honda_model, "FORD-F15", "VMO", "32"),
    (_honda_model, "ACCORD", "VMO", "32"),
    (parse_colour, "MUL", "VCO", "31"),
    (parse_colour, "WHI/BLU/RED", "VCO", "31"),
    (parse_colour, "WHI/QQQ", "VCO", "31"),
    (parse_gun_type, "PQ", "TYP", "31"),
    (parse_gun_type, "PII", "TYP", "31"),
    (parse_section, "stalking", "SEC", "32"),
]


@pytest.mark.parametrize(("parse", "typed", "canonical"), TAKEN)
def test_a_good_value_is_taken_in_its_one_spelling(parse: Parse, typed: str, canonical: str) -> None:
    assert parse(typed) == Checked(canonical)


@pytest.mark.parametrize(("parse", "typed", "canonical", "warning"), WARNED)
def test_an_odd_value_is_taken_with_a_warning(parse: Parse, typed: str, canonical: str, warning: str) -> None:
    checked = parse(typed)
    assert checked.value == canonical
    assert len(checked.warnings) == 1
    assert warning in checked.warnings[0]


@pytest.mark.parametrize(("parse", "typed", "field", "code"), REJECTED)
def test_a_wrong_value_is_rejected_by_field_and_number_and_says_what_is_taken(
    parse: Parse, typed: str, field: str, code: str
) -> None:
    with pytest.raises(Rejected) as caught:
        parse(typed)
    assert [(fault.field, fault.code) for fault in caught.value.faults] == [(field, code)]
    assert caught.value.faults[0].accepted


def test_a_social_security_number_is_never_repeated_in_its_rejection() -> None:
    with pytest.raises(Rejected) as caught:
        parse_ssn("666-12-3456")
    assert "3456" not in str(caught.value)


def test_a_record_number_of_another_file_is_rejected_where_one_file_is_meant() -> None:
    assert parse_nic("H000000001", file="H").value == "H000000001"
    with pytest.raises(Rejected, match="wanted persons"):
        parse_nic("W000000001", file="H")


PARSERS: list[Parse] = sorted({row[0] for row in TAKEN} | {parse_licence_number}, key=lambda parse: parse.__name__)

LIKELY = st.text(alphabet="0123456789ABCDEFHIMNOPQXabc/-' .,()\t\x00ſéß", max_size=24)


@pytest.mark.parametrize("parse", PARSERS)
@given(text=st.text(max_size=40) | LIKELY)
def test_any_text_gives_a_value_or_a_rejection_and_a_value_is_its_own_spelling(parse: Parse, text: str) -> None:
    try:
        checked = parse(text)
    except Rejected:
        return
    assert checked.value
    assert checked.value.isascii()
    assert parse(checked.value).value == checked.value


def test_the_parts_of_an_ori_are_read_from_its_places() -> None:
    police = ori_parts(parse_ori("CA0990100"))
    assert (police.state_name, police.county, police.county_name) == ("California", "099", "Sierra Vista (fictional)")
    assert (police.kind, police.kind_name, police.level, police.is_court) == ("", "law enforcement", "", False)
    court = ori_parts(Ori("CA019023J"))
    assert (court.county_name, court.level_name, court.kind_name) == ("Los Angeles", "county", "court or magistrate")
    assert court.is_court
    assert ori_parts(Ori("CA019025D")).kind_name == "civil court in domestic violence and stalking cases"
    assert ori_parts(Ori("DCFBIWA00")).county == ""


def test_what_is_odd_about_an_ori_is_only_warned_of() -> None:
    assert ori_warnings(Ori("CA0190000")) == ()
    assert ori_warnings(Ori("CA001300X")) == ()
    assert ori_warnings(Ori("NB0280000")) == ()
    assert ori_warnings(Ori("ZQ0190000")) == ("ORI: ZQ is not a state",)
    assert ori_warnings(Ori("CA0770000")) == ("ORI: California has no county 077",)
    assert ori_warnings(Ori("CA019023F")) == ("ORI: F is not a kind of agency",)


def test_a_court_is_known_by_its_county() -> None:
    assert court_of_ori(Ori("CA019023J")) == "Superior Court of California, County of Los Angeles"
    assert court_of_ori(Ori("CA0190000")) == ""
    assert superior_court_of("059") == ""


def test_models_belong_to_makes() -> None:
    assert models_of("HOND")["CIV"].startswith("CIVIC")
    assert models_of("NOBODY") == {}


def test_a_gun_type_is_said_in_words() -> None:
    assert gun_type_in_words("PI") == "pistol, semiautomatic"
    assert gun_type_in_words("S") == "shotgun"


def test_a_section_is_said_in_words() -> None:
    assert section_in_words("273.6 PC") == "breaking a protective order"
    assert section_in_words("187 PC") == "Penal Code"
    assert name_of_code("FAM") == "Family Code"
    assert section_in_words("12 QQ") == ""


@pytest.mark.parametrize(
    ("written", "surname", "given", "middle", "suffix"),
    [
        ("Maria de la Cruz", "DE LA CRUZ", "MARIA", "", ""),
        ("Ana Maria De La Cruz", "DE LA CRUZ", "ANA", "MARIA", ""),
        ("Ludwig van Beek", "VAN BEEK", "LUDWIG", "", ""),
        ("Duc Van Tran", "TRAN", "DUC", "VAN", ""),
        ("De Witt", "WITT", "DE", "", ""),
        ("Shaun O'Neil-Okafor Jr.", "O'NEIL-OKAFOR", "SHAUN", "", "JR"),
        ("Sade", "SADE", "", "", ""),
    ],
)
def test_particles_belong_to_the_surname(written: str, surname: str, given: str, middle: str, suffix: str) -> None:
    assert parse_plain_name(written, field="NAM") == PersonName(surname, given, middle, suffix)


@pytest.mark.parametrize(
    ("wire", "neighbour"),
    [
        ("HOLLOWAY,DEREK ALAN JR", "HOLLOWAY,DEREK ALAN JR"),
        ("O'BRIEN-NUÑEZ,JOSÉ", "OBRIEN-NUNEZ,JOSE"),
        ("MÜLLER,JÜRGEN", "MULLER,JURGEN"),
        ("STRAUß,ŁUKASZ", "STRAUSS,LUKASZ"),
        ("SADE", "SADE,"),
        ("CASTELLANOS-VILLANUEVA,MARIA FERNANDA JR", "CASTELLANOS-VILLANUEVA,MARIA F"),
        ("ZWYNGGRAAF,THEOPHANIA HILDEGUNDE", "ZWYNGGRAAF,THEOPHANIA H"),
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGH,DEREK", "ABCDEFGHIJKLMNOPQRSTUVWXYZAB,D"),
    ],
)
def test_a_neighbour_gets_a_name_it_can_take_and_we_keep_the_whole_one(wire: str, neighbour: str) -> None:
    name = parse_wire_name(wire)
    assert neighbour_name(name) == neighbour
    assert name.wire == wire.upper()


def test_a_name_in_another_script_is_rejected_for_a_neighbour() -> None:
    with pytest.raises(Rejected) as caught:
        neighbour_name(parse_wire_name("ИВАНОВ,ИВАН"))
    assert caught.value.faults[0].code == "06"


@given(st.text(alphabet="ABÉØß -',’JR.ſ", max_size=60))
def test_a_neighbours_name_is_short_plain_and_has_one_comma(text: str) -> None:
    try:
        written = neighbour_name(parse_wire_name(text))
    except Rejected:
        return
    assert len(written) <= 30
    assert written.isascii()
    assert written.count(",") == 1
    assert not written.startswith(",")
    assert neighbour_name(parse_wire_name(written)) == written
