"""A decision about two records is the one whose button was pressed, or none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.test import Client

from openclets.agencies.models import Affiliation, User
from openclets.agencies.permissions import Duty
from openclets.journal.models import Entry
from openclets.orders.bulk import LoadedOrder, load_orders
from openclets.orders.entry import RestrainedPerson, Sex
from openclets.vocabulary.persons import PersonName
from tests.county import COURT, POLICE, County, signed_in_browser, vetted_user
from tests.rules.orders_examples import entry


def _records_clerk(county: County) -> Client:
    """A browser in which a records clerk of this test's own has signed in."""
    person = vetted_user("buttons", "B. Uttons", password=make_password(county.password))
    Affiliation.objects.create(user=person, agency_id=POLICE, duty=Duty.RECORDS)
    TOTP.activate(person, generate_totp_secret())
    return signed_in_browser(person)


def test_a_decision_that_is_not_named_links_nobody(county: County) -> None:
    user = User.objects.get(user_name="brandt").pk
    people = [RestrainedPerson(PersonName(f"BUTTONLESS{ending}", "ODO"), Sex.MALE, "W") for ending in ("E", "Y")]
    one, other = load_orders(
        LoadedOrder(replace(entry("OAH", date(2026, 11, 2)), restrained=person), county.now, COURT, user)
        for person in people
    )
    client = _records_clerk(county)
    page = client.post(f"/records/pair/{one}/{other}/", {"reason": "compared", "decision": "merge"})
    assert page.status_code == 400
    assert "it does not say which" in page.content.decode()
    assert not Entry.objects.filter(kind="records linked", records__contains=[one]).exists()
    assert client.post(f"/records/pair/{one}/{other}/", {"reason": "compared", "decision": "link"}).status_code == 302
    assert Entry.objects.filter(kind="records linked", outcome="done", records__contains=[one]).exists()
