"""The project folder that `init` makes."""

import errno
from pathlib import Path

import pytest

from citykg.article import check_articles
from citykg.build import build
from citykg.errors import CannotRun
from citykg.init import init
from citykg.manifest import read_inputs
from citykg.project import Project
from citykg.sources import read_project

_ONTOLOGY = "https://w3id.org/citykg/ontology#"


def test_the_folder_has_the_shipped_ontology_and_queries(
    tiny_project: Project, shipped_project: Project
) -> None:
    for folder in ("ontology", "queries"):
        files = {p.relative_to(shipped_project.root) for p in (shipped_project.root / folder).rglob("*.*")}
        assert files == {p.relative_to(tiny_project.root) for p in (tiny_project.root / folder).rglob("*.*")}


def test_the_shipped_data_is_not_copied(tiny_project: Project, shipped_project: Project) -> None:
    ours = {path.name for path in tiny_project.articles()}
    assert ours
    assert ours.isdisjoint(path.name for path in shipped_project.articles())


def test_the_example_uses_no_term_that_the_ontology_lacks(tiny_project: Project) -> None:
    data = read_project(tiny_project)
    described = {quad.subject for quad in data.quads()}
    used = {
        term
        for source in data.files
        if "data" in source.path.relative_to(tiny_project.root).parts
        for quad in source.quads
        for term in quad.triple
        if str(term).startswith(f"<{_ONTOLOGY}")
    }
    assert used
    assert used <= described


def test_the_example_is_bilingual(tiny_project: Project) -> None:
    data = read_project(tiny_project)
    labels: dict[str, set[str]] = {}
    for source in data.files:
        if source.path.parent.name == "entities":
            for quad in source.quads:
                if quad.predicate.value.endswith("#label"):
                    labels.setdefault(str(quad.subject), set()).add(quad.object.language)
    assert labels
    assert all(languages == {"zh", "en"} for languages in labels.values())


def test_every_wording_of_the_example_stands_in_its_text(tiny_project: Project) -> None:
    text = (tiny_project.articles()[0] / "text.txt").read_text(encoding="utf-8")
    spans: dict[str, dict[str, str]] = {}
    for source in read_project(tiny_project).files:
        if source.path.name == "facts.trig":
            for quad in source.quads:
                name = quad.predicate.value.rpartition("#")[2]
                if name in ("start", "end", "asStated"):
                    spans.setdefault(str(quad.subject), {})[name] = quad.object.value
    assert spans
    for span in spans.values():
        assert text[int(span["start"]) : int(span["end"])] == span["asStated"]


def test_the_example_agrees_with_its_digests(tiny_project: Project) -> None:
    assert sum(check_articles(tiny_project, read_inputs(tiny_project)).passages.values()) == 5


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    assert init(tmp_path).root == tmp_path.resolve()


@pytest.mark.parametrize("inside", [True, False])
def test_what_is_there_already_is_never_written_over(tmp_path: Path, inside: bool) -> None:
    mine = tmp_path / "mine"
    mine.write_text("mine", encoding="utf-8")
    with pytest.raises(CannotRun) as caught:
        init(tmp_path if inside else mine)
    assert caught.value.code == "folder-not-empty"
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
    assert mine.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, "disk-full"), (errno.EACCES, "not-writable")])
def test_what_cannot_be_made_whole_leaves_nothing_in_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool, number: int, code: str
) -> None:
    folder = tmp_path / "mine"
    if there:
        folder.mkdir()
    copied: list[object] = []

    def copy(source: Path, target: Path) -> None:
        copied.append(source)
        if len(copied) == 9:
            raise OSError(number, "no more")
        target.write_bytes(source.read_bytes())

    with monkeypatch.context() as patch:
        patch.setattr("shutil.copyfile", copy)
        with pytest.raises(CannotRun, match=r"mine(: no more)?$") as caught:
            init(folder)
    assert caught.value.code == code
    assert len(copied) == 9
    assert [*tmp_path.rglob("*")] == [folder] * there
    assert init(folder).root == folder
    assert [*tmp_path.iterdir()] == [folder]


def test_a_new_article_builds_beside_the_example(tiny_project: Project) -> None:
    first = tiny_project.articles()[0]
    second = first.with_name("wanglan-2024-04-09")
    second.mkdir()
    for name in ("article.ttl", "facts.trig", "text.txt"):
        old, new = ("2024-04-08", "2024-04-09") if name == "article.ttl" else (first.name, second.name)
        text = (first / name).read_text(encoding="utf-8").replace(old, new)
        (second / name).write_text(text, encoding="utf-8")
    result = build(tiny_project)
    assert result.checked == {first.name: 5, second.name: 5}
    assert result.manifest.validation is not None
    assert result.manifest.validation["violation"] == 0
    assert result.manifest.counts["passages"] == 10
