"""One real database for the whole run, and the people of Sierra Vista County who always do the same things."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

# Settings are read when the first module that has tables is imported, so the environment is settled before.
# What the tests themselves are told stays: folders of official material, and which browser to drive.
KEPT = ("OPENCLETS_TEST_", "OPENCLETS_CHROMIUM")
for name in [name for name in os.environ if name.startswith("OPENCLETS_") and not name.startswith(KEPT)]:
    del os.environ[name]
os.environ.pop("DATABASE_URL", None)
# In /tmp itself: the database's own user must be able to pass through, and socket paths must stay short.
DATA_FOLDER = Path(tempfile.mkdtemp(prefix="openclets-tests-", dir="/tmp"))
os.environ["OPENCLETS_DATA"] = str(DATA_FOLDER)
os.environ["OPENCLETS_SECRET_KEY"] = "only-for-tests-" * 4
os.environ["DJANGO_SETTINGS_MODULE"] = "openclets.config.settings"

import django  # noqa: E402 (after the environment is settled)

django.setup()

from django.contrib.auth.hashers import PBKDF2PasswordHasher  # noqa: E402 (after Django is set up)
from django.db import connections, transaction  # noqa: E402
from hypothesis import settings  # noqa: E402

from openclets.config import embedded_postgres  # noqa: E402
from openclets.config.preparation import prepare_database  # noqa: E402
from tests.county import County, found_county  # noqa: E402
from tests.given_folders import faults_of_folders  # noqa: E402

# How long one example takes says more of what else the machine does than of the code. The same examples in each run,
# for a run says something of the commit; `make fuzz` looks for new ones.
settings.register_profile("here", deadline=None, derandomize=True)
settings.load_profile("here")

# Half a second for each sign-on of the run otherwise; what is slow on purpose is Django's and not tested here.
PBKDF2PasswordHasher.iterations = 1_000


def pytest_configure() -> None:
    if faults := faults_of_folders(os.environ):
        raise pytest.UsageError("\n".join(faults))


def pytest_unconfigure() -> None:
    shutil.rmtree(DATA_FOLDER, ignore_errors=True)


@pytest.fixture(scope="session")
def database() -> Iterator[None]:
    """A real PostgreSQL, made for this run, that forgets what a crash would forget. Nobody empties its tables."""
    try:
        prepare_database(durable=False)
        yield
    finally:
        connections.close_all()
        embedded_postgres.stop(DATA_FOLDER)


@pytest.fixture
def rolled_back(database: None) -> Iterator[None]:
    """What the test changes on its own connection is undone. Entries of the journal's writer stay: it has its own."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def county(database: None) -> County:
    """Sierra Vista County: agencies, devices and the named people, committed once for the whole run."""
    return found_county()
