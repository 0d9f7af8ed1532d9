"""`citykg query`: run a stored query, a query file or a query text."""

import argparse
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

from citykg.cli.options import build_on_first_use, open_project, open_store
from citykg.cli.render import is_terminal, note, write_bytes
from citykg.cli.values import INPUT_HINT, seconds
from citykg.cli.watchdog import DEFAULT_SECONDS, time_limit
from citykg.errors import CannotRun, UsageError
from citykg.library import Library, StoredQuery, find_query, read_query, read_query_text
from citykg.opening import ENGINES
from citykg.parameters import has_parameters
from citykg.project import Project
from citykg.query import prepare, prepare_stored, run_as_written, run_query
from citykg.results import GRAPH_FORMATS, ROW_FORMATS, Answer, Triples, Truth, write
from citykg.store import EmbeddedStore, Store

TYPE_CHECKING = False  # typing is not imported on the way to a query
if TYPE_CHECKING:
    from citykg.prefixes import Prefixes

__all__ = ["ENDS_AT_ONCE", "add_parser", "library_of", "run"]

#: Nothing has to be collected or torn down when it ends; see `citykg.cli.main`.
ENDS_AT_ONCE = True

_EPILOG = """\
A name that ends in .rq or .sparql, or that has a slash in it, is a file; - is standard input; anything else
is a stored query. A text may leave out its PREFIX lines. Rows come as a table on a terminal and as TSV
elsewhere; triples as Turtle. A file has the form that its ending says, unless --format says another: .tsv
.csv .json .srj .xml .srx for rows, .ttl .nt .jsonld .rdf for triples.

examples:
  citykg query project-investments --param min=1000000000 --format csv
  citykg query my.rq -o rows.json
  citykg query --text 'SELECT * { ?who a city:Official }'
"""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb to the command line."""
    parser = subparsers.add_parser(
        "query",
        help="run a stored query, a query file or a query text",
        description="Run a SPARQL query. Exit status 0 whatever it returns.",
        epilog=_EPILOG,
    )
    parser.add_argument("query", nargs="?", metavar="NAME|FILE.rq|-", help="what to run")
    parser.add_argument("--text", metavar="SPARQL", help="run this text instead")
    parser.add_argument(
        "--param",
        "-p",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="value of a parameter; may be repeated",
    )
    parser.add_argument(
        "-f",
        "--format",
        choices=("table", *ROW_FORMATS, *GRAPH_FORMATS),
        help="form of the result (default: by the ending of -o, else see below)",
    )
    parser.add_argument(
        "-o",
        "--output",
        default="-",
        metavar="FILE",
        help="write there instead of standard output; .gz is compressed",
    )
    parser.add_argument(
        "--engine", choices=ENGINES, default="oxigraph", help="rdflib: the reference engine, slow"
    )
    parser.add_argument(
        "--timeout",
        default=DEFAULT_SECONDS,
        type=seconds("--timeout"),
        metavar="SECONDS",
        help="give up after (default: 30)",
    )


def run(args: argparse.Namespace) -> int:
    """Run the query and write its answer."""
    if (args.query is None) == (args.text is None):
        raise UsageError("usage", "give either a query or --text", "citykg queries lists the stored ones")
    if args.format is None and args.output != "-":
        from citykg.results.endings import format_of_name

        args.format = format_of_name(args.output)
    values = _values(args.param)
    project = open_project(args)
    stored, text, where = _read(args, project)

    @cache
    def prefixes() -> "Prefixes":
        from citykg.prefixes import read_prefixes

        return read_prefixes(project.prefix_file())

    build_on_first_use(args)
    hint = f"raise it with --timeout (now {args.timeout:g}), or make the query narrower"
    with time_limit(args.timeout, hint=hint, color=args.color):
        store = open_store(args, engine=args.engine)
        if not values and not has_parameters(text):
            answer = run_as_written(store, text, prefixes=prefixes, where=where)
        elif stored is not None:
            prepared = prepare_stored(stored, values, store=store, prefixes=prefixes)
            answer = run_query(store, prepared)
        else:
            prepared = prepare(text, values, store=store, prefixes=prefixes, where=where)
            answer = run_query(store, prepared)
        unknown = {}
        if _may_be_mistaken(answer, args, store):
            from citykg.unknown_names import unknown_names

            unknown = unknown_names(store, text, prefixes())
    _write(answer, args, store=store, prefixes=prefixes, columns=dict(stored.columns) if stored else {})
    for name, near in unknown.items():
        meant = f": did you mean {' or '.join(near)}?" if near else ""
        note(args, f"note: nothing in the graph is called {name}{meant}")
    return 0


def _may_be_mistaken(answer: Answer, args: argparse.Namespace, store: Store) -> bool:
    """Whether a text of a person's own found nothing, so that a mistyped name may be why."""
    if isinstance(answer, Truth):
        empty = not answer.value
    else:
        empty = not (answer.triples if isinstance(answer, Triples) else answer.rows)
    own = args.text is not None or args.query == "-" or _is_file(args.query)
    return empty and own and not args.quiet and isinstance(store, EmbeddedStore)


