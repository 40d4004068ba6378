"""Five wrong sign-ons in a row lock a name, at whichever door and with whichever factor, until it is released."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client
from django.utils import timezone

from openclets.agencies import hashing
from openclets.agencies.actor import Actor
from openclets.agencies.attempts import LOCKED, TOO_MANY_FROM_HERE, is_right_and_counted, locked_since
from openclets.agencies.models import Affiliation, Attempts, User
from openclets.agencies.releasing import LockedName, locked_names, release_by_operator, release_name
from openclets.agencies.signing_on import Caller, Claim, sign_on
from openclets.journal.models import Body, Entry
from openclets.vocabulary.errors import Refused, Rejected, Unavailable
from openclets.vocabulary.identifiers import Mnemonic, Ori, UserName
from tests.county import POLICE, SHERIFF, County, code_of, vetted_user

CAR_12 = Caller(Mnemonic("CADEMO01"), "socket")
SAME_WORDS = "the name, password, one-time code or ticket is not right, or the code was used before"


@pytest.fixture
def ruiz(county: County, rolled_back: None) -> User:
    """Officer Ruiz of the police, with password and authenticator."""
    return _person("ruiz", "Officer Pilar Ruiz", county, POLICE)


@pytest.fixture
def addresses() -> Iterator[None]:
    """The wrong attempts of this test's invented places are forgotten, also where the test commits."""
    yield
    Attempts.objects.filter(subject__startswith="place:192.0.2.").delete()


def test_five_wrong_codes_lock_the_name_and_the_right_one_is_then_not_looked_at(county: County, ruiz: User) -> None:
    right = code_of(ruiz.pk)
    for _ in range(5):
        assert _refusal(county, code="not it") == SAME_WORDS
    assert _refusal(county, code=right) == LOCKED
    # Not looked at: the code is not spent, and once released it is good.
    release_name(actor=_coordinator(county), now=county.now, user_name=UserName("ruiz"))
    assert sign_on(actor=CAR_12, claim=_claim(county, code=right), now=county.now).actor.user == "ruiz"


def test_four_wrong_and_a_right_one_begin_the_count_anew(county: County, ruiz: User) -> None:
    for _ in range(2):
        right = code_of(ruiz.pk)
        for _ in range(4):
            assert _refusal(county, password="wrong horse battery staple") == SAME_WORDS
        assert sign_on(actor=CAR_12, claim=_claim(county, code=right), now=county.now).actor.user == "ruiz"


def test_wrong_ones_are_counted_across_both_doors_and_both_factors(county: County, ruiz: User) -> None:
    right = code_of(ruiz.pk)
    now = _moment_of_pages()
    for _ in range(2):
        assert _refusal(county, code="not it", now=now) == SAME_WORDS
    browser = Client(SERVER_NAME="localhost", REMOTE_ADDR="192.0.2.1")
    browser.post("/sign-in/", {"login": "ruiz", "password": "wrong horse battery staple"})
    # The right password alone takes back nothing but itself.
    browser.post("/sign-in/", {"login": "ruiz", "password": county.password})
    browser.post("/sign-in/code/", {"code": "not it"})
    assert locked_since({"ruiz"}) == {}
    browser.post("/sign-in/code/", {"code": "nor this"})
    assert set(locked_since({"ruiz"})) == {"ruiz"}
    page = browser.post("/sign-in/code/", {"code": right})
    assert "locked after 5 wrong sign-ons" in page.content.decode()
    assert _refusal(county, code=right, now=now) == LOCKED


def test_wrong_ones_older_than_15_minutes_do_not_count(county: County, ruiz: User) -> None:
    code_of(ruiz.pk)
    for _ in range(4):
        _refusal(county, code="not it")
    later = county.now + timedelta(minutes=15)
    assert _refusal(county, code="not it", now=later) == SAME_WORDS
    assert _refusal(county, code="not it", now=later) == SAME_WORDS


