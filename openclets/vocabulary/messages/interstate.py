"""Questions to other states, their answers, hit confirmations, searches of the interstate network's journal."""

from __future__ import annotations

from types import MappingProxyType

from openclets.vocabulary.answers import File
from openclets.vocabulary.cross_edits import CrossEdit, NotBefore, NotTogether, SetsByValue
from openclets.vocabulary.messages.groups import OWN
from openclets.vocabulary.messages.row import (
    Act,
    DestinationKind,
    Destinations,
    Direction,
    Family,
    FieldUse,
    MessageKey,
    WrongExample,
    along,
    may,
    must,
)

_NLETS = "Nlets message formats"

_STATES = Destinations(DestinationKind.STATES, 0, 5, f"{_NLETS}: up to five states or a region; none: {OWN}, this one")
_ONE_STATE = Destinations(DestinationKind.STATES, 0, 1, f"{_NLETS} KQ: a single state; none: {OWN}, this one")
_STATES_ONLY = Destinations(DestinationKind.STATES, 0, 5, f"{_NLETS} IQ: two letters, an agency is rejected")
_AGENCIES = Destinations(DestinationKind.AGENCIES, 1, 3, f"{_NLETS} YQ: one to three agencies")
_BACK = Destinations(DestinationKind.AGENCIES, 1, 1, f"{_NLETS} YR: the agency that asked")

_ASKED_FOR = may("CAS ATN", f"{OWN}: any inquiry may say for which case and for whom")
_WHY = (*must("PUR ATN", f"{_NLETS}: purpose, and the one person it is for"), *may("CAS", OWN))
_REASON = may("RSN", f"{_NLETS}: N F V T S H I")

_PLATE_OR_NUMBER = (
    *may("LIC LIY LIT", f"{_NLETS} RQ: plate with year and type"),
    *may("VIN", f"{_NLETS} RQ"),
    *along("VMA VYR", "VIN", f"{_NLETS} RQ"),
)
_LICENCE_OR_NAME = (*may("OLN", f"{_NLETS} DQ, KQ"), *may("NAM DOB SEX", f"{_NLETS} DQ, KQ"))
_NAMED = must("NAM DOB SEX", f"{_NLETS} IQ, DQ: name, birth date and sex")
_LICENCE_WAYS = (("OLN",), ("NAM", "DOB", "SEX"))
_PERSON = "NAM/DOE,JOHN QUINCY.DOB/19800214.SEX/M"
_WHY_EXAMPLE = "PUR/C.ATN/CHEN 4711"


def _asked(
    key: str,
    purpose: str,
    record: str,
    fields: tuple[FieldUse, ...],
    destinations: Destinations,
    right: str,
    files: tuple[File, ...],
    example: str,
    wrong: WrongExample,
    *,
    alternatives: tuple[tuple[str, ...], ...] = (),
    act: Act = Act.ASK,
    source: str = "",
) -> MessageKey:
    return MessageKey(
        key,
        purpose,
        Direction.IN,
        Family.INQUIRY,
        fields,
        source or f"{_NLETS} {key}",
        act=act,
        record=record,
        alternatives=alternatives,
        destinations=destinations,
        right=right,
        files=files,
        has_training_twin=True,
        example=example,
        wrong=wrong,
    )


_REGISTRATIONS = (File.REGISTRATIONS,)
_DRIVERS = (File.DRIVERS,)
_HISTORIES = (File.HISTORIES,)

