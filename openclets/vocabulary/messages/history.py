"""Criminal histories, pictures, agency records, the background check, and upkeep of the national index."""

from __future__ import annotations

from openclets.vocabulary.answers import File
from openclets.vocabulary.cross_edits import CrossEdit
from openclets.vocabulary.messages.groups import ASKING, KEYS, OWN, REMARKS, WHICH_ANSWER, WHO
from openclets.vocabulary.messages.row import (
    Act,
    Direction,
    Family,
    FieldUse,
    MessageKey,
    WrongExample,
    may,
    must,
)

_RIGHT = "inquiry.history"
_UPKEEP_RIGHT = "hotfile.maintain"
_INDEX = "public rules of the national history index"
_NAME_ONLY = f"{KEYS}, which does not say what it carries"

_WHY = (*must("PUR ATN", f"{_INDEX}: purpose and the one person it is for"), *may("CAS", OWN))
_NAMED = (
    *must("NAM DOB SEX RAC", f"{_INDEX}: month and day exact, sex and race absolute"),
    *WHICH_ANSWER,
)
_NUMBERED = may("FBI SID", f"{_INDEX}: a record is asked for by its number")
_NUMBERS = (("FBI",), ("SID",))


def _row(
    key: str,
    purpose: str,
    family: Family,
    act: Act,
    record: str,
    fields: tuple[FieldUse, ...],
    files: tuple[File, ...],
    right: str,
    example: str,
    wrong: WrongExample,
    *,
    alternatives: tuple[tuple[str, ...], ...] = (),
    edits: tuple[CrossEdit, ...] = (),
    source: str = KEYS,
    direction: Direction = Direction.IN,
) -> MessageKey:
    return MessageKey(
        key,
        purpose,
        direction,
        family,
        fields,
        source,
        act=act,
        record=record,
        alternatives=alternatives,
        edits=edits,
        files=files,
        right=right,
        has_training_twin=direction is Direction.IN,
        example=example,
        wrong=wrong,
    )


_HISTORIES = (File.HISTORIES, File.NATIONAL)
_PERSON = "NAM/DOE,JOHN QUINCY.DOB/19800214.SEX/M.RAC/W"
_WHY_EXAMPLE = "PUR/C.ATN/CHEN 4711"

_HISTORY_ROWS: tuple[MessageKey, ...] = (
    _row(
        "QH",
        "Asks the index of criminal histories who has a record.",
        Family.INQUIRY,
        Act.ASK,
        "criminal history index",
        (*_NAMED, *may("SOC MNU", _INDEX), *_WHY),
        _HISTORIES,
        _RIGHT,
        f"{_PERSON}.{_WHY_EXAMPLE}",
        WrongExample(f"{_PERSON}.PUR/C", "14", "ATN"),
    ),
    _row(
        "QR",
        "Asks for one criminal history by its number.",
        Family.INQUIRY,
        Act.FETCH,
        "criminal history",
        (*_NUMBERED, *_WHY),
        _HISTORIES,
        _RIGHT,
        f"FBI/123456AB1.{_WHY_EXAMPLE}",
        WrongExample(f"FBI/123456AB1.SID/CA12345678.{_WHY_EXAMPLE}", "22", "SID"),
        alternatives=_NUMBERS,
    ),
    _row(
        "ZI",
        "Looks into the index of criminal histories for upkeep.",
        Family.INQUIRY,
        Act.ASK_FOR_UPKEEP,
        "criminal history index",
        (*_NAMED, *_WHY),
        _HISTORIES,
        _UPKEEP_RIGHT,
        f"{_PERSON}.PUR/A.ATN/GUPTA",
        WrongExample(f"{_PERSON}.PUR/A.ATN/@", "16", "ATN"),
    ),
    _row(
        "ZR",
        "Looks up one criminal history for upkeep.",
        Family.INQUIRY,
        Act.ASK_FOR_UPKEEP,
        "criminal history",
        (*_NUMBERED, *_WHY),
        _HISTORIES,
        _UPKEEP_RIGHT,
        "FBI/123456AB1.PUR/A.ATN/GUPTA",
        WrongExample("PUR/A.ATN/GUPTA", "14", "FBI"),
        alternatives=_NUMBERS,
    ),
    _row(
        "ZRS",
        "Looks up the state's part of one criminal history for upkeep.",
        Family.INQUIRY,
        Act.ASK_FOR_UPKEEP,
        "state part of a criminal history",
        (*must("SID", _INDEX), *_WHY),
        _HISTORIES,
        _UPKEEP_RIGHT,
        "SID/CA12345678.PUR/A.ATN/GUPTA",
        WrongExample("PUR/A.ATN/GUPTA", "14", "SID"),
    ),
    *(
        _row(
            key,
            purpose,
            Family.RECORD,
            Act.MODIFY,
            record,
            _NUMBERED,
            _HISTORIES,
            "history.maintain",
            example,
            wrong,
            alternatives=_NUMBERS,
            source=f"{KEYS}: record maintenance of the history index",
        )
        for key, purpose, record, example, wrong in (
            (
                "DEC",
                "Ends the index entry of a criminal history.",
                "index entry",
                "FBI/123456AB1",
                WrongExample("FBI/123456AB1.SID/CA12345678", "22", "SID"),
            ),
            (
                "DRS",
                "Takes a state's record off a criminal history.",
                "state record",
                "SID/CA12345678",
                WrongExample("", "14", "FBI"),
            ),
            (
                "MRS",
                "Changes which record of a state a criminal history points to.",
                "pointer to a state record",
                "SID/CA12345679",
                WrongExample("SID/C", "32", "SID"),
            ),
        )
    ),
)

