"""How often the system was used, month by month, for everybody."""
