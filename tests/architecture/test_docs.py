"""What the documentation names exists: files, headings, make targets, commands, settings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from openclets.config.command_line import COMMANDS
from openclets.config.environment import VARIABLES

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`")


def page_name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def headings(page: Path) -> set[str]:
    """The page's headings as links name them."""
    lines = FENCE.sub("", page.read_text(encoding="utf-8")).splitlines()
    titles = [line.lstrip("#").strip().lower() for line in lines if line.startswith("#")]
    return {re.sub(r"[^\w\- ]", "", title).replace(" ", "-") for title in titles}


def commands_in(page: Path) -> Iterator[str]:
    """Every line of a code block, and every piece of code within a sentence."""
    text = page.read_text(encoding="utf-8")
    for block in FENCE.findall(text):
        yield from block.splitlines()[1:-1]
    yield from CODE.findall(FENCE.sub("", text))


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = []
    for target in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        place = (page.parent / path).resolve() if path else page
        if not place.exists() or (anchor and anchor not in headings(place)):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_every_make_target_that_is_named_exists(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    named = {match[1] for code in commands_in(page) if (match := re.search(r"(?:^|\s)make ([a-z-]+)", code))}
    assert named - targets == set()


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_every_command_that_is_named_exists(page: Path) -> None:
    named = {match[1] for code in commands_in(page) if (match := re.match(r"(?:\S*/)?openclets ([a-z]+)", code))}
    assert named - set(COMMANDS) == set()


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_every_setting_that_is_named_exists(page: Path) -> None:
    named = set(re.findall(r"\bOPENCLETS_[A-Z_]+\b", page.read_text(encoding="utf-8")))
    assert named - {variable.name for variable in VARIABLES} == set()


def test_every_make_target_says_what_it_does() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = re.findall(r"^([a-z-]+):(.*)", makefile, re.MULTILINE)
    assert [name for name, rest in targets if "## " not in rest] == []


def test_the_decisions_are_numbered_without_a_gap() -> None:
    numbers = sorted(int(page.name[:4]) for page in (ROOT / "docs/decisions").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 10


def test_no_file_names_a_place_on_the_machine_it_was_written_on() -> None:
    # Put together here, so that this file does not hold them.
    places = [f"/{place}" for place in ("work/main", "work/shared", "work/.library", "tmp/x/", "root/")]
    folders = ("openclets", "tests", "docs", "tools", ".ci", "requirements")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    files += [path for path in ROOT.iterdir() if path.is_file()]
    naming = []
    for path in files:
        if "__pycache__" in path.parts or "vendor" in path.parts:
            continue
        content = path.read_bytes()
        naming += [f"{page_name(path)}: {place}" for place in places if place.encode() in content]
    assert naming == []


def test_every_test_that_the_table_of_controls_names_exists() -> None:
    table = (ROOT / "docs" / "cjis.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(test_\w+)`", table))
    missing = named - {path.stem for path in (ROOT / "tests").rglob("test_*.py")}
    assert len(named) > 30
    assert missing == set()


def test_a_control_that_no_test_shows_says_what_is_left_to_the_deployment() -> None:
    text = (ROOT / "docs" / "cjis.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if line.startswith("| ")][1:]
    assert {len(cells) for cells in rows} == {4}
    assert [cells[0] for cells in rows if "`test_" not in cells[2] and not cells[3]] == []