_IMAGED = (*must("NIC", f"{OWN}: a picture belongs to a record"), *must("IMT", "NIEM NCIC codes IMT"))
_IMAGE_FILES = (File.IMAGES, File.NATIONAL)

_IMAGE_ROWS: tuple[MessageKey, ...] = (
    _row(
        "EIM",
        "Adds a picture to a record.",
        Family.RECORD,
        Act.ENTER,
        "picture of a record",
        (*_IMAGED, *REMARKS),
        _IMAGE_FILES,
        "hotfile.enter",
        "NIC/W000000001.IMT/M",
        WrongExample("NIC/W000000001", "14", "IMT"),
    ),
    _row(
        "MII",
        "Changes what is said of a picture on file.",
        Family.RECORD,
        Act.MODIFY,
        "picture of a record",
        (*_IMAGED, *REMARKS),
        _IMAGE_FILES,
        "hotfile.enter",
        "NIC/W000000001.IMT/I.MIS/TATTOO ON ARM",
        WrongExample("NIC/W000000001.IMT/Q", "31", "IMT"),
    ),
    _row(
        "XIM",
        "Takes a picture off a record.",
        Family.RECORD,
        Act.CANCEL,
        "picture of a record",
        _IMAGED,
        _IMAGE_FILES,
        "hotfile.enter",
        "NIC/W000000001.IMT/M",
        WrongExample("IMT/M", "14", "NIC"),
    ),
    _row(
        "QII",
        "Asks for the pictures of a record.",
        Family.INQUIRY,
        Act.ASK,
        "picture of a record",
        (*must("NIC", OWN), *may("IMT", "NIEM NCIC codes IMT"), *ASKING),
        _IMAGE_FILES,
        "inquiry.image",
        "NIC/W000000001.IMT/M.CAS/26-001",
        WrongExample("NIC/000000001.IMT/M", "32", "NIC"),
    ),
)

_AGENCY = must("ORI", f"{KEYS}: agency identifiers")
_AGENCIES = (File.AGENCIES, File.NATIONAL)

