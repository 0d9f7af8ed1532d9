"""Proofs: every inferred triple has one, and a checker that knows only the rule table accepts it."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from pyoxigraph import NamedNode, Triple
from tests.reason.graphs import example, graphs, triples

from citykg.reason import infer
from citykg.reason.checker import faults
from citykg.reason.proof import Proof, Statement, StoreFacts
from citykg.reason.search import Prover

quick = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))

CITY = """
:within a owl:TransitiveProperty ; owl:inverseOf :encloses .
:partOf rdfs:subPropertyOf :within . :Mine rdfs:subClassOf :Place .
:activeIn owl:propertyChainAxiom ( :worksFor :within ) .
:shaft :partOf :mine . :mine a :Mine ; :within :county . :county :within :city . :city :within :province .
:li :worksFor :shaft .
"""


def statement(triple: Triple) -> Statement:
    return (triple.subject, triple.predicate, triple.object)


def prove(turtle: str, *names: str) -> Proof | None:
    graph = triples(turtle)
    return Prover(StoreFacts.of(graph, infer(graph).inferred)).prove(statement(example(*names)))


def unproved(turtle: str) -> list[str]:
    """What is wrong with the proofs of everything that is inferred."""
    graph = triples(turtle)
    inferred = infer(graph).inferred
    facts = StoreFacts.of(graph, inferred)  # it reads "1"^^xsd:nonNegativeInteger back as xsd:integer
    prover = Prover(facts)
    found = []
    for triple in inferred:
        proof = prover.prove(statement(triple))
        if proof is None:
            found.append(f"no proof of {triple}")
        else:
            assert proof.statement == statement(triple)
            found += faults(proof, asserted=lambda stated: any(True for _ in facts.asserted(*stated)))
    return found


def test_everything_inferred_in_a_small_city_has_a_proof_that_the_checker_accepts() -> None:
    assert unproved(CITY) == []


@quick
@given(graphs(size=6))
def test_everything_inferred_in_random_graphs_has_a_proof_that_the_checker_accepts(turtle: str) -> None:
    assert unproved(turtle) == []


def test_no_proof_rests_on_what_it_proves() -> None:
    symmetric_and_transitive = (
        ":p0 owl:equivalentProperty :p1 ; owl:inverseOf :p0 . :p1 a owl:TransitiveProperty . :x0 :p0 :x1 ."
    )
    assert unproved(symmetric_and_transitive) == []


@pytest.mark.long
@settings(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(graphs(size=10))
def test_everything_inferred_in_many_random_graphs_has_a_proof(turtle: str) -> None:
    assert unproved(turtle) == []


def test_an_asserted_triple_is_its_own_proof() -> None:
    proof = prove(CITY, "county", "within", "city")
    assert proof is not None
    assert (proof.rule, proof.premises, proof.size) == (None, (), 0)


def test_a_triple_that_does_not_follow_has_no_proof() -> None:
    assert prove(CITY, "city", "within", "county") is None


def test_a_chain_is_proved_by_the_fewest_steps() -> None:
    proof = prove(CITY + ":mine :within :province .", "mine", "within", "province")
    assert proof is not None
    assert proof.size == 0
    longer = prove(CITY, "shaft", "within", "province")
    assert longer is not None
    assert longer.size == 4  # one step is a subproperty, four steps are joined by three


def test_the_leaves_of_a_proof_are_asserted() -> None:
    proof = prove(CITY, "li", "activeIn", "city")
    assert proof is not None
    assert proof.rule == "prp-spo2"
    asserted = {statement(triple) for triple in triples(CITY)}
    assert {leaf.statement for leaf in proof.leaves()} & asserted
    assert any(leaf.statement[0] == NamedNode("http://example.org/li") for leaf in proof.leaves())


def test_a_proof_may_go_through_what_a_literal_is() -> None:
    turtle = (
        ":Numbered owl:equivalentClass [ owl:onProperty :n ; owl:someValuesFrom xsd:integer ] . :x :n 5 ."
    )
    graph = triples(turtle)
    prover = Prover(StoreFacts.of(graph, infer(graph).inferred))
    kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    proof = prover.prove((NamedNode("http://example.org/x"), kind, NamedNode("http://example.org/Numbered")))
    assert proof is not None
    stated = {statement(triple) for triple in graph}
    assert list(faults(proof, asserted=stated.__contains__)) == []


def test_a_long_chain_has_a_proof_that_is_not_deep() -> None:
    links = " ".join(f":n{i} :within :n{i + 1} ." for i in range(200))
    proof = prove(":within a owl:TransitiveProperty . " + links, "n0", "within", "n200")
    assert proof is not None
    assert proof.size == 199

    def depth(node: Proof) -> int:
        return 1 + max(map(depth, node.premises), default=0)

    assert depth(proof) < 12


@pytest.mark.parametrize(
    "damage",
    [
        lambda proof: replace(proof, rule="prp-symp"),
        lambda proof: replace(proof, rule="no-such-rule"),
        lambda proof: replace(proof, premises=proof.premises[:-1]),
        lambda proof: replace(proof, premises=(*proof.premises[:-1], proof)),
        lambda proof: replace(proof, statement=(proof.statement[2], *proof.statement[1:])),
        lambda proof: replace(proof, rule=None, premises=()),
    ],
)
def test_the_checker_refuses_a_damaged_proof(damage: object) -> None:
    proof = prove(CITY, "mine", "within", "province")
    assert proof is not None
    asserted = {statement(triple) for triple in triples(CITY)}
    assert list(faults(proof, asserted=asserted.__contains__)) == []
    assert callable(damage)
    assert list(faults(damage(proof), asserted=asserted.__contains__)) != []
