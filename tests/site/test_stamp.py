"""Stamping many pages: what is left behind in memory, and what is not."""

import gc
import weakref
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from builder import processes
from builder.site.output import Output, Previous, Staging
from builder.site.page import Page
from builder.site.stamp import Stamper, stamp_all

PAGES, CYCLES = 400, 200  # twice as many cycles as Python waits for, and more


class Cycle:
    """What templates leave behind: an object that keeps itself."""

    def __init__(self) -> None:
        self.me = self


class Wasteful:
    """Stamps nothing, and counts what it left behind."""

    def __init__(self) -> None:
        self.freed = 0
        self._watched: list[weakref.ref[Cycle]] = []

    def stamp(self, page: Page, _: Staging) -> tuple[Output, bool]:
        self._watched += [weakref.ref(Cycle(), self._count) for _ in range(CYCLES)]
        return Output(page.address, "", "", 0), True

    def compile(self) -> None:
        """There are no templates."""

    def _count(self, _: Any) -> None:
        self.freed += 1


@pytest.fixture
def wasteful(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wasteful]:
    """After it has stamped, in this process alone and with Python's own search switched off."""
    monkeypatch.setattr(processes, "several", lambda: False)
    stamper = Wasteful()
    pages = [
        cast("Page", SimpleNamespace(address=f"{n}/", tree="", language="vi")) for n in range(PAGES)
    ]
    staging = Staging(tmp_path, Previous(tmp_path / "none"))
    was_enabled = gc.isenabled()
    gc.disable()
    stamp_all(pages, cast("Stamper", stamper), staging, lambda _: None, lambda _: None)
    assert not gc.isenabled()
    yield stamper
    if was_enabled:
        gc.enable()


def test_cycles_that_pages_leave_behind_are_freed_while_others_are_stamped(
    wasteful: Wasteful,
) -> None:
    assert wasteful.freed > PAGES * CYCLES / 2
