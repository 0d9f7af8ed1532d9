"""The canonical form of graphs: blank nodes named by what surrounds them, lines sorted: equal means equal."""

import hashlib
import re
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

__all__ = ["canonical_labels", "canonical_nquads", "has_blank_node"]

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


def digest(nquads: bytes) -> str:
    """Return the SHA-256 of canonical N-Quads in hexadecimal."""
    return hashlib.sha256(nquads).hexdigest()
