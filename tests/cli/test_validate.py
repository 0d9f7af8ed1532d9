"""citykg validate: what it prints in each format, what it picks, how it ends."""
# ruff: noqa: E501 - expected output is as wide as it is

import gzip
import io
import json
import re
import shutil
import sys

import pytest
from pyoxigraph import RdfFormat, parse, serialize

from citykg.cli.main import run
from citykg.project import Project

HEAD = """@prefix city: <https://w3id.org/citykg/ontology#> .
@prefix place: <https://w3id.org/citykg/id/place/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shape: <https://w3id.org/citykg/shape#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix p: <https://w3id.org/citykg/article/a#> .
"""
FILES = {
    "ontology/prefixes.ttl": """
<https://w3id.org/citykg/prefixes> sh:declare [ sh:prefix "city" ; sh:namespace "https://w3id.org/citykg/ontology#" ] ,
  [ sh:prefix "place" ; sh:namespace "https://w3id.org/citykg/id/place/" ] ,
  [ sh:prefix "shape" ; sh:namespace "https://w3id.org/citykg/shape#" ] ,
  [ sh:prefix "rdfs" ; sh:namespace "http://www.w3.org/2000/01/rdf-schema#" ] .
""",
    "ontology/city.ttl": """
city:Place a owl:Class . city:Park a owl:Class ; rdfs:subClassOf city:Place . city:Passage a owl:Class .
city:area a owl:DatatypeProperty . city:locatedIn a owl:ObjectProperty . city:ofArticle a owl:ObjectProperty .
city:order a owl:DatatypeProperty . city:paragraph a owl:DatatypeProperty . city:sentence a owl:DatatypeProperty .
""",
    "ontology/shapes/places.ttl": """
shape:Place a sh:NodeShape ; sh:targetClass city:Place ; sh:property shape:PlaceLabel, shape:PlaceArea .
shape:PlaceLabel a sh:PropertyShape ; sh:path rdfs:label ; sh:minCount 1 ; sh:severity sh:Warning ;
  sh:message "地点没有名称"@zh, "a place without a label"@en .
shape:PlaceArea a sh:PropertyShape ; sh:path city:area ; sh:minInclusive 0 ;
  sh:message "面积 {?value} 不能为负"@zh, "the area {?value} must not be negative"@en .
""",
    "queries/checks/profile.ttl": """
<https://w3id.org/citykg/check/undefined-term> sh:severity sh:Violation .
<https://w3id.org/citykg/check/graph-without-passage> sh:severity sh:Violation .
""",
    "data/entities/places.ttl": """
place:city a city:Place ; rdfs:label "湖城"@zh .
place:lake a city:Park ; rdfs:label "西湖公园"@zh .
""",
    "data/articles/a/article.ttl": """
p:s1 a city:Passage ; city:ofArticle <https://w3id.org/citykg/article/a> ; city:order 1 ; city:paragraph 4 ;
  city:sentence 2 .
""",
    "data/articles/a/facts.trig": """
p:s1 {
  place:lake city:locatedIn place:city ; city:area 3.10 .
}
""",
}
#: Those of the shipped checks that the mistakes are meant for, so that a new check changes no report here.
CHECKS = ("undefined-term", "graph-without-passage")
MISTAKES = """
place:meadow a city:Park ;
    city:area -1.50 ;
    city:locatdIn place:city .
place:lake city:locatedIn place:meadow .
"""


@pytest.fixture
def root(tmp_path, monkeypatch):
    root = tmp_path / "lakes"
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(HEAD + text, encoding="utf-8")
    for check in CHECKS:
        name = f"queries/checks/{check}.rq"
        shutil.copy(Project.shipped().root / name, root / name)
    monkeypatch.chdir(root)
    return root


@pytest.fixture(params=["fast", "pyshacl"])
def engine(request) -> str:
    return request.param


def mistakes(root, name="new.ttl"):
    path = root / name
    path.write_text(HEAD + MISTAKES, encoding="utf-8")
    return path


def test_a_project_without_mistakes_passes(root, engine, capfd) -> None:
    assert run(["validate", "--lang", "en", "--validator", engine]) == 0
    assert capfd.readouterr().out == "nothing found\n"


