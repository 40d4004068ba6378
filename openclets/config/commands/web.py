"""`openclets web`: the pages, served until told to stop."""

from __future__ import annotations

import click
import uvicorn

from openclets.config.environment import read_environment
from openclets.config.ports import check_port_free


@click.command()
def web() -> None:
    """Serve the pages on OPENCLETS_WEB_HOST and OPENCLETS_WEB_PORT."""
    environment = read_environment()
    check_port_free(environment.web_host, environment.web_port, "OPENCLETS_WEB_PORT")
    uvicorn.run(
        "openclets.config.asgi:application",
        host=environment.web_host,
        port=environment.web_port,
        log_config=None,
        access_log=False,  # addresses and query strings can name people; the journal is the record
        server_header=False,
        timeout_graceful_shutdown=5,
    )
