"""The options that every verb understands, before or after its name, and what they stand for."""

import argparse
import gc
import os
import sys
from pathlib import Path

TYPE_CHECKING = False  # typing is not imported on the way to a query
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from citykg.project import Project
    from citykg.store import Store

__all__ = [
    "GLOBAL_OPTIONS_WITH_VALUE",
    "LANGUAGES",
    "add_global_options",
    "build_on_first_use",
    "default_language",
    "open_project",
    "open_store",
    "refuse_global_options",
    "settle_global_options",
]

LANGUAGES = ("zh", "en")

#: Needed to find the verb among the arguments before its parser is imported.
GLOBAL_OPTIONS_WITH_VALUE = frozenset({"--project", "--store", "--lang", "--color"})

_DEFAULTS: dict[str, object] = {"project": None, "store": None, "lang": None, "color": "auto", "quiet": False}


def add_global_options(parser: argparse.ArgumentParser, *, without: "Collection[str]" = ()) -> None:
    """Add the global options to a parser; what is not given stays absent, so that both places can be used.

    Args:
        parser: of the program or of a verb.
        without: names of those that the verb has no use for: they are not listed, and understood only to be
            refused by `refuse_global_options`.
    """
    group = parser.add_argument_group("global options, before or after the verb")
    absent = argparse.SUPPRESS
    group.add_argument(
        "--project",
        metavar="DIR",
        type=Path,
        default=absent,
        help=absent
        if "project" in without
        else "project folder (default: the nearest upwards with ontology/ and data/, else the packaged one)",
    )
    group.add_argument(
        "--store",
        metavar="DIR|URL",
        default=absent,
        help=absent if "store" in without else "a built store, or the URL of a SPARQL endpoint",
    )
    group.add_argument(
        "--lang", choices=LANGUAGES, default=absent, help="language of headings (default: from the locale)"
    )
    group.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default=absent,
        help="colours (default: auto: on a terminal, unless NO_COLOR is set)",
    )
    group.add_argument("-q", "--quiet", action="store_true", default=absent, help="no notes on stderr")


def refuse_global_options(args: argparse.Namespace, verb: str, without: "Mapping[str, str]") -> None:
    """Refuse what a verb would ignore, and be taken to have heeded.

    Args:
        args: what was given, before `settle_global_options`.
        verb: which has been called.
        without: name of each option that it has no use for, and what it reads instead.

    Raises:
        UsageError: ``usage``.
    """
    for name, instead in without.items():
        if hasattr(args, name):
            from citykg.errors import UsageError

            given = f"--{name} {getattr(args, name)}"
            other = "" if "project" in without else "; --project DIR names another project"
            raise UsageError("usage", f"{given}: {verb} {instead}", f"leave --{name} out{other}")


def settle_global_options(args: argparse.Namespace) -> None:
    """Give every global option that was not on the command line its default."""
    for name, value in _DEFAULTS.items():
        if not hasattr(args, name):
            setattr(args, name, value)
    if args.lang is None:
        args.lang = default_language()


def default_language() -> str:
    """Return ``zh`` when the locale is a Chinese one, else ``en``."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        locale = os.environ.get(variable)
        if locale:
            return "zh" if locale.lower().startswith("zh") else "en"
    return "en"


def open_project(args: argparse.Namespace) -> "Project":
    """Return the project that ``--project`` names, or the nearest one, or the packaged one."""
    from citykg.project import Project

    return Project.find(args.project)


def build_on_first_use(args: argparse.Namespace) -> None:
    """Build the packaged graph where there is no store of these files yet, and say so on standard error.

    It stands before the time of an answer is counted: a build takes longer than a query may.
    """
    project = open_project(args)
    if args.store is not None or not project.packaged:
        return
    from citykg.current import current_build
    from citykg.errors import CannotRun
    from citykg.stale import stale_files

    try:
        build = current_build(project)
    except CannotRun:  # of another version: built again
        build = None
    if build is None or stale_files(project):
        from citykg.build import ensure_built
        from citykg.cli.render import note

        gc.enable()
        ensure_built(project, notify=lambda line: note(args, line))


def open_store(args: argparse.Namespace, *, engine: str = "oxigraph") -> "Store":
    """Return the store that ``--store`` names, or the one built from the project."""
    from citykg.opening import open_store as open_built_store

    build_on_first_use(args)
    # A store that is named outright needs no project; queries and prefixes still come from one.
    project = open_project(args)
    store = open_built_store(project, store=args.store, engine=engine)
    note_stale(args, project)
    return store


def note_stale(args: argparse.Namespace, project: "Project") -> None:
    """Say on standard error that the project's own store, if that is read, is older than its files."""
    if args.store is not None or args.quiet:
        return
    from citykg.stale import stale_files

    stale = stale_files(project)
    if stale:
        more = f" and {len(stale) - 1} more" if len(stale) > 1 else ""
        print(f"note: the store is older than {stale[0]}{more}: run citykg build", file=sys.stderr)
