"""Servers that misbehave, told apart; credentials that stay where they belong; requests that name graphs."""

import subprocess
import sys
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

from citykg.endpoints import (
    Credentials,
    Endpoint,
    EndpointStore,
    checked_url,
    connect,
    credentials_from,
    kind_named,
)
from citykg.endpoints.http import Http, is_local
from citykg.endpoints.kinds import KIND_NAMES
from citykg.endpoints.query import Dataset, Queries
from citykg.endpoints.update import insert_data
from citykg.errors import CannotRun, UsageError
from citykg.explain import provable
from citykg.export import DatasetSource, from_quads
from citykg.load import (
    Way,
    find_target,
    graph_counts,
    load,
    make_plan,
    open_journal,
    refuse_known,
    stale_graphs,
)
from citykg.results import Solutions, Truth

Answer = Callable[[BaseHTTPRequestHandler], None]
TRUE = b'{"head": {}, "boolean": true}'
ROWS = "application/sparql-results+json"


@contextmanager
def serving(answer: Answer) -> Iterator[str]:
    """Run a server on loopback that answers every request in one way."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _any(self) -> None:
            answer(self)

        do_GET = do_POST = do_PUT = do_DELETE = _any  # noqa: N815 - names of the library

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def reply(
    request: BaseHTTPRequestHandler,
    status: int = 200,
    body: bytes = TRUE,
    media_type: str = ROWS,
    **headers: str,
) -> None:
    """Answer a request whole."""
    request.rfile.read(int(request.headers.get("Content-Length", 0)))
    request.send_response(status)
    request.send_header("Content-Type", media_type)
    request.send_header("Content-Length", str(len(body)))
    for name, value in headers.items():
        request.send_header(name.replace("_", "-"), value)
    request.end_headers()
    request.wfile.write(body)


def _store(url: str, *, timeout: float = 5, credentials: Credentials | None = None) -> EndpointStore:
    return EndpointStore(
        connect(url, kind="sparql", credentials=credentials or Credentials(), timeout=timeout)
    )


def test_nobody_there_is_unreachable() -> None:
    with pytest.raises(CannotRun, match="refused") as error:
        _store("http://127.0.0.1:9").query("ASK {}")
    assert error.value.code == "endpoint-unreachable"


def test_a_silent_server_is_a_time_out() -> None:
    release = threading.Event()
    with serving(lambda request: (release.wait(5), reply(request))[1]) as url:
        with pytest.raises(CannotRun, match=r"no answer within 0\.3 s") as error:
            _store(url, timeout=0.3).query("ASK {}")
        release.set()
    assert error.value.code == "endpoint-timeout"


def test_an_error_of_the_server_is_shown_without_its_markup() -> None:
    body = b"<html><style>p{}</style><body><h1>Out of\nmemory</h1></body></html>"
    with (
        serving(lambda request: reply(request, 500, body, "text/html")) as url,
        pytest.raises(CannotRun, match=r"HTTP 500: Out of memory$") as error,
    ):
        _store(url).query("ASK { ?s ?p ?o }")
    assert error.value.code == "endpoint-error"


def test_a_syntax_error_is_the_same_as_in_an_embedded_store() -> None:
    with serving(lambda request: reply(request, 400, b"bad query", "text/plain")) as url:
        with pytest.raises(SyntaxError):
            _store(url).query("SELECT * {")
        with pytest.raises(CannotRun, match="HTTP 400: bad query"):
            _store(url).query("SELECT * {}")


@pytest.mark.parametrize(("status", "code"), [(401, "endpoint-denied"), (403, "endpoint-denied"),
                                              (404, "endpoint-not-found"), (405, "endpoint-denied"),
                                              (504, "endpoint-timeout")])  # fmt: skip
def test_refusals_are_told_apart(status: int, code: str) -> None:
    with serving(lambda request: reply(request, status, b"")) as url, pytest.raises(CannotRun) as error:
        _store(url).query("ASK {}")
    assert error.value.code == code


def test_a_busy_server_is_asked_again() -> None:
    asked = []

    def answer(request: BaseHTTPRequestHandler) -> None:
        asked.append(1)
        reply(request, 503 if len(asked) < 3 else 200)

    with serving(answer) as url:
        assert _store(url).query("ASK {}") == Truth(True)
    assert len(asked) == 3


def test_blank_nodes_of_a_large_graph_are_not_sent_twice_when_the_answer_is_lost() -> None:
    lines = "".join(f"<urn:s{n}> <urn:p> 'x' . _:b{n} <urn:p> 'x' .\n" for n in range(1_500))
    source = from_quads(
        ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode("urn:g"))
        for q in ox.parse(lines, ox.RdfFormat.TURTLE)
    )
    held = ox.Store()
    updates = []

    def answer(request: BaseHTTPRequestHandler) -> None:
        text = request.rfile.read(int(request.headers["Content-Length"])).decode()
        request.headers.replace_header("Content-Length", "0")
        held.update(text)
        updates.append(text.count("_:b"))
        if len(updates) == 3:  # what was sent has arrived, its answer does not
            request.close_connection = True
        else:
            reply(request, 204, b"")

    with serving(answer) as url:
        endpoint = connect(url, kind="sparql", credentials=Credentials(), timeout=5)
        plan = make_plan({"urn:g": 3_000}, endpoint)
        with pytest.raises(CannotRun, match="may be partly written"):
            load(source, endpoint, plan)
        assert updates == [0, 0, 1_500]
        load(source, endpoint, plan)
    assert updates == [0, 0, 1_500] * 2
    assert len(held) == 3_000


@pytest.mark.parametrize(("refusals", "arrives"), [(1, True), (1_000, False)])
def test_a_part_that_is_refused_beside_another_is_added_again_by_itself(refusals: int, arrives: bool) -> None:
    held: list[bytes] = []
    posts: list[int] = []

    def answer(request: BaseHTTPRequestHandler) -> None:
        content = request.rfile.read(int(request.headers.get("Content-Length", 0)))
        request.headers.replace_header("Content-Length", "0")
        if request.command == "POST":
            posts.append(len(content))
            if 2 <= len(posts) < 2 + refusals:
                reply(request, 500, b"Virtuoso 40001 Error SR172: Transaction deadlocked")
                return
        held.extend(content.splitlines())
        reply(request, 201, b"")

    lines = [b'<urn:s> <urn:p> "%d" .' % number for number in range(90_000)]
    source = DatasetSource({None: [b"\n".join((*lines, b""))]})
    with serving(answer) as url:
        endpoint = connect(url, kind="virtuoso", credentials=Credentials(), timeout=30)
        plan = make_plan({None: len(lines)}, endpoint)
        told: list[int] = []
        if arrives:
            load(source, endpoint, plan, progress=told.append)
            assert sorted(held) == sorted(lines)
            assert sum(told) == len(lines)
            assert len(posts) == 5
        else:
            with pytest.raises(CannotRun, match=r"deadlocked.*partly written"):
                load(source, endpoint, plan)


def test_an_answer_that_breaks_off_is_no_answer() -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.rfile.read(int(request.headers.get("Content-Length", 0)))
        request.send_response(200)
        request.send_header("Content-Type", "application/n-triples")
        request.send_header("Content-Length", "1000")
        request.end_headers()
        request.wfile.write(b"<urn:a> <urn:p> <urn:b> .\n")
        request.close_connection = True

    with serving(answer) as url:
        with pytest.raises(CannotRun) as error:
            _store(url).query("CONSTRUCT WHERE { ?s ?p ?o }")
        assert error.value.code == "endpoint-cut-short"
        queries = Queries(Http(timeout=5, tls=False), url)
        with pytest.raises(CannotRun) as error:
            list(queries.triples("CONSTRUCT WHERE { ?s ?p ?o }"))
        assert error.value.code == "endpoint-cut-short"


@pytest.mark.parametrize(
    ("query", "refused"),
    [
        ("SELECT ?s { ?s ?p ?o }", True),
        ("SELECT ?s { ?s ?p ?o } # LIMIT 2", True),
        ("SELECT ?s { { SELECT ?s { ?s ?p ?o } LIMIT 2 } }", True),
        ("SELECT ?s { ?s ?p ?o } LIMIT 3", True),
        ("SELECT ?s { ?s ?p ?o } limit 2 OFFSET 5", False),
    ],
)
def test_as_many_rows_as_a_server_gives_are_no_answer_unless_no_more_were_asked_for(
    query: str, refused: bool
) -> None:
    row = b'{"s": {"type": "uri", "value": "urn:s"}}'
    body = b'{"head": {"vars": ["s"]}, "results": {"bindings": [%s]}}' % b",".join([row] * 2)
    with serving(lambda request: reply(request, body=body, X_SPARQL_MaxRows="2")) as url:
        if refused:
            with pytest.raises(CannotRun) as error:
                _store(url).query(query)
            assert error.value.code == "endpoint-too-many-rows"
        else:
            assert _store(url).query(query)
    with serving(lambda request: reply(request, body=body, X_SPARQL_MaxRows="3")) as url:
        assert _store(url).query(query)


@pytest.mark.parametrize(
    ("query", "sent", "counted", "refused"),
    [
        ("SELECT ?s { ?s ?p ?o }", 100, 101, True),
        ("PREFIX u: <urn:> # SELECT\nSELECT ?s { ?s u:p ?o } # all", 256, 300, True),
        ("SELECT ?s { ?s ?p ?o }", 100, 100, False),
        ("SELECT ?s { ?s ?p ?o } LIMIT 100", 100, 101, False),
        ("SELECT ?s FROM <urn:g> { ?s ?p ?o }", 100, 101, False),
        ("SELECT ?s { ?s ?p ?o }", 101, 300, False),
        ("SELECT ?s { ?s ?p ?o }", 7, 300, False),
    ],
)
def test_as_many_rows_as_a_silent_limit_lets_through_are_counted(
    query: str, sent: int, counted: int, refused: bool
) -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        form = parse_qs(request.rfile.read(int(request.headers["Content-Length"])).decode())
        request.headers.replace_header("Content-Length", "0")
        (text,) = form["query"]
        ox.Store().query(text)  # what is asked is SPARQL
        row = b'{"s":{"type":"literal","value":"%d"}}'
        rows = [row % counted] if "COUNT" in text else [row % number for number in range(sent)]
        reply(request, body=b'{"head":{"vars":["s"]},"results":{"bindings":[%s]}}' % b",".join(rows))

    with serving(answer) as url:
        if refused:
            with pytest.raises(CannotRun) as error:
                _store(url).query(query)
            assert error.value.code == "endpoint-too-many-rows"
            assert f"after {sent} rows" in error.value.message
        else:
            found = _store(url).query(query)
            assert isinstance(found, Solutions)
            assert len(found.rows) == sent


def test_virtuosos_way_to_say_yes_is_understood() -> None:
    body = (b'{"head": {"vars": ["__ASK_RETVAL"]}, "results": {"bindings": [{"__ASK_RETVAL": {"type": '
            b'"literal", "value": "%s"}}]}}')  # fmt: skip
    for value, truth in ((b"1", True), (b"0", False)):
        with serving(lambda request, value=value: reply(request, body=body % value)) as url:  # type: ignore[misc]
            assert _store(url).query("ASK { ?s ?p ?o }") == Truth(truth)


def test_blank_nodes_that_look_like_iris_are_read() -> None:
    body = (b'{"head": {"vars": ["s"]}, "results": {"bindings": [{"s": {"type": "bnode", '
            b'"value": "nodeID://b10"}}]}}')  # fmt: skip
    with serving(lambda request: reply(request, body=body)) as url:
        ((node,),) = Queries(Http(timeout=5, tls=False), url).rows("SELECT ?s { ?s ?p ?o }")
    assert isinstance(node, ox.BlankNode)


@pytest.mark.parametrize(
    ("query", "default", "named"),
    [
        ("ASK { ?s ?p ?o }", "urn:closure", []),
        ("ASK { ?s ?p 'GRAPH ?g' } # FROM nowhere", "urn:closure", []),
        ("ASK { GRAPH ?g { ?s ?p ?o } }", "urn:closure", ["urn:g", "urn:h"]),
        ("ASK { GRAPH <urn:h> { ?s ?p ?o } }", "urn:closure", ["urn:h"]),
        ("PREFIX u: <urn:> ASK { graph u:a\\#1 { ?s ?p ?o } }", "urn:closure", ["urn:a#1"]),
        ("ASK { GRAPH <urn:h> { ?s ?p ?o } GRAPH ?g {} }", "urn:closure", ["urn:g", "urn:h"]),
        ("ASK FROM <urn:g> { ?s ?p ?o }", None, []),
    ],
)
def test_requests_name_the_closure_and_the_graphs_that_are_asked_for(
    query: str, default: str | None, named: list[str]
) -> None:
    forms = []

    def answer(request: BaseHTTPRequestHandler) -> None:
        form = parse_qs(request.rfile.read(int(request.headers["Content-Length"])).decode())
        request.headers.replace_header("Content-Length", "0")
        forms.append(form)
        row = b'{"g":{"type":"uri","value":"urn:%s"},"triples":{"type":"literal","value":"1"}}'
        rows = b",".join(row % name for name in (b"h", b"g"))
        names = b'{"head":{"vars":["g","triples"]},"results":{"bindings":[%s]}}' % rows
        reply(request, body=names if "GROUP BY" in form["query"][0] else TRUE)

    with serving(answer) as url:
        Queries(Http(timeout=5, tls=False), url, Dataset(default="urn:closure")).ask(query)
        assert forms[-1].get("default-graph-uri") == ([default] if default else None)
        assert forms[-1].get("named-graph-uri", []) == named
        few = Queries(Http(timeout=5, tls=False), url, Dataset(default="urn:closure", at_most=1))
        few.ask(query)
        assert forms[-1].get("named-graph-uri", []) == ([] if "ASK { GRAPH ?g" in query else named)


def test_a_request_that_had_to_name_too_many_graphs_says_so() -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        form = parse_qs(request.rfile.read(int(request.headers["Content-Length"])).decode())
        request.headers.replace_header("Content-Length", "0")
        row = '{"g":{"type":"uri","value":"urn:g%d"},"triples":{"type":"literal","value":"1"}}'
        rows = ",".join(row % number for number in range(2_000))
        names = f'{{"head":{{"vars":["g","triples"]}},"results":{{"bindings":[{rows}]}}}}'.encode()
        reply(request, 500 if "named-graph-uri" in form else 200, names)

    with serving(answer) as url:
        queries = Queries(Http(timeout=5, tls=False), url, Dataset(default="urn:closure"))
        with pytest.raises(CannotRun, match="names 2000 graphs") as error:
            queries.ask("ASK { GRAPH ?g { ?s ?p ?o } }")
    assert "FROM NAMED" in error.value.hint


def test_a_store_without_asserted_graphs_has_no_proofs() -> None:
    with (
        serving(
            lambda request: reply(request, body=b'{"head":{"vars":["g"]},"results":{"bindings":[]}}')
        ) as url,
        pytest.raises(CannotRun) as error,
    ):
        provable(_store(url))
    assert error.value.code == "no-proofs"


@pytest.mark.parametrize(("credentials", "header"), [(Credentials("a", "b"), "Basic YTpi"),
                                                     (Credentials(token="t"), "Bearer t")])  # fmt: skip
def test_credentials_go_into_a_header(credentials: Credentials, header: str) -> None:
    seen = []

    def answer(request: BaseHTTPRequestHandler) -> None:
        seen.append(request.headers.get("Authorization"))
        reply(request)

    with serving(answer) as url:
        _store(url, credentials=credentials).query("ASK {}")
    assert seen == [header]


def test_credentials_are_never_shown() -> None:
    assert "secret" not in repr(Credentials("me", "secret", "secret"))
    with pytest.raises(UsageError) as error:
        checked_url("http://me:secret@localhost/ds")
    assert error.value.code == "secret-in-url"
    assert "secret" not in error.value.message


def test_half_of_the_credentials_is_a_mistake() -> None:
    with pytest.raises(UsageError, match="CITYKG_PASSWORD is not set"):
        credentials_from({"CITYKG_USER": "me"})
    assert not credentials_from({})


@pytest.mark.parametrize("token", ["s3cret中文", "s3cret two", "s3cret\n", "\x00s3cret"])
def test_a_token_that_no_header_can_carry_is_a_mistake_and_not_shown(token: str) -> None:
    with pytest.raises(UsageError, match="MY_TOKEN has a space") as raised:
        credentials_from({"MY_TOKEN": token}, token="MY_TOKEN")
    assert raised.value.code == "wrong-token"
    assert "s3cret" not in raised.value.message + raised.value.hint


@pytest.mark.parametrize("url", ["ftp://x/y", "localhost:3030/ds", "http://"])
def test_what_is_no_url_is_said(url: str) -> None:
    with pytest.raises(UsageError) as error:
        checked_url(url)
    assert error.value.code == "wrong-url"


@pytest.mark.parametrize(
    ("headers", "path", "name"),
    [
        ({"Server": "Oxigraph/0.5"}, "", "oxigraph"),
        ({"Server": "Virtuoso/07.20 (Linux)"}, "/sparql", "virtuoso"),
        ({"Fuseki_Request_Id": "7"}, "/ds", "fuseki"),
        ({}, "/rdf4j-server/repositories/news", "rdf4j"),
        ({}, "/blazegraph/namespace/kb/sparql", "blazegraph"),
        ({}, "/anything", "sparql"),
    ],
)
def test_the_kind_is_what_the_server_says_of_itself(headers: dict[str, str], path: str, name: str) -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.server_version, request.sys_version = headers.get("Server", "Something"), ""
        others = {key: value for key, value in headers.items() if key != "Server"}
        reply(request, 404, b"", **others)

    with serving(answer) as url:
        assert connect(url + path, credentials=Credentials()).kind.name == name


def test_a_server_that_says_nothing_to_strangers_is_asked_with_the_credentials() -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        if "Authorization" in request.headers:
            reply(request, Fuseki_Request_Id="7")
        else:
            reply(request, 401, b"", WWW_Authenticate='Basic realm="x"')

    with serving(answer) as url:
        assert connect(url, credentials=Credentials("a", "b")).kind.name == "fuseki"
        assert connect(url, credentials=Credentials()).kind.name == "sparql"


@pytest.mark.parametrize("name", KIND_NAMES)
def test_every_kind_of_store_can_be_written_to(name: str) -> None:
    kind = kind_named(name)
    addresses = kind.addresses("http://localhost:1/x")
    assert kind.name == name
    assert addresses.query.startswith("http://localhost:1")
    assert addresses.update


def test_insert_data_takes_every_literal() -> None:
    literal = ox.Literal('"""\n\\}} ; DROP ALL # 七')
    quad = ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), literal, ox.NamedNode("urn:g"))
    lines = b"".join(from_quads([quad]).read("urn:g"))
    store = ox.Store()
    store.update(insert_data([("urn:g", lines), (None, lines)]))
    assert quad in store
    assert len(store) == 2


