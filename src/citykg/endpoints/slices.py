"""A large graph in several answers at once, cut by its properties, from a server that is slow to write."""

from collections.abc import Generator, Iterator, Mapping, Sequence

import pyoxigraph as ox

from ..export.ahead import ahead
from ..export.selection import pattern
from .query import Queries

__all__ = ["SLICE", "cut", "read_in_slices"]

#: Triples of a slice, about, and the answers that are asked for at once.
SLICE = 25_000
_AT_ONCE = 2
# Properties whose names fit into requests.
_MOST = 1_000


def read_in_slices(queries: Queries, graph: str, *, triples: int, answer: int) -> Iterator[bytes]:
    """Yield a graph as canonical N-Triples in blocks; fewer when the server gives less than it has.

    Args:
        queries: which name no dataset.
        graph: its name.
        triples: how many it has; `SLICE` and more are worth it.
        answer: as in `citykg.endpoints.query.canonical_lines`.

    Raises:
        CannotRun: the server does not answer.
    """
    counts: dict[str, int] = {}
    for name, number in queries.rows(_text("properties", graph), whole=False):
        if isinstance(name, ox.NamedNode) and isinstance(number, ox.Literal):
            counts[name.value] = int(number.value)
    if len(counts) > _MOST:
        return
    rounds = -(-triples // (SLICE * _AT_ONCE))
    slices = cut(counts, rounds * _AT_ONCE)

    def some(slices: Sequence[Sequence[str]]) -> Generator[bytes, None, None]:
        for names in slices:
            values = " ".join(f"<{name}>" for name in names)
            yield from queries.triples(_text("slice", graph).replace("?_properties", values), answer=answer)

    with ahead(*(some(slices[start::_AT_ONCE]) for start in range(_AT_ONCE))) as blocks:
        yield from blocks


def cut(counts: Mapping[str, int], number: int) -> list[list[str]]:
    """Put names into so many groups, at most, of about the same sums."""
    groups: list[list[str]] = [[] for _ in range(number)]
    sums = [0] * number
    for name in sorted(counts, key=lambda name: -counts[name]):
        least = sums.index(min(sums))
        groups[least].append(name)
        sums[least] += counts[name]
    return [group for group in groups if group]


def _text(name: str, graph: str) -> str:
    return pattern(f"endpoint-{name}").replace("?_graph", f"<{graph}>")
