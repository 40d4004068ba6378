"""Start-up: settings from the environment, urls, logging, asgi, the command line. Imports all, imported by none."""
