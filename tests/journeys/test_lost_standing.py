"""A session ends at once when its person, agency or device loses what it was let in with; a page when it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password

from openclets.agencies.models import Affiliation, Agency, Agreement, Device, Training, User
from openclets.agencies.permissions import Course
from openclets.agencies.signing_on import issue_ticket
from openclets.vocabulary.identifiers import Ori, UserName
from openclets.wire.compose import parse_unavailable
from openclets.wire.session import SignOn
from tests.county import PASSWORD, POLICE, County, signed_in_browser, subscriber_agreement, vetted_user
from tests.simulators.running_switch import Paper, RunningSwitch, make_paper, next_reply, running_switch

NOW = datetime(2026, 11, 22, 17, 36, 27, tzinfo=UTC)
AN_HOUR_SECONDS = 3600.0
"""A switch that looks around so seldom ends nobody's session in time, unless it hears of the change."""

LOOK_EVERY_SECONDS = 0.2


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    return make_paper(tmp_path_factory.mktemp("paper"))


@pytest.fixture(scope="module")
def switch(county: County, paper: Paper) -> Iterator[RunningSwitch]:
    with running_switch(county, paper, recheck_seconds=AN_HOUR_SECONDS, clock=lambda: NOW) as running:
        yield running


def _disable(user: User, device: Device) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def _convict(user: User, device: Device) -> None:
    User.objects.filter(pk=user.pk).update(felony=User.Felony.BARRED)


def _let_training_lapse(user: User, device: Device) -> None:
    Training.objects.filter(user=user, course=Course.FULL).update(expires_on=date(2026, 11, 22))


def _leave(user: User, device: Device) -> None:
    Affiliation.objects.filter(user=user).delete()


def _let_awareness_lapse(user: User, device: Device) -> None:
    Training.objects.filter(user=user, course=Course.SECURITY).update(
        passed_on=date(2025, 11, 22), expires_on=date(2026, 11, 22)
    )


def _take_clearance(user: User, device: Device) -> None:
    User.objects.filter(pk=user.pk).update(clearance=User.Clearance.DENIED)


def _disable_device(user: User, device: Device) -> None:
    Device.objects.filter(pk=device.pk).update(is_active=False)


@pytest.mark.parametrize(
    ("name", "lose", "told"),
    [
        ("lost.account", _disable, "the account must be active"),
        ("lost.felony", _convict, "a felony bars access until it is reviewed"),
        ("lost.training", _let_training_lapse, "training must be current"),
        ("lost.aware", _let_awareness_lapse, "security awareness is renewed each year"),
        ("lost.cleared", _take_clearance, "clearance comes before access"),
        ("lost.duty", _leave, "a person acts for an agency they belong to"),
        ("lost.device", _disable_device, "the device must be active"),
    ],
)
def test_a_terminal_is_signed_off_at_once_when_its_person_loses_what_they_were_let_in_with(
    switch: RunningSwitch, name: str, lose: Callable[[User, Device], None], told: str
) -> None:
    user = vetted_user(name, f"Officer {name}")
    Affiliation.objects.create(user=user, agency_id=POLICE, duty="officer")
    device = Device.objects.create(mnemonic=f"CA{name[5:9].upper()}", agency_id=POLICE)
    ticket = issue_ticket(user, device, now=NOW)
    with switch.connect(device.mnemonic) as client:
        client.sign_on(SignOn(UserName(name), Ori(POLICE), ticket=ticket))
        lose(user, device)
        assert f"{told}; this connection ends" in parse_unavailable(next_reply(client).reply.body).what


