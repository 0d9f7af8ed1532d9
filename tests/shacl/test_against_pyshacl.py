"""The fast engine against pyshacl: equal on random shapes, right where pyshacl is wrong."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from pyoxigraph import RdfFormat, parse
from tests.shacl.random_graphs import PREFIXES, data, queries, shapes

from citykg.errors import CannotRun
from citykg.validate import Result, validate

_SETTINGS = {"deadline": None, "suppress_health_check": list(HealthCheck), "derandomize": True}
# A composite strategy that is asked thousands of times names itself at length, which is no fault of the test.
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")
_SETTINGS["phases"] = (Phase.explicit, Phase.reuse, Phase.generate)  # shrinking by pyshacl takes minutes


#: Zero steps of a path lead from a node that is in the graph only, for Oxigraph; from any IRI, for rdflib.
PRESENT = "ex:a ex:seen true . ex:b ex:seen true . ex:c ex:seen true . ex:d ex:seen true ."


def triples(text: str):
    return list(parse(PREFIXES + text, RdfFormat.TURTLE))


def key(result: Result) -> tuple:
    return (
        str(result.focus),
        str(result.path),
        str(result.value),
        result.component.value,
        result.severity.value,
        str(result.source_shape),
        tuple(sorted(result.messages.items())),
        tuple(sorted(map(key, result.details))),
    )


def results(data, shapes, engine: str) -> Counter:
    return Counter(map(key, validate(data, shapes, engine=engine).results))


def compare(turtle: str, shape: str) -> None:
    data, shapes = triples(turtle), triples(shape)
    assert results(data, shapes, "fast") == results(data, shapes, "pyshacl")


@settings(max_examples=80, **_SETTINGS)
@given(data(), shapes())
def test_core_constraints_give_the_same_report(turtle, shape) -> None:
    compare(turtle, shape)


@settings(max_examples=40, **_SETTINGS)
@given(data(), queries())
def test_sparql_constraints_give_the_same_report(turtle, shape) -> None:
    compare(turtle + PRESENT, shape)


@pytest.mark.long
@settings(max_examples=2000, **_SETTINGS)
@given(data(), shapes())
def test_core_constraints_give_the_same_report_at_length(turtle, shape) -> None:
    compare(turtle, shape)


@pytest.mark.long
@settings(max_examples=600, **_SETTINGS)
@given(data(), queries())
def test_sparql_constraints_give_the_same_report_at_length(turtle, shape) -> None:
    compare(turtle + PRESENT, shape)


def test_a_text_beside_a_number_that_a_store_rewrites_is_a_focus_node_too() -> None:
    compare(
        'ex:b ex:q 1.50 , "a" .',
        "ex:S sh:targetObjectsOf ex:q ; sh:path [ sh:inversePath ex:q ] ; sh:class ex:Top .",
    )


def focus_nodes(turtle: str, shape: str, engine: str) -> set[str]:
    report = validate(triples(turtle), triples(f"ex:S sh:targetClass ex:T ; {shape} ."), engine=engine)
    return {result.focus.value.removeprefix("http://example.org/") for result in report.results}


#: shape, data, the nodes that violate it by the specification, those that pyshacl reports (None: it fails)
WRONG_IN_PYSHACL = {
    "an ill-typed gYear is no gYear (section 4.1.2)": (
        "sh:property [ sh:path ex:p ; sh:datatype xsd:gYear ]",
        'ex:a a ex:T ; ex:p "20x3"^^xsd:gYear . ex:b a ex:T ; ex:p "2023"^^xsd:gYear .',
        {"a"},
        set(),
    ),
    "what cannot be compared is not less (section 4.5.3)": (
        "sh:property [ sh:path ex:p ; sh:lessThan ex:q ]",
        'ex:a a ex:T ; ex:p "2020-01-01"^^xsd:date ; ex:q "2020-02-01T00:00:00Z"^^xsd:dateTime .'
        "ex:b a ex:T ; ex:p ex:x ; ex:q ex:y . ex:c a ex:T ; ex:p 1 ; ex:q 2 .",
        {"a", "b"},
        set(),
    ),
    "a truth value or a date has no place among numbers (section 4.3; SPARQL 1.1, section 17.3)": (
        "sh:property [ sh:path ex:p ; sh:maxInclusive 1 ]",
        'ex:a a ex:T ; ex:p false . ex:b a ex:T ; ex:p 0 . ex:c a ex:T ; ex:p "2021-06-30"^^xsd:date .',
        {"a", "c"},
        set(),
    ),
    "a pattern may name a script of Unicode (section 4.4.3; SPARQL leaves regular expressions to XPath)": (
        'sh:property [ sh:path ex:p ; sh:pattern "^\\\\p{Han}+$" ]',
        'ex:a a ex:T ; ex:p "lake" . ex:b a ex:T ; ex:p "湖泊" .',
        {"a"},
        None,
    ),
}


@pytest.mark.parametrize("case", WRONG_IN_PYSHACL)
def test_the_specification_is_kept_where_pyshacl_is_wrong(case) -> None:
    shape, turtle, right, wrong = WRONG_IN_PYSHACL[case]
    assert focus_nodes(turtle, shape, "fast") == right
    if wrong is None:
        with pytest.raises(CannotRun, match="pyshacl refuses the shapes"):
            focus_nodes(turtle, shape, "pyshacl")
    else:
        assert focus_nodes(turtle, shape, "pyshacl") == wrong
