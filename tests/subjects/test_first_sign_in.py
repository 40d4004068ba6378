"""The first sign-in: who may be invited, what a code opens once, and what it never opens."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.test import Client

from openclets.agencies.actor import Actor
from openclets.agencies.attempts import locked_since
from openclets.agencies.inviting import FirstSecrets, issue_invitation, use_invitation
from openclets.agencies.models import Affiliation, Invitation, User
from openclets.agencies.permissions import Duty
from openclets.agencies.signing_on import Caller
from openclets.journal.models import Entry
from openclets.vocabulary.errors import Refused, Rejected
from openclets.vocabulary.identifiers import Mnemonic, UserName
from tests.county import County, shown_code, signed_in_browser
from tests.joining_people import make_journal_month, somebody

pytestmark = pytest.mark.usefixtures("rolled_back")

BROWSER = Caller(Mnemonic(""), "web")
PHRASE = "seven quiet lanterns uphill"
WRONG = "the name or the invitation code is not right"


@pytest.fixture(autouse=True)
def journal_month(county: County) -> None:
    make_journal_month(county)


@pytest.fixture
def newcomer(county: County) -> Actor:
    """A deputy of the sheriff, cleared, with a duty; the account is as a roster makes it."""
    actor = somebody("sandoval", "Deputy Inez Sandoval", duty=Duty.OFFICER)
    User.objects.filter(pk=actor.user_id).update(is_active=False, password=make_password(None))
    return actor


def first() -> FirstSecrets:
    """A password and an authenticator, with the code it shows now."""
    secret = generate_totp_secret()
    return FirstSecrets(PHRASE, secret, shown_code(secret))


def stranger() -> Client:
    return Client(SERVER_NAME="localhost", REMOTE_ADDR="198.51.100.61")


def sent(browser: Client, code: str, **other: str) -> dict[str, str]:
    """What a person types into the page they have open."""
    browser.get("/sign-in/first/?name=sandoval")
    shown = shown_code(browser.session["mfa.totp.secret"])
    return {"user": "sandoval", "code": code, "one_time": shown, "password": PHRASE, "again": PHRASE, **other}


def test_from_the_coordinators_page_to_the_first_page_of_ones_own(county: County, newcomer: Actor) -> None:
    coordinator = somebody("tanaka", "Coordinator Yui Tanaka", duty=Duty.COORDINATOR)
    User.objects.filter(pk=coordinator.user_id).update(password=make_password(county.password))
    keeper = User.objects.get(pk=coordinator.user_id)
    TOTP.activate(keeper, generate_totp_secret())
    desk = signed_in_browser(keeper)
    page = desk.post("/agency/people/sandoval/invite/").content.decode()
    found = re.search(r"invitation-code\">([A-Z2-7-]+)<", page)
    assert found is not None
    assert "/sign-in/first/?name=sandoval" in page
    assert "An invitation counts until" in desk.get("/agency/people/sandoval/").content.decode()

    browser = stranger()
    assert 'value="sandoval"' in browser.get("/sign-in/first/?name=sandoval").content.decode()
    done = browser.post("/sign-in/first/", sent(browser, found.group(1).lower()))
    assert (done.status_code, done.headers["Location"]) == (302, "/sign-in/")
    person = User.objects.get(pk=newcomer.user_id)
    assert (person.is_active, person.check_password(PHRASE)) == (True, True)
    signed_in = signed_in_browser(person, password=PHRASE)
    assert signed_in.get("/my-access/").status_code == 200
    kinds = Entry.objects.filter(kind__startswith="invitation", outcome="done").order_by("number")
    rows = [(row.kind, row.user_name) for row in kinds.filter(user_name__in=["tanaka", "sandoval"])]
    assert rows == [("invitation issued", "tanaka"), ("invitation used", "sandoval")]
    assert "never signed in" not in desk.get("/agency/people/sandoval/").content.decode()


def test_a_code_counts_once_and_never_for_who_signs_in_already(county: County, newcomer: Actor) -> None:
    fox = county.actor("fox")
    code = issue_invitation(actor=fox, now=county.now, user=newcomer.user).code
    use_invitation(actor=BROWSER, now=county.now, user=newcomer.user, code=code, first=first())
    with pytest.raises(Refused, match=WRONG):
        use_invitation(actor=BROWSER, now=county.now, user=newcomer.user, code=code, first=first())
    with pytest.raises(Rejected, match="has a second factor"):
        issue_invitation(actor=fox, now=county.now, user=newcomer.user)


def test_a_new_code_takes_the_place_of_the_last(county: County, newcomer: Actor) -> None:
    fox = county.actor("fox")
    old = issue_invitation(actor=fox, now=county.now, user=newcomer.user).code
    new = issue_invitation(actor=fox, now=county.now, user=newcomer.user).code
    with pytest.raises(Refused, match=WRONG):
        use_invitation(actor=BROWSER, now=county.now, user=newcomer.user, code=old, first=first())
    use_invitation(actor=BROWSER, now=county.now, user=newcomer.user, code=new, first=first())


@pytest.mark.parametrize(
    "what", ["three days are over", "another name", "the duty is gone", "barred since", "not cleared any more"]
)
def test_a_code_that_counts_no_longer_is_refused_in_the_same_words(county: County, newcomer: Actor, what: str) -> None:
    code = issue_invitation(actor=county.actor("fox"), now=county.now, user=newcomer.user).code
    user, now = newcomer.user, county.now
    person = User.objects.filter(pk=newcomer.user_id)
    if what == "three days are over":
        now += timedelta(days=3)
    elif what == "another name":
        user = UserName("eze")
    elif what == "the duty is gone":
        Affiliation.objects.filter(user_id=newcomer.user_id).delete()
    elif what == "barred since":
        person.update(felony="barred")
    else:
        person.update(clearance="denied", cleared_on=None)
    with pytest.raises(Refused, match=WRONG):
        use_invitation(actor=BROWSER, now=now, user=user, code=code, first=first())
    assert not Authenticator.objects.filter(user_id=newcomer.user_id).exists()


def test_nobody_invites_themselves_or_who_is_not_cleared_or_somebody_elsewhere(county: County, newcomer: Actor) -> None:
    fox = county.actor("fox")
    with pytest.raises(Refused, match="nobody invites themselves"):
        issue_invitation(actor=fox, now=county.now, user=UserName("fox"))
    with pytest.raises(Rejected, match="has no duty here"):
        issue_invitation(actor=fox, now=county.now, user=UserName("chen"))
    User.objects.filter(pk=newcomer.user_id).update(clearance="pending", cleared_on=None)
    with pytest.raises(Refused, match="who is not cleared gets no sign-in"):
        issue_invitation(actor=fox, now=county.now, user=newcomer.user)
    with pytest.raises(IntegrityError, match="invitation_not_issued_to_oneself"), transaction.atomic():
        Invitation.objects.create(
            user_id=newcomer.user_id,
            code_hash=b"0" * 32,
            issued_by_id=newcomer.user_id,
            issued_at=county.now,
            expires_at=county.now + timedelta(days=1),
        )


def test_the_one_time_code_of_the_first_sign_in_is_spent_by_it(county: County, newcomer: Actor) -> None:
    code = issue_invitation(actor=county.actor("fox"), now=county.now, user=newcomer.user).code
    given = first()
    use_invitation(actor=BROWSER, now=county.now, user=newcomer.user, code=code, first=given)
    authenticator = Authenticator.objects.get(user_id=newcomer.user_id)
    assert authenticator.wrap().validate_code(given.one_time) is False


def test_what_is_wrong_stands_at_its_field_and_the_code_still_counts(county: County, newcomer: Actor) -> None:
    code = issue_invitation(actor=county.actor("fox"), now=county.now, user=newcomer.user).code
    browser = stranger()
    answer = browser.post("/sign-in/first/", sent(browser, code, password="sheriff1", again="sheriff1"))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert page.index("at least 12 characters", page.index('id="id_password_error"')) > 0
    assert f'value="{code}"' in page
    assert "sheriff1" not in page
    assert browser.post("/sign-in/first/", sent(browser, code, again="another phrase")).status_code == 400
    wrong = browser.post("/sign-in/first/", sent(browser, code, one_time="no code"))
    assert 'id="id_one_time_error"' in wrong.content.decode()
    assert not Authenticator.objects.filter(user_id=newcomer.user_id).exists()
    assert browser.post("/sign-in/first/", sent(browser, code)).status_code == 302


def test_five_wrong_codes_lock_the_name_and_then_the_right_one_is_not_looked_at(
    county: County, newcomer: Actor
) -> None:
    code = issue_invitation(actor=county.actor("fox"), now=county.now, user=newcomer.user).code
    browser, before = stranger(), Entry.objects.latest("number").number
    for _ in range(5):
        answer = browser.post("/sign-in/first/", sent(browser, "AAAA-AAAA"))
        assert 'id="id_code_error"' in answer.content.decode()
    assert set(locked_since({"sandoval"})) == {"sandoval"}
    answer = browser.post("/sign-in/first/", sent(browser, code))
    assert answer.status_code == 400
    assert "This name is locked" in answer.content.decode()
    assert not Authenticator.objects.filter(user_id=newcomer.user_id).exists()
    since = Entry.objects.filter(number__gt=before, user_name="sandoval").order_by("number")
    assert list(since.values_list("kind", "outcome")) == [("invitation used", "refused")] * 5 + [("sign-on", "refused")]
