"""`demo.json` in a demo's data folder: where its switch listens and how its fictional people sign on.

It exists so that `openclets send --user chen` needs nothing more. It holds secrets of people who do not exist; a real
installation never has this file.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

FILE_NAME: Final = "demo.json"


class DemoFileBroken(Exception):
    """The file is there but cannot be used; the text says why and how to mend it."""


@dataclass(frozen=True, slots=True)
class DemoUser:
    """One fictional person. `totp_secret` is base32 (RFC 4648), `device` the mnemonic they send from."""

    agency: str
    device: str
    totp_secret: str
    full_name: str = ""
    duty: str = ""


@dataclass(frozen=True, slots=True)
class Demo:
    """A demo's switch and people by sign-in name; all have the same password."""

    host: str
    port: int
    password: str
    users: Mapping[str, DemoUser]


def write_demo_file(data_folder: Path, demo: Demo) -> Path:
    """Writes the file whole or not at all, readable for its owner only; returns its path."""
    path = data_folder / FILE_NAME
    unfinished = path.with_suffix(".new")
    content = {
        "switch": {"host": demo.host, "port": demo.port},
        "password": demo.password,
        "users": {name: asdict(user) for name, user in sorted(demo.users.items())},
    }
    with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(content, file, indent=1)
    unfinished.replace(path)
    return path


def read_demo_file(data_folder: Path) -> Demo | None:
    """The demo of this data folder; None when the folder is no demo's.

    Raises: DemoFileBroken.
    """
    path = data_folder / FILE_NAME
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Demo(
            host=str(content["switch"]["host"]),
            port=int(content["switch"]["port"]),
            password=str(content["password"]),
            users={name: DemoUser(**user) for name, user in content["users"].items()},
        )
    except (FileNotFoundError, NotADirectoryError):
        return None
    except PermissionError:
        raise DemoFileBroken(f"{path} belongs to somebody else: run as the user who started the demo") from None
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise DemoFileBroken(f"{path} cannot be read ({error}): start the demo again, it writes a new one") from None
