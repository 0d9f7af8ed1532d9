"""A remote dataset, read whole: large graphs one by one or in slices, small ones many at a time."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

import pyoxigraph as ox

from ..errors import CannotRun
from ..export.selection import CLOSURE, pattern
from ..export.sources import Term, lines_of
from .errors import EndpointError
from .graph_store import GraphStore
from .query import Queries, next_answer, renamed
from .slices import SLICE, read_in_slices

__all__ = ["RemoteSource"]

# Graphs up to this many triples are read together with others.
_SMALL = 5_000
_TOGETHER = 20_000
_GRAPHS_TOGETHER = 200
_PAGE = 10_000
# Graphs that a server keeps for itself.
_SYSTEM = (
    "http://www.openlinksw.com/",
    "http://localuriqaserver/",
    "http://www.w3.org/ns/ldp#",
    "http://www.w3.org/2002/07/owl#",
    "urn:core:services:",
    "urn:virtuoso:",
    "virtrdf-label",
)


class RemoteSource:
    """Reads a dataset by SPARQL; see `citykg.export.sources.Source`.

    Args:
        queries: the query operation.
        graph_store: the graph store, where there is one: large graphs come quicker from it.
        closure: the graph that takes the place of the default graph, if one does.
        sliced: read large graphs in slices; see `citykg.endpoints.kinds.Kind`.
        binary: read graphs in a binary format; see there too.
        only: the graphs that alone are looked at, with the triples that each should hold; the server is asked
            to count, which may take it as long as reading, only where it gives another number.
    """

    def __init__(
        self,
        queries: Queries,
        graph_store: GraphStore | None,
        *,
        closure: str | None,
        sliced: bool = False,
        binary: bool = False,
        only: Mapping[str | None, int] | None = None,
    ) -> None:
        self.queries = queries
        self.graph_store = graph_store
        self.closure = closure
        self.sliced = sliced
        self.binary = binary
        # Reading names each graph itself: no dataset, which would have to list all graphs in every request.
        self._reading = Queries(queries.http, queries.url)
        self._only = only
        self._given: dict[str | None, int] = {}
        self._closure_count: int | None = None

    def counts(self) -> dict[str, int]:
        """Return the triples of each named graph, without the server's own graphs and the closure."""
        return {
            graph: number
            for graph, number in self.queries.counts().items()
            if graph != CLOSURE and not graph.startswith(_SYSTEM)
        }

    def closure_count(self) -> int:
        """Return the triples of the closure."""
        if self.closure is not None:
            return self.queries.counts().get(self.closure, 0)
        if self._closure_count is None:
            (number,) = next(self.queries.rows("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"))
            self._closure_count = int(number.value) if isinstance(number, ox.Literal) else 0
        return self._closure_count

    def count(self, graph: str | None) -> int:
        """Return the triples of one graph, None for the closure: as it gave them, or as the server counts."""
        if graph in self._given:
            return self._given[graph]
        return self.closure_count() if graph is None else self.queries.counts().get(graph, 0)

    def graphs(self) -> list[str]:
        """Return the names of the named graphs."""
        if self._only is not None:
            return [graph for graph in self._only if graph is not None]
        return list(self.counts())

    def read(self, graph: str | None) -> Iterator[bytes]:
        """Read one graph; None is the closure.

        Some servers end an answer after so many rows without a word: what is short is read another way. That
        statements are read twice does no harm.
        """
        expected = self.count(graph) if self._only is None else self._only.get(graph, 0)
        if not expected:
            return
        name = self.closure if graph is None else graph
        answer = next_answer()
        number = 0
        for blocks in self._ways(name, expected, answer):
            number = 0
            for block in blocks:
                number += block.count(b"\n")
                yield block
            if number == expected:
                self._given[graph] = number
                return
            expected = self.count(graph)
            if number >= expected:
                return
        yield from self._pages(name, number, expected)

    def read_many(self, graphs: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Read graphs, the small ones together."""
        if self._only is not None:
            yield from ((graph, block) for graph in graphs for block in self.read(graph))
            return
        counts = self.queries.counts()
        held: list[str] = []
        size = 0
        for graph in graphs:
            number = counts.get(graph, 0)
            if number > _SMALL:
                yield from ((graph, block) for block in self.read(graph))
            elif number:
                held.append(graph)
                size += number
                if size >= _TOGETHER or len(held) == _GRAPHS_TOGETHER:
                    yield from self._together(held, size)
                    held, size = [], 0
        if held:
            yield from self._together(held, size)

    def construct(self, query: str) -> Iterator[bytes]:
        """Run a query there."""
        yield from self.queries.triples(query)

    def rows(self, query: str) -> Iterator[tuple[Term | None, ...]]:
        """Run a query there."""
        yield from self.queries.rows(query)

    def _ways(self, name: str | None, expected: int, answer: int) -> Iterator[Iterator[bytes]]:
        """Yield ways to read a graph, the quickest first; the last alone is sure to be understood."""
        if self.sliced and name is not None and expected >= SLICE:
            yield self._slices(name, expected, answer)
        if self.binary and self.graph_store is not None:
            yield self._binary(self.graph_store, name, answer)
        yield self._stream(name, answer)

    def _slices(self, name: str, expected: int, answer: int) -> Iterator[bytes]:
        with suppress(EndpointError):  # what it refuses in slices it may give whole
            yield from read_in_slices(self._reading, name, triples=expected, answer=answer)

    def _binary(self, graph_store: GraphStore, name: str | None, answer: int) -> Iterator[bytes]:
        begun = False
        try:
            for block in graph_store.get(name, answer=answer, binary=True):
                begun = True
                yield block
        except CannotRun:
            if begun:  # blank nodes have other names there than in N-Triples: not to be mixed
                raise

    def _stream(self, name: str | None, answer: int) -> Iterator[bytes]:
        if self.graph_store is not None:
            return self.graph_store.get(name, answer=answer)
        where = "{ ?s ?p ?o }" if name is None else f"{{ GRAPH <{name}> {{ ?s ?p ?o }} }}"
        return self._reading.triples(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {where}", answer=answer)

    def _together(self, graphs: Sequence[str], expected: int) -> Iterator[tuple[str, bytes]]:
        names = ", ".join(f"<{graph}>" for graph in graphs)
        triples: dict[str, list[ox.Triple]] = {}
        answer = next_answer()
        number = 0
        query = pattern("endpoint-graphs").replace("?_graphs", names)
        for graph, subject, predicate, value in self._reading.rows(query, whole=False):
            if (
                isinstance(graph, ox.NamedNode)
                and isinstance(subject, ox.NamedNode | ox.BlankNode)
                and isinstance(predicate, ox.NamedNode)
                and value is not None
            ):
                number += 1
                triple = renamed(ox.Triple(subject, predicate, value), answer)
                triples.setdefault(graph.value, []).append(triple)
        if number < expected and len(graphs) == 1:
            yield from ((graphs[0], block) for block in self.read(graphs[0]))
            return
        if number < expected:  # an answer that was cut: ask for less at a time
            half = len(graphs) // 2
            for some in (graphs[:half], graphs[half:]):
                yield from self._together(some, sum(self.queries.counts()[graph] for graph in some))
            return
        for graph_name, held in triples.items():
            yield graph_name, lines_of(held)

    def _pages(self, name: str | None, arrived: int, expected: int) -> Iterator[bytes]:
        where = "{ ?s ?p ?o }" if name is None else f"{{ GRAPH <{name}> {{ ?s ?p ?o }} }}"
        for offset in range(0, expected, _PAGE):
            page = f"SELECT ?s ?p ?o WHERE {where} ORDER BY ?s ?p ?o LIMIT {_PAGE} OFFSET {offset}"
            held = []
            for subject, predicate, value in self._reading.rows(page):
                if isinstance(subject, ox.BlankNode) or isinstance(value, ox.BlankNode):
                    raise CannotRun(
                        "endpoint-cut-short",
                        f"{self.queries.url}: the answer ended after {arrived} of {expected} triples",
                        "raise its limit of rows: blank nodes cannot be read page by page",
                    )
                if (
                    isinstance(subject, ox.NamedNode)
                    and isinstance(predicate, ox.NamedNode)
                    and value is not None
                ):
                    held.append(ox.Triple(subject, predicate, value))
            yield lines_of(held)
