"""The name index: who might this be; keys, candidates, score, reasons."""
