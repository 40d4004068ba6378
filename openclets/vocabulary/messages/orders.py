"""Protective orders: entered, added to, changed, cancelled, cleared, asked for.

Two record types share every field: the order after hearing and the temporary one. The key alone says which, so a
message of one is never taken for the other: `record` differs.
"""

from __future__ import annotations

from openclets.vocabulary.answers import File
from openclets.vocabulary.cross_edits import (
    AsManyAs,
    BeginsWith,
    CrossEdit,
    NotBefore,
    NotBeforeToday,
    OnlyWhen,
    ValueNeeds,
)
from openclets.vocabulary.messages.groups import (
    ASKING,
    CASE,
    CAUTION,
    DAY_ENDED,
    FILE,
    KEYS,
    LICENCE_WHOLE,
    LINK_WHOLE,
    LINKED,
    LOOKS,
    NARROWING_A_NAME,
    NUMBERED,
    NUMBERS_OF_A_PERSON,
    NUMERIC_IDENTIFIER,
    OTHER_NAMES,
    OWN,
    PERSON_NUMBERS,
    PLATE,
    PLATE_WHOLE,
    RECORD_NAMED,
    REMARKS,
    VALIDATED,
    VEHICLE,
    WHO,
    something_to_change,
)
from openclets.vocabulary.messages.row import (
    Act,
    Direction,
    Family,
    FieldUse,
    Mark,
    MessageKey,
    WrongExample,
    along,
    may,
    must,
    optional,
)

ENTER_RIGHT = "order.file"
ASK_RIGHT = "inquiry.orders"

_ORDER = "protective order"
_TEMPORARY = "temporary protective order"

_TERMS = (
    *must("BRD PNO", f"{FILE}; released letter on the national background check (BRD)"),
    *must("ISD EXP", f"{FILE}; a state's public list of what an entry needs: begin and end"),
    *may("SVC", f"{FILE}; NIEM NCIC codes SVC"),
    *along("SVD", "SVC", FILE),
    *must("PCO", f"{FILE}; NIEM NCIC codes PCO"),
)
_PROTECTED = (*may("PPN", FILE), *along("PPB PSN PSX PPR PPE", "PPN", FILE))
_COURT = may("CTI", f"{FILE}; mandatory only in some states")

_ENTRY = (*WHO, *LOOKS, *PERSON_NUMBERS, *_TERMS, *_PROTECTED, *_COURT, *CASE, *may("NOA", FILE))
_END_OF_ENTRY = (*LINKED, *PLATE, *VEHICLE, *REMARKS)

_DATES: tuple[CrossEdit, ...] = (
    NotBefore(FILE, "EXP", "ISD"),
    OnlyWhen(FILE, "SVD", "SVC", ("1",)),
    NotBefore(FILE, "SVD", "ISD"),
)
_ONE_FOR_EACH = AsManyAs(OWN, ("PPB", "PSN", "PSX", "PPR", "PPE"), "PPN")
_SETS: tuple[CrossEdit, ...] = (
    ValueNeeds(
        "the meanings of PCO 07 and 08 point to the remarks: inferred from NIEM NCIC codes", "PCO", ("07", "08"), "MIS"
    ),
    _ONE_FOR_EACH,
    PLATE_WHOLE,
    LICENCE_WHOLE,
    LINK_WHOLE,
)
_ENTRY_EDITS = (NotBeforeToday(FILE, "EXP"), *_DATES, *_SETS, NUMERIC_IDENTIFIER)
_CAUTION_NEEDS_REMARKS = ValueNeeds(f"{FILE}: other caution is told in the remarks", "CMC", ("01",), "MIS")

_OF_THIS_FILE = BeginsWith("NIEM NCIC codes FILE: H is the protection order file", "NIC", "H")
_NAMED = (*NUMBERED, *must("NAM", f"{FILE}: the name confirms the number"))

_EXAMPLE = (
    "NAM/DOE,JOHN QUINCY.SEX/M.RAC/W.DOB/19800214.BRD/Y.PNO/24DV000123.ISD/20260301.EXP/20290301.SVC/1.SVD/20260303"
    ".PCO/01,04,05,07.PPN/ROE,JANE.PPB/19820505.PSX/F.PPR/W.CTI/CA099013J.OCA/24-00123.MIS/HAND OVER FIREARMS TO SO"
)
_TEMPORARY_EXAMPLE = (
    "NAM/DOE,JOHN QUINCY.SEX/M.RAC/W.SOC/123456789.BRD/N.PNO/26DV000456.ISD/20261120.EXP/20261211.PCO/01,04,05"
    ".PPN/ROE,JANE.CTI/CA099013J.OCA/26-00456"
)
_WITHOUT_BRD = _EXAMPLE.replace(".BRD/Y", "")