_AGENCY_ROWS: tuple[MessageKey, ...] = (
    _row(
        "EO",
        "Enters an agency's record.",
        Family.RECORD,
        Act.ENTER,
        "agency",
        (*_AGENCY, *must("TYPO", "NIEM 2.1 NCIC codes TYPO")),
        _AGENCIES,
        "agency.maintain",
        "ORI/CA0990100.TYPO/3",
        WrongExample("ORI/CA0990100", "14", "TYPO"),
    ),
    _row(
        "MO",
        "Changes an agency's record.",
        Family.RECORD,
        Act.MODIFY,
        "agency",
        (*_AGENCY, *must("TYPO", "NIEM 2.1 NCIC codes TYPO")),
        _AGENCIES,
        "agency.maintain",
        "ORI/CA0990100.TYPO/6",
        WrongExample("ORI/CA0990100.TYPO/Q", "31", "TYPO"),
    ),
    _row(
        "QO",
        "Asks which agency an identifier belongs to.",
        Family.INQUIRY,
        Act.ASK,
        "agency",
        (*_AGENCY, *ASKING),
        _AGENCIES,
        "inquiry.agency",
        "ORI/NV0020100",
        WrongExample("ORI/NV002", "19", "ORI"),
    ),
    _row(
        "ZO",
        "Looks up an agency's record for upkeep.",
        Family.INQUIRY,
        Act.ASK_FOR_UPKEEP,
        "agency",
        (*_AGENCY, *ASKING),
        _AGENCIES,
        _UPKEEP_RIGHT,
        "ORI/NV0020100.PUR/A",
        WrongExample("PUR/A", "14", "ORI"),
    ),
)

_DENIED = (File.BACKGROUND_CHECK, File.NATIONAL)
_CHECK_RIGHT = "background.check"
_BACKGROUND = f"{KEYS}, family of the background check; known and not served"
_BUYER = (*WHO, *must("DOB", f"{OWN}: as for the index of histories"))


def _denied(key: str, act: Act, purpose: str, example: str, wrong: WrongExample, record: str) -> MessageKey:
    fields = _BUYER if act is Act.ENTER else must("OCA NAM", f"{OWN}: the letter of its record numbers is not public")
    return _row(
        key,
        purpose,
        Family.RECORD,
        act,
        record,
        fields,
        _DENIED,
        "background.maintain",
        example,
        wrong,
        source=_BACKGROUND,
    )


def _checked(key: str, purpose: str, record: str, example: str, wrong: WrongExample) -> MessageKey:
    return _row(
        key,
        purpose,
        Family.INQUIRY,
        Act.ASK,
        record,
        (*_BUYER, *ASKING),
        _DENIED,
        _CHECK_RIGHT,
        example,
        wrong,
        source=_BACKGROUND,
    )


_BACKGROUND_ROWS: tuple[MessageKey, ...] = (
    _denied(
        "EDP",
        Act.ENTER,
        "Enters a person who may not have a firearm on the background check's index.",
        _PERSON,
        WrongExample("NAM/DOE,JOHN.SEX/M.RAC/W", "14", "DOB"),
        "denied person",
    ),
    _denied(
        "MDP",
        Act.MODIFY,
        "Changes a denied person's entry.",
        "OCA/26-04001.NAM/DOE,JOHN",
        WrongExample("OCA/26-04001", "14", "NAM"),
        "denied person",
    ),
    _denied(
        "XDP",
        Act.CANCEL,
        "Cancels a denied person's entry.",
        "OCA/26-04001.NAM/DOE,JOHN",
        WrongExample("NAM/DOE,JOHN", "14", "OCA"),
        "denied person",
    ),
    _denied(
        "SDP",
        Act.SUPPLEMENT,
        "Adds to a denied person's entry.",
        "OCA/26-04001.NAM/DOE,JOHN",
        WrongExample("OCA/-1.NAM/DOE,JOHN", "32", "OCA"),
        "additions to a denied person",
    ),
    _checked(
        "QN",
        "Asks the background check about a firearm buyer.",
        "background check for a purchase",
        f"{_PERSON}.PUR/F",
        WrongExample(f"{_PERSON}.PUR/Q", "31", "PUR"),
    ),
    _checked(
        "QNP",
        "Asks the background check for a permit, orders without a federal ban included.",
        "background check for a permit",
        f"{_PERSON}.PUR/F",
        WrongExample(f"{_PERSON}.OCA/1", "34", "OCA"),
    ),
    _checked(
        "QNR",
        "Asks the background check again for an earlier question.",
        "repeated background check",
        f"{_PERSON}.PUR/F",
        WrongExample(_PERSON.replace(".RAC/W", ""), "14", "RAC"),
    ),
    _checked(
        "QDP",
        "Asks for denied persons only.",
        "denied person",
        _PERSON,
        WrongExample(_PERSON.replace(".SEX/M", ""), "14", "SEX"),
    ),
    *(
        MessageKey(
            key,
            purpose,
            Direction.OUT,
            Family.NOTICE,
            must("TXT", OWN),
            _BACKGROUND,
            act=Act.TELL,
            record=record,
            text_field="TXT",
            example=text,
        )
        for key, purpose, record, text in (
            (
                "NDN",
                "Tells that a denied person was asked about.",
                "denied person asked about",
                "DENIED PERSON ASKED ABOUT, RECORD D000000001",
            ),
            (
                "NDO",
                "Tells an owner about a denied person's record.",
                "denied person's owner told",
                "YOUR RECORD D000000001 WAS USED",
            ),
            (
                "NLN",
                "Tells law enforcement of a background check.",
                "law enforcement told",
                "A WANTED PERSON TRIED TO BUY A FIREARM",
            ),
            (
                "NPN",
                "Tells that a permit was asked for by a person on file.",
                "permit asked for",
                "A PERMIT WAS ASKED FOR BY A PERSON ON FILE",
            ),
        )
    ),
)