def test_what_fuseki_could_not_delete_is_sent_in_another_form() -> None:
    written = kind_named("fuseki").written
    assert written is not None
    decimal = "http://www.w3.org/2001/XMLSchema#decimal"
    for form, sent in (("11", "11.0"), ("1.50", "1.5"), ("-0.0", "0.0"), ("007.10", "7.1"), ("100", "100.0")):
        assert written(f'"{form}"^^<{decimal}>'.encode()) == f'"{sent}"^^<{decimal}>'.encode()


def test_small_graphs_go_together_and_the_closure_and_the_catalog_last() -> None:
    counts = {
        None: 5_000,
        "https://w3id.org/citykg/graph/catalog": 9,
        **{f"urn:g{n}": 30 for n in range(100)},
    }
    endpoint = connect("http://localhost:1", kind="oxigraph", credentials=Credentials())
    plan = make_plan(counts, endpoint)  # type: ignore[arg-type]
    assert [step.way for step in plan.steps] == [Way.UPDATE, Way.UPDATE, Way.PUT, Way.UPDATE]
    assert plan.steps[-1].graphs == ("https://w3id.org/citykg/graph/catalog",)
    assert sum(step.triples for step in plan.steps) == plan.triples


def test_graphs_that_a_plan_leaves_aside_are_not_left_from_an_earlier_load() -> None:
    names = [f"https://w3id.org/citykg/article/{n}" for n in range(4)]
    there = from_quads(
        ox.Quad(ox.NamedNode(name), ox.NamedNode("urn:p"), ox.Literal("1"), ox.NamedNode(name))
        for name in names
    )
    endpoint = connect("http://localhost:1", kind="oxigraph", credentials=Credentials())
    plan = make_plan({names[0]: 1, names[1]: 1}, endpoint, aside=[names[2]])
    assert stale_graphs(plan, there) == [names[3]]


