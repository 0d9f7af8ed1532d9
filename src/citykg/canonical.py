"""The canonical form of graphs: blank nodes named by what surrounds them, lines sorted: equal means equal."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

__all__ = ["blank_components", "blank_nodes", "canonical_labels", "canonical_nquads", "has_blank_node"]

_LITERAL = re.compile(r'"(?:[^"\\]|\\.)*"')
_BLANK = re.compile(r"(?:^|[ (])_:")


def canonical_nquads(quads: Iterable[ox.Quad]) -> bytes:
    """Return a dataset as canonical N-Quads (RDF Dataset Canonicalization 1.0, RDFC-1.0 with SHA-256).

    Args:
        quads: the dataset; repeated quads count once. Held in memory.

    Returns:
        Sorted lines of canonical N-Quads; two datasets are isomorphic exactly when the bytes are the same.
    """
    lines = (ox.serialize((quad,), format=ox.RdfFormat.N_QUADS) or b"" for quad in canonical_labels(quads))
    return b"".join(sorted(set(lines)))


def canonical_labels(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield the quads with their blank nodes named ``c14n0``, ``c14n1``… by RDFC-1.0.

    The names depend only on the quads that have a blank node: those without may be left out.
    """
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    yield from dataset


def has_blank_node(line: str) -> bool:
    """Whether a line of N-Triples or N-Quads has a blank node; ``_:`` within a literal is none."""
    return "_:" in line and bool(_BLANK.search(_LITERAL.sub('""', line)))


def blank_components(quads: Iterable[ox.Quad]) -> Counter[bytes]:
    """Cut quads with blank nodes into the parts that hang together by them, each in canonical form.

    A change in one part leaves the others the same, which names over a whole dataset do not.

    Returns:
        Canonical N-Quads of each part, with the number of parts that look so.
    """
    parent: dict[str, str] = {}

    def root(node: str) -> str:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    held: list[tuple[str, ox.Quad]] = []
    for quad in quads:
        nodes = [f"{node}" for node in blank_nodes(quad.subject, quad.object, quad.graph_name)]
        for node in nodes:
            parent.setdefault(node, node)
            parent[root(node)] = root(nodes[0])
        if nodes:
            held.append((nodes[0], quad))
    parts: dict[str, list[ox.Quad]] = {}
    for node, quad in held:
        parts.setdefault(root(node), []).append(quad)
    return Counter(canonical_nquads(part) for part in parts.values())


def blank_nodes(*terms: object) -> Iterator[ox.BlankNode]:
    """Yield the blank nodes among terms and in triples that are terms."""
    for term in terms:
        if isinstance(term, ox.BlankNode):
            yield term
        elif isinstance(term, ox.Triple):
            yield from blank_nodes(term.subject, term.object)
