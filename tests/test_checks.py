"""Data checks: each finds its mistake, and only its mistake, in a small dataset."""
# ruff: noqa: E501 - Turtle, one mistake a line

import pytest
from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, parse

from citykg.checks import Check, check_header, read_checks, run_checks
from citykg.errors import CannotRun
from citykg.project import Project
from citykg.shacl.vocabulary import sh

PREFIXES = """
@prefix city: <https://w3id.org/citykg/ontology#> . @prefix graph: <https://w3id.org/citykg/graph/> .
@prefix place: <https://w3id.org/citykg/id/place/> . @prefix modality: <https://w3id.org/citykg/id/modality/> .
@prefix p: <https://w3id.org/citykg/article/a#> . @prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix void: <http://rdfs.org/ns/void#> . @prefix dcterms: <http://purl.org/dc/terms/> .
"""
ONTOLOGY = """graph:ontology {
  city:Place a owl:Class ; void:uriSpace "https://w3id.org/citykg/id/place/" .
  city:Park a owl:Class ; rdfs:subClassOf city:Place . city:Person a owl:Class .
  city:Passage a owl:Class . city:Answer a owl:Class ; rdfs:subClassOf city:Passage .
  city:Mention a owl:Class . city:Claim a owl:Class . city:Article a owl:Class .
  city:mentions a owl:ObjectProperty . city:asStated a owl:DatatypeProperty .
  city:start a owl:DatatypeProperty . city:end a owl:DatatypeProperty . city:inPassage a owl:ObjectProperty .
  city:ofArticle a owl:ObjectProperty . city:order a owl:DatatypeProperty . city:locatedIn a owl:ObjectProperty .
  city:subject a owl:ObjectProperty . city:predicate a owl:ObjectProperty . city:object a owl:ObjectProperty .
  city:modality a owl:ObjectProperty . city:aimsToBecome a owl:ObjectProperty ; city:reportedAs modality:planned .
  city:reportedAs a owl:AnnotationProperty . city:BackgroundStatement a owl:Class .
  city:liesIn a owl:ObjectProperty ; owl:deprecated true ; dcterms:isReplacedBy city:locatedIn .
  modality:planned a city:Modality . modality:done a city:Modality . city:Modality a owl:Class .
}
graph:background { place:city city:locatedIn place:heart . <https://w3id.org/citykg/source/x> a city:BackgroundStatement ;
  city:subject place:city ; city:predicate city:locatedIn ; city:object place:heart . }
graph:entities { place:lake a city:Park . place:city a city:Place . place:heart a city:Place . }
"""
ARTICLES = """graph:articles {
  p:s1 a city:Passage ; city:ofArticle <https://w3id.org/citykg/article/a> ; city:order 1 ; oa:hasSelector p:s1.sel .
  p:s1.sel oa:start 0 ; oa:end 20 .
  p:s2 a city:Answer ; city:ofArticle <https://w3id.org/citykg/article/a> ; city:order 2 ; oa:hasSelector p:s2.sel .
  p:s2.sel oa:start 21 ; oa:end 30 .
}
"""
FACTS = """
p:s1 { p:s1.m1 a city:Mention ; city:inPassage p:s1 ; city:mentions place:lake ; city:asStated "西湖" ;
         city:start 3 ; city:end 5 . place:lake city:locatedIn place:city .
       p:s1.m2 a city:Mention ; city:inPassage p:s1 ; city:mentions place:city ; city:asStated "城" ; city:start 6 ; city:end 7 .
       p:s1.m3 a city:Mention ; city:inPassage p:s1 ; city:mentions place:heart ; city:asStated "心" ; city:start 8 ; city:end 9 . }
p:s2 { p:s2.c1 a city:Claim ; city:inPassage p:s2 ; city:subject place:heart ; city:predicate city:locatedIn ;
         city:object place:city ; city:modality modality:planned . }
"""
GOOD = ONTOLOGY + ARTICLES + FACTS

