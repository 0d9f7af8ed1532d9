"""Loading where others have been: what a load of this project has not put there is not lost unawares."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from servers import Server  # type: ignore[import-not-found]

from citykg.build import build
from citykg.cli.main import run
from citykg.endpoints import Endpoint
from citykg.export import Graphs, StoreSource, export, format_named
from citykg.load import prune
from citykg.manifest import current_build, store_folder
from citykg.project import Project
from citykg.store import EmbeddedStore

pytestmark = pytest.mark.stores

Call = Callable[..., tuple[int, str, str]]
EXTRA = "https://example.org/graph/extra"
PASSAGES = "https://w3id.org/citykg/article/{}-"


@pytest.fixture(autouse=True)
def _empty(endpoint: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Begin with nothing, and leave nothing to the tests that follow."""
    monkeypatch.chdir(tmp_path)
    prune([endpoint.closure, *endpoint.source().counts()], endpoint)
    yield
    prune([endpoint.closure, *endpoint.source().counts()], endpoint)


@pytest.fixture
def call(environment: Server, capfdbinary: pytest.CaptureFixture[bytes]) -> Call:
    """Run the command line on the server, for a project."""

    def called(project: Project, verb: str, *arguments: str) -> tuple[int, str, str]:
        capfdbinary.readouterr()
        status = run([verb, environment.url, *arguments, "--project", str(project.root)])
        out, err = capfdbinary.readouterr()
        return status, out.decode(), err.decode()

    return called


@pytest.fixture
def dock(small_project: Project) -> Project:
    """A city."""
    build(small_project)
    return small_project


@pytest.fixture
def mill(small_project: Project, tmp_path: Path) -> Project:
    """Another one, with an article of its own."""
    folder = tmp_path / "mill"
    shutil.copytree(small_project.root, folder, ignore=shutil.ignore_patterns(".citykg"))
    articles = folder / "data" / "articles"
    (articles / "dock-2024-01-02").rename(articles / "mill-2024-03-04")
    _change(folder / "data", "dock-2024-01-02", "mill-2024-03-04")
    _change(folder / "data", "place:dock", "place:mill")
    project = Project.find(folder)
    build(project)
    return project


def test_a_first_load_and_those_after_it_are_one_command(
    call: Call, dock: Project, endpoint: Endpoint
) -> None:
    assert call(dock, "load")[0] == 0
    assert call(dock, "load")[0] == 0
    _change(dock.root / "data", "埠头市", "码头市")
    _change(dock.root / "data", "place:pier city:locatedIn", "place:pier a city:Park ; city:locatedIn")
    build(dock, keep_going=True)
    assert call(dock, "load")[0] == 0
    shutil.rmtree(dock.cache_dir / "loads")  # a fresh clone, on another machine
    _change(dock.root / "data", "city:Park ;", "city:Park, city:City ;")
    build(dock, keep_going=True)
    status, out, err = call(dock, "load")
    assert (status, out.splitlines()[-1].partition(":")[0]) == (0, "whole"), err


@pytest.mark.parametrize("loaded_before", [False, True])
def test_what_others_put_beside_the_closure_is_not_replaced_unawares(
    call: Call, dock: Project, endpoint: Endpoint, loaded_before: bool
) -> None:
    if loaded_before:
        assert call(dock, "load")[0] == 0
    endpoint.updates.add(endpoint.closure, b"<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> <urn:d> .\n")
    before = endpoint.source().closure_count()
    status, out, _ = call(dock, "load", "--dry-run")
    assert status == 0
    assert f"{before:,} there now" in out
    assert f"not without --replace: {_name(endpoint)} holds {before:,} triples" in out
    status, _, err = call(dock, "load")
    assert status == 3
    assert "error[would-replace]" in err
    assert endpoint.source().closure_count() == before
    assert call(dock, "load", "--replace")[0] == 0
    assert call(dock, "load")[0] == 0


