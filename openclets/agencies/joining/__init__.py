"""The life of an agency: application, review, agreements, active, suspended, ended."""
