"""What an installed openclets holds, where it comes from, and what set-up says when something is missing."""

from __future__ import annotations

import ast
import importlib.metadata
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
PIN = re.compile(r"^([a-z0-9][a-z0-9.-]*)==(\S+?)(?: ;.*)? \\$", re.MULTILINE)


def load_hook() -> ModuleType:
    """The build hook, which is no part of any package."""
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    hook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hook)
    return hook


def imported_packages(path: Path) -> set[str]:
    """The first part of every module that a file imports, within functions too."""
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.append(node.module)
    return {name.partition(".")[0] for name in names}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what set-up and the build hook read, with the npm packages already brought."""
    for name in ("pyproject.toml", "package.json", "package-lock.json", "hatch_build.py"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "node_modules").symlink_to(ROOT / "build" / "node_modules")
    return tmp_path


def run_tool(checkout: Path, tool: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [checkout / "tools" / tool],
        env={"PATH": os.environ["PATH"], **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


# The build hook


def test_page_parts_once_copied_are_not_copied_again(checkout: Path) -> None:
    hook = load_hook()
    assert hook.bring_page_parts(checkout, with_test_parts=True) is True
    assert hook.bring_page_parts(checkout, with_test_parts=True) is False


def test_a_copy_that_was_stopped_half_way_is_made_anew(checkout: Path) -> None:
    hook = load_hook()
    hook.bring_page_parts(checkout, with_test_parts=False)
    copied = checkout / "openclets/web/static/vendor/uswds"
    (copied / "lock.sha256").unlink()
    (copied / "css/uswds.min.css").unlink()
    left_over = copied.with_name("uswds.new")
    left_over.mkdir()
    assert hook.bring_page_parts(checkout, with_test_parts=False) is True
    assert (copied / "css/uswds.min.css").is_file()
    assert not left_over.exists()


def test_another_lock_brings_other_page_parts(checkout: Path) -> None:
    hook = load_hook()
    before = hook.fingerprint(checkout)
    with (checkout / "package-lock.json").open("a") as lock:
        lock.write("\n")
    assert hook.fingerprint(checkout) != before


def test_every_picture_and_font_that_a_sheet_loads_is_there() -> None:
    copied = ROOT / "openclets/web/static/vendor/uswds"
    sheet = (copied / "css/uswds.min.css").read_text(encoding="utf-8")
    loaded = re.findall(r"url\(\.\./([^)]+)\)", sheet)
    assert len(set(loaded)) > 40
    assert [name for name in loaded if not (copied / name).is_file()] == []
    assert "sourceMappingURL" not in sheet


def test_the_accessibility_checker_lies_where_browser_tests_read_it_and_is_not_handed_out() -> None:
    assert (ROOT / "build/node_modules/axe-core/axe.min.js").is_file()
    assert list((ROOT / "openclets/web/static").rglob("axe*")) == []


def test_a_wheel_holds_all_that_runs_and_nothing_else(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*command, "--no-build-isolation", "--wheel-dir", tmp_path, ROOT], check=True, timeout=120)
    (wheel,) = tmp_path.glob("openclets-*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for name in (
        "openclets/web/static/vendor/uswds/css/uswds.min.css",
        "openclets/web/static/vendor/uswds/js/uswds.min.js",
        "openclets/web/static/vendor/uswds/js/uswds-init.min.js",
        "openclets/web/static/vendor/uswds/img/sprite.svg",
        "openclets/web/static/vendor/uswds/LICENSE.md",
        "openclets/web/static/openclets/base.css",
        "openclets/web/templates/base.html",
        "openclets/vocabulary/tables/sex.tsv",
        "openclets/journal/migrations/0001_initial.py",
    ):
        assert name in names
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"openclets"}
    assert [name for name in names if name.endswith((".pem", ".key", ".p12", ".sqlite3"))] == []
    assert any(name.endswith("licenses/LICENSE") for name in names)


# The locks


def test_every_npm_package_is_locked_by_hash_and_to_no_one_registry() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert "node_modules/@uswds/uswds" in packages
    assert "node_modules/axe-core" in packages
    for entry in packages.values():
        assert entry["integrity"].startswith("sha512-")
        assert "resolved" not in entry


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_every_python_package_is_locked_by_hash_and_to_no_one_registry(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text()
    pins = PIN.findall(text)
    assert len(pins) == len(re.findall(r"^[^\s#]", text, re.MULTILINE)), "a pin was not recognised"
    assert len(pins) > 30
    for block in re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]:
        assert "--hash=sha256:" in block
    assert "://" not in text
    assert "--index" not in text


def test_tests_run_with_the_very_versions_that_are_installed_for_use() -> None:
    run = set(PIN.findall((ROOT / "requirements/run.txt").read_text()))
    dev = set(PIN.findall((ROOT / "requirements/dev.txt").read_text()))
    assert run < dev


def test_the_lock_names_everything_that_the_project_depends_on() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    for name, asked in (
        ("run.txt", project["dependencies"]),
        ("dev.txt", project["dependencies"] + project["optional-dependencies"]["dev"]),
    ):
        locked = {pin[0] for pin in PIN.findall((ROOT / "requirements" / name).read_text())}
        wanted = {match[0] for dependency in asked if (match := re.match(r"[a-z0-9-]+", dependency))}
        assert len(wanted) == len(asked)
        assert wanted - locked == set(), "run `make lock`"


LIES_BESIDE_IT = {("openclets/journal/verify_export.py", "verify_log")}
"""Imports of a file that an outsider runs by itself, of another one handed out with it."""


def test_everything_the_package_imports_is_installed_with_it() -> None:
    distributions = importlib.metadata.packages_distributions()
    installed = {pin[0] for pin in PIN.findall((ROOT / "requirements/run.txt").read_text())}
    missing = set()
    for path in (ROOT / "openclets").rglob("*.py"):
        for module in imported_packages(path) - sys.stdlib_module_names - {"openclets"}:
            names = {re.sub(r"[-_.]+", "-", name).lower() for name in distributions.get(module, [module])}
            if not names & installed and (str(path.relative_to(ROOT)), module) not in LIES_BESIDE_IT:
                missing.add(f"{path.relative_to(ROOT)} imports {module}")
    assert missing == set()


# Set-up


def test_set_up_says_in_one_line_that_python_is_too_old(checkout: Path) -> None:
    done = run_tool(checkout, "set-up", PYTHON="false")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "Python 3.11 or newer is needed" in done.stderr


def test_set_up_says_in_one_line_that_the_venv_module_is_missing(checkout: Path) -> None:
    python = checkout / "python"
    python.write_text('#!/bin/sh\ncase "$*" in *ensurepip*) exit 1 ;; esac\n')
    python.chmod(0o755)
    done = run_tool(checkout, "set-up", PYTHON=str(python))
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "apt-get install python3-venv" in done.stderr


def test_a_half_made_environment_is_not_taken_for_a_whole_one(checkout: Path) -> None:
    half_made = checkout / ".venv/bin"
    half_made.mkdir(parents=True)
    (half_made / "python").symlink_to(sys.executable)
    done = run_tool(checkout, "set-up", PYTHON="false")
    assert done.returncode == 1, "set-up took a folder without a stamp for a finished environment"


def test_the_browser_that_was_named_must_be_there() -> None:
    done = run_tool(ROOT, "browser", OPENCLETS_CHROMIUM="/nowhere/chromium")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "/nowhere/chromium" in done.stderr
