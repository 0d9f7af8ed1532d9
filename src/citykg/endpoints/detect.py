"""Find out which make of store answers at a URL, by what it says of itself."""

import re

from .http import Credentials, Http
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


def detect(url: str, *, credentials: Credentials, timeout: float, tls: bool) -> Kind:
    """Return the kind of the store at a URL; ``sparql`` when it does not tell.

    Args:
        url: checked.
        credentials: for a server that says nothing to strangers.
        timeout: seconds without an answer before it is given up.
        tls: as in `Http`.

    Raises:
        CannotRun: ``endpoint-unreachable`` or ``endpoint-timeout``: nobody answers there.
    """
    headers = Http(timeout=timeout, tls=tls).headers(url)
    asked_for = headers.get("www-authenticate", "").partition(" ")[0].lower()
    if credentials and asked_for in ("basic", "bearer"):
        headers = Http(credentials, timeout=timeout, tls=tls).headers(url)
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