_QUESTIONS: tuple[MessageKey, ...] = (
    _asked(
        "RQ",
        "Asks states for the registration of a vehicle by plate or vehicle number.",
        "vehicle registration",
        (*_PLATE_OR_NUMBER, *_REASON, *_ASKED_FOR),
        _STATES,
        "inquiry.vehicle",
        _REGISTRATIONS,
        "LIC/8ABC123.LIY/2027.LIT/PC",
        WrongExample("LIC/8ABC123.LIT/PC", "14", "LIY"),
        alternatives=(("LIC", "LIY", "LIT"), ("VIN",)),
    ),
    _asked(
        "RQG",
        "Asks states for a registration when there is no hurry.",
        "vehicle registration, no hurry",
        (*_PLATE_OR_NUMBER, *_REASON, *_ASKED_FOR),
        _STATES,
        "inquiry.vehicle",
        _REGISTRATIONS,
        "VIN/1HGCM82633A004352.VYR/2003",
        WrongExample("VIN/1HGCM82633A004352.LIC/8ABC123", "22", "VIN"),
        alternatives=(("LIC", "LIY", "LIT"), ("VIN",)),
    ),
    _asked(
        "RPQ",
        "Asks states for registrations by a part of a plate.",
        "registration by part of a plate",
        (*must("LIC", f"{_NLETS} RPQ: part of a plate"), *_REASON, *_ASKED_FOR),
        _STATES,
        "inquiry.vehicle",
        _REGISTRATIONS,
        "LIC/8AB",
        WrongExample("RSN/N", "14", "LIC"),
    ),
    _asked(
        "RNQ",
        "Asks states for the vehicles registered to a name.",
        "registration by name",
        (*must("NAM", f"{_NLETS} RNQ"), *may("DOB", f"{_NLETS} RNQ"), *_REASON, *_ASKED_FOR),
        _STATES,
        "inquiry.vehicle",
        _REGISTRATIONS,
        "NAM/DOE,JOHN QUINCY",
        WrongExample("DOB/19800214", "14", "NAM"),
    ),
    _asked(
        "DQ",
        "Asks states for a driver licence by its number or by name.",
        "driver licence",
        (*_LICENCE_OR_NAME, *may("IMQ", f"{_NLETS} DQ"), *_ASKED_FOR),
        _STATES,
        "inquiry.driver",
        _DRIVERS,
        f"{_PERSON}.IMQ/Y",
        WrongExample("OLN/A1234567.NAM/DOE,JOHN", "22", "NAM"),
        alternatives=_LICENCE_WAYS,
    ),
    _asked(
        "DNQ",
        "Asks states for driver licences by name only.",
        "driver licence by name",
        (
            *must("NAM", "Nlets list of message types: DNQ"),
            *may("DOB SEX", "Nlets list of message types: DNQ"),
            *_ASKED_FOR,
        ),
        _STATES,
        "inquiry.driver",
        _DRIVERS,
        "NAM/DOE,JOHN QUINCY",
        WrongExample("NAM/DOE,JOHN.OLN/A1234567", "34", "OLN"),
    ),
    _asked(
        "DQG",
        "Asks a group of states for a driver licence by name, birth date and sex.",
        "driver licence of a group of states",
        (*_NAMED, *_ASKED_FOR),
        _STATES,
        "inquiry.driver",
        _DRIVERS,
        _PERSON,
        WrongExample("NAM/DOE,JOHN.SEX/M", "14", "DOB"),
    ),
    _asked(
        "KQ",
        "Asks a state for a driver's history.",
        "driver history",
        (*_LICENCE_OR_NAME, *_REASON, *_WHY),
        _ONE_STATE,
        "inquiry.driver",
        _DRIVERS,
        f"OLN/A1234567.{_WHY_EXAMPLE}",
        WrongExample(f"OLN/A1234567.{_WHY_EXAMPLE}.IMQ/Y", "34", "IMQ"),
        alternatives=_LICENCE_WAYS,
    ),
    _asked(
        "IQ",
        "Asks a state's criminal history index by name.",
        "index of a state's criminal histories",
        (*_NAMED, *may("RAC SOC", f"{_NLETS} IQ"), *_WHY),
        _STATES_ONLY,
        "inquiry.history",
        _HISTORIES,
        f"{_PERSON}.{_WHY_EXAMPLE}",
        WrongExample(f"{_PERSON}.ATN/CHEN 4711", "14", "PUR"),
    ),
    _asked(
        "FQ",
        "Asks a state for one whole criminal history by its number.",
        "a state's criminal history",
        (*must("SID", f"{_NLETS} FQ"), *_WHY),
        _STATES_ONLY,
        "inquiry.history",
        _HISTORIES,
        f"SID/NV12345678.{_WHY_EXAMPLE}",
        WrongExample(f"FBI/123456AB1.SID/NV12345678.{_WHY_EXAMPLE}", "34", "FBI"),
        act=Act.FETCH,
    ),
    _asked(
        "AQ",
        "Asks a state's record office in free words for more of a criminal history.",
        "more of a state's criminal history",
        (*_WHY, *must("REM", f"{_NLETS} AQ: free text; field: {OWN}")),
        _STATES_ONLY,
        "inquiry.history",
        _HISTORIES,
        f"{_WHY_EXAMPLE}.REM/DISPOSITION OF ARREST OF 2019 PLEASE",
        WrongExample(_WHY_EXAMPLE, "14", "REM"),
    ),
)

