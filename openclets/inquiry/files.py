"""Which files a question reaches, and what those say that are not held here."""

from __future__ import annotations

from openclets.vocabulary.answers import File, FileAnswer, FileState
from openclets.vocabulary.messages import MESSAGE_KEY_BY_CODE

HELD: frozenset[File] = frozenset({File.ORDERS})
"""Files whose records are in this system. Every other file a key names says "not held here", never "no record"."""


def files_of(key: str) -> tuple[File, ...]:
    """The files the message key reaches, in the order they are printed."""
    return MESSAGE_KEY_BY_CODE[key].files


def answers_of_files_not_held(key: str) -> tuple[FileAnswer, ...]:
    """One line for each file the key names but this system does not hold. Source: decision 10 of the architecture."""
    return tuple(FileAnswer(file, FileState.NOT_HELD) for file in files_of(key) if file not in HELD)
