"""`openclets switch`: the process that devices connect to, until told to stop."""

from __future__ import annotations

import asyncio
import gc
import signal
import ssl
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
import structlog
import uvloop

from openclets.config.environment import Environment, read_environment
from openclets.config.ports import check_port_free
from openclets.config.terminal_client import AUTHORITY_FILE
from openclets.vocabulary.errors import Unavailable
from openclets.vocabulary.identifiers import Mnemonic

if TYPE_CHECKING:
    from openclets.switch.bridge import Bridge

SERVER_CERTIFICATE: Final = "server.pem"
SERVER_KEY: Final = "server.key"
FORGET_EVERY_SECONDS: Final = 3600.0

_log = structlog.get_logger("switch")


@click.command()
def switch() -> None:
    """Answer devices on OPENCLETS_SWITCH_HOST and OPENCLETS_SWITCH_PORT, by TLS with device certificates."""
    environment = read_environment()
    check_port_free(environment.switch_host, environment.switch_port, "OPENCLETS_SWITCH_PORT")
    _check_certificates(environment.certificates_folder)
    # Django is loaded only by commands that need it, and before anything that has tables.
    import django

    django.setup()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(environment))


async def _serve(environment: Environment) -> None:
    from openclets.switch.bridge import Bridge
    from openclets.switch.listener import Listener, Tls

    folder = environment.certificates_folder
    bridge = Bridge(threads=environment.pool_threads)
    listener = Listener(
        node=Mnemonic(environment.node),
        security=Tls(folder / AUTHORITY_FILE, folder / SERVER_CERTIFICATE, folder / SERVER_KEY),
        bridge=bridge,
        clock=lambda: datetime.now(UTC),
    )
    # What is loaded by now stays for good: collecting garbage need not look at it again while officers wait.
    gc.collect()
    gc.freeze()
    told_to_stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told_to_stop.set)
    try:
        await listener.start(environment.switch_host, environment.switch_port)
    except ssl.SSLError as error:
        raise click.ClickException(
            f"The certificates in {folder} cannot be used ({error.reason}): put your own authority's there, or remove "
            "that folder and start `openclets demo` to have a demo's made anew."
        ) from None
    except OSError as error:
        raise click.ClickException(
            f"The switch cannot listen on {environment.switch_host} port {environment.switch_port} ({error.strerror}): "
            "choose others with OPENCLETS_SWITCH_HOST and OPENCLETS_SWITCH_PORT."
        ) from None
    tidying = asyncio.create_task(_forget_now_and_then(bridge))
    await told_to_stop.wait()
    tidying.cancel()
    await listener.drain()
    bridge.close()


async def _forget_now_and_then(bridge: Bridge) -> None:
    """What devices have had for long goes, at the start and every hour."""
    from openclets.exchange.sessions import forget_replies

    while True:
        try:
            count = await bridge.question(lambda: forget_replies(now=datetime.now(UTC)))
            _log.info("replies_forgotten", count=count)
        except Unavailable as error:
            _log.warning("replies_not_forgotten", reason=error.what)
        await asyncio.sleep(FORGET_EVERY_SECONDS)


def _check_certificates(folder: Path) -> None:
    missing = [name for name in (AUTHORITY_FILE, SERVER_CERTIFICATE, SERVER_KEY) if not (folder / name).is_file()]
    if missing:
        raise click.ClickException(
            f"{' and '.join(missing)} missing in {folder}: `openclets demo` makes them for a demo; otherwise put your "
            "authority's there, or name another folder with OPENCLETS_CERTIFICATES."
        )
