"""Calls of the verbs of courses and exams. See `verb_calls`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from openclets.agencies.actor import Actor
from openclets.agencies.exam import certificate, keeping, sitting
from openclets.agencies.models import ExamSitting, Training
from openclets.agencies.permissions import Course
from openclets.vocabulary.identifiers import Ori, UserName
from tests.architecture.row import Row
from tests.county import County


def _elsewhere(county: County) -> Actor:
    """Officer Chen as if she acted for another agency, from her own agency's terminal: nothing is allowed so."""
    return replace(county.actor("chen"), agency=Ori("CA0990200"))


def _sitting(county: County) -> int:
    """An open paper of Judge Alvarez."""
    row, _ = ExamSitting.objects.get_or_create(
        user_id=county.actor("alvarez").user_id,
        course=Course.FULL,
        handed_in_at=None,
        defaults={"begun_at": county.now, "ends_at": county.now + timedelta(minutes=20), "paper": []},
    )
    return int(row.pk)


def _record_training(actor: Actor, county: County) -> object:
    return keeping.record_training(
        actor=actor,
        now=county.now,
        user=UserName("eze"),
        course=Course.FULL,
        passed_on=date(2026, 11, 20),
        proof="attendance list of the class",
    )


TRAINING_ROWS: Final[dict[str, Row]] = {
    "agencies.exam.sitting.my_training": Row(
        allowed=lambda county, _: sitting.my_training(actor=county.actor("dorn"), now=county.now),
        refused=lambda county, _: sitting.my_training(actor=_elsewhere(county), now=county.now),
    ),
    "agencies.exam.sitting.begin_exam": Row(
        allowed=lambda county, _: sitting.begin_exam(actor=county.actor("chen"), now=county.now, course=Course.FULL),
        refused=lambda county, _: sitting.begin_exam(actor=_elsewhere(county), now=county.now, course=Course.FULL),
    ),
    "agencies.exam.sitting.open_exam": Row(
        prepare=lambda county: sitting.begin_exam(actor=county.actor("dorn"), now=county.now, course=Course.FULL),
        allowed=lambda county, _: sitting.open_exam(actor=county.actor("dorn"), now=county.now, course=Course.FULL),
        refused=lambda county, _: sitting.open_exam(actor=_elsewhere(county), now=county.now, course=Course.FULL),
    ),
    "agencies.exam.sitting.hand_in_exam": Row(
        prepare=_sitting,
        allowed=lambda county, number: sitting.hand_in_exam(
            actor=county.actor("alvarez"), now=county.now, sitting=number, answers={}
        ),
        refused=lambda county, number: sitting.hand_in_exam(
            actor=_elsewhere(county), now=county.now, sitting=number, answers={}
        ),
    ),
    "agencies.exam.certificate.take_certificate": Row(
        prepare=lambda county: Training.objects.get(user__user_name="chen", course=Course.INQUIRY).pk,
        allowed=lambda county, number: certificate.take_certificate(
            actor=county.actor("chen"), now=county.now, number=number
        ),
        refused=lambda county, number: certificate.take_certificate(
            actor=_elsewhere(county), now=county.now, number=number
        ),
    ),
    "agencies.exam.keeping.record_training": Row(
        allowed=lambda county, _: _record_training(county.actor("fox"), county),
        refused=lambda county, _: _record_training(county.actor("eze"), county),
    ),
}
