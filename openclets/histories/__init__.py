"""Criminal offender records. Unfilled: cycles, dispositions, relief and disclosure come here."""