def test_a_lock_does_not_run_out(county: County, ruiz: User) -> None:
    for _ in range(5):
        _refusal(county, code="not it")
    assert _refusal(county, code="not it", now=county.now + timedelta(days=60)) == LOCKED


def test_a_clock_that_jumps_back_forgets_no_wrong_one(county: County, ruiz: User) -> None:
    code_of(ruiz.pk)
    for _ in range(4):
        _refusal(county, code="not it")
    before = county.now - timedelta(hours=3)
    assert _refusal(county, code="not it", now=before) == SAME_WORDS
    assert _refusal(county, code="not it", now=before) == LOCKED


def test_a_name_nobody_has_is_locked_in_the_same_words(county: County, rolled_back: None) -> None:
    claim = replace(_claim(county), user=UserName("nobody.ruiz"))
    answers = []
    for _ in range(6):
        with pytest.raises(Refused) as refused:
            sign_on(actor=CAR_12, claim=claim, now=county.now)
        answers.append(refused.value.missing)
    assert answers == [SAME_WORDS] * 5 + [LOCKED]


def test_a_ticket_from_before_the_lock_goes_on_in_its_car(county: County, ruiz: User) -> None:
    ticket = sign_on(actor=CAR_12, claim=_claim(county, code=code_of(ruiz.pk)), now=county.now).ticket
    for _ in range(5):
        _refusal(county, code="not it")
    again = replace(_claim(county), password="", code="", ticket=ticket)
    assert sign_on(actor=CAR_12, claim=again, now=county.now).actor.user == "ruiz"


