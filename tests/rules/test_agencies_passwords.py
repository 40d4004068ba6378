"""Which passwords are taken and which are refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from openclets.agencies.passwords import NotBanned

REFUSED = (
    ("elevenchars", "too short"),
    ("trustno1trustno1", "a common one twice"),
    ("Password1234!", "a common one with figures and a sign behind"),
    ("2026!Sunshine!", "a common one between a year and a sign"),
    ("P@ssw0rd2026", "a common one with signs for letters"),
    ("sheriff sheriff", "a word of this system twice"),
    ("000000000000", "one character over and over"),
    ("abababababab", "two over and over"),
    ("qwertyuiopasdfgh", "a row of the keyboard"),
    ("x" * 1_001, "longer than is taken"),
)

TAKEN = (
    "correct horse battery staple",
    "  spaces at both ends count  ",
    "Grüße aus Ōsaka, gern zweimal",
    "7$9!2@q#8%1^Kd",
    "orchid lantern gravel",
    "long " * 198 + "enough",
)


@pytest.mark.parametrize(("password", "why"), REFUSED, ids=lambda it: it[:20])
def test_a_password_that_is_guessed_first_is_refused(password: str, why: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize("password", TAKEN, ids=lambda password: password[:20])
def test_a_long_or_unusual_password_is_taken(password: str) -> None:
    validate_password(password)


def test_no_character_of_a_password_is_cut_off() -> None:
    longest = "orchid lantern " * 66
    stored = make_password(longest)
    assert check_password(longest, stored)
    assert not check_password(longest[:-1], stored)
    assert not check_password(longest.strip(), stored)


def test_the_operators_list_is_refused_too(tmp_path: Path) -> None:
    banned = tmp_path / "banned.txt"
    banned.write_text("alderfalls\n\nSierraVista\n", encoding="utf-8")
    validator = NotBanned(str(banned))
    for password in ("AlderFalls2026!", "sierra vista 99"):
        with pytest.raises(ValidationError):
            validator.validate(password)
    validator.validate("orchid lantern gravel")
