"""Protective orders: filing, what binds now, images of what the judge signed."""