_INTERESTED = f"{KEYS}: an agency's interest in a record"

_OTHER_ROWS: tuple[MessageKey, ...] = (
    _row(
        "EII",
        "Notes an agency's interest in another agency's record, so that it is told of inquiries.",
        Family.RECORD,
        Act.ENTER,
        "interest in a record",
        (*must("NIC", OWN), *may("OCA", OWN)),
        (File.NATIONAL,),
        "hotfile.enter",
        "NIC/W000000001.OCA/26-003",
        WrongExample("OCA/26-003", "14", "NIC"),
        source=_INTERESTED,
    ),
    _row(
        "XII",
        "Takes back an agency's interest in another agency's record.",
        Family.RECORD,
        Act.CANCEL,
        "interest in a record",
        must("NIC", OWN),
        (File.NATIONAL,),
        "hotfile.enter",
        "NIC/W000000001",
        WrongExample("NIC/W1", "32", "NIC"),
        source=_INTERESTED,
    ),
    _row(
        "ED",
        "Adds dental findings to a missing or unidentified person.",
        Family.RECORD,
        Act.SUPPLEMENT,
        "dental findings",
        must("NIC", OWN),
        (File.MISSING, File.UNIDENTIFIED, File.NATIONAL),
        "hotfile.enter",
        "NIC/M000000001",
        WrongExample("", "14", "NIC"),
        source=_NAME_ONLY,
    ),
    *(
        _row(
            key,
            purpose,
            Family.INQUIRY,
            act,
            record,
            ASKING,
            (File.NATIONAL,),
            _UPKEEP_RIGHT,
            f"CAS/26-{number}",
            WrongExample(f"NAM/DOE,JOHN.CAS/26-{number}", "34", "NAM"),
            source=_NAME_ONLY,
        )
        for number, key, act, purpose, record in (
            ("0101", "QI", Act.ASK, "Starts a search of all files for one crime.", "search for one crime"),
            ("0102", "SPRQ", Act.ASK_IN_BATCH, "Asks for a special search of all records.", "special search"),
            ("0103", "ZE", Act.ASK_FOR_UPKEEP, "Asks when a record was entered.", "time of entry"),
            (
                "0104",
                "CRBD",
                Act.REPORT,
                "Reports the benefit that a cleared record brought.",
                "benefit of a cleared record",
            ),
            (
                "0105",
                "LRBD",
                Act.REPORT,
                "Reports the benefit that a located record brought.",
                "benefit of a located record",
            ),
            ("0106", "RBED", Act.REPORT, "Asks for the report of benefits.", "report of benefits"),
            ("0107", "RPDQ", Act.REPORT, "Asks for the report of data quality.", "report of data quality"),
            ("0108", "RSDU", Act.REPORT, "Asks for the report of use.", "report of use"),
            ("0109", "FT", Act.REPORT, "Asks for a file to be transferred.", "file transfer"),
        )
    ),
)

HISTORY: tuple[MessageKey, ...] = (
    *_HISTORY_ROWS,
    *_IMAGE_ROWS,
    *_AGENCY_ROWS,
    *_BACKGROUND_ROWS,
    *_OTHER_ROWS,
)
