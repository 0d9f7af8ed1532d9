"""Files that look like knowledge: they are read, or named with why they are not."""

from pathlib import Path

import pytest

from citykg.build import Outcome, build
from citykg.project import Layer, Project
from citykg.stale import stale_files
from citykg.unread import Unread, unread_of

ARTICLE = "data/articles/dock-2024-01-02"
THING = (
    "<https://w3id.org/citykg/id/place/jetty> a <https://w3id.org/citykg/ontology#City> ; "
    '<http://www.w3.org/2000/01/rdf-schema#label> "栈桥"@zh .\n'
)


def put(project: Project, name: str, text: str = "") -> Path:
    path = project.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_nothing_is_left_out_of_what_ships(shipped_project: Project, tiny_project: Project) -> None:
    assert unread_of(shipped_project) == ()
    assert unread_of(tiny_project) == ()


@pytest.mark.parametrize("layer", ["entities", "background", "lexicon"])
def test_subfolders_are_read(small_project: Project, layer: str) -> None:
    path = put(small_project, f"data/{layer}/2024/more/new.ttl", THING)
    assert (Layer(layer), path) in set(small_project.knowledge())
    assert unread_of(small_project) == ()


def test_a_new_file_in_a_subfolder_makes_the_store_stale(small_project: Project) -> None:
    before = build(small_project)
    put(small_project, "data/entities/2024/new.ttl", THING)
    assert stale_files(small_project) == ("data/entities/2024/new.ttl",)
    after = build(small_project)
    assert after.manifest.counts["things"] == before.manifest.counts["things"] + 1
    put(small_project, "data/entities/2024/newer.ttl", THING.replace("jetty", "mole"))
    assert stale_files(small_project) == ("data/entities/2024/newer.ttl",)


def test_hidden_files_and_folders_are_neither_read_nor_named(small_project: Project) -> None:
    put(small_project, "data/entities/.backup/places.ttl", "no Turtle")
    put(small_project, "ontology/.backup/places.ttl", "no Turtle")
    put(small_project, "data/entities/.places.ttl", "no Turtle")
    put(small_project, ARTICLE + "/.facts.trig", "no TriG")
    assert build(small_project).outcome is Outcome.BUILT
    assert unread_of(small_project) == ()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("data/entities/new.TTL", "ending"),
        ("data/entities/new.nt", "ending"),
        ("data/entities/new.nq", "ending"),
        ("data/entities/sub/new.rdf", "ending"),
        ("data/background/new.jsonld", "ending"),
        ("data/lexicon/new.trig", "ending"),
        ("data/entities/new.ttl.gz", "ending"),
        ("ontology/new.owl", "ending"),
        ("data/other/new.ttl", "place"),
        ("data/new.ttl", "place"),
        ("data/articles/new.ttl", "place"),
        ("queries/new.ttl", "place"),
        ("queries/checks/new.ttl", "place"),
        (ARTICLE + "/facts2.trig", "beside"),
        (ARTICLE + "/facts.nq", "beside"),
        (ARTICLE + "/more/facts.trig", "beside"),
        ("queries/new.RQ", "query"),
        ("queries/checks/sub/new.rq", "query"),
    ],
)
def test_what_is_not_read_is_named(small_project: Project, name: str, why: str) -> None:
    put(small_project, name)
    assert unread_of(small_project) == (Unread(name, why),)


@pytest.mark.parametrize(
    "name",
    ["data/README.md", "data/entities/notes.txt", ARTICLE + "/facts.ttl", "queries/checks/profile.ttl"],
)
def test_what_is_no_knowledge_is_not_named(small_project: Project, name: str) -> None:
    put(small_project, name)
    assert unread_of(small_project) == ()


def test_an_article_folder_is_named_by_what_it_lacks(small_project: Project) -> None:
    put(small_project, "data/articles/b/facts.trig")
    put(small_project, "data/articles/b/more/facts.nq")
    put(small_project, "data/articles/c/article.ttl")
    put(small_project, "data/articles/2024/d/article.ttl")
    put(small_project, "data/articles/e/text.txt")
    assert unread_of(small_project) == (
        Unread("data/articles/2024/", "no-article"),
        Unread("data/articles/b/", "no-article"),
        Unread("data/articles/c/", "no-facts"),
    )


def test_a_link_to_a_folder_is_named_except_to_that_of_an_article(
    small_project: Project, tmp_path: Path
) -> None:
    elsewhere = Path(put(Project(tmp_path / "elsewhere"), "article.ttl")).parent
    (elsewhere / "facts.trig").touch()
    (elsewhere / "facts.nq").touch()
    (small_project.root / "data/entities/linked").symlink_to(elsewhere)
    (small_project.root / "data/articles/linked").symlink_to(elsewhere)
    assert unread_of(small_project) == (
        Unread("data/articles/linked/facts.nq", "beside"),
        Unread("data/entities/linked/", "link"),
    )


def test_a_build_sees_them_when_they_appear_and_does_nothing_else(small_project: Project) -> None:
    assert build(small_project).unread == ()
    put(small_project, "data/entities/new.nt")
    result = build(small_project)
    assert result.outcome is Outcome.UNCHANGED
    assert result.unread == (Unread("data/entities/new.nt", "ending"),)


def test_they_count_as_warnings(small_project: Project) -> None:
    put(small_project, "data/entities/new.nt")
    assert build(small_project, fail_on="warning").outcome is Outcome.REFUSED
    assert build(small_project).outcome is Outcome.BUILT
    assert build(small_project, fail_on="warning").outcome is Outcome.REFUSED
    assert build(small_project, fail_on="warning", keep_going=True).outcome is Outcome.UNCHANGED
