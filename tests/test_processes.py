"""Work beside: shared out so that nothing is done twice or left, and ended with its parent."""

import os
import select
import signal
import sys

import pytest

from builder.findings import RegistryError
from builder.processes import aside, portions, several

needs_two = pytest.mark.skipif(not several(), reason="needs fork and two cores")


@pytest.mark.parametrize("count", [0, 1, 2, 999, 1000, 1001, 25_000])
def test_two_processes_take_every_number_once(count: int) -> None:
    with (
        portions(count) as taken,
        aside(lambda: [number for portion in taken for number in portion], "counting") as result,
    ):
        here = [number for portion in taken for number in portion]
        assert sorted(here + result()) == list(range(count))


def test_who_comes_late_finds_nothing_left() -> None:
    with portions(10) as taken:
        assert sum(len(portion) for portion in taken) == 10
        assert list(taken) == []


@needs_two
def test_a_process_that_is_killed_is_an_error_that_says_what_it_did() -> None:
    def work() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    with (
        aside(work, "stamping pages") as result,
        pytest.raises(RegistryError, match="stamping pages ended early"),
    ):
        result()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it works on to its end")
@needs_two
def test_work_beside_ends_when_its_parent_is_killed() -> None:
    """Whoever still runs holds the other end of the pipe open."""
    reader, writer = os.pipe()
    begun, begin = os.pipe()
    parent = os.fork()
    if parent == 0:
        os.close(reader)

        def work() -> None:
            os.write(begin, b"x")
            signal.pause()

        with aside(work, "waiting") as result:
            result()
    os.close(writer)
    os.read(begun, 1)
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    ended, _, _ = select.select([reader], [], [], 30)
    assert ended
    assert os.read(reader, 1) == b""
