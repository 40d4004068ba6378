"""Logs for operators hold no personal data, whoever writes them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def log_of(script: str, level: str = "info") -> str:
    """What a program writes to standard error when it logs as ours do."""
    preamble = (
        "import logging, structlog\n"
        "from openclets.config.logging import configure_logging\n"
        f"configure_logging({{'level': '{level}'}})\n"
        "log = structlog.get_logger('openclets.test')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", preamble + script],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == ""
    return done.stderr


def test_an_event_is_one_line_with_its_action_word_and_correlation_id() -> None:
    line = log_of(
        "from structlog.contextvars import bound_contextvars\n"
        "with bound_contextvars(correlation='c0ffee'):\n"
        "    log.info('device_connected', device='CADEMO01')\n"
    )
    assert line.count("\n") == 1
    assert " level=info event=device_connected correlation=c0ffee " in line
    assert "device=CADEMO01" in line


def test_a_key_that_is_not_known_to_be_harmless_is_left_out_and_named() -> None:
    line = log_of("log.warning('order_filed', subject_name='HOLLOWAY, DEREK', agency='CA0990100')")
    assert "HOLLOWAY" not in line
    assert "withheld=subject_name" in line
    assert "agency=CA0990100" in line


def test_a_librarys_line_is_told_without_what_was_filled_in() -> None:
    line = log_of("logging.getLogger('library').warning('no row for %s', 'HOLLOWAY, DEREK')")
    assert 'event="no row for %s"' in line
    assert "logger=library" in line
    assert "HOLLOWAY" not in line


def test_the_error_of_a_forgotten_task_is_told_without_its_words() -> None:
    log = log_of(
        "import asyncio, gc\n"
        "async def fails(): raise ValueError('HOLLOWAY, DEREK')\n"
        "async def forgets():\n"
        "    task = asyncio.ensure_future(fails())\n"
        "    await asyncio.sleep(0)\n"
        "    await asyncio.sleep(0)\n"
        "    del task\n"
        "    gc.collect()\n"
        "asyncio.run(forgets())\n"
    )
    assert 'event="Task exception was never retrieved"' in log
    assert "failure=ValueError" in log
    assert "HOLLOWAY" not in log


def test_an_error_is_told_by_kind_and_place_without_its_words() -> None:
    for call in ("log.exception('failed')", "logging.getLogger('library').exception('failed')"):
        line = log_of(f"try:\n    int('HOLLOWAY')\nexcept ValueError:\n    {call}\n")
        assert "HOLLOWAY" not in line
        assert "failure=ValueError" in line
        assert "places=" in line
        assert line.count("\n") == 1


def test_a_line_break_in_a_value_does_not_make_a_second_line() -> None:
    assert log_of("log.info('odd', reason='one\\nevent=forged')").count("\n") == 1


def test_what_is_below_the_level_is_not_written() -> None:
    assert log_of("log.info('quiet'); logging.getLogger('library').info('quiet')", level="warning") == ""


def test_addresses_of_pages_are_not_logged() -> None:
    assert log_of("logging.getLogger('uvicorn.access').info('GET %s', '/officer/?name=HOLLOWAY')") == ""
