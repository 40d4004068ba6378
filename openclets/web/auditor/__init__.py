"""The auditor's pages: list, filter and open journal entries; each look is itself journalled."""
