"""citykg validate: check knowledge files against the shapes and the data checks."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from citykg.cli.options import open_project
from citykg.cli.render import note, use_colour, write_bytes, write_text
from citykg.cli.values import count, filled

if TYPE_CHECKING:
    from pyoxigraph import Store

    from citykg.checks import Check
    from citykg.export.formats import Format
    from citykg.prefixes import Prefixes
    from citykg.project import Project
    from citykg.shacl.merging import Merged
    from citykg.sources import AssertedData
    from citykg.unread import Unread
    from citykg.validate import Report

__all__ = ["WITHOUT", "add_parser", "run"]

WITHOUT = {"store": "checks the files of a project, not a store"}

_DESCRIPTION = """\
Check the project's knowledge against its shapes (ontology/shapes) and its data checks (queries/checks).

The shapes see all asserted graphs merged with the ontology, without what reasoning adds; a shape that
needs inferences says so and sees the closure. Without FILE the whole project is checked, and files in it
that look like knowledge and are not read are named; they count as warnings. With FILE (RDF in any format,
.gz too; - for standard input) the file is merged with the project, and only its own nodes are reported on.
Values are merged as in a store: 48 and 48.0 are one. Where a file says in which passages nodes are, but has
no graphs for them, data checks that need to know which passage says what are left out. What a file with
passages in graphs says of them in no graph is taken for the closure, and left out. The text of an article
is not looked at here: citykg build compares it.
"""
_EPILOG = """\
examples:
  citykg validate                                     the whole project
  citykg validate data/new.ttl --lang zh              one file, messages in Chinese
  zcat new.nq.gz | citykg validate -                  what arrives at standard input, in any format
  citykg validate --format github --fail-on warning   annotations for a pull request

Exit status: 0 nothing is as grave as --fail-on, 1 something is, 3 a file cannot be read.
"""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb to the command line."""
    from citykg.export.formats import FORMATS

    parser = subparsers.add_parser(
        "validate",
        help="check knowledge files against the shapes and the data checks",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "files", nargs="*", type=filled("FILE"), metavar="FILE", help="files to report on (default: all)"
    )
    parser.add_argument(
        "--input-format",
        choices=[form.name for form in FORMATS],
        help="of standard input and files whose ending names none (default: told by what is written)",
    )
    parser.add_argument(
        "-f",
        "--format",
        choices=("text", "json", "turtle", "github"),
        default="text",
        help="turtle is a SHACL report graph, github are annotations for CI (default: text)",
    )
    parser.add_argument(
        "--shape",
        action="append",
        default=[],
        metavar="NAME",
        help="only this shape or data check: IRI, CURIE or local name; may be repeated",
    )
    parser.add_argument(
        "--focus",
        action="append",
        default=[],
        metavar="THING",
        help="only results about this thing: IRI, CURIE, label or alias; may be repeated",
    )
    parser.add_argument(
        "--limit", type=count("--limit"), metavar="N", help="show at most N results; all are counted"
    )
    parser.add_argument(
        "--validator",
        choices=("fast", "pyshacl", "pyshacl-store"),
        default="fast",
        help="the engine; pyshacl is the reference, slow; pyshacl-store is it on Oxigraph (default: fast)",
    )
    parser.add_argument(
        "--fail-on",
        choices=("violation", "warning", "info"),
        default="violation",
        help="the least severity that makes the exit status 1 (default: violation)",
    )


def run(args: argparse.Namespace) -> int:
    """Validate and write the report; 1 when it has a result as grave as ``--fail-on``."""
    from citykg.checks import read_checks
    from citykg.prefixes import read_prefixes
    from citykg.shacl import request
    from citykg.shacl.merging import merge_files
    from citykg.sources import read_project
    from citykg.validate import Severity, asserted_store, validate_project

    project = open_project(args)
    prefixes = read_prefixes(project.prefix_file())
    data, own, merged = read_project(project), None, None
    if args.files:
        merged = merge_files(data, _files(args.files), form=_form(args), prefixes=prefixes)
        data, own = merged.data, merged.own
        _note_what_is_left_out(args, merged)
    store = asserted_store(data)
    choice = request.choose(data, read_checks(project), args.shape, prefixes=prefixes)
    focus = request.focus_nodes(store, args.focus, prefixes=prefixes)
    if own is not None:
        focus = own if focus is None else own & focus
    report = validate_project(
        data,
        store=store,
        engine=args.validator,
        checks=choice.checks if merged is None else merged.applicable(choice.checks),
        only=choice.only,
        focus=focus,
    )
    report = choice.restrict(report if merged is None else merged.restrict(report, choice.checks))
    unread = _unread(project, args.files)
    _write(args, report, data, store, prefixes, choice.checks, unread)
    fails = report.fails(Severity(args.fail_on.capitalize()))
    return 1 if fails or (unread and args.fail_on != "violation") else 0


def _note_what_is_left_out(args: argparse.Namespace, merged: "Merged") -> None:
    for names, what in (
        (merged.without_graphs, "no graphs: checks that need to know which passage says what are left out"),
        (
            merged.with_closure,
            "what stands in no graph is taken for the closure, and left out",
        ),
    ):
        if names:
            more = f" and {len(names) - 1} more" if len(names) > 1 else ""
            note(args, f"note: {names[0]}{more}: {what}")


def _form(args: argparse.Namespace) -> "Format | None":
    from citykg.export.formats import format_named

    return format_named(args.input_format) if args.input_format else None


def _unread(project: "Project", files: Sequence[str]) -> "tuple[Unread, ...]":
    """What looks like knowledge and is not read, as far as that is reported on."""
    from citykg.unread import unread_of

    named = {project.relative(Path(name).absolute()) for name in files}
    return tuple(one for one in unread_of(project) if not files or one.name in named)


def _write(
    args: argparse.Namespace,
    report: "Report",
    data: "AssertedData",
    store: "Store",
    prefixes: "Prefixes",
    checks: "tuple[Check, ...]",
    unread: "tuple[Unread, ...]",
) -> None:
    from dataclasses import replace

    from citykg.cli import findings as render
    from citykg.cli import unread_text
    from citykg.shacl import report as written
    from citykg.shacl.findings import find

    shown = report if args.limit is None else replace(report, results=report.results[: args.limit])
    if args.format == "turtle":
        write_bytes(written.report_turtle(shown, prefixes=prefixes))
        if unread:
            note(args, unread_text.as_text(unread, args.lang).rstrip())
        return
    found = find(shown, data, store, checks=checks)
    if args.format == "json":
        content = {**written.report_json(report, found), "unread": unread_text.as_json(unread)}
        write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n")
    elif args.format == "github":
        write_text(
            unread_text.as_github(unread, args.lang) + render.github(found, prefixes=prefixes, lang=args.lang)
        )
    else:
        colour = use_colour(args.color, sys.stdout)
        text = render.text(report, found, store=store, prefixes=prefixes, lang=args.lang, colour=colour)
        write_text(unread_text.as_text(unread, args.lang) + text)


def _files(names: Sequence[str]) -> "list[Path | BinaryIO]":
    """Return the files, each once."""
    return [sys.stdin.buffer if name == "-" else Path(name) for name in dict.fromkeys(names)]
