"""Knowledge files: in which graph a statement stands, and where every mistake is."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from citykg.errors import CannotRun
from citykg.project import Layer, Project
from citykg.sources import parse_bytes, parse_file, read_bytes, read_project

_CITY = "https://w3id.org/citykg/ontology#"
_PLACE = "https://w3id.org/citykg/id/place/"
_PASSAGE = "https://w3id.org/citykg/article/dock-2024-01-02#p02s01"
_ENTITIES = "data/entities/places.ttl"
_FACTS = "data/articles/dock-2024-01-02/facts.trig"


def _error(
    project: Project, file: str, *, append: str | bytes = "", content: bytes | None = None
) -> CannotRun:
    path = project.root / file
    extra = append.encode() if isinstance(append, str) else append
    path.write_bytes((path.read_bytes() if content is None else content) + extra)
    with pytest.raises(CannotRun) as caught:
        read_project(project)
    return caught.value


def test_each_layer_stands_in_its_graph(small_project: Project) -> None:
    data = read_project(small_project)
    for layer in Layer:
        graphs = {str(quad.graph_name) for quad in data.quads(layer)}
        assert graphs <= {f"<{layer.graph}>"} or layer is Layer.FACTS
    passages = {quad.graph_name.value for quad in data.quads(Layer.FACTS)}
    assert _PASSAGE in passages


def test_literals_keep_the_form_of_the_file(small_project: Project) -> None:
    values = [
        quad.object.value for quad in read_project(small_project).quads(Layer.FACTS) if "value" in str(quad)
    ]
    assert "1.50" in values


def test_shapes_and_lexicon_are_not_merged(small_project: Project) -> None:
    for folder in ("ontology/shapes", "data/lexicon"):
        (small_project.root / folder).mkdir()
        (small_project.root / folder / "x.ttl").write_text(
            "<urn:only> <urn:here> <urn:x> .", encoding="utf-8"
        )
    data = read_project(small_project)
    assert sum("urn:only" in str(quad) for quad in data.quads()) == 2
    assert not any("urn:only" in str(triple) for triple in data.merged())


def test_broken_turtle_is_placed_by_file_line_and_column(small_project: Project) -> None:
    lines = (small_project.root / _ENTITIES).read_text(encoding="utf-8").count("\n")
    error = _error(small_project, _ENTITIES, append='place:鱼 city:b "码头" city:c .')
    assert error.code == "turtle-syntax"
    assert error.message.startswith(f"{_ENTITIES}:{lines + 1}:21: ")
    margin = len(f"  {lines + 1} | ")
    assert error.message.endswith(f'place:鱼 city:b "码头" city:c .\n{" " * (margin + 23)}^')


def test_an_end_in_the_middle_says_what_may_be_open(small_project: Project) -> None:
    assert "not closed" in _error(small_project, _ENTITIES, append='place:a city:b "码头 .').hint


def test_a_folder_and_a_circle_of_links_are_unreadable(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").symlink_to("b.ttl")
    (tmp_path / "b.ttl").symlink_to("a.ttl")
    for path in (tmp_path, tmp_path / "a.ttl"):
        with pytest.raises(CannotRun) as caught:
            read_bytes(path)
        assert caught.value.code == "unreadable"


def test_an_undeclared_prefix_has_a_hint_with_its_line(small_project: Project) -> None:
    error = _error(small_project, _ENTITIES, append="article:x a city:Article .")
    assert "article:" in error.message
    assert "@prefix article: <https://w3id.org/citykg/article/> ." in error.hint


def test_a_mistyped_prefix_has_a_hint_with_the_nearest(small_project: Project) -> None:
    assert "place:" in _error(small_project, _ENTITIES, append="plaice:x a city:City .").hint


def test_a_file_that_is_not_utf8_is_placed_by_line_and_offset(small_project: Project) -> None:
    content = b'# one\n<urn:a> <urn:b> "' + "码头".encode("gb18030") + b'" .'
    error = _error(small_project, _ENTITIES, content=content)
    assert error.code == "not-utf8"
    assert error.message.startswith(f"{_ENTITIES}:2: ")
    offset = content.index(b'"') + 1
    assert f"offset {offset}" in error.message


def test_a_byte_order_mark_is_named(small_project: Project) -> None:
    error = _error(small_project, _ENTITIES, content=b"\xef\xbb\xbf<urn:a> <urn:b> <urn:c> .")
    assert error.code == "not-utf8"
    assert "byte order mark" in error.message


@pytest.mark.parametrize("node", ["[ a city:Place ]", "_:b", "( 1 2 )"])
def test_a_blank_node_in_data_is_refused_with_its_line(small_project: Project, node: str) -> None:
    lines = (small_project.root / _ENTITIES).read_text(encoding="utf-8").count("\n")
    error = _error(
        small_project, _ENTITIES, append=f'# [ ( _:\nplace:x city:b "[ ( _:a" ;\n  city:c {node} .'
    )
    assert error.code == "blank-node"
    assert error.message.startswith(f"{_ENTITIES}:{lines + 3}: ")


def test_blank_nodes_of_the_ontology_are_named_alike_every_time(small_project: Project) -> None:
    first, second = ([*read_project(small_project).quads()] for _ in range(2))
    assert any(isinstance(quad.subject, ox.BlankNode) for quad in first)
    assert first == second


def test_blank_nodes_of_two_files_are_never_the_same(small_project: Project) -> None:
    for name in ("one", "two"):
        (small_project.root / "ontology" / f"{name}.ttl").write_text(
            f"_:same <urn:p> <urn:{name}> .", encoding="utf-8"
        )
    nodes = {q.subject for q in read_project(small_project).quads() if q.predicate.value == "urn:p"}
    assert len(nodes) == 2


def test_a_fact_outside_of_every_passage_is_refused_with_its_line(small_project: Project) -> None:
    lines = (small_project.root / _FACTS).read_text(encoding="utf-8").count("\n")
    error = _error(small_project, _FACTS, append="place:lost city:locatedIn place:dock .")
    assert error.code == "fact-without-passage"
    assert error.message.startswith(f"{_FACTS}:{lines + 1}: ")


@pytest.mark.parametrize(
    ("iri", "file", "text"),
    [
        (_PLACE + "pier", _ENTITIES, "place:pier a"),
        (_PASSAGE + ".q1", _FACTS, "p:p02s01.q1"),
        (_CITY + "locatedIn", "ontology/places.ttl", "city:locatedIn a"),
        (_CITY + "contains", "ontology/places.ttl", "city:contains"),
    ],
)
def test_a_node_is_found_where_it_is_written(small_project: Project, iri: str, file: str, text: str) -> None:
    place = read_project(small_project).locate(iri)
    assert place is not None
    assert place.file == file
    lines = (small_project.root / file).read_text(encoding="utf-8").split("\n")
    assert text in lines[place.line - 1]


def test_what_is_nowhere_written_has_no_place(small_project: Project) -> None:
    assert read_project(small_project).locate("urn:nowhere") is None


def test_a_missing_file_and_an_unknown_ending_are_told_apart(tmp_path: Path) -> None:
    codes = []
    for name in ("none.ttl", "none.xlsx"):
        with pytest.raises(CannotRun) as caught:
            parse_file(tmp_path / name)
        codes.append(caught.value.code)
    assert codes == ["file-not-found", "unknown-file-format"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("<relative> a <urn:b> .", "write the whole IRI, or prefix:name"),
        ('<urn:a> <urn:b> "是"@zh_CN .', "a language tag has hyphens: zh-CN, not zh_CN"),
        ('<urn:a> <urn:b> "x"@zh, _ .', ""),
    ],
)
def test_a_mistake_is_told_how_it_is_mended(text: str, hint: str) -> None:
    with pytest.raises(CannotRun) as caught:
        parse_bytes(f"# first\n{text}\n".encode(), name="a.ttl")
    assert (caught.value.code, caught.value.hint) == ("turtle-syntax", hint)
