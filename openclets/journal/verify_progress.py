"""The file that remembers how far a check of the whole store has come, so that it can be broken off and gone on with.

It is for whoever checks, who made it and trusts it: what it says was checked is not looked at again.
"""

from __future__ import annotations

import json
from pathlib import Path

from openclets.journal.verify_log import HASH_BYTES, Frontier, Verifier, Wrong


def write_frontier(file: Path, log: Verifier, frontier: Frontier) -> None:
    """Remembers that all entries before the frontier hold, in place of what was remembered before."""
    text = json.dumps(
        {"log": str(log), "checked": frontier.size, "roots": [root.hex() for root in frontier.complete]}, indent=1
    )
    anew = file.with_name(f"{file.name}.new")
    anew.write_text(text + "\n")
    anew.replace(file)


def read_frontier(file: Path, log: Verifier) -> Frontier:
    """How far the run before came; the beginning when there is no file. Raises: Wrong when it is of another log, or
    none."""
    try:
        told = json.loads(file.read_text())
        log_checked, size = str(told["log"]), int(told["checked"])
        complete = [bytes.fromhex(root) for root in told["roots"]]
    except FileNotFoundError:
        return Frontier()
    except (ValueError, KeyError, TypeError):
        raise Wrong(f"{file} does not say how far a check has come: remove it to begin anew") from None
    if log_checked != str(log):
        raise Wrong(f"{file} is of a check of another log, {log_checked}")
    if size < 0 or len(complete) != size.bit_count() or any(len(root) != HASH_BYTES for root in complete):
        raise Wrong(f"{file} does not say how far a check has come: remove it to begin anew")
    return Frontier(size, complete)
