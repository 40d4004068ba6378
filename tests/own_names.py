"""Names no other test has, and the same in every run: what random letters sound like would differ from run to run."""

from __future__ import annotations

import hashlib
from itertools import count

_numbers = count(1)


def own_letters(many: int) -> str:
    """So many letters A to P, unlike those of any other call of the same run, and the same in the next run."""
    digest = hashlib.sha256(f"own letters {next(_numbers)}".encode()).hexdigest()
    return "".join(chr(ord("A") + int(digit, 16)) for digit in digest[:many])
