"""A made-up county: people, agencies and orders, the same for the same seed. No real person's data, ever."""
