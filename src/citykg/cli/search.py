"""`citykg search`: find things by label and alias."""

import argparse
import json
import sys

from citykg.cli.options import open_project, open_store
from citykg.cli.render import is_terminal, note, print_text, write_text
from citykg.cli.values import count, line_for
from citykg.prefixes import Prefixes, read_prefixes
from citykg.search import Hit, search

__all__ = ["add_parser", "run"]

_EPILOG = """\
A name that is the text comes before one that begins with it, that before one that contains it; then names
with its words in any order, names but for one character, and definitions. Case does not count. A table on a
terminal, tab-separated elsewhere. Exit status 0 also when nothing is found.

examples:
  citykg search 制药                       things with 制药 in a label or alias
  citykg search 园区 --limit 5             the five best
  citykg search coal --format json        for programs
"""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb to the command line."""
    parser = subparsers.add_parser(
        "search",
        help="find things by name, words and definitions",
        description="Find things by the names that people know them by, their words, and definitions.",
        epilog=_EPILOG,
    )
    parser.add_argument(
        "text", metavar="TEXT", help="a name or a part of one; - for a line of standard input"
    )
    parser.add_argument(
        "--limit", type=count("--limit"), default=50, metavar="N", help="at most so many (default: 50)"
    )
    parser.add_argument(
        "-f", "--format", choices=("table", "tsv", "json"), help="default: table on a terminal, else tsv"
    )


def run(args: argparse.Namespace) -> int:
    """Search, and write what was found."""
    text = line_for(args.text, "text")
    hits = search(open_store(args), text, limit=args.limit, language=args.lang)
    prefixes = read_prefixes(open_project(args).prefix_file())
    format = args.format or ("table" if is_terminal(sys.stdout) else "tsv")
    if format == "json":
        found = [_as_json(hit, prefixes) for hit in hits]
        write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    elif format == "tsv":
        write_text(
            "".join("\t".join(line) + "\n" for line in (_HEADER, *(_cells(hit, prefixes) for hit in hits)))
        )
    elif hits:
        _print_table(hits, args, prefixes)
    elif args.limit:
        from citykg.cli.words import words

        note(args, words(args.lang)["nothing"])
    return 0


_HEADER = ("label", "type", "matched", "thing")


def _cells(hit: Hit, prefixes: Prefixes) -> tuple[str, ...]:
    kinds = "、".join(
        prefixes.shorten(kind) if kind == iri else kind
        for kind, iri in zip(hit.type_labels, hit.types, strict=True)
    )
    return hit.label, kinds, hit.name, prefixes.shorten(hit.thing)


def _as_json(hit: Hit, prefixes: Prefixes) -> dict[str, object]:
    return {
        "thing": hit.thing,
        "curie": prefixes.shorten(hit.thing),
        "label": hit.label,
        "types": [
            {"type": iri, "label": label} for iri, label in zip(hit.types, hit.type_labels, strict=True)
        ],
        "matched": hit.name,
        "alias": hit.alias,
        "match": hit.match.name.lower(),
    }


def _print_table(hits: list[Hit], args: argparse.Namespace, prefixes: Prefixes) -> None:
    from rich.text import Text

    from citykg.cli.table import light_table
    from citykg.cli.words import words

    said = words(args.lang)
    table = light_table()
    for key in _HEADER:
        table.add_column(Text(said[key]), overflow="fold")
    for hit in hits:
        label, kinds, name, thing = _cells(hit, prefixes)
        table.add_row(
            Text(label), Text(kinds), Text("" if name == label else name), Text(thing, style="cyan")
        )
    print_text(args, table)
