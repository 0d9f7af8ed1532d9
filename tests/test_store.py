"""Opening what was built."""

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

import citykg
from citykg.errors import CannotRun, UsageError
from citykg.opening import open_store
from citykg.project import Project
from citykg.results import Truth
from citykg.store import EmbeddedStore

_ANY = "ASK { ?s ?p ?o }"


@pytest.fixture
def own_city(made_up_city: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A copy of the city with its store inside, to break."""
    folder = tmp_path / "city"
    shutil.copytree(made_up_city.root, folder)
    shutil.copytree(made_up_city.cache_dir, folder / ".citykg", dirs_exist_ok=True)
    monkeypatch.delenv("CITYKG_CACHE")
    return Project.find(folder)


def test_a_project_a_folder_of_stores_a_build_and_a_store_are_opened(made_up_city: Project) -> None:
    folder = made_up_city.cache_dir
    for name in (
        None,
        str(folder),
        str(folder / "builds" / "by-hand"),
        str(folder / "builds" / "by-hand" / "store"),
    ):
        assert open_store(made_up_city, store=name).query(_ANY) == Truth(True)


def test_many_readers_open_one_store(made_up_city: Project) -> None:
    stores = [open_store(made_up_city) for _ in range(5)]
    assert {store.query(_ANY) for store in stores} == {Truth(True)}


def test_a_reader_cannot_write(made_up_city: Project) -> None:
    store = open_store(made_up_city)
    assert isinstance(store, EmbeddedStore)
    with pytest.raises(RuntimeError, match="read-write"):
        store.graph.add(ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:a"), ox.NamedNode("urn:a")))


def test_a_project_that_was_never_built_says_how(own_city: Project) -> None:
    shutil.rmtree(own_city.root / ".citykg")
    with pytest.raises(CannotRun, match="has not been built") as caught:
        open_store(own_city)
    assert caught.value.code == "no-store"
    assert "citykg build" in caught.value.hint


def test_a_folder_that_is_no_store_is_named(own_city: Project, tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match="nowhere is not a store") as caught:
        open_store(own_city, store=str(tmp_path / "nowhere"))
    assert caught.value.code == "no-store"


def test_a_half_written_store_is_called_damaged(own_city: Project) -> None:
    build = own_city.root / ".citykg" / "builds" / "by-hand"
    (build / "manifest.json").unlink()
    with pytest.raises(CannotRun) as caught:
        open_store(own_city)
    assert caught.value.code == "store-damaged"


def test_a_store_with_a_broken_file_is_called_damaged(own_city: Project) -> None:
    store = own_city.root / ".citykg" / "builds" / "by-hand" / "store"
    (store / "CURRENT").write_text("MANIFEST-999999\n", encoding="utf-8")
    with pytest.raises(CannotRun) as caught:
        open_store(own_city)
    assert caught.value.code in {"store-damaged", "no-store"}


def test_an_older_layout_is_named_with_its_version(own_city: Project) -> None:
    build = own_city.root / ".citykg" / "builds" / "by-hand"
    (build / "format").write_text("layout 0 citykg 0.0.1\n", encoding="utf-8")
    for store in (None, str(build)):
        with pytest.raises(CannotRun, match=r"0\.0\.1") as caught:
            open_store(own_city, store=store)
        assert caught.value.code == "store-older-layout"


def test_an_unknown_engine_is_refused(made_up_city: Project) -> None:
    with pytest.raises(UsageError) as caught:
        open_store(made_up_city, engine="jena")
    assert caught.value.code == "unknown-query-engine"


def test_the_rdflib_dataset_has_the_closure_as_default_graph_and_the_asserted_graphs_by_name(
    made_up_city: Project,
) -> None:
    graph = citykg.open_graph(made_up_city.root)
    assert isinstance(graph.store, EmbeddedStore)
    dataset = graph.dataset()
    assert isinstance(dataset, rdflib.Dataset)
    quads = list(graph.store.graph)
    default = [quad for quad in quads if isinstance(quad.graph_name, ox.DefaultGraph)]
    assert len(dataset.default_graph) == len(default)
    named = {quad.graph_name.value for quad in quads if not isinstance(quad.graph_name, ox.DefaultGraph)}  # type: ignore[union-attr]
    for name in named:
        asserted = [quad for quad in quads if getattr(quad.graph_name, "value", None) == name]
        assert len(dataset.graph(rdflib.URIRef(name))) == len(asserted)
