"""One message in numbered steps, and the table from message key to verb; the same for socket, page and API."""
