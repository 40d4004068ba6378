"""Orders as NIEM 6.0 documents: conditions are text there, so the code stands first and its meaning behind it.

Source: NIEMOpen 6.0, domain justice. Sex, race, eyes and the like are the standard's own words.
"""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

from openclets.vocabulary.codes import code_table
from openclets.wire.message import Message
from openclets.wire.niem_order import Dialect, Slot, compose_order, parse_order
from openclets.wire.niem_spelling import (
    DAY,
    INCHES,
    POUNDS,
    SENTENCES,
    SERVICE,
    YEAR,
    YES_OR_NO,
    Codes,
    NumberedText,
    Words,
)
from openclets.wire.xml_tree import Element

NAMESPACE = "urn:openclets:order-exchange:niem-6.0"
"""Of our own wrapper; its schema is docs/schemas/order-exchange-niem-6.0.xsd."""

_MODEL = "https://docs.oasis-open.org/niemopen/ns/model"
_ORDER_ID, _RESTRAINED_ID = "ORDER", "RESTRAINED"

_SEX = Codes(frozenset("F M U X".split()))
_RACE = Words(
    {
        "A": "ASIAN",
        "B": "BLACK",
        "H": "HISPANIC-LATINO",
        "I": "NATIVE_AMERICAN",
        "P": "NATIVE_HAWAIIAN-OTHER_PACIFIC_ISLANDER",
        "U": "UNKNOWN",
        "W": "WHITE",
    }
)
_ETHNICITY = Words({"H": "HISPANIC-LATINO", "N": "NOT_HISPANIC-LATINO", "U": "UNKNOWN"})
_EYES = Words(
    {
        "BLK": "BLACK",
        "BLU": "BLUE",
        "BRO": "BROWN",
        "GRN": "GREEN",
        "GRY": "GRAY",
        "HAZ": "HAZEL",
        "MAR": "MAROON",
        "MUL": "MULTICOLORED",
        "PNK": "PINK",
        "XXX": "UNKNOWN",
    }
)
_HAIR = Words(
    {
        "BLD": "BALD",
        "BLK": "BLACK",
        "BLN": "BLONDE-STRAWBERRY",
        "BLU": "BLUE",
        "BRO": "BROWN",
        "GRN": "GREEN",
        "GRY": "GRAY-PARTIALLY_GRAY",
        "ONG": "ORANGE",
        "PLE": "PURPLE",
        "PNK": "PINK",
        "RED": "RED_AUBURN",
        "SDY": "SANDY",
        "WHI": "WHITE",
        "XXX": "UNKNOWN",
    }
)
_SKIN = Words(
    {
        "ALB": "ALBINO",
        "BLK": "BLACK",
        "DBR": "DARK_BROWN",
        "DRK": "DARK",
        "FAR": "FAIR",
        "LBR": "LIGHT_BROWN",
        "LGT": "LIGHT",
        "MBR": "MEDIUM_BROWN",
        "MED": "MEDIUM",
        "OLV": "OLIVE",
        "RUD": "RUDDY",
        "SAL": "SALLOW",
        "YEL": "YELLOW",
    }
)
_CAUTION = NumberedText(code_table("CMC").meanings)
_CONDITIONS = NumberedText(code_table("PCO").meanings)

_ORDER = "j:ProtectionOrder"
_PERSON = f"{_ORDER}/j:ProtectionOrderRestrictedPerson"
_LICENCE = f"{_PERSON}/j:PersonAugmentation/j:DriverLicense"
_NUMBER = "nc:IdentificationID"
_KIND = "nc:IdentificationCategoryText"
_COURT = f"{_ORDER}/j:CourtOrderIssuingCourt/j:OrganizationAugmentation/j:OrganizationORIIdentification"

