"""Random input led by coverage, for every reader of the wire: `make fuzz`."""
