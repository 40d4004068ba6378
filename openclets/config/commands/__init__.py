"""One file per command; each is loaded only when it is called."""
