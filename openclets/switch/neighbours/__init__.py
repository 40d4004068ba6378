"""Links to other switches and indexes: one interface, one file per dialect. Unfilled until the first is linked."""
