"""Validation: one report from either engine, chosen shapes and nodes only."""

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, parse

from citykg.errors import UsageError
from citykg.validate import Severity, validate

PREFIXES = """
@prefix ex: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
DATA = """
ex:Park rdfs:subClassOf ex:Place .
ex:a a ex:Park ; rdfs:label "公园"@zh ; ex:area 3.10 .
ex:b a ex:Park ; ex:area -1 .
"""
SHAPES = """
ex:PlaceShape a sh:NodeShape ; sh:targetClass ex:Place ; sh:property ex:Label, ex:Area .
ex:Label sh:path rdfs:label ; sh:minCount 1 ; sh:severity sh:Warning ;
    sh:message "{$this} 没有名称"@zh, "{$this} has no label"@en .
ex:Area sh:path ex:area ; sh:minInclusive 0 ;
    sh:message "面积 {?value} 为负"@zh, "area {?value} is negative"@en .
ex:ParkShape a sh:NodeShape ; sh:targetClass ex:Park ; sh:nodeKind sh:Literal .
"""
CITY = "https://w3id.org/citykg/ontology#"
EX = "http://example.org/"


def triples(text: str):
    return list(parse(PREFIXES + text, RdfFormat.TURTLE))


def ex(name: str) -> NamedNode:
    return NamedNode(EX + name)


@pytest.fixture(params=["pyshacl", "fast"])
def engine(request) -> str:
    return request.param


def test_report_names_focus_path_value_severity_and_both_messages(engine) -> None:
    report = validate(triples(DATA), triples(SHAPES), engine=engine, only=[ex("PlaceShape")])
    negative, unlabelled = report.results
    assert negative.focus == unlabelled.focus == ex("b")
    assert negative.value.value == "-1"
    assert str(negative.path) == f"<{EX}area>"
    assert negative.messages == {"en": "area -1 is negative", "zh": "面积 -1 为负"}
    assert unlabelled.messages["zh"] == f"{EX}b 没有名称"
    assert unlabelled.severity.value.endswith("#Warning")
    assert not report.conforms
    assert report.fails(Severity.VIOLATION)
    assert report.count(Severity.WARNING) == 1


def test_only_chosen_shapes_and_nodes_are_reported(engine) -> None:
    report = validate(triples(DATA), triples(SHAPES), engine=engine, only=[ex("ParkShape")], focus=[ex("a")])
    assert [result.focus for result in report.results] == [ex("a")]
    assert report.results[0].source_shape == ex("ParkShape")


def test_a_store_gives_the_same_report_as_its_triples(engine) -> None:
    store = Store()
    store.extend(triples(DATA))
    assert validate(store, triples(SHAPES), engine=engine) == validate(
        triples(DATA), triples(SHAPES), engine=engine
    )


def test_warnings_fail_only_when_asked(engine) -> None:
    data = triples("ex:b a ex:Place .")
    report = validate(data, triples(SHAPES), engine=engine)
    assert not report.fails(Severity.VIOLATION)
    assert report.fails(Severity.WARNING)
    assert report.fails(Severity.INFO)


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(UsageError, match="no validation engine 'slow'"):
        validate([], [], engine="slow")


def test_shapes_that_need_inferences_run_on_the_closure_only(engine) -> None:
    shapes = triples(
        SHAPES + "ex:ParkShape <https://w3id.org/citykg/ontology#validates>"
        " <https://w3id.org/citykg/ontology#Closure> ."
    )
    asserted = validate(triples(DATA), shapes, engine=engine)
    inferred = validate(triples(DATA), shapes, engine=engine, closure=True)
    assert ex("ParkShape") not in {result.source_shape for result in asserted.results}
    assert {result.source_shape for result in inferred.results} == {ex("ParkShape")}
