"""The records staff's pages: possible duplicates, side by side, and the decisions made about them."""
