"""Reading and writing YAML: fast, exact, and safe with hostile input."""