def test_text_groups_by_file_and_thing_and_offers_the_nearest_term(root, engine, capfd) -> None:
    mistakes(root)
    assert run(["validate", "new.ttl", "--lang", "en", "--validator", engine]) == 1
    assert (
        capfd.readouterr().out
        == """\
new.ttl
    place:meadow  line 10
      violation  the area -1.50 must not be negative
        city:area -1.50  [shape:PlaceArea]
      violation  the ontology does not define city:locatdIn; use a term that the ontology defines, or define it in ontology/ first
        city:locatdIn  [<https://w3id.org/citykg/check/undefined-term>]
        did you mean city:locatedIn?
      warning  a place without a label
        rdfs:label  [shape:PlaceLabel]

2 violations, 1 warning, 0 infos
"""
    )


def test_text_in_chinese_names_the_passage(root, capfd) -> None:
    facts = root / "data/articles/a/facts.trig"
    facts.write_text(facts.read_text().replace("3.10", "-3.10"))
    assert run(["validate", "--lang", "zh", "--shape", "PlaceArea"]) == 1
    assert (
        capfd.readouterr().out
        == """\
data/articles/a/facts.trig
  第 4 段第 2 句  <https://w3id.org/citykg/article/a#s1>
    西湖公园  place:lake  第 11 行
      违规  面积 -3.10 不能为负
        city:area -3.10  [shape:PlaceArea]

违规 1，警告 0，提示 0
"""
    )


def test_json_holds_messages_in_both_languages_and_the_place(root, engine, capfd) -> None:
    mistakes(root)
    assert run(["validate", "new.ttl", "--format", "json", "--validator", engine]) == 1
    report = json.loads(capfd.readouterr().out)
    assert report["conforms"] is False
    assert report["counts"] == {"violation": 2, "warning": 1, "info": 0}
    area = next(result for result in report["results"] if result["shape"].endswith("#PlaceArea"))
    assert area["messages"]["zh"] == "面积 -1.50 不能为负"
    assert area["value"] == {
        "type": "literal",
        "value": "-1.50",
        "datatype": "http://www.w3.org/2001/XMLSchema#decimal",
    }
    assert (area["file"], area["line"]) == ("new.ttl", 10)


def test_turtle_is_a_shacl_report_graph(root, capfd) -> None:
    mistakes(root)
    assert run(["validate", "new.ttl", "--format", "turtle"]) == 1
    out = capfd.readouterr().out
    graph = list(parse(out, RdfFormat.TURTLE))
    predicates = [quad.predicate.value.rpartition("#")[2] for quad in graph]
    assert predicates.count("result") == 3
    assert predicates.count("resultMessage") == 6
    assert run(["validate", "new.ttl", "--format", "turtle"]) == 1
    assert capfd.readouterr().out == out


def test_github_annotations_point_at_the_line(root, capfd) -> None:
    mistakes(root)
    assert run(["validate", "new.ttl", "--format", "github", "--lang", "en"]) == 1
    lines = capfd.readouterr().out.splitlines()
    assert lines[0] == (
        "::error file=new.ttl,line=10,title=shape%3APlaceArea::place:meadow: the area -1.50 must not be negative"
    )
    assert lines[1].endswith("first%0Adid you mean city:locatedIn?")
    assert lines[2].startswith("::warning file=new.ttl,line=10,")


def test_only_the_nodes_of_the_file_are_reported(root, capfd) -> None:
    mistakes(root, "data/entities/old.ttl")
    fine = root / "fine.ttl"
    fine.write_text(
        HEAD + 'place:hill a city:Place ; rdfs:label "山"@zh ; city:locatedIn place:city .\n'
        "place:lake city:locatedIn place:hill .\n"
    )
    assert run(["validate", "fine.ttl", "--lang", "en"]) == 0
    assert "nothing found" in capfd.readouterr().out
    assert run(["validate", "--lang", "en"]) == 1


