"""The registry as data for other programs."""
