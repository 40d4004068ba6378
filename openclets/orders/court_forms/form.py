"""Reading one filled form by its table: what the judge ordered and who is concerned, as values for an entry.

A term appears only where its item is granted and nothing contradicts it; what is denied, not requested, contradictory
or not legible is left out and said in a warning, with the words that were typed, so that nothing is lost.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from openclets.orders.court_forms.clets001 import CLETS001
from openclets.orders.court_forms.dv110 import DV110
from openclets.orders.court_forms.dv130 import DV130
from openclets.orders.court_forms.sheet import PdfField, ReadField, Sheet
from openclets.orders.court_forms.values import clean
from openclets.orders.court_forms.xfa import second_values
from openclets.orders.rendering import PDF, media_type_of, run_task
from openclets.vocabulary.errors import Fault, Rejected

FORMS: Final = (DV110, DV130, CLETS001)

NOT_ORDERS: Final = {
    "DV-100": "DV-100 is the request for an order, not an order",
    "DV-140": "DV-140 is an attachment on custody and visits, not an order of its own",
    "DV-200": "DV-200 is a proof of service, not an order",
}

NO_FIELDS: Final = (
    "This document has no fields that can be read (a scan, or a form whose fields were flattened): enter it by hand."
)
UNKNOWN_FORM: Final = "This form is none that can be read (DV-110, DV-130, CLETS-001): enter it by hand."
ONLY_XFA: Final = (
    "This form can only be read by the program that filled it (its values are XFA alone): print it to a PDF, and enter "
    "it by hand."
)

MAX_WARNINGS: Final = 60


@dataclass(frozen=True, slots=True)
class FormReading:
    """What was read. `form` and `title` are empty for a document that is no known form. Warnings are in words fit to be
    shown and may hold what was typed. `confidential`: the form must not be seen with the court's file."""

    form: str
    title: str
    fields: tuple[ReadField, ...]
    warnings: tuple[str, ...]
    confidential: bool = False

    def value(self, name: str) -> str:
        """The value for an entry field, empty where the form gives none."""
        return next((read.value for read in self.fields if read.name == name), "")


def read_form(data: bytes, *, today: date) -> FormReading:
    """Reads a filled court form. A document without fields gives a plain reading that says so.

    Raises: Rejected (60 to 69 for the document; 70 for a court form that is no order); Unavailable.
    """
    if media_type_of(data) != PDF:
        return FormReading("", "", (), (NO_FIELDS,))
    return interpret(json.loads(run_task("fields", data, PDF)), today=today)


def interpret(found: dict[str, Any], *, today: date) -> FormReading:
    """What the fields found by `document_child.fields_of` mean. Raises: Rejected (70)."""
    fields = tuple(PdfField(**given) for given in found["fields"])
    title = clean(found["title"])
    for code, what in NOT_ORDERS.items():
        if title.startswith(code) or any(given.name.startswith(f"{code}[0]") for given in fields):
            raise Rejected(
                Fault(
                    "70", "court form", what, "the signed order, with DV-110, DV-130 or CLETS-001 as its fillable form"
                )
            )
    if not fields:
        return FormReading("", title, (), (ONLY_XFA if found["xfa"] else NO_FIELDS,))
    table = next((form for form in FORMS if any(given.name.startswith(form.root) for given in fields)), None)
    if table is None:
        return FormReading("", title, (), (UNKNOWN_FORM,))
    sheet = Sheet(table, fields, today)
    sheet.read()
    read = sheet.result()
    sheet.warnings.extend(second_values(found["xfa"], fields))
    warnings = list(dict.fromkeys(sheet.warnings))
    if len(warnings) > MAX_WARNINGS:
        warnings[MAX_WARNINGS:] = ["There is more that does not fit together: compare the whole form by hand."]
    return FormReading(table.code, table.title, read, tuple(warnings), table.confidential)
