"""citykg load: put the graph into a triple store."""

import argparse
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from citykg.cli.options import open_project
from citykg.cli.render import console, is_terminal, note, write_text
from citykg.cli.values import filled, seconds
from citykg.counted import counted

if TYPE_CHECKING:
    from citykg.endpoints import Endpoint
    from citykg.load import Ledger, Plan, Target
    from citykg.load.opening import Dataset

__all__ = ["add_parser", "add_target", "connected", "opened", "planned", "run"]

_EPILOG = """\
examples:
  citykg load http://localhost:3030/ds --dry-run      what would be sent where, and what this store does to it
  citykg load http://localhost:7878                   everything, verified afterwards
  citykg load newsroom --graphs asserted              a target of citykg.toml, without the closure
  citykg load newsroom --from city.nq.gz              exactly what a file holds: no project is needed
  citykg load newsroom --from extra.ttl --into https://example.org/graph/extra
  gpg -d city.nq.gpg | citykg load newsroom --from -

A file is read to its end before anything is sent, and a mistake in it is said with its line. It may be of any
size, and takes as much room in the temporary folder as it has unpacked. Its graphs replace those of the same
name. What stands in no graph is the closure, unless --into names a graph for it.

One project per dataset, or a graph of its own by --into: projects have the closure and some graphs in common.
A graph that holds what no load of this project is known to have put there is not replaced without --replace,
and --prune never removes passages of articles that this project does not have and no load of it put there.

Credentials come from CITYKG_USER and CITYKG_PASSWORD, or CITYKG_TOKEN. A load that was cut goes on where it
stopped when the same command is run again; nothing is doubled. Exit status: 0 loaded and verified, 1
something is missing or more is there than should be, 3 the store could not be loaded.
"""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb to the command line."""
    parser = subparsers.add_parser(
        "load",
        help="put the graph into a triple store",
        description="Put the built graph, or a file, into a triple store, and prove that it arrived whole.",
        epilog=_EPILOG,
    )
    add_target(parser)
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
    parser.add_argument("--no-verify", action="store_true", help="do not read back what was loaded")
    parser.add_argument("--restart", action="store_true", help="do not go on with a load that was cut")
    whether_kept = parser.add_mutually_exclusive_group()
    whether_kept.add_argument(
        "--atomic", action="store_true", help="keep the old graph when one fails, even if that is slow"
    )
    whether_kept.add_argument(
        "--empty-first",
        action="store_true",
        help="remove the old graphs before anything is sent, for stores that fail at replacing them",
    )
    parser.add_argument("--prune", action="store_true", help="remove graphs that an earlier load left")
    parser.add_argument(
        "--replace", action="store_true", help="replace graphs that others may have filled as well"
    )


def add_target(parser: argparse.ArgumentParser) -> None:
    """Add what `load` and `verify` have in common."""
    from citykg.endpoints.kinds import KIND_NAMES
    from citykg.export.formats import FORMATS

    parser.add_argument("target", metavar="TARGET", help="the URL of a dataset, or a name in citykg.toml")
    parser.add_argument("--kind", choices=KIND_NAMES, help="make of the store (default: ask the server)")
    parser.add_argument(
        "--from",
        dest="file",
        type=filled("--from"),
        metavar="FILE",
        help="an RDF file, .gz too, or - for standard input (default: what is built here)",
    )
    parser.add_argument(
        "-f",
        "--format",
        choices=[form.name for form in FORMATS],
        help="of the file (default: by its ending; nquads for -)",
    )
    parser.add_argument("--into", metavar="IRI", help="the graph for what the file states in none")
    parser.add_argument(
        "--graphs",
        nargs="+",
        metavar="GRAPHS",
        help="asserted, closure, ontology, catalog, all (default), or IRIs and CURIEs of graphs",
    )
    parser.add_argument(
        "--timeout",
        type=seconds("--timeout"),
        default=300.0,
        metavar="SECONDS",
        help="longest silence of the server (default: 300)",
    )


def run(args: argparse.Namespace) -> int:
    """Load as the arguments say; returns the exit status."""
    from citykg.cli.load_text import report
    from citykg.load import (
        check_access,
        load,
        look,
        open_journal,
        open_ledger,
        prune,
        refuse_known,
        refuse_strange,
        stale_graphs,
    )
    from citykg.verify import verify

    target, endpoint = connected(args)
    dataset = opened(args)
    plan = planned(args, dataset, endpoint, atomic=args.atomic, empty_first=args.empty_first)
    ledger = open_ledger(dataset.journals, target=target.url)
    if args.dry_run:
        write_text(_dry(dataset, endpoint, plan, ledger))
        return 0
    check_access(endpoint)
    refuse_known(dataset.source, plan, endpoint)
    identity = f"{dataset.identity} {sorted(map(str, plan.counts))}"
    with open_journal(dataset.journals, target=target.url, dataset=identity) as journal:
        if args.restart:
            journal.forget()
        elif journal.resumed:
            note(args, "going on with the load that was cut")
        elif journal.replaced:
            note(args, "the load that was cut was of something else: beginning anew")
        if not (args.replace or journal.resumed):
            refuse_strange(look(dataset.source, endpoint, plan, ledger), endpoint, plan)
        ledger.begin(plan.counts)
        with _progress(args, "loading", plan.triples) as progress:
            loaded = load(dataset.source, endpoint, plan, journal=journal, progress=progress)
        ledger.end(plan.counts)
    if args.prune:
        left = stale_graphs(plan, endpoint.source(), ledger.names)
        prune(left, endpoint)
        ledger.forget(left)
        note(args, f"removed {counted(len(left), 'graph|graphs')} of an earlier load")
    note(
        args,
        f"loaded {counted(loaded.triples, 'triple|triples')} into {endpoint.kind.title} at {endpoint.url}",
    )
    if args.no_verify:
        return 0
    found = verify(dataset.source, endpoint, plan, recorded=ledger.names)
    # A store may hold fewer than were sent, each once; what is more than that came from elsewhere.
    ledger.end({graph: min(number, found.there[graph]) for graph, number in plan.counts.items()})
    write_text(report(found))
    return 0 if found.whole else 1


def connected(args: argparse.Namespace) -> "tuple[Target, Endpoint]":
    """Find the target of the arguments, and connect to it."""
    from citykg.endpoints import connect
    from citykg.load import find_target

    target = find_target(args.target, root=open_project(args).root, kind=args.kind)
    endpoint = connect(target.url, kind=target.kind, credentials=target.credentials, timeout=args.timeout)
    return target, endpoint


def opened(args: argparse.Namespace) -> "Dataset":
    """Open what the arguments say is loaded."""
    from citykg.errors import UsageError
    from citykg.load.opening import open_built, open_file

    project = open_project(args)
    if args.file is None:
        if args.into or args.format:
            raise UsageError("usage", "--into and --format are for a file", "add --from FILE")
        return open_built(project, store=args.store)
    if args.store:
        raise UsageError("usage", "--from and --store both say what is loaded", "leave one of them out")
    import sys

    from citykg.export.formats import format_named
    from citykg.prefixes import read_prefixes

    into = read_prefixes(project.prefix_file()).expand(args.into) if args.into else None
    if into and not _is_iri(into):
        raise UsageError("not-a-name", f"{args.into!r} is no IRI", "write --into https://…")
    file = sys.stdin.buffer if args.file == "-" else Path(args.file)
    form = format_named(args.format) if args.format else None
    with _progress(args, "reading", None) as progress:
        return open_file(file, project, form=form, into=into, progress=progress)


def planned(
    args: argparse.Namespace,
    dataset: "Dataset",
    endpoint: "Endpoint",
    *,
    atomic: bool = False,
    empty_first: bool = False,
) -> "Plan":
    """Plan for the graphs that the arguments choose."""
    from citykg.load import make_plan

    chosen = _chosen(args, dataset.counts)
    aside = dataset.counts.keys() - chosen.keys()
    return make_plan(chosen, endpoint, atomic=atomic, empty_first=empty_first, aside=aside, part=dataset.part)


def _dry(dataset: "Dataset", endpoint: "Endpoint", plan: "Plan", ledger: "Ledger") -> str:
    """Say what a load would do; of a server that does not answer, without what stands there."""
    from citykg.cli.load_text import outline
    from citykg.errors import CannotRun
    from citykg.load import look

    try:
        return outline(plan, endpoint, look(dataset.source, endpoint, plan, ledger))
    except CannotRun as error:
        return outline(plan, endpoint, error)


def _chosen(args: argparse.Namespace, counts: "Mapping[str | None, int]") -> "Mapping[str | None, int]":
    if not args.graphs or "all" in args.graphs:
        return counts
    from citykg.errors import UsageError
    from citykg.export.selection import CATALOG, named_graph
    from citykg.nearest import nearest_hint
    from citykg.prefixes import read_prefixes
    from citykg.project import GRAPHS

    prefixes = read_prefixes(open_project(args).prefix_file())
    kinds: dict[str, Callable[[str | None], bool]] = {
        "asserted": lambda graph: graph not in (None, CATALOG),
        "closure": lambda graph: graph is None,
        "ontology": lambda graph: graph == GRAPHS + "ontology",
        "catalog": lambda graph: graph == CATALOG,
    }
    where = args.file or "the store"
    chosen: set[str | None] = set()
    for name in args.graphs:
        if name in kinds:
            found = {graph for graph in counts if kinds[name](graph)}
            if not found:
                raise UsageError("unknown-graph", f"no graphs that are {name} in {where}", "choose others")
            chosen |= found
            continue
        graph = named_graph(name, prefixes, kinds=[*kinds, "all"])
        if graph not in counts:
            known = [*kinds, *(known for known in counts if known)]
            hint = nearest_hint(
                name, known, otherwise=f"give one of {', '.join(kinds)}, all, or a graph that is there"
            )
            raise UsageError("unknown-graph", f"no graph {name!r} in {where}", hint)
        chosen.add(graph)
    return {graph: number for graph, number in counts.items() if graph in chosen}


@contextmanager
def _progress(
    args: argparse.Namespace, what: str, total: int | None
) -> "Iterator[Callable[[int], None] | None]":
    """Show a bar with rate and time left, when a person looks on."""
    import sys

    if args.quiet or not is_terminal(sys.stderr):
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]} triples/s"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console(args, sys.stderr), transient=True) as bars:
        task = bars.add_task(what, total=total, rate="-")

        def told(number: int) -> None:
            bars.advance(task, number)
            speed = bars.tasks[0].speed
            bars.update(task, rate=f"{speed:,.0f}" if speed else "-")

        yield told


def _is_iri(text: str) -> bool:
    from pyoxigraph import NamedNode

    try:
        NamedNode(text)
    except ValueError:
        return False
    return True
