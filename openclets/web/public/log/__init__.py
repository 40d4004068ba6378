"""The public log, read-only: checkpoint and hash tiles for everybody, bundles of entries for auditors."""
