"""What stops a filing, and what is only doubtful. A doubt never stops a signed order: it is filed, flagged, returned.

Stopped is only what nobody could find or read, and what cannot be a value at all (a control character, a height of
twenty digits), so that nothing from outside reaches the tables unlooked at.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta

from openclets.orders.catalogue import DEFAULT_POLICY, EndRule, OrderType, Policy, order_type
from openclets.orders.entry import Contact, OrderEntry, Sex, Terms
from openclets.orders.on_file import Doubt
from openclets.orders.rules.court_days import local_day, start_of_day, years_after
from openclets.orders.rules.standing import NO_END_YEAR, ending_of
from openclets.vocabulary.codes import code_table
from openclets.vocabulary.errors import Fault, Rejected
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.identifiers import ORI_SHAPE
from openclets.vocabulary.measures import HEAVIEST_POUNDS, LIGHTEST_POUNDS, parse_height
from openclets.vocabulary.persons import EARLIEST_BIRTH_YEAR, MAX_NAME_CHARACTERS, PersonName

MAX_PROTECTED_PEOPLE = 100
MAX_ALTERNATES = 9
"""Other names, other birth dates and numbers of the restrained person. Source: national entries, up to nine of most."""

MAX_DOCUMENTS = 20
MAX_CASE_NUMBER_CHARACTERS = 40
MAX_SUFFIX_CHARACTERS = 10
MAX_LINE_CHARACTERS = 200
MAX_TEXT_CHARACTERS = 4000
"""Longest of each kept. Own decisions: far beyond any form's room."""

CASE_NUMBER_SHAPE = re.compile(r"[A-Z0-9][A-Z0-9 ./-]{2,19}", re.IGNORECASE)
"""What case numbers of courts look like. Own decision (every county has its own form); the national field holds 20."""