@pytest.mark.parametrize(
    ("name", "ori", "mnemonic", "told"),
    [
        ("lost.agency", "CA0998811", "CALOST11", "the agency must be active"),
        ("lost.host", "CA0998812", "CALOST12", "a host needs a host agreement"),
    ],
)
def test_a_terminal_is_signed_off_at_once_when_its_agency_is_stopped_or_its_agreement_ended(
    switch: RunningSwitch, name: str, ori: str, mnemonic: str, told: str
) -> None:
    status = Agency.Status.ACTIVE
    Agency.objects.create(ori=ori, name=f"Lost {ori}", kind="law_enforcement", county="099", status=status)
    subscriber_agreement(ori).save()
    host = subscriber_agreement(ori)
    host.kind = Agreement.Kind.HOST
    host.save()
    user = vetted_user(name, f"Officer {name}")
    Affiliation.objects.create(user=user, agency_id=ori, duty="officer")
    device = Device.objects.create(mnemonic=mnemonic, agency_id=ori, kind=Device.Kind.HOST)
    ticket = issue_ticket(user, device, now=NOW)
    with switch.connect(mnemonic) as client:
        client.sign_on(SignOn(UserName(name), Ori(ori), ticket=ticket))
        if name == "lost.agency":
            Agency.objects.filter(ori=ori).update(status=Agency.Status.SUSPENDED)
        else:
            Agreement.objects.filter(pk=host.pk).update(ended_on=date(2026, 11, 22))
        assert f"{told}; this connection ends" in parse_unavailable(next_reply(client).reply.body).what


def test_a_terminal_is_signed_off_when_a_day_has_come_though_nothing_was_changed(county: County, paper: Paper) -> None:
    user = vetted_user("lost.day", "Officer Lost Day", trained_until=date(2026, 11, 23))
    Affiliation.objects.create(user=user, agency_id=POLICE, duty="officer")
    device = Device.objects.create(mnemonic="CALOST13", agency_id=POLICE)
    ticket = issue_ticket(user, device, now=NOW + timedelta(hours=8))
    moments = [NOW + timedelta(hours=8)]

    def clock() -> datetime:
        return moments[-1]

    with (
        running_switch(county, paper, recheck_seconds=LOOK_EVERY_SECONDS, clock=clock) as switch,
        switch.connect(device.mnemonic) as client,
    ):
        client.sign_on(SignOn(UserName("lost.day"), Ori(POLICE), ticket=ticket))
        # From 17:36 on the Sunday in California to 00:36 on the Monday.
        moments.append(NOW + timedelta(hours=15))
        told = parse_unavailable(next_reply(client).reply.body).what
    assert told == "training must be current; this connection ends"


def test_a_page_knows_at_once_that_a_felony_bars_its_person(county: County, rolled_back: None) -> None:
    user = vetted_user("lost.page", "Officer Lost Page", password=make_password(PASSWORD))
    Affiliation.objects.create(user=user, agency_id=POLICE, duty="officer")
    TOTP.activate(user, generate_totp_secret())
    browser = signed_in_browser(user)
    assert browser.get("/officer/").status_code == 200
    User.objects.filter(pk=user.pk).update(felony=User.Felony.BARRED)
    refused = browser.get("/officer/")
    assert refused.status_code == 403
    assert "a felony conviction without a documented review" in refused.content.decode()
    assert browser.get("/officer/").status_code == 302


def _disable_account(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def _end_duties(user: User) -> None:
    Affiliation.objects.filter(user=user).delete()


@pytest.mark.parametrize(
    ("name", "lose", "told"),
    [
        ("lost.off", _disable_account, "the account is disabled"),
        ("lost.left", _end_duties, "no duty at an agency that uses these pages"),
    ],
)
def test_a_page_of_somebody_disabled_or_gone_is_refused_at_the_next_request_and_says_why(
    county: County, rolled_back: None, name: str, lose: Callable[[User], None], told: str
) -> None:
    user = vetted_user(name, f"Officer {name}", password=make_password(PASSWORD))
    Affiliation.objects.create(user=user, agency_id=POLICE, duty="officer")
    TOTP.activate(user, generate_totp_secret())
    browser = signed_in_browser(user)
    assert browser.get("/officer/").status_code == 200
    lose(user)
    refused = browser.get("/officer/")
    assert refused.status_code == 403
    assert told in refused.content.decode()


def test_somebody_disabled_is_told_so_once_and_is_a_stranger_from_then_on(county: County, rolled_back: None) -> None:
    user = vetted_user("lost.stranger", "Officer Lost Stranger", password=make_password(PASSWORD))
    Affiliation.objects.create(user=user, agency_id=POLICE, duty="officer")
    TOTP.activate(user, generate_totp_secret())
    browser = signed_in_browser(user)
    _disable_account(user)
    assert browser.post("/officer/line/", {"line": "QW"}).status_code == 403
    assert "_auth_user_id" not in browser.session
    assert browser.get("/officer/").status_code == 302
