"""A session ends soon after its person, agency or device loses what it was let in with; a page at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password

from openclets.agencies.models import Affiliation, Device, Training, User
from openclets.agencies.permissions import Course
from openclets.agencies.signing_on import issue_ticket
from openclets.vocabulary.identifiers import Ori, UserName
from openclets.wire.compose import parse_unavailable
from openclets.wire.session import SignOn
from tests.county import PASSWORD, POLICE, County, signed_in_browser, vetted_user
from tests.simulators.running_switch import Paper, RunningSwitch, make_paper, next_reply, running_switch

NOW = datetime(2026, 11, 22, 17, 36, 27, tzinfo=UTC)
LOOK_EVERY_SECONDS = 0.2


@pytest.fixture(scope="module")
def switch(county: County, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSwitch]:
    paper: Paper = make_paper(tmp_path_factory.mktemp("paper"))
    with running_switch(county, paper, recheck_seconds=LOOK_EVERY_SECONDS, clock=lambda: NOW) as running:
        yield running


def _disable(user: User, device: Device) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def _convict(user: User, device: Device) -> None:
    User.objects.filter(pk=user.pk).update(felony=User.Felony.BARRED)


def _let_training_lapse(user: User, device: Device) -> None:
    Training.objects.filter(user=user, course=Course.FULL).update(expires_on=date(2026, 11, 22))


def _leave(user: User, device: Device) -> None:
    Affiliation.objects.filter(user=user).delete()


def _disable_device(user: User, device: Device) -> None:
    Device.objects.filter(pk=device.pk).update(is_active=False)


@pytest.mark.parametrize(
    ("name", "lose", "told"),
    [
        ("lost.account", _disable, "the account must be active"),
        ("lost.felony", _convict, "a felony bars access until it is reviewed"),
        ("lost.training", _let_training_lapse, "training must be current"),
        ("lost.duty", _leave, "a person acts for an agency they belong to"),
        ("lost.device", _disable_device, "the device must be active"),
    ],
)
def test_a_terminal_is_signed_off_when_its_person_loses_what_they_were_let_in_with(
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
