"""Hot files about people: wanted, missing, unidentified, supervised, registered, violent, gangs, stolen identities."""

from __future__ import annotations

from openclets.vocabulary.answers import File
from openclets.vocabulary.cross_edits import AtLeastOne, CrossEdit, NotBeforeToday, ValueNeeds
from openclets.vocabulary.messages.families import HotFile, entered, supplement, upkeep
from openclets.vocabulary.messages.groups import (
    ASKING,
    CASE,
    CAUTION,
    FILE,
    KEYS,
    LICENCE_WHOLE,
    LINK_WHOLE,
    LINKED,
    NARROWING,
    NUMERIC_IDENTIFIER,
    OWN,
    PERSON_NUMBERS,
    PLATE,
    PLATE_WHOLE,
    REMARKS,
    VEHICLE,
    WHICH_ANSWER,
    WHO,
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
)

_CAUTION = (Mark.CAUTION,)
_CAUTION_NEEDS_REMARKS = ValueNeeds(f"{FILE}: other caution is told in the remarks", "CMC", ("01",), "MIS")
_SETS: tuple[CrossEdit, ...] = (PLATE_WHOLE, LICENCE_WHOLE)
_PUBLIC_FORM = "public entry form for missing persons"
_NO_KEYS = f"{OWN}: the file is public knowledge, its keys are not"

_LOOKS = (*may("ETN POB", FILE), *may("DOB", FILE), *may("HGT WGT EYE HAI SKN", FILE))
_ALL_ABOUT = (*WHO, *_LOOKS, *PERSON_NUMBERS)
_ADDITIONS = (
    *may("AKA", f"{FILE}: other names"),
    *may("DOB", FILE, max_values=9),
    *may("SMT MNU SOC OLN OLS OLY", FILE),
)
_MORE = (*_ADDITIONS, *PLATE, *VEHICLE)

_DOE = "NAM/DOE,JOHN QUINCY"
_DOE_WHOLE = f"{_DOE}.SEX/M.RAC/W.DOB/19800214"

# --- wanted persons -------------------------------------------------------------------------------------------------

WANTED = HotFile(
    File.WANTED,
    "a want",
    "wanted person",
    "W",
    (
        *WHO,
        *may("ETN POB DOB", FILE),
        *must("HGT WGT HAI", FILE),
        *may("EYE SKN", FILE),
        *PERSON_NUMBERS,
        *must("OFF", f"{FILE}; NIEM NCIC codes OFF"),
        *may("OOC", FILE),
        *must("DOW OCA", FILE),
        *may("EXL", f"{FILE}; NIEM NCIC codes EXL"),
        *LINKED,
        *PLATE,
        *VEHICLE,
        *REMARKS,
    ),
    ("NAM",),
    _DOE,
    "EXL/02.MIS/WITHIN 200 MILES",
    (
        NUMERIC_IDENTIFIER,
        *_SETS,
        LINK_WHOLE,
        ValueNeeds(f"{FILE}: a violation names the offence behind it", "OFF", ("5011", "5012"), "OOC"),
        ValueNeeds("NIEM NCIC codes OFF: their meaning is in the remarks", "OFF", ("7099", "7199", "7399"), "MIS"),
        ValueNeeds("NIEM NCIC codes EXL: limits are in the remarks", "EXL", ("02", "04", "05", "B", "D", "E"), "MIS"),
    ),
    reason="RPS",
    found=must("HIT", "NIEM NCIC codes HIT"),
    found_example=".HIT/1",
)

_WANT = f"{_DOE_WHOLE}.HGT/511.WGT/185.HAI/BRO.OFF/1316.DOW/20261101.OCA/26-00123"
_TEMPORARY_WANT = f"{_DOE}.SEX/M.RAC/W.SOC/123456789.HGT/511.WGT/185.HAI/BRO.OFF/1316.DOW/20261121.OCA/26-00124"