_REPLIES: tuple[MessageKey, ...] = tuple(
    MessageKey(
        key,
        purpose,
        Direction.BOTH if key == "AR" else Direction.OUT,
        Family.REPLY,
        must("TXT", f"{_NLETS}: as text"),
        f"{_NLETS} {key}",
        act=Act.TELL,
        record=record,
        text_field="TXT",
        destinations=_BACK if key == "AR" else None,
        right="inquiry.history" if key == "AR" else "",
        example=example,
        wrong=WrongExample("", "14", "TXT") if key == "AR" else None,
    )
    for key, purpose, record, example in (
        ("RR", "Answers RQ, RQG, RPQ and RNQ: registrations.", "registrations", "REGISTRATION 8ABC123 VALID 2027"),
        ("DR", "Answers DQ and DNQ: a driver licence.", "driver licence", "LICENSE A1234567 VALID"),
        ("DRG", "Answers DQG: driver licences of a group of states.", "driver licences of a group", "NO RECORD"),
        ("KR", "Answers KQ: a driver's history.", "driver history", "NO VIOLATIONS ON RECORD"),
        ("IR", "Answers IQ: whose histories a state has.", "index of histories", "1 RECORD: SID NV12345678"),
        ("FR", "Answers FQ: a state's whole criminal history.", "criminal history", "RECORD OF SID NV12345678"),
        ("AR", "Answers AQ in free words.", "more of a criminal history", "DISPOSITION: DISMISSED. SEE CASE 19-1/2."),
        (
            "CR",
            "Brings the criminal history a state keeps for the national index.",
            "criminal history for the index",
            "RECORD OF SID NV12345678",
        ),
        ("NLR", "Answers NLQ: what the search of the interstate journal found.", "found in the journal", "2 MESSAGES"),
        ("NFR", "Answers NFQ: the whole text of what was found.", "whole text from the journal", "RQ.CA0990100.NV"),
    )
)

_PERSON_SET = (("NAM", "DOB", "SEX"),)
_PLATE_SET = ("LIC", "LIS", "LIY", "LIT")
_CONFIRMED_SETS = SetsByValue(
    f"{_NLETS} YQ: exactly one data set, that of the kind of record",
    "RTY",
    MappingProxyType(
        {
            "SV": (_PLATE_SET, ("VIN", "VYR", "VMA")),
            "SL": (_PLATE_SET,),
            "WP": _PERSON_SET,
            "PO": _PERSON_SET,
            "MP": _PERSON_SET,
            "SG": (("SER", "MAK", "CAL"),),
            "SA": (("TYP", "SER"),),
            "SS": (("TYP", "SER", "DEN"),),
            "SB": (("REG",), ("BHN",)),
            "SP": (("SER", "BRA"),),
        }
    ),
)
_DATA = (
    *may("NAM DOB SEX LIC LIS LIY LIT VIN VYR VMA SER MAK CAL", f"{_NLETS} YQ: data set"),
    *may("TYP", f"{_NLETS} YQ: data set", kind="property"),
    *may("DEN REG BHN", f"{_NLETS} YQ: data set"),
    *may("BRA", f"{_NLETS} YQ: data set", kind="part"),
)
_REQUEST = (
    *must("RTY RNO PRI OCA", f"{_NLETS} YQ"),
    *must("NIC", f"{_NLETS} YQ", kind="confirmation"),
)
_WHO_ASKS = (*must("RNA RAG", f"{_NLETS} YQ"), *may("PHO REM", f"{_NLETS} YQ"))
_CONFIRM_RIGHT = "confirmation.exchange"
_YQ = (
    "RTY/PO.RNO/1.PRI/U.OCA/22-5567.NIC/H123456789.NAM/DOE,JOHN QUINCY.DOB/19800214.SEX/M.RNA/DISP LEE"
    ".RAG/EXAMPLE COUNTY SO.PHO/5555550100.REM/RESPONDENT STOPPED NEAR PROTECTED ADDRESS"
)

