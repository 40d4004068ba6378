"""Stored messages and which device still has to get them."""
