"""The door: finds the verb, imports its module only, runs it, and turns every error into one message."""

import argparse
import gc
import importlib
import os
import sys
from collections.abc import Sequence
from types import ModuleType

from citykg import __version__
from citykg.cli.options import (
    GLOBAL_OPTIONS_WITH_VALUE,
    add_global_options,
    refuse_global_options,
    settle_global_options,
)
from citykg.errors import CannotRun, CitykgError, UsageError

TYPE_CHECKING = False  # typing is not imported on the way to a query
if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any, NoReturn

__all__ = ["VERBS", "available_verbs", "full_parser", "run"]

#: Every verb with its one line of help, in the order of the listing. ``cli/<verb>.py`` holds
#: ``add_parser(subparsers)`` and ``run(args) -> int``; a verb whose module does not exist is not listed.
#: ``WITHOUT`` of a module names the global options that it would ignore, with what it reads instead.
VERBS: tuple[tuple[str, str], ...] = (
    ("build", "parse, reason, validate and index the project's graph"),
    ("validate", "check knowledge files against the shapes and the data checks"),
    ("query", "run a stored query, a query file or a query text"),
    ("queries", "list what can be asked, or show one stored query in full"),
    ("search", "find things by label and alias"),
    ("show", "everything about a thing, each fact with its passage"),
    ("explain", "why a triple holds, or what breaks a rule, down to passages and axioms"),
    ("ask", "answer a question in Chinese, with the query and the passages"),
    ("export", "write the graph in an RDF format"),
    ("load", "put the graph into a triple store"),
    ("verify", "prove that a triple store holds the whole graph"),
    ("diff", "compare two graphs"),
    ("init", "start a project folder of your own"),
    ("completion", "print the completion script of a shell"),
)

# Python has no translations of argparse's own words, but would look for them in every folder, for each.
argparse._ = str  # type: ignore[attr-defined]

_PACKAGE = "citykg.cli"
_DESCRIPTION = "Chinese city news as a knowledge graph that can be trusted and asked."
_EPILOG = """\
examples:
  citykg queries                          what can be asked
  citykg query project-investments        a stored query
  citykg show 联顺制药                     a thing, with its passages

`citykg help VERB` explains a verb. Results go to standard output, everything else to standard error.
Exit status: 0 done, 1 the answer is no, 2 wrong usage, 3 could not run.
"""


