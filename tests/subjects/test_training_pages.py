"""The pages of a learner: what they show, and what they never give away."""

from __future__ import annotations

import html
import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.test import Client

from openclets.agencies.models import Affiliation, ExamSitting, Training, User
from tests.county import POLICE, County, signed_in_browser, vetted_user

pytestmark = pytest.mark.usefixtures("rolled_back")


@pytest.fixture
def learner(county: County) -> User:
    """Officer Voight, who has passed nothing yet."""
    hashed = make_password(county.password)
    user = vetted_user("voight", "Officer Tea Voight", password=hashed, trained_until=None, aware_until=None)
    Affiliation.objects.create(user=user, agency_id=POLICE, duty="officer")
    TOTP.activate(user, generate_totp_secret())
    return user


@pytest.fixture
def client(county: County, learner: User) -> Client:
    """A browser in which Officer Voight has signed in by both factors."""
    return signed_in_browser(learner)


def test_who_is_untrained_is_refused_the_questions_and_shown_the_way_to_the_exam(client: Client) -> None:
    assert "no training on record" in client.get("/officer/").content.decode()
    page = client.get("/training/").content.decode()
    assert page.count("Begin the exam") == 3
    assert page.count('<span class="tag standing-missing">missing</span>') == 2


def test_a_learner_sits_the_exam_passes_and_takes_the_certificate(client: Client, learner: User) -> None:
    assert client.post("/training/exam/inquiry/").url == "/training/exam/inquiry/"  # type: ignore[attr-defined]
    page = client.get("/training/exam/inquiry/").content.decode()
    sitting = ExamSitting.objects.get(user=learner)
    assert len(re.findall("<fieldset", page)) == 20
    fields = {f"q{place}": str(row["right_at"]) for place, row in enumerate(sitting.paper)}
    done = client.post("/training/exam/inquiry/", {"sitting": str(sitting.pk), **fields})
    assert "<strong>20 of 20</strong>" in done.content.decode()
    training = Training.objects.get(user=learner)
    taken = client.get(f"/training/certificate/{training.pk}/")
    assert (taken["Content-Type"], taken.content[:5]) == ("application/pdf", b"%PDF-")


def test_a_paper_does_not_show_which_choice_is_right(client: Client, learner: User) -> None:
    client.post("/training/exam/security/")
    page = client.get("/training/exam/security/").content.decode()
    sitting = ExamSitting.objects.get(user=learner)
    for place, row in enumerate(sitting.paper):
        values = re.findall(rf'name="q{place}" id="q{place}-[0-9]" value="([0-9])">', page)
        assert values == ["0", "1", "2", "3"]
        assert html.escape(row["choices"][row["right_at"]], quote=True) in page
    assert "right_at" not in page
    assert "checked" not in page


def test_failing_names_lessons_and_no_questions_or_answers(client: Client, learner: User) -> None:
    client.post("/training/exam/security/")
    sitting = ExamSitting.objects.get(user=learner)
    page = client.post("/training/exam/security/", {"sitting": str(sitting.pk)}).content.decode()
    assert "<strong>0 of 10</strong>" in page
    assert "What misuse costs" in page
    assert [row["ask"] for row in sitting.paper if row["ask"] in html.unescape(page)] == []
    again = client.post("/training/exam/security/")
    assert again.status_code == 403
    assert "after failing one waits before trying again" in again.content.decode().lower()


@pytest.mark.parametrize(
    "fields",
    [
        {"q": "1", "q-1": "1", "q999": "1", "q0": "x", "q1": "999", "x0": "1"},
        {"q0": "9"},
        {"q²": "1", "q1": "²"},
    ],
)
def test_what_is_no_answer_counts_as_none(client: Client, learner: User, fields: dict[str, str]) -> None:
    client.post("/training/exam/security/")
    sitting = ExamSitting.objects.get(user=learner)
    page = client.post("/training/exam/security/", {"sitting": str(sitting.pk), **fields}).content.decode()
    assert "<strong>0 of 10</strong>" in page


@pytest.mark.parametrize("number", ["0", "99999999999999999999", "x", "-1"])
def test_a_paper_that_is_not_there_is_told_so(client: Client, number: str) -> None:
    answer = client.post("/training/exam/security/", {"sitting": number})
    assert answer.status_code == 400
    assert "no such paper of yours" in answer.content.decode()


def test_a_certificate_of_somebody_else_is_not_given(client: Client, county: County) -> None:
    other = Training.objects.filter(user_id=county.actor("chen").user_id).first()
    assert other is not None
    assert client.get(f"/training/certificate/{other.pk}/").status_code == 400


def test_a_course_or_lesson_that_is_not_there_has_no_page(client: Client) -> None:
    assert client.get("/training/exam/other/").status_code == 404
    assert client.get("/training/lesson/other/").status_code == 404
    assert client.get("/training/lesson/penalties/").status_code == 200


def test_nobody_learns_before_signing_in(county: County) -> None:
    stranger = Client(SERVER_NAME="localhost")
    for address in ("/training/", "/training/lesson/penalties/", "/training/exam/full/", "/training/certificate/1/"):
        assert stranger.get(address).status_code == 302
