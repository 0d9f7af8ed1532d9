"""``citykg build``: make the store of a project and report on it."""

import argparse
import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from citykg.build import FAIL_ON, BuildResult, Outcome, build
from citykg.cli.build_text import WORDS, as_text, width
from citykg.cli.options import open_project
from citykg.cli.render import is_terminal, note, render_error, use_colour, write_text
from citykg.cli.values import seconds
from citykg.errors import CannotRun
from citykg.manifest import Engines
from citykg.project import Project

__all__ = ["ENDS_AT_ONCE", "WITHOUT", "add_parser", "run"]

WITHOUT = {"store": "makes the store of a project, in its own place"}

#: Nothing has to be torn down when it ends, and what it makes is freed with the process.
ENDS_AT_ONCE = True

_DESCRIPTION = """\
Parse the knowledge files, add what follows from them (OWL 2 RL), validate, and write the store that all
other verbs read. Nothing is done when nothing has changed. When data files have, only what that touches is
reasoned, validated and written again; when anything else has, or more may follow, all is built anew, and the
first line says why. Either way the store is the same.

  citykg build                                  the nearest project, or the packaged graph
  citykg build --article texts/                 check the passages against the text of the articles as well
  citykg build --watch                          build again whenever a file is saved, until Ctrl-C
  citykg build --format json                    outcome, counts and seconds for a program
  citykg build --reasoner owlrl --validator pyshacl   with the reference engines
"""

_EPILOG = """\
Violations are reported, exit with 1 and leave the store that stood before in place: readers never see a
half or a wrong graph. The text of an article is looked for in --article, in the folder that CITYKG_ARTICLES
names (<article>.txt), and beside article.ttl (text.txt). A passage whose digest differs stops the build, as
does a name, time or figure whose wording does not stand where its facts say. A text that differs between its
passages only, by the digest of the article, is a warning.
With --watch the terminal shows the outcome of the latest build: what is wrong, with file and line, or that
the store is up to date. Readers go on with the store that stands. Ctrl-C ends it, with exit 0.
What looks like knowledge and is not read, such as an article's folder without article.ttl or a file of RDF
that is not Turtle, is named with what would make it read, and counts as a warning.
What no edit of the project can mend, such as a wrong --article, ends it at once.
--format json writes one object: outcome (built, unchanged, switched, refused), whole (null where no more
than what has changed was built; else why all was, such as first, forced, damaged or file, and which), store,
digest, engines, counts, validation by severity (null where it was left out), unread, texts with the number
of their passages, edited (texts that differ between their passages), and seconds by stage: the look at the
files, parse, reason, store, validate, index, and all together. With --watch it is one object a line, which
names the files that have changed, and for an error has error, with its code, message and hint.
The store goes to .citykg in the project, that of the packaged graph to the user's cache folder or to
the one that CITYKG_CACHE names.
"""

#: Errors that no edit of the project mends.
_LASTING = ("article-not-found", "not-writable")


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the parser of ``build``."""
    parser = subparsers.add_parser(
        "build",
        help="parse, reason, validate and index the project's graph",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    default = Engines()
    parser.add_argument(
        "--article",
        type=Path,
        metavar="FILE",
        help="the article's text, or a folder with <article>.txt files: check passages and wordings with it",
    )
    parser.add_argument(
        "--fail-on",
        choices=FAIL_ON,
        default=FAIL_ON[0],
        help="the least severity that keeps the new store from being used (default: %(default)s)",
    )
    parser.add_argument("--keep-going", action="store_true", help="use the new store whatever is wrong in it")
    parser.add_argument(
        "--reasoner",
        choices=("fast", "owlrl", "none"),
        default=default.reasoner,
        help="engine of the OWL 2 RL closure; owlrl is the reference (default: %(default)s)",
    )
    parser.add_argument(
        "--validator",
        choices=("fast", "pyshacl", "none"),
        default=default.validator,
        help="SHACL engine; pyshacl is the reference (default: %(default)s)",
    )
    parser.add_argument(
        "-f",
        "--format",
        choices=("text", "json"),
        default="text",
        help="json is for programs: citykg validate --format json has the findings (default: text)",
    )
    parser.add_argument("--force", action="store_true", help="build even if nothing has changed")
    parser.add_argument(
        "--watch",
        action="store_true",
        help="go on, and build again whenever files have changed, until Ctrl-C",
    )
    parser.add_argument(
        "--wait",
        type=seconds("--wait", or_none=True),
        default=60.0,
        metavar="SECONDS",
        help="how long to wait for another build of this project (default: 60)",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Build and report; 1 when the graph was refused."""
    project = open_project(args)
    if args.watch:
        return _watch(project, args)
    result, seconds = _build(project, args)
    if args.format == "json":
        write_text(json.dumps(_content(result, seconds), ensure_ascii=False, indent=2) + "\n")
    else:
        write_text(as_text(project, result, args))
        if took := _took(result, seconds, args):
            note(args, took)
    return int(result.outcome is Outcome.REFUSED)


