"""The fast engine against its oracles: owlrl, itself on the other kind of relation, and brute force."""

import random
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Triple
from tests.reason.graphs import CLASSES, EXAMPLE, OWL, PROPERTIES, RDF, RDFS, XSD, example, graphs, triples

from citykg.reason import infer
from citykg.reason.compiling import OPERATORS
from citykg.reason.fast_engine import infer as infer_fast
from citykg.reason.reachability import reachable_pairs
from citykg.reason.rules import rules

slow_is_fine = list(HealthCheck)
quick = settings(max_examples=25, deadline=None, suppress_health_check=slow_is_fine)
thorough = settings(max_examples=1500, deadline=None, suppress_health_check=slow_is_fine)

#: Reflexive schema triples of cycles, which owlrl leaves out (see test_owlrl_gaps).
OWN = {
    NamedNode(RDFS + "subClassOf"),
    NamedNode(RDFS + "subPropertyOf"),
    NamedNode(OWL + "equivalentClass"),
    NamedNode(OWL + "equivalentProperty"),
}


#: With its classes and properties declared owlrl knows that each is its own, which more may follow from.
DECLARED = "".join(f"{c} a owl:Class ." for c in CLASSES) + "".join(
    f"{p} a rdf:Property ." for p in PROPERTIES
)


def differences(turtle: str) -> tuple[set[Triple], set[Triple]]:
    """What owlrl infers and the fast engine does not, and the other way round."""
    graph = triples(DECLARED + turtle)
    fast, reference = (set(infer(graph, engine=engine).inferred) for engine in ("fast", "owlrl"))
    return reference - fast, {t for t in fast - reference if t.predicate not in OWN or t.subject != t.object}


def about_datatypes(triple: Triple) -> bool:
    """Whether a triple speaks of one of the datatypes that owlrl adds to every graph."""
    terms = (triple.subject, triple.object)
    return any(isinstance(term, NamedNode) and term.value.startswith((XSD, RDF)) for term in terms)


@quick
@given(graphs(size=8))
def test_random_graphs_have_the_closure_that_owlrl_gives_them(turtle: str) -> None:
    assert differences(turtle) == (set(), set())


@pytest.mark.long
@thorough
@given(graphs(size=12))
def test_many_random_graphs_have_the_closure_that_owlrl_gives_them(turtle: str) -> None:
    assert differences(turtle) == (set(), set())


@quick
@given(graphs(size=6, language=True))
def test_data_that_become_ontology_are_reasoned_with(turtle: str) -> None:
    missing, _ = differences(turtle)
    assert {triple for triple in missing if not about_datatypes(triple)} == set()


@settings(max_examples=100, deadline=None, suppress_health_check=slow_is_fine)
@given(graphs(size=14, language=True))
def test_arrays_and_sets_infer_the_same(turtle: str) -> None:
    graph = triples(turtle)
    arrays, sets = infer_fast(graph, arrays=True), infer_fast(graph, arrays=False)
    assert set(arrays.inferred) == set(sets.inferred)
    assert len(arrays.inferred) == len(set(arrays.inferred)) == len(list(arrays.inferred))
    assert sorted(c.rule for c in arrays.contradictions) == sorted(c.rule for c in sets.contradictions)


@pytest.mark.long
@thorough
@given(graphs(size=30, language=True))
def test_arrays_and_sets_infer_the_same_of_larger_graphs(turtle: str) -> None:
    graph = triples(turtle)
    assert set(infer_fast(graph, arrays=True).inferred) == set(infer_fast(graph, arrays=False).inferred)


links = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=30)


def reachable_by_brute_force(pairs: set[tuple[int, int]]) -> set[tuple[int, int]]:
    found = set(pairs)
    while True:
        more = {(a, d) for a, b in found for c, d in pairs if b == c} - found
        if not more:
            return found
        found |= more


@settings(max_examples=300, deadline=None)
@given(links)
def test_reachability_with_cycles_is_what_brute_force_finds(pairs: list[tuple[int, int]]) -> None:
    import numpy as np

    from citykg.reason.array_reachability import reachable
    from citykg.reason.arrays import pack, unpack

    expected = reachable_by_brute_force(set(pairs))
    assert sorted(reachable_pairs(pairs)) == sorted(expected)
    if pairs:
        left, right = np.array(sorted(set(pairs)), dtype=np.int64).T
        found = unpack(reachable(pack(left, right)))
        assert list(zip(*(column.tolist() for column in found), strict=True)) == sorted(expected)


@pytest.mark.parametrize("arrays", [False, True])
def test_a_thousand_links_in_a_chain_reach_every_later_one(arrays: bool) -> None:
    graph = triples(":within a owl:TransitiveProperty .")
    graph += [example(f"n{i}", "within", f"n{i + 1}") for i in range(400)]
    random.Random(7).shuffle(graph)
    assert len(infer_fast(graph, arrays=arrays).inferred) == 400 * 401 // 2 - 400


@pytest.mark.parametrize("arrays", [False, True])
def test_a_cluster_of_the_same_thing_shares_everything(arrays: bool) -> None:
    names = [f"n{i}" for i in range(20)]
    same = NamedNode(OWL + "sameAs")
    graph = [Triple(NamedNode(EXAMPLE + a), same, NamedNode(EXAMPLE + b)) for a, b in pairwise(names)]
    graph.append(example("n3", "likes", "n5"))
    inferred = infer_fast(graph, arrays=arrays).inferred
    assert sum(triple.predicate == same for triple in inferred) == 20 * 19 - 19
    assert sum(triple.predicate != same for triple in inferred) == 20 * 20 - 1


def test_keys_of_several_properties_need_all_of_them() -> None:
    graph = (
        ":C owl:hasKey ( :p :q ) . :x a :C ; :p 1 ; :q 2 . :y a :C ; :p 1 ; :q 2 . :z a :C ; :p 1 ; :q 3 ."
    )
    inferred = infer(triples(graph)).inferred
    same = NamedNode(OWL + "sameAs")
    assert {(t.subject, t.object) for t in inferred if t.predicate == same} == {
        (example("x", "p", "y").subject, example("x", "p", "y").object),
        (example("y", "p", "x").subject, example("y", "p", "x").object),
    }


def test_every_rule_of_the_table_is_applied_by_a_clause_or_an_operator() -> None:
    names = {rule.name for rule in rules()}
    assert names >= OPERATORS
    assert len(names) > 75
