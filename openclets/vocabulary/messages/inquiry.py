"""Questions about people in the national and the state's files."""

from __future__ import annotations

from openclets.vocabulary.answers import File
from openclets.vocabulary.messages.groups import (
    ASKING,
    KEYS,
    NARROWING,
    NUMBERS_OF_A_PERSON,
    OTHER_NAMES,
    OWN,
    WHICH_ANSWER,
)
from openclets.vocabulary.messages.row import Act, Direction, Family, MessageKey, WrongExample, may, must

PERSON_FILES = (
    File.ORDERS,
    File.WANTED,
    File.PROHIBITED,
    File.SUPERVISED,
    File.REGISTRANTS,
    File.MISSING,
    File.NATIONAL,
)

_NAMED = must("NAM", "public rules of the national name search; a birth date is not required, as in CARPOS")
_HISTORY = (
    *must("DOB SEX RAC", "public rules of the national history index: month and day exact, sex and race absolute"),
    *WHICH_ANSWER,
    *must("PUR ATN", "public rules on criminal history: purpose and the one person it is for"),
    *may("CAS", OWN),
)

INQUIRY: tuple[MessageKey, ...] = (
    MessageKey(
        "QW",
        "Asks every person file and the protective orders about one person.",
        Direction.IN,
        Family.INQUIRY,
        (*_NAMED, *OTHER_NAMES, *NARROWING, *NUMBERS_OF_A_PERSON, *ASKING),
        "NCIC key QW: one name inquiry searches all person files; a birth date is not required, as in CARPOS",
        record="person",
        files=PERSON_FILES,
        right="inquiry.person",
        has_training_twin=True,
        example="NAM/DOE,JOHN QUINCY.DOB/19800214.SEX/M.RAC/W.PUR/C.CAS/26-001234",
        wrong=WrongExample("DOB/19800214.SEX/M", "14", "NAM"),
    ),
    MessageKey(
        "QVC",
        "Asks for wants, protective orders and supervised release about one person, for a stop at the roadside.",
        Direction.IN,
        Family.INQUIRY,
        (*_NAMED, *OTHER_NAMES, *NARROWING, *ASKING),
        "a key of California's that published sources name; which files: own decision",
        record="person at a stop",
        files=(File.ORDERS, File.WANTED, File.SUPERVISED),
        right="inquiry.person",
        has_training_twin=True,
        example="NAM/DOE,JOHN QUINCY.DOB/19800214.SEX/M",
        wrong=WrongExample("NAM/DOE,JOHN.OLN/A1234567", "34", "OLN"),
    ),
    MessageKey(
        "QWB",
        "Asks for wanted persons off line, many questions at once; the answers come later.",
        Direction.IN,
        Family.INQUIRY,
        (*_NAMED, *NARROWING, *NUMBERS_OF_A_PERSON, *ASKING),
        KEYS,
        act=Act.ASK_IN_BATCH,
        record="wanted person",
        files=(File.WANTED, File.NATIONAL),
        right="inquiry.person",
        example="NAM/DOE,JOHN QUINCY.SOC/123456789",
        wrong=WrongExample("NAM/DOE,JOHN.SOC/999999999", "32", "SOC"),
    ),
    MessageKey(
        "QWI",
        "Asks every person file and the index of criminal histories in one question.",
        Direction.IN,
        Family.INQUIRY,
        (*_NAMED, *_HISTORY),
        f"{KEYS}: wants together with the history index",
        record="person with history index",
        files=(*PERSON_FILES[:-1], File.HISTORIES, File.NATIONAL),
        right="inquiry.history",
        has_training_twin=True,
        example="NAM/DOE,JOHN QUINCY.DOB/19800214.SEX/M.RAC/W.PUR/C.ATN/CHEN 4711",
        wrong=WrongExample("NAM/DOE,JOHN.DOB/19800214.SEX/M.RAC/W.ATN/CHEN 4711", "14", "PUR"),
    ),
    MessageKey(
        "ZW",
        "Looks up wanted persons for upkeep of the file; no owner is told and no hit is counted.",
        Direction.IN,
        Family.INQUIRY,
        (*_NAMED, *NARROWING, *ASKING),
        f"{KEYS}: Z keys have no effect of a hit",
        act=Act.ASK_FOR_UPKEEP,
        record="wanted person",
        files=(File.WANTED, File.NATIONAL),
        right="hotfile.maintain",
        example="NAM/DOE,JOHN QUINCY.PUR/A",
        wrong=WrongExample("NAM/DOE,JOHN.PUR/R", "31", "PUR"),
    ),
)