def test_a_second_city_does_not_take_the_place_of_the_first(
    call: Call, dock: Project, mill: Project, endpoint: Endpoint
) -> None:
    assert call(dock, "load")[0] == 0
    status, _, err = call(mill, "load")
    assert status == 3
    assert "error[would-replace]" in err
    assert "more such graphs" in err
    assert call(dock, "verify")[0] == 0
    status, out, err = call(mill, "load", "--replace", "--prune")
    assert status == 1
    assert "removed 0 graphs" in err
    assert "not from here: 2 graphs, another project's" in out
    assert "--prune" not in out
    assert _passages(endpoint, "dock") == 2
    status, _, err = call(dock, "load")  # whose record says what it had put there
    assert status == 3
    assert "error[would-replace]" in err


def test_an_article_that_is_withdrawn_is_pruned_by_who_has_loaded_it(
    call: Call, dock: Project, mill: Project, endpoint: Endpoint
) -> None:
    shutil.copytree(next(iter(mill.articles())), dock.root / "data" / "articles" / "mill-2024-03-04")
    build(dock, keep_going=True)
    assert call(dock, "load")[0] == 0
    shutil.rmtree(dock.root / "data" / "articles" / "mill-2024-03-04")
    build(dock, keep_going=True)
    status, out, _ = call(dock, "load")
    assert status == 1
    assert "left from an earlier load: 2 graphs; --prune removes them" in out
    assert call(dock, "verify")[0] == 1
    assert call(dock, "load", "--prune")[0] == 0
    assert _passages(endpoint, "mill") == 0


def test_a_part_of_a_dataset_says_nothing_of_the_rest(call: Call, dock: Project) -> None:
    assert call(dock, "load")[0] == 0
    source = StoreSource(EmbeddedStore(_store(dock)).graph)
    export(source, "q.nq", form=format_named("nquads"), prefixes={}, selection=Graphs(["asserted"]))
    for verb in ("load", "verify"):
        status, out, _ = call(dock, verb, "--from", "q.nq")
        assert status == 0, out
        assert "left from" not in out
    assert call(dock, "verify")[0] == 0


def test_triples_of_a_file_do_not_take_the_place_of_a_closure(
    call: Call, dock: Project, endpoint: Endpoint
) -> None:
    assert call(dock, "load")[0] == 0
    Path("one.ttl").write_text("<urn:a> <urn:b> <urn:c> .")
    status, _, err = call(dock, "load", "--from", "one.ttl")
    assert status == 3
    assert "the closure of the graphs beside it" in err
    assert "--into IRI" in err
    assert call(dock, "verify")[0] == 0
    assert call(dock, "load", "--from", "one.ttl", "--into", EXTRA)[0] == 0
    assert call(dock, "verify")[0] == 0


def test_a_graph_of_others_is_not_replaced_by_a_file_unless_it_is_all_in_there(
    call: Call, dock: Project, endpoint: Endpoint
) -> None:
    endpoint.updates.run(f"INSERT DATA {{ GRAPH <{EXTRA}> {{ <urn:a> <urn:b> <urn:c> }} }}")
    file = Path("extra.ttl")
    file.write_text("<urn:a> <urn:b> <urn:x>, <urn:y> .")
    assert call(dock, "load", "--from", str(file), "--into", EXTRA)[0] == 3
    file.write_text("<urn:a> <urn:b> <urn:c>, <urn:y> .")
    assert call(dock, "load", "--from", str(file), "--into", EXTRA)[0] == 0
    file.write_text("<urn:a> <urn:b> <urn:z> .")
    assert call(dock, "load", "--from", str(file), "--into", EXTRA)[0] == 0


def _store(project: Project) -> Path:
    folder = current_build(project)
    assert folder is not None
    return store_folder(folder)


def _name(endpoint: Endpoint) -> str:
    return f"<{endpoint.closure}>" if endpoint.closure else "the default graph"


def _passages(endpoint: Endpoint, article: str) -> int:
    return sum(graph.startswith(PASSAGES.format(article)) for graph in endpoint.source().counts())


def _change(folder: Path, old: str, new: str) -> None:
    for path in folder.rglob("*.t*"):
        if path.suffix in (".ttl", ".trig"):
            path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
