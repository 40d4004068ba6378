"""Orders as NIEM 2.1 documents: conditions are codes of the standard's own list.

Source: NIEM 2.1, domain jxdm 4.1, with the code lists of the national index as of that release. A code that the list of
that time lacks (sex X, race P, bald) stands in our own part of the document.
"""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

from openclets.wire.message import Message
from openclets.wire.niem_order import Dialect, Slot, compose_order, parse_order
from openclets.wire.niem_spelling import DAY, INCHES, POUNDS, SENTENCES, SERVICE, YEAR, YES_OR_NO, Codes
from openclets.wire.xml_tree import Element

NAMESPACE = "urn:openclets:order-exchange:niem-2.1"
"""Of our own wrapper; its schema is docs/schemas/order-exchange-niem-2.1.xsd."""

_RESTRAINED_ID = "RESTRAINED"

_SEX = Codes(frozenset("F M U".split()))
_RACE = Codes(frozenset("A B I U W".split()))
_ETHNICITY = Codes(frozenset("H N U".split()))
_EYES = Codes(frozenset("BLK BLU BRO GRN GRY HAZ MAR MUL PNK XXX".split()))
_HAIR = Codes(frozenset("BLK BLN BLU BRO GRN GRY ONG PLE PNK RED SDY WHI XXX".split()))
_SKIN = Codes(frozenset("ALB BLK DBR DRK FAR LBR LGT MBR MED OLV RUD SAL YEL".split()))
_CAUTION = Codes(frozenset("00 01 05 10 15 20 25 30 40 50 55 60 65 70 80 85 90".split()))
_CONDITIONS = Codes(frozenset("01 02 03 04 05 06 07 08 09".split()))

_ORDER = "j:ProtectionOrder"
_PERSON = f"{_ORDER}/j:ProtectionOrderRestrictedPerson"
_MORE = "j:PersonAugmentation"
_NUMBER = "nc:IdentificationID"
_KIND = "nc:IdentificationCategoryText"


