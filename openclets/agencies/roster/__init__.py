"""An agency's people as one file: reading it, what it would change, and changing it."""
