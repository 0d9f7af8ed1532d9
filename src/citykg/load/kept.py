"""A dataset that is read once: loading and verifying go over the same statements several times."""

import tempfile
import weakref
from collections.abc import Iterator, Sequence

from ..export.sources import Source, Term

__all__ = ["Kept"]


class Kept:
    """Keeps every graph that has been read whole in a temporary file; see `citykg.export.sources.Source`.

    Args:
        source: the dataset.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._file = tempfile.TemporaryFile(prefix="citykg-load-")  # noqa: SIM115 - closed with this object
        self._end = 0
        self._places: dict[str | None, list[tuple[int, int]]] = {}
        weakref.finalize(self, self._file.close)

    def graphs(self) -> list[str]:
        """Return the names of the named graphs."""
        return self._source.graphs()

    def read(self, graph: str | None) -> Iterator[bytes]:
        """Read one graph: the first time from the dataset."""
        if graph not in self._places:
            places = []
            for block in self._source.read(graph):
                self._file.seek(self._end)
                self._file.write(block)
                places.append((self._end, len(block)))
                self._end += len(block)
                yield block
            self._places[graph] = places
            return
        for start, size in self._places[graph]:
            self._file.seek(start)
            yield self._file.read(size)

    def read_many(self, graphs: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Read graph after graph."""
        return ((graph, block) for graph in graphs for block in self.read(graph))

    def construct(self, query: str) -> Iterator[bytes]:
        """Run a query on the dataset."""
        return self._source.construct(query)

    def rows(self, query: str) -> Iterator[tuple[Term | None, ...]]:
        """Run a query on the dataset."""
        return self._source.rows(query)
