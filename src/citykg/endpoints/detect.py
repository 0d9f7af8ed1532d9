"""Find out which make of store answers at a URL, by what it says of itself."""

import re

from .http import Http
from .kinds import Kind, kind_named

__all__ = ["detect"]

# By path first: GraphDB and RDF4J share theirs.
_PATHS = (
    (re.compile(r"/repositories/[^/]+"), "rdf4j"),
    (re.compile(r"/namespace/[^/]+/sparql|/bigdata/|/blazegraph/"), "blazegraph"),
    (re.compile(r"\.neptune\.amazonaws\.com"), "neptune"),
)
_SERVERS = (
    ("oxigraph", "oxigraph"),
    ("virtuoso", "virtuoso"),
    ("graphdb", "graphdb"),
    ("stardog", "stardog"),
)
_HEADERS = (("fuseki-request-id", "fuseki"), ("sd-transaction-id", "stardog"))


def detect(http: Http, url: str) -> Kind:
    """Return the kind of the store at a URL; ``sparql`` when it does not tell.

    Raises:
        CannotRun: ``endpoint-unreachable`` or ``endpoint-timeout``: nobody answers there.
    """
    headers = http.headers(url)
    server = headers.get("server", "").lower()
    for sign, name in _SERVERS:
        if sign in server:
            return kind_named(name)
    for header, name in _HEADERS:
        if header in headers:
            return kind_named(name)
    if "graphdb" in headers.get("x-graphdb", "").lower():
        return kind_named("graphdb")
    for path, name in _PATHS:
        if path.search(url):
            return kind_named(name)
    return kind_named("sparql")
