"""Triple stores behind a URL: asked like an embedded one, read whole, and written to."""

from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from ..export.selection import CLOSURE
from ..results import Answer, Solutions, Triples, Truth
from ..store import MemoryStore, answer_of
from .detect import detect
from .graph_store import GraphStore
from .http import Credentials, Http, checked_url, credentials_from, is_local
from .kinds import Addresses, Kind, kind_named
from .query import Dataset, Queries
from .source import RemoteSource
from .update import Updates

__all__ = [
    "Credentials",
    "Endpoint",
    "EndpointStore",
    "Kind",
    "RemoteSource",
    "checked_url",
    "connect",
    "credentials_from",
    "kind_named",
    "open_endpoint",
    "open_remote_source",
]

_TIMEOUT = 300.0


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One dataset on a server.

    Args:
        url: as a person gave it.
        kind: the make of store.
        addresses: its endpoints.
        http: the connection.
    """

    url: str
    kind: Kind
    addresses: Addresses
    http: Http

    @property
    def closure(self) -> str | None:
        """The graph that the closure is kept in; None for the default graph."""
        return None if self.kind.own_default_graph else CLOSURE

    @property
    def updates(self) -> Updates:
        """The update operation."""
        return Updates(self.http, self.addresses.update, form=self.kind.update_form)

    @property
    def graph_store(self) -> GraphStore | None:
        """The graph store, where there is one."""
        return GraphStore(self.http, self.addresses.graphs, self.kind) if self.addresses.graphs else None

    def queries(self) -> Queries:
        """Return the query operation, which names the closure as default graph where it has to."""
        dataset = Dataset(default=self.closure, at_most=self.kind.named_at_most)
        return Queries(self.http, self.addresses.query, dataset)

    def source(self, *, only: Mapping[str | None, int] | None = None) -> RemoteSource:
        """Return the dataset for reading it whole.

        Args:
            only: the graphs that alone are looked at, with the triples that each should hold: a store that
                gives all it has, and gives so many, need not count them.
        """
        return RemoteSource(
            self.queries(),
            self.graph_store,
            closure=self.closure,
            sliced=self.kind.sliced,
            binary=self.kind.binary,
            only=only if self.kind.unlimited else None,
        )


class EndpointStore:
    """A triple store that answers queries; see `citykg.store.Store`.

    Args:
        endpoint: the dataset.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self._queries = endpoint.queries()

    def query(self, text: str) -> Answer:
        """Run a query; see `citykg.store.Store.query`.

        Raises:
            SyntaxError: the text is not SPARQL.
            CannotRun: ``endpoint-unreachable``, ``endpoint-timeout``, ``endpoint-denied``,
                ``endpoint-not-found``, ``endpoint-cut-short``, ``endpoint-too-many-rows``,
                ``endpoint-error``.
        """
        found = _read(self._queries.run(text))
        if isinstance(found, Solutions):
            self._queries.check_whole(text, len(found.rows))
        return found

    def copy(self) -> MemoryStore:
        """Copy the dataset into memory and reason anew; see `citykg.endpoints.copy.copied`."""
        from .copy import copied

        return copied(self.endpoint.source())


def _read(answer: ox.QuerySolutions | ox.QueryBoolean | bool | list[ox.Triple]) -> Answer:
    """Read an answer whole: what pyoxigraph yields may be let go of in its own thread only, and the frame of
    an error that is kept would hold it until any thread collects it.
    """
    if isinstance(answer, list):
        return Triples(tuple(dict.fromkeys(answer)))
    return Truth(answer) if isinstance(answer, bool) else answer_of(answer)


def connect(
    url: str,
    *,
    kind: str | None = None,
    credentials: Credentials | None = None,
    timeout: float = _TIMEOUT,
) -> Endpoint:
    """Connect to a dataset.

    Args:
        url: its address: of the dataset, or of one of its endpoints.
        kind: the make of store; asked of the server when None.
        credentials: from the environment when None.
        timeout: seconds without an answer before it is given up.

    Raises:
        UsageError: ``wrong-url``, ``secret-in-url``, ``unknown-kind``, ``half-credentials``.
        CannotRun: ``endpoint-unreachable`` or ``endpoint-timeout`` while asking for the kind.
    """
    address = checked_url(url)
    credentials = credentials_from() if credentials is None else credentials
    tls = address.startswith("https:")
    if kind:
        known = kind_named(kind)
    else:
        known = detect(address, credentials=credentials, timeout=min(timeout, 30.0), tls=tls)
    http = Http(credentials, digest=known.digest, timeout=timeout, tls=tls, packed=not is_local(address))
    return Endpoint(address, known, known.addresses(address), http)


def open_endpoint(url: str) -> EndpointStore:
    """Open a triple store for queries; see `connect`."""
    return EndpointStore(_holding(connect(url)))


def open_remote_source(url: str) -> RemoteSource:
    """Open a triple store for reading it whole; see `connect`."""
    return _holding(connect(url)).source()


def _holding(endpoint: Endpoint) -> Endpoint:
    """Look where the closure really is: what a store has was perhaps not loaded by this version of us."""
    from dataclasses import replace

    asked = Queries(endpoint.http, endpoint.addresses.query)
    named = asked.ask(f"ASK {{ GRAPH <{CLOSURE}> {{ ?s ?p ?o }} }}")
    if named == (endpoint.closure is not None):
        return endpoint
    return replace(endpoint, kind=replace(endpoint.kind, own_default_graph=not named))
