"""An agency's own sign-in by OpenID Connect, against a provider that runs: what it may say, and what it may not."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import make_password
from django.test import Client, override_settings

from openclets.agencies.models import Affiliation, Attempts, Device, Ticket, User
from openclets.agencies.signing_on import issue_ticket
from openclets.config.environment import EnvironmentWrong
from openclets.config.sign_in_providers import library_setting, read_providers
from openclets.journal.models import Body, Entry
from tests.county import OTHER_POLICE, POLICE, County, code_of
from tests.simulators.openid_provider import CLIENT_ID, CLIENT_SECRET, Provider, RunningProvider

pytestmark = pytest.mark.usefixtures("rolled_back")

FALLS = {
    "id": "alder-falls",
    "name": "Alder Falls Police",
    "agency": "CA0990100",
    "client_id": CLIENT_ID,
    "client_secret": CLIENT_SECRET,
}


@pytest.fixture
def provider(tmp_path: Path) -> Iterator[Provider]:
    """The provider of the Alder Falls police, running and known to the pages."""
    provider = Provider({"lindqvist": "subject-1", "moreau": "subject-2", "stranger": "subject-3"})
    running = RunningProvider(provider)
    file = tmp_path / "providers.json"
    file.write_text(json.dumps([{**FALLS, "issuer": provider.issuer}]), encoding="utf-8")
    with override_settings(SOCIALACCOUNT_PROVIDERS=library_setting(read_providers(file))):
        yield provider
    running.close()


@pytest.fixture
def lindqvist(county: County) -> User:
    """Officer Lindqvist of the Alder Falls police, with authenticator."""
    return _person("lindqvist", POLICE, county)


def test_the_agencys_word_stands_for_the_password_and_the_second_factor_and_the_notice_follow(
    provider: Provider, lindqvist: User, county: County
) -> None:
    issue_ticket(lindqvist, Device.objects.get(mnemonic="CADEMO01"), now=county.now)
    browser = Client(SERVER_NAME="localhost")
    assert "Sign in at Alder Falls Police" in browser.get("/sign-in/").content.decode()
    assert _signed_in_at_provider(browser, "lindqvist") == "/sign-in/code/"
    assert browser.get("/officer/").status_code == 302
    noticed = browser.post("/sign-in/code/", {"code": code_of(lindqvist.pk)})
    assert noticed.headers["Location"] == "/sign-in/notice/"
    browser.post("/sign-in/notice/", {"answer": "agreed"})
    assert browser.session["_auth_user_id"] == str(lindqvist.pk)
    # Bound once, journalled, with nothing kept but the provider's own identifier; old tickets are worth nothing.
    bound = SocialAccount.objects.get(user=lindqvist)
    assert (bound.provider, bound.uid, bound.extra_data) == ("alder-falls", "subject-1", {})
    change = Entry.objects.filter(user_name="lindqvist", kind="sign-in secret changed").latest("number")
    assert Body.objects.get(entry_number=change.number).asked == "bound to the sign-in of Alder Falls Police"
    assert not Ticket.objects.filter(user=lindqvist).exists()


def test_once_bound_the_providers_identifier_counts_and_not_the_name(
    provider: Provider, lindqvist: User, county: County
) -> None:
    assert _signed_in_at_provider(Client(SERVER_NAME="localhost"), "lindqvist") == "/sign-in/code/"
    provider.subjects = {"renamed": "subject-1", "lindqvist": "subject-9"}
    assert _signed_in_at_provider(Client(SERVER_NAME="localhost"), "renamed") == "/sign-in/code/"
    assert _signed_in_at_provider(Client(SERVER_NAME="localhost"), "lindqvist") == "/sign-in/"
    assert _last_refusal("lindqvist") == "Alder Falls Police gave this name to somebody else before"


def test_a_provider_speaks_for_nobody_of_another_agency(provider: Provider, county: County) -> None:
    _person("moreau", OTHER_POLICE, county)
    assert _signed_in_at_provider(Client(SERVER_NAME="localhost"), "moreau") == "/sign-in/"
    assert _last_refusal("moreau") == "Alder Falls Police may not speak for this account, or there is none"


def test_nobody_gets_an_account_from_a_provider(provider: Provider) -> None:
    assert _signed_in_at_provider(Client(SERVER_NAME="localhost"), "stranger") == "/sign-in/"
    assert not User.objects.filter(user_name="stranger").exists()


def test_whoever_left_or_has_no_second_factor_or_is_locked_stays_out(
    provider: Provider, lindqvist: User, county: County
) -> None:
    Attempts.objects.create(subject="person:lindqvist", wrong_at=[county.now], last_at=county.now, locked_at=county.now)
    assert _signed_in_at_provider(Client(SERVER_NAME="localhost"), "lindqvist") == "/sign-in/"
    Attempts.objects.filter(subject="person:lindqvist").delete()
    User.objects.filter(pk=lindqvist.pk).update(is_active=False)
    assert _signed_in_at_provider(Client(SERVER_NAME="localhost"), "lindqvist") == "/sign-in/"
    User.objects.filter(pk=lindqvist.pk).update(is_active=True)
    Authenticator.objects.filter(user=lindqvist).delete()
    assert _signed_in_at_provider(Client(SERVER_NAME="localhost"), "lindqvist") == "/sign-in/"
    assert _last_refusal("lindqvist") == "this account has no second factor yet"


@pytest.mark.parametrize(
    "lie",
    [{"iss": "https://elsewhere.example"}, {"aud": "another client"}, {"exp": int(time.time()) - 60}],
    ids=["issuer", "audience", "expired"],
)
def test_a_token_that_is_not_for_us_now_is_not_believed(
    provider: Provider, lindqvist: User, lie: dict[str, Any]
) -> None:
    provider.lies = lie
    assert _signed_in_at_provider(Client(SERVER_NAME="localhost"), "lindqvist") == "/sign-in/"
    assert not SocialAccount.objects.filter(user=lindqvist).exists()


def test_an_answer_of_the_provider_counts_once_and_only_in_the_browser_that_asked(
    provider: Provider, lindqvist: User
) -> None:
    victim = Client(SERVER_NAME="localhost")
    answer = _answer_of_provider(Client(SERVER_NAME="localhost"), "lindqvist")
    assert victim.get(answer).headers["Location"] == "/sign-in/"
    browser = Client(SERVER_NAME="localhost")
    answer = _answer_of_provider(browser, "lindqvist")
    assert browser.get(answer).headers["Location"] == "/sign-in/code/"
    assert browser.get(answer).headers["Location"] != "/sign-in/code/"


def test_nobody_binds_a_provider_to_an_account_that_is_signed_in(provider: Provider, lindqvist: User) -> None:
    browser = Client(SERVER_NAME="localhost")
    answer = _answer_of_provider(browser, "lindqvist", process="connect")
    assert browser.get(answer).headers["Location"] == "/sign-in/"
    assert not SocialAccount.objects.filter(user=lindqvist).exists()


def test_a_file_of_providers_with_faults_is_told_with_every_fault(tmp_path: Path) -> None:
    file = tmp_path / "providers.json"
    wrong = [{**FALLS, "issuer": "http://sso.example.gov"}, {"id": "Cedar Bend", "agency": "CA1", "secrets": "x"}]
    file.write_text(json.dumps(wrong), encoding="utf-8")
    with pytest.raises(EnvironmentWrong) as told:
        read_providers(file)
    faults = "\n".join(told.value.faults)
    for words in (
        "provider 1: 'issuer' must begin with https://",
        "provider 2: 'secrets' is not known here",
        "provider 2: 'client_id' is missing",
        "provider 2: 'id' must be small letters",
        "provider 2: 'agency' must be an ORI",
    ):
        assert words in faults
    file.write_text("not JSON", encoding="utf-8")
    with pytest.raises(EnvironmentWrong, match="cannot be read as JSON"):
        read_providers(file)


def _person(user_name: str, agency: str, county: County) -> User:
    person = User.objects.create(user_name=user_name, full_name=user_name.title(), password=make_password(None))
    Affiliation.objects.create(user=person, agency_id=agency, duty="officer")
    TOTP.activate(person, generate_totp_secret())
    return person


def _answer_of_provider(browser: Client, name: str, *, process: str = "login") -> str:
    """The address on our side to which the provider sends the browser back."""
    asked = browser.get("/accounts/oidc/alder-falls/login/", {"process": process}).headers["Location"]
    place = urlsplit(asked)
    connection = http.client.HTTPConnection(place.netloc, timeout=20)
    connection.request("GET", f"{place.path}?{place.query}&login_hint={name}")
    back = urlsplit(connection.getresponse().headers["Location"])
    connection.close()
    return f"{back.path}?{back.query}"


def _signed_in_at_provider(browser: Client, name: str) -> str:
    """Where the browser is led after the person signed in at the provider."""
    return str(browser.get(_answer_of_provider(browser, name)).headers["Location"])


def _last_refusal(user_name: str) -> str:
    entry = Entry.objects.filter(user_name=user_name, kind="sign-on", outcome="refused").latest("number")
    return Body.objects.get(entry_number=entry.number).answered
