"""Groups of fields that many keys share, each with its source, and the rules that go with them."""

from __future__ import annotations

from openclets.vocabulary.cross_edits import AtLeastOne, WholeOrAbsent
from openclets.vocabulary.messages.row import FieldUse, Need, along, may, must

OWN = "own decision"
KEYS = "NCIC message keys as listed in the public sources of a state's switch"
RULED = "own decision: by the ending rules of the public list of NCIC keys, which gives none for this file"
FILE = "own decision: the national manual is not public; after general descriptions of the file"
REPLY = "published sample of a national reply"
CODES = "NIEM NCIC code list of that name"

ASKING = may("PUR CAS ATN", f"{OWN}: any inquiry may say why, for which case and for whom; policy says which must")
"""Which keys must is policy. Source: the wire's fixed design."""

_NAME_SEARCH = "public rules of the national name search"
_A_RUN_EACH = f"{_NAME_SEARCH}: each other name and birth date is a run of its own; up to 9: {OWN}"

WHICH_ANSWER = (
    *along("RUL", "NAM", f"{OWN}: both answers on every question about a person"),
    *along("EBD", "DOB", f"{_NAME_SEARCH}: a flag; its code: {OWN}"),
)
"""Ranked or strict, and how wide the strict one is."""

NARROWING = (
    *may("DOB", f"{_NAME_SEARCH}: a birth date narrows it; {_A_RUN_EACH}", max_values=9),
    *may("SEX RAC", f"{_NAME_SEARCH}: sex and race narrow it"),
    *WHICH_ANSWER,
)
NARROWING_A_NAME = (
    FieldUse("DOB", Need.CONDITIONAL, "NAM", source=_A_RUN_EACH, max_values=9),
    *along("SEX RAC", "NAM", _NAME_SEARCH),
    *WHICH_ANSWER,
)
OTHER_NAMES = (FieldUse("AKA", Need.CONDITIONAL, "NAM", source=_A_RUN_EACH, max_values=9),)

NUMBERS_OF_A_PERSON = along("FBI MNU SOC OLN", "NAM", f"{_NAME_SEARCH}: a number beside the name is searched by itself")

WHO = must("NAM SEX RAC", f"{FILE}; name, sex and race of a wanted person: notice of the national system")
LOOKS = may("ETN POB DOB HGT WGT EYE HAI SKN", FILE)
PERSON_NUMBERS = may("FBI SMT FPC MNU SOC OLN OLS OLY", FILE)
PLATE = may("LIC LIS LIY LIT", FILE)
VEHICLE = may("VIN VYR VMA VMO VST VCO", FILE)
CASE = must("OCA", FILE)
LINKED = may("LKI LKA", FILE)
CAUTION = must("CMC", f"{KEYS}: the ending C says caution, and what it is has to be said; {OWN}: only there")
REMARKS = may("MIS", FILE)
NUMBERED = may("NIC FCN OCA", f"{FILE}: a record is named by NIC or OCA with the name; FCN of our own orders: {OWN}")
VALIDATED = may("VLN VLD", FILE)
DAY_ENDED = must("DOC", FILE)

PLATE_WHOLE = WholeOrAbsent(f"{FILE}: plate with state, year and type", ("LIC", "LIS", "LIY", "LIT"))
LICENCE_WHOLE = WholeOrAbsent(f"{FILE}: all three or none", ("OLN", "OLS", "OLY"))
LINK_WHOLE = WholeOrAbsent(f"{FILE}: a pair", ("LKI", "LKA"))
NUMERIC_IDENTIFIER = AtLeastOne(
    f"{FILE}; the same rule in the notice of the national system on wanted persons",
    ("DOB", "FBI", "MNU", "SOC", "OLN", "LIC", "VIN"),
    "number that tells the person from others",
)
RECORD_NAMED = AtLeastOne(f"{FILE}; FCN: {OWN}", ("NIC", "FCN", "OCA"), "number that names the record")
NATIONAL_RECORD_NAMED = AtLeastOne(FILE, ("NIC", "OCA"), "number that names the record")


def something_to_change(fields: tuple[FieldUse, ...]) -> AtLeastOne:
    """A modification that changes nothing is a mistake."""
    return AtLeastOne(OWN, tuple(use.code for use in fields), "field to change")
