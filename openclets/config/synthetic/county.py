"""The fictional Sierra Vista County (county code 099, which no real county has): its agencies, devices and people.

All sign-in names share one password per data folder, made at random when the county is made; each person has a
one-time code secret of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.db import transaction

from openclets.agencies.access import LOCAL_ZONE
from openclets.agencies.joining.rules import Step
from openclets.agencies.models import (
    Affiliation,
    Agency,
    AgencyStep,
    Agreement,
    Application,
    Device,
    Training,
    User,
)
from openclets.agencies.permissions import Course, Duty

COUNTY = "099"
COURT = "CA099013J"
POLICE = "CA0990100"

_LE, _CJ, _COURT = Agency.Kind.LAW_ENFORCEMENT, Agency.Kind.CRIMINAL_JUSTICE, Agency.Kind.COURT
_COURTS = (_COURT, Agency.Kind.TRIBAL_COURT)


@dataclass(frozen=True, slots=True)
class _AgencyRow:
    ori: str
    name: str
    kind: Agency.Kind
    workstations: tuple[str, ...] = ()


AGENCIES = (
    _AgencyRow("CA0990000", "Sierra Vista County Sheriff", _LE, ("SVSO01", "SVSO02", "SVSO03")),
    _AgencyRow(POLICE, "Sierra Vista Police Department", _LE, ("CADEMO01", "CADEMO02", "CADEMO03")),
    _AgencyRow("CA0990200", "Pine Flat Police Department", _LE, ("PFPD01", "PFPD02")),
    _AgencyRow("CA0990300", "Gold Fork Police Department", _LE, ("GFPD01",)),
    _AgencyRow("CA0990400", "Oak Landing Police Department", _LE, ("OLPD01",)),
    _AgencyRow("CA0990500", "Cedar Ridge Police Department", _LE, ("CRPD01",)),
    _AgencyRow("CA0990600", "Granite Bay Harbor Police", _LE, ("GBHP01",)),
    _AgencyRow("CA0999900", "Highway Patrol, Sierra Vista Area", _LE, ("CHPSV01",)),
    _AgencyRow("CA0991100", "State University Police, Pine Flat", _LE, ("SUPF01",)),
    _AgencyRow("CA0991200", "Gold Fork School District Police", _LE, ("GFSD01",)),
    _AgencyRow(COURT, "Superior Court, County of Sierra Vista", _COURT),
    _AgencyRow("CA099015D", "Superior Court, Family Division, Sierra Vista", _COURT),
    _AgencyRow("CA099025J", "Superior Court, Gold Fork Branch", _COURT),
    _AgencyRow("CA099013A", "District Attorney, Sierra Vista County", _CJ),
    _AgencyRow("CA099013G", "Probation Department, Sierra Vista County", _CJ, ("SVPR01",)),
    _AgencyRow("CA099013C", "County Jail, Sierra Vista", _CJ, ("SVJL01",)),
    _AgencyRow("CA099013N", "Sierra Vista Regional Dispatch", _LE, ("SVRD01", "SVRD02")),
    _AgencyRow("CA099013K", "Coroner, Sierra Vista County", _CJ),
    _AgencyRow("CA0997100", "Three Rivers Tribal Police", Agency.Kind.TRIBAL_POLICE, ("TRTP01",)),
    _AgencyRow("CA099073J", "Three Rivers Tribal Court", Agency.Kind.TRIBAL_COURT),
)


@dataclass(frozen=True, slots=True)
class _PersonRow:
    """`device`: the workstation a person's `openclets send` uses; empty where they only use the pages."""

    user_name: str
    full_name: str
    agency: str
    duty: Duty
    device: str = ""
    training_lapsed: bool = False
    training_ends_soon: bool = False


