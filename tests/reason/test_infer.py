"""The interface of the reasoner: engines by name, and what none of them ever emits."""

import pytest
from pyoxigraph import Literal
from tests.reason.graphs import example, triples

from citykg.errors import UsageError
from citykg.reason import infer

CITY = """
:City a owl:Class ; rdfs:subClassOf :Place . :Place a owl:Class .
:within a owl:ObjectProperty , owl:TransitiveProperty ; rdfs:range :Place .
:population a owl:DatatypeProperty ; rdfs:range xsd:integer .
:qitaihe a :City ; :within :heilongjiang ; :population 689611 . :heilongjiang :within :china .
"""


engines = pytest.mark.parametrize("engine", ["fast", "owlrl"])


@engines
def test_a_transitive_property_reaches_the_end_of_the_chain(engine: str) -> None:
    assert example("qitaihe", "within", "china") in infer(triples(CITY), engine=engine).inferred


@engines
def test_what_was_asserted_is_not_inferred_again(engine: str) -> None:
    inferred = infer(triples(CITY), engine=engine).inferred
    assert not set(inferred) & set(triples(CITY))
    assert len(inferred) == len(set(inferred))


@engines
def test_no_engine_emits_triples_that_carry_nothing(engine: str) -> None:
    same = "http://www.w3.org/2002/07/owl#sameAs"
    for triple in infer(triples(CITY), engine=engine).inferred:
        assert not isinstance(triple.subject, Literal)
        assert not (triple.predicate.value == same and triple.subject == triple.object)
        assert "owl#Nothing" not in triple.subject.value or "example.org" in str(triple.object)


@engines
def test_nothing_follows_from_the_empty_graph(engine: str) -> None:
    closure = infer([], engine=engine)
    assert list(closure.inferred) == []
    assert closure.contradictions == ()


@engines
def test_a_member_of_disjoint_classes_is_a_contradiction(engine: str) -> None:
    clash = ":City owl:disjointWith :River . :songhua a :City , :River ."
    assert [found.rule for found in infer(triples(clash), engine=engine).contradictions] == ["cax-dw"]


def test_without_a_reasoner_nothing_follows() -> None:
    assert list(infer(triples(CITY), engine="none").inferred) == []


def test_an_unknown_reasoner_is_refused_with_the_names_that_exist() -> None:
    with pytest.raises(UsageError, match="'pellet'") as caught:
        infer([], engine="pellet")
    assert caught.value.code == "unknown-reasoner"
    assert "fast, owlrl, none" in caught.value.hint
