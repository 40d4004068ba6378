"""One-time codes by time, for commands that sign on a demo's fictional people.

Source: RFC 6238 (TOTP) over RFC 4226 section 5.3 (truncation): HMAC-SHA-1, six digits, steps of 30 s.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Final

STEP_SECONDS: Final = 30


def code_at(secret: str, at_seconds: float) -> str:
    """The six digits valid at `at_seconds` (Unix time) for a base32 `secret`, padded or not.

    Raises: ValueError when the secret is not base32.
    """
    key = base64.b32decode(secret.upper() + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, int(at_seconds // STEP_SECONDS).to_bytes(8, "big"), hashlib.sha1)
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFF_FFFF
    return f"{number % 1_000_000:06d}"


def seconds_left(at_seconds: float) -> float:
    """How long the code of this moment stays the current one."""
    return STEP_SECONDS - at_seconds % STEP_SECONDS
