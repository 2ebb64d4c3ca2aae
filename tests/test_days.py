"""Days as people write them, and time in Vietnam."""

import doctest

from builder import days


def test_the_examples_in_the_docstrings_hold() -> None:
    found = doctest.testmod(days)
    assert (found.failed, found.attempted > 0) == (0, True)


def test_a_forged_time_is_the_nearest_that_can_be_named() -> None:
    years = [days.in_vietnam(seconds).year for seconds in (-(10**15), 0, 10**18)]
    assert years == [1970, 1970, 9987]
