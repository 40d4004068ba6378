"""What was measured as a table of Markdown, each figure beside its aim, met or missed."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import psutil
import psycopg
from django.db import connections

from tests.bench.measuring import OPEN_LOOP_PER_SECOND, TERMINALS, WINDOWS, Figures, Sizes, Spread
from tests.bench.questions import MIX_IN_WORDS
from tests.bench.wire import LIMIT_INQUIRY_MICROSECONDS, LIMIT_LOADING_MILLISECONDS

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "performance.md"
BEGIN, END = "<!-- table begins: written by make bench RECORD=yes -->", "<!-- table ends -->"

RATIO_AIM: Final = 0.25
FLOOR_AIM: Final = 0.8


def machine() -> str:
    """The machine in a line, with how busy others keep it now."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.machine(),
    )
    with connections["owner"].cursor() as cursor:
        cursor.execute("SHOW server_version")
        ((server,),) = cursor.fetchall()
    memory = psutil.virtual_memory().total / 1024**3
    return (
        f"{os.cpu_count()} cores ({model}), {memory:.0f} GB, {platform.system()} {platform.release()}, Python"
        f" {platform.python_version()}, psycopg {psycopg.__version__}, PostgreSQL {server} with fsync;"
        f" load average before the run {os.getloadavg()[0]:.1f}"
    )


def table(figures: Figures, sizes: Sizes, machine_line: str) -> str:
    ratio = figures.inquiries / figures.floor
    floor_ratio = figures.floor / figures.pgbench
    rows = [
        _row("inquiries over TLS, a second", f"{figures.inquiries:.0f}", "2,000", figures.inquiries >= 2000),
        _row("floor of the same run, a second", f"{figures.floor:.0f}"),
        _row("inquiries / floor", f"{ratio:.2f}", f">= {RATIO_AIM}", ratio >= RATIO_AIM),
        _row("pgbench, like script, a second", f"{figures.pgbench:.0f}"),
        _row("floor / pgbench", f"{floor_ratio:.2f}", f">= {FLOOR_AIM}", floor_ratio >= FLOOR_AIM),
        *_spread_rows(f"latency at {OPEN_LOOP_PER_SECOND:.0f}/s", figures.open_loop, Spread(6, 15, 30)),
        _row("latency of the commonest names at 20/s, p50 / p95 / p99, ms", _three(figures.commonest)),
        _row(f"latency with {TERMINALS} terminals asking without a pause, p50 / p95 / p99, ms", _three(figures.closed)),
        _row("journal entries at that rate, one for each inquiry, a second", f"{figures.inquiries:.0f}"),
        _row("memory of the switch, MB", f"{figures.resident_megabytes:.0f}"),
        _row(
            "person search alone, one thread, p50, ms",
            f"{figures.search.percentile(50):.2f}",
            "<= 1.5 (among 1 M)",
            figures.search.percentile(50) <= 1.5,
        ),
        _row(
            "person search alone, one thread, p95, ms",
            f"{figures.search.percentile(95):.2f}",
            "<= 4 (among 1 M)",
            figures.search.percentile(95) <= 4,
        ),
        _row(
            "person searches a second, one thread",
            f"{figures.search.per_second:.0f}",
            ">= 1,000 (among 1 M)",
            figures.search.per_second >= 1000,
        ),
        _row(
            "journal append, 32 threads, entries a second", f"{figures.journal:.0f}", "5,000", figures.journal >= 5000
        ),
        _row("floor of that, a second", f"{figures.journal_floor:.0f}"),
        _row("journal append / floor", f"{figures.journal / figures.journal_floor:.2f}"),
        _row(
            "permission decision, rule alone, p99, us",
            f"{1000 * figures.decision.percentile(99):.1f}",
            "<= 50 (at 10 k grants)",
            1000 * figures.decision.percentile(99) <= 50,
        ),
        _row(
            "permission decision with its query, p50 / p99, us",
            f"{1000 * figures.decision_with_query.percentile(50):.0f} /"
            f" {1000 * figures.decision_with_query.percentile(99):.0f}",
        ),
        _row(
            "reading a message and wording its answer, p50 / p99, us",
            f"{1000 * figures.reading_and_wording.percentile(50):.0f} /"
            f" {1000 * figures.reading_and_wording.percentile(99):.0f}",
        ),
        _row(
            "parse, validate and compose a ten-field inquiry, median of processor time, us",
            f"{figures.inquiry_microseconds:.0f}",
            f"<= {LIMIT_INQUIRY_MICROSECONDS}",
            figures.inquiry_microseconds <= LIMIT_INQUIRY_MICROSECONDS,
        ),
        _row(
            "catalogue loaded, processor time, ms",
            f"{figures.catalogue_milliseconds:.0f}",
            f"<= {LIMIT_LOADING_MILLISECONDS}",
            figures.catalogue_milliseconds <= LIMIT_LOADING_MILLISECONDS,
        ),
    ]
    return "\n".join(
        ["| what | measured | aim | |", "|---|---:|---:|---|", *rows, "", *_notes(figures, sizes, machine_line)]
    )


def record(text: str) -> None:
    """Puts the table into docs/performance.md in place of the one there."""
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


def _notes(figures: Figures, sizes: Sizes, machine_line: str) -> list[str]:
    loaded = figures.loaded
    windows = ", ".join(f"{rate:.0f}" for rate in figures.windows)
    unsettled = "" if not loaded.unsettled else f" NOT SETTLED BY THE LOADER: {', '.join(loaded.unsettled)}."
    return [
        f"Measured {datetime.now(UTC):%Y-%m-%d %H:%M} UTC by `make bench`. {machine_line}.",
        "",
        f"- {loaded.persons:,} names of persons in the index, {loaded.orders:,} orders, seed {sizes.seed}; loaded in"
        f" {loaded.seconds:.0f} s.{unsettled}",
        f"- Asked: {MIX_IN_WORDS}. {figures.hits_share:.0%} of the answers had a hit.",
        f"- Sustained rate: {TERMINALS} terminals without a pause, median of {WINDOWS} windows of {sizes.seconds:g} s:"
        f" {windows}.",
        f"- Latency at a fixed rate: arrivals drawn beforehand, waiting counts from the moment due; {figures.open_late}"
        " questions were still unsent at the end.",
        f"- {figures.answers} replies, of which {figures.not_answers} were no answers; {figures.entries} questions"
        " journalled.",
        f"- The floor committed {figures.floor_group:.1f} questions together on average.",
    ]


def _spread_rows(what: str, measured: Spread, aim: Spread) -> list[str]:
    return [
        _row(f"{what}, {name}, ms", f"{got:.1f}", f"<= {most:g}", got <= most)
        for name, got, most in (
            ("p50", measured.p50, aim.p50),
            ("p95", measured.p95, aim.p95),
            ("p99", measured.p99, aim.p99),
        )
    ]


def _three(spread: Spread) -> str:
    return f"{spread.p50:.1f} / {spread.p95:.1f} / {spread.p99:.1f}"


def _row(what: str, measured: str, aim: str = "", met: bool | None = None) -> str:
    word = "" if met is None else "met" if met else "**missed**"
    return f"| {what} | {measured} | {aim} | {word} |"
