"""The repositories of tests/history serve here, too."""

from tests.history.conftest import _only_this_repository, clone, make_clone

__all__ = ["_only_this_repository", "clone", "make_clone"]