def _wanted_rows(key: str, caution_key: str, record: str, what: str, example: str) -> tuple[MessageKey, ...]:
    return (
        entered(
            WANTED,
            key,
            f"Enters {what}.",
            example,
            WrongExample(example.replace("OFF/1316", "OFF/5011"), "14", "OOC"),
            record=record,
        ),
        entered(
            WANTED,
            caution_key,
            f"Enters {what} about whom caution is needed.",
            f"{example}.CMC/05",
            WrongExample(example, "14", "CMC"),
            record=record,
            fields=CAUTION,
            edits=(_CAUTION_NEEDS_REMARKS,),
            marks=_CAUTION,
        ),
    )


_WANTED_ROWS = (
    *_wanted_rows("EW", "EW-C", "wanted person", "a person wanted on a warrant", _WANT),
    *_wanted_rows("EWJ", "EWJC", "wanted juvenile", "a juvenile wanted as an adult or delinquent", _WANT),
    *_wanted_rows(
        "ET",
        "ET-C",
        "temporary felony want",
        "a felony suspect for 48 hours, until there is a warrant",
        _TEMPORARY_WANT,
    ),
    supplement(
        WANTED,
        "EN",
        Act.SUPPLEMENT,
        "Adds names, numbers and vehicles to a want.",
        _MORE,
        "AKA/DOE,JACK.AKA/DOUGH,JOHN",
        WrongExample(f"NIC/W000000001.{_DOE}", "14", "AKA"),
    ),
    supplement(
        WANTED,
        "ENS",
        Act.SUPPLEMENT,
        "Adds names and numbers that the wanted person stole or made up.",
        _ADDITIONS,
        "SOC/219099999",
        WrongExample(f"NIC/W000000001.{_DOE}.LIC/8ABC123.AKA/DOE,JACK", "34", "LIC"),
        record="stolen or false identity used by a wanted person",
        source=f"{KEYS}; meaning: general knowledge",
    ),
    supplement(
        WANTED,
        "XN",
        Act.REMOVE_SUPPLEMENT,
        "Takes names, numbers and vehicles off a want that were added to it.",
        _MORE,
        "AKA/DOUGH,JOHN",
        WrongExample(f"NIC/M000000001.{_DOE}.AKA/DOUGH,JOHN", "22", "NIC"),
    ),
    supplement(
        WANTED,
        "XNS",
        Act.REMOVE_SUPPLEMENT,
        "Takes stolen or made-up names and numbers off a want.",
        _ADDITIONS,
        "SOC/219099999",
        WrongExample(f"NIC/W000000001.{_DOE}.SOC/000000000", "32", "SOC"),
        record="stolen or false identity used by a wanted person",
        source=f"{KEYS}; meaning: general knowledge",
    ),
    *upkeep(WANTED, "MW XW CW LW"),
)

# --- missing and unidentified persons -------------------------------------------------------------------------------

MISSING = HotFile(
    File.MISSING,
    "a missing person",
    "missing person",
    "M",
    (
        *WHO,
        *may("ETN POB", _PUBLIC_FORM),
        *must("DOB HGT WGT EYE HAI", FILE),
        *may("SKN", FILE),
        *may("FBI SMT FPC MNU SOC OLN OLS OLY", _PUBLIC_FORM),
        *must("MNP DLC OCA", f"{_PUBLIC_FORM}; NIEM NCIC codes MNP"),
        *may("MPC", f"{_PUBLIC_FORM}; NIEM NCIC codes MPC"),
        *may("BLT", "NIEM NCIC codes BLT"),
        *LINKED,
        *PLATE,
        *VEHICLE,
        *REMARKS,
    ),
    ("NAM",),
    "NAM/ROE,SAM",
    "DLC/20261118",
    (*_SETS, LINK_WHOLE),
    reason="RPS",
    found=must("HIT", "NIEM NCIC codes HIT"),
    found_example=".HIT/5",
)

