"""What goes wrong with real stores half way: killed servers and clients, refusals, two at once."""

import hashlib
import os
import signal
import socket
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pyoxigraph as ox
import pytest
from servers import Missing, Server, start  # type: ignore[import-not-found]

from citykg.endpoints import Credentials, Endpoint, EndpointStore, connect
from citykg.errors import CannotRun
from citykg.export import DatasetSource, from_quads
from citykg.load import check_access, graph_counts, load, make_plan, open_journal
from citykg.verify import verify

from ..publishing.generated import generated

pytestmark = pytest.mark.stores_long

_KINDS = ("oxigraph", "fuseki", "rdf4j")


@pytest.fixture(params=_KINDS)
def victim(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    """A store of one's own, to be killed."""
    try:
        running = start(request.param, tmp_path / "store")
    except Missing as missing:
        pytest.skip(str(missing))
    yield running
    running.stop(kill=True)


def test_odd_values_are_replaced_by_virtuoso_when_their_graphs_are_removed_first(tmp_path: Path) -> None:
    """Without, version 7.2.5 ends itself at the second load."""
    try:
        server = start("virtuoso", tmp_path / "store")
    except Missing as missing:
        pytest.skip(str(missing))
    try:
        found = server.environment
        credentials = Credentials(found["CITYKG_USER"], found["CITYKG_PASSWORD"])
        endpoint = connect(server.url, credentials=credentials, timeout=120)
        source = from_quads(generated(20_000, large=False))
        plan = make_plan(graph_counts(source), endpoint, empty_first=True)
        for _ in range(2):
            assert load(source, endpoint, plan).triples == plan.triples
        there = endpoint.source().counts()
        assert all(graph in there for graph in plan.counts if graph is not None)
    finally:
        server.stop(kill=True)


def _source(graphs: int, triples: int) -> DatasetSource:
    def quads() -> Iterator[ox.Quad]:
        for number in range(graphs):
            graph = ox.NamedNode(f"https://w3id.org/citykg/article/made-up#p{number:04}")
            for node in range(triples):
                subject = ox.NamedNode(f"{graph.value}.m{node}")
                # Values that do not compress, so that an answer has the bytes that a test cuts it after.
                value = hashlib.sha256(subject.value.encode()).hexdigest()
                yield ox.Quad(subject, ox.NamedNode("urn:p"), ox.Literal(value), graph)

    return from_quads(quads())


def test_a_server_that_is_killed_half_way_is_gone_on_with(victim: Server, tmp_path: Path) -> None:
    source = _source(30, 900)
    endpoint = connect(victim.url, credentials=Credentials(), timeout=60)
    plan = make_plan(graph_counts(source), endpoint)
    told: list[int] = []

    def kill(number: int) -> None:
        told.append(number)
        if len(told) == len(plan.steps) // 2:
            victim.process.kill()
            victim.process.wait()

    with (
        open_journal(tmp_path, target=victim.url, dataset="d") as journal,
        pytest.raises(CannotRun, match=r"keeps the old") as error,
    ):
        load(source, endpoint, plan, journal=journal, progress=kill)
    assert error.value.code == "endpoint-unreachable"
    port = endpoint.http and int(victim.url.split(":")[2].split("/")[0])
    again = start(victim.kind, victim.folder, port=port)
    try:
        with open_journal(tmp_path, target=victim.url, dataset="d") as journal:
            assert journal.resumed
            load(source, endpoint, plan, journal=journal)
        assert verify(source, endpoint, plan).whole
    finally:
        again.stop()


def test_a_server_that_is_too_slow_is_a_time_out_and_gone_on_with(victim: Server, tmp_path: Path) -> None:
    source = _source(30, 900)
    endpoint = connect(victim.url, credentials=Credentials(), timeout=8)
    plan = make_plan(graph_counts(source), endpoint)
    told: list[int] = []

    def stall(number: int) -> None:
        told.append(number)
        if len(told) == len(plan.steps) // 2:
            victim.process.send_signal(signal.SIGSTOP)

    try:
        with (
            open_journal(tmp_path, target=victim.url, dataset="d") as journal,
            pytest.raises(CannotRun, match=r"no answer within 8 s") as error,
        ):
            load(source, endpoint, plan, journal=journal, progress=stall)
    finally:
        victim.process.send_signal(signal.SIGCONT)
    assert error.value.code == "endpoint-timeout"
    endpoint = connect(victim.url, credentials=Credentials(), timeout=60)
    with open_journal(tmp_path, target=victim.url, dataset="d") as journal:
        assert load(source, endpoint, plan, journal=journal).resumed
    assert verify(source, endpoint, plan).whole


def test_an_answer_that_breaks_off_is_never_taken_for_the_whole(victim: Server) -> None:
    source = _source(4, 6_000)
    endpoint = connect(victim.url, credentials=Credentials(), timeout=60)
    plan = make_plan(graph_counts(source), endpoint)
    load(source, endpoint, plan)
    host = victim.url.split("/")[2]
    with _breaking_off(int(host.rpartition(":")[2]), after=8_000) as port:
        url = victim.url.replace(host, f"127.0.0.1:{port}")
        broken = connect(url, kind=victim.kind, credentials=Credentials(), timeout=60)
        for read in (
            lambda: verify(source, broken, plan),
            lambda: list(broken.source().read(next(graph for graph in plan.counts if graph))),
            lambda: EndpointStore(broken).query("SELECT * { GRAPH ?g { ?s ?p ?o } }"),
            lambda: EndpointStore(broken).query("CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"),
        ):
            with pytest.raises(CannotRun) as error:
                read()
            assert error.value.code == "endpoint-cut-short", error.value.message
    assert verify(source, endpoint, plan).whole


@contextmanager
def _breaking_off(port: int, *, after: int) -> Iterator[int]:
    """Stand before a server and hang up after so many bytes of an answer."""

    class Between(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with socket.create_connection(("127.0.0.1", port)) as server:
                threading.Thread(target=_copied, args=(self.request, server), daemon=True).start()
                _copied(server, self.request, at_most=after)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Between) as between:
        between.daemon_threads = True
        thread = threading.Thread(target=between.serve_forever)
        thread.start()
        try:
            yield between.server_address[1]
        finally:
            between.shutdown()
            thread.join()


def _copied(source: socket.socket, target: socket.socket, *, at_most: int | None = None) -> None:
    number = 0
    with suppress(OSError):
        while (at_most is None or number < at_most) and (data := source.recv(65_536)):
            target.sendall(data)
            number += len(data)


def test_a_client_that_is_killed_goes_on_and_nothing_is_doubled(
    victim: Server, shipped_build: Path, shipped_project: object
) -> None:
    command = [sys.executable, "-m", "citykg", "load", victim.url, "--project", str(shipped_project.root)]  # type: ignore[attr-defined]
    first = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    time.sleep(2.5)
    os.kill(first.pid, signal.SIGKILL)
    first.communicate()
    second = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert second.returncode == 0, second.stdout + second.stderr
    assert "whole:" in second.stdout


def test_a_read_only_server_is_said_before_anything_is_sent(tmp_path: Path) -> None:
    for kind in ("oxigraph", "fuseki"):
        start(kind, tmp_path / kind).stop()
        server = start(kind, tmp_path / kind, read_only=True)
        try:
            endpoint = connect(server.url, kind=kind, credentials=Credentials(), timeout=30)
            with pytest.raises(CannotRun) as error:
                check_access(endpoint)
            assert error.value.code in ("endpoint-denied", "endpoint-not-found"), error.value.message
        finally:
            server.stop()


def test_a_missing_dataset_is_said(victim: Server) -> None:
    if victim.kind == "oxigraph":
        pytest.skip("Oxigraph has one dataset")
    url = victim.url.removesuffix("/ds").removesuffix("/citykg") + "/nothing"
    endpoint = connect(url, kind=victim.kind, credentials=Credentials(), timeout=30)
    with pytest.raises(CannotRun) as error:
        check_access(endpoint)
    assert error.value.code in ("endpoint-not-found", "endpoint-denied"), error.value.message


@pytest.mark.parametrize("kind", ["fuseki", "virtuoso"])
def test_a_wrong_password_is_said_and_the_right_one_loads(kind: str, tmp_path: Path) -> None:
    try:
        server = start(kind, tmp_path / kind, guarded=True)
    except Missing as missing:
        pytest.skip(str(missing))
    try:
        user, password = (server.environment[f"CITYKG_{name}"] for name in ("USER", "PASSWORD"))
        for credentials in (Credentials(), Credentials(user, "wrong")):
            endpoint = connect(server.url, kind=kind, credentials=credentials, timeout=30)
            with pytest.raises(CannotRun) as error:
                check_access(endpoint)
            assert error.value.code == "endpoint-denied"
            assert "wrong" not in error.value.message
        endpoint = connect(server.url, credentials=Credentials(user, password), timeout=60)
        assert endpoint.kind.name == kind
        check_access(endpoint)
        source = _source(2, 2_500)
        plan = make_plan(graph_counts(source), endpoint)
        load(source, endpoint, plan)
        assert verify(source, endpoint, plan).whole
    finally:
        server.stop()


def test_two_loads_at_once_leave_one_whole_graph(victim: Server) -> None:
    from concurrent.futures import ThreadPoolExecutor

    source = _source(20, 200)

    def one(_: int) -> Endpoint:
        endpoint = connect(victim.url, credentials=Credentials(), timeout=120)
        load(source, endpoint, make_plan(graph_counts(source), endpoint))
        return endpoint

    with ThreadPoolExecutor(2) as pool:
        endpoint = next(iter(pool.map(one, range(2))))
    assert verify(source, endpoint, make_plan(graph_counts(source), endpoint)).whole