def test_standard_input_is_checked_like_a_file(root, capfd, monkeypatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO((HEAD + MISTAKES).encode())))
    assert run(["validate", "-", "--lang", "en", "--shape", "shape:PlaceArea"]) == 1
    out = capfd.readouterr().out
    assert re.match(r"standard input\n    place:meadow  line 10\n", out)


@pytest.mark.parametrize(
    "content", [b"", b"# nothing\n", gzip.compress(b"", mtime=0), b"@prefix a: <urn:a> .\n"]
)
def test_standard_input_without_statements_is_refused(root, capfd, monkeypatch, content) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert run(["validate", "-"]) == 3
    out, err = capfd.readouterr()
    assert not out
    assert err == (
        "citykg: error[nothing-given]: standard input holds no statements\nhint: see what has written it\n"
    )


def as_quads(text: str) -> bytes:
    return serialize(parse(HEAD + text, RdfFormat.TRIG), format=RdfFormat.N_QUADS) or b""


@pytest.mark.parametrize("packed", [False, True])
def test_n_quads_are_read_from_standard_input_and_placed_in_it(root, capfd, monkeypatch, packed) -> None:
    content = as_quads("p:s1 { place:lake city:area -2 . }")
    content = gzip.compress(content) if packed else content
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert run(["validate", "-", "--format", "json"]) == 1
    (result,) = json.loads(capfd.readouterr().out)["results"]
    assert (result["file"], result["line"]) == ("standard input", 1)
    assert result["passage"] == "https://w3id.org/citykg/article/a#s1"


def test_mistakes_at_standard_input_are_placed_in_it(root, capfd, monkeypatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"<urn:a> <urn:b> .\n")))
    assert run(["validate", "-"]) == 3
    assert "error[turtle-syntax]: standard input:1:" in capfd.readouterr().err
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"[]")))
    assert run(["validate", "-", "--input-format", "rdfxml"]) == 3
    assert "error[turtle-syntax]: standard input:1:" in capfd.readouterr().err


@pytest.mark.parametrize(("name", "form"), [("x.rdf", RdfFormat.RDF_XML), ("x.jsonld", RdfFormat.JSON_LD)])
def test_other_formats_are_read_and_placed(root, capfd, name, form) -> None:
    triples = [
        quad.triple for quad in parse(HEAD + "place:meadow a city:Park ; city:area -2 .", RdfFormat.TURTLE)
    ]
    (root / name).write_bytes(serialize(triples, format=form) or b"")
    assert run(["validate", name, "--format", "json", "--shape", "PlaceArea"]) == 1
    (result,) = json.loads(capfd.readouterr().out)["results"]
    assert result["file"] == name


def test_a_value_in_another_form_is_the_same_value(root, capfd) -> None:
    shapes = root / "ontology/shapes/places.ttl"
    shapes.write_text(
        shapes.read_text(encoding="utf-8").replace("sh:minInclusive 0", "sh:maxCount 1"), encoding="utf-8"
    )
    for name in ("more.trig", "more.ttl"):
        text = (
            "place:lake city:area 3.1 ." if name.endswith(".ttl") else "p:s1 { place:lake city:area 3.1 . }"
        )
        (root / name).write_text(HEAD + text, encoding="utf-8")
        assert run(["validate", name, "--shape", "PlaceArea"]) == 0
    (root / "more.ttl").write_text(HEAD + "place:lake city:area 3.2 .", encoding="utf-8")
    assert run(["validate", "more.ttl", "--shape", "PlaceArea"]) == 1


FACTS = "place:lake city:locatedIn place:city ; city:area 3.1 . p:s1.m1 city:inPassage p:s1 ."


@pytest.fixture
def with_nodes(root):
    """A passage with a node of its own, and checks that look where such nodes and facts stand."""
    ontology = root / "ontology/city.ttl"
    ontology.write_text(
        ontology.read_text(encoding="utf-8") + "city:inPassage a owl:ObjectProperty .\n", encoding="utf-8"
    )
    facts = root / "data/articles/a/facts.trig"
    facts.write_text(HEAD + "p:s1 { " + FACTS + " }", encoding="utf-8")
    for check in ("node-outside-its-passage", "fact-outside-passage"):
        name = f"queries/checks/{check}.rq"
        shutil.copy(Project.shipped().root / name, root / name)
    return root


