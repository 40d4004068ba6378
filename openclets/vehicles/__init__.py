"""Driver and registration records. Unfilled: tables for licences and registrations come here."""