class _Generated(DatasetSource):
    """Statements that nobody holds."""

    def read(self, graph: str | None) -> Iterator[bytes]:
        for start in range(0, int(str(graph).rpartition(":")[2]), 1_000):
            yield b"".join(b'<urn:s%d> <urn:p> "%d" .\n' % (start + n, n) for n in range(1_000))


@pytest.mark.parametrize("kind", ["oxigraph", "sparql"])  # streamed, and in parts
def test_memory_does_not_grow_with_what_is_sent(kind: str) -> None:
    sent = 0

    def answer(request: BaseHTTPRequestHandler) -> None:
        nonlocal sent
        if request.headers["Transfer-Encoding"] == "chunked":
            while size := int(request.rfile.readline(), 16):
                sent += request.rfile.read(size).count(b" .\n")
                request.rfile.readline()
            request.rfile.readline()
        else:
            sent += request.rfile.read(int(request.headers["Content-Length"])).count(b" .\n")
            request.headers.replace_header("Content-Length", "0")
        reply(request, 204, b"")

    def peak(endpoint: Endpoint, number: int) -> int:
        nonlocal sent
        sent = 0
        plan = make_plan({f"urn:graph:{number}": number}, endpoint)
        tracemalloc.start()
        try:
            load(_Generated(), endpoint, plan)
            assert sent == number
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    with serving(answer) as url:
        endpoint = connect(url, kind=kind, credentials=Credentials(), timeout=30)
        peak(endpoint, 5_000)  # what is made once
        assert peak(endpoint, 80_000) < 1.5 * peak(endpoint, 20_000)


