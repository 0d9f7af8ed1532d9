"""`citykg completion`: the completion script of a shell."""

import argparse
from collections.abc import Iterator

from citykg.cli.render import write_text

__all__ = ["WITHOUT", "add_parser", "run"]

_ANY = "prints the same script whatever is built"
WITHOUT = {"project": _ANY, "store": _ANY}

# By what an argument is called in the help.
_QUERIES = ("NAME", "NAME|FILE.rq|-")
_FILES = ("FILE", "FILE|DIR", "FILE.rq", "DIR", "DIR|URL", "A", "B")
_PREAMBLE = {
    "bash": """\
_citykg_queries() {
  compgen -W "$(citykg queries --names 2>/dev/null)" -- "$1"
  compgen -f -- "$1"
}
""",
    "zsh": """\
_citykg_queries() {
  local -a names
  names=(${(f)"$(citykg queries --names 2>/dev/null)"})
  compadd -a names
  _files
}
""",
}

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
        description="Print a script that completes verbs, options, values, stored queries and files.",
        epilog=_EPILOG,
    )
    parser.add_argument("shell", choices=("bash", "zsh"), help="the shell that will read the script")


def run(args: argparse.Namespace) -> int:
    """Print the script."""
    import shtab

    from citykg.cli.main import full_parser

    parser = full_parser()
    for action in _actions(parser):
        if not action.option_strings and action.metavar in _QUERIES:
            action.complete = dict.fromkeys(_PREAMBLE, "_citykg_queries")  # type: ignore[attr-defined]
        elif action.metavar in _FILES:
            action.complete = shtab.FILE  # type: ignore[attr-defined]
    write_text(shtab.complete(parser, shell=args.shell, preamble=_PREAMBLE[args.shell]).rstrip("\n") + "\n")
    return 0


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for subparser in action.choices.values():
                yield from _actions(subparser)
        else:
            yield action
