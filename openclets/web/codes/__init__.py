"""The page that looks up codes."""
