"""The append-only record of every question, answer, change and refusal. Stands alone: text identifiers, no foreign keys."""
