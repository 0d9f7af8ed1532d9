"""The closure after a change, against the closure from scratch."""

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, parse
from tests.reason import graphs as made
from tests.reason.graphs import example, triples

from citykg.reason.fast_engine import infer
from citykg.reason.updating import NotUpdatable, update

slow_is_fine = list(HealthCheck)
GRAPHS = [NamedNode(f"http://example.org/graph/{number}") for number in range(2)]


def store_of(graphs: list[set[Triple]]) -> Store:
    """A store as builds write it: graphs by name, the closure as default graph."""
    store = Store()
    for name, graph in zip(GRAPHS, graphs, strict=True):
        store.extend(Quad(*triple, name) for triple in graph)
    merged = set().union(*graphs)
    for triple in (*merged, *infer(merged).inferred):
        store.add(Quad(*triple))
    return store


def closure_of(store: Store) -> set[Triple]:
    return {quad.triple for quad in store.quads_for_pattern(None, None, None, DefaultGraph())}


def updated(before: list[set[Triple]], after: list[set[Triple]]) -> set[Triple]:
    """The closure of the graphs before, carried over to those after."""
    store = store_of(before)
    old, new = (set().union(*graphs) for graphs in (before, after))
    change = update(store, removed=old - new, added=new - old)
    closure = closure_of(store)
    assert set(change.lost) <= closure
    assert closure.isdisjoint(change.gained)
    assert len(set(change.lost)) == len(change.lost)
    assert len(set(change.gained)) == len(change.gained)
    return (closure - set(change.lost)) | set(change.gained)


def from_scratch(graphs: list[set[Triple]]) -> set[Triple]:
    merged = set().union(*graphs)
    return merged.union(infer(merged).inferred)


def graph(turtle: str) -> set[Triple]:
    """A graph with literals as a store writes them."""
    store = Store()
    store.extend(parse(made.PREFIXES + turtle, format=RdfFormat.TURTLE))
    return {quad.triple for quad in store}


edits = st.lists(
    st.tuples(st.sampled_from(["add", "move", "take"]), st.integers(0, 99), made.facts), max_size=6
)
ontologies = st.lists(made.axioms, min_size=1, max_size=10)
few_merging = st.lists(made.merging, max_size=1)


def edited(graphs: list[set[Triple]], edits: list[tuple[str, int, str]]) -> list[set[Triple]]:
    """The graphs after edits: facts added, taken away, or said by the other graph as well or instead."""
    found = [set(graph) for graph in graphs]
    for what, place, fact in edits:
        here = place % 2
        if what == "add":
            found[here] |= graph(fact)
        elif candidates := sorted(found[here], key=str):
            triple = candidates[place % len(candidates)]
            found[here].remove(triple)
            if what == "move":
                found[1 - here].add(triple)
    return found


def check(
    axioms: list[str], facts: list[list[str]], merging: list[str], edits: list[tuple[str, int, str]]
) -> None:
    ontology = graph("\n".join((*axioms, *merging)))
    before = [graph("\n".join(lines)) for lines in facts]
    after = edited(before, edits)
    before[0] |= ontology
    after[0] |= ontology
    closure = infer(set().union(*before))
    if closure.contradictions or not closure.explicit:
        event("a closure that is not updated")
        return
    try:
        found = updated(before, after)
    except NotUpdatable as refused:
        event(f"refused: {refused.why}")
    else:
        event("updated" if before != after else "nothing to do")
        assert found == from_scratch(after)
        assert not infer(set().union(*after)).contradictions


cases = given(
    ontologies, st.lists(st.lists(made.facts, max_size=10), min_size=2, max_size=2), few_merging, edits
)


@settings(max_examples=150, deadline=None, suppress_health_check=slow_is_fine)
@cases
def test_a_closure_is_carried_over_to_what_it_would_be_from_scratch(axioms, facts, merging, edits) -> None:
    check(axioms, facts, merging, edits)


@pytest.mark.long
@settings(max_examples=2000, deadline=None, suppress_health_check=slow_is_fine)
@cases
def test_many_closures_are_carried_over(axioms, facts, merging, edits) -> None:
    check(axioms, facts, merging, edits)


CYCLE = ":within a owl:TransitiveProperty . "


def test_a_cycle_that_is_cut_leaves_what_still_leads_there() -> None:
    links = [example(f"n{i}", "within", f"n{(i + 1) % 4}") for i in range(4)]
    before = [graph(CYCLE) | set(links), set()]
    after = [graph(CYCLE) | set(links[1:]), set()]
    found = updated(before, after)
    assert found == from_scratch(after)
    assert example("n1", "within", "n0") in found
    assert example("n0", "within", "n1") not in found


