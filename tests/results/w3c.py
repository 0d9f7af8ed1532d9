"""The W3C suites of result formats, run with citykg's writers; those of protocols, beside what it sends."""

import csv
import io
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pyoxigraph as ox
from tests.publishing.w3c import Case

from citykg.endpoints import connect
from citykg.endpoints.graph_store import GraphStore
from citykg.endpoints.query import Dataset, Queries
from citykg.endpoints.update import Updates
from citykg.query import prepare, run_query
from citykg.results import Answer, Solutions, write
from citykg.store import MemoryStore, answer_of

__all__ = ["SUITES", "Sent", "models", "requests_sent"]

_SPARQL = Path("rdf-tests") / "sparql" / "sparql11"
_DATASET = ("default-graph-uri", "named-graph-uri")
_FORM = "application/x-www-form-urlencoded"
_FORMATS = {".csv": "csv", ".tsv": "tsv", ".srj": "json"}
_CASES = """
PREFIX mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#>
PREFIX qt: <http://www.w3.org/2001/sw/DataAccess/tests/test-query#>
SELECT ?test ?name ?query ?data ?result WHERE {
  ?test mf:name ?name ; mf:result ?result ; mf:action [ qt:query ?query ; qt:data ?data ]
} ORDER BY ?test
"""
_REQUESTS = """
PREFIX ht: <http://www.w3.org/2011/http#>
PREFIX cnt: <http://www.w3.org/2011/content#>
PREFIX mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT ?test ?method ?path ?body ?media WHERE {
  ?test mf:action/ht:requests/rdf:rest*/rdf:first ?request .
  ?request ht:methodName ?method ; ht:absolutePath ?path .
  FILTER(!CONTAINS(STR(?test), "#bad_"))
  OPTIONAL { ?request ht:body/cnt:chars ?body }
  OPTIONAL {
    ?request ht:headers/rdf:rest*/rdf:first [ ht:fieldName ?field ; ht:fieldValue ?media ]
    FILTER(LCASE(?field) = "content-type")
  }
} ORDER BY ?test
"""


def csv_and_tsv(folder: Path) -> Iterator[Case]:
    """Every case of csv-tsv-res."""
    return _cases(folder / _SPARQL / "csv-tsv-res")


def json_results(folder: Path) -> Iterator[Case]:
    """Every case of json-res."""
    return _cases(folder / _SPARQL / "json-res")


def _cases(folder: Path) -> Iterator[Case]:
    for test, name, *files in _rows(folder / "manifest.ttl", _CASES):
        query, data, result = (folder / file.rpartition("/")[2] for file in files)
        run = lambda query=query, data=data, result=result: _compared(query, data, result)  # noqa: E731
        yield Case(test.rpartition("#")[2], name, run)


def _rows(manifest: Path, query: str) -> Iterator[list[str]]:
    store = ox.Store()
    store.load(path=str(manifest), format=ox.RdfFormat.TURTLE, base_iri="http://suite/")
    solutions = store.query(query)
    assert isinstance(solutions, ox.QuerySolutions)
    for row in solutions:
        yield [getattr(term, "value", "") for term in row]


def _compared(query: Path, data: Path, result: Path) -> str:
    store = MemoryStore(ox.Store())
    store.graph.load(path=str(data), format=ox.RdfFormat.TURTLE, base_iri="urn:base:")
    answer = run_query(store, prepare(query.read_text(encoding="utf-8"), store=store))
    written, expected = write(answer, _FORMATS[result.suffix]), result.read_bytes()
    if result.suffix == ".csv":
        ours, theirs = _fields(written), _fields(expected)
    else:
        form = ox.QueryResultsFormat.TSV if result.suffix == ".tsv" else ox.QueryResultsFormat.JSON
        ours, theirs = (_terms(answer_of(ox.parse_query_results(text, form))) for text in (written, expected))
    if ours == theirs:
        return ""
    return f"other terms: {sorted(set(ours) - set(theirs))} for {sorted(set(theirs) - set(ours))}"


def _fields(content: bytes) -> list[str]:
    """The rows, in any order, blank nodes all alike."""
    table = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
    return sorted(",".join(re.sub("^_:.*", "_:", field) for field in row) for row in table)


def _terms(answer: Answer) -> list[str]:
    """The rows of terms, in any order, blank nodes all alike."""
    if not isinstance(answer, Solutions):
        return [str(answer)]
    rows = (
        " ".join("_:" if isinstance(term, ox.BlankNode) else str(term) for term in row) for row in answer.rows
    )
    return [" ".join(answer.variables), *sorted(rows)]


