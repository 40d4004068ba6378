"""The officer's page: one command line, one form, the answer most dangerous first."""
