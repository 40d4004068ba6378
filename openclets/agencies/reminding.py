"""Reminding somebody by e-mail that their training lapses or has lapsed."""

from __future__ import annotations

import smtplib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.core.mail import EmailMessage

from openclets.agencies.access import LOCAL_ZONE
from openclets.agencies.actor import Actor
from openclets.agencies.deed import asking
from openclets.agencies.lapsing import Lapsing, courses_lapsing
from openclets.agencies.models import User
from openclets.agencies.permissions import Right
from openclets.journal.leaf import Receipt
from openclets.vocabulary.errors import Fault, Rejected, Unavailable
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.identifiers import UserName

_SUBJECT: Final = "Your CLETS training"


@dataclass(frozen=True, slots=True)
class Reminded:
    """To which address the reminder went."""

    full_name: str
    email: str
    receipt: Receipt


def remind_of_training(*, actor: Actor, now: datetime, user: UserName) -> Reminded:
    """Sends one e-mail to somebody of the actor's agency. It names no file, no case and nobody else.

    Leaves `training reminder sent`. Raises: Rejected when the agency has nobody of that name or no address is on file;
    Refused; Unavailable when the mail could not be handed over.
    """
    with asking(
        actor,
        Right.REMIND_OF_TRAINING,
        kind="training reminder sent",
        now=now,
        asked=f"reminder to {user}",
        personal={"reminded": user},
    ) as deed:
        person = User.objects.filter(user_name=user, affiliations__agency_id=actor.agency).first()
        if person is None:
            raise Rejected(
                Fault(FaultCode.NOT_THERE, "", f"nobody at {actor.agency} signs in as '{user}'", "one of your people")
            )
        if not person.email:
            raise Rejected(
                Fault(FaultCode.MISSING, "", f"no e-mail address is on file for {user}", "a roster that gives one")
            )
        today = now.astimezone(LOCAL_ZONE).date()
        needed = courses_lapsing(actor.agency, today=today, soon=date.max, user=user).shown
        message = EmailMessage(_SUBJECT, _text(person.full_name, needed, actor), to=[person.email])
        try:
            message.send()
        except (smtplib.SMTPException, OSError) as error:
            raise Unavailable("the mail server does not take the reminder; nothing was sent") from error
        deed.answered = f"sent to {user}"
    return Reminded(person.full_name, person.email, deed.receipt)


def _text(full_name: str, needed: Iterable[Lapsing], actor: Actor) -> str:
    states = "\n".join(_state(course) for course in needed)
    return (
        f"{full_name},\n\n{states}\n\n"
        "Please take what lapses in time. Where you stand is shown at the pages under your name.\n\n"
        f"The CLETS coordinator of {actor.agency}\n"
    )


def _state(course: Lapsing) -> str:
    """One course in a sentence or two."""
    if course.on is None:
        return f"No {course.course} is on record for you, so you cannot use the system yet."
    if course.is_over:
        return f"Your {course.course} counted until {course.on}. Until you pass it again you are refused."
    return f"Your {course.course} counts until {course.on}, and from that day on you are refused."
