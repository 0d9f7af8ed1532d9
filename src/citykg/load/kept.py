"""A dataset that is read once: loading and verifying go over the same statements several times."""

from collections.abc import Iterator, Sequence

from ..export.sources import Source, Term
from ..spool import Place, Spool

__all__ = ["Kept"]


class Kept:
    """Keeps every graph that has been read whole in a temporary file; see `citykg.export.sources.Source`.

    Args:
        source: the dataset.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._spool = Spool()
        self._places: dict[str | None, list[Place]] = {}

    def graphs(self) -> list[str]:
        """Return the names of the named graphs."""
        return self._source.graphs()

    def read(self, graph: str | None) -> Iterator[bytes]:
        """Read one graph: the first time from the dataset."""
        if graph in self._places:
            yield from map(self._spool.read, self._places[graph])
            return
        places = []
        for block in self._source.read(graph):
            places.append(self._spool.add(block))
            yield block
        self._places[graph] = places

    def read_many(self, graphs: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Read graph after graph."""
        return ((graph, block) for graph in graphs for block in self.read(graph))

    def construct(self, query: str) -> Iterator[bytes]:
        """Run a query on the dataset."""
        return self._source.construct(query)

    def rows(self, query: str) -> Iterator[tuple[Term | None, ...]]:
        """Run a query on the dataset."""
        return self._source.rows(query)
