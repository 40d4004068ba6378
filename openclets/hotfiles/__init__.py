"""Wanted, missing, stolen and the other hot files. Unfilled: one engine and a catalogue per file come here."""