_MISSING_PERSON = (
    "NAM/ROE,SAM.SEX/M.RAC/U.DOB/{born}.HGT/508.WGT/140.EYE/BRO.HAI/BLK.MNP/{kind}.DLC/20261119.OCA/26-00201"
)
_EMANCIPATION = along("DOE", "DOB", f"{_PUBLIC_FORM}; for juveniles only: {OWN}")

_MISSING_CLASSES = (
    ("EMD", "missing person with a disability", "a missing person with a disability of body or mind", "19510308", "MP"),
    (
        "EME",
        "endangered missing person",
        "a missing person in company or circumstances that mean danger",
        "19910308",
        "MP",
    ),
    ("EMI", "person missing against their will", "a person who seems to be gone against their will", "19930308", "CA"),
    ("EMJ", "missing juvenile", "a missing person who is not of age", "20120308", "MP"),
    ("EMO", "other missing person", "a missing adult of no other class about whom there is concern", "19890308", "MP"),
    ("EMV", "missing after a catastrophe", "a person missing after a catastrophe", "19790308", "DV"),
)


def _missing_rows() -> tuple[MessageKey, ...]:
    rows: list[MessageKey] = []
    for key, record, what, born, kind in _MISSING_CLASSES:
        example = _MISSING_PERSON.format(born=born, kind=kind)
        own = _EMANCIPATION if key == "EMJ" else ()
        if own:
            example += ".DOE/20300308"
        rows.append(
            entered(
                MISSING,
                key,
                f"Enters {what}.",
                example,
                WrongExample(example.replace(".DLC/20261119", ""), "14", "DLC"),
                record=record,
                fields=own,
            )
        )
        rows.append(
            entered(
                MISSING,
                f"{key}C",
                f"Enters {what}, with a caution.",
                f"{example}.CMC/80",
                WrongExample(example, "14", "CMC"),
                record=record,
                fields=(*own, *CAUTION),
                edits=(_CAUTION_NEEDS_REMARKS,),
                marks=_CAUTION,
            )
        )
    return tuple(rows)


_MISSING_ROWS = (
    *_missing_rows(),
    supplement(
        MISSING,
        "EMN",
        Act.SUPPLEMENT,
        "Adds names, numbers and vehicles to a missing person.",
        _MORE,
        "AKA/ROE,SAMMY",
        WrongExample("NIC/M000000001.NAM/ROE,SAM", "14", "AKA"),
        edits=_SETS,
    ),
    supplement(
        MISSING,
        "XMN",
        Act.REMOVE_SUPPLEMENT,
        "Takes names, numbers and vehicles off a missing person that were added.",
        _MORE,
        "AKA/ROE,SAMMY",
        WrongExample("NIC/W000000001.NAM/ROE,SAM.AKA/ROE,SAMMY", "22", "NIC"),
    ),
    *upkeep(MISSING, "MM XM CM LM"),
)

_FOUND_LOOKS = AtLeastOne(OWN, ("HGT", "WGT", "EYE", "HAI", "SMT", "FPC"), "description")

UNIDENTIFIED = HotFile(
    File.UNIDENTIFIED,
    "an unidentified person",
    "unidentified person",
    "U",
    (
        *must("SEX RAC DBF OCA", FILE),
        *may("HGT WGT EYE HAI SKN SMT FPC", FILE),
        *may("MNP", f"{FILE}; NIEM NCIC codes MNP"),
        *may("BLT", "NIEM NCIC codes BLT"),
        *REMARKS,
    ),
    ("DBF",),
    "DBF/20261110",
    "HAI/BRO",
    (_FOUND_LOOKS,),
    reason="RPS",
)

_FOUND = "SEX/M.RAC/U.DBF/20261110.OCA/26-00301.HGT/510.HAI/BLK"


def _found(key: str, record: str, purpose: str, wrong: WrongExample) -> MessageKey:
    return entered(UNIDENTIFIED, key, purpose, _FOUND, wrong, record=record)


