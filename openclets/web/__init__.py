"""People in a browser, and the HTTPS API. A view reads input, makes one call, shows; no rules."""