LONGEST_SENSIBLE_YARDS = 1000
"""A larger distance is doubted. Own decision: 100 yards is usual."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_FREE_TEXTS = frozenset(
    {"other", "exceptions", "contact_exceptions", "animals", "firearms_known", "address", "move_out_address"}
)


def stops_filing(entry: OrderEntry) -> tuple[Fault, ...]:
    """Every fault for which the order cannot be filed, each at its field; empty: it can.

    An order without a case number can be found by name and court, one without a court by its case number: only both
    missing stop it. Source: Fam. Code 6385(b), missing descriptors do not invalidate an order; the rest own decision.
    """
    return tuple(_faults(entry))


def doubts_about(
    entry: OrderEntry, *, today: date, holidays: Container[date], policy: Policy = DEFAULT_POLICY
) -> tuple[Doubt, ...]:
    """Everything doubtful about an entry that `stops_filing` let pass, in the order of the form. `today` is local."""
    row = order_type(entry.order_type)
    if row is None:
        raise KeyError(entry.order_type)
    return (
        *_doubts_about_people(entry, today),
        *_doubts_about_the_paper(entry, row, today),
        *_doubts_about_the_end(entry, row, today, holidays, policy),
        *_doubts_about_terms(entry, row),
    )


def _faults(entry: OrderEntry) -> Iterator[Fault]:
    if order_type(entry.order_type) is None:
        yield Fault(FaultCode.VALUE, "order_type", "there is no such type of order", "a type of the list")
    if not entry.restrained.name.surname.strip():
        yield Fault(FaultCode.MISSING, "restrained.name", "nobody is restrained", "the restrained person's name")
    if any(not name.surname.strip() for name in entry.restrained.other_names):
        yield Fault(FaultCode.MISSING, "restrained.other_names", "a name without a surname", "a name, or none")
    for also, count in (
        ("other_names", len(entry.restrained.other_names)),
        ("other_birth_dates", len(entry.restrained.other_birth_dates)),
        ("numbers", len(entry.restrained.numbers)),
    ):
        if count > MAX_ALTERNATES:
            yield Fault(FaultCode.TOO_MANY, f"restrained.{also}", "too many", f"at most {MAX_ALTERNATES}")
    for field, name in _names(entry):
        if len(name.suffix) > MAX_SUFFIX_CHARACTERS:
            yield Fault(
                FaultCode.TOO_LONG, field, "the suffix is too long", f"at most {MAX_SUFFIX_CHARACTERS} characters"
            )
    if not entry.court and not entry.case_number.strip():
        yield Fault(
            FaultCode.MISSING, "case_number", "neither court nor case number", "the court, the case number, or both"
        )
    if entry.court and not ORI_SHAPE.fullmatch(entry.court):
        yield Fault(FaultCode.ORI, "court", "not an agency identifier", "the court's ORI, such as CA099013J")
    if not re.fullmatch(r"[0-9]{3}", entry.county):
        yield Fault(FaultCode.VALUE, "county", "not a county code", "three digits")
    if not entry.documents:
        yield Fault(
            FaultCode.MISSING, "documents", "no image of the signed order", "the signed order as PDF or picture"
        )
    if len(entry.documents) > MAX_DOCUMENTS:
        yield Fault(FaultCode.TOO_MANY, "documents", "too many documents", f"at most {MAX_DOCUMENTS}")
    if any(not _SHA256.fullmatch(digest) for digest in entry.documents):
        yield Fault(FaultCode.VALUE, "documents", "not a kept document", "documents kept before filing")
    if len(set(entry.documents)) != len(entry.documents):
        yield Fault(FaultCode.TWICE, "documents", "the same document twice", "each document once")
    if len(entry.protected) > MAX_PROTECTED_PEOPLE:
        yield Fault(FaultCode.TOO_MANY, "protected", "too many people", f"at most {MAX_PROTECTED_PEOPLE}")
    for position, person in enumerate(entry.protected):
        if not person.name.surname.strip():
            yield Fault(
                FaultCode.MISSING, f"protected.{position}.name", "a person without a name", "a name, or no such row"
            )
    yield from _impossible_numbers(entry)
    yield from _impossible_texts(entry, "")


def _names(entry: OrderEntry) -> Iterator[tuple[str, PersonName]]:
    yield "restrained.name", entry.restrained.name
    for position, name in enumerate(entry.restrained.other_names):
        yield f"restrained.other_names.{position}", name
    for position, person in enumerate(entry.protected):
        yield f"protected.{position}.name", person.name


def _impossible_numbers(entry: OrderEntry) -> Iterator[Fault]:
    stay_away = entry.terms.stay_away
    numbers = (
        ("amendment", entry.amendment, 99),
        ("restrained.age", entry.restrained.age, 130),
        ("restrained.weight_pounds", entry.restrained.weight_pounds, 1500),
        ("terms.stay_away.yards", stay_away.yards if stay_away else None, 100_000),
        *((f"protected.{position}.age", person.age, 130) for position, person in enumerate(entry.protected)),
    )
    for field, number, most in numbers:
        if number is not None and not 0 <= number <= most:
            yield Fault(FaultCode.VALUE, field, f"{str(number)[:12]} cannot be", f"a number from 0 to {most}")
    # The other days may be doubtful; all counting starts from this one.
    if not 1900 <= entry.issued_on.year <= 2199:
        yield Fault(FaultCode.VALUE, "issued_on", "cannot be the day of issue", "the day the judge signed")


def _impossible_texts(value: object, path: str) -> Iterator[Fault]:
    """Faults for every text in the entry, however deep: too long, or with characters no text has."""
    if isinstance(value, str):
        name = path.rpartition(".")[2]
        most = MAX_TEXT_CHARACTERS if name in _FREE_TEXTS else MAX_LINE_CHARACTERS
        most = MAX_NAME_CHARACTERS if ".name." in f".{path}" or ".other_names." in path else most
        most = MAX_CASE_NUMBER_CHARACTERS if name == "case_number" else most
        if len(value) > most:
            yield Fault(FaultCode.TOO_LONG, path, "too long", f"at most {most} characters")
        if any(_is_no_text(character) for character in value):
            yield Fault(FaultCode.CHARACTERS, path, "contains control characters", "plain text")
    elif is_dataclass(value):
        for field in fields(value):
            yield from _impossible_texts(getattr(value, field.name), f"{path}.{field.name}" if path else field.name)
    elif isinstance(value, tuple):
        for position, item in enumerate(value):
            yield from _impossible_texts(item, f"{path}.{position}")


def _is_no_text(character: str) -> bool:
    return character not in "\n\t\r" and unicodedata.category(character) in ("Cc", "Cs")


def _doubts_about_people(entry: OrderEntry, today: date) -> Iterator[Doubt]:
    restrained = entry.restrained
    starred = "court forms: starred items are needed for the database; Fam. Code 6380(b)"
    if restrained.birth_date is None and restrained.age is None:
        yield Doubt("restrained.birth_date", "neither birth date nor age of the restrained person", starred)
    if restrained.birth_date is not None and restrained.birth_date.year < EARLIEST_BIRTH_YEAR:
        yield Doubt("restrained.birth_date", "the birth date is too early to be true", starred)
    if restrained.birth_date is not None and restrained.birth_date > min(today, entry.issued_on):
        yield Doubt("restrained.birth_date", "the birth date is after the issue of the order", starred)
    if not restrained.race:
        yield Doubt("restrained.race", "no race of the restrained person", starred)
    elif restrained.race not in code_table("RACE").meanings:
        yield Doubt("restrained.race", f"'{restrained.race}' is not a race code", "national race code table")
    if restrained.sex is Sex.UNKNOWN:
        yield Doubt("restrained.sex", "no gender of the restrained person", starred)
    if restrained.height and not _is_height(restrained.height):
        yield Doubt("restrained.height", f"'{restrained.height}' is not a height", "national edit: 400 to 711")
    if restrained.weight_pounds is not None and not LIGHTEST_POUNDS <= restrained.weight_pounds <= HEAVIEST_POUNDS:
        yield Doubt("restrained.weight_pounds", "the weight is out of range", "national edit: 50 to 499")
    if not entry.protected:
        yield Doubt("protected", "nobody is named as protected", "Fam. Code 6380(b)")
    for position, person in enumerate(entry.protected):
        if person.name == restrained.name:
            text = "a protected person has the restrained person's name"
            yield Doubt(f"protected.{position}.name", text, "Fam. Code 6380(b)")


def _is_height(text: str) -> bool:
    """Whether the text is a height in its one spelling."""
    try:
        return parse_height(text).value == text
    except Rejected:
        return False


def _doubts_about_the_paper(entry: OrderEntry, row: OrderType, today: date) -> Iterator[Doubt]:
    if not entry.court:
        yield Doubt("court", "no court is named", "Fam. Code 6380(b)")
    if not entry.case_number.strip():
        yield Doubt("case_number", "no case number", "Fam. Code 6380(b)")
    elif not CASE_NUMBER_SHAPE.fullmatch(entry.case_number.strip()):
        yield Doubt("case_number", f"'{entry.case_number[:20]}' does not look like a case number", "own decision")
    if not entry.judge.strip():
        yield Doubt("judge", "no judicial officer is named", f"form {row.forms[0]}: signature")
    if entry.issued_on > today:
        yield Doubt("issued_on", "the day of issue lies in the future", "form DV-110 page 8: effective when made")
    if row.in_law_from and entry.issued_on < row.in_law_from:
        yield Doubt("issued_on", f"there was no such order before {row.in_law_from.isoformat()}", row.law.source)
    if row.in_law_until and entry.issued_on >= row.in_law_until:
        yield Doubt("issued_on", f"there is no such order since {row.in_law_until.isoformat()}", row.law.source)


def _doubts_about_the_end(
    entry: OrderEntry, row: OrderType, today: date, holidays: Container[date], policy: Policy
) -> Iterator[Doubt]:
    ending = row.ending
    expires_on = entry.expires_on
    if expires_on is None and entry.expires_time is not None:
        yield Doubt("expires_time", "a time of expiry without a date", ending.law.source)
    if expires_on is not None and expires_on < entry.issued_on:
        yield Doubt("expires_on", "the order ends before it was issued", ending.law.source)
    elif expires_on is not None and ending.maximum_years:
        if expires_on.year >= NO_END_YEAR or expires_on > years_after(entry.issued_on, ending.maximum_years):
            text = f"longer than the {ending.maximum_years} years the law allows unless renewed"
            yield Doubt("expires_on", text, ending.law.source)
    elif expires_on is not None and ending.rule is EndRule.EMERGENCY:
        lawful = ending_of(replace(entry, expires_on=None, expires_time=None), holidays=holidays, policy=policy).at
        last_day = local_day(lawful - timedelta(microseconds=1), policy.zone) if lawful else date.max
        if expires_on > last_day:
            yield Doubt("expires_on", "later than the law lets an emergency order run", ending.law.source)
    end = ending_of(entry, holidays=holidays, policy=policy).at
    if end is not None and end <= start_of_day(today, policy.zone):
        yield Doubt("expires_on", "already expired when it was filed", ending.law.source)
    if ending.rule is EndRule.HEARING:
        yield from _doubts_about_the_hearing(entry, row)


def _doubts_about_the_hearing(entry: OrderEntry, row: OrderType) -> Iterator[Doubt]:
    ending = row.ending
    if entry.hearing_on is None:
        yield Doubt("hearing_on", "no hearing date, so that the order's end is not known", ending.law.source)
        return
    days = (entry.hearing_on - entry.issued_on).days
    # An amended temporary order may carry a hearing the court has put off (Fam. Code 245).
    if days < 0:
        yield Doubt("hearing_on", "the hearing lies before the issue", ending.law.source)
    elif days > ending.hearing_days_good_cause and not entry.amendment:
        text = f"the hearing is {days} days after issue; {ending.hearing_days_good_cause} are the most"
        yield Doubt("hearing_on", text, ending.law.source)
    elif days > ending.hearing_days and not entry.amendment:
        text = f"the hearing is {days} days after issue; more than {ending.hearing_days} need good cause"
        yield Doubt("hearing_on", text, ending.law.source)


def _doubts_about_terms(entry: OrderEntry, row: OrderType) -> Iterator[Doubt]:
    terms = entry.terms
    if terms == Terms():
        yield Doubt("terms", "nothing is ordered", "Fam. Code 6380(b)")
    for name in sorted(ordered_terms(terms) - row.terms):
        yield Doubt(f"terms.{name}", f"'{row.name}' does not carry such a term", row.law.source)
    stay_away = terms.stay_away
    if stay_away is not None:
        if not stay_away.yards:
            yield Doubt("terms.stay_away.yards", "stay away, but no readable distance", f"form {row.forms[0]}")
        elif stay_away.yards > LONGEST_SENSIBLE_YARDS:
            text = f"{stay_away.yards} yards is unusually far"
            yield Doubt("terms.stay_away.yards", text, "own decision: 100 yards is usual")
        if not stay_away.places and not stay_away.other.strip():
            yield Doubt("terms.stay_away.places", "stay away, but not from what", f"form {row.forms[0]}")
    if terms.must_move_out and not terms.move_out_address.strip():
        yield Doubt("terms.move_out_address", "must move out, but no address", f"form {row.forms[0]}")
    if terms.contact_exceptions and terms.contact is Contact.NOT_STATED:
        yield Doubt("terms.contact", "exceptions to a contact order, but no contact order", f"form {row.forms[0]}")
    if row.firearms_required and not terms.firearms_prohibited:
        yield Doubt(
            "terms.firearms_prohibited", "no firearms ban, which the law puts in every such order", "Fam. Code 6389"
        )


def ordered_terms(terms: Terms) -> frozenset[str]:
    """The names of the fields of `terms` that order something. An address or exception belongs to its term."""
    blank = Terms()
    belongs = {"move_out_address": "must_move_out", "contact_exceptions": "contact"}
    return frozenset(
        belongs.get(field.name, field.name)
        for field in fields(terms)
        if getattr(terms, field.name) != getattr(blank, field.name)
    )