_UNIDENTIFIED_ROWS = (
    _found(
        "EUD",
        "unidentified dead person",
        "Enters a dead person whose name is not known.",
        WrongExample("SEX/M.RAC/U.DBF/20261110.OCA/26-00301", "14", "HGT"),
    ),
    _found(
        "EUL",
        "unidentified living person",
        "Enters a living person who cannot say who they are.",
        WrongExample("SEX/M.RAC/U.OCA/26-00301.HGT/510", "14", "DBF"),
    ),
    _found(
        "EUV",
        "unidentified victim of a catastrophe",
        "Enters a victim of a catastrophe whose name is not known.",
        WrongExample("SEX/M.RAC/U.DBF/20261110.OCA/26-00301.HGT/512", "32", "HGT"),
    ),
    supplement(
        UNIDENTIFIED,
        "EUN",
        Act.SUPPLEMENT,
        "Adds marks and numbers to an unidentified person.",
        (*may("AKA SMT MNU SOC", FILE),),
        "SMT/TAT L ARM",
        WrongExample("NIC/U000000001.DBF/20261110", "14", "AKA"),
    ),
    *upkeep(UNIDENTIFIED, "MU XU CU -", ruled="MU XU CU"),
)

# --- supervised, registered, violent, protective interest -------------------------------------------------------------

SUPERVISED = HotFile(
    File.SUPERVISED,
    "a supervised release",
    "person on supervised release",
    "C",
    (*_ALL_ABOUT, *may("OFF", FILE), *must("PPO EXP OCA", FILE), *PLATE, *VEHICLE, *REMARKS),
    ("NAM",),
    _DOE,
    "PPO/LEE 555-0100",
    (NUMERIC_IDENTIFIER, *_SETS),
    reason="RPS",
)
_SUPERVISED = f"{_DOE_WHOLE}.PPO/LEE.EXP/20280101.OCA/26-00401"

REGISTRANTS = HotFile(
    File.REGISTRANTS,
    "a registered person",
    "registered sex offender",
    "X",
    (
        *WHO,
        *must("DOB", FILE),
        *may("ETN POB HGT WGT EYE HAI SKN", FILE),
        *PERSON_NUMBERS,
        *must("CRR OCA", f"{FILE}; published sample of a national reply"),
        *may("ROV OFS ADD", f"{FILE}; NIEM NCIC codes of those names"),
        *PLATE,
        *VEHICLE,
        *REMARKS,
    ),
    ("NAM",),
    _DOE,
    "OFS/05.ADD/01",
    _SETS,
    reason="RPS",
)
_REGISTERED = f"{_DOE_WHOLE}.CRR/1101.OCA/26-00501.ROV/FR.OFS/05"

VIOLENT = HotFile(
    File.VIOLENT,
    "a violent person",
    "violent person",
    "L",
    (*_ALL_ABOUT, *must("VPC", f"{FILE}; NIEM NCIC codes VPC"), *CASE, *REMARKS),
    ("NAM",),
    _DOE,
    "VPC/4",
    (NUMERIC_IDENTIFIER, LICENCE_WHOLE),
    reason="RPS",
)

PROTECTIVE = HotFile(
    File.PROTECTIVE_INTEREST,
    "a protective interest",
    "person of protective interest",
    "K",
    (
        *WHO,
        *may("POB DOB HGT WGT EYE HAI FBI CTZ SKN SMT FPC MNU SOC OLN OLS OLY", "published sample of a national reply"),
        *must("DTT OCA", "published sample of a national reply"),
        *REMARKS,
    ),
    ("NAM",),
    _DOE,
    "CTZ/CA",
    (LICENCE_WHOLE,),
    reason="RPS",
)

