"""Courses and their exam, for everybody with a duty."""
