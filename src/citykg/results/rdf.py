"""Triples as Turtle, N-Triples, JSON-LD or RDF/XML."""

import pyoxigraph as ox

from . import Triples

__all__ = ["write"]

_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


def write(answer: Triples, format: str, *, prefixes: dict[str, str] | None = None) -> bytes:
    """Return the triples, sorted, so that the same answer is written the same; prefixes where used."""
    ordered = sorted(answer.triples, key=str)
    used = {}
    for prefix, namespace in (prefixes or {}).items():
        if any(_uses(triple, namespace) for triple in ordered):
            used[prefix] = namespace
    data = ox.serialize(ordered, format=_FORMATS[format], prefixes=used) or b""
    return data if data.endswith(b"\n") or not data else data + b"\n"


def _uses(triple: ox.Triple, namespace: str) -> bool:
    for term in (triple.subject, triple.predicate, triple.object):
        iri = term.value if isinstance(term, ox.NamedNode) else ""
        if isinstance(term, ox.Literal):
            iri = term.datatype.value
        if iri.startswith(namespace):
            return True
    return False
