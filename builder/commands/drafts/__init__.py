"""What `registry new` is made of: templates, and what goes into a record."""
