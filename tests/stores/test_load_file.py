"""Loading a file into real stores: what it holds arrives, is proven, and goes on after a cut."""

import io
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from servers import Server  # type: ignore[import-not-found]

from citykg.cli.main import run
from citykg.endpoints import Endpoint
from citykg.export import StoreSource, export, format_named
from citykg.load import load, make_plan, open_journal, prune
from citykg.load.opening import open_file
from citykg.project import Project

pytestmark = pytest.mark.stores

Call = Callable[..., tuple[int, str, str]]
PASSAGE = "https://w3id.org/citykg/article/from-a-file#p{}"


@pytest.fixture
def call(
    environment: Server,
    endpoint: Endpoint,
    tmp_path: Path,
    capfdbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Call]:
    """Run the command line on the server, in an empty folder, with nothing built."""
    monkeypatch.setenv("CITYKG_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)

    def called(verb: str, *arguments: str) -> tuple[int, str, str]:
        capfdbinary.readouterr()
        status = run([verb, environment.url, *arguments])
        out, err = capfdbinary.readouterr()
        return status, out.decode(), err.decode()

    _empty(endpoint)
    yield called
    _empty(endpoint)


def test_an_exported_file_arrives_whole_and_is_proven_later(
    call: Call, endpoint: Endpoint, shipped_source: StoreSource
) -> None:
    from citykg.export import Graphs

    export(shipped_source, "city.nq.gz", form=format_named("nquads"), prefixes={}, selection=Graphs(["all"]))
    status, out, err = call("load", "--from", "city.nq.gz")
    assert (status, out.splitlines()[-1].partition(":")[0]) == (0, "whole")
    assert "loaded" in err
    assert call("verify", "--from", "city.nq.gz")[0] == 0
    endpoint.updates.run(f"INSERT DATA {{ GRAPH <{_some_passage(shipped_source)}> {{ <urn:x> <urn:y> 1 }} }}")
    status, out, _ = call("verify", "--from", "city.nq.gz")
    assert status == 1
    assert "not from here: 1 statement" in out


def test_lines_in_any_order_and_twice_are_there_once(call: Call) -> None:
    lines = [*_lines(range(60)), *_lines(range(3))]
    random.Random(5).shuffle(lines)
    Path("a.nq").write_text("".join(lines))
    status, out, _ = call("load", "--from", "a.nq")
    assert status == 0, out
    assert "once there: 90 statements that are repeated here, by value" in out


def test_a_file_of_triples_fills_one_graph_and_leaves_the_others(call: Call, endpoint: Endpoint) -> None:
    Path("a.nq").write_text("".join(_lines(range(3))))
    assert call("load", "--from", "a.nq")[0] == 0
    Path("b.ttl").write_text("[] <urn:p> [ <urn:q> 1, 'x'@zh ] .")
    assert call("load", "--from", "b.ttl", "--into", "https://example.org/b")[0] == 0
    assert endpoint.source().counts()["https://example.org/b"] == 3
    assert call("verify", "--from", "a.nq")[0] == 0


def test_a_file_with_a_mistake_changes_nothing(call: Call) -> None:
    Path("a.nq").write_text("".join(_lines(range(5))))
    assert call("load", "--from", "a.nq")[0] == 0
    lines = list(_lines(range(3, 9)))
    Path("b.nq").write_text("".join((*lines, "<urn:a> <urn:p> 1 .\n")))
    status, _, err = call("load", "--from", "b.nq")
    assert status == 3
    assert f"b.nq:{len(lines) + 1}:" in err
    assert call("verify", "--from", "a.nq")[0] == 0


def test_standard_input_is_loaded(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "".join(_lines(range(4))).encode()

    def given() -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(text))))  # type: ignore[arg-type]

    given()
    assert call("load", "--from", "-")[0] == 0
    given()
    assert call("verify", "--from", "-")[0] == 0


def test_a_load_that_was_cut_goes_on_with_the_same_file_and_begins_anew_with_another(
    call: Call, environment: Server, endpoint: Endpoint
) -> None:
    text = "".join(_lines(range(900)))
    Path("a.nq").write_text(text)
    project = Project.find(None)

    def cut() -> None:
        dataset = open_file(Path("a.nq"), project)
        plan = make_plan(dataset.counts, endpoint)
        identity = f"{dataset.identity} {sorted(map(str, plan.counts))}"
        with open_journal(dataset.journals, target=environment.url, dataset=identity) as journal:
            arrived: list[int] = []

            def told(number: int) -> None:
                arrived.append(number)
                if len(arrived) == 3:
                    raise KeyboardInterrupt

            with pytest.raises(KeyboardInterrupt):
                load(dataset.source, endpoint, plan, journal=journal, progress=told)

    cut()
    status, _, err = call("load", "--from", "a.nq")
    assert status == 0
    assert "going on with the load that was cut" in err
    cut()
    Path("a.nq").write_text(text.replace("正文", "更正"))
    status, _, err = call("load", "--from", "a.nq")
    assert status == 0, err
    assert "of something else: beginning anew" in err
    assert "loaded 27,000 triples" in err


def _lines(numbers: range) -> Iterator[str]:
    for number in numbers:
        graph = PASSAGE.format(number)
        for node in range(30):
            yield f'<{graph}.m{node}> <urn:text> "正文 {number}-{node}"@zh <{graph}> .\n'


def _some_passage(source: StoreSource) -> str:
    return next(graph for graph in source.graphs() if "#p" in graph)


def _empty(endpoint: Endpoint) -> None:
    prune([endpoint.closure, *endpoint.source().counts()], endpoint)
    left = [ox.NamedNode(graph) for graph in endpoint.source().counts()]
    assert not left
