"""From forms read to an entry: what is pre-filled, and from which form; and the rows of people in it."""

from __future__ import annotations

from openclets.orders.court_forms.form import FormReading
from openclets.orders.court_forms.sheet import ReadField
from openclets.web.court.entry_form import ProtectedForms
from openclets.web.court.handed_in import ReadForm
from openclets.web.court.prefill import prefill

TEMPORARY = ReadForm(
    FormReading(
        "DV-110",
        "Temporary Restraining Order",
        (
            ReadField("order_type", "TRO", "DV-110", 1),
            ReadField("restrained_name", "Derek Alan Holloway", "Item 2", 1),
            ReadField("no_contact", "yes", "Item 11", 4),
            ReadField("move_out", "yes", "Item 13", 4),
        ),
        (),
    ),
    "temporary.pdf",
    "",
)
AFTER_HEARING = ReadForm(
    FormReading(
        "DV-130",
        "Restraining Order After Hearing",
        (
            ReadField("order_type", "OAH", "DV-130", 1),
            ReadField("restrained_name", "Derek Alan Holloway", "Item 2", 1),
            ReadField("no_abuse", "yes", "Item 14", 5),
        ),
        (),
    ),
    "after.pdf",
    "",
)
CONFIDENTIAL = ReadForm(
    FormReading(
        "CLETS-001",
        "Confidential Information for Law Enforcement",
        (ReadField("firearms_known", "a shotgun", "Item 1", 1),),
        (),
        confidential=True,
    ),
    "confidential.pdf",
    "",
)


def test_a_term_of_one_order_form_is_never_carried_into_another_order() -> None:
    filled = prefill((TEMPORARY, AFTER_HEARING, CONFIDENTIAL), "OAH")
    assert filled.values == {
        "order_type": "OAH",
        "restrained_name": "HOLLOWAY, DEREK ALAN",
        "no_abuse": "yes",
        "firearms_known": "a shotgun",
    }
    assert filled.warnings == ["DV-110 (temporary.pdf): not used, the entry is filled from DV-130 alone."]


def test_without_a_type_chosen_the_order_form_handed_in_first_fills_the_entry() -> None:
    filled = prefill((CONFIDENTIAL, TEMPORARY, AFTER_HEARING))
    assert filled.values == {
        "order_type": "TRO",
        "restrained_name": "HOLLOWAY, DEREK ALAN",
        "contact": "no_contact",
        "must_move_out": "yes",
        "firearms_known": "a shotgun",
    }
    assert filled.warnings == ["DV-130 (after.pdf): not used, the entry is filled from DV-110 alone."]


def test_one_order_form_of_another_type_than_the_chosen_one_is_read_all_the_same() -> None:
    assert prefill((TEMPORARY,), "OAH").values["contact"] == "no_contact"


def test_more_protected_people_than_can_be_kept_are_never_cut_to_a_number_that_can() -> None:
    posted = {"protected-count": "1200", **{f"protected-{row}-name": f"HOLLOWAY, CHILD {row}" for row in range(1200)}}
    assert len(ProtectedForms.posted(posted).rows) == 101
