"""citykg export: write the graph in an RDF format."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from citykg.cli.options import open_project
from citykg.cli.values import filled
from citykg.errors import UsageError
from citykg.export.formats import FORMATS, format_named, format_of_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import Triple

    from citykg.distributions import Published
    from citykg.export import Construct, Format, Graphs, Thing
    from citykg.prefixes import Prefixes
    from citykg.project import Project

__all__ = ["add_parser", "run"]

_EPILOG = """\
examples:
  citykg export -o qitaihe.ttl                                  the asserted facts, merged, as Turtle
  citykg export --graphs all --format nquads -o qitaihe.nq.gz   everything, closure in the default graph
  citykg export --thing 联顺制药 --format jsonld --framed        one thing with its passages, as a tree

to publish a folder of files with a catalog of them, checksums included:
  citykg export -o site/qitaihe.ttl
  citykg export --graphs all -o site/qitaihe.nq.gz
  citykg export --graphs catalog --distributions site --published-at https://example.org/ -o site/catalog.ttl

The same graph makes the same bytes. A file is replaced when all of it is written, or not at all.
"""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb to the command line."""
    parser = subparsers.add_parser(
        "export",
        help="write the graph in an RDF format",
        description="Write the graph, or a part of it, in an RDF format.",
        epilog=_EPILOG,
    )
    parser.add_argument(
        "-f",
        "--format",
        choices=[form.name for form in FORMATS],
        help="default: by the ending of -o, trig where it has none",
    )
    parser.add_argument(
        "-o", "--output", default="-", metavar="FILE", help=".gz is compressed; default: standard output"
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--graphs",
        nargs="+",
        action="extend",
        metavar="GRAPHS",
        help="asserted (default), closure, inferred, ontology, catalog, all, or IRIs of graphs and articles",
    )
    what.add_argument(
        "--thing",
        type=filled("--thing"),
        metavar="NAME",
        help="one thing, by label, CURIE or IRI, with its passages",
    )
    what.add_argument(
        "--construct",
        type=filled("--construct"),
        metavar="QUERY",
        help="what a CONSTRUCT query makes: a file, or - for standard input",
    )
    what.add_argument("--context", action="store_true", help="the JSON-LD context alone")
    parser.add_argument(
        "--distributions",
        metavar="FOLDER",
        help="catalog: describe the RDF files in this folder, with size and checksum",
    )
    parser.add_argument(
        "--published-at", metavar="URL", help="catalog: where the files of --distributions are on the web"
    )
    parser.add_argument(
        "--rdf12", action="store_true", help="passages as RDF 1.2 annotations of the triples they state"
    )
    parser.add_argument("--framed", action="store_true", help="JSON-LD as a tree that begins with --thing")
    parser.add_argument(
        "--context-iri", metavar="IRI", help="refer to a published JSON-LD context, as docs/context.jsonld is"
    )


def run(args: argparse.Namespace) -> int:
    """Export as the arguments say; returns the exit status."""
    from citykg.export import Graphs, export, export_context
    from citykg.export.opening import open_source
    from citykg.prefixes import read_prefixes

    project = open_project(args)
    prefixes = read_prefixes(project.prefix_file())
    source = open_source(project, store=args.store)
    selection = _selection(args, project)
    has_catalog = isinstance(selection, Graphs) and selection.has_catalog
    published = _published(args, has_catalog=has_catalog)
    if has_catalog:
        from citykg.catalog import WithCatalog

        source = WithCatalog(source, project, published)
    if args.context:
        export_context(source, args.output, prefixes=prefixes)
        return 0
    export(
        source,
        args.output,
        form=_format(args),
        prefixes=prefixes,
        selection=selection,
        rdf12=args.rdf12,
        framed=args.framed,
        context_iri=args.context_iri,
    )
    return 0


def _published(args: argparse.Namespace, *, has_catalog: bool) -> "Published | None":
    """Read what is to be said of published files."""
    if args.published_at and not args.distributions:
        raise UsageError(
            "usage", "--published-at says where files are, and none are named", "add --distributions FOLDER"
        )
    if not args.distributions:
        return None
    from citykg.distributions import Published

    if not has_catalog:
        raise UsageError("usage", "--distributions is for the catalog", "add --graphs catalog")
    beside = Path(args.output) if args.output != "-" else None
    return Published(Path(args.distributions), _folder_address(args.published_at), beside)


def _folder_address(url: str | None) -> str:
    if not url:
        return ""
    from pyoxigraph import NamedNode

    from citykg.endpoints.http import checked_url

    address = f"{checked_url(url)}/"
    try:
        NamedNode(address)
    except ValueError as error:
        raise UsageError("wrong-url", f"{url}: {error}", "give https://host/path/") from error
    return address


def _made_by(args: argparse.Namespace, file: str, prefixes: "Prefixes") -> "Sequence[Triple]":
    import sys

    from citykg.cli.options import open_store
    from citykg.query import prepare, run_query
    from citykg.results import Triples
    from citykg.sources import read_bytes

    where = "standard input" if file == "-" else file
    content = sys.stdin.buffer.read() if file == "-" else read_bytes(Path(file))
    store = open_store(args)
    text = content.decode("utf-8", errors="replace")
    answer = run_query(store, prepare(text, store=store, prefixes=prefixes, where=where))
    if not isinstance(answer, Triples):
        raise UsageError("not-a-construct", f"{where} returns rows, not triples", "citykg query writes rows")
    return answer.triples


def _format(args: argparse.Namespace) -> "Format":
    if args.format:
        return format_named(args.format)
    if not Path(args.output.lower().removesuffix(".gz")).suffix:  # standard output, a device, a pipe
        return format_named("trig")
    form = format_of_file(Path(args.output))
    if form is None:
        endings = " ".join(form.ending for form in FORMATS)
        raise UsageError(
            "unknown-format",
            f"{args.output}: the ending names no format",
            f"use --format, or one of {endings}",
        )
    return form


def _selection(args: argparse.Namespace, project: "Project") -> "Graphs | Thing | Construct":
    from citykg.export import Construct, Graphs, Thing
    from citykg.export.selection import named_graph
    from citykg.prefixes import read_prefixes

    prefixes = read_prefixes(project.prefix_file())
    if args.thing is not None:
        from citykg.cli.options import open_store
        from citykg.search import find_thing

        return Thing(find_thing(open_store(args), args.thing, prefixes=prefixes))
    if args.construct is not None:
        return Construct(_made_by(args, args.construct, prefixes))
    names = args.graphs or ["asserted"]
    return Graphs([named_graph(name, prefixes) for name in names])