def test_facts_without_their_graphs_are_not_judged_by_passage(with_nodes, capfd) -> None:
    (with_nodes / "data/articles/a/facts.ttl").write_text(HEAD + FACTS, encoding="utf-8")
    assert run(["validate", "data/articles/a/facts.ttl", "--lang", "en"]) == 0
    captured = capfd.readouterr()
    assert captured.out == "nothing found\n"
    assert captured.err == (
        "note: data/articles/a/facts.ttl: no graphs: "
        "checks that need to know which passage says what are left out\n"
    )
    (with_nodes / "other.ttl").write_text(HEAD + FACTS.replace("locatedIn", "locatdIn"), encoding="utf-8")
    assert run(["validate", "other.ttl", "--lang", "en"]) == 1
    assert "does not define city:locatdIn" in capfd.readouterr().out


def test_a_file_of_entities_with_a_fact_is_judged_by_passage(with_nodes, capfd) -> None:
    (with_nodes / "facts.ttl").write_text(HEAD + FACTS, encoding="utf-8")
    (with_nodes / "new.ttl").write_text(
        HEAD + 'place:pier a city:Park ; rdfs:label "码头"@zh ; city:locatedIn place:lake .', encoding="utf-8"
    )
    for files in (["new.ttl"], ["new.ttl", "facts.ttl"], ["facts.ttl", "new.ttl"]):
        assert run(["validate", *files, "--lang", "en"]) == 1
        out = capfd.readouterr().out
        assert "place:lake stands in a file of entities" in out
        assert out.endswith("1 violation, 0 warnings, 0 infos\n")


def test_what_stands_beside_the_graphs_of_passages_is_the_closure(with_nodes, capfd) -> None:
    (with_nodes / "all.nq").write_bytes(as_quads("p:s1 { " + FACTS + " } " + FACTS))
    assert run(["validate", "all.nq", "--lang", "en"]) == 0
    captured = capfd.readouterr()
    assert captured.out == "nothing found\n"
    assert captured.err == "note: all.nq: what stands in no graph is taken for the closure, and left out\n"


def test_limit_shows_fewer_and_counts_all(root, capfd) -> None:
    mistakes(root)
    assert run(["validate", "new.ttl", "--limit", "1", "--lang", "en"]) == 1
    out = capfd.readouterr().out
    assert "2 more not shown\n2 violations, 1 warning" in out


@pytest.mark.parametrize(("level", "status"), [("violation", 0), ("warning", 1), ("info", 1)])
def test_fail_on_decides_the_exit_status(root, capfd, level, status) -> None:
    (root / "new.ttl").write_text(HEAD + "place:meadow a city:Place ; city:locatedIn place:city .\n")
    assert run(["validate", "new.ttl", "--fail-on", level]) == status


def test_focus_takes_a_label(root, capfd) -> None:
    facts = root / "data/articles/a/facts.trig"
    facts.write_text(facts.read_text().replace("3.10", "-3.10"))
    assert run(["validate", "--focus", "湖城"]) == 0
    assert run(["validate", "--focus", "西湖公园"]) == 1
    assert run(["validate", "--focus", "place:lake"]) == 1


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["--shape", "PlaceAera"], 2, "did you mean PlaceArea"),
        (["--focus", "东湖"], 2, "nothing is called '东湖'"),
        (["--format", "xml"], 2, "invalid choice: 'xml'"),
        (["missing.ttl"], 3, "there is no file missing.ttl\nhint: is the name right"),
        (["broken.ttl"], 3, "broken.ttl:9:"),
    ],
)
def test_mistakes_of_the_caller_are_named(root, capfd, arguments, status, message) -> None:
    (root / "broken.ttl").write_text(HEAD + "place:x city:area .\n")
    assert run(["validate", *arguments]) == status
    assert message in capfd.readouterr().err


def test_a_trig_file_brings_its_passages(root, capfd) -> None:
    (root / "more.trig").write_text(
        HEAD + "p:s1 {\n  place:lake city:area -2 .\n}\np:s9 {\n  place:lake city:locatedIn place:city .\n}\n"
    )
    assert run(["validate", "more.trig", "--lang", "en"]) == 1
    out = capfd.readouterr().out
    assert "paragraph 4, sentence 2" in out
    assert "place:lake  line 10" in out
    assert "a#s9 holds facts but is not described as a passage" in out


