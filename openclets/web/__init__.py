"""People in a browser, and the HTTPS API: views, forms, templates. A view reads input, makes one call, shows; no rules."""
