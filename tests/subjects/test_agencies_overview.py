"""Who may what until when: the coordinator's list, reminders, and everybody's own view of their access."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import date

import pytest
from django.conf import settings
from django.core import mail
from django.test.utils import override_settings

from openclets.agencies.actor import Actor
from openclets.agencies.models import Affiliation, Agreement, Training, User
from openclets.agencies.overview import PEOPLE_ON_A_PAGE, AgencyPeople, people_of_agency
from openclets.agencies.own_access import own_access
from openclets.agencies.permissions import Course, Duty
from openclets.agencies.reminding import remind_of_training
from openclets.journal.models import Entry
from openclets.vocabulary.errors import Refused, Rejected, Unavailable
from openclets.vocabulary.identifiers import Mnemonic, Ori, UserName
from tests.county import OTHER_POLICE, POLICE, SHERIFF, County, vetted_user

NEVER = date(1, 1, 1)

OFFICERS = (
    "inquiry.person",
    "inquiry.orders",
    "inquiry.history",
    "inquiry.driver",
    "inquiry.vehicle",
    "inquiry.property",
    "inquiry.order_image",
)
"""What the duty of an officer carries, in the order of the table of rights."""


def _person(
    user_name: str,
    full_name: str,
    until: date = NEVER,
    *,
    duty: Duty = Duty.OFFICER,
    agency: Ori = SHERIFF,
    email: str = "",
) -> User:
    user = vetted_user(user_name, full_name, trained_until=None if until == NEVER else until, email=email)
    Affiliation.objects.create(user=user, agency_id=agency, duty=duty)
    return user


def _listed(county: County, after: str = "") -> AgencyPeople:
    return people_of_agency(actor=county.actor("fox"), now=county.now, after=after)


@pytest.fixture
def outbox() -> Iterator[list[mail.EmailMessage]]:
    """What was handed over to be sent."""
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        yield mail.outbox


def test_each_person_is_listed_with_what_they_may_until_when_and_what_is_missing(
    county: County, rolled_back: None
) -> None:
    _person("overview.ames", "Officer Overview Ames", date(2027, 3, 1))
    _person("overview.boyd", "Officer Overview Boyd", date(2026, 11, 1))
    found = {person.user_name: person for person in _listed(county).people}
    ames, boyd = found[UserName("overview.ames")].outlook, found[UserName("overview.boyd")].outlook
    assert (ames.may, ames.missing, ames.until) == (
        OFFICERS,
        (),
        date(2027, 3, 1),
    )
    assert (boyd.may, boyd.until) == ((), date(2026, 11, 1))
    assert [each.what for each in boyd.missing] == ["training expired 2026-11-01"]
    assert found[UserName("eze")].outlook.may == ("inquiry.journal",)


def test_nobody_of_another_agency_is_listed(county: County, rolled_back: None) -> None:
    assert {"chen", "dorn", "brandt"}.isdisjoint(person.user_name for person in _listed(county).people)


def test_what_lapses_within_sixty_days_is_listed_the_longest_lapsed_first(county: County, rolled_back: None) -> None:
    _person("lapsing.on-the-day", "Officer On The Day", date(2026, 11, 22))
    _person("lapsing.last", "Officer Last Of Sixty", date(2027, 1, 21))
    _person("lapsing.later", "Officer Sixty One", date(2027, 1, 22))
    _person("lapsing.long-ago", "Officer Long Ago", date(2026, 1, 1))
    _person("lapsing.never", "Officer Never Trained")
    gone = _person("lapsing.gone", "Officer Gone", date(2026, 1, 1))
    User.objects.filter(pk=gone.pk).update(is_active=False)
    found = [each for each in _listed(county).lapsing if each.user_name.startswith("lapsing.")]
    assert [(each.user_name, each.on, each.is_over) for each in found] == [
        ("lapsing.never", None, True),
        ("lapsing.long-ago", date(2026, 1, 1), True),
        ("lapsing.on-the-day", date(2026, 11, 22), True),
        ("lapsing.last", date(2027, 1, 21), False),
    ]


def test_a_later_course_does_not_hide_that_security_awareness_or_full_access_lapses(
    county: County, rolled_back: None
) -> None:
    aware = vetted_user("lapsing.aware", "Officer Lapsing Aware", aware_until=date(2026, 12, 24))
    Affiliation.objects.create(user=aware, agency_id=SHERIFF, duty=Duty.OFFICER)
    keeper = vetted_user("lapsing.keeper", "Records Lapsing Keeper", trained_until=date(2026, 12, 1), aware_until=None)
    Affiliation.objects.create(user=keeper, agency_id=SHERIFF, duty=Duty.RECORDS)
    Training.objects.create(user=keeper, course=Course.INQUIRY, passed_on=date(2026, 6, 1), expires_on=date(2028, 6, 1))
    found = [each for each in _listed(county).lapsing if each.user_name in ("lapsing.aware", "lapsing.keeper")]
    assert [(each.user_name, each.course, each.on, each.is_over) for each in found] == [
        ("lapsing.keeper", "security awareness", None, True),
        ("lapsing.keeper", "full-access course", date(2026, 12, 1), False),
        ("lapsing.aware", "security awareness", date(2026, 12, 24), False),
    ]


def test_the_agencys_agreements_that_lapse_are_listed_unless_they_go_on_or_were_ended(
    county: County, rolled_back: None
) -> None:
    def agreement(kind: str, ends_on: date, *, other: str | None = None, ended_on: date | None = None) -> None:
        Agreement.objects.create(
            agency_id=SHERIFF,
            kind=kind,
            other_id=other,
            signed_by="Sheriff Lapsing",
            countersigned_by="the department",
            signed_on=date(2024, 1, 2),
            begins_on=date(2024, 1, 2),
            ends_on=ends_on,
            ended_on=ended_on,
        )

    agreement("host", date(2026, 11, 1))
    agreement("interagency", date(2027, 1, 21), other=POLICE)
    agreement("interagency", date(2027, 1, 22), other=OTHER_POLICE)
    agreement("management_control", date(2026, 12, 1))
    agreement("management_control", date(2029, 12, 1))
    agreement("reciprocity", date(2026, 12, 1), ended_on=date(2026, 6, 1))
    assert [(each.kind, each.other, each.on, each.is_over) for each in _listed(county).agreements] == [
        ("host agreement", "", date(2026, 11, 1), True),
        ("interagency agreement for placing a terminal", "CA0990100", date(2027, 1, 21), False),
    ]


def test_pages_go_on_where_the_one_before_ended_and_miss_nobody(county: County, rolled_back: None) -> None:
    for number in range(PEOPLE_ON_A_PAGE + 10):
        _person(f"paged.{number:03d}", "Officer Same Name", date(2027, 3, 1))
    seen: list[str] = []
    after = ""
    while True:
        page = _listed(county, after)
        seen += [person.user_name for person in page.people]
        after = page.next_after
        if not after:
            break
    assert len(seen) == len(set(seen))
    assert {f"paged.{number:03d}" for number in range(PEOPLE_ON_A_PAGE + 10)} <= set(seen)


def test_a_coordinator_whose_own_training_has_lapsed_sees_nobody(county: County, rolled_back: None) -> None:
    Training.objects.filter(user__user_name="fox", course=Course.FULL).update(expires_on=date(2026, 11, 1))
    with pytest.raises(Refused, match="training expired"):
        _listed(county)


def test_a_reminder_goes_to_the_person_alone_and_says_until_when(
    county: County, rolled_back: None, outbox: list[mail.EmailMessage]
) -> None:
    _person("remind.cole", "Officer Remind Cole", date(2026, 12, 24), email="cole@example.gov")
    sent = remind_of_training(actor=county.actor("fox"), now=county.now, user=UserName("remind.cole"))
    assert (sent.full_name, sent.email) == ("Officer Remind Cole", "cole@example.gov")
    (message,) = outbox
    assert (message.to, message.cc, message.bcc, message.subject) == (
        ["cole@example.gov"],
        [],
        [],
        "Your CLETS training",
    )
    assert "Your inquiry course counts until 2026-12-24, and from that day on you are refused." in message.body
    assert "Your security awareness counts until 2029-01-01, and from that day on you are refused." in message.body
    entry = Entry.objects.get(number=sent.receipt.number)
    assert (entry.kind, entry.outcome, entry.user_name) == ("training reminder sent", "answered", "fox")


@pytest.mark.parametrize(
    ("user", "told"),
    [("chen", "nobody at CA0990000 signs in as 'chen'"), ("eze", "no e-mail address is on file for eze")],
)
def test_nobody_of_another_agency_and_nobody_without_an_address_is_reminded(
    county: County, rolled_back: None, outbox: list[mail.EmailMessage], user: str, told: str
) -> None:
    with pytest.raises(Rejected) as rejected:
        remind_of_training(actor=county.actor("fox"), now=county.now, user=UserName(user))
    assert rejected.value.faults[0].text == told
    assert outbox == []


def test_a_mail_server_that_does_not_answer_is_told_and_recorded(county: County, rolled_back: None) -> None:
    _person("remind.dale", "Officer Remind Dale", email="dale@example.gov")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    backend = "django.core.mail.backends.smtp.EmailBackend"
    with (
        override_settings(EMAIL_BACKEND=backend, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port, EMAIL_USE_TLS=False),
        pytest.raises(Unavailable) as unavailable,
    ):
        remind_of_training(actor=county.actor("fox"), now=county.now, user=UserName("remind.dale"))
    number = int(unavailable.value.receipt.partition(".")[0])
    assert Entry.objects.get(number=number).outcome == "unavailable"


def test_without_a_mail_server_reminders_are_files_in_the_data_folder() -> None:
    assert settings.EMAIL_BACKEND == "django.core.mail.backends.filebased.EmailBackend"
    assert settings.EMAIL_FILE_PATH == settings.DATA_FOLDER / "mail"


def test_officer_dorn_who_is_refused_everywhere_learns_what_is_missing(county: County) -> None:
    own = own_access(actor=county.actor("dorn", channel="web"), now=county.now)
    assert own.outlook.may == ()
    assert own.outlook.may_not == OFFICERS
    assert [each.what for each in own.outlook.missing] == ["training expired 2026-03-01"]
    entry = Entry.objects.get(number=own.receipt.number)
    assert (entry.kind, entry.outcome, entry.user_name) == ("own access seen", "answered", "dorn")


def test_somebody_without_a_duty_learns_that_a_duty_is_missing(county: County, rolled_back: None) -> None:
    user = User.objects.create(user_name="dutyless", full_name="Nobody Yet")
    actor = Actor(user.pk, UserName("dutyless"), SHERIFF, Mnemonic("CADEMO03"), "web")
    own = own_access(actor=actor, now=county.now)
    assert (own.outlook.duties, own.outlook.may) == ((), ())
    assert [each.what for each in own.outlook.missing] == ["no duty at this agency"]