def _entered(key: str, record: str, purpose: str, example: str, wrong: WrongExample, *, caution: bool) -> MessageKey:
    return MessageKey(
        key,
        purpose,
        Direction.IN,
        Family.RECORD,
        (*_ENTRY, *(CAUTION if caution else ()), *_END_OF_ENTRY),
        KEYS,
        act=Act.ENTER,
        record=record,
        marks=(Mark.CAUTION,) if caution else (),
        edits=(*_ENTRY_EDITS, _CAUTION_NEEDS_REMARKS) if caution else _ENTRY_EDITS,
        files=(File.ORDERS, File.NATIONAL),
        right=ENTER_RIGHT,
        has_training_twin=True,
        example=example,
        wrong=wrong,
    )


def _named(
    key: str,
    record: str,
    act: Act,
    purpose: str,
    fields: tuple[FieldUse, ...],
    edits: tuple[CrossEdit, ...],
    example: str,
    wrong: WrongExample,
    *,
    source: str = KEYS,
    blank_deletes: bool = False,
) -> MessageKey:
    return MessageKey(
        key,
        purpose,
        Direction.IN,
        Family.RECORD,
        (*_NAMED, *fields),
        source,
        act=act,
        record=record,
        edits=(RECORD_NAMED, _OF_THIS_FILE, *edits),
        files=(File.ORDERS, File.NATIONAL),
        right=ENTER_RIGHT,
        has_training_twin=True,
        blank_deletes=blank_deletes,
        example=example,
        wrong=wrong,
    )


_CHANGEABLE = tuple(
    use
    for use in (*optional(_ENTRY), *may("CMC", FILE), *optional(_END_OF_ENTRY), *VALIDATED)
    if use.code not in ("NAM", "OCA")
)
_MODIFY_EDITS: tuple[CrossEdit, ...] = (*_DATES, _ONE_FOR_EACH, something_to_change(_CHANGEABLE))
_END_EDITS: tuple[CrossEdit, ...] = ()
_ADDITIONS = (
    *may("AKA", f"{FILE}: other names"),
    *may("DOB", FILE, max_values=9),
    *may("SMT MNU SOC OLN OLS OLY", FILE),
    *_PROTECTED,
    *PLATE,
    *VEHICLE,
)
_ADDED_EDITS: tuple[CrossEdit, ...] = (
    _ONE_FOR_EACH,
    PLATE_WHOLE,
    LICENCE_WHOLE,
    something_to_change(_ADDITIONS),
)

_BY_NIC = "NIC/H000000001.NAM/DOE,JOHN QUINCY"
_BY_FCN = "FCN/0992632700012.NAM/DOE,JOHN QUINCY"

