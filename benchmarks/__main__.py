"""``make bench``: times the commands as whole processes on a synthetic registry.

Example: python -m benchmarks --json now.json --against before.json --write
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

import orjson

from benchmarks import measures, report


def main(arguments: list[str] | None = None) -> None:
    """Prints a table; ``--write`` puts it into the guide page, too."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--records", type=int, default=20_000, help="how many (default: 20000)")
    parser.add_argument(
        "--commits", type=int, default=5_000,
        help="of the history that is read and audited (default: 5000; 0 measures none)",
    )  # fmt: skip
    parser.add_argument("--keep", type=Path, metavar="DIR", help="make the registry there, keep it")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the result there")
    parser.add_argument(
        "--against", type=Path, metavar="FILE", help="compare with an earlier result"
    )
    parser.add_argument(
        "--write", action="store_true", help="put the table into the guide page huong-dan/toc-do"
    )
    options = parser.parse_args(arguments)
    try:
        earlier = report.read(options.against) if options.against else None
        found = _run(options.records, options.commits, options.keep)
        if options.json:
            options.json.write_bytes(orjson.dumps(found, option=orjson.OPT_INDENT_2))
        if options.write:
            report.write_page(found)
    except report.NoResult as error:
        sys.exit(str(error))
    print(report.table(found, earlier))


def _run(records: int, commits: int, keep: Path | None) -> dict[str, object]:
    root = keep or Path(tempfile.mkdtemp(prefix="registry-bench-"))
    past = Path(tempfile.mkdtemp(prefix="registry-past-"))
    try:
        print(f"... writing {records:,} records", file=sys.stderr, flush=True)
        measures.prepare(root, records)
        pace = measures.pace()
        found, sizes = measures.measures(root), measures.sizes(root)
        if commits:
            print(f"... writing {commits:,} commits", file=sys.stderr, flush=True)
            found += measures.past(past, records, commits)
        return report.result(records, commits, found, sizes, pace)
    finally:
        shutil.rmtree(past, ignore_errors=True)
        if keep is None:
            shutil.rmtree(root, ignore_errors=True)


if __name__ == "__main__":
    main()
