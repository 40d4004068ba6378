"""`python -m openclets`: the same as the `openclets` command."""

from openclets.config.command_line import main

main()
