"""Sierra Vista County (099), which does not exist: its agencies, devices and the people with fixed duties.

Judge Alvarez signs, Clerk Brandt files, Officer Chen asks, Officer Dorn must be refused (his training has lapsed),
Auditor Eze reads, Coordinator Fox keeps the accounts, Gupta works in records.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Final

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import Client

from openclets.agencies.actor import Actor, Channel
from openclets.agencies.models import Affiliation, Agency, Agreement, Attempts, Device, OwnNumber, Training, User
from openclets.agencies.permissions import Course, Duty
from openclets.vocabulary.identifiers import Mnemonic, Ori, UserName

NOW: Final = datetime(2026, 11, 22, 17, 36, 27, tzinfo=UTC)
"""A Sunday, 09:36 in California."""

TOTP_PERIOD_SECONDS: Final = 30

PASSWORD: Final = "correct horse battery staple"

COURT: Final = Ori("CA099013J")
SHERIFF: Final = Ori("CA0990000")
POLICE: Final = Ori("CA0990100")
OTHER_POLICE: Final = Ori("CA0990200")


@dataclass(frozen=True, slots=True)
class _Person:
    user: str
    full_name: str
    agency: Ori
    device: str
    duty: Duty
    trained_until: date
    wire_name: str
    birth_date: date
    course: Course = Course.INQUIRY


AGENCIES: Final = (
    (COURT, "Superior Court of Sierra Vista County", Agency.Kind.COURT, "555-0113"),
    (SHERIFF, "Sierra Vista County Sheriff", Agency.Kind.LAW_ENFORCEMENT, "555-0100"),
    (POLICE, "Alder Falls Police Department", Agency.Kind.LAW_ENFORCEMENT, "555-0101"),
    (OTHER_POLICE, "Cedar Bend Police Department", Agency.Kind.LAW_ENFORCEMENT, "555-0102"),
)

DEVICES: Final = (
    ("CADEMO01", POLICE, Device.Kind.WORKSTATION, Device.Class.VEHICLE, "patrol car 12"),
    ("CADEMO02", OTHER_POLICE, Device.Kind.WORKSTATION, Device.Class.VEHICLE, "patrol car 7"),
    ("CADEMO03", SHERIFF, Device.Kind.WORKSTATION, Device.Class.OFFICE, "front desk"),
    ("CADEMO04", COURT, Device.Kind.WORKSTATION, Device.Class.COURT, "clerk's office"),
    ("CADEMO05", POLICE, Device.Kind.WORKSTATION, Device.Class.OFFICE, "records room"),
    ("CAWEB01", POLICE, Device.Kind.BROWSER, Device.Class.OFFICE, ""),
    ("CAWEB02", OTHER_POLICE, Device.Kind.BROWSER, Device.Class.OFFICE, ""),
    ("CAWEB03", SHERIFF, Device.Kind.BROWSER, Device.Class.OFFICE, ""),
    ("CAWEB04", COURT, Device.Kind.BROWSER, Device.Class.COURT, ""),
)

_CURRENT: Final = date(2028, 1, 1)

_FULL: Final = Course.FULL
_LAPSED: Final = date(2026, 3, 1)

PEOPLE: Final = (
    _Person(
        "alvarez",
        "Judge Rosa Alvarez",
        COURT,
        "CADEMO04",
        Duty.JUDGE,
        _CURRENT,
        "ALVAREZ,ROSA",
        date(1961, 2, 9),
    ),
    _Person(
        "brandt", "Clerk Nils Brandt", COURT, "CADEMO04", Duty.CLERK, _CURRENT, "BRANDT,NILS", date(1990, 7, 30), _FULL
    ),
    _Person("chen", "Officer Mei Chen", POLICE, "CADEMO01", Duty.OFFICER, _CURRENT, "CHEN,MEI", date(1991, 8, 3)),
    _Person(
        "dorn",
        "Officer Ray Dorn",
        OTHER_POLICE,
        "CADEMO02",
        Duty.OFFICER,
        _LAPSED,
        "DORN,RAY",
        date(1979, 12, 24),
    ),
    _Person("eze", "Auditor Ada Eze", SHERIFF, "CADEMO03", Duty.AUDITOR, _CURRENT, "EZE,ADA", date(1983, 4, 18)),
    _Person(
        "fox",
        "Coordinator Sam Fox",
        SHERIFF,
        "CADEMO03",
        Duty.COORDINATOR,
        _CURRENT,
        "FOX,SAM",
        date(1975, 10, 2),
        _FULL,
    ),
    _Person(
        "gupta",
        "Records Clerk Asha Gupta",
        POLICE,
        "CADEMO05",
        Duty.RECORDS,
        _CURRENT,
        "GUPTA,ASHA",
        date(1988, 1, 27),
        _FULL,
    ),
)


@dataclass(frozen=True, slots=True)
class County:
    """The committed county. `now` is the moment at which its tests take place."""

    now: datetime = NOW
    password: str = PASSWORD
    _ids: dict[str, int] = field(default_factory=dict)

    def actor(self, user: str, *, channel: Channel = "socket") -> Actor:
        """The person at their own agency's terminal, or with channel `web` at its pages."""
        person = _person(user)
        device = person.device if channel != "web" else _browser_of(person.agency)
        return Actor(self._ids[user], UserName(user), person.agency, Mnemonic(device), channel)

    def code(self, user: str) -> str:
        """As `code_of`, by sign-in name."""
        return code_of(self._ids[user])


