"""The load: terminals that ask over TLS, in a process of their own, as cheaply as may be.

    python -m tests.bench.load < plan.json > results.json

A reply is looked at just enough to acknowledge it: its OSN and how its body begins. Each terminal is a thread with a
blocking socket. In the closed loop a terminal asks again when it was answered; in the open loop questions are due at
moments drawn beforehand, and waiting counts from then, also where the terminal was still waiting for the last answer.
"""

from __future__ import annotations

import json
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import Any, Final

from openclets.config.terminal_client import ClientTls, TerminalClient
from openclets.vocabulary.identifiers import Ori, UserName
from openclets.wire.session import SignOn

TAKE_ALL_AS_READ: Final = 9_999_999
"""Last OSN shown at the sign-on, so that nothing of an earlier run is sent again."""

_OSN: Final = re.compile(rb"\nTO: .* OSN: ([0-9]+) ")
_ANSWER: Final = b"\n\nANSWER: "
_NO_HIT: Final = b"\n\nANSWER: NO HIT"


@dataclass(frozen=True, slots=True)
class Phase:
    """`per_second` 0: the closed loop. Terminals beyond `terminals` (0: all) are idle."""

    name: str
    seconds: float
    questions: Sequence[str]
    per_second: float = 0.0
    terminals: int = 0


@dataclass(slots=True)
class Heard:
    """What one phase heard: milliseconds of each answer in any order, answers with hits, replies that are no answers.

    `late`: questions of the open loop that were due but not yet sent when the phase ended; they count in `milliseconds`
    with what they had waited by then.
    """

    name: str
    seconds: float
    milliseconds: list[float] = field(default_factory=list)
    hits: int = 0
    not_answers: int = 0
    late: int = 0


class Terminal:
    """One signed-on session."""

    def __init__(self, port: int, session: dict[str, str]) -> None:
        tls = ClientTls(*(Path(session[name]) for name in ("authority", "certificate", "key")))
        self._client = TerminalClient.connect("127.0.0.1", port, tls)
        self._agency = session["agency"]
        self._client.sign_on(
            SignOn(UserName(session["user"]), Ori(self._agency), ticket=session["ticket"], last_osn=TAKE_ALL_AS_READ)
        )
        self._socket = self._client.connection
        self._held = b""

    def ask(self, text: str) -> bytes:
        """Sends one question, waits for the reply and acknowledges it."""
        self._socket.sendall(_framed(text.replace("{ori}", self._agency)))
        reply = self._frame()
        number = _OSN.search(reply)
        if number is None:
            raise RuntimeError(f"no OSN in {reply[:200]!r}")
        self._socket.sendall(_framed(f"ACK.{self._agency}.OSN/{number[1].decode()}"))
        return reply

    def close(self) -> None:
        self._client.sign_off()
        self._client.close()

    def _frame(self) -> bytes:
        held = self._held
        while len(held) < 4 or len(held) < 4 + int.from_bytes(held[:4], "big"):
            data = self._socket.recv(65_536)
            if not data:
                raise ConnectionError("the switch ended the connection")
            held += data
        end = 4 + int.from_bytes(held[:4], "big")
        self._held = held[end:]
        return held[4:end]


def main() -> None:
    plan: dict[str, Any] = json.load(sys.stdin)
    terminals = [Terminal(plan["port"], session) for session in plan["sessions"]]
    heard = [_run(Phase(**phase), terminals) for phase in plan["phases"]]
    for terminal in terminals:
        terminal.close()
    json.dump([asdict(one) for one in heard], sys.stdout)


def _run(phase: Phase, terminals: Sequence[Terminal]) -> Heard:
    asking = terminals[: phase.terminals or len(terminals)]
    heard = [Heard(phase.name, phase.seconds) for _ in asking]
    begin = time.perf_counter() + 0.2
    work: list[Callable[[], None]] = []
    for place, (terminal, mine) in enumerate(zip(asking, heard, strict=True)):
        questions = islice(cycle(phase.questions), place * len(phase.questions) // len(asking), None)
        if phase.per_second:
            due = _due(phase, begin, place, len(asking))
            work.append(partial(_open_loop, terminal, mine, questions, due, begin + phase.seconds))
        else:
            work.append(partial(_closed_loop, terminal, mine, questions, begin, begin + phase.seconds))
    threads = [threading.Thread(target=one) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Heard(
        phase.name,
        phase.seconds,
        [each for one in heard for each in one.milliseconds],
        sum(one.hits for one in heard),
        sum(one.not_answers for one in heard),
        sum(one.late for one in heard),
    )


def _due(phase: Phase, begin: float, place: int, places: int) -> list[float]:
    """The moments of one terminal: all terminals together are a Poisson stream, dealt out in turn."""
    rng, at, moments = Random(1), begin, []
    while (at := at + rng.expovariate(phase.per_second)) < begin + phase.seconds:
        moments.append(at)
    return moments[place::places]


def _closed_loop(terminal: Terminal, heard: Heard, questions: Iterator[str], begin: float, end: float) -> None:
    time.sleep(max(0.0, begin - time.perf_counter()))
    while (asked_at := time.perf_counter()) < end:
        reply = terminal.ask(next(questions))
        answered_at = time.perf_counter()
        if answered_at <= end:
            _note(heard, reply, answered_at - asked_at)


def _open_loop(terminal: Terminal, heard: Heard, questions: Iterator[str], due: list[float], end: float) -> None:
    for place, at in enumerate(due):
        time.sleep(max(0.0, at - time.perf_counter()))
        if time.perf_counter() > end:
            heard.late += len(due) - place
            heard.milliseconds += [1000 * (end - missed) for missed in due[place:]]
            return
        _note(heard, terminal.ask(next(questions)), time.perf_counter() - at)


def _note(heard: Heard, reply: bytes, seconds: float) -> None:
    heard.milliseconds.append(1000 * seconds)
    if _ANSWER not in reply:
        heard.not_answers += 1
    elif _NO_HIT not in reply:
        heard.hits += 1


def _framed(text: str) -> bytes:
    data = text.encode()
    return len(data).to_bytes(4, "big") + data


if __name__ == "__main__":
    main()
