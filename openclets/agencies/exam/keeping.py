"""A coordinator records a course that one of the agency's people passed elsewhere, such as in a class."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from openclets.agencies.access import LOCAL_ZONE
from openclets.agencies.actor import Actor
from openclets.agencies.deed import changing
from openclets.agencies.exam.rules import held_after
from openclets.agencies.models import Affiliation, Training
from openclets.agencies.permissions import Course, Right
from openclets.journal.leaf import Receipt
from openclets.vocabulary.errors import Fault, Refused, Rejected
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.identifiers import UserName

MAX_PROOF_CHARACTERS: Final = 200


@dataclass(frozen=True, slots=True)
class Recorded:
    """`number` is that of the certificate."""

    number: int
    expires_on: date
    receipt: Receipt


def record_training(
    *, actor: Actor, now: datetime, user: UserName, course: Course, passed_on: date, proof: str
) -> Recorded:
    """Records a course passed elsewhere; it counts at once. Records `training recorded`.

    `proof`: what the coordinator saw, such as the certificate's number.
    Raises: Refused for oneself; Rejected for a person of no duty here, a day to come or so long ago that it counts no
    longer, no proof, or a course on record for that day; Unavailable.
    """
    asked = f"{user}: {course}, passed {passed_on.isoformat()}"
    with changing(
        actor, Right.KEEP_TRAINING, kind="training recorded", now=now, asked=asked, personal={"reason": proof}
    ) as deed:
        if user == actor.user:
            raise Refused(
                rule="nobody records their own training",
                missing="somebody else of the agency who keeps its training",
                source="CJIS Security Policy AC-5, separation of duties",
            )
        _check(course, passed_on, proof, today=now.astimezone(LOCAL_ZONE).date())
        person = (
            Affiliation.objects.filter(user__user_name=user, agency_id=actor.agency)
            .values_list("user_id", flat=True)
            .first()
        )
        if person is None:
            raise Rejected(Fault(FaultCode.NOT_THERE, "person", f"nobody here is called '{user}'", "a sign-in name"))
        worth = held_after(course, passed_on)
        training, made = Training.objects.get_or_create(
            user_id=person,
            course=course,
            passed_on=passed_on,
            defaults={"expires_on": worth.expires_on, "recorded_by_id": actor.user_id, "proof": proof.strip()},
        )
        if not made:
            raise Rejected(Fault(FaultCode.TWICE, "course", "it is on record for that day", "another course or day"))
        deed.answered = f"counts until {worth.expires_on.isoformat()}"
    return Recorded(training.pk, training.expires_on, deed.receipt)


def _check(course: Course, passed_on: date, proof: str, *, today: date) -> None:
    """Raises: Rejected with everything that is wrong."""
    faults = []
    if passed_on > today:
        faults.append(Fault(FaultCode.VALUE, "passed_on", "this day has not come yet", "a day up to today"))
    elif held_after(course, passed_on).expires_on <= today:
        faults.append(Fault(FaultCode.VALUE, "passed_on", "a course of that day counts no longer", "a later day"))
    if not any(character.isalnum() for character in proof):
        faults.append(Fault(FaultCode.MISSING, "proof", "no proof is given", "what you saw, such as a certificate"))
    if len(proof.strip()) > MAX_PROOF_CHARACTERS:
        accepted = f"at most {MAX_PROOF_CHARACTERS} characters"
        faults.append(Fault(FaultCode.VALUE, "proof", "is too long", accepted))
    if faults:
        raise Rejected(*faults)