def test_no_more_than_five_of_thirty_at_once_are_looked_at(county: County, database: None) -> None:
    looked: list[str] = []
    refused: list[str] = []

    def look() -> bool:
        looked.append("wrong")
        return False

    def guess() -> None:
        try:
            is_right_and_counted(
                look,
                user_name="thirty.at.once",
                place="192.0.2.30",
                is_last_factor=True,
                now=county.now,
            )
        except Refused as error:
            refused.append(error.missing)
        finally:
            connection.close()

    threads = [threading.Thread(target=guess) for _ in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    Attempts.objects.filter(subject__in=["person:thirty.at.once", "place:192.0.2.30"]).delete()
    assert len(looked) == 5
    assert len(refused) == 25


def test_names_tried_one_after_another_from_one_place_are_stopped_before_anything_is_hashed(
    county: County, rolled_back: None, addresses: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns: list[bool] = []
    browser = Client(SERVER_NAME="localhost", REMOTE_ADDR="192.0.2.66")
    with monkeypatch.context() as patch:
        patch.setattr(hashing._turns, "release", _counting(hashing._turns.release, turns))
        pages = [browser.post("/sign-in/", {"login": f"spray.{n}", "password": "Spring2026!"}) for n in range(30)]
        assert len(turns) == 20
    assert [TOO_MANY_FROM_HERE[1:] in page.content.decode() for page in pages] == [False] * 20 + [True] * 10
    elsewhere = Client(SERVER_NAME="localhost", REMOTE_ADDR="192.0.2.67")
    answer = elsewhere.post("/sign-in/", {"login": "chen", "password": county.password})
    assert answer.headers["Location"] == "/sign-in/code/"


def test_no_more_passwords_are_hashed_at_once_than_the_pool_has_turns(database: None) -> None:
    held = [hashing.hashing_turn() for _ in range(hashing.AT_ONCE)]
    for turn in held:
        turn.__enter__()
    entered = threading.Event()

    def wait() -> None:
        with hashing.hashing_turn():
            entered.set()

    waiting = threading.Thread(target=wait)
    waiting.start()
    try:
        assert not entered.wait(0.05)
    finally:
        for turn in held:
            turn.__exit__(None, None, None)
    waiting.join()
    assert entered.is_set()


def test_a_full_pool_says_try_again_journals_it_and_counts_nothing(
    county: County, ruiz: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hashing, "_places", threading.BoundedSemaphore(1))
    with hashing.hashing_turn(), pytest.raises(Unavailable) as full:
        sign_on(actor=CAR_12, claim=_claim(county), now=county.now)
    assert "try again" in full.value.what
    entry = Entry.objects.get(number=int(full.value.receipt.partition(".")[0]))
    assert (entry.kind, entry.outcome) == ("sign-on", "unavailable")
    assert Attempts.objects.get(subject="person:ruiz").wrong_at == []


def test_a_coordinator_sees_and_releases_the_locked_names_of_their_agency_only(
    county: County, rolled_back: None
) -> None:
    fox = county.actor("fox")
    _person("selby", "Deputy Ann Selby", county, SHERIFF)
    _person("tolan", "Officer Ira Tolan", county, POLICE)
    for name in ("selby", "tolan"):
        Attempts.objects.create(
            subject=f"person:{name}", wrong_at=[county.now], last_at=county.now, locked_at=county.now
        )
    listed = locked_names(actor=fox, now=county.now)
    assert LockedName(UserName("selby"), "Deputy Ann Selby", county.now) in listed
    assert "tolan" not in {one.user for one in listed}
    receipt = release_name(actor=fox, now=county.now, user_name=UserName("selby"))
    assert Body.objects.get(entry_number=receipt.number).answered == "selby may sign on again"
    assert locked_since({"selby", "tolan"}) == {"tolan": county.now}
    for name in ("tolan", "selby"):
        with pytest.raises(Rejected):
            release_name(actor=fox, now=county.now, user_name=UserName(name))


def test_nobody_releases_their_own_name(county: County, rolled_back: None) -> None:
    Attempts.objects.create(subject="person:fox", wrong_at=[county.now], last_at=county.now, locked_at=county.now)
    with pytest.raises(Refused) as refused:
        release_name(actor=county.actor("fox"), now=county.now, user_name=UserName("fox"))
    assert refused.value.rule == "nobody releases their own name"
    assert set(locked_since({"fox"})) == {"fox"}


def _person(user: str, full_name: str, county: County, agency: Ori) -> User:
    person = vetted_user(user, full_name, password=make_password(county.password))
    Affiliation.objects.create(user=person, agency_id=agency, duty="officer")
    TOTP.activate(person, generate_totp_secret())
    return person


def _claim(county: County, *, code: str = "") -> Claim:
    return Claim(UserName("ruiz"), POLICE, password=county.password, code=code)


def _refusal(county: County, *, password: str = "", code: str = "", now: datetime | None = None) -> str:
    claim = _claim(county, code=code)
    with pytest.raises(Refused) as refused:
        sign_on(actor=CAR_12, claim=replace(claim, password=password or claim.password), now=now or county.now)
    return refused.value.missing


def _moment_of_pages() -> datetime:
    """The clock the pages go by, which may be hours from the county's."""
    return timezone.now()


def _coordinator(county: County) -> Actor:
    """Coordinator Fox at the police, where she has that duty too for this test."""
    person = User.objects.get(user_name="fox")
    Affiliation.objects.create(user=person, agency_id=POLICE, duty="coordinator")
    return Actor(person.pk, UserName("fox"), POLICE, Mnemonic("CADEMO05"), "web")


def _counting(release: Callable[[], None], turns: list[bool]) -> Callable[[], None]:
    def counted() -> None:
        turns.append(True)
        release()

    return counted


def test_the_operator_releases_where_no_coordinator_can_and_says_why(county: County, rolled_back: None) -> None:
    operator = Caller(Mnemonic(""), "command")
    Attempts.objects.create(subject="person:selby", wrong_at=[county.now], last_at=county.now, locked_at=county.now)
    receipt = release_by_operator(
        actor=operator, now=county.now, user_name=UserName("selby"), operator="root", reason="she called from her desk"
    )
    assert locked_since({"selby"}) == {}
    assert Body.objects.get(entry_number=receipt.number).asked == "release selby by root; she called from her desk"
    with pytest.raises(Rejected):
        release_by_operator(
            actor=operator, now=county.now, user_name=UserName("selby"), operator="root", reason="once more"
        )
