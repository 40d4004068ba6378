"""The append-only record of every question, answer, change and refusal. Text identifiers, no foreign keys."""
