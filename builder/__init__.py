"""Registry of the documents of Vietnam's two-level local government.

YAML records in git are validated, linked, and built into a static site.
Data flows one way through the layers:
store -> models -> registry -> derive -> {check, site, search, export}.
"""

__version__ = "0.1.0"
