"""Contradictions: each has a proof, down to asserted statements, that the checker accepts."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal
from tests.reason.graphs import classes, example, graphs, properties, things, triples
from tests.reason.test_contradictions import BROKEN

from citykg.reason import infer
from citykg.reason.checker import refutation_faults
from citykg.reason.proof import Statement, StoreFacts
from citykg.reason.refutation import Refutation, refute
from citykg.reason.search import Prover

BY_HAND = {
    **BROKEN,
    "two values": ":p a owl:FunctionalProperty . :x :p 1 , 2 .",
    "no such day": ':x :p "2023-02-30"^^xsd:date .',
    "deep": """:C owl:disjointWith :D . :E rdfs:subClassOf :C . :p rdfs:domain :D .
        :q rdfs:subPropertyOf :p . :x a :E ; :q :y .""",
    "merged": ":x owl:sameAs :y . :y owl:sameAs :z . :x owl:differentFrom :z .",
    "a literal, by its range": ":q rdfs:subPropertyOf :p . :p rdfs:range xsd:integer . :x :q true .",
}

falsehoods = st.one_of(
    st.builds("{} owl:disjointWith {} .".format, classes, classes),
    st.builds("{} owl:complementOf {} .".format, classes, classes),
    st.builds("{} owl:propertyDisjointWith {} .".format, properties, properties),
    st.builds(
        "{} a {} .".format, properties, st.sampled_from(["owl:AsymmetricProperty", "owl:IrreflexiveProperty"])
    ),
    st.builds("{} owl:differentFrom {} .".format, things, things),
    st.builds("{} rdfs:subClassOf owl:Nothing .".format, classes),
    st.builds("{} rdfs:range xsd:integer .".format, properties),
)


def refutations(turtle: str, *, engine: str = "fast") -> tuple[list[Refutation], StoreFacts]:
    graph = triples(turtle)
    closure = infer(graph, engine=engine)
    facts = StoreFacts.of(graph, closure.inferred)
    return list(refute(Prover(facts), closure.contradictions)), facts


def faults(found: Refutation, facts: StoreFacts) -> list[str]:
    def is_asserted(statement: Statement) -> bool:
        return any(True for _ in facts.asserted(*statement))

    return list(refutation_faults(found, asserted=is_asserted))


@pytest.mark.parametrize("name", BY_HAND)
def test_a_contradiction_has_a_proof(name: str) -> None:
    (found,), facts = refutations(BY_HAND[name])
    assert faults(found, facts) == []


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(graphs(size=6), st.lists(falsehoods, min_size=1, max_size=3))
def test_every_contradiction_of_a_random_graph_has_a_proof(turtle: str, false: list[str]) -> None:
    graph = "\n".join((turtle, *false))
    found, facts = refutations(graph)
    contradictions = infer(triples(graph)).contradictions
    assert len(found) == len(contradictions)
    for refutation, contradiction in zip(found, contradictions, strict=True):
        if refutation.premises or not any(isinstance(s[0], Literal) for s in contradiction.premises):
            assert faults(refutation, facts) == []


def test_a_contradiction_whose_proof_no_graph_can_hold_says_what_it_is() -> None:
    graph = ':p a owl:SymmetricProperty ; rdfs:domain :C . :C rdfs:subClassOf owl:Nothing . :x :p "a" .'
    found, facts = refutations(graph)
    without = [refutation for refutation in found if not refutation.premises]
    assert [refutation.message.partition(" ")[0] for refutation in without] == ['"a"']
    assert [faults(refutation, facts) for refutation in found if refutation.premises] == [[]]


def test_what_the_reference_engine_finds_without_telling_why_is_looked_up() -> None:
    graph = ":C owl:disjointWith :D . :E rdfs:subClassOf :C , :D . :x a :E . :y a :E ."
    found, facts = refutations(graph, engine="owlrl")
    assert {refutation.rule for refutation in found} == {"cax-dw"}
    assert [problem for refutation in found for problem in faults(refutation, facts)] == []
    about = {refutation.premises[1].statement[0] for refutation in found}
    assert about == {example("x", "x", "x").subject, example("y", "y", "y").subject}


def test_the_proof_of_a_range_is_about_the_literal() -> None:
    (found,), _ = refutations(BY_HAND["a literal, by its range"])
    (premise,) = found.premises
    assert premise.statement[0] == Literal("true", datatype=premise.statement[0].datatype)  # type: ignore[union-attr]
    assert premise.rule == "prp-rng"


@pytest.mark.parametrize(
    "damage",
    [
        lambda found: replace(found, rule="cax-adc"),
        lambda found: replace(found, rule="cax-sco"),
        lambda found: replace(found, premises=found.premises[1:]),
        lambda found: replace(found, premises=()),
    ],
)
def test_the_checker_refuses_a_damaged_refutation(damage: object) -> None:
    (found,), facts = refutations(BY_HAND["deep"])
    assert callable(damage)
    assert faults(damage(found), facts) != []
