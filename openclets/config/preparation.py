"""Makes the database ready: server, extensions, privileges, tables. Safe to repeat, quick when all is there."""

from __future__ import annotations

from typing import Final

import django
from django.core.management import call_command
from django.db import OperationalError, connections
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from openclets.config import embedded_postgres
from openclets.config.environment import read_environment
from openclets.vocabulary.errors import Unavailable

EXTENSIONS: Final = ("pg_trgm", "fuzzystrmatch", "unaccent", "btree_gin")

_LOCK: Final = 0x6F636C65
"""Advisory lock of the preparation, so that two programs started together do not migrate at once. Own decision."""

_PROGRAM_PRIVILEGES: Final = """
    GRANT USAGE ON SCHEMA public TO {program};
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE, MAINTAIN ON TABLES TO {program};
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {program};
"""
"""Given before the first table exists; the journal's own migration takes back all but SELECT and INSERT. MAINTAIN is
for loaders, which vacuum what they have filled: without it VACUUM does nothing and only warns."""


def prepare_database(*, durable: bool = True) -> None:
    """Starts the embedded server where that is the database, and brings tables, roles and privileges up to date.

    `durable` false is for tests only. Raises: DatabaseNotStarted; Unavailable when a configured server does not answer.
    """
    environment = read_environment()
    if environment.is_embedded:
        embedded_postgres.start(environment.data_folder, durable=durable)
    django.setup()
    connection = connections["owner"]
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
    except OperationalError as error:
        raise Unavailable("the database does not answer: see that its server runs, or mend DATABASE_URL") from error
    try:
        _prepare()
    finally:
        # Ends the session and with it the lock.
        connection.close()


def _prepare() -> None:
    connection = connections["owner"]
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    with connection.cursor() as cursor:
        for extension in EXTENSIONS:
            cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
        program, owner = (connections[alias].settings_dict["USER"] for alias in ("default", "owner"))
        if program != owner:
            cursor.execute(sql.SQL(_PROGRAM_PRIVILEGES).format(program=sql.Identifier(program)))
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [embedded_postgres.RETENTION_ROLE])
        if cursor.fetchone():
            cursor.execute(f"GRANT USAGE ON SCHEMA public TO {embedded_postgres.RETENTION_ROLE}")
    call_command("createcachetable", database="owner", verbosity=0)
    call_command("migrate", database="owner", verbosity=0, interactive=False)
