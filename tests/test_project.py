"""Projects: which one is meant, which files belong to it, where its stores go."""

from pathlib import Path

import pytest

from citykg.errors import CannotRun
from citykg.project import Layer, Project


def test_the_nearest_project_upwards_is_found(
    small_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small_project.root / "data" / "entities")
    assert Project.find() == small_project


def test_without_a_project_upwards_the_shipped_graph_is_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert Project.find() == Project.shipped()


def test_a_folder_that_is_no_project_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotRun) as caught:
        Project.find(tmp_path)
    assert caught.value.code == "no-project"
    assert str(tmp_path) in caught.value.message


def test_every_knowledge_file_has_one_layer(shipped_project: Project) -> None:
    files = [path for _, path in shipped_project.knowledge()]
    assert len(files) == len(set(files))
    folders = (shipped_project.root / "ontology", shipped_project.root / "data")
    written = {p for folder in folders for p in folder.rglob("*") if p.suffix in (".ttl", ".trig")}
    # The facts without their graphs, for tools that read no TriG, say the same again.
    assert set(files) == {path for path in written if path.name != "facts.ttl"}


def test_shapes_are_a_layer_of_their_own(tiny_project: Project) -> None:
    shape = tiny_project.root / "ontology" / "shapes" / "mine.ttl"
    shape.parent.mkdir(exist_ok=True)
    shape.write_text("", encoding="utf-8")
    assert (Layer.SHAPES, shape) in set(tiny_project.knowledge())
    assert shape not in tiny_project.ontology()


def test_only_passages_have_graphs_of_their_own() -> None:
    assert [layer for layer in Layer if layer.graph is None] == [Layer.FACTS]


def test_stores_stay_in_the_project_unless_told_otherwise(
    small_project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("CITYKG_CACHE")
    assert small_project.cache_dir == small_project.root / ".citykg"
    packaged = Project(small_project.root, packaged=True)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert small_project.root not in packaged.cache_dir.parents
    monkeypatch.setenv("CITYKG_CACHE", str(tmp_path / "mine"))
    assert small_project.cache_dir.parent == packaged.cache_dir.parent == tmp_path / "mine"
