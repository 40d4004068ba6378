"""Certificates by which devices are known: asked for, issued, rotated, revoked, and looked at when a device comes."""
