"""citykg diff: compare two graphs."""

import argparse
import json
import re
import sys
from typing import TYPE_CHECKING

from citykg.cli.options import open_project
from citykg.cli.render import note, use_colour, write_text
from citykg.cli.values import filled
from citykg.counted import counted
from citykg.errors import UsageError

if TYPE_CHECKING:
    from citykg.diff import Difference
    from citykg.export.sources import Source
    from citykg.prefixes import Prefixes
    from citykg.project import Project

__all__ = ["add_parser", "run"]

_STDIN = "-"
_EPILOG = """\
examples:
  citykg diff old.nq.gz                            a file and the built store
  citykg diff last-year.trig this-year.trig        two files
  gpg -d city.nq.gpg | citykg diff -               what arrives at standard input, and the built store
  citykg diff . http://localhost:3030/ds/sparql    a project's built store and a triple store

Compared are the asserted graphs, or all statements where one side has no named graphs: blank nodes by what
surrounds them, literals by value. With the catalog in --graphs, a built store has the one
that export writes. Exit status: 0 when both say the same, 1 when they differ.
"""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb to the command line."""
    from citykg.export.formats import FORMATS

    parser = subparsers.add_parser(
        "diff",
        help="compare two graphs",
        description="Compare two graphs by canonical form: what was added and removed, by thing.",
        epilog=_EPILOG,
    )
    parser.add_argument(
        "first",
        type=filled("A"),
        metavar="A",
        help="an RDF file, - for standard input, a project or store folder, or a URL",
    )
    parser.add_argument(
        "second", type=filled("B"), metavar="B", nargs="?", help="likewise; default: the built store"
    )
    parser.add_argument(
        "--graphs",
        nargs="+",
        metavar="GRAPHS",
        help="asserted (default), closure, inferred, ontology, catalog, all, or IRIs and CURIEs",
    )
    parser.add_argument(
        "--input-format",
        choices=[form.name for form in FORMATS],
        help="of a file whose ending names none, and of standard input (default: nquads for -)",
    )
    parser.add_argument("--merged", action="store_true", help="leave out which graph says what")
    parser.add_argument("--exact", action="store_true", help="compare literals as written, 1.50 against 1.5")
    parser.add_argument(
        "-f",
        "--format",
        choices=("text", "json", "patch"),
        default="text",
        help="text by thing (default), JSON, or an RDF Patch that makes A into B",
    )


def run(args: argparse.Namespace) -> int:
    """Compare as the arguments say; returns the exit status."""
    from citykg.diff import compare, labels
    from citykg.export.opening import open_source, open_with_catalog
    from citykg.export.selection import Graphs, named_graph
    from citykg.prefixes import read_prefixes

    if args.second and args.store:
        raise UsageError("usage", "B and --store both say what A is compared with", "leave one of them out")
    if args.first == args.second == _STDIN:
        raise UsageError("usage", "only one of A and B can be standard input", "name a file for the other")
    project = open_project(args)
    prefixes = read_prefixes(project.prefix_file())
    selection = Graphs([named_graph(name, prefixes) for name in args.graphs]) if args.graphs else None
    described = selection is not None and selection.has_catalog
    first = _open(args.first, args, project if described else None)
    if args.second:
        second = _open(args.second, args, project if described else None)
    else:
        second = (open_with_catalog if described else open_source)(project, store=args.store)
    difference = compare(
        first, second, selection=selection, merge=True if args.merged else None, exact=args.exact
    )
    if args.format == "patch":
        write_text(_patch(difference))
    else:
        things = _things(difference)
        names = labels(first, things) | labels(second, things)
        if args.format == "json":
            write_text(_json(difference, names))
        else:
            colour = use_colour(args.color, sys.stdout)
            write_text(_text(difference, names, prefixes, args.lang, colour=colour))
            note(args, _summary(difference))
    return 0 if difference.equal else 1


def _open(name: str, args: argparse.Namespace, catalog_of: "Project | None") -> "Source":
    from citykg.export.file_source import read_file
    from citykg.export.formats import format_named
    from citykg.export.opening import open_dataset

    form = format_named(args.input_format) if args.input_format else None
    if name == _STDIN:
        source = read_file(sys.stdin.buffer, form=form)
        if not source.counts:
            from citykg.given import nothing_given

            raise nothing_given()
        return source
    return open_dataset(name, form=form, catalog_of=catalog_of)


def _things(difference: "Difference") -> set[str]:
    subjects = {line.partition(" ")[0] for line in (*difference.removed, *difference.added)}
    return {subject[1:-1] for subject in subjects if subject.startswith("<")}


def _text(
    difference: "Difference",
    names: dict[str, dict[str, str]],
    prefixes: "Prefixes",
    language: str,
    *,
    colour: bool,
) -> str:
    from citykg.export.turtle import Terms

    terms = Terms(prefixes)
    by_thing: dict[str, list[tuple[str, str]]] = {}
    for sign, lines in (("-", difference.removed), ("+", difference.added)):
        for line in lines:
            subject, _, rest = line.partition(" ")
            by_thing.setdefault(subject, []).append((rest, sign))
    paint = {"-": "\x1b[31m", "+": "\x1b[32m"} if colour else {"-": "", "+": ""}
    end = "\x1b[0m" if colour else ""
    out = []
    for subject in sorted(by_thing):
        own = names.get(subject[1:-1], {})
        label = own.get(language) or own.get("zh") or own.get("en") or own.get("") or ""
        out.append(f"{terms.short(subject)} {label}".rstrip())
        out.extend(
            f"  {paint[sign]}{sign} {' '.join(terms.short(term) for term in _terms(rest))}{end}"
            for rest, sign in sorted(by_thing[subject])
        )
    return "\n".join(out) + "\n" if out else ""


def _terms(rest: str) -> list[str]:
    """Split predicate, object and graph of a line of N-Quads."""
    return re.findall(r'<<\(.*\)>>|<[^>]*>|_:[^ ]+|"(?:[^"\\]|\\.)*"(?:\^\^<[^>]*>|@[^ ]+)?', rest)


def _summary(difference: "Difference") -> str:
    parts = [f"{difference.removed_count} removed, {difference.added_count} added"]
    for kind, rewritten in sorted(difference.rewritten.items()):
        parts.append(f"{rewritten.count} {kind} written differently")
    return (
        ", ".join(parts)
        + f" ({counted(difference.counts[0], 'statement|statements')} against {difference.counts[1]})"
    )


def _json(difference: "Difference", names: dict[str, dict[str, str]]) -> str:
    return (
        json.dumps(
            {
                "equal": difference.equal,
                "counts": list(difference.counts),
                "removed": difference.removed,
                "added": difference.added,
                "rewritten": {
                    kind: {"count": one.count, "before": one.before, "after": one.after}
                    for kind, one in sorted(difference.rewritten.items())
                },
                "labels": {iri: dict(sorted(own.items())) for iri, own in sorted(names.items())},
            },
            ensure_ascii=False,
            indent=1,
        )
        + "\n"
    )


def _patch(difference: "Difference") -> str:
    """Return an RDF Patch (https://afs.github.io/rdf-delta/rdf-patch.html)."""
    lines = [f"D {line}" for line in difference.removed] + [f"A {line}" for line in difference.added]
    return "".join(f"{line}\n" for line in ("TX .", *lines, "TC ."))