def test_what_another_graph_still_asserts_is_not_lost() -> None:
    fact = ":a :p :b . :p rdfs:domain :C ."
    before = [graph(fact), graph(":a :p :b .")]
    after = [graph(":p rdfs:domain :C ."), graph(":a :p :b .")]
    assert updated(before, after) == from_scratch(before)


def test_what_is_asserted_and_follows_as_well_stays_when_either_reason_goes() -> None:
    ontology = ":p rdfs:domain :C . :C rdfs:subClassOf :D . "
    both = [graph(ontology + ":a :p :b ; a :C ."), set()]
    for left in (":a a :C .", ":a :p :b ."):
        after = [graph(ontology + left), set()]
        found = updated(both, after)
        assert found == from_scratch(after)
        assert found >= graph(":a a :C, :D .")


def test_what_is_said_of_one_name_is_taken_from_the_others_too() -> None:
    before = [graph(":a owl:sameAs :b . :b owl:sameAs :c . :a :p :x . :a :q :x ."), set()]
    after = [graph(":a owl:sameAs :b . :b owl:sameAs :c . :a :p :x ."), set()]
    assert updated(before, after) == from_scratch(after)
    assert example("c", "q", "x") in from_scratch(before)


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        (":C rdfs:subClassOf :D . :x a :C .", ":x a :C .", "ontology"),
        (":x a :C .", ":C rdfs:subClassOf :D . :x a :C .", "ontology"),
        (":a owl:sameAs :b . :a :p :c .", ":a :p :c .", "equality"),
        (
            ":p a owl:FunctionalProperty . :a :p :b .",
            ":p a owl:FunctionalProperty . :a :p :b, :c .",
            "equality",
        ),
        (
            ":p a owl:FunctionalProperty . :a :p :b, :c .",
            ":p a owl:FunctionalProperty . :a :p :b .",
            "equality",
        ),
        (":C owl:disjointWith :D . :a a :C .", ":C owl:disjointWith :D . :a a :C, :D .", "contradiction"),
        (":p a owl:IrreflexiveProperty .", ":p a owl:IrreflexiveProperty . :a :p :a .", "contradiction"),
        (":a :p 1 .", ':a :p "one"^^xsd:integer .', "contradiction"),
        (":p rdfs:range xsd:date .", ":p rdfs:range xsd:date . :a :p 1 .", "contradiction"),
        (
            ":p rdfs:range :C . :C rdfs:subClassOf :D .",
            ":p rdfs:range :C . :C rdfs:subClassOf :D . :a :p 1 .",
            "literals",
        ),
        (":a :p :b .", ":a :p :b ; owl:differentFrom :a .", "contradiction"),
    ],
)
def test_what_cannot_be_carried_over_is_refused_with_its_reason(before: str, after: str, why: str) -> None:
    with pytest.raises(NotUpdatable) as refused:
        updated([graph(before), set()], [graph(after), set()])
    assert refused.value.why == why


def test_a_change_that_most_follows_from_is_refused() -> None:
    links = [example(f"n{i}", "within", f"n{i + 1}") for i in range(400)]
    before = [graph(CYCLE) | set(links), set()]
    after = [graph(CYCLE) | set(links) - {links[200]}, set()]
    with pytest.raises(NotUpdatable, match="large"):
        updated(before, after)


@pytest.mark.parametrize(
    ("turtle", "explicit"),
    [
        (":p rdfs:range xsd:integer . :a :p 1 .", True),
        (":p rdfs:range :C . :a :p 1 .", True),
        (":p rdfs:range :C . :C rdfs:subClassOf :D . :a :p 1 .", False),
        (":p a owl:FunctionalProperty . :a :p 1, 1.0 .", False),
        (":p owl:inverseOf :q . :a :p 1 .", False),
        ("[ owl:onProperty :p ; owl:someValuesFrom xsd:integer ] rdfs:subClassOf :C . :a :p 1 .", False),
        (":C owl:disjointWith :D . :p rdfs:range :C . :a :p 1 .", False),
    ],
)
@pytest.mark.parametrize("arrays", [False, True])
def test_a_closure_is_explicit_when_no_conclusion_rests_on_what_literals_are(
    turtle: str, explicit: bool, arrays: bool
) -> None:
    assert infer(triples(turtle), arrays=arrays).explicit is explicit
