"""citykg verify: prove that a triple store holds the whole graph."""

import argparse

from citykg.cli.load import add_target, connected, opened, planned
from citykg.cli.render import write_text

__all__ = ["add_parser", "run"]

_EPILOG = """\
examples:
  citykg verify http://localhost:3030/ds              does this dataset hold what is built here?
  citykg verify newsroom                              a target of citykg.toml
  citykg verify http://localhost:7878 --graphs asserted
  citykg verify newsroom --from city.nq.gz            does it hold what this file holds?

Counts per graph are compared, and every statement: blank nodes by what surrounds them, literals by
value. Literals that the store writes in another form of the same value are listed and are no difference.
Exit status: 0 the store is whole, 1 something is missing, changed or left over.
"""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb to the command line."""
    parser = subparsers.add_parser(
        "verify",
        help="prove that a triple store holds the whole graph",
        description="Compare what a triple store holds with what is built here, or with a file.",
        epilog=_EPILOG,
    )
    add_target(parser)


def run(args: argparse.Namespace) -> int:
    """Verify as the arguments say; returns the exit status."""
    from citykg.cli.load_text import report
    from citykg.load import open_ledger
    from citykg.verify import verify

    target, endpoint = connected(args)
    dataset = opened(args)
    recorded = open_ledger(dataset.journals, target=target.url).names
    found = verify(dataset.source, endpoint, planned(args, dataset, endpoint), recorded=recorded)
    write_text(report(found))
    return 0 if found.whole else 1
