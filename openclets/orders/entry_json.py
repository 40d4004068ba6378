"""An order entry as JSON and back: the form in which versions are kept and programs hand orders in.

Keys are the fields' names; days and times are ISO 8601; what is not there is null, an empty list or an empty text.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from openclets.orders.entry import (
    Contact,
    OrderEntry,
    ProtectedPerson,
    RestrainedPerson,
    Sex,
    StayAway,
    StayAwayPlace,
    Terms,
)
from openclets.people.numbers import NumberKind, PersonNumber
from openclets.vocabulary.identifiers import Ori
from openclets.vocabulary.persons import PersonName

Json = dict[str, Any]


def entry_as_json(entry: OrderEntry) -> Json:
    """The whole entry."""
    return {
        "order_type": entry.order_type,
        "case_number": entry.case_number,
        "court": entry.court,
        "county": entry.county,
        "restrained": _restrained_as_json(entry.restrained),
        "protected": [_protected_as_json(person) for person in entry.protected],
        "terms": terms_as_json(entry.terms),
        "issued_on": entry.issued_on.isoformat(),
        "issued_time": _iso(entry.issued_time),
        "judge": entry.judge,
        "expires_on": _iso(entry.expires_on),
        "expires_time": _iso(entry.expires_time),
        "hearing_on": _iso(entry.hearing_on),
        "hearing_time": _iso(entry.hearing_time),
        "amendment": entry.amendment,
        "served_in_court": entry.served_in_court,
        "firearms_known": entry.firearms_known,
        "documents": list(entry.documents),
    }


def entry_from_json(data: Mapping[str, Any]) -> OrderEntry:
    """The entry `entry_as_json` wrote. Raises: KeyError, ValueError for anything else."""
    return OrderEntry(
        order_type=data["order_type"],
        case_number=data["case_number"],
        court=Ori(data["court"]),
        county=data["county"],
        restrained=_restrained_from_json(data["restrained"]),
        protected=tuple(_protected_from_json(person) for person in data["protected"]),
        terms=terms_from_json(data["terms"]),
        issued_on=date.fromisoformat(data["issued_on"]),
        issued_time=_time(data["issued_time"]),
        judge=data["judge"],
        expires_on=_day(data["expires_on"]),
        expires_time=_time(data["expires_time"]),
        hearing_on=_day(data["hearing_on"]),
        hearing_time=_time(data["hearing_time"]),
        amendment=data["amendment"],
        served_in_court=data["served_in_court"],
        firearms_known=data["firearms_known"],
        documents=tuple(data["documents"]),
    )


def terms_as_json(terms: Terms) -> Json:
    """The terms alone, as the order's row keeps them."""
    stay_away = terms.stay_away
    return {
        "no_abuse": terms.no_abuse,
        "contact": terms.contact.value,
        "contact_exceptions": terms.contact_exceptions,
        "stay_away": None
        if stay_away is None
        else {
            "yards": stay_away.yards,
            "places": sorted(place.value for place in stay_away.places),
            "other": stay_away.other,
            "exceptions": stay_away.exceptions,
        },
        "must_move_out": terms.must_move_out,
        "move_out_address": terms.move_out_address,
        "firearms_prohibited": terms.firearms_prohibited,
        "body_armor_prohibited": terms.body_armor_prohibited,
        "may_record_violations": terms.may_record_violations,
        "custody_ordered": terms.custody_ordered,
        "animals": terms.animals,
        "other": terms.other,
    }


def terms_from_json(data: Mapping[str, Any]) -> Terms:
    """The terms `terms_as_json` wrote. Raises: KeyError, ValueError for anything else."""
    stay_away = data["stay_away"]
    return Terms(
        no_abuse=data["no_abuse"],
        contact=Contact(data["contact"]),
        contact_exceptions=data["contact_exceptions"],
        stay_away=None
        if stay_away is None
        else StayAway(
            yards=stay_away["yards"],
            places=frozenset(StayAwayPlace(place) for place in stay_away["places"]),
            other=stay_away["other"],
            exceptions=stay_away["exceptions"],
        ),
        must_move_out=data["must_move_out"],
        move_out_address=data["move_out_address"],
        firearms_prohibited=data["firearms_prohibited"],
        body_armor_prohibited=data["body_armor_prohibited"],
        may_record_violations=data["may_record_violations"],
        custody_ordered=data["custody_ordered"],
        animals=data["animals"],
        other=data["other"],
    )


def alternates_as_json(person: RestrainedPerson) -> Json:
    """Other names, other birth dates and numbers alone, as the order's row keeps them."""
    return {
        "other_names": [_name_as_json(name) for name in person.other_names],
        "other_birth_dates": [day.isoformat() for day in person.other_birth_dates],
        "numbers": [{"kind": number.kind.value, "value": number.value} for number in person.numbers],
    }


def alternates_from_json(data: Mapping[str, Any]) -> Json:
    """The three fields `alternates_as_json` wrote; empty where an entry was handed in without them.

    Raises: KeyError, ValueError for anything else.
    """
    return {
        "other_names": tuple(_name_from_json(name) for name in data.get("other_names", ())),
        "other_birth_dates": tuple(date.fromisoformat(day) for day in data.get("other_birth_dates", ())),
        "numbers": tuple(PersonNumber(NumberKind(one["kind"]), one["value"]) for one in data.get("numbers", ())),
    }


def _restrained_as_json(person: RestrainedPerson) -> Json:
    return {
        "name": _name_as_json(person.name),
        "sex": person.sex.value,
        "race": person.race,
        "birth_date": _iso(person.birth_date),
        "age": person.age,
        "height": person.height,
        "weight_pounds": person.weight_pounds,
        "hair": person.hair,
        "eyes": person.eyes,
        "address": person.address,
        "relationship": person.relationship,
        **alternates_as_json(person),
    }


def _restrained_from_json(data: Mapping[str, Any]) -> RestrainedPerson:
    return RestrainedPerson(
        name=_name_from_json(data["name"]),
        sex=Sex(data["sex"]),
        race=data["race"],
        birth_date=_day(data["birth_date"]),
        age=data["age"],
        height=data["height"],
        weight_pounds=data["weight_pounds"],
        hair=data["hair"],
        eyes=data["eyes"],
        address=data["address"],
        relationship=data["relationship"],
        **alternates_from_json(data),
    )


def _protected_as_json(person: ProtectedPerson) -> Json:
    return {
        "name": _name_as_json(person.name),
        "sex": person.sex.value,
        "age": person.age,
        "relationship": person.relationship,
    }


def _protected_from_json(data: Mapping[str, Any]) -> ProtectedPerson:
    return ProtectedPerson(_name_from_json(data["name"]), Sex(data["sex"]), data["age"], data["relationship"])


def _name_as_json(name: PersonName) -> Json:
    return {"surname": name.surname, "given": name.given, "middle": name.middle, "suffix": name.suffix}


def _name_from_json(data: Mapping[str, Any]) -> PersonName:
    return PersonName(data["surname"], data["given"], data["middle"], data["suffix"])


def _iso(value: date | time | None) -> str | None:
    return value.isoformat() if value is not None else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _time(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None
