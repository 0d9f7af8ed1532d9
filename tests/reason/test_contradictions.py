"""Every false rule of OWL 2 RL/RDF fires on the smallest graph that breaks it, and not on its neighbour."""

import pytest
from pyoxigraph import Literal, NamedNode
from tests.reason.graphs import triples

from citykg.reason import infer
from citykg.reason.rules import rules

BROKEN = {
    "eq-diff1": ":x owl:sameAs :y . :y owl:differentFrom :x .",
    "eq-diff2": "[] a owl:AllDifferent ; owl:members ( :x :z :y ) . :y owl:sameAs :x .",
    "eq-diff3": "[] a owl:AllDifferent ; owl:distinctMembers ( :x :y ) . :y owl:sameAs :x .",
    "prp-irp": ":p a owl:IrreflexiveProperty . :x :p :x .",
    "prp-asyp": ":p a owl:AsymmetricProperty . :x :p :y . :y :p :x .",
    "prp-pdw": ":p owl:propertyDisjointWith :q . :x :p :y ; :q :y .",
    "prp-adp": "[] a owl:AllDisjointProperties ; owl:members ( :p :q :r ) . :x :p :y ; :r :y .",
    "prp-npa1": """[] owl:sourceIndividual :x ; owl:assertionProperty :p ; owl:targetIndividual :y .
        :x :p :y .""",
    "prp-npa2": "[] owl:sourceIndividual :x ; owl:assertionProperty :p ; owl:targetValue 1 . :x :p 1 .",
    "cls-nothing2": ":x a owl:Nothing .",
    "cls-com": ":C owl:complementOf :D . :x a :C , :D .",
    "cls-maxc1": ':C owl:maxCardinality "0"^^xsd:nonNegativeInteger ; owl:onProperty :p . :x a :C ; :p :y .',
    "cls-maxqc1": """:C owl:maxQualifiedCardinality "0"^^xsd:nonNegativeInteger ; owl:onProperty :p ;
        owl:onClass :D . :x a :C ; :p :y . :y a :D .""",
    "cls-maxqc2": """:C owl:maxQualifiedCardinality "0"^^xsd:nonNegativeInteger ; owl:onProperty :p ;
        owl:onClass owl:Thing . :x a :C ; :p :y .""",
    "cax-dw": ":C owl:disjointWith :D . :x a :C , :D .",
    "cax-adc": "[] a owl:AllDisjointClasses ; owl:members ( :C :E :D ) . :x a :C , :D .",
    "dt-not-type": ":p rdfs:range xsd:nonNegativeInteger . :x :p -1 .",
}

WHOLE = {
    "eq-diff1": ":x owl:sameAs :y . :z owl:differentFrom :x .",
    "eq-diff2": "[] a owl:AllDifferent ; owl:members ( :x :z :y ) . :y owl:sameAs :w .",
    "prp-irp": ":p a owl:IrreflexiveProperty . :x :p :y .",
    "prp-asyp": ":p a owl:AsymmetricProperty . :x :p :y . :y :p :z .",
    "prp-adp": "[] a owl:AllDisjointProperties ; owl:members ( :p :q :r ) . :x :p :y ; :s :y .",
    "cls-maxc1": ':C owl:maxCardinality "1"^^xsd:nonNegativeInteger ; owl:onProperty :p . :x a :C ; :p :y .',
    "cax-adc": "[] a owl:AllDisjointClasses ; owl:members ( :C :E :D ) . :x a :C , :F .",
    "dt-not-type": ":p rdfs:range xsd:nonNegativeInteger . :x :p 0 ; :q -1 .",
}


def test_every_false_rule_of_the_table_has_a_graph_that_breaks_it() -> None:
    assert set(BROKEN) == {rule.name for rule in rules() if rule.head is None}


@pytest.mark.parametrize("rule", BROKEN)
def test_a_broken_graph_names_the_rule_and_its_premises(rule: str) -> None:
    graph = triples(BROKEN[rule])
    (contradiction,) = infer(graph).contradictions
    assert contradiction.rule == rule
    assert contradiction.premises
    closure = {(t.subject, t.predicate, t.object) for t in (*graph, *infer(graph).inferred)}
    same = NamedNode("http://www.w3.org/2002/07/owl#sameAs")
    for premise in contradiction.premises:
        assert premise in closure or premise[1] == same or isinstance(premise[0], Literal)


@pytest.mark.parametrize("rule", WHOLE)
def test_a_graph_that_does_not_break_a_rule_is_consistent(rule: str) -> None:
    assert infer(triples(WHOLE[rule])).contradictions == ()


def test_values_that_a_functional_property_would_make_the_same_must_be_equal() -> None:
    (contradiction,) = infer(triples(":p a owl:FunctionalProperty . :x :p 1 , 2 .")).contradictions
    assert contradiction.rule == "eq-diff1"
    assert "different values" in contradiction.message
    assert infer(triples(":p a owl:FunctionalProperty . :x :p 1 , 01 , 1.0 .")).contradictions == ()


def test_a_literal_that_its_own_datatype_does_not_know_is_a_contradiction() -> None:
    (contradiction,) = infer(
        triples(':x :p "2023-02-30"^^xsd:date , "2024-02-29"^^xsd:date .')
    ).contradictions
    assert contradiction.rule == "dt-not-type"
    assert "2023-02-30" in contradiction.message


def test_a_contradiction_of_merged_things_names_what_was_said() -> None:
    graph = ":x owl:sameAs :y . :y owl:sameAs :z . :x owl:differentFrom :z ."
    (contradiction,) = infer(triples(graph)).contradictions
    said = triples(":x owl:differentFrom :z ; owl:sameAs :z .")
    assert set(contradiction.premises) == {(t.subject, t.predicate, t.object) for t in said}
