"""An order as a clerk enters it: frozen values that travel from the court's page (or a program) to `filing`.

Only what the judge ordered appears in `Terms`: a term denied until the hearing is not there at all.
Days are the court's local days; times of day are local and written as they stand on the order.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from openclets.people.numbers import PersonNumber
from openclets.vocabulary.identifiers import Ori
from openclets.vocabulary.persons import PersonName


class Sex(StrEnum):
    """As on court forms. The national codes know M, F and U only: X is sent there as U."""

    MALE = "M"
    FEMALE = "F"
    NONBINARY = "X"
    UNKNOWN = "U"


class Contact(StrEnum):
    """What the order says about contact. PEACEFUL: contact allowed if peaceful; NOT_STATED: the order is silent."""

    NO_CONTACT = "no_contact"
    PEACEFUL = "peaceful"
    NOT_STATED = "not_stated"


class StayAwayPlace(StrEnum):
    """The targets printed on DV-110 item 12 and DV-130 item 16."""

    PERSON = "person"
    HOME = "home"
    WORK = "work"
    SCHOOL = "school"
    VEHICLE = "vehicle"
    OTHER_PROTECTED = "other_protected"
    CHILDRENS_SCHOOL = "childrens_school"


@dataclass(frozen=True, slots=True)
class RestrainedPerson:
    """`height` is feet and inches as three digits (511), `weight_pounds` whole pounds, `race`, `hair`, `eyes` codes of
    the code tables; empty where the order does not say. `age` only where there is no birth date. Other names, other
    birth dates and numbers are searched like the first ones."""

    name: PersonName
    sex: Sex = Sex.UNKNOWN
    race: str = ""
    birth_date: date | None = None
    age: int | None = None
    height: str = ""
    weight_pounds: int | None = None
    hair: str = ""
    eyes: str = ""
    address: str = ""
    relationship: str = ""
    other_names: tuple[PersonName, ...] = ()
    other_birth_dates: tuple[date, ...] = ()
    numbers: tuple[PersonNumber, ...] = ()


@dataclass(frozen=True, slots=True)
class ProtectedPerson:
    name: PersonName
    sex: Sex = Sex.UNKNOWN
    age: int | None = None
    relationship: str = ""


@dataclass(frozen=True, slots=True)
class StayAway:
    """`yards` is None where the paper gives no readable distance."""

    yards: int | None
    places: frozenset[StayAwayPlace] = frozenset()
    other: str = ""
    exceptions: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What binds. `move_out` is the address to leave ('' with `must_move_out` when the paper names none)."""

    no_abuse: bool = False
    contact: Contact = Contact.NOT_STATED
    contact_exceptions: str = ""
    stay_away: StayAway | None = None
    must_move_out: bool = False
    move_out_address: str = ""
    firearms_prohibited: bool = False
    body_armor_prohibited: bool = False
    may_record_violations: bool = False
    custody_ordered: bool = False
    animals: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class OrderEntry:
    """One signed order. `order_type` is a code of `orders.catalogue`; `documents` are SHA-256 hex digests of images
    already kept (`orders.images.keep_document`), the signed order first.

    `expires_on`/`expires_time`: as on the face; None where the face has no date. `served_in_court`: the restrained
    person was present when the order was made, so that no other proof of service is needed (Fam. Code 6384).
    `firearms_known` is what the paper says of weapons the person may have: a caution, not a term.
    """

    order_type: str
    case_number: str
    court: Ori
    county: str
    restrained: RestrainedPerson
    protected: tuple[ProtectedPerson, ...]
    terms: Terms
    issued_on: date
    documents: tuple[str, ...]
    issued_time: time | None = None
    judge: str = ""
    expires_on: date | None = None
    expires_time: time | None = None
    hearing_on: date | None = None
    hearing_time: time | None = None
    amendment: int = 0
    served_in_court: bool = False
    firearms_known: str = ""