_NAMED = (
    _PersonRow("alvarez", "Judge Ines Alvarez", COURT, Duty.JUDGE),
    _PersonRow("brandt", "Clerk Tomas Brandt", COURT, Duty.CLERK),
    _PersonRow("chen", "Officer Grace Chen", POLICE, Duty.OFFICER, "CADEMO01"),
    _PersonRow("dorn", "Officer Rafe Dorn", POLICE, Duty.OFFICER, "CADEMO02", training_lapsed=True),
    _PersonRow("eze", "Auditor Ngozi Eze", POLICE, Duty.AUDITOR),
    _PersonRow("fox", "Coordinator Lena Fox", POLICE, Duty.COORDINATOR),
    _PersonRow("gupta", "Records Clerk Asha Gupta", POLICE, Duty.RECORDS, "CADEMO03"),
)
_DECIDING = (
    _PersonRow("imani", "Officer Dara Imani", POLICE, Duty.OFFICER, "CADEMO02", training_ends_soon=True),
    _PersonRow("joss", "Reviewer Piet Joss", "CA0990000", Duty.REVIEWER),
    _PersonRow("keane", "Reviewer Una Keane", "CA0990000", Duty.REVIEWER),
    _PersonRow("lowe", "Reviewer Max Lowe", "CA0990000", Duty.REVIEWER),
)
"""Who decides about agencies, and an officer whose course is due again."""
_MORE_OFFICERS = (
    "hale ibarra jansen kowalski lindqvist moreau nakata okafor petrov quiroga romano salazar takeda underhill vasquez "
    "whitlock xiong yamada zeller abbott bianchi castillo dubois eriksen farouk guerrero haddad ivanova jelani kaplan "
    "laurent mbeki novak ortega paquette rahman soto tran urbina voss"
).split()
_MORE_CLERKS = ("winters", "xavier", "yates", "zamora", "archer", "bellamy", "corwin", "delgado")
_MORE_RECORDS = ("eastman", "fontaine", "greer", "huang", "ito")


_TITLES = frozenset({"JUDGE", "OFFICER", "AUDITOR", "COORDINATOR", "RECORDS", "CLERK", "REVIEWER"})


def _people() -> tuple[_PersonRow, ...]:
    stations = [row for row in AGENCIES if row.workstations]
    officers = (
        _PersonRow(name, f"Officer {name.title()}", row.ori, Duty.OFFICER, row.workstations[-1])
        for index, name in enumerate(_MORE_OFFICERS)
        for row in [stations[index % len(stations)]]
    )
    courts = [row for row in AGENCIES if row.kind in _COURTS]
    clerks = (
        _PersonRow(name, f"Clerk {name.title()}", courts[index % len(courts)].ori, Duty.CLERK)
        for index, name in enumerate(_MORE_CLERKS)
    )
    records = (
        _PersonRow(
            name, f"Records Clerk {name.title()}", stations[index].ori, Duty.RECORDS, stations[index].workstations[0]
        )
        for index, name in enumerate(_MORE_RECORDS)
    )
    return (*_NAMED, *officers, *clerks, *records, *_DECIDING)


PEOPLE = _people()


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """What a demo needs to sign a person on. `device` is empty for people who only use the pages."""

    user_name: str
    full_name: str
    agency: str
    duty: str
    device: str
    totp_secret: str


def make_county(*, password: str, today: date) -> Mapping[str, DemoPerson]:
    """Agencies, devices and people in one transaction; by sign-in name, what is needed to sign each on."""
    with transaction.atomic():
        _make_agencies(today)
        made = _make_people(password, today)
        _make_applicant(today)
        return made


def _make_agencies(today: date) -> None:
    Agency.objects.bulk_create(
        Agency(
            ori=row.ori,
            name=row.name,
            kind=row.kind,
            county=COUNTY,
            telephone=f"555-555-0{100 + position}",
            status=Agency.Status.ACTIVE,
        )
        for position, row in enumerate(AGENCIES)
    )
    Agreement.objects.bulk_create(_agreement(row, kind, today) for row in AGENCIES for kind in _agreements_of(row))
    Device.objects.bulk_create(
        Device(
            mnemonic=mnemonic,
            agency_id=row.ori,
            kind=Device.Kind.WORKSTATION,
            device_class=_class_of(row, mnemonic),
            place=row.name,
        )
        for row in AGENCIES
        for mnemonic in row.workstations
    )
    Device.objects.bulk_create(
        Device(
            mnemonic=f"WEB{row.ori[2:]}",
            agency_id=row.ori,
            kind=Device.Kind.BROWSER,
            device_class=Device.Class.COURT if row.kind in _COURTS else Device.Class.OFFICE,
            place="pages",
        )
        for row in AGENCIES
    )


def _agreements_of(row: _AgencyRow) -> tuple[Agreement.Kind, ...]:
    """Everybody subscribes; a tribe reads, and its court files, by agreements of their own."""
    if row.kind == Agency.Kind.TRIBAL_COURT:
        return (Agreement.Kind.SUBSCRIBER, Agreement.Kind.TRIBAL_READING, Agreement.Kind.TRIBAL_FILING)
    if row.kind == Agency.Kind.TRIBAL_POLICE:
        return (Agreement.Kind.SUBSCRIBER, Agreement.Kind.TRIBAL_READING)
    return (Agreement.Kind.SUBSCRIBER,)


