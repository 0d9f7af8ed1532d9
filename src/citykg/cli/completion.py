"""`citykg completion`: the completion script of a shell."""

import argparse

from citykg.cli.render import write_text

__all__ = ["add_parser", "run"]

_EPILOG = """\
examples:
  citykg completion bash > ~/.local/share/bash-completion/completions/citykg
  citykg completion zsh > ~/.zfunc/_citykg
  eval "$(citykg completion bash)"        for this shell only
"""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb to the command line."""
    parser = subparsers.add_parser(
        "completion",
        help="print the completion script of a shell",
        description="Print a script that completes verbs, options and file names.",
        epilog=_EPILOG,
    )
    parser.add_argument("shell", choices=("bash", "zsh"), help="the shell that will read the script")


def run(args: argparse.Namespace) -> int:
    """Print the script."""
    import shtab

    from citykg.cli.main import full_parser

    write_text(shtab.complete(full_parser(), shell=args.shell).rstrip("\n") + "\n")
    return 0
