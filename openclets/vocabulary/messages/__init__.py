"""The catalogue of message keys as data: what each is for, who sends it, its fields, the files it reaches.

Adding a key is adding a row to one of the files here. Training twins are the same rows with a T in front.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from openclets.vocabulary.fields import FIELD_BY_KIND, Field
from openclets.vocabulary.messages.history import HISTORY
from openclets.vocabulary.messages.inquiry import INQUIRY
from openclets.vocabulary.messages.interstate import INTERSTATE
from openclets.vocabulary.messages.notices import INSTEAD_OF_AN_ANSWER, NOTICES
from openclets.vocabulary.messages.orders import ORDERS
from openclets.vocabulary.messages.persons import PERSONS
from openclets.vocabulary.messages.property import PROPERTY
from openclets.vocabulary.messages.row import (
    Act,
    DestinationKind,
    Destinations,
    Direction,
    Family,
    FieldUse,
    Mark,
    MessageKey,
    Need,
    WrongExample,
)
from openclets.vocabulary.messages.session import SESSION
from openclets.vocabulary.messages.text import TEXT
from openclets.vocabulary.messages.vehicles import VEHICLE_QUESTIONS, VEHICLES

__all__ = [
    "FIELDS_OF_KEY",
    "MESSAGE_KEYS",
    "MESSAGE_KEY_BY_CODE",
    "SENDABLE_KEYS",
    "Act",
    "DestinationKind",
    "Destinations",
    "Direction",
    "Family",
    "FieldUse",
    "Mark",
    "MessageKey",
    "Need",
    "WrongExample",
    "fields_of",
]

_LIVE: tuple[MessageKey, ...] = (
    *INQUIRY,
    *ORDERS,
    *PERSONS,
    *VEHICLES,
    *VEHICLE_QUESTIONS,
    *PROPERTY,
    *HISTORY,
    *INTERSTATE,
    *TEXT,
    *SESSION,
    *INSTEAD_OF_AN_ANSWER,
    *NOTICES,
)

MESSAGE_KEYS: tuple[MessageKey, ...] = (
    *_LIVE,
    *(
        replace(
            row,
            key=f"T{row.key}",
            purpose=f"Training twin of {row.key}: {row.purpose}",
            has_training_twin=False,
            training=True,
        )
        for row in _LIVE
        if row.has_training_twin
    ),
)

MESSAGE_KEY_BY_CODE: Mapping[str, MessageKey] = MappingProxyType({row.key: row for row in MESSAGE_KEYS})

FIELDS_OF_KEY: Mapping[str, frozenset[str]] = MappingProxyType(
    {row.key: frozenset(use.code for use in row.fields) for row in MESSAGE_KEYS}
)

SENDABLE_KEYS: tuple[str, ...] = tuple(row.key for row in MESSAGE_KEYS if row.direction is not Direction.OUT)
"""What a terminal may send, for naming the nearest to a mistyped one."""


@cache
def fields_of(key: str) -> Mapping[str, Field]:
    """The fields a key takes, by code in the order of the positional form, each as this key means it."""
    row = MESSAGE_KEY_BY_CODE[key]
    return MappingProxyType({use.code: _field(use) for use in row.fields})


def _field(use: FieldUse) -> Field:
    field = FIELD_BY_KIND[use.code, use.kind]
    return replace(field, max_values=use.max_values) if use.max_values else field
