"""The verb behind the court's page: reading a fillable form to pre-fill an entry. Nothing of the form is kept."""

from __future__ import annotations

from datetime import datetime

from openclets.agencies.access import LOCAL_ZONE
from openclets.agencies.actor import Actor
from openclets.agencies.deed import asking
from openclets.agencies.permissions import Right
from openclets.orders.court_forms.form import FormReading, read_form
from openclets.orders.images import MAX_FILE_NAME_CHARACTERS


def read_court_form(*, actor: Actor, now: datetime, data: bytes, file_name: str) -> FormReading:
    """Reads a filled court form for the person who enters its order.

    Records `court form read` with the form's code, how many values were read and how many warnings were given; the case
    number, the restrained person's name and the file name are personal. The form itself is not kept.

    Raises: Refused; Rejected (60 to 69 for the document, 70 for a form that is no order); Unavailable.
    """
    with asking(
        actor,
        Right.READ_COURT_FORM,
        kind="court form read",
        now=now,
        asked=f"read a court form of {len(data)} bytes",
        personal={"file_name": file_name[-MAX_FILE_NAME_CHARACTERS:]},
    ) as deed:
        reading = read_form(data, today=now.astimezone(LOCAL_ZONE).date())
        deed.personal["case_number"] = reading.value("case_number")
        deed.personal["subject_name"] = reading.value("restrained_name")
        deed.answered = (
            f"{reading.form or 'no known form'}: {len(reading.fields)} values, {len(reading.warnings)} warnings"
        )
    return reading
