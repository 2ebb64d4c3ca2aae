"""Search: one fold, the index of the command line, the index of the browser."""
