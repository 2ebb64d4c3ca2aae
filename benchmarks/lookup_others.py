"""Runs a converter from PyPI over addresses: JSON in, JSON out; started by benchmarks.lookup.

Imports nothing of this project, since it runs in an environment of its own.
"""

import json
import socket
import sys
import time
from collections.abc import Callable

Answer = tuple[str | None, str | None]  # ward and province


def _no_network(*_: object, **__: object) -> None:
    raise OSError("no network in a comparison")


def vietnamadminunits() -> Callable[[str], Answer]:
    from vietnamadminunits import convert_address  # type: ignore[import-not-found]

    def ask(address: str) -> Answer:
        found = convert_address(address)
        return found.ward, found.province

    return ask


def vn_address_converter() -> Callable[[str], Answer]:
    from vn_address_converter import convert_to_new_address  # type: ignore[import-not-found]

    def ask(address: str) -> Answer:
        found = convert_to_new_address(address)
        return (None, None) if found.district else (found.ward, found.province)

    return ask


def main() -> None:
    """Reads a list of addresses, writes {seconds, answers}; an exception is an answer, too."""
    socket.socket.connect = _no_network  # type: ignore[assignment,method-assign]
    ask = {"vietnamadminunits": vietnamadminunits, "vn-address-converter": vn_address_converter}[
        sys.argv[1]
    ]()
    addresses = json.load(sys.stdin)
    rounds = []
    for _ in range(3):
        started = time.process_time()
        answers = [_answer(ask, address) for address in addresses]
        rounds.append(time.process_time() - started)
        if rounds[0] > 5:  # too slow to ask again
            break
    json.dump({"seconds": min(rounds), "answers": answers}, sys.stdout)


def _answer(ask: Callable[[str], Answer], address: str) -> list[str | None]:
    try:
        return list(ask(address))
    except Exception as error:  # noqa: BLE001  (whatever a library raises is no answer)
        return [None, type(error).__name__]


if __name__ == "__main__":
    main()
