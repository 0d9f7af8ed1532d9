"""No proof is shorter than the one that is found: all rule instances of small graphs, by brute force."""

from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from tests.reason.graphs import example, graphs, triples
from tests.reason.test_proof import statement

from citykg.reason import infer
from citykg.reason.matching import Matcher, bind, is_given
from citykg.reason.paths import path_proof
from citykg.reason.proof import Statement, StoreFacts
from citykg.reason.rules import Each, Members, Pattern, rules
from citykg.reason.search import Prover

Instances = list[tuple[Statement, frozenset[Statement]]]


def instances(matcher: Matcher) -> Instances:
    """Every instance of every rule in a closed graph, no matter whether a proof would use it."""
    found: Instances = []
    for rule in rules():
        if rule.head is None or rule.name in ("eq-ref", "dt-eq", "dt-diff", "dt-type2"):
            continue
        names: set[str] = set()
        for premise in (*rule.body, rule.head):
            if isinstance(premise, Pattern):
                names |= {premise.subject, premise.predicate, premise.object}
            elif isinstance(premise, Members):
                names |= {*premise.members, premise.list}
            elif isinstance(premise, Each):
                names.add(premise.list)
                for pattern in premise.patterns:
                    names |= {pattern.subject, pattern.predicate, pattern.object}
        # "each" numbers its inner names, so that no list of names can hold them all: one of each is kept.
        for binding in matcher.solve(rule.body, {}, needed=frozenset(names)):
            head = tuple(bind(n, binding) for n in (rule.head.subject, rule.head.predicate, rule.head.object))
            premises = frozenset(matcher.premises(rule, binding))
            if None not in head and head not in premises:
                found.append((head, premises))  # type: ignore[arg-type]
    return found


def least(facts: StoreFacts, possible: Instances) -> dict[Statement, int]:
    """How many rules the shortest proof of every statement applies, by rounds that lower what is known."""
    costs: dict[Statement, int] = {}

    def leaf(premise: Statement) -> int | None:
        if any(True for _ in facts.asserted(*premise)):
            return 0
        return 1 if is_given(premise) is not None else None

    leaves = {p: cost for _, premises in possible for p in premises if (cost := leaf(p)) is not None}
    for _ in count():
        before = dict(costs)
        for head, premises in possible:
            known = [leaves.get(premise, costs.get(premise)) for premise in premises]
            if None not in known:
                costs[head] = min(costs.get(head, 10**6), 1 + sum(known))  # type: ignore[arg-type]
        if costs == before:
            return costs
    raise AssertionError


def longer_than_needed(turtle: str) -> list[str]:
    graph = triples(turtle)
    inferred = infer(graph).inferred
    facts = StoreFacts.of(graph, inferred)
    costs = least(facts, instances(Matcher(facts)))
    found = []
    for triple in inferred:
        proof = Prover(facts).prove(statement(triple))
        assert proof is not None
        if proof.size > costs.get(statement(triple), proof.size):
            found.append(f"{triple}: {proof.size}, and {costs[statement(triple)]} would do")
    return found


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(graphs(size=5))
def test_no_proof_in_a_random_graph_is_longer_than_needed(turtle: str) -> None:
    assert longer_than_needed(turtle) == []


@pytest.mark.long
@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(graphs(size=7))
def test_no_proof_in_many_random_graphs_is_longer_than_needed(turtle: str) -> None:
    assert longer_than_needed(turtle) == []


def test_a_path_takes_steps_that_a_rule_makes_where_these_are_fewer() -> None:
    turtle = """:within a owl:TransitiveProperty ; owl:inverseOf :holds . :in rdfs:subPropertyOf :within .
        :a :within :b . :b :within :c . :c :within :d . :d :within :d1 .
        :d1 :within :e . :x :holds :a . :x :in :e ."""
    graph = triples(turtle)
    facts = StoreFacts.of(graph, infer(graph).inferred)
    prover = Prover(facts)
    wanted = statement(example("a", "within", "e"))
    path = path_proof(facts, Matcher(facts), wanted, prover.prove)
    assert path is not None
    assert path.size == 3  # by x: two steps of one rule each, joined by one; by b, c, d and d1 four joins
    assert prover.prove(wanted) == path


def test_what_two_things_are_the_same_as_needs_no_turning_round() -> None:
    assert longer_than_needed(":C0 a owl:Class . :x0 a :C0 . :x1 owl:sameAs :x0 . :x1 owl:sameAs :x2 .") == []
