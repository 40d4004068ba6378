"""One whole measurement, in the order in which its parts disturb each other least."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

from django.db import connections

from openclets.config.environment import read_environment
from tests.bench import parts, wire
from tests.bench.county import AGENCY, OFFICER, Loaded, RunningSwitch, Terminal, load, make_terminals, running_switch
from tests.bench.floor_plan import entries_alone, inquiries_of, plan_for, run_floor
from tests.bench.load import Heard, Phase
from tests.bench.parts import Timed
from tests.bench.pgbench import run_pgbench
from tests.bench.questions import draw_questions

TERMINALS: Final = 32
QUESTIONS: Final = 4_000
"""Different questions asked through the socket; the floor has the first FLOOR_QUESTIONS of them."""

FLOOR_QUESTIONS: Final = 800
OPEN_LOOP_PER_SECOND: Final = 200.0
COMMONEST_PER_SECOND: Final = 20.0
WINDOWS: Final = 6


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is made and how long is measured. `seconds` is one window; there are WINDOWS of it."""

    people: int
    orders: int
    seconds: float
    seed: int


@dataclass(frozen=True, slots=True)
class Spread:
    """Milliseconds: half, 95 % and 99 % of the answers came sooner."""

    p50: float
    p95: float
    p99: float


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything measured in one run. Rates are per second."""

    loaded: Loaded
    windows: Sequence[float]
    inquiries: float
    closed: Spread
    floor: float
    floor_group: float
    pgbench: float
    open_loop: Spread
    open_late: int
    commonest: Spread
    hits_share: float
    not_answers: int
    answers: int
    entries: int
    resident_megabytes: float
    decision: Timed
    decision_with_query: Timed
    search: Timed
    reading_and_wording: Timed
    inquiry_microseconds: float
    catalogue_milliseconds: float
    journal: float
    journal_floor: float


def measure(sizes: Sizes, folder: Path, say: Callable[[str], None]) -> Figures:
    """Loads, measures the parts, then the whole between two halves of the floor. `folder` is the run's own."""
    say(f"loading {sizes.orders} orders among {sizes.people} people")
    loaded = load(people=sizes.people, orders=sizes.orders, seed=sizes.seed, progress=lambda _: None)
    terminals = make_terminals(read_environment().certificates_folder, count=TERMINALS)
    questions = draw_questions(QUESTIONS, seed=sizes.seed)
    actor = terminals[0].actor

    say("parts by themselves")
    inquiries = inquiries_of(questions.mixed[:FLOOR_QUESTIONS], [terminal.actor for terminal in terminals])
    decision, with_query = parts.decision_by_rule(), parts.decision_with_its_query(actor)
    searched = parts.person_search(questions.mixed[:FLOOR_QUESTIONS], actor)
    inquiry_microseconds, catalogue_milliseconds = wire.inquiry_microseconds(), wire.loading_milliseconds()
    read_and_worded = parts.reading_and_wording(questions.mixed[:FLOOR_QUESTIONS], actor)
    plan = plan_for(inquiries, threads=TERMINALS, seconds=sizes.seconds, windows=max(1, WINDOWS // 2))
    journal_floor = median(run_floor(entries_alone(plan)).per_second)
    journal = parts.journal_entries_per_second(inquiries, seconds=sizes.seconds, windows=2)

    say("floor, first half; pgbench")
    first = run_floor(plan)
    pgbench = run_pgbench(plan, folder, seconds=sizes.seconds * 2)

    say("inquiries through TLS")
    before = _entries()
    with running_switch(folder / "switch.log") as switch:
        heard = _load(switch, terminals, _phases(sizes, questions.mixed, questions.commonest), folder)
        resident = switch.resident_bytes() / 1024 / 1024
    entries = _entries() - before

    say("floor, second half")
    second = run_floor(plan)

    closed = [one for one in heard if one.name == "closed"]
    (open_loop,) = (one for one in heard if one.name == "open")
    (commonest,) = (one for one in heard if one.name == "commonest")
    windows = [len(one.milliseconds) / one.seconds for one in closed]
    answers = sum(len(one.milliseconds) - one.late for one in heard)
    mixed = [*closed, open_loop]
    return Figures(
        loaded=loaded,
        windows=windows,
        inquiries=median(windows),
        closed=_spread([each for one in closed for each in one.milliseconds]),
        floor=median([*first.per_second, *second.per_second]),
        floor_group=first.group,
        pgbench=pgbench,
        open_loop=_spread(open_loop.milliseconds),
        open_late=open_loop.late,
        commonest=_spread(commonest.milliseconds),
        hits_share=sum(one.hits for one in mixed) / sum(len(one.milliseconds) - one.late for one in mixed),
        not_answers=sum(one.not_answers for one in heard),
        answers=answers,
        entries=entries,
        resident_megabytes=resident,
        decision=decision,
        decision_with_query=with_query,
        search=searched,
        reading_and_wording=read_and_worded,
        inquiry_microseconds=inquiry_microseconds,
        catalogue_milliseconds=catalogue_milliseconds,
        journal=journal,
        journal_floor=journal_floor,
    )


def _phases(sizes: Sizes, mixed: Sequence[str], commonest: Sequence[str]) -> list[Phase]:
    return [
        Phase("warm-up", 2 * sizes.seconds, mixed),
        *[Phase("closed", sizes.seconds, mixed) for _ in range(WINDOWS)],
        Phase("open", WINDOWS * sizes.seconds, mixed, per_second=OPEN_LOOP_PER_SECOND),
        Phase("commonest", 2 * sizes.seconds, commonest, per_second=COMMONEST_PER_SECOND),
    ]


def _load(switch: RunningSwitch, terminals: Sequence[Terminal], phases: Sequence[Phase], folder: Path) -> list[Heard]:
    plan = {
        "port": switch.port,
        "sessions": [
            {
                "authority": str(terminal.tls.authority),
                "certificate": str(terminal.tls.certificate),
                "key": str(terminal.tls.key),
                "user": OFFICER,
                "agency": AGENCY,
                "ticket": terminal.ticket,
            }
            for terminal in terminals
        ],
        "phases": [
            {
                "name": phase.name,
                "seconds": phase.seconds,
                "questions": list(phase.questions),
                "per_second": phase.per_second,
                "terminals": phase.terminals,
            }
            for phase in phases
        ],
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.load"],
        input=json.dumps(plan),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [Heard(**one) for one in json.loads(done.stdout)]


def _entries() -> int:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM journal_entry WHERE kind = 'question'")
        ((count,),) = cursor.fetchall()
    return int(count)


def _spread(milliseconds: Sequence[float]) -> Spread:
    timed = Timed(milliseconds, 0.0)
    return Spread(timed.percentile(50), timed.percentile(95), timed.percentile(99))