NIEM_21 = Dialect(
    form="niem-2.1",
    namespaces=MappingProxyType(
        {
            "oc": NAMESPACE,
            "nc": "http://niem.gov/niem/niem-core/2.0",
            "j": "http://niem.gov/niem/domains/jxdm/4.1",
            "s": "http://niem.gov/niem/structures/2.0",
            "ansi-nist": "http://niem.gov/niem/ansi-nist/2.0",
        }
    ),
    order=(
        Slot("PNO", f"{_ORDER}/nc:ActivityIdentification[!{_KIND}]/{_NUMBER}"),
        Slot("OCA", f"{_ORDER}/nc:ActivityIdentification[{_KIND}=agency case number]/{_NUMBER}"),
        Slot("NIC", f"{_ORDER}/nc:ActivityIdentification[{_KIND}=national index record number]/{_NUMBER}"),
        Slot("FCN", f"{_ORDER}/nc:ActivityIdentification[{_KIND}=file control number]/{_NUMBER}"),
        Slot("EXP", f"{_ORDER}/nc:ActivityDateRange/nc:EndDate/nc:Date", DAY),
        Slot("CMC", f"{_ORDER}/j:CourtOrderDesignatedSubject/j:SubjectCautionInformationCode*", _CAUTION),
        Slot("CTI", f"{_ORDER}/j:CourtOrderIssuingCourt/nc:OrganizationIdentification/{_NUMBER}"),
        Slot("ISD", f"{_ORDER}/j:CourtOrderIssuingDate/nc:Date", DAY),
        Slot("SVD", f"{_ORDER}/j:CourtOrderServiceDate/nc:Date", DAY),
        Slot("SVC", f"{_ORDER}/j:CourtOrderServiceDescriptionText", SERVICE),
        Slot("MIS", f"{_ORDER}/j:CourtOrderSpecialInstructionText", SENTENCES),
        Slot("PCO", f"{_ORDER}/j:ProtectionOrderConditionCode*", _CONDITIONS),
        Slot("AKA", f"{_PERSON}/nc:PersonAlternateName*", is_name=True),
        Slot("DOB", f"{_PERSON}/nc:PersonBirthDate*/nc:Date", DAY),
        Slot("ETN", f"{_PERSON}/nc:PersonEthnicityCode", _ETHNICITY),
        Slot("EYE", f"{_PERSON}/nc:PersonEyeColorCode", _EYES),
        Slot("HAI", f"{_PERSON}/nc:PersonHairColorCode", _HAIR),
        Slot("HGT", f"{_PERSON}/nc:PersonHeightMeasure[nc:LengthUnitCode=INH]/nc:MeasurePointValue", INCHES),
        Slot("NAM", f"{_PERSON}/nc:PersonName", is_name=True),
        Slot("MNU", f"{_PERSON}/nc:PersonOtherIdentification*/{_NUMBER}"),
        Slot("SMT", f"{_PERSON}/nc:PersonPhysicalFeature*/nc:PhysicalFeatureCategoryText"),
        Slot("RAC", f"{_PERSON}/nc:PersonRaceCode", _RACE),
        Slot("SEX", f"{_PERSON}/nc:PersonSexCode", _SEX),
        Slot("SKN", f"{_PERSON}/nc:PersonSkinToneCode", _SKIN),
        Slot("SOC", f"{_PERSON}/nc:PersonSSNIdentification*/{_NUMBER}"),
        Slot("WGT", f"{_PERSON}/nc:PersonWeightMeasure[nc:WeightUnitCode=LBR]/nc:MeasurePointValue", POUNDS),
        Slot("BRD", "ansi-nist:ProtectionOrderAugmentation/ansi-nist:ProtectionOrderBradyIndicator", YES_OR_NO),
        Slot("OLN", f"{_MORE}/nc:DriverLicense/nc:DriverLicenseIdentification/{_NUMBER}"),
        Slot("OLS", f"{_MORE}/nc:DriverLicense/nc:DriverLicenseIdentification/nc:IdentificationJurisdictionText"),
        Slot("OLY", f"{_MORE}/nc:DriverLicense/nc:DriverLicenseExpirationDate/nc:Year", YEAR),
        Slot("FBI", f"{_MORE}/j:PersonFBIIdentification/{_NUMBER}"),
        Slot("SID", f"{_MORE}/j:PersonStateFingerprintIdentification/{_NUMBER}"),
    ),
    protected_path="oc:ProtectedPerson*",
    protected=(
        Slot("PPB", "nc:PersonBirthDate/nc:Date", DAY),
        Slot("PPE", "nc:PersonEthnicityCode", _ETHNICITY),
        Slot("PPN", "nc:PersonName", is_name=True),
        Slot("PPR", "nc:PersonRaceCode", _RACE),
        Slot("PSX", "nc:PersonSexCode", _SEX),
        Slot("PSN", f"nc:PersonSSNIdentification/{_NUMBER}"),
    ),
    link=lambda root: _link(root),
)


def compose_niem21(message: Message) -> str:
    """The document. Raises: ValueError for a message that is not about an order's record (a bug of the caller)."""
    return compose_order(NIEM_21, message)


def parse_niem21(text: str, *, today: date) -> Message:
    """Raises: Rejected with all faults, and nothing else for any text."""
    return parse_order(NIEM_21, text, today=today)


def _link(root: Element) -> None:
    """Says that the subject with the cautions is the restrained person."""
    for order in root.named(NIEM_21.name("j:ProtectionOrder")):
        for subject in order.named(NIEM_21.name("j:CourtOrderDesignatedSubject")):
            reference = Element(NIEM_21.name("nc:RoleOfPersonReference"), {NIEM_21.name("s:ref"): _RESTRAINED_ID})
            subject.children.insert(0, reference)
        for person in order.named(NIEM_21.name("j:ProtectionOrderRestrictedPerson")):
            person.attributes = {NIEM_21.name("s:id"): _RESTRAINED_ID}
