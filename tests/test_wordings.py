"""The wordings of facts, compared with the text of their article."""

from pathlib import Path

import pytest

from citykg.article import Passage, check_articles
from citykg.errors import CannotRun
from citykg.init import init
from citykg.manifest import read_inputs
from citykg.project import Project
from citykg.wordings import check_wordings, read_wordings

_TEXT = "𠮷埠头市\n码头公园开放，1.50公顷，码头在埠头市。\n"
_PASSAGES = (Passage("urn:p1", 0, 4, ""), Passage("urn:p2", 5, 25, ""))
_HEAD = "@prefix city: <https://w3id.org/citykg/ontology#> .\n"


def _facts(*nodes: tuple[str, str, str, object, object]) -> bytes:
    lines = [
        f'<urn:{passage}> {{\n<urn:{node}> city:asStated "{wording}" ; city:start {start} ; city:end {end} }}'
        for node, passage, wording, start, end in nodes
    ]
    return (_HEAD + "\n".join(lines)).encode()


def _check(*nodes: tuple[str, str, str, object, object]) -> None:
    check_wordings(_TEXT, _PASSAGES, _facts(*nodes), name="facts.trig", text_file=Path("text.txt"))


def test_positions_count_code_points_of_the_whole_text() -> None:
    _check(("m1", "p1", "埠头市", 1, 4), ("q1", "p2", "1.50公顷", 12, 18))


def test_a_wording_that_stands_elsewhere_is_refused_with_its_line_and_place() -> None:
    with pytest.raises(CannotRun) as caught:
        _check(("m1", "p1", "埠头市", 1, 4), ("q1", "p2", "1.50公顷", 10, 16))
    assert caught.value.code == "wording-differs"
    assert caught.value.message.splitlines() == [
        "text.txt has other words where the facts say: 1 of 2 wordings differ",
        "  facts.trig:5: <urn:q1> (10-16)",
        "    expected “1.50公顷”, which stands at 12-18",
        "    found    “放，1.50”",
    ]


@pytest.mark.parametrize(
    ("node", "lines"),
    [
        (("m1", "p2", "码头", 6, 8), ["expected “码头”, which stands at 5-7, 19-21", "found    “头公”"]),
        (
            ("m1", "p2", "湖滨公园", 5, 9),
            ["expected “湖滨公园”, which the passage does not have", "found    “码头公园”"],
        ),
        (
            ("m1", "p1", "公园", 90, 92),
            ["expected “公园”, which the passage does not have", "found    the text ends before"],
        ),
    ],
)
def test_the_places_that_the_passage_has_are_told(
    node: tuple[str, str, str, object, object], lines: list[str]
) -> None:
    with pytest.raises(CannotRun) as caught:
        _check(node)
    assert [line.strip() for line in caught.value.message.splitlines()[2:]] == lines


def test_only_the_first_that_differ_are_named() -> None:
    with pytest.raises(CannotRun) as caught:
        _check(*((f"m{n}", "p2", "市", 5, 6) for n in range(8)))
    assert caught.value.message.endswith("\n  and 3 more")
    assert "8 of 8" in caught.value.message


def test_other_passages_and_ill_formed_positions_are_left_to_the_checks() -> None:
    _check(("m1", "p9", "公园", 0, 2), ("m2", "p1", "公园", '"-3"', 2), ("m3", "p1", "公园", '"x"', '"y"'))


def test_a_project_with_its_text_is_refused_for_a_moved_figure(tmp_path: Path) -> None:
    init(tmp_path / "project")
    project = Project.find(tmp_path / "project")
    (folder,) = project.articles()
    facts = folder / "facts.trig"
    content = facts.read_text(encoding="utf-8")
    moved = content.replace("city:start 89 ; city:end 92", "city:start 80 ; city:end 83")
    assert moved != content
    facts.write_text(moved, encoding="utf-8")
    with pytest.raises(CannotRun, match=r"(?s)facts\.trig:\d+: .*“25%”, which stands at 89-92"):
        check_articles(project, read_inputs(project))
    facts.write_text("p:p01s01 { }", encoding="utf-8")  # whatever is wrong in it is told when all is parsed
    assert check_articles(project, read_inputs(project)).passages == {folder.name: 5}


@pytest.mark.article
def test_the_shipped_wordings_stand_where_the_facts_say(
    shipped_project: Project, articles_folder: Path
) -> None:
    check_articles(shipped_project, read_inputs(shipped_project), article=articles_folder)
    facts = shipped_project.articles()[0] / "facts.trig"
    assert len(read_wordings(facts.read_bytes(), name="facts.trig")[0]) > 400
