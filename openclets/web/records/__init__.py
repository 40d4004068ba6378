"""The records staff's pages. Unfilled: entry forms, validation lists and possible duplicates come here."""
