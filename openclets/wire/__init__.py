"""Bytes to frames to typed messages and back. No Django, no socket."""
