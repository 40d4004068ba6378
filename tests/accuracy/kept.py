"""Answers kept beside the database as they are got, so that a run that was stopped goes on where it was."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple
from hashlib import sha256
from pathlib import Path

import click

from tests.accuracy.measure import Answered, Asked

TOLD_EVERY_SECONDS = 10.0


class KeptAnswers:
    """The answers of one index, one file for each group of questions; of another program or other options none."""

    def __init__(self, folder: Path, described_by: str) -> None:
        self._folder = folder
        stamp = folder / "made-by"
        if not stamp.exists() or stamp.read_text() != described_by:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            stamp.write_text(described_by)

    def answers(
        self, title: str, asked: Sequence[Asked], answer: Callable[[Iterable[Asked]], list[Answered]]
    ) -> list[Answered]:
        """The answers to `asked`, got now or before."""
        path = self._folder / f"{title.replace('/', ' ')}.json"
        if path.exists():
            return [Answered(*each) for each in json.loads(path.read_text())]
        started = time.monotonic()
        answers = answer(told(title, asked))
        seconds = time.monotonic() - started
        click.echo(f"{title}: {len(answers):,} questions in {seconds:.0f} s", err=True)
        unfinished = path.with_suffix(".unfinished")
        unfinished.write_text(json.dumps([astuple(each) for each in answers]))
        unfinished.replace(path)
        return answers


def told(title: str, every: Sequence[Asked]) -> Iterator[Asked]:
    """Each in turn; how many are done is told now and then."""
    last = time.monotonic()
    for done, one in enumerate(every):
        if time.monotonic() - last > TOLD_EVERY_SECONDS:
            last = time.monotonic()
            click.echo(f"{title}: {done:,} of {len(every):,}", err=True)
        yield one


def digest_of(*folders: Path) -> str:
    """One number for the text of all Python files of these folders."""
    digest = sha256()
    for folder in folders:
        for path in sorted(folder.glob("*.py")):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
