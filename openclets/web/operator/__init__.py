"""The operator's pages. Unfilled: queues, links and the health of each process come here."""
