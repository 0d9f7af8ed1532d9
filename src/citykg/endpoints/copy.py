"""A copy of a remote dataset in memory, for what follows nodes without names, which no query can name."""

import pyoxigraph as ox

from ..errors import CannotRun
from ..export.selection import CATALOG
from ..reason import infer
from ..reason.proof import NOT_ASSERTED
from ..store import MemoryStore
from .source import RemoteSource

__all__ = ["copied"]


def copied(source: RemoteSource) -> MemoryStore:
    """Copy what a dataset asserts and reason anew: the same as the store that a build makes of it.

    Blank nodes of one graph stay one node; one that stands in several graphs becomes as many. The closure
    that the dataset holds is not read.

    Args:
        source: the dataset.

    Raises:
        CannotRun: ``no-proofs``, when no named graph asserts anything; what reading it raises.
    """
    store = ox.Store()
    asserted: dict[ox.Triple, None] = {}
    wanted = [graph for graph in source.graphs() if graph != CATALOG]
    for graph, block in source.read_many(wanted):
        name = ox.NamedNode(graph)
        triples = [quad.triple for quad in ox.parse(block, ox.RdfFormat.N_TRIPLES)]
        store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object, name) for t in triples)
        if graph not in NOT_ASSERTED:
            asserted.update(dict.fromkeys(triples))
    if not asserted:
        raise CannotRun(
            "no-proofs",
            f"{source.queries.url}: no named graph tells what is asserted and by what passage",
            "load the graph with: citykg load",
        )
    store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in asserted)
    store.bulk_extend(infer(asserted).quads())
    return MemoryStore(store)