ORDERS: tuple[MessageKey, ...] = (
    _entered(
        "EPO",
        _ORDER,
        "Enters a protective order made after notice and hearing, or any that is not temporary.",
        _EXAMPLE,
        WrongExample(_WITHOUT_BRD, "14", "BRD"),
        caution=False,
    ),
    _entered(
        "EPOC",
        _ORDER,
        "Enters a protective order with a caution about the restrained person, such as violent or armed.",
        _EXAMPLE.replace(".MIS/", ".CMC/05.MIS/"),
        WrongExample(_EXAMPLE, "14", "CMC"),
        caution=True,
    ),
    _entered(
        "ETO",
        _TEMPORARY,
        "Enters a temporary protective order, in force until the hearing.",
        _TEMPORARY_EXAMPLE,
        WrongExample(_TEMPORARY_EXAMPLE.replace("ISD/20261120.EXP/20261211", "ISD/20261101.EXP/20261119"), "22", "EXP"),
        caution=False,
    ),
    _entered(
        "ETOC",
        _TEMPORARY,
        "Enters a temporary protective order with a caution about the restrained person.",
        f"{_TEMPORARY_EXAMPLE}.CMC/70",
        WrongExample(f"{_TEMPORARY_EXAMPLE}.CMC/01", "14", "MIS"),
        caution=True,
    ),
    _named(
        "ENPO",
        "additions to a protective order",
        Act.SUPPLEMENT,
        "Adds other names, numbers, vehicles and protected persons to an order that is entered.",
        _ADDITIONS,
        _ADDED_EDITS,
        f"{_BY_NIC}.AKA/DOE,JACK.AKA/DOUGH,JOHN.PPN/ROE,SAM.PSX/M",
        WrongExample(_BY_NIC, "14", "AKA"),
    ),
    _named(
        "XNPO",
        "additions to a protective order",
        Act.REMOVE_SUPPLEMENT,
        "Takes names, numbers, vehicles and protected persons off an order that were added to it.",
        _ADDITIONS,
        _ADDED_EDITS,
        f"{_BY_NIC}.AKA/DOUGH,JOHN",
        WrongExample(f"{_BY_NIC}.PSX/M.AKA/DOUGH,JOHN", "22", "PSX"),
    ),
    _named(
        "MPO",
        _ORDER,
        Act.MODIFY,
        "Changes fields of a protective order that is entered, such as its service or its end.",
        _CHANGEABLE,
        _MODIFY_EDITS,
        f"{_BY_NIC}.SVC/1.SVD/20260303",
        WrongExample(f"{_BY_NIC}.SVC/2.SVD/20260303", "22", "SVD"),
        blank_deletes=True,
    ),
    _named(
        "MTO",
        _TEMPORARY,
        Act.MODIFY,
        "Changes fields of a temporary protective order, such as its end when the hearing is put off.",
        _CHANGEABLE,
        _MODIFY_EDITS,
        f"{_BY_FCN}.EXP/20270115",
        WrongExample(_BY_FCN, "14", "SEX"),
        blank_deletes=True,
    ),
    _named(
        "XPO",
        _ORDER,
        Act.CANCEL,
        "Cancels a protective order that should not have been entered; no trace is left in answers.",
        DAY_ENDED,
        _END_EDITS,
        f"{_BY_NIC}.DOC/20260620",
        WrongExample("NAM/DOE,JOHN QUINCY.DOC/20260620", "14", "NIC"),
    ),
    _named(
        "XTO",
        _TEMPORARY,
        Act.CANCEL,
        "Cancels a temporary protective order that should not have been entered.",
        DAY_ENDED,
        _END_EDITS,
        f"{_BY_FCN}.DOC/20261121",
        WrongExample(f"{_BY_FCN}.DOC/20261123", "32", "DOC"),
    ),
    _named(
        "CPO",
        _ORDER,
        Act.CLEAR,
        "Clears a protective order that a court ended before its time; it stays visible as ended.",
        DAY_ENDED,
        _END_EDITS,
        f"{_BY_NIC}.DOC/20260620",
        WrongExample(_BY_NIC, "14", "DOC"),
    ),
    _named(
        "CTO",
        _TEMPORARY,
        Act.CLEAR,
        "Clears a temporary protective order, as when the order after hearing takes its place.",
        DAY_ENDED,
        _END_EDITS,
        f"{_BY_FCN}.DOC/20261121",
        WrongExample("NIC/W000000001.NAM/DOE,JOHN QUINCY.DOC/20261121", "22", "NIC"),
    ),
    _named(
        "IPO",
        _ORDER,
        Act.CLEAR_EXPIRED,
        "Clears a protective order that has already run out.",
        DAY_ENDED,
        _END_EDITS,
        f"{_BY_NIC}.DOC/20260620",
        WrongExample("NIC/H000000001.DOC/20260620", "14", "NAM"),
    ),
    _named(
        "ITO",
        _TEMPORARY,
        Act.CLEAR_EXPIRED,
        "Clears a temporary protective order that has already run out.",
        DAY_ENDED,
        _END_EDITS,
        f"{_BY_FCN}.DOC/20261121",
        WrongExample(f"{_BY_FCN}.DOC/20261131", "32", "DOC"),
    ),
    MessageKey(
        "QPO",
        "Asks for protective orders about one person or by number, ended and expired ones too.",
        Direction.IN,
        Family.INQUIRY,
        (
            *may("NAM", "NCIC key QPO"),
            *OTHER_NAMES,
            *NARROWING_A_NAME,
            *may("FCN", f"{OWN}: by the state's own number"),
            *NUMBERS_OF_A_PERSON,
            *ASKING,
        ),
        "NCIC key QPO: returns active, expired and cleared orders; by FCN: own decision",
        record=_ORDER,
        alternatives=(("NAM",), ("FCN",)),
        files=(File.ORDERS, File.NATIONAL),
        right=ASK_RIGHT,
        has_training_twin=True,
        example="FCN/0992632700012.CAS/26-001234",
        wrong=WrongExample("NAM/DOE,JOHN.FCN/0992632700012", "22", "FCN"),
    ),
)
