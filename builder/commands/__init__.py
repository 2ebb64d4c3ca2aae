"""The commands of the command line, one module each; thin, without rules of the domain."""
