"""The names of SHACL and of the vocabularies that it leans on."""

from functools import cache

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

__all__ = ["OWL", "RDF", "RDFS", "SH", "XSD", "Resource", "Statement", "Term", "rdf", "rdfs", "sh", "xsd"]

Resource = NamedNode | BlankNode
Term = NamedNode | BlankNode | Literal
Statement = Triple | Quad

SH = "http://www.w3.org/ns/shacl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"


@cache
def sh(name: str) -> NamedNode:
    """Return a term of the SHACL namespace."""
    return NamedNode(SH + name)


@cache
def rdf(name: str) -> NamedNode:
    """Return a term of the RDF namespace."""
    return NamedNode(RDF + name)


@cache
def rdfs(name: str) -> NamedNode:
    """Return a term of the RDFS namespace."""
    return NamedNode(RDFS + name)


@cache
def xsd(name: str) -> NamedNode:
    """Return a datatype of XML Schema."""
    return NamedNode(XSD + name)