def test_with_empty_first_nothing_old_is_left_when_the_first_statement_is_sent() -> None:
    updates = []

    def answer(request: BaseHTTPRequestHandler) -> None:
        updates.append(request.rfile.read(int(request.headers["Content-Length"])).decode())
        request.headers.replace_header("Content-Length", "0")
        reply(request, 204 if len(updates) < 3 else 500, b"")

    source = from_quads(
        ox.Quad(
            ox.NamedNode("urn:s"),
            ox.NamedNode("urn:p"),
            ox.Literal(number),
            ox.NamedNode(f"urn:g{number % 2}"),
        )
        for number in range(3_000)
    )
    with serving(answer) as url:
        endpoint = connect(url, kind="sparql", credentials=Credentials(), timeout=5)
        plan = make_plan({"urn:g0": 1_500, "urn:g1": 1_500}, endpoint, empty_first=True)
        assert any("removed first" in note for note in plan.notes)
        with pytest.raises(CannotRun, match="may be partly written"):
            load(source, endpoint, plan)
    assert updates[0] == "DROP SILENT GRAPH <urn:g0> ;\nDROP SILENT GRAPH <urn:g1>"
    assert "INSERT" in updates[1]


def test_what_a_store_refuses_is_said_before_anything_is_sent() -> None:
    integer = ox.Literal("9" * 30, datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer"))
    quad = ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), integer, ox.NamedNode("urn:g"))
    source = from_quads([quad])
    endpoint = connect("http://localhost:1/sparql", kind="virtuoso", credentials=Credentials())
    with pytest.raises(CannotRun, match="9999"):
        refuse_known(source, make_plan(graph_counts(source), endpoint), endpoint)