def _watch(project: Project, args: argparse.Namespace) -> int:
    """Build whenever files have changed, and keep the outcome on the screen."""
    import gc

    from citykg.watch import changes

    gc.enable()  # it goes on for hours
    tell = _tell_programs if args.format == "json" else _tell_people
    try:
        for changed in changes(project, article=args.article):
            outcome: tuple[BuildResult, Mapping[str, float]] | CannotRun
            try:
                outcome = _build(project, args)
            except CannotRun as error:
                if not changed and error.code in _LASTING:
                    raise
                outcome = error
            args.force = False  # the first build only
            tell(project, args, changed, outcome)
            del outcome  # until the next change it would hold all that a whole build has made
    except KeyboardInterrupt:
        write_text("" if args.format == "json" else "\n")
    return 0


def _tell_people(
    project: Project,
    args: argparse.Namespace,
    changed: list[str],
    outcome: tuple[BuildResult, Mapping[str, float]] | CannotRun,
) -> None:
    words = WORDS[args.lang]
    lines = [words["watching"].format(root=project.root)]
    if changed:
        lines.append(f"{words['changed']}: {', '.join(changed)}")
    lines.append("")
    if isinstance(outcome, CannotRun):
        lines += render_error(outcome, colour=use_colour(args.color, sys.stdout)).splitlines()
    else:
        lines += as_text(project, outcome[0], args).splitlines()
        if took := _took(*outcome, args):
            lines.append(took)
    _show(lines, words)


def _tell_programs(
    _: Project,
    __: argparse.Namespace,
    changed: list[str],
    outcome: tuple[BuildResult, Mapping[str, float]] | CannotRun,
) -> None:
    content: dict[str, object]
    if isinstance(outcome, CannotRun):
        content = {"error": {"code": outcome.code, "message": outcome.message, "hint": outcome.hint}}
    else:
        content = _content(*outcome)
    write_text(json.dumps({"changed": changed, **content}, ensure_ascii=False) + "\n")


def _content(result: BuildResult, seconds: Mapping[str, float]) -> dict[str, object]:
    """What was done, for programs."""
    manifest, whole = result.manifest, result.whole
    return {
        "outcome": result.outcome.value,
        "whole": None if whole is None else {"why": whole.why, "what": whole.what},
        "store": None if result.folder is None else str(result.folder),
        "digest": manifest.canonical,
        "engines": vars(manifest.engines),
        "counts": manifest.counts,
        "validation": manifest.validation,
        "unread": _unread(result),
        "texts": result.checked,
        "edited": [{**vars(one), "file": str(one.file)} for one in result.edited],
        "seconds": {stage: round(number, 3) for stage, number in seconds.items()},
    }


def _unread(result: BuildResult) -> list[dict[str, object]]:
    if not result.unread:
        return []
    from citykg.cli import unread_text

    return unread_text.as_json(result.unread)


def _took(result: BuildResult, seconds: Mapping[str, float], args: argparse.Namespace) -> str:
    """How long it took; empty when nothing was done."""
    if result.outcome is Outcome.UNCHANGED:
        return ""
    return WORDS[args.lang]["seconds"].format(seconds=seconds["all"])


def _show(lines: list[str], words: Mapping[str, str]) -> None:
    """Write lines in the place of those before or, into a pipe, behind them."""
    if not is_terminal(sys.stdout):
        write_text("\n".join(lines) + "\n\n")
        return
    import shutil

    size = shutil.get_terminal_size()
    rows = [max(1, -(-width(line) // size.columns)) for line in lines]
    shown = len(lines)
    while shown > 1 and sum(rows[:shown]) >= size.lines - 1:
        shown -= 1
    if shown < len(lines):
        lines = [*lines[:shown], words["more lines"].format(number=len(lines) - shown)]
    write_text("\x1b[2J\x1b[H" + "\n".join(lines) + "\n")


def _build(project: Project, args: argparse.Namespace) -> tuple[BuildResult, Mapping[str, float]]:
    """Build once; return what was done, and the seconds of each stage and of all together."""
    words = WORDS[args.lang]
    progress = not args.quiet and is_terminal(sys.stderr)
    seconds: dict[str, float] = {}
    latest = "look"
    begun = since = time.monotonic()

    def on_stage(stage: str) -> None:
        nonlocal latest, since
        now = time.monotonic()
        seconds[latest] = seconds.get(latest, 0.0) + now - since
        latest, since = stage, now
        if stage == "all":
            return
        if progress:
            print(f"\r\x1b[K{words[stage]} …", end="", file=sys.stderr, flush=True)
        elif stage == "wait":
            note(args, f"{words[stage]} …")

    try:
        result = build(
            project,
            engines=Engines(args.reasoner, args.validator),
            article=args.article,
            fail_on=args.fail_on,
            keep_going=args.keep_going,
            force=args.force,
            wait=args.wait,
            on_stage=on_stage,
        )
    finally:
        if progress:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    on_stage("all")
    return result, {**seconds, "all": since - begun}
