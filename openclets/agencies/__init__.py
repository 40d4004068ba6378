"""Agencies, devices, people and what they may do; every permission is decided here."""
