"""Writing frames to one device. What it does not read in time ends the connection: replies wait in the database, not
in this process's memory."""

from __future__ import annotations

import asyncio
from typing import Final

from openclets.wire.framing import Framing, encode_frame

MAX_UNSENT_BYTES: Final = 256 * 1024
"""What may lie unsent in memory before writing waits for the device. Own decision: a dozen of the longest answers."""


class SlowReader(ConnectionError):
    """The device did not take what was sent to it in time."""


class Outbound:
    """The writing side of one connection. Frames leave whole and in the order of the calls."""

    def __init__(self, writer: asyncio.StreamWriter, *, framing: Framing, slow_reader_seconds: float) -> None:
        self._writer = writer
        self._framing = framing
        self._slow_reader_seconds = slow_reader_seconds
        self._is_given_up = False
        writer.transport.set_write_buffer_limits(high=MAX_UNSENT_BYTES)

    async def send(self, text: str) -> None:
        """Hands one message to the connection and waits while the device is behind.

        Raises: ConnectionError when the connection is gone; SlowReader when the device stays behind.
        """
        if self._is_given_up or self._writer.is_closing():
            raise ConnectionResetError("the connection is closed")
        self._writer.write(encode_frame(self._framing, text.encode()))
        try:
            async with asyncio.timeout(self._slow_reader_seconds):
                await self._writer.drain()
        except TimeoutError:
            raise SlowReader("the device does not read") from None
        except OSError as error:
            raise ConnectionResetError("the connection was lost") from error

    def give_up(self) -> None:
        """Nobody reads any more: what is still to be sent raises ConnectionError instead of going nowhere."""
        self._is_given_up = True

    async def close(self) -> None:
        """Sends what is left and closes; a device that takes neither is cut off."""
        self._writer.close()
        try:
            async with asyncio.timeout(self._slow_reader_seconds):
                await self._writer.wait_closed()
        except (OSError, TimeoutError):
            # The other side is gone or silent: there is nobody left to be polite to.
            self._writer.transport.abort()
