"""The life of a person's access: proposed, vetted, granted by somebody else, reviewed each year, ended at once."""