def test_a_file_of_the_project_is_not_merged_twice(root, capfd) -> None:
    assert run(["validate", "data/articles/a/facts.trig"]) == 0
    assert run(["validate", "data/entities/places.ttl", "data/articles/a/facts.trig"]) == 0


UNREAD = {
    "name": "data/entities/more.nt",
    "why": "ending",
    "messages": {
        "zh": "data/entities/more.nt 没有被读取：那里只读取以 .ttl 结尾的文件；请存为 Turtle，并用这样的文件名",
        "en": "data/entities/more.nt is not read: only files that end in .ttl are read there; save it as Turtle under such a name",
    },
}


def test_files_of_the_project_that_are_not_read_are_named(root, capfd) -> None:
    (root / "data/entities/more.nt").touch()
    message = UNREAD["messages"]["en"]
    assert run(["validate", "--lang", "en"]) == 0
    assert capfd.readouterr().out == f"warning: {message}\nnothing found\n"
    assert run(["validate", "--format", "json"]) == 0
    assert json.loads(capfd.readouterr().out)["unread"] == [UNREAD]
    assert run(["validate", "--format", "github", "--lang", "en"]) == 0
    assert capfd.readouterr().out == f"::warning file=data/entities/more.nt,title=not read::{message}\n"
    assert run(["validate", "--format", "turtle", "--lang", "en"]) == 0
    assert capfd.readouterr().err == f"warning: {message}\n"
    assert run(["validate", "--fail-on", "warning"]) == 1


def test_of_files_that_are_not_read_only_those_given_are_named(root, capfd) -> None:
    (root / "data/entities/more.nt").touch()
    (root / "data/other.ttl").touch()
    assert run(["validate", "data/entities/places.ttl", "--lang", "en"]) == 0
    assert capfd.readouterr().out == "nothing found\n"
    assert run(["validate", "data/entities/more.nt", "--lang", "en"]) == 0
    assert capfd.readouterr().out == f"warning: {UNREAD['messages']['en']}\nnothing found\n"


def test_a_misspelt_concept_is_told_the_nearest_of_its_vocabulary(shipped_project, tmp_path, capfd) -> None:
    identifiers = "https://w3id.org/citykg/id"
    written = tmp_path / "new.ttl"
    written.write_text(
        f"<urn:m> <https://w3id.org/citykg/ontology#indicator> <{identifiers}/indicator/total-investmnt> ;"
        f" <https://w3id.org/citykg/ontology#modality> <{identifiers}/modality/plannd> .\n"
    )
    options = ["--shape", "undeclared-thing", "--lang", "en", "--project", str(shipped_project.root)]
    assert run(["validate", str(written), *options]) == 1
    out, _ = capfd.readouterr()
    assert "modality:plannd is used but not declared; correct the IRI, or declare it" in out
    assert "a concept of a vocabulary in ontology/vocabularies" in out
    assert "did you mean modality:planned?" in out
    assert "did you mean indicator:total-investment or " in out


@pytest.mark.parametrize("name", ["all.nq", "asserted.trig", "merged.ttl"])
def test_exports_of_the_shipped_graph_are_as_right_as_its_files(
    shipped_project, shipped_build, tmp_path, capfd, name
) -> None:
    project = ["--project", str(shipped_project.root)]
    kind = name.partition(".")[0]
    graphs = [] if kind == "merged" else ["--graphs", kind]
    assert run(["export", *project, *graphs, "-o", str(tmp_path / name)]) == 0
    assert run(["validate", str(tmp_path / name), *project, "--fail-on", "warning"]) == 0


def test_the_shipped_facts_without_their_graphs_are_right(shipped_project, capfd) -> None:
    (facts,) = shipped_project.root.glob("data/articles/*/facts.ttl")
    project = ["--project", str(shipped_project.root)]
    assert run(["validate", str(facts), *project, "--fail-on", "warning"]) == 0
