"""Reminding somebody by e-mail that their training lapses or has lapsed."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.core.mail import EmailMessage
from django.db.models import Max

from openclets.agencies.access import LOCAL_ZONE
from openclets.agencies.actor import Actor
from openclets.agencies.deed import asking
from openclets.agencies.models import User
from openclets.agencies.permissions import Course, Right
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
        until = person.trainings.exclude(course=Course.SECURITY).aggregate(until=Max("expires_on"))["until"]
        message = EmailMessage(_SUBJECT, _text(person.full_name, until, actor, now), to=[person.email])
        try:
            message.send()
        except (smtplib.SMTPException, OSError) as error:
            raise Unavailable("the mail server does not take the reminder; nothing was sent") from error
        deed.answered = f"sent to {user}"
    return Reminded(person.full_name, person.email, deed.receipt)


def _text(full_name: str, until: date | None, actor: Actor, now: datetime) -> str:
    today = now.astimezone(LOCAL_ZONE).date()
    if until is None:
        state = "No training is on record for you, so you cannot use the system yet."
    elif until <= today:
        state = f"Your training counted until {until}. Until you pass the course again you are refused."
    else:
        state = f"Your training counts until {until}, and from that day on you are refused."
    return (
        f"{full_name},\n\n{state}\n\n"
        "Please take the course in time. Where you stand is shown at the pages under your name.\n\n"
        f"The CLETS coordinator of {actor.agency}\n"
    )
