"""The parts of an answer, as every room and edge speaks of them: what hit, what each file said."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class File(StrEnum):
    """The files a question can reach. Values are printed."""

    ORDERS = "PROTECTIVE ORDERS"
    WANTED = "WANTED PERSONS"
    MISSING = "MISSING PERSONS"
    UNIDENTIFIED = "UNIDENTIFIED PERSONS"
    SUPERVISED = "SUPERVISED RELEASE"
    REGISTRANTS = "SEX AND ARSON REGISTRATION"
    PROHIBITED = "ARMED AND PROHIBITED"
    HISTORIES = "CRIMINAL HISTORY INDEX"
    DRIVERS = "DRIVER LICENCES"
    VIOLENT = "VIOLENT PERSONS"
    GANGS = "GANGS"
    IDENTITY_THEFT = "IDENTITY THEFT"
    PROTECTIVE_INTEREST = "PROTECTIVE INTEREST"
    REGISTRATIONS = "VEHICLE REGISTRATIONS"
    VEHICLES = "STOLEN VEHICLES"
    PLATES = "STOLEN PLATES"
    PARTS = "STOLEN PARTS"
    GUNS = "GUNS"
    ARTICLES = "ARTICLES"
    BOATS = "BOATS"
    SECURITIES = "SECURITIES"
    IMAGES = "PICTURES OF RECORDS"
    AGENCIES = "AGENCIES"
    BACKGROUND_CHECK = "FIREARM BACKGROUND CHECK"
    NATIONAL = "NATIONAL INDEX"
    JOURNAL = "JOURNAL"


class FileState(StrEnum):
    """What one file said. NOT_HELD is never to be read as NO_RECORD. Source: decision 10 of the architecture."""

    HIT = "HIT"
    NO_RECORD = "NO RECORD"
    ASKED = "ASKED, ANSWER FOLLOWS"
    NOT_HELD = "NOT HELD HERE"
    UNAVAILABLE = "UNAVAILABLE"


class HitClass(StrEnum):
    """What a hit lets an officer do. Source: classes of reply inferred in the domain notes from NCIC file purposes."""

    ORDER_ENFORCEMENT = "ORDER ENFORCEMENT"
    ARREST = "ARREST AFTER CONFIRMATION"
    RECOVER = "RECOVER AFTER CONFIRMATION"
    WELFARE = "WELFARE"
    SAFETY_NOTICE = "SAFETY NOTICE, NO AUTHORITY TO DETAIN"
    VICTIM = "VICTIM"
    INACTIVE = "INACTIVE, FOR INFORMATION ONLY"
    JOURNAL = "JOURNAL ENTRY, ABOUT WHOEVER ASKED"


@dataclass(frozen=True, slots=True)
class HitField:
    """One fact of a hit: `code` as on the wire (2 to 4 capitals), `label` in words, `value` in words."""

    code: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found. `headline` is the dangerous thing first; `lines` are plain sentences to act on, in order;
    `why` says per field what agreed or differed; `score` is 0 to 1; `images` counts the pages that can be looked at."""

    file: File
    hit_class: HitClass
    record_id: str
    score: float
    verdict: str
    headline: str
    lines: tuple[str, ...]
    why: tuple[str, ...]
    fields: tuple[HitField, ...]
    images: int = 0


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """What one file said, with a detail such as the number of hits or since when it is unavailable."""

    file: File
    state: FileState
    detail: str = ""


@dataclass(frozen=True, slots=True)
class AnswerBody:
    """A whole answer: hits most dangerous first, then every file asked. `notes` are warnings about the question."""

    hits: tuple[Hit, ...]
    files: tuple[FileAnswer, ...]
    notes: tuple[str, ...] = ()
