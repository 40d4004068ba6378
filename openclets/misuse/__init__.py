"""Explains accesses, scores the rest, keeps cases. Unfilled: reads the journal afterwards, in its own process."""
