"""SPARQL 1.1 Protocol, update operation (section 2.2): graphs replaced and filled by INSERT DATA."""

from collections.abc import Iterable

from .http import Http

__all__ = ["Updates", "insert_data"]

_UPDATE = "application/sparql-update; charset=UTF-8"


class Updates:
    """The update operation of an endpoint.

    Args:
        http: the connection.
        url: the endpoint.
        form: send updates as forms (section 2.2.1), which servers limit, and not as they are (2.2.2).
    """

    def __init__(self, http: Http, url: str, *, form: bool = False) -> None:
        self.http = http
        self.url = url
        self.form = form

    def run(self, text: str, *, once: bool = False) -> None:
        """Run an update, in one transaction where the store has them (SPARQL 1.1 Update, section 2.2).

        Args:
            text: the update.
            once: do not try again when it fails.
        """
        if self.form:
            self.http.request("POST", self.url, form=[("update", text)], once=once)
        else:
            content = text.encode("utf-8")
            self.http.request("POST", self.url, content=content, media_type=_UPDATE, once=once)

    def replace(self, graphs: Iterable[tuple[str | None, bytes]]) -> None:
        """Replace graphs, all in one request.

        Args:
            graphs: name (None for the default graph) and content in N-Triples.
        """
        held = list(graphs)
        dropped = [f"DROP SILENT {_target(graph)}" for graph, _ in held]
        self.run(" ;\n".join((*dropped, insert_data(held))))

    def add(self, graph: str | None, lines: bytes, *, once: bool = False) -> None:
        """Add N-Triples to a graph; see `run`."""
        self.run(insert_data([(graph, lines)]), once=once)

    def drop(self, *graphs: str | None) -> None:
        """Remove graphs, where they are there."""
        self.run(" ;\n".join(f"DROP SILENT {_target(graph)}" for graph in graphs))


def insert_data(graphs: Iterable[tuple[str | None, bytes]]) -> str:
    """Return one INSERT DATA (SPARQL 1.1 Update, section 3.1.1); N-Triples is what it takes inside."""
    parts = []
    for graph, lines in graphs:
        text = lines.decode("utf-8")
        parts.append(text if graph is None else f"GRAPH <{graph}> {{\n{text}}}\n")
    return "INSERT DATA {\n" + "".join(parts) + "}"


def _target(graph: str | None) -> str:
    return "DEFAULT" if graph is None else f"GRAPH <{graph}>"
