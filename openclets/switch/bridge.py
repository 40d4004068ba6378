"""From the event loop to the subjects: synchronous work in a bounded pool of threads, each with its own connection.

Work that is more than the pool and its waiting room hold is turned away at once, so that a flood is told "try later"
instead of growing a queue nobody reads. Sign-ons have a small pool of their own: checking a password takes a hundred
times as long as a question, and a morning's sign-ons must not slow an officer's answer. So has the watch over the
sessions: a flood of questions must not keep somebody connected who was put out.
"""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, TypeVar

import django.db
import psycopg
from django.db import connection

from openclets.vocabulary.errors import NotAnswered, Unavailable

WAITING_PER_THREAD: Final = 32
"""How many pieces of work may wait for each thread. Own decision: about a third of a second at 10 ms each."""

SIGN_ON_THREADS: Final = 2
SIGN_ONS_WAITING: Final = 128

LOOKS_WAITING: Final = 1
"""There is one watch over the sessions, and it looks at one thing at a time."""

_LOST: Final = (
    psycopg.OperationalError,
    psycopg.InterfaceError,
    django.db.OperationalError,
    django.db.InterfaceError,
)

Result = TypeVar("Result")


class Bridge:
    """The pools. One per process; made and used on the event loop's thread."""

    def __init__(self, *, threads: int, waiting: int | None = None) -> None:
        connections = _Connections()
        room = threads * WAITING_PER_THREAD if waiting is None else waiting
        self._questions = _Lane("question", threads, room, connections)
        self._sign_ons = _Lane("sign-on", SIGN_ON_THREADS, SIGN_ONS_WAITING, connections)
        self._looks = _Lane("look", 1, LOOKS_WAITING, connections)

    async def question(self, work: Callable[[], Result]) -> Result:
        """Runs `work` in the pool.

        Raises: Unavailable when the pool is full or the database is lost, and what `work` raises.
        """
        return await self._questions.run(work)

    async def sign_on(self, work: Callable[[], Result]) -> Result:
        """Runs the beginning or end of a session in the pool for these. Raises: as `question`."""
        return await self._sign_ons.run(work)

    async def look(self, work: Callable[[], Result]) -> Result:
        """Runs a look of the watch over the sessions on its own thread. Raises: as `question`."""
        return await self._looks.run(work)

    def close(self) -> None:
        """Waits for the work that was taken in and gives the connections back."""
        self._questions.close()
        self._sign_ons.close()
        self._looks.close()


class _Connections:
    """Who saw the database go away. One thread that loses its connection makes every thread take a fresh one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._losses = 0
        self._seen = threading.local()

    def work(self, work: Callable[[], Result]) -> Result:
        losses = self._losses
        if getattr(self._seen, "losses", 0) != losses:
            connection.close()
            self._seen.losses = losses
        try:
            return work()
        except Exception as error:
            # The loss may have been translated on its way here, so the connection itself is asked as well.
            if isinstance(error, _LOST) or (connection.connection is not None and connection.connection.closed):
                with self._lock:
                    if self._losses == losses:
                        self._losses += 1
                connection.close()
                self._seen.losses = self._losses
                if not isinstance(error, NotAnswered):
                    raise Unavailable("the database does not answer; ask again") from error
            raise


class _Lane:
    """One bounded pool of threads. Places are given back by the thread, also when nobody awaits the result any more."""

    def __init__(self, name: str, threads: int, waiting: int, connections: _Connections) -> None:
        self._threads = threads
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._places = threading.BoundedSemaphore(threads + waiting)
        self._connections = connections

    async def run(self, work: Callable[[], Result]) -> Result:
        if not self._places.acquire(blocking=False):
            raise Unavailable("the switch is busy; nothing was asked; send the message again in a few seconds")
        context = contextvars.copy_context()
        future: Future[Result] = self._executor.submit(context.run, self._connections.work, work)
        future.add_done_callback(lambda _: self._places.release())
        return await asyncio.wrap_future(future)

    def close(self) -> None:
        # Each closing piece holds its thread until every thread has one, so that each closes its own connection.
        together = threading.Barrier(self._threads)

        def give_back() -> None:
            together.wait()
            connection.close()

        for _ in range(self._threads):
            self._executor.submit(give_back)
        self._executor.shutdown(wait=True)
