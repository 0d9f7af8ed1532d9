"""The fast engine where SPARQL alone would be wrong: spellings, blank nodes, scopes, recursion; and what it leaves."""
# ruff: noqa: E501 - Turtle, one case a line

import subprocess
import sys

import pytest
from pyoxigraph import RdfFormat, Store, parse

from citykg.errors import CannotRun
from citykg.shacl.data import Data
from citykg.shacl.graph import Graph
from citykg.shacl.plan import jobs, questions
from citykg.shacl.prebinding import ShapeQuery
from citykg.shacl.reading import read_shapes
from citykg.validate import Report, validate

PREFIXES = """@prefix ex: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex: sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/" ] .
"""


def triples(text: str):
    return list(parse(PREFIXES + text, RdfFormat.TURTLE))


def found(report: Report) -> list[tuple[str, str | None]]:
    return [
        (result.focus.value.rpartition("/")[2], None if result.value is None else result.value.value)
        for result in report.results
    ]


def check(data: str, shape: str) -> list[tuple[str, str | None]]:
    return found(validate(triples(data), triples(f"ex:S sh:targetClass ex:T ; {shape} .")))


@pytest.mark.parametrize(
    ("constraint", "values", "wrong"),
    [
        ("sh:maxCount 1", "1.5, 1.50", [None]),
        ('sh:pattern "\\\\.[0-9][0-9]$"', "3.10, 3.1", ["3.1"]),
        ("sh:minLength 4", "3.10", []),
        ("sh:in ( 1.50 )", "1.5", ["1.5"]),
        ("sh:in ( 1.50 )", "1.50", []),
        ("sh:hasValue 1.50", "1.5", [None]),
        ("sh:datatype xsd:nonNegativeInteger", '"5"^^xsd:nonNegativeInteger', []),
        ("sh:datatype xsd:nonNegativeInteger", "5", ["5"]),
        ("sh:datatype xsd:integer", '"5"^^xsd:nonNegativeInteger', ["5"]),
        ("sh:datatype xsd:nonNegativeInteger", '"-5"^^xsd:nonNegativeInteger', ["-5"]),
        ("sh:minInclusive 4", "3.10", ["3.10"]),
        (
            "sh:not [ sh:datatype xsd:integer ]",
            "123456789012345678901234567890",
            ["123456789012345678901234567890"],
        ),
        (
            "sh:or ( [ sh:datatype xsd:date ] [ sh:datatype xsd:gYear ] )",
            '"2023"^^xsd:gYear, "2023-02-30"^^xsd:date',
            ["2023-02-30"],
        ),
        ('sh:pattern "^(?!x)"', '"a", "xa"', ["xa"]),
        ('sh:pattern "^A" ; sh:flags "i"', '"ab", "b"', ["b"]),
        ("sh:equals ex:q", "1.50", ["1.50"]),
        ("sh:node [ sh:in ( 1.50 ) ]", "1.5, 1.50", ["1.5"]),
    ],
)
def test_literals_are_judged_as_they_were_written(constraint, values, wrong) -> None:
    data = f"ex:a a ex:T ; ex:p {values} ."
    assert check(data, f"sh:property [ sh:path ex:p ; {constraint} ]") == [("a", value) for value in wrong]


def test_a_store_without_the_files_is_taken_at_its_word() -> None:
    store = Store()
    store.extend(triples('ex:a a ex:T ; ex:p "5"^^xsd:nonNegativeInteger . ex:b a ex:T ; ex:p -5 .'))
    shapes = triples(
        "ex:S sh:targetClass ex:T ; sh:property [ sh:path ex:p ; sh:datatype xsd:nonNegativeInteger ] ."
    )
    assert found(validate(store, shapes)) == [("b", "-5")]
    written = triples('ex:a a ex:T ; ex:p "5"^^xsd:nonNegativeInteger .')
    assert found(validate(store, shapes, as_written=written)) == [("b", "-5")]