_RISK_ROWS = (
    entered(
        SUPERVISED,
        "EC",
        "Enters a person on probation, parole or supervised release.",
        _SUPERVISED,
        WrongExample(_SUPERVISED.replace(".PPO/LEE", ""), "14", "PPO"),
        edits=(NotBeforeToday(FILE, "EXP"),),
    ),
    entered(
        SUPERVISED,
        "EC-C",
        "Enters a person on supervised release about whom caution is needed.",
        f"{_SUPERVISED}.CMC/20",
        WrongExample(_SUPERVISED, "14", "CMC"),
        fields=CAUTION,
        edits=(NotBeforeToday(FILE, "EXP"), _CAUTION_NEEDS_REMARKS),
        marks=_CAUTION,
    ),
    supplement(
        SUPERVISED,
        "ECN",
        Act.SUPPLEMENT,
        "Adds names, numbers and vehicles to a supervised release.",
        _MORE,
        "AKA/DOE,JACK",
        WrongExample(f"{_DOE}.AKA/DOE,JACK", "14", "NIC"),
    ),
    *upkeep(SUPERVISED, "MC XC CC -", ruled="MC XC CC"),
    entered(
        REGISTRANTS,
        "EXS",
        "Enters a person who has to register as a sex offender.",
        _REGISTERED,
        WrongExample(_REGISTERED.replace(".CRR/1101", ""), "14", "CRR"),
    ),
    entered(
        REGISTRANTS,
        "EXSC",
        "Enters a registered sex offender about whom caution is needed.",
        f"{_REGISTERED}.CMC/30",
        WrongExample(_REGISTERED, "14", "CMC"),
        fields=CAUTION,
        edits=(_CAUTION_NEEDS_REMARKS,),
        marks=_CAUTION,
    ),
    supplement(
        REGISTRANTS,
        "EXSN",
        Act.SUPPLEMENT,
        "Adds names, numbers and vehicles to a registered person.",
        _MORE,
        "AKA/DOE,JACK",
        WrongExample(f"NIC/X000000001.{_DOE}", "14", "AKA"),
    ),
    supplement(
        REGISTRANTS,
        "IXS",
        Act.INACTIVATE,
        "Makes a registration inactive whose duty has ended.",
        must("DOC", FILE),
        "DOC/20261120",
        WrongExample(f"NIC/X000000001.{_DOE}.DOC/20261123", "32", "DOC"),
        record="registered sex offender",
    ),
    *upkeep(REGISTRANTS, "MXS XXS CXS -", ruled="MXS XXS CXS"),
    entered(
        VIOLENT,
        "EVP",
        "Enters a person known for violence against police or with weapons.",
        f"{_DOE_WHOLE}.VPC/1.OCA/26-00601",
        WrongExample(f"{_DOE_WHOLE}.VPC/9.OCA/26-00601", "31", "VPC"),
        source=_NO_KEYS,
    ),
    *upkeep(VIOLENT, "MVP XVP CVP -", ruled="MVP XVP CVP"),
    entered(
        PROTECTIVE,
        "EPI",
        "Enters a person who may be a threat to somebody under federal protection.",
        f"{_DOE}.SEX/M.RAC/W.DTT/20261101.OCA/26-00701",
        WrongExample(f"{_DOE}.SEX/M.RAC/W.DTT/20261201.OCA/26-00701", "32", "DTT"),
        source=_NO_KEYS,
    ),
    *upkeep(PROTECTIVE, "MPI XPI CPI -", ruled="MPI XPI CPI"),
)

# --- gangs, stolen identities ----------------------------------------------------------------------------------------

_GROUP = must("GNG", "published sample of a national reply names group and subgroup")
GROUPS = HotFile(
    File.GANGS,
    "a gang",
    "gang",
    "Z",
    (*_GROUP, *may("SGP", "published sample of a national reply"), *CASE, *REMARKS),
    ("GNG",),
    "GNG/RIVER STREET",
    "SGP/NORTH SIDE",
    reason="RPS",
)
MEMBERS = HotFile(
    File.GANGS,
    "a gang member",
    "gang member",
    "T",
    (*_ALL_ABOUT, *_GROUP, *must("SGP ECR OCA", f"{FILE}; NIEM NCIC codes ECR"), *REMARKS),
    ("NAM",),
    _DOE,
    "SGP/SOUTH SIDE",
    (NUMERIC_IDENTIFIER, LICENCE_WHOLE),
    reason="RPS",
)
_MEMBER = f"{_DOE_WHOLE}.GNG/RIVER STREET.SGP/NORTH SIDE.ECR/A,E.OCA/26-00801"