NIEM_60 = Dialect(
    form="niem-6.0",
    namespaces=MappingProxyType(
        {
            "oc": NAMESPACE,
            "nc": f"{_MODEL}/niem-core/6.0/",
            "j": f"{_MODEL}/domains/justice/6.0/",
            "structures": f"{_MODEL}/structures/6.0/",
            "xsi": "http://www.w3.org/2001/XMLSchema-instance",
        }
    ),
    order=(
        Slot("PNO", f"{_ORDER}/nc:ActivityIdentification[!{_KIND}]/{_NUMBER}"),
        Slot("OCA", f"{_ORDER}/nc:ActivityIdentification[{_KIND}=agency case number]/{_NUMBER}"),
        Slot("NIC", f"{_ORDER}/nc:ActivityIdentification[{_KIND}=national index record number]/{_NUMBER}"),
        Slot("FCN", f"{_ORDER}/nc:ActivityIdentification[{_KIND}=file control number]/{_NUMBER}"),
        Slot("EXP", f"{_ORDER}/nc:ActivityDate/nc:DateRange/nc:EndDate/nc:Date", DAY),
        Slot("CMC", f"{_ORDER}/j:CourtOrderDesignatedSubject/j:SubjectCautionInformationText*", _CAUTION),
        Slot("CTI", f"{_COURT}/{_NUMBER}"),
        Slot("ISD", f"{_ORDER}/j:CourtOrderIssuingDate/nc:Date", DAY),
        Slot("SVD", f"{_ORDER}/j:CourtOrderServiceDate/nc:Date", DAY),
        Slot("SVC", f"{_ORDER}/j:CourtOrderServiceDescriptionText", SERVICE),
        Slot("MIS", f"{_ORDER}/j:CourtOrderSpecialInstructionText", SENTENCES),
        Slot("DOB", f"{_PERSON}/nc:PersonBirthDate*/nc:Date", DAY),
        Slot("ETN", f"{_PERSON}/j:PersonEthnicityCode", _ETHNICITY),
        Slot("EYE", f"{_PERSON}/j:PersonEyeColorCode", _EYES),
        Slot("HAI", f"{_PERSON}/j:PersonHairColorCode", _HAIR),
        Slot("HGT", f"{_PERSON}/nc:PersonHeightMeasure[nc:MeasureUnitText=INH]/nc:MeasureDecimalValue", INCHES),
        Slot("NAM", f"{_PERSON}/nc:PersonName[!nc:PersonNameCategoryCode=Alternate]", is_name=True),
        Slot("AKA", f"{_PERSON}/nc:PersonName*[nc:PersonNameCategoryCode=Alternate]", is_name=True),
        Slot("MNU", f"{_PERSON}/nc:PersonOtherIdentification*/{_NUMBER}"),
        Slot("SMT", f"{_PERSON}/nc:PersonPhysicalFeature*/nc:PhysicalFeatureCategoryText"),
        Slot("RAC", f"{_PERSON}/j:PersonRaceCode", _RACE),
        Slot("SEX", f"{_PERSON}/j:PersonSexCode", _SEX),
        Slot("SKN", f"{_PERSON}/j:PersonSkinToneCode", _SKIN),
        Slot("SOC", f"{_PERSON}/nc:PersonSSNIdentification*/{_NUMBER}"),
        Slot("WGT", f"{_PERSON}/nc:PersonWeightMeasure[nc:MeasureUnitText=LBR]/nc:MeasureDecimalValue", POUNDS),
        Slot("OLN", f"{_LICENCE}/{_NUMBER}"),
        Slot("OLS", f"{_LICENCE}/nc:IdentificationJurisdiction/nc:JurisdictionText"),
        Slot("OLY", f"{_LICENCE}/nc:IdentificationExpirationDate/nc:YearDate", YEAR),
        Slot("FBI", f"{_PERSON}/j:PersonAugmentation/j:PersonFBIIdentification/{_NUMBER}"),
        Slot("SID", f"{_PERSON}/j:PersonAugmentation/j:PersonStateFingerprintIdentification/{_NUMBER}"),
        Slot("BRD", f"{_ORDER}/j:ProtectionOrderBradyIndicator", YES_OR_NO),
        Slot("PCO", f"{_ORDER}/j:ProtectionOrderConditionText*", _CONDITIONS),
    ),
    protected_path="j:ProtectionOrderProtectedPersonAssociation*/nc:Person",
    protected=(
        Slot("PPB", "nc:PersonBirthDate/nc:Date", DAY),
        Slot("PPE", "j:PersonEthnicityCode", _ETHNICITY),
        Slot("PPN", "nc:PersonName", is_name=True),
        Slot("PPR", "j:PersonRaceCode", _RACE),
        Slot("PSX", "j:PersonSexCode", _SEX),
        Slot("PSN", f"nc:PersonSSNIdentification/{_NUMBER}"),
    ),
    link=lambda root: _link(root),
)


def compose_niem60(message: Message) -> str:
    """The document. Raises: ValueError for a message that is not about an order's record (a bug of the caller)."""
    return compose_order(NIEM_60, message)


def parse_niem60(text: str, *, today: date) -> Message:
    """Raises: Rejected with all faults, and nothing else for any text."""
    return parse_order(NIEM_60, text, today=today)


def _link(root: Element) -> None:
    """Says whom the cautions are about and which order the protected persons belong to."""
    for order in root.named(NIEM_60.name("j:ProtectionOrder")):
        order.attributes = {NIEM_60.name("structures:id"): _ORDER_ID}
        for subject in order.named(NIEM_60.name("j:CourtOrderDesignatedSubject")):
            subject.children.insert(0, _reference("nc:EntityPerson", _RESTRAINED_ID))
        for person in order.named(NIEM_60.name("j:ProtectionOrderRestrictedPerson")):
            person.attributes = {NIEM_60.name("structures:id"): _RESTRAINED_ID}
    for association in root.named(NIEM_60.name("j:ProtectionOrderProtectedPersonAssociation")):
        association.children.insert(0, _reference("nc:Activity", _ORDER_ID))


def _reference(name: str, about: str) -> Element:
    attributes = {NIEM_60.name("structures:ref"): about, NIEM_60.name("xsi:nil"): "true"}
    return Element(NIEM_60.name(name), attributes)