def library_of(project: Project) -> Library:
    """Return the stored queries of a project, with headers kept beside its built stores."""
    return Library(project.queries(), cache=project.cache_dir / "headers")


def _values(given: list[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise UsageError("usage", f"--param {pair}: not NAME=VALUE", "for example --param min=1000000000")
        if name in values:
            raise UsageError("usage", f"--param {name} is given twice", "give each parameter once")
        values[name] = value
    return values


def _read(args: argparse.Namespace, project: Project) -> tuple[StoredQuery | None, str, str]:
    """Return the header where it is needed, the text, and what messages call it."""
    if args.text is not None:
        return None, args.text, "the query"
    if args.query == "-":
        try:
            return None, sys.stdin.buffer.read().decode("utf-8-sig"), "standard input"
        except UnicodeDecodeError as error:
            raise CannotRun(
                "not-utf8", f"standard input: byte {error.start} is not UTF-8", INPUT_HINT
            ) from error
    if _is_file(args.query):
        path, where, cache = _file(args.query), args.query, None
    else:
        path, where, cache = _stored_file(args.query, project), args.query, project.cache_dir / "headers"
    text = read_query_text(path)
    if args.param or has_parameters(text) or _wants_table(args):
        stored = read_query(path, cache=cache, text=text)
        return stored, text, where
    return None, text, where  # a header that nobody looks at is not parsed


def _is_file(name: str) -> bool:
    return name.endswith((".rq", ".sparql")) or ("/" in name and not _is_text(name))


def _is_text(name: str) -> bool:
    return any(sign in name for sign in "{}? \n")


def _file(name: str) -> Path:
    path = Path(name)
    if path.is_dir():
        raise CannotRun("unreadable", f"cannot read {name}: it is a folder", "name a file in it")
    if not path.exists():
        raise CannotRun(
            "file-not-found", f"there is no file {name}", "citykg queries lists the stored queries"
        )
    return path


def _stored_file(name: str, project: Project) -> Path:
    path = find_query(project.root / "queries", name)
    if path is not None:
        return path
    if _is_text(name):
        raise UsageError(
            "unknown-query", f"no stored query {name!r}", "to run a query text: citykg query --text '…'"
        )
    library = library_of(project)
    if name not in library and Path(name).is_file():
        raise UsageError("unknown-query", f"no stored query {name!r}", f"to run the file, write ./{name}")
    return library.path(name)


def _wants_table(args: argparse.Namespace) -> bool:
    return args.format == "table" or (args.format is None and args.output == "-" and is_terminal(sys.stdout))


def _write(
    answer: Answer,
    args: argparse.Namespace,
    *,
    store: Store,
    prefixes: "Callable[[], Prefixes]",
    columns: dict[str, str],
) -> None:
    format = args.format
    if format is None:
        format = "turtle" if isinstance(answer, Triples) else "table" if _wants_table(args) else "tsv"
    if format != "table" or isinstance(answer, Triples):
        names = dict(prefixes()) if isinstance(answer, Triples) else None
        data = write(answer, format, prefixes=names)
        if args.output == "-":
            write_bytes(data)
            return
        from citykg.export.files import output

        with output(args.output) as file:
            file.write(data)
        return
    if args.output != "-":
        raise UsageError(
            "wrong-format", "a table is for the terminal", f"choose one of {', '.join(ROW_FORMATS)}"
        )
    from citykg.cli.table import print_rows, print_truth

    if isinstance(answer, Truth):
        print_truth(answer, args)
        return
    print_rows(answer, args, store=store, prefixes=prefixes(), headings=columns if args.lang == "zh" else {})
    if is_terminal(sys.stdout):
        from citykg.cli.words import words

        count = len(answer.rows)
        note(args, f"{count:,} {words(args.lang)['row' if count == 1 else 'rows']}")