IDENTITIES = HotFile(
    File.IDENTITY_THEFT,
    "a stolen identity",
    "victim of identity theft",
    "J",
    (
        *WHO,
        *may("POB DOB HGT WGT EYE HAI SOC OLN OLS OLY", FILE),
        *must("PWD", FILE, kind="victim"),
        *must("IDT OCA", f"{FILE}; NIEM NCIC codes IDT"),
        *REMARKS,
    ),
    ("NAM",),
    "NAM/ROE,JANE",
    "IDT/LOAN",
    (LICENCE_WHOLE,),
    reason="RPS",
)
_VICTIM = "NAM/ROE,JANE.SEX/F.RAC/W.DOB/19820505.IDT/CFRD.OCA/26-00901.PWD/BLUE HERON"

_GROUP_ROWS = (
    entered(
        GROUPS, "EGG", "Enters a gang.", "GNG/RIVER STREET.OCA/26-00800", WrongExample("OCA/26-00800", "14", "GNG")
    ),
    entered(
        GROUPS,
        "EGGT",
        "Enters a terrorist group.",
        "GNG/RIVER STREET.OCA/26-00800",
        WrongExample("GNG/RIVER STREET", "14", "OCA"),
        record="terrorist group",
    ),
    *upkeep(GROUPS, "MGG XGG CGG -", ruled="MGG XGG CGG"),
    entered(
        MEMBERS,
        "EGM",
        "Enters a member of a gang.",
        _MEMBER,
        WrongExample(_MEMBER.replace("ECR/A,E", "ECR/A,Q"), "31", "ECR"),
    ),
    entered(
        MEMBERS,
        "EGMT",
        "Enters a member of a terrorist group.",
        _MEMBER.replace("ECR/A,E", "ECR/H"),
        WrongExample(_MEMBER.replace(".ECR/A,E", ""), "14", "ECR"),
        record="member of a terrorist group",
    ),
    supplement(
        MEMBERS,
        "EGMN",
        Act.SUPPLEMENT,
        "Adds names, numbers and vehicles to a gang member.",
        _MORE,
        "AKA/DOE,JACK",
        WrongExample(f"NIC/T000000001.{_DOE}", "14", "AKA"),
    ),
    *upkeep(MEMBERS, "MGM XGM CGM -", ruled="MGM XGM CGM"),
    entered(
        IDENTITIES,
        "EID",
        "Enters a person whose identity was stolen, with a password only they know.",
        _VICTIM,
        WrongExample(_VICTIM.replace(".PWD/BLUE HERON", ""), "14", "PWD"),
    ),
    entered(
        IDENTITIES,
        "EIDC",
        "Enters a stolen identity whose thief calls for caution.",
        _VICTIM.replace(".PWD/", ".CMC/00.PWD/"),
        WrongExample(_VICTIM, "14", "CMC"),
        fields=CAUTION,
        edits=(_CAUTION_NEEDS_REMARKS,),
        marks=_CAUTION,
    ),
    supplement(
        IDENTITIES,
        "EIN",
        Act.SUPPLEMENT,
        "Adds names and numbers to a stolen identity.",
        _ADDITIONS,
        "AKA/ROE,JANET",
        WrongExample("NIC/J000000001.NAM/ROE,JANE.AKA/R2D2", "06", "AKA"),
    ),
    *upkeep(IDENTITIES, "MID XID CID -", ruled="MID XID CID"),
)

# --- questions --------------------------------------------------------------------------------------------------------

_BY_NAME = (*must("NAM", "public rules of the national name search"), *NARROWING)
_BY_RECORD = may("NIC", KEYS)


