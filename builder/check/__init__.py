"""The rules: one small function per rule, with an id, a severity and a way to mend."""
