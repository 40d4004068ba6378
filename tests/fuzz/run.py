"""The fuzz target: `python -m tests.fuzz.run CORPUS [libFuzzer options]`. `make fuzz` installs what it needs.

A crash is kept as a file; give that file instead of the corpus to see it again.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["openclets.wire", "openclets.vocabulary"]):
    from tests.fuzz.readers import read_any, seeds


def main() -> None:
    given = Path(sys.argv[1])
    if not given.is_file():
        given.mkdir(parents=True, exist_ok=True)
        for place, seed in enumerate(seeds()):
            (given / f"seed-{place:04d}").write_bytes(seed)
    atheris.Setup(sys.argv, read_any)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