#: check, what to replace in the good dataset, by what, and the local name of the node that must be found
MISTAKES = [
    ("graph-without-passage", "p:s2 {", "p:s9 {", "s9"),
    ("planned-and-done", "p:s2 {", "p:s2 { place:heart city:locatedIn place:city .", "heart"),
    ("undefined-term", "place:lake city:locatedIn", "place:lake city:locatedin", "lake"),
    ("undefined-term", "place:lake a city:Park", "place:lake a city:Parc", "lake"),
    ("undefined-term", "city:predicate city:locatedIn", "city:predicate city:locatdIn", "s2.c1"),
    ("undefined-term", "rdfs:subClassOf city:Place", "rdfs:subClassOf city:Places", "Park"),
    ("node-outside-its-passage", "city:inPassage p:s2", "city:inPassage p:s1", "s2.c1"),
    ("node-without-passage", "city:inPassage p:s2 ;", "", "s2.c1"),
    ("undeclared-thing", "city:mentions place:lake", "city:mentions place:lak", "s1.m1"),
    ("unused-thing", "place:lake a", "place:moon a city:Place . place:lake a", "moon"),
    ("passage-order", "city:order 2", "city:order 3", "s2"),
    ("passage-order", "city:order 2", "city:order 1", "s2"),
    ("bare-opinion", "place:lake city:locatedIn", "place:lake city:aimsToBecome", "lake"),
    ("background-without-source", "city:object place:heart .", "city:object place:city .", "city"),
    ("fact-outside-passage", "place:lake a", "place:lake city:locatedIn place:heart . place:lake a", "lake"),
    (
        "fact-outside-passage",
        "oa:start 0",
        "oa:start 0 . place:lake city:locatedIn place:heart . p:s1.sel oa:start 0",
        "lake",
    ),
    ("unmentioned-thing", "city:mentions place:lake", "city:mentions place:city", "lake"),
    ("deprecated-term", "place:lake city:locatedIn", "place:lake city:liesIn", "lake"),
]


def dataset(text: str) -> Store:
    store = Store()
    for quad in parse(PREFIXES + text, RdfFormat.TRIG):
        store.add(quad)
        store.add(Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()))
    return store


@pytest.fixture(scope="module")
def checks() -> dict[str, Check]:
    return {check.name: check for check in read_checks(Project.shipped())}


@pytest.mark.parametrize(("name", "before", "after", "node"), MISTAKES)
def test_check_finds_its_mistake(checks, name, before, after, node) -> None:
    assert before in GOOD
    results = run_checks(dataset(GOOD.replace(before, after)), [checks[name]])
    assert node in {result.focus.value.replace("#", "/").rpartition("/")[2] for result in results}
    assert {result.severity for result in results} == {checks[name].severity}
    assert all(result.messages.keys() == {"en", "zh"} for result in results)


def test_no_check_finds_anything_in_good_data(checks) -> None:
    assert run_checks(dataset(GOOD), checks.values()) == []


def test_every_check_has_a_mistake_here_and_a_header(checks) -> None:
    assert {name for name, *_ in MISTAKES} == set(checks)
    for check in checks.values():
        assert {"title", "title_en"} <= check_header(check).keys()


def test_results_name_the_passages_that_state_the_mistake(checks) -> None:
    store = dataset(GOOD.replace("place:lake city:locatedIn", "place:lake city:liesIn"))
    (result,) = run_checks(store, [checks["deprecated-term"]])
    assert [graph.value for graph in result.graphs] == ["https://w3id.org/citykg/article/a#s1"]


def test_profile_gives_all_three_severities(checks) -> None:
    assert {check.severity for check in checks.values()} == {sh("Violation"), sh("Warning"), sh("Info")}


def test_a_profile_line_for_no_check_is_refused(tmp_path) -> None:
    for folder in ("ontology", "data", "queries/checks"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "queries/checks/profile.ttl").write_text(
        "<https://w3id.org/citykg/check/gone> <http://www.w3.org/ns/shacl#severity> <http://www.w3.org/ns/shacl#Info> ."
    )
    with pytest.raises(CannotRun, match="no file is named so"):
        read_checks(Project.find(tmp_path))


@pytest.mark.parametrize("text", ["SELECT ?entity WHERE { ?entity ?p ?o }", "ASK { }", "SELECT ?entity {"])
def test_a_check_that_is_no_select_of_the_three_columns_is_refused(tmp_path, text) -> None:
    check = Check("broken", sh("Info"), tmp_path / "broken.rq", text)
    with pytest.raises(CannotRun, match=r"broken\.rq"):
        run_checks(dataset(GOOD), [check])
