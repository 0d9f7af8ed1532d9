"""Servers that end answers after so many rows: what may be cut is refused, and graphs arrive whole."""

import json
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pyoxigraph as ox
import pytest
from servers import Missing, Server, start  # type: ignore[import-not-found]

from citykg.endpoints import Credentials, Endpoint, EndpointStore, connect
from citykg.errors import CannotRun
from citykg.export import from_quads
from citykg.load import graph_counts, load, make_plan
from citykg.results import Solutions
from citykg.verify import verify

pytestmark = pytest.mark.stores

_ALL = "SELECT * { GRAPH <urn:g> { ?s ?p ?o } }"


@pytest.fixture(scope="module")
def stingy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """Virtuoso with two graphs of 300 triples, and at most 100 rows in an answer."""
    try:
        running = start("virtuoso", tmp_path_factory.mktemp("stingy"))
    except Missing as missing:
        pytest.skip(str(missing))
    try:
        who = running.environment
        credentials = Credentials(who["CITYKG_USER"], who["CITYKG_PASSWORD"])
        endpoint = connect(running.url, credentials=credentials, timeout=120)
        for graph in ("urn:g", "urn:h"):
            lines = "".join(f'<urn:s{number}> <urn:p> "{number}" .\n' for number in range(300))
            endpoint.updates.add(graph, lines.encode())
        ini = running.folder / "virtuoso.ini"  # read for every query
        text = ini.read_text(encoding="utf-8")
        assert "ResultSetMaxRows = 1000000" in text
        ini.write_text(text.replace("MaxRows = 1000000", "MaxRows = 100"), encoding="utf-8")
        yield endpoint
    finally:
        running.stop()


@pytest.mark.parametrize(
    "query",
    [
        _ALL,
        f"{_ALL} LIMIT 200",
        f"{_ALL} ORDER BY ?s",
        f"SELECT * {{ {{ {_ALL} LIMIT 9 }} UNION {{ GRAPH <urn:g> {{ ?s ?p ?o }} }} }}",
    ],
)
def test_an_answer_that_may_be_cut_is_refused(stingy: Endpoint, query: str) -> None:
    with pytest.raises(CannotRun) as error:
        EndpointStore(stingy).query(query)
    assert error.value.code == "endpoint-too-many-rows"
    assert "after 100 rows" in error.value.message


@pytest.mark.parametrize(
    ("query", "rows"),
    [(f"{_ALL} LIMIT 100", 100), (f"{_ALL} ORDER BY ?s LIMIT 100 OFFSET 250", 50), (f"{_ALL} LIMIT 7", 7)],
)
def test_a_page_that_was_asked_for_is_an_answer(stingy: Endpoint, query: str, rows: int) -> None:
    answer = EndpointStore(stingy).query(query)
    assert isinstance(answer, Solutions)
    assert len(answer.rows) == rows


def test_graphs_are_read_whole_all_the_same(stingy: Endpoint) -> None:
    found: dict[str, set[ox.Quad]] = {}
    for graph, block in stingy.source().read_many(["urn:g", "urn:h"]):
        found.setdefault(graph, set()).update(ox.parse(block, ox.RdfFormat.N_TRIPLES))
    assert {graph: len(triples) for graph, triples in found.items()} == {"urn:g": 300, "urn:h": 300}


@contextmanager
def _silently_cutting(url: str) -> Iterator[str]:
    """A proxy before a server: 100 rows of an answer, and no word about it."""

    class Handler(BaseHTTPRequestHandler):
        def _any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {k: v for k, v in self.headers.items() if k.lower() not in ("host", "accept-encoding")}
            request = urllib.request.Request(base + self.path, body or None, headers, method=self.command)
            try:
                answer = urllib.request.urlopen(request, timeout=60)
            except urllib.error.HTTPError as error:
                answer = error
            with answer:
                content = answer.read()
                if "sparql-results+json" in answer.headers.get("Content-Type", ""):
                    found = json.loads(content)
                    found.get("results", {})["bindings"] = found["results"]["bindings"][:100]
                    content = json.dumps(found).encode()
                self.send_response(answer.status)
                for name in ("Content-Type", "WWW-Authenticate"):
                    if name in answer.headers:
                        self.send_header(name, answer.headers[name])
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_DELETE = _any  # noqa: N815 - names of the library

        def log_message(self, *_: object) -> None:
            pass

    parts = urllib.parse.urlsplit(url)
    base = f"{parts.scheme}://{parts.netloc}"
    proxy = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=proxy.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{proxy.server_address[1]}{parts.path}"
    finally:
        proxy.shutdown()
        proxy.server_close()
        thread.join()


def test_an_answer_that_is_cut_without_a_word_is_refused_and_graphs_are_whole(server: Server) -> None:
    who = server.environment
    credentials = Credentials(who.get("CITYKG_USER", ""), who.get("CITYKG_PASSWORD", ""))
    with _silently_cutting(server.url) as url:
        endpoint = connect(url, kind=server.kind, credentials=credentials, timeout=120)
        quads = [
            ox.Quad(ox.NamedNode(f"urn:s{n}"), ox.NamedNode("urn:p"), ox.Literal(f"{n}"), ox.NamedNode(graph))
            for graph in ("urn:g", "urn:h")
            for n in range(300)
        ]
        source = from_quads(quads)
        plan = make_plan(graph_counts(source), endpoint)
        load(source, endpoint, plan)
        store = EndpointStore(endpoint)
        with pytest.raises(CannotRun) as error:
            store.query(_ALL)
        assert error.value.code == "endpoint-too-many-rows"
        found = store.query(f"{_ALL} ORDER BY ?s LIMIT 100")
        assert isinstance(found, Solutions)
        assert len(found.rows) == 100
        arrived = verify(source, endpoint, plan)
        assert arrived.difference.equal  # graphs of other tests may be there as well
        assert not arrived.miscounts
        endpoint.updates.drop("urn:g", "urn:h")
