"""Pages for the public. Unfilled: what a protected or restrained person may see of an order comes here."""
