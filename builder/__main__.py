"""``python -m builder`` is the command ``registry``."""

from builder.cli import run

if __name__ == "__main__":
    run()