def run(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if argv is None:
        _open_closed_streams()
    try:
        return _run_verb(arguments, own_process=argv is None)
    except CitykgError as error:
        return _report(error, arguments)
    except KeyboardInterrupt:
        print("citykg: interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return _end_by_closed_pipe()
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        failure = CannotRun("system", f"{where}{error.strerror or error}")
        failure.__cause__ = error  # for CITYKG_DEBUG
        return _report(failure, arguments)
    except Exception as error:  # noqa: BLE001 - the last door: a fault of ours is asked to be reported, in one line
        return _report_fault(error)


def _open_closed_streams() -> None:
    """Put the null device where a standard stream was closed, so that no file is opened in its place."""
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        if getattr(sys, name) is None:
            descriptor = os.open(os.devnull, os.O_RDWR)
            if descriptor != number:
                os.dup2(descriptor, number)
                os.close(descriptor)
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115


def available_verbs() -> tuple[tuple[str, str], ...]:
    """Return the verbs whose modules exist, with their help."""
    here = os.path.dirname(__file__)  # noqa: PTH120 - pathlib is not needed on the way to a query
    return tuple((verb, line) for verb, line in VERBS if os.path.exists(f"{here}/{verb}.py"))  # noqa: PTH110


def full_parser() -> argparse.ArgumentParser:
    """Return the parser with every verb in it, for completion and documentation; imports all of them."""
    return _parser([verb for verb, _ in available_verbs()])


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Help as it is written; finds the terminal's width without importing shutil for it."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are ours."""

    def __init__(self, **options: "Any") -> None:
        super().__init__(**{**options, "formatter_class": _Formatter, "allow_abbrev": False})

    def _print_message(self, message: str, file: "Any" = None) -> None:
        if file is not sys.stdout:
            super()._print_message(message, file)
            return
        from citykg.cli.render import write_text

        write_text(message)  # argparse itself is silent about a full disk

    def error(self, message: str) -> "NoReturn":
        raise UsageError("usage", message, f"see {self.prog} --help")


def _run_verb(arguments: list[str], *, own_process: bool) -> int:
    if own_process:
        gc.disable()  # nothing that is imported or parsed on the way to a verb is garbage
    verb, position = _find_verb(arguments)
    if verb == "help":
        rest = [argument for argument in arguments[position + 1 :] if not argument.startswith("-")]
        arguments = [*rest[:1], "--help"]
        verb = rest[0] if rest else None
    if verb is None:
        return _flushed(_run_without_verb(arguments))
    if verb not in dict(available_verbs()):
        _refuse_options_before(position, arguments)
    parser = _parser([verb])
    args, unknown = parser.parse_known_args(arguments)
    if unknown:
        raise _unknown_arguments(parser, verb, unknown)
    module = _module(verb)
    refuse_global_options(args, verb, getattr(module, "WITHOUT", {}))
    settle_global_options(args)
    ends_at_once = own_process and getattr(module, "ENDS_AT_ONCE", False)
    if not ends_at_once:
        gc.enable()
    status = _flushed(module.run(args))
    if ends_at_once:
        os._exit(status)  # taking the interpreter down would take a tenth of the whole
    return status


def _run_without_verb(arguments: list[str]) -> int:
    parser = _listing_parser()
    parser.parse_args(arguments)  # --help and --version end here
    if arguments:
        raise UsageError("no-verb", "no verb given", "citykg --help lists the verbs")
    parser.print_help()
    return 0


def _refuse_options_before(verb: int, arguments: Sequence[str]) -> None:
    """Refuse an unknown option before the verb, whose value would be taken for an unknown verb."""
    _, unknown = _listing_parser().parse_known_args(arguments[:verb])
    if unknown:
        from citykg.nearest import nearest_hint

        name = unknown[0].partition("=")[0]
        known = sorted(GLOBAL_OPTIONS_WITH_VALUE)
        hint = nearest_hint(name, known, otherwise="citykg --help lists the global options")
        raise UsageError("unknown-option", f"there is no option {name} before the verb", hint)


def _find_verb(arguments: Sequence[str]) -> tuple[str | None, int]:
    """Return the first argument that is neither a global option nor the value of one, and its index."""
    skip = False
    for index, argument in enumerate(arguments):
        if skip:
            skip = False
        elif argument in GLOBAL_OPTIONS_WITH_VALUE:
            skip = True
        elif not argument.startswith("-"):
            return argument, index
    return None, len(arguments)


def _module(verb: str) -> ModuleType:
    known = dict(available_verbs())
    if verb not in known:
        from citykg.nearest import nearest_hint

        hint = nearest_hint(verb, known, otherwise="citykg --help lists the verbs")
        raise UsageError("unknown-verb", f"no verb {verb!r}", hint)
    return importlib.import_module(f"{_PACKAGE}.{verb}")


def _base_parser(**options: "Any") -> _Parser:
    parser = _Parser(
        prog="citykg",
        description=_DESCRIPTION,
        **options,
    )
    parser.add_argument("-V", "--version", action="version", version=f"citykg {__version__}")
    add_global_options(parser)
    return parser


def _listing_parser() -> _Parser:
    verbs = available_verbs()
    width = max((len(verb) for verb, _ in verbs), default=0)
    listing = "\n".join(f"  {verb:<{width}}  {line}" for verb, line in verbs)
    parser = _base_parser(usage="citykg [global options] VERB ...", epilog=f"verbs:\n{listing}\n\n{_EPILOG}")
    parser.add_argument("verb", nargs="?", metavar="VERB", help=argparse.SUPPRESS)
    return parser


def _parser(verbs: Sequence[str]) -> _Parser:
    parser = _base_parser(epilog=_EPILOG)
    subparsers = parser.add_subparsers(dest="verb", metavar="VERB", required=True, prog="citykg")
    for verb in verbs:
        _module(verb).add_parser(subparsers)
    for verb, subparser in subparsers.choices.items():
        _settle_subparser(subparser, without=getattr(_module(verb), "WITHOUT", ()))
    return parser


def _settle_subparser(parser: argparse.ArgumentParser, *, without: "Collection[str]") -> None:
    """Give a verb's parser, and those below it, the global options."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for subparser in action.choices.values():
                _settle_subparser(subparser, without=without)
    add_global_options(parser, without=without)


def _columns() -> int:
    """Return the width of the terminal as shutil.get_terminal_size finds it."""
    given = os.environ.get("COLUMNS", "")
    if given.isdecimal() and int(given) > 0:
        return int(given)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns if sys.__stdout__ else 80
    except (AttributeError, ValueError, OSError):
        return 80


def _unknown_arguments(parser: _Parser, verb: str, unknown: Sequence[str]) -> UsageError:
    from citykg.nearest import nearest_hint

    first = unknown[0]
    see = f"see citykg {verb} --help"
    if not first.startswith("-"):
        return UsageError("usage", f"unexpected argument {first!r}", see)
    name = first.partition("=")[0]
    action = next(action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    known = [
        option
        for option, meant in action.choices[verb]._option_string_actions.items()
        if option.startswith("--") and meant.help != argparse.SUPPRESS
    ]
    return UsageError(
        "unknown-option", f"{verb} has no option {name}", nearest_hint(name, known, otherwise=see)
    )


def _flushed(status: int) -> int:
    sys.stdout.flush()
    sys.stderr.flush()
    return status


def _report(error: CitykgError, arguments: Sequence[str]) -> int:
    from citykg.cli.render import render_error, use_colour

    choice = "auto"
    for index, argument in enumerate(arguments):  # the arguments may be what is wrong: no parser here
        if argument == "--color":
            choice = arguments[index + 1] if index + 1 < len(arguments) else "auto"
        elif argument.startswith("--color="):
            choice = argument.partition("=")[2]
    print(render_error(error, colour=use_colour(choice, sys.stderr)), file=sys.stderr)
    if os.environ.get("CITYKG_DEBUG") == "1":
        _print_traceback(error)
    return error.exit_status


def _report_fault(error: Exception) -> int:
    text = " ".join(str(error).split())
    print(
        f"citykg: error[internal]: {type(error).__name__}: {text}: a fault of citykg {__version__}; please "
        "report it with the command (CITYKG_DEBUG=1 prints where it happened)",
        file=sys.stderr,
    )
    if os.environ.get("CITYKG_DEBUG") == "1":
        _print_traceback(error)
    return 3


def _print_traceback(error: BaseException) -> None:
    import traceback

    traceback.print_exception(error)


def _end_by_closed_pipe() -> int:
    """End as a process does whose reader has gone: quietly, by SIGPIPE where there is one."""
    import signal

    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())  # what is still buffered goes nowhere, instead of raising at exit
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGPIPE)
    return 141
