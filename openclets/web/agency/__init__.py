"""The coordinator's pages: who may what until when, reminders, rosters, devices; and everybody's own access."""