def code_of(user_id: int) -> str:
    """A one-time code of the person that is right now (by the real clock) and counts as not yet spent.

    Whatever was wrong before is forgotten, so that the tests of one person do not lock each other out.
    """
    authenticator = Authenticator.objects.select_related("user").get(user_id=user_id, type=Authenticator.Type.TOTP)
    Attempts.objects.filter(subject=f"person:{authenticator.user.get_username()}").delete()
    code = shown_code(decrypt(authenticator.data["secret"]))
    cache.delete(TOTP(authenticator)._get_used_cache_key(code))
    return code


def shown_code(secret: str) -> str:
    """What an authenticator with this key shows now, by the real clock."""
    if time.time() % TOTP_PERIOD_SECONDS > TOTP_PERIOD_SECONDS - 3:
        # A code that lapses on the way to its use would fail now and then.
        time.sleep(3.1)
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def signed_in_browser(person: User, *, password: str = PASSWORD, address: str = "127.0.0.1") -> Client:
    """A browser without a screen in which the person has gone in by the front door: password, code and notice."""
    browser = Client(SERVER_NAME="localhost", REMOTE_ADDR=address)
    browser.post("/sign-in/", {"login": person.user_name, "password": password})
    browser.post("/sign-in/code/", {"code": code_of(person.pk)})
    browser.post("/sign-in/notice/", {"answer": "agreed"})
    assert browser.session["_auth_user_id"] == str(person.pk)
    return browser


def found_county() -> County:
    """Commits the county once. Writes the tables directly: founding is no verb."""
    Agency.objects.bulk_create(
        Agency(ori=ori, name=name, kind=kind, county="099", telephone=telephone, status=Agency.Status.ACTIVE)
        for ori, name, kind, telephone in AGENCIES
    )
    Agreement.objects.bulk_create(subscriber_agreement(ori) for ori, _, _, _ in AGENCIES)
    Device.objects.bulk_create(
        Device(mnemonic=mnemonic, agency_id=ori, kind=kind, device_class=device_class, place=place)
        for mnemonic, ori, kind, device_class, place in DEVICES
    )
    hashed = make_password(PASSWORD)
    ids: dict[str, int] = {}
    for person in PEOPLE:
        user = vetted_user(
            person.user,
            person.full_name,
            password=hashed,
            course=person.course,
            trained_until=person.trained_until,
            wire_name=person.wire_name,
            birth_date=person.birth_date,
        )
        Affiliation.objects.create(user=user, agency_id=person.agency, duty=person.duty)
        TOTP.activate(user, generate_totp_secret())
        ids[person.user] = user.pk
    OwnNumber.objects.create(user_id=ids["chen"], kind="OLN", value="D7731902")
    return County(_ids=ids)


def subscriber_agreement(ori: str) -> Agreement:
    """One that counts on every day of these tests, not yet saved."""
    return Agreement(
        agency_id=ori,
        kind=Agreement.Kind.SUBSCRIBER,
        signed_by="the head of the agency",
        countersigned_by="the department",
        signed_on=date(2024, 2, 1),
        begins_on=date(2024, 3, 1),
        ends_on=date(2030, 1, 1),
    )


def vetted_user(
    user_name: str,
    full_name: str,
    *,
    password: str = "",
    course: Course = Course.FULL,
    trained_until: date | None = _CURRENT,
    aware_until: date | None = date(2029, 1, 1),
    email: str = "",
    wire_name: str = "",
    birth_date: date | None = None,
) -> User:
    """A person who may be given any duty: cleared, sworn to secrecy, trained and aware. `password` is hashed;
    `trained_until`, `aware_until` None: that course was never passed."""
    user = User.objects.create(
        user_name=user_name,
        full_name=full_name,
        password=password,
        email=email,
        clearance=User.Clearance.CLEARED,
        cleared_on=date(2024, 2, 15),
        statement_signed_on=date(2024, 2, 20),
        statement_until=date(2029, 1, 1),
        wire_name=wire_name,
        birth_date=birth_date,
    )
    if trained_until is not None:
        passed_on = trained_until - timedelta(days=730)
        Training.objects.create(user=user, course=course, passed_on=passed_on, expires_on=trained_until)
    if aware_until is not None:
        passed_on = aware_until - timedelta(days=365)
        Training.objects.create(user=user, course=Course.SECURITY, passed_on=passed_on, expires_on=aware_until)
    return user


def _person(user: str) -> _Person:
    return next(person for person in PEOPLE if person.user == user)


def _browser_of(agency: Ori) -> str:
    return next(mnemonic for mnemonic, ori, kind, _, _ in DEVICES if ori == agency and kind == Device.Kind.BROWSER)
