"""Where statements come from, graph by graph, as canonical N-Triples text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby, islice
from typing import Protocol

import pyoxigraph as ox

from .ahead import followed

__all__ = [
    "DatasetSource",
    "ReadSource",
    "Source",
    "StoreSource",
    "Term",
    "blocks_of",
    "from_quads",
    "graph_name",
    "lines_of",
]

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_BLOCK = 256 * 1024
# Triples of a graph that is dumped by way of a file.
_LARGE = 20_000


class Source(Protocol):
    """A dataset that can be read graph by graph; None is the default graph."""

    def graphs(self) -> list[str]:
        """Return the names of its named graphs, sorted."""
        ...

    def read(self, graph: str | None) -> Iterator[bytes]:
        """Yield one graph as blocks of whole lines of canonical N-Triples, in any order."""
        ...

    def read_many(self, graphs: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Yield several named graphs in such blocks, each with the name of its graph."""
        ...

    def construct(self, query: str) -> Iterator[bytes]:
        """Yield what a CONSTRUCT or DESCRIBE query makes, as `read` does."""
        ...

    def rows(self, query: str) -> Iterator[tuple[Term | None, ...]]:
        """Yield the solutions of a SELECT query as tuples in the order of its columns."""
        ...


@dataclass(frozen=True, slots=True)
class StoreSource:
    """An embedded store.

    Args:
        store: open for reading.
    """

    store: ox.Store

    def graphs(self) -> list[str]:
        """Return the names of the named graphs; a graph named by a blank node goes by ``_:label``."""
        return sorted(graph_name(graph) for graph in self.store.named_graphs())

    def read(self, graph: str | None) -> Iterator[bytes]:
        """Dump one graph; the default graph, which may be large, by way of a temporary file."""
        name = _graph_term(graph)
        if graph is not None and not _is_large(self.store, name):
            data = self.store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=name)
            if data:
                yield data
            return
        dump = partial(self.store.dump, format=ox.RdfFormat.N_TRIPLES, from_graph=name)
        yield from blocks_of(followed(dump, size=_BLOCK))

    def read_many(self, graphs: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Dump graph after graph."""
        return ((graph, block) for graph in graphs for block in self.read(graph))

    def construct(self, query: str) -> Iterator[bytes]:
        """Run the query on the store."""
        return _triples_of(self.store, query)

    def rows(self, query: str) -> Iterator[tuple[Term | None, ...]]:
        """Run the query on the store."""
        return _rows_of(self.store, query)


class ReadSource(Source, Protocol):
    """A dataset that can be read only: queries run on a copy of it."""

    __slots__ = ()

    def read_many(self, graphs: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Yield graph after graph."""
        return ((graph, block) for graph in graphs for block in self.read(graph))

    def construct(self, query: str) -> Iterator[bytes]:
        """Run the query on a copy in a store in memory."""
        return _triples_of(_copy_of(self), query)

    def rows(self, query: str) -> Iterator[tuple[Term | None, ...]]:
        """Run the query on a copy in a store in memory."""
        return _rows_of(_copy_of(self), query)


@dataclass(frozen=True, slots=True)
class DatasetSource(ReadSource):
    """Statements held in memory, their literals exactly as they were parsed.

    Args:
        by_graph: blocks of lines of canonical N-Triples for each graph.
    """

    by_graph: dict[str | None, list[bytes]] = field(default_factory=dict)

    def graphs(self) -> list[str]:
        """Return the names of the named graphs."""
        return sorted(name for name in self.by_graph if name is not None)

    def read(self, graph: str | None) -> Iterator[bytes]:
        """Yield the graph's blocks."""
        yield from self.by_graph.get(graph, ())


def _copy_of(source: Source) -> ox.Store:
    """Copy a dataset into a store in memory."""
    store = ox.Store()
    for graph in (None, *source.graphs()):
        for block in source.read(graph):
            quads = ox.parse(block, ox.RdfFormat.N_TRIPLES)
            name = _graph_term(graph)
            store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object, name) for quad in quads)
    return store


def _triples_of(store: ox.Store, query: str) -> Iterator[bytes]:
    """Yield what a CONSTRUCT or DESCRIBE query makes, as blocks of lines of N-Triples."""
    triples = store.query(query)
    if not isinstance(triples, ox.QueryTriples):
        raise TypeError("not a CONSTRUCT or DESCRIBE query")
    yield from _serialised(triples)


def _rows_of(store: ox.Store, query: str) -> Iterator[tuple[Term | None, ...]]:
    """Yield the solutions of a SELECT query as tuples in the order of its columns."""
    solutions = store.query(query)
    if not isinstance(solutions, ox.QuerySolutions):
        raise TypeError("not a SELECT query")
    names = solutions.variables
    for solution in solutions:
        yield tuple(solution[name] for name in names)


def from_quads(quads: Iterable[ox.Quad]) -> DatasetSource:
    """Gather quads by graph."""
    by_graph: dict[str | None, list[bytes]] = {}
    for name, group in groupby(quads, key=_name_of_graph):
        for block in _serialised(quad.triple for quad in group):
            by_graph.setdefault(name, []).append(block)
    return DatasetSource(by_graph)


def _name_of_graph(quad: ox.Quad) -> str | None:
    return None if isinstance(quad.graph_name, ox.DefaultGraph) else graph_name(quad.graph_name)


def lines_of(triples: Iterable[ox.Triple] | Iterable[ox.Quad]) -> bytes:
    """Return triples, or quads of the default graph, as canonical N-Triples."""
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def blocks_of(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Gather a stream into blocks of whole lines, of a size that is worth a call."""
    held: list[bytes] = []
    size = 0
    for chunk in chunks:
        held.append(chunk)
        size += len(chunk)
        if size >= _BLOCK and (end := chunk.rfind(b"\n") + 1):
            held[-1] = chunk[:end]
            yield b"".join(held)
            held, size = [chunk[end:]], len(chunk) - end
    if rest := b"".join(held):
        yield rest if rest.endswith(b"\n") else rest + b"\n"


def _serialised(triples: Iterable[ox.Triple]) -> Iterator[bytes]:
    held: list[ox.Triple] = []
    for triple in triples:
        held.append(triple)
        if len(held) == 10_000:
            yield lines_of(held)
            held = []
    if held:
        yield lines_of(held)


def _is_large(store: ox.Store, graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph) -> bool:
    quads = store.quads_for_pattern(None, None, None, graph)
    return next(islice(quads, _LARGE, None), None) is not None


def graph_name(term: ox.NamedNode | ox.BlankNode) -> str:
    """Return the IRI of a graph, or ``_:label``."""
    return term.value if isinstance(term, ox.NamedNode) else f"_:{term.value}"


def _graph_term(graph: str | None) -> ox.NamedNode | ox.BlankNode | ox.DefaultGraph:
    if graph is None:
        return ox.DefaultGraph()
    return ox.BlankNode(graph[2:]) if graph.startswith("_:") else ox.NamedNode(graph)
