"""SPARQL 1.1 Graph Store HTTP Protocol, indirect identification (section 4.2)."""

from collections.abc import Iterator

from .binary_rdf import MEDIA_TYPE, lines_of_binary
from .errors import EndpointError, cut_short
from .http import Content, Http
from .kinds import Kind
from .query import canonical_lines, next_answer

__all__ = ["GraphStore"]

_TRIPLES = "application/n-triples"


class GraphStore:
    """Whole graphs of one dataset; None is the default graph.

    Args:
        http: the connection.
        url: the graph store.
        kind: how this make of store wants it.
    """

    def __init__(self, http: Http, url: str, kind: Kind) -> None:
        self.http = http
        self.url = url
        self.kind = kind

    def put(self, graph: str | None, content: Content, *, triples: int) -> None:
        """Replace a graph (section 5.3).

        Args:
            graph: its name.
            content: N-Triples, or what is called for them, again when the request is tried again.
            triples: how many there are.
        """
        self._send("PUT", graph, content, triples)

    def post(self, graph: str | None, content: Content, *, triples: int, once: bool = False) -> None:
        """Add to a graph (section 5.5); with ``once``, it is not tried again when it fails."""
        self._send("POST", graph, content, triples, once=once)

    def get(self, graph: str | None, *, answer: int | None = None, binary: bool = False) -> Iterator[bytes]:
        """Yield a graph as canonical N-Triples in blocks (section 5.2); nothing for one that is not there.

        Args:
            graph: its name.
            answer: as in `citykg.endpoints.query.canonical_lines`.
            binary: ask for it in a binary format; see `citykg.endpoints.binary_rdf`.
        """
        accept, read = (MEDIA_TYPE, lines_of_binary) if binary else (_TRIPLES, canonical_lines)
        answer = next_answer() if answer is None else answer
        try:
            with self.http.stream("GET", self.url, parameters=self._which(graph), accept=accept) as chunks:
                yield from read(chunks, answer=answer)
        except ValueError as error:
            raise cut_short(self.url, str(error)) from error
        except EndpointError as error:
            if error.status != 404:
                raise

    def delete(self, graph: str | None) -> None:
        """Remove a graph (section 5.4), if it is there."""
        try:
            self.http.request("DELETE", self.url, parameters=self._which(graph))
        except EndpointError as error:
            if error.status != 404:
                raise

    def _send(
        self, method: str, graph: str | None, content: Content, triples: int, *, once: bool = False
    ) -> None:
        large = self.kind.large is not None and triples >= self.kind.large
        parameters = [*self._which(graph), *(self.kind.large_parameters if large else ())]
        self.http.request(
            method,
            self.url,
            parameters=parameters,
            content=content,
            media_type=_TRIPLES,
            packed=self.kind.packed,
            once=once,
        )

    def _which(self, graph: str | None) -> list[tuple[str, str]]:
        return [("default", "")] if graph is None else [(self.kind.graph_parameter, graph)]
