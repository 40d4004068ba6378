"""The built-in exam from beginning to certificate, and courses passed elsewhere."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from pypdf import PdfReader

from openclets.agencies.access import decision_for, may
from openclets.agencies.actor import Actor
from openclets.agencies.exam.bank import questions
from openclets.agencies.exam.certificate import take_certificate
from openclets.agencies.exam.keeping import record_training
from openclets.agencies.exam.rules import Standing
from openclets.agencies.exam.sitting import begin_exam, hand_in_exam, my_training, open_exam
from openclets.agencies.models import Affiliation, ExamSitting, Training
from openclets.agencies.permissions import Course, Right
from openclets.journal.models import Body
from openclets.vocabulary.errors import Refused, Rejected
from openclets.vocabulary.identifiers import Mnemonic, UserName
from tests.county import POLICE, SHERIFF, County, vetted_user

pytestmark = pytest.mark.usefixtures("rolled_back")


@pytest.fixture
def newcomer(county: County) -> Actor:
    """Officer Lund, on duty at the police of Alder Falls, who has passed nothing yet."""
    user = vetted_user("lund", "Officer Pia Lund", trained_until=None, aware_until=None)
    Affiliation.objects.create(user=user, agency_id=POLICE, duty="officer")
    return Actor(user.pk, UserName("lund"), POLICE, Mnemonic("CADEMO01"), "web")


def make_aware(person: Actor) -> None:
    """The person has passed security awareness, which everybody needs beside the course for their duty."""
    Training.objects.create(
        user_id=person.user_id, course=Course.SECURITY, passed_on=date(2026, 11, 1), expires_on=date(2027, 11, 1)
    )


def right_answers(sitting: int, *, but: int = 0) -> dict[int, int]:
    """The right answer to every question of a paper but the first `but`, which are answered wrong."""
    paper = ExamSitting.objects.get(pk=sitting).paper
    return {place: (row["right_at"] + (place < but)) % 4 for place, row in enumerate(paper)}


def test_who_has_passed_nothing_may_learn_and_nothing_else(county: County, newcomer: Actor) -> None:
    assert may(newcomer, Right.LEARN, now=county.now)
    assert decision_for(newcomer, Right.ASK_PERSON, now=county.now).missing == "no training on record"
    courses = my_training(actor=newcomer, now=county.now).courses
    assert [(row.course, row.standing.standing if row.standing else None) for row in courses] == [
        (Course.INQUIRY, Standing.MISSING),
        (Course.SECURITY, Standing.MISSING),
        (Course.FULL, None),
    ]


def test_passing_the_exam_records_the_training_and_opens_access_at_once(county: County, newcomer: Actor) -> None:
    begun = begin_exam(actor=newcomer, now=county.now, course=Course.INQUIRY)
    done = hand_in_exam(
        actor=newcomer,
        now=county.now + timedelta(minutes=44),
        sitting=begun.sitting,
        answers=right_answers(begun.sitting, but=4),
    )
    assert (done.mark.right, done.mark.asked, done.mark.passed, done.expires_on) == (16, 20, True, date(2028, 11, 22))
    training = Training.objects.get(user_id=newcomer.user_id)
    assert not may(newcomer, Right.ASK_PERSON, now=county.now)
    make_aware(newcomer)
    assert may(newcomer, Right.ASK_PERSON, now=county.now)
    assert (training.pk, training.sitting_id, training.passed_on) == (done.training, begun.sitting, date(2026, 11, 22))


def test_security_awareness_alone_opens_nothing(county: County, newcomer: Actor) -> None:
    begun = begin_exam(actor=newcomer, now=county.now, course=Course.SECURITY)
    done = hand_in_exam(actor=newcomer, now=county.now, sitting=begun.sitting, answers=right_answers(begun.sitting))
    assert done.mark.passed
    assert not may(newcomer, Right.ASK_PERSON, now=county.now)


def test_one_answer_short_fails_names_what_to_read_again_and_makes_wait_a_day(county: County, newcomer: Actor) -> None:
    begun = begin_exam(actor=newcomer, now=county.now, course=Course.INQUIRY)
    first_subject = ExamSitting.objects.get(pk=begun.sitting).paper[0]["subject"]
    done = hand_in_exam(
        actor=newcomer, now=county.now, sitting=begun.sitting, answers=right_answers(begun.sitting, but=5)
    )
    assert (done.mark.right, done.mark.passed, done.training) == (15, False, None)
    assert done.mark.read_again[0] == first_subject
    assert done.sit_from == county.now + timedelta(days=1)
    assert not Training.objects.filter(user_id=newcomer.user_id).exists()
    with pytest.raises(Refused) as refused:
        begin_exam(actor=newcomer, now=county.now + timedelta(hours=23, minutes=59), course=Course.INQUIRY)
    assert refused.value.missing == "the next try is possible from 2026-11-23 09:36"
    again = begin_exam(actor=newcomer, now=county.now + timedelta(days=1), course=Course.INQUIRY)
    # Only where the first paper had every question of a subject can one of them come again.
    seen = {row["number"] for row in ExamSitting.objects.get(pk=begun.sitting).paper}
    repeated = [row for row in ExamSitting.objects.get(pk=again.sitting).paper if row["number"] in seen]
    left = [each.subject for each in questions() if each.number not in seen]
    assert [row["number"] for row in repeated if row["subject"] in left] == []


def test_after_the_third_failure_in_a_row_one_waits_a_week(county: County, newcomer: Actor) -> None:
    for day in range(3):
        begun = begin_exam(actor=newcomer, now=county.now + timedelta(days=day), course=Course.SECURITY)
        done = hand_in_exam(actor=newcomer, now=county.now + timedelta(days=day), sitting=begun.sitting, answers={})
    assert done.sit_from == county.now + timedelta(days=9)
    mine = next(row for row in my_training(actor=newcomer, now=county.now).courses if row.course == Course.SECURITY)
    assert mine.sit_from == county.now + timedelta(days=9)


def test_a_paper_handed_in_late_fails_whatever_it_says(county: County, newcomer: Actor) -> None:
    begun = begin_exam(actor=newcomer, now=county.now, course=Course.SECURITY)
    done = hand_in_exam(
        actor=newcomer,
        now=county.now + timedelta(minutes=21, seconds=1),
        sitting=begun.sitting,
        answers=right_answers(begun.sitting),
    )
    assert (done.in_time, done.mark.passed, done.mark.right) == (False, False, 0)


def test_a_paper_left_lying_counts_as_failed_when_its_time_is_over(county: County, newcomer: Actor) -> None:
    begin_exam(actor=newcomer, now=county.now, course=Course.SECURITY)
    over = county.now + timedelta(minutes=20, seconds=1)
    with pytest.raises(Refused, match="the next try is possible from 2026-11-23 09:56"):
        begin_exam(actor=newcomer, now=over, course=Course.SECURITY)


def test_beginning_twice_goes_on_with_the_same_paper(county: County, newcomer: Actor) -> None:
    one = begin_exam(actor=newcomer, now=county.now, course=Course.SECURITY)
    other = begin_exam(actor=newcomer, now=county.now + timedelta(minutes=5), course=Course.SECURITY)
    paper = open_exam(actor=newcomer, now=county.now + timedelta(minutes=5), course=Course.SECURITY)
    assert one.sitting == other.sitting == paper.sitting
    assert paper.ends_at == county.now + timedelta(minutes=20)


def test_a_paper_is_handed_in_once(county: County, newcomer: Actor) -> None:
    begun = begin_exam(actor=newcomer, now=county.now, course=Course.SECURITY)
    hand_in_exam(actor=newcomer, now=county.now, sitting=begun.sitting, answers={})
    with pytest.raises(Rejected, match="handed in before"):
        hand_in_exam(actor=newcomer, now=county.now, sitting=begun.sitting, answers=right_answers(begun.sitting))
    assert not Training.objects.filter(user_id=newcomer.user_id).exists()


def test_nobody_hands_in_or_prints_what_is_another_persons(county: County, newcomer: Actor) -> None:
    begun = begin_exam(actor=newcomer, now=county.now, course=Course.SECURITY)
    chen = county.actor("chen")
    with pytest.raises(Rejected, match="no such paper of yours"):
        hand_in_exam(actor=chen, now=county.now, sitting=begun.sitting, answers={})
    with pytest.raises(Rejected, match="no such certificate of yours"):
        take_certificate(
            actor=newcomer, now=county.now, number=Training.objects.get(user_id=chen.user_id, course=Course.INQUIRY).pk
        )


def test_a_course_that_counts_for_long_is_not_sat_again_and_one_that_ends_soon_is(county: County) -> None:
    chen = county.actor("chen")
    with pytest.raises(Rejected, match="you hold this course until 2028-01-01"):
        begin_exam(actor=chen, now=county.now, course=Course.INQUIRY)
    assert begin_exam(actor=chen, now=datetime(2027, 11, 10, 17, 0, tzinfo=UTC), course=Course.INQUIRY).sitting


def test_who_lapsed_takes_the_exam_and_may_ask_again(county: County) -> None:
    dorn = county.actor("dorn")
    assert decision_for(dorn, Right.ASK_PERSON, now=county.now).missing == "training expired 2026-03-01"
    begun = begin_exam(actor=dorn, now=county.now, course=Course.INQUIRY)
    hand_in_exam(actor=dorn, now=county.now, sitting=begun.sitting, answers=right_answers(begun.sitting))
    assert may(dorn, Right.ASK_PERSON, now=county.now)


def test_the_journal_says_what_was_passed_and_never_what_was_answered(county: County, newcomer: Actor) -> None:
    begun = begin_exam(actor=newcomer, now=county.now, course=Course.SECURITY)
    answers = right_answers(begun.sitting)
    done = hand_in_exam(actor=newcomer, now=county.now, sitting=begun.sitting, answers=answers)
    body = Body.objects.get(entry_number=done.receipt.number)
    assert (body.asked, body.answered) == (
        f"sitting {begun.sitting}, 10 answers",
        "security awareness: passed, 10 of 10",
    )


def test_the_certificate_names_person_course_result_and_last_day(county: County, newcomer: Actor) -> None:
    begun = begin_exam(actor=newcomer, now=county.now, course=Course.INQUIRY)
    done = hand_in_exam(
        actor=newcomer, now=county.now, sitting=begun.sitting, answers=right_answers(begun.sitting, but=1)
    )
    assert done.training is not None
    certificate = take_certificate(actor=newcomer, now=county.now, number=done.training)
    text = " ".join(PdfReader(io.BytesIO(certificate.pdf)).pages[0].extract_text().split())
    for part in (
        "Officer Pia Lund",
        "Alder Falls Police Department (CA0990100)",
        "Inquiry only",
        "2026-11-22",
        "19 of 20 questions answered right",
        "2028-11-22",
        f"T-{done.training:06d}",
    ):
        assert part in text


def test_a_coordinator_records_a_course_passed_elsewhere_for_their_own_people_only(
    county: County, newcomer: Actor
) -> None:
    fox = county.actor("fox")
    with pytest.raises(Rejected, match="nobody here is called 'lund'"):
        _recorded(fox, county, "lund")
    Affiliation.objects.create(user_id=newcomer.user_id, agency_id=SHERIFF, duty="officer")
    make_aware(newcomer)
    assert _recorded(fox, county, "lund") == date(2028, 11, 2)
    assert may(newcomer, Right.ASK_PERSON, now=county.now)
    with pytest.raises(Rejected, match="on record for that day"):
        _recorded(fox, county, "lund")


def test_nobody_records_their_own_training(county: County) -> None:
    with pytest.raises(Refused, match="nobody records their own training"):
        _recorded(county.actor("fox"), county, "fox")


@pytest.mark.parametrize(
    ("passed_on", "proof", "faults"),
    [
        (date(2026, 11, 23), "list", ["this day has not come yet"]),
        (date(2024, 11, 22), "list", ["a course of that day counts no longer"]),
        (date(2026, 11, 2), "...", ["no proof is given"]),
        (date(2026, 11, 2), "x" * 201, ["is too long"]),
        (date(2026, 11, 23), "", ["this day has not come yet", "no proof is given"]),
    ],
)
def test_everything_wrong_with_a_course_from_elsewhere_is_named(
    county: County, passed_on: date, proof: str, faults: list[str]
) -> None:
    with pytest.raises(Rejected) as rejected:
        record_training(
            actor=county.actor("fox"),
            now=county.now,
            user=UserName("eze"),
            course=Course.FULL,
            passed_on=passed_on,
            proof=proof,
        )
    assert [fault.text for fault in rejected.value.faults] == faults


def _recorded(actor: Actor, county: County, user: str) -> date:
    return record_training(
        actor=actor,
        now=county.now,
        user=UserName(user),
        course=Course.FULL,
        passed_on=date(2026, 11, 2),
        proof="attendance list 26-14",
    ).expires_on
