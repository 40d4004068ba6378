"""Code tables, value types and the catalogue of messages and fields, each with its source."""
