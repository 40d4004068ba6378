"""Statements of the index on Django's own connection, so that they are part of the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, LiteralString

import psycopg
from django.db import connection


def django_connection() -> psycopg.Connection[Any]:
    """This thread's connection, opened where it is not yet."""
    connection.ensure_connection()
    raw: psycopg.Connection[Any] = connection.connection
    return raw


def run(statement: LiteralString, parameters: Sequence[object]) -> psycopg.Cursor[Any]:
    """Runs a statement that is prepared once for each connection; values come back in binary.

    A cursor of its own kind, because Django's binds values into the text and so never prepares anything.
    """
    return psycopg.Cursor(django_connection()).execute(statement, parameters, prepare=True, binary=True)
