"""Where owlrl, the reference, differs from the specification: one case each, with the fast engine right."""

import pytest
from tests.reason.graphs import example, triples

from citykg.reason import infer

SAME = "http://www.w3.org/2002/07/owl#sameAs"
SUBCLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf"


def merged(turtle: str, engine: str) -> set[tuple[str, str]]:
    found = infer(triples(turtle), engine=engine).inferred
    return {(t.subject.value, t.object.value) for t in found if t.predicate.value == SAME}  # type: ignore[union-attr]


def test_prp_key_compares_the_last_property() -> None:
    key = ":C owl:hasKey ( :p ) . :x a :C ; :p 1 . :y a :C ; :p 2 . :z a :C ; :p 1 ."
    x, y, z = (f"http://example.org/{name}" for name in "xyz")
    assert merged(key, "fast") == {(x, z), (z, x)}
    assert (x, y) in merged(key, "owlrl")


@pytest.mark.parametrize(
    "turtle",
    [
        "[] a owl:AllDisjointProperties ; owl:members ( :p :q ) . :x :p :y ; :q :y .",
        "[] a owl:AllDifferent ; owl:members ( :x :y ) . :x owl:sameAs :y .",
        "[] a owl:AllDifferent ; owl:distinctMembers ( :x :y ) . :x owl:sameAs :y .",
    ],
    ids=["prp-adp", "eq-diff2", "eq-diff3"],
)
def test_the_last_member_of_a_list_counts(turtle: str) -> None:
    assert infer(triples(turtle), engine="fast").contradictions
    assert not infer(triples(turtle), engine="owlrl").contradictions


def test_a_cycle_of_subclasses_makes_each_its_own_subclass() -> None:
    cycle = triples(":C rdfs:subClassOf :D . :D rdfs:subClassOf :C .")
    own = [t for t in infer(cycle).inferred if t.predicate.value == SUBCLASS and t.subject == t.object]
    assert {t.subject for t in own} == {example("C", "p", "D").subject, example("C", "p", "D").object}
    inferred = infer(cycle, engine="owlrl").inferred
    assert not [t for t in inferred if t.predicate.value == SUBCLASS and t.subject == t.object]


def test_a_literal_belongs_to_every_datatype_that_has_its_value() -> None:
    kind = ":Small owl:equivalentClass [ owl:onProperty :n ; owl:someValuesFrom xsd:byte ] ."
    graph = kind + " :x :n 5 . :y :n 500 ."
    small = example("x", "a", "Small")
    kinds = {t.subject for t in infer(triples(graph)).inferred if t.object == small.object}
    assert small.subject in kinds
    assert example("y", "a", "Small").subject not in kinds
    assert small.object not in {
        t.object for t in infer(triples(graph), engine="owlrl").inferred if t.subject == small.subject
    }


def test_values_that_differ_are_not_the_same() -> None:
    graph = triples(":p a owl:FunctionalProperty . :x :p 1 , 2 .")
    assert infer(graph).contradictions
    assert not infer(graph, engine="owlrl").contradictions


@pytest.mark.parametrize("cardinality", ["maxCardinality", "maxQualifiedCardinality"])
def test_a_cardinality_that_is_the_same_as_a_name_ends_no_engine(cardinality: str) -> None:
    graph = triples(
        f":C owl:{cardinality} 1 ; owl:onProperty :p . :q a owl:FunctionalProperty . :s :q :n , 1 ."
    )
    renamed = example("C", "p", "n").object
    for engine in ("fast", "owlrl"):
        assert renamed in {t.object for t in infer(graph, engine=engine).inferred}
