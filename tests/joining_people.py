"""People who decide about agencies and privileges, and whom they decide about: made where a test needs them."""

from __future__ import annotations

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.test import Client

from openclets.agencies.actor import Actor
from openclets.agencies.exam.sitting import my_training
from openclets.agencies.joining.status import NewAgency
from openclets.agencies.models import Affiliation, User
from openclets.agencies.permissions import Duty
from openclets.vocabulary.identifiers import Mnemonic, Ori, UserName
from tests.county import PASSWORD, POLICE, SHERIFF, County, signed_in_browser, vetted_user

DEVICES = {SHERIFF: Mnemonic("CADEMO03"), POLICE: Mnemonic("CADEMO05")}


def somebody(user_name: str, full_name: str, *, agency: Ori = SHERIFF, duty: Duty = Duty.REVIEWER) -> Actor:
    """The person, vetted and trained, with that duty at the agency, at its terminal; made when not there yet."""
    user = User.objects.filter(user_name=user_name).first() or vetted_user(user_name, full_name)
    Affiliation.objects.get_or_create(user=user, agency_id=agency, duty=duty)
    return Actor(user.pk, UserName(user_name), agency, DEVICES[agency], "web")


def browser_of(user_name: str, full_name: str, *, agency: Ori = SHERIFF, duty: Duty = Duty.REVIEWER) -> Client:
    """A browser in which that person has signed in by both factors."""
    user = User.objects.get(pk=somebody(user_name, full_name, agency=agency, duty=duty).user_id)
    user.password = make_password(PASSWORD)
    user.save(update_fields=["password"])
    TOTP.activate(user, generate_totp_secret())
    return signed_in_browser(user)


def make_journal_month(county: County) -> None:
    """A look, so that the journal's tables for the month are there: made in a transaction that is rolled back later,
    they would keep the journal's own writer waiting."""
    my_training(actor=county.actor("chen"), now=county.now)


def new_agency(ori: str, *, kind: str = "law_enforcement") -> NewAgency:
    """An application with nothing wrong."""
    return NewAgency(
        ori=Ori(ori),
        name=f"Agency {ori}",
        kind=kind,
        telephone="555-0190",
        coordinator="Nora Blake",
        coordinator_email="blake@example.gov",
        security_contact="Omar Reyes",
        security_email="reyes@example.gov",
        basis="Pen. Code 830.1: police of a city",
    )
