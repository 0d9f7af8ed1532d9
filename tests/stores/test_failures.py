"""What goes wrong with real stores half way: killed servers and clients, refusals, two at once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from servers import Missing, Server, start  # type: ignore[import-not-found]

from citykg.endpoints import Credentials, Endpoint, connect
from citykg.errors import CannotRun
from citykg.export import DatasetSource, from_quads
from citykg.load import check_access, graph_counts, load, make_plan, open_journal
from citykg.verify import verify

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


def _source(graphs: int, triples: int) -> DatasetSource:
    def quads() -> Iterator[ox.Quad]:
        for number in range(graphs):
            graph = ox.NamedNode(f"https://w3id.org/citykg/article/made-up#p{number:04}")
            for node in range(triples):
                yield ox.Quad(
                    ox.NamedNode(f"{graph.value}.m{node}"), ox.NamedNode("urn:p"), ox.Literal("x"), graph
                )

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


def test_a_wrong_password_is_said(tmp_path: Path) -> None:
    try:
        server = start("virtuoso", tmp_path / "virtuoso")
    except Missing as missing:
        pytest.skip(str(missing))
    try:
        endpoint = connect(server.url, credentials=Credentials("dba", "wrong"), timeout=30)
        with pytest.raises(CannotRun) as error:
            check_access(endpoint)
        assert error.value.code == "endpoint-denied"
        assert "wrong" not in error.value.message
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