def test_a_second_load_into_the_same_target_waits_outside(tmp_path: Path) -> None:
    with (
        open_journal(tmp_path, target="http://x", dataset="d"),
        pytest.raises(CannotRun, match="another citykg"),
        open_journal(tmp_path, target="http://x", dataset="d"),
    ):
        pass


def test_a_journal_of_another_dataset_is_not_gone_on_with(tmp_path: Path) -> None:
    with open_journal(tmp_path, target="http://x", dataset="one") as journal:
        journal.note("step")
    with open_journal(tmp_path, target="http://x", dataset="one") as journal:
        assert journal.is_done("step")
        assert journal.resumed
    with open_journal(tmp_path, target="http://x", dataset="two") as journal:
        assert not journal.resumed
        assert journal.replaced


def test_a_profile_names_variables_not_secrets(tmp_path: Path) -> None:
    (tmp_path / "citykg.toml").write_text(
        '[targets.news]\nurl = "http://h:1/ds/"\nkind = "fuseki"\nuser = "U"\npassword = "P"\n'
    )
    target = find_target("news", root=tmp_path, environment={"U": "me", "P": "secret"})
    assert (target.url, target.kind, target.credentials) == (
        "http://h:1/ds",
        "fuseki",
        Credentials("me", "secret"),
    )
    with pytest.raises(UsageError, match="no target 'nws'") as error:
        find_target("nws", root=tmp_path, environment={})
    assert error.value.hint == "did you mean news?"
    (tmp_path / "citykg.toml").write_text('[targets.news]\nurl = "http://h:1"\npasword = "x"\n')
    with pytest.raises(UsageError, match="'pasword' is not known"):
        find_target("news", root=tmp_path, environment={})
    (tmp_path / "citykg.toml").write_text("[targets")
    with pytest.raises(CannotRun) as broken:
        find_target("news", root=tmp_path, environment={})
    assert broken.value.code == "toml-syntax"


