"""Evidence in RDF 1.2: each bare triple of a passage gets a reifier that says in which passage it stands."""

import hashlib
from collections.abc import Iterator

import pyoxigraph as ox

from .selection import Part, pattern
from .sources import Source, lines_of
from .turtle import Annotations

__all__ = ["annotations", "reifications"]

_REIFIES = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies")


def annotations(source: Source) -> Annotations:
    """Return the annotations of every triple that a passage states without a node of its own.

    A reifier is named after its passage and the triple, so that the same evidence has the same name in every
    export (RDF 1.2 Concepts, section 1.5; no blank nodes).
    """
    found: dict[tuple[str, str, str], list[tuple[str, str, str]]] = {}
    for passage, link, triple in _evidence(source):
        key = (_text(triple.subject), _text(triple.predicate), _text(triple.object))
        found.setdefault(key, []).append((_text(_reifier(passage, triple)), _text(link), _text(passage)))
    for reifiers in found.values():
        reifiers.sort()
    return found


def reifications(source: Source) -> Iterator[Part]:
    """Yield the same evidence as plain statements, for formats without annotations."""
    for passage, link, triple in _evidence(source):
        reifier = _reifier(passage, triple)
        lines = lines_of((ox.Triple(reifier, _REIFIES, triple), ox.Triple(reifier, link, passage)))
        yield Part(None, lines.decode("latin-1"))


def _evidence(source: Source) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, ox.Triple]]:
    for passage, link, subject, predicate, value in source.rows(pattern("export-evidence")):
        if (
            isinstance(passage, ox.NamedNode)
            and isinstance(link, ox.NamedNode)
            and isinstance(subject, ox.NamedNode)
            and isinstance(predicate, ox.NamedNode)
            and isinstance(value, ox.NamedNode | ox.Literal)
        ):
            yield passage, link, ox.Triple(subject, predicate, value)


def _reifier(passage: ox.NamedNode, triple: ox.Triple) -> ox.NamedNode:
    key = hashlib.sha256(lines_of((triple,))).hexdigest()[:12]
    return ox.NamedNode(f"{passage.value}.e-{key}")


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    """Return a term as N-Triples writes it, UTF-8 read as Latin-1."""
    subject = ox.NamedNode("urn:s")
    line = lines_of((ox.Triple(subject, subject, term),)).decode("latin-1")
    return line[len("<urn:s> <urn:s> ") : -len(" .\n")]
