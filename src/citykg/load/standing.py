"""What stands in a store where a load would put its graphs, and whether this project has put it there."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

import pyoxigraph as ox

from ..endpoints import Endpoint, RemoteSource
from ..endpoints.query import Queries
from ..errors import CannotRun
from ..export.selection import CATALOG, Graphs, pattern
from ..export.sources import Source
from ..project import GRAPHS
from .ledger import Ledger
from .leftovers import OURS, article_of
from .plan import Plan

__all__ = ["Standing", "Strange", "look", "refuse_strange"]

_ARTICLES = GRAPHS + "articles"
# Articles that a request asks for.
_SOME = 500


@dataclass(frozen=True, slots=True)
class Strange:
    """A graph that holds what would be lost, as far as is known here.

    Args:
        graph: its name in the store; None is the default graph.
        there: its triples.
        why: what is known of it.
    """

    graph: str | None
    there: int
    why: str

    def __str__(self) -> str:
        name = "the default graph" if self.graph is None else f"<{self.graph}>"
        return f"{name} holds {self.there:,} triples{self.why}"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a load would replace.

    Args:
        counts: triples of the graphs of the plan that hold any; None is the closure.
        strange: those that hold what no load of this project is known to have put there.
    """

    counts: Mapping[str | None, int]
    strange: tuple[Strange, ...]


def look(source: Source, endpoint: Endpoint, plan: Plan, ledger: Ledger) -> Standing:
    """Look at what stands where the graphs of a plan would go.

    Passages are of the project whose article they belong to. The graphs that projects have in common are of
    this one when the articles described there are; the closure, when it also has no more triples than the
    catalog there tells. Any graph is as good as ours that an earlier load left as it stands, or that holds
    nothing else than what would take its place.

    Args:
        source: the dataset.
        endpoint: the store.
        plan: made from both.
        ledger: what earlier loads have put there.

    Raises:
        CannotRun: the server does not answer.
    """
    there = endpoint.source()
    counts = _counts(endpoint, there, plan)
    if all(not _is_shared(graph) and ledger.holds(graph, number) for graph, number in counts.items()):
        return Standing(counts, ())
    return Standing(counts, tuple(_strange(source, endpoint, there, plan, ledger, counts)))


def refuse_strange(standing: Standing, endpoint: Endpoint, plan: Plan) -> None:
    """Refuse to replace what others may have put there.

    Raises:
        CannotRun: ``would-replace`` with the first of those graphs.
    """
    if not standing.strange:
        return
    first, *more = standing.strange
    too = f" (and {len(more)} more such graphs)" if more else ""
    instead = "--into IRI names another graph" if plan.part else "name another dataset"
    raise CannotRun(
        "would-replace",
        f"{endpoint.url}: {first}{too}",
        f"{instead}; --dry-run says what stands there, and --replace replaces it",
    )


def _counts(endpoint: Endpoint, there: RemoteSource, plan: Plan) -> dict[str | None, int]:
    if len(plan.counts) == 1:
        (graph,) = plan.counts
        place = endpoint.closure if graph is None else graph
        where = "{ ?s ?p ?o }" if place is None else f"{{ GRAPH <{place}> {{ ?s ?p ?o }} }}"
        found = {graph: _number(endpoint, f"SELECT (COUNT(*) AS ?n) WHERE {where}")}
    else:
        named = there.counts()
        found = {
            graph: there.closure_count() if graph is None else named.get(graph, 0) for graph in plan.counts
        }
    return {graph: number for graph, number in found.items() if number}


def _is_shared(graph: str | None) -> bool:
    """Whether projects have a graph in common."""
    return graph is None or (graph.startswith(OURS) and not article_of(graph))


def _strange(
    source: Source,
    endpoint: Endpoint,
    there: RemoteSource,
    plan: Plan,
    ledger: Ledger,
    counts: Mapping[str | None, int],
) -> Iterator[Strange]:
    known = {*plan.counts, *plan.aside}
    articles = {*ledger.articles, *filter(None, map(article_of, known))}
    alone = known == {None} and any(graph.startswith(OURS) for graph in there.counts())
    described = bool(there.count(_ARTICLES))
    own = described and not alone and _describes(endpoint, articles)
    foreign = alone or (described and bool(articles) and not own)
    told = _told_by_catalog(endpoint) if own and None in counts else 0
    # Since this project's last load, nobody else has loaded a whole dataset.
    current = all(ledger.holds(graph, there.count(graph)) for graph in (None, CATALOG))
    for graph, number in counts.items():
        shared = _is_shared(graph)
        most = max(ledger.most(graph), told if graph is None else 0)
        if (
            article_of(graph)
            or (ledger.holds(graph, number) and not (shared and foreign))
            or (own and graph is None and number <= told)
            or (own and graph is not None and shared and not (current and 0 < most < number))
            or (number <= plan.counts[graph] and _within(source, there, graph))
        ):
            continue
        if alone:
            why = ", the closure of the graphs beside it, and the file has only triples in no graph"
        elif 0 < most < number and not foreign:
            why = f", and loads of this project have put {most:,} there"
        else:
            why = " that no load of this project is known to have put there"
        yield Strange(endpoint.closure if graph is None else graph, number, why)


def _within(source: Source, there: RemoteSource, graph: str | None) -> bool:
    """Whether all that stands in a graph stands in the dataset's graph of that name as well."""
    from ..diff import compare

    chosen = Graphs(["closure" if graph is None else graph], lenient=True)
    return compare(source, there, selection=chosen, merge=False, keep=1).added_count == 0


def _describes(endpoint: Endpoint, articles: Collection[str]) -> bool:
    """Whether the articles described in a store are these."""
    if not articles:
        return False
    values = " ".join(f"<{iri}>" for iri in islice(sorted(articles), _SOME))
    text = pattern("endpoint-described").replace("?_graph", f"<{_ARTICLES}>").replace("?_things", values)
    return _plain(endpoint).ask(text)


def _told_by_catalog(endpoint: Endpoint) -> int:
    """Return how many triples the closure has, by the catalog that stands in a store."""
    return _number(endpoint, pattern("endpoint-catalog").replace("?_graph", f"<{CATALOG}>"))


def _number(endpoint: Endpoint, text: str) -> int:
    return max(
        (int(number.value) for (number,) in _plain(endpoint).rows(text) if isinstance(number, ox.Literal)),
        default=0,
    )


def _plain(endpoint: Endpoint) -> Queries:
    """The query operation, for queries that name each graph themselves."""
    return Queries(endpoint.http, endpoint.addresses.query)
