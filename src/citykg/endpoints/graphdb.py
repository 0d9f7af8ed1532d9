"""Ontotext GraphDB (https://graphdb.ontotext.com/documentation/), which speaks the protocol of RDF4J."""

from .kinds import Kind
from .rdf4j import KIND as RDF4J

__all__ = ["KIND"]


KIND = Kind(
    name="graphdb",
    title="Ontotext GraphDB",
    addresses=RDF4J.addresses,
    own_default_graph=False,
    refuses=("triples whose subject is a literal", "requests above its upload limit"),
)
