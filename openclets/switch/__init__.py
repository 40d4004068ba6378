"""Sockets: one asyncio process that accepts devices, carries frames both ways and has no tables."""
