"""The HTTPS API. Unfilled: filing and asking as JSON or NIEM XML come here."""