def _agreement(row: _AgencyRow, kind: Agreement.Kind, today: date) -> Agreement:
    """Three years from half a year ago. The length is an own decision."""
    begins_on = today - timedelta(days=180)
    return Agreement(
        agency_id=row.ori,
        kind=kind,
        signed_by=f"Head of {row.name}"[:120],
        countersigned_by="Department of Justice",
        signed_on=begins_on - timedelta(days=10),
        begins_on=begins_on,
        ends_on=begins_on + timedelta(days=3 * 365),
    )


def _class_of(row: _AgencyRow, mnemonic: str) -> Device.Class:
    """An agency's first terminal stands in its records room, the others ride in its cars; dispatch has its own."""
    if "Dispatch" in row.name:
        return Device.Class.DISPATCH
    is_in_records = mnemonic == "CADEMO03" or (row.ori != POLICE and mnemonic == row.workstations[0])
    return Device.Class.OFFICE if is_in_records else Device.Class.VEHICLE


def _make_people(password: str, today: date) -> dict[str, DemoPerson]:
    hashed = make_password(password)  # once: sixty slow hashes of one password would only slow the demo down
    users = User.objects.bulk_create(_vetted(row, position, hashed, today) for position, row in enumerate(PEOPLE))
    made = {}
    for user, row in zip(users, PEOPLE, strict=True):
        secret = generate_totp_secret()
        TOTP.activate(user, secret)
        made[row.user_name] = DemoPerson(row.user_name, row.full_name, row.agency, row.duty.value, row.device, secret)
    Affiliation.objects.bulk_create(
        Affiliation(user=user, agency_id=row.agency, duty=row.duty) for user, row in zip(users, PEOPLE, strict=True)
    )
    Training.objects.bulk_create(
        training
        for user, row in zip(users, PEOPLE, strict=True)
        for training in (_training(user, row, today), _awareness(user, today))
    )
    return made


def _vetted(row: _PersonRow, position: int, hashed: str, today: date) -> User:
    """Cleared and sworn to secrecy. Born on a day of their own, so that asking about oneself can be tried."""
    *given, surname = [word for word in row.full_name.upper().split() if word not in _TITLES]
    return User(
        user_name=row.user_name,
        full_name=row.full_name,
        password=hashed,
        clearance=User.Clearance.CLEARED,
        cleared_on=today - timedelta(days=300),
        statement_signed_on=today - timedelta(days=90),
        statement_until=today + timedelta(days=275),
        wire_name=f"{surname},{given[0]}" if given else surname,
        birth_date=date(1970, 1, 11) + timedelta(days=97 * position),
    )


def _make_applicant(today: date) -> None:
    """An agency that has applied and waits to be taken up."""
    agency = Agency.objects.create(
        ori="CA0990700",
        name="Moss Creek Police Department",
        kind=_LE,
        county=COUNTY,
        telephone="555-555-0170",
        status=Agency.Status.APPLIED,
    )
    Application.objects.create(
        agency=agency,
        coordinator="Nora Blake",
        coordinator_email="blake@example.gov",
        security_contact="Omar Reyes",
        security_email="reyes@example.gov",
        basis="Pen. Code 830.1: police of a city",
    )
    AgencyStep.objects.create(
        agency=agency,
        step=Step.APPLY,
        taken_by=User.objects.get(user_name="joss"),
        taken_at=datetime.combine(today, time(9), tzinfo=LOCAL_ZONE),
        reason="Pen. Code 830.1: police of a city",
    )


def _training(user: User, row: _PersonRow, today: date) -> Training:
    """Two years from the day it was passed. Source: CLETS PPP 1.8, re-examined every two years."""
    days = -60 if row.training_lapsed else 30 if row.training_ends_soon else 400
    expires_on = today + timedelta(days=days)
    course = Course.FULL if row.duty in (Duty.CLERK, Duty.RECORDS, Duty.COORDINATOR) else Course.INQUIRY
    return Training(user=user, course=course, passed_on=expires_on - timedelta(days=730), expires_on=expires_on)


def _awareness(user: User, today: date) -> Training:
    """A year from the day it was passed. Source: CJIS Security Policy AT-2."""
    expires_on = today + timedelta(days=200)
    return Training(
        user=user, course=Course.SECURITY, passed_on=expires_on - timedelta(days=365), expires_on=expires_on
    )
