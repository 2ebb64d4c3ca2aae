"""From the outside: unit lists and the texts of resolutions."""