def test_without_the_extra_a_server_is_out_of_reach_with_one_message() -> None:
    blocked = "import sys; sys.modules['httpx'] = None; from citykg.cli.main import run; sys.exit(run())"
    done = subprocess.run(
        [sys.executable, "-c", blocked, "query", "entities", "--store", "http://127.0.0.1:9/sparql"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 3
    assert done.stderr.startswith("citykg: error[missing-extra]: talking to a server needs httpx")


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://localhost:3030/ds", True),
        ("http://127.0.0.1:7878", True),
        ("http://[::1]:7878", True),
        ("http://localhost.example.org/ds", False),
        ("http://192.168.0.7:7878", False),
    ],
)
def test_only_what_leaves_the_machine_is_compressed(url: str, local: bool) -> None:
    assert is_local(url) is local


def test_a_server_on_this_machine_is_asked_for_plain_answers() -> None:
    asked: list[str] = []

    def answer(request: BaseHTTPRequestHandler) -> None:
        asked.append(request.headers["Accept-Encoding"])
        reply(request, body=b"", media_type="application/n-triples")

    with serving(answer) as url:
        endpoint = connect(url, kind="oxigraph", credentials=Credentials(), timeout=5)
        assert endpoint.graph_store is not None
        assert list(endpoint.graph_store.get("urn:g")) == []
    assert asked == ["identity"]