@pytest.mark.parametrize(
    "select",
    [
        "SELECT $this ?value WHERE { $this ex:p ?value FILTER(?value > 1) }",
        "SELECT $this ?value WHERE { { FILTER(true) } $this ex:p ?value FILTER(?value > 1) }",
        "SELECT $this ?value WHERE { { $this ex:p ?value FILTER(?value > 1) } UNION { FILTER(!bound($this)) } }",
        "SELECT $this ?value WHERE { BIND($this AS ?that) { SELECT $this ?value WHERE { $this ex:p ?value FILTER(?value > 1) } } }",
        "SELECT $this ?value WHERE { OPTIONAL { BIND($this AS ?that) } ?that ex:p ?value FILTER(?value > 1) }",
        "SELECT $this (MAX(?v) AS ?value) WHERE { $this ex:p ?v } GROUP BY $this HAVING(MAX(?v) > 1)",
        "SELECT $this (MAX(?v) AS ?value) WHERE { $this ex:p ?v FILTER(?v > 1) } GROUP BY $this ORDER BY $this LIMIT 5",
        "SELECT $this ?value WHERE { { SELECT $this ?v WHERE { $this ex:p ?v } } { SELECT $this ?value WHERE { ?any ex:p ?value FILTER(?value > 1) } } FILTER(?v = ?value) }",
        "SELECT $this ?value WHERE { $this ex:p ?value { ?any ex:p ?value FILTER(?value > 1) } }",
        "# $this }\nSELECT $this ?value WHERE { $this ex:p ?value . # { ?\n FILTER(?value > 1 && '$this }' != '') }",
    ],
)
def test_this_is_bound_in_every_scope_of_a_query(select) -> None:
    data = "ex:a a ex:T ; ex:p 1 . ex:b a ex:T ; ex:p 2 . ex:c ex:p 3 . _:d a ex:T ; ex:p 4 ."
    shape = f'sh:sparql [ sh:prefixes ex: ; sh:select """{select}""" ]'
    results = check(data, shape)
    assert ("b", "2") in results
    assert [value for _, value in results if value != "2"] == ["4"]


@pytest.mark.parametrize(
    ("select", "together"),
    [
        (
            "SELECT $this ?v WHERE { { SELECT $this WHERE { $this ex:p ?w } } { SELECT $this ?v WHERE { ?x ex:p ?v } } }",
            True,
        ),
        ("SELECT $this ?v WHERE { $this ex:p ?v { SELECT $this WHERE { ?x ex:p $this } } }", False),
        (
            "SELECT $this ?v WHERE { $this ex:p ?v { SELECT $this (MAX(?w) AS ?v) WHERE { ?x ex:p ?w } } }",
            False,
        ),
        ("SELECT $this ?v WHERE { $this ex:p ?v { SELECT $this ?v WHERE { ?x ex:p ?v } LIMIT 1 } }", False),
        ("SELECT $this ?v WHERE { $this ex:p ?v { FILTER(bound($this)) } }", False),
        ("SELECT $this ?v WHERE { $this ex:p ?v OPTIONAL { BIND(1 AS ?x) } }", True),
        ("SELECT $this ?v WHERE { $this ex:p ?v OPTIONAL { BIND($this AS ?x) } }", False),
    ],
)
def test_focus_nodes_are_asked_about_together_only_where_this_means_each_of_them(select, together) -> None:
    query = ShapeQuery(select, where="S", prebound=("this",), path=None)
    assert (query.all_at_once("?this a ex:T .") is not None) is together


def test_a_component_with_parameters_asks_about_each_value() -> None:
    component = """
    ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:most ] ; sh:message "{?value} > {$most}"@en ;
      sh:validator [ sh:ask "ASK { FILTER($value <= $most) }" ] .
    """
    shapes = triples(component + "ex:S sh:targetClass ex:T ; sh:property [ sh:path ex:p ; ex:most 2 ] .")
    report = validate(triples("ex:a a ex:T ; ex:p 1, 3 ."), shapes)
    assert found(report) == [("a", "3")]
    assert report.results[0].messages == {"en": "3 > 2"}


