"""Whether a port can be had, told before a server tries and with the way to another."""

from __future__ import annotations

import contextlib
import socket
import time
from typing import Final

import click

BUSY_FOR_SECONDS: Final = 3.0
"""How long to wait for a port that a program just killed may still hold. Own decision."""


def check_port_free(host: str, port: int, variable: str) -> None:
    """Returns when the port can be listened on; port 0 always can.

    Raises: click.ClickException naming the variable that chooses another.
    """
    deadline = time.monotonic() + BUSY_FOR_SECONDS
    while not _is_free(host, port):
        if time.monotonic() > deadline:
            raise click.ClickException(
                f"Port {port} on {host} is busy: stop the program that uses it, or choose another with {variable}."
            )
        time.sleep(0.1)


def accepts_connections(host: str, port: int) -> bool:
    """Whether something listens there now."""
    with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
        return True
    return False


def free_port(host: str) -> int:
    """A port of `host` that nothing listens on now."""
    with socket.socket(_family(host), socket.SOCK_STREAM) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def _is_free(host: str, port: int) -> bool:
    with socket.socket(_family(host), socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
