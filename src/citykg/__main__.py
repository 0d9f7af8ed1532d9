"""`python -m citykg` is the command line."""

import sys

from citykg.cli.main import run

__all__: list[str] = []

if __name__ == "__main__":
    sys.exit(run())
