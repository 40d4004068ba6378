"""Answers kept beside the database as they are got, so that a run that was stopped goes on where it was."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import astuple
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path

import click
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql.base import DatabaseWrapper

from tests.accuracy.measure import Answered, Asked

PART = 100
TOLD_EVERY_SECONDS = 10.0


Answer = Callable[[Sequence[Asked]], list[Answered]]

_answer_of_workers: Answer
"""What the workers of the group at hand answer with: they are forked, so that it needs no pickling."""


class KeptAnswers:
    """The answers of one index, one file for each group of questions; of another program or other options none.

    `workers`: processes that ask at the same time, each on a connection of its own.
    """

    def __init__(self, folder: Path, described_by: str, *, workers: int) -> None:
        self._folder, self._workers = folder, workers
        stamp = folder / "made-by"
        if not stamp.exists() or stamp.read_text() != described_by:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            stamp.write_text(described_by)

    def answers(self, title: str, asked: Sequence[Asked], answer: Answer, *, in_one_go: bool = False) -> list[Answered]:
        """The answers to `asked`, got now or before, in their order."""
        path = self._folder / f"{title.replace('/', ' ')}.json"
        if path.exists():
            return [Answered(*each) for each in json.loads(path.read_text())]
        started = time.monotonic()
        if in_one_go:
            # Also in a process of its own: the threads DuckDB leaves behind do not survive the forks after it.
            answers = self._by_workers(title, [asked], answer, workers=1)
        else:
            parts = [asked[first : first + PART] for first in range(0, len(asked), PART)]
            answers = self._by_workers(title, parts, answer, workers=self._workers)
        click.echo(f"{title}: {len(answers):,} questions in {time.monotonic() - started:.0f} s", err=True)
        unfinished = path.with_suffix(".unfinished")
        unfinished.write_text(json.dumps([astuple(each) for each in answers]))
        unfinished.replace(path)
        return answers

    @staticmethod
    def _by_workers(title: str, parts: Sequence[Sequence[Asked]], answer: Answer, *, workers: int) -> list[Answered]:
        global _answer_of_workers
        _answer_of_workers = answer
        # Neither a connection nor the threads of a pool survive being forked.
        own = connections[DEFAULT_DB_ALIAS]
        assert isinstance(own, DatabaseWrapper)
        own.close()
        own.close_pool()  # type: ignore[attr-defined] # since Django 5.1; the stubs lack it
        count = sum(map(len, parts))
        answers: list[Answered] = []
        last = time.monotonic()
        with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
            for part in pool.map(_answer_part, parts):
                answers += part
                if time.monotonic() - last > TOLD_EVERY_SECONDS:
                    last = time.monotonic()
                    click.echo(f"{title}: {len(answers):,} of {count:,}", err=True)
        return answers


def _answer_part(asked: Sequence[Asked]) -> list[Answered]:
    return _answer_of_workers(asked)


def digest_of(*folders: Path) -> str:
    """One number for the text of all Python files of these folders."""
    digest = sha256()
    for folder in folders:
        for path in sorted(folder.glob("*.py")):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