SUITES: dict[str, tuple[Callable[[Path], Iterator[Case]], str]] = {
    "CSV and TSV results": (
        csv_and_tsv,
        "citykg's writers, with the answers of pyoxigraph; terms as written",
    ),
    "JSON results": (json_results, "citykg's writer, read back; terms as written"),
}


@dataclass(frozen=True)
class Sent:
    """What a request is made of, as far as the protocols speak of it.

    Args:
        method: of HTTP.
        parameters: their names, in the URL or in the form, each once, sorted.
        media: the media type of the body, without its charset.
        accept: what is asked for.
    """

    method: str
    parameters: tuple[str, ...]
    media: str
    accept: str = ""

    @property
    def shape(self) -> tuple[str, tuple[str, ...], str]:
        """What is compared with the suites.

        Any format of RDF is as good as another, and graphs may be named or not (SPARQL 1.1 Protocol, 2.1.4).
        """
        rdf = "RDF" if self.media in ("text/turtle", "application/n-triples") else self.media
        return self.method, tuple(name for name in self.parameters if name not in _DATASET), rdf


def requests_sent() -> dict[str, Sent]:
    """Send every kind of request that the client has to a server on loopback, and say what it was."""
    held: list[Sent] = []

    class Handler(BaseHTTPRequestHandler):
        def _any(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            body = self.rfile.read(length).decode("utf-8")
            media = self.headers.get("Content-Type", "").partition(";")[0]
            accept = self.headers.get("Accept", "")
            held.append(Sent(self.command, _names(self.path, body, media), media, accept))
            answer = b"" if "n-triples" in accept else b'{"head": {"vars": []}, "results": {"bindings": []}}'
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_POST = do_PUT = do_DELETE = _any  # noqa: N815 - names of the library

        def log_message(self, *_: object) -> None:
            pass

    found: dict[str, Sent] = {}
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            for what, ask in _asking(f"http://127.0.0.1:{server.server_port}"):
                held.clear()
                ask()
                (found[what],) = held
        finally:
            server.shutdown()
            thread.join()
    return found


def _asking(url: str) -> Iterator[tuple[str, Callable[[], object]]]:
    endpoint = connect(url, kind="sparql")
    plain = Queries(endpoint.http, url)
    naming = Queries(endpoint.http, url, Dataset(default="urn:closure"))
    graphs = GraphStore(endpoint.http, url, endpoint.kind)
    yield "SELECT or ASK", lambda: plain.run("SELECT * { ?s ?p ?o }")
    yield "CONSTRUCT or DESCRIBE", lambda: plain.run("CONSTRUCT WHERE { ?s ?p ?o }")
    yield "query with the closure as default graph", lambda: naming.run("SELECT * { ?s ?p ?o }")
    yield (
        "the same, with GRAPH in it",
        lambda: naming.run("SELECT * { ?s ?p ?o . GRAPH <urn:g> { ?s ?p ?o } }"),
    )
    yield "update", lambda: Updates(endpoint.http, url).run("CLEAR ALL")
    yield (
        "update of a store that wants a form",
        lambda: Updates(endpoint.http, url, form=True).run("CLEAR ALL"),
    )
    yield "replace a graph", lambda: graphs.put("urn:g", b"", triples=0)
    yield "replace the default graph", lambda: graphs.put(None, b"", triples=0)
    yield "add to a graph", lambda: graphs.post("urn:g", b"", triples=0)
    yield "read a graph", lambda: list(graphs.get("urn:g"))
    yield "read the default graph", lambda: list(graphs.get(None))
    yield "remove a graph", lambda: graphs.delete("urn:g")


def models(folder: Path) -> dict[tuple[str, tuple[str, ...], str], list[str]]:
    """Return the shapes of the requests that a server must take, with the tests of the suites they are in."""
    found: dict[tuple[str, tuple[str, ...], str], list[str]] = {}
    for manifest in ("protocol/manifest.ttl", "graph-store-protocol/manifest-indirect.ttl"):
        for test, method, path, body, media in _rows(folder / _SPARQL / manifest, _REQUESTS):
            media = media.partition(";")[0]
            shape = Sent(method, _names(path, body, media), media).shape
            name = test.rpartition("#")[2]
            if name not in found.setdefault(shape, []):
                found[shape].append(name)
    return found


def _names(path: str, body: str, media: str) -> tuple[str, ...]:
    """The names of the parameters, wherever they are."""
    text = urlsplit(path).query + ("&" + body if media == _FORM else "")
    return tuple(sorted({name for name, _ in parse_qsl(text, keep_blank_values=True)}))