def _asked(
    key: str,
    purpose: str,
    record: str,
    files: tuple[File, ...],
    fields: tuple[FieldUse, ...],
    example: str,
    wrong: WrongExample,
    *,
    alternatives: tuple[tuple[str, ...], ...] = (),
    edits: tuple[CrossEdit, ...] = (),
    act: Act = Act.ASK,
    source: str = KEYS,
    right: str = "inquiry.person",
) -> MessageKey:
    return MessageKey(
        key,
        purpose,
        Direction.IN,
        Family.INQUIRY,
        (*fields, *ASKING),
        source,
        act=act,
        record=record,
        alternatives=alternatives,
        edits=edits,
        files=(*files, File.NATIONAL),
        right="hotfile.maintain" if act is Act.ASK_FOR_UPKEEP else right,
        has_training_twin=True,
        example=example,
        wrong=wrong,
    )


_QUESTIONS = (
    _asked(
        "QM",
        "Asks the missing persons about one person.",
        "missing person",
        (File.MISSING,),
        (*may("NAM", KEYS), *along("DOB SEX RAC", "NAM", KEYS), *WHICH_ANSWER, *_BY_RECORD),
        "NAM/ROE,SAM.DOB/20120308",
        WrongExample("NIC/M000000001.NAM/ROE,SAM", "22", "NIC"),
        alternatives=(("NAM",), ("NIC",)),
    ),
    _asked(
        "QU",
        "Asks the unidentified persons by description.",
        "unidentified person",
        (File.UNIDENTIFIED,),
        (*must("SEX RAC", FILE), *may("HGT WGT EYE HAI SKN SMT FPC DBF BLT", FILE)),
        "SEX/M.RAC/U.HGT/510.HAI/BLK",
        WrongExample("SEX/M.RAC/U", "14", "HGT"),
        edits=(_FOUND_LOOKS,),
    ),
    _asked(
        "QXS",
        "Asks the registered sex offenders about one person.",
        "registered sex offender",
        (File.REGISTRANTS,),
        _BY_NAME,
        "NAM/DOE,JOHN.SEX/M",
        WrongExample("SEX/M", "14", "NAM"),
    ),
    _asked(
        "QGM",
        "Asks the gang members by name or by group.",
        "gang member",
        (File.GANGS,),
        (
            *may("NAM", KEYS),
            *along("DOB SEX RAC", "NAM", KEYS),
            *WHICH_ANSWER,
            *may("GNG", KEYS),
            *along("SGP", "GNG", KEYS),
        ),
        "GNG/RIVER STREET.SGP/NORTH SIDE",
        WrongExample("NAM/DOE,JOHN.GNG/RIVER STREET", "22", "GNG"),
        alternatives=(("NAM",), ("GNG",)),
    ),
    _asked(
        "QGG",
        "Asks the gangs by the group's name.",
        "gang",
        (File.GANGS,),
        (*_GROUP, *may("SGP", KEYS)),
        "GNG/RIVER STREET",
        WrongExample("SGP/NORTH SIDE", "14", "GNG"),
    ),
    _asked(
        "QID",
        "Asks the stolen identities about one person, who may be the victim.",
        "victim of identity theft",
        (File.IDENTITY_THEFT,),
        (*may("NAM", KEYS), *along("DOB SEX RAC", "NAM", KEYS), *WHICH_ANSWER, *may("SOC", KEYS)),
        "SOC/123456789",
        WrongExample("NAM/ROE,JANE.SOC/123456789", "22", "SOC"),
        alternatives=(("NAM",), ("SOC",)),
    ),
    _asked(
        "ZID",
        "Looks up stolen identities for upkeep of the file.",
        "victim of identity theft",
        (File.IDENTITY_THEFT,),
        _BY_NAME,
        "NAM/ROE,JANE.PUR/A",
        WrongExample("PUR/A", "14", "NAM"),
        act=Act.ASK_FOR_UPKEEP,
    ),
)

PERSONS: tuple[MessageKey, ...] = (
    *_WANTED_ROWS,
    *_MISSING_ROWS,
    *_UNIDENTIFIED_ROWS,
    *_RISK_ROWS,
    *_GROUP_ROWS,
    *_QUESTIONS,
)