def test_shapes_that_refer_to_themselves_come_to_an_end() -> None:
    shapes = triples(
        "ex:S sh:targetClass ex:T ; sh:property ex:P . ex:P sh:path ex:knows ; sh:node ex:S ; sh:nodeKind sh:IRI ."
    )
    data = (
        'ex:a a ex:T ; ex:knows ex:b . ex:b ex:knows ex:a . ex:c a ex:T ; ex:knows ex:d . ex:d ex:knows "x" .'
    )
    assert found(validate(triples(data), shapes)) == [("c", "http://example.org/d")]


def test_what_only_pyshacl_can_do_goes_to_it_and_is_named() -> None:
    shapes = triples(
        'ex:S sh:target [ a sh:SPARQLTarget ; sh:prefixes ex: ; sh:select "SELECT ?this WHERE { ?this ex:p ?any }" ] ; sh:class ex:T .'
        "ex:U sh:targetClass ex:T ; sh:nodeKind sh:Literal ."
    )
    report = validate(triples("ex:a ex:p 1 . ex:b a ex:T ; ex:p 2 ."), shapes)
    assert found(report) == [("a", "http://example.org/a"), ("b", "http://example.org/b")]
    (fallback,) = report.fallbacks
    assert fallback.shape.value == "http://example.org/S"
    assert fallback.engine == "pyshacl-store"
    assert "sh:target" in fallback.reason


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        ('sh:sparql [ sh:select "SELECT $this WHERE { VALUES ?x { 1 } $this ?p ?x }" ]', "uses VALUES"),
        ('sh:sparql [ sh:select "SELECT $this WHERE { $this ?p ?x MINUS { $this ?p 1 } }" ]', "uses MINUS"),
        ('sh:sparql [ sh:select "SELECT $this WHERE { BIND(1 AS $this) }" ]', "assigns \\$this"),
        ('sh:sparql [ sh:select "SELECT $this WHERE { GRAPH $shapesGraph { $this ?p ?o } }" ]', "optional"),
        ('sh:sparql [ sh:select "SELECT $this WHERE { $this ex:p }" ]', "does not parse"),
        ('sh:sparql [ sh:select "SELECT $this WHERE { $this $PATH ?o }" ]', "has no path"),
        ("sh:property [ sh:minCount 1 ]", "has no sh:path"),
        ("sh:property [ sh:path ex:p ; sh:minCount 1.5 ]", "whole number"),
        ("sh:property [ sh:path ex:p ; sh:minCount 1, 2 ]", ""),
        ('sh:property [ sh:path ex:p ; sh:pattern "(" ]', "no regular expression"),
        ("sh:property [ sh:path ( ex:p ) ]", "at least two"),
        ('sh:js [ sh:jsFunctionName "f" ]', "sh:js"),
    ],
)
def test_ill_formed_shapes_are_refused_with_their_reason(shape, message) -> None:
    if not message:
        assert len(check("ex:a a ex:T .", shape)) == 2  # two constraints, both broken
        return
    with pytest.raises(CannotRun, match=message) as caught:
        check("ex:a a ex:T ; ex:p 1 .", shape)
    assert caught.value.code == "ill-formed-shape"


def test_constraints_on_one_path_are_asked_about_in_one_query() -> None:
    shapes = read_shapes(
        Graph(
            triples(
                "ex:S sh:targetClass ex:T ; sh:property [ sh:path ex:p ; sh:nodeKind sh:Literal ; sh:minLength 1 ; sh:minCount 1 ] ;"
                " sh:property [ sh:path ex:q ; sh:minCount 1 ] ."
            )
        )
    )
    (together,) = jobs(shapes[0])
    asked = list(questions(together, Data(Store())))
    assert sorted(len(question.jobs) for question in asked) == [2, 2]
    assert all(question.condition.exact for question in asked)


def test_the_fast_engine_imports_neither_pyshacl_nor_rdflib() -> None:
    script = (
        "import sys; from citykg.validate import validate; validate([], []); "
        "print(sorted({'pyshacl', 'rdflib', 'rich', 'yaml', 'rapidfuzz', 'numpy'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