_CONFIRMATIONS: tuple[MessageKey, ...] = (
    MessageKey(
        "YQ",
        "Asks the agency that entered a record to confirm that it still stands.",
        Direction.BOTH,
        Family.CONFIRMATION,
        (*_REQUEST, *_DATA, *_WHO_ASKS),
        f"{_NLETS} YQ",
        act=Act.ASK,
        record="hit",
        edits=(_CONFIRMED_SETS,),
        destinations=_AGENCIES,
        right=_CONFIRM_RIGHT,
        has_training_twin=True,
        example=_YQ,
        wrong=WrongExample(_YQ.replace("RTY/PO", "RTY/SG"), "22", "RTY"),
    ),
    MessageKey(
        "YR",
        "Confirms a record, denies it, or says when that will be known.",
        Direction.BOTH,
        Family.CONFIRMATION,
        (*_REQUEST, *must("CON", f"{_NLETS} YR; codes: {OWN}"), *_DATA, *_WHO_ASKS),
        f"{_NLETS} YR",
        act=Act.TELL,
        record="hit",
        edits=(_CONFIRMED_SETS,),
        destinations=_BACK,
        right=_CONFIRM_RIGHT,
        has_training_twin=True,
        example=_YQ.replace(".NAM/", ".CON/Y.NAM/"),
        wrong=WrongExample(_YQ, "14", "CON"),
    ),
)

_SEARCH = (
    *must("TYP", f"{_NLETS} NLQ: message types or ALL", kind="messages"),
    *may("SRC DST", f"{_NLETS} NLQ"),
    *must("BEG END", f"{_NLETS} NLQ"),
    *may("FND", f"{_NLETS} NLQ: exactly one of FND and NAM"),
    *may("NAM", f"{_NLETS} NLQ: exactly one of FND and NAM", kind="journal"),
    *along("AND ORR", "FND", f"{_NLETS} NLQ: only with FND"),
    *may("CAS", OWN),
)
_SEARCH_EDITS: tuple[CrossEdit, ...] = (
    NotBefore(OWN, "END", "BEG"),
    NotTogether(f"{_NLETS} NLQ: AND or ORR", ("AND", "ORR")),
)


def _searched(key: str, act: Act, purpose: str, example: str, wrong: WrongExample) -> MessageKey:
    return MessageKey(
        key,
        purpose,
        Direction.IN,
        Family.INQUIRY,
        _SEARCH,
        f"{_NLETS} {key}",
        act=act,
        record="journal",
        alternatives=(("FND",), ("NAM",)),
        edits=_SEARCH_EDITS,
        right="inquiry.journal",
        has_training_twin=True,
        example=example,
        wrong=wrong,
    )


_JOURNAL: tuple[MessageKey, ...] = (
    _searched(
        "NLQ",
        Act.ASK,
        "Searches the journal for messages by words or by a name.",
        "TYP/RQ,DQ.BEG/20261101.END/20261122@1200.FND/8ABC123.AND/NV",
        WrongExample("TYP/ALL.BEG/20261101.END/20261122.FND/8ABC123.NAM/DOE JOHN", "22", "NAM"),
    ),
    _searched(
        "NFQ",
        Act.FETCH,
        "Fetches the whole text of messages that a search of the journal finds.",
        "TYP/ALL.BEG/20261101.END/20261102.NAM/DOE J*",
        WrongExample("TYP/ALL.BEG/20261102.END/20261101.NAM/DOE", "22", "END"),
    ),
)

INTERSTATE: tuple[MessageKey, ...] = (*_QUESTIONS, *_REPLIES, *_CONFIRMATIONS, *_JOURNAL)
