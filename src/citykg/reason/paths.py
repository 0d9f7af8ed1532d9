"""Long paths of a transitive property: the shortest one over steps that are one rule away from asserted data.

The search for proofs looks at a path step by step, which a chain of a thousand links makes slow. Here all
that could be on the way is asked for at once, and the cheapest way is found (Dijkstra 1959).
"""

from collections.abc import Callable, Iterator
from heapq import heappop, heappush
from itertools import islice

from pyoxigraph import BlankNode, Literal, NamedNode

from citykg.reason.matching import TYPE, Matcher
from citykg.reason.proof import Proof, Statement, StoreFacts
from citykg.reason.rules import OWL, Pattern, Rule
from citykg.reason.terms import Term

__all__ = ["joined", "path_proof"]

_TRANSITIVE = NamedNode(OWL + "TransitiveProperty")

#: How many nodes may be on the way.
_NODES = 10_000

#: An edge that a rule makes of asserted triples: their predicate, whether it leads backwards, the rule, and
#: the proofs of the axioms that it needs before the data.
_Relation = tuple[NamedNode, bool, str | None, tuple[Proof, ...]]

#: Proves an axiom.
Prove = Callable[[Statement], Proof | None]


def path_proof(facts: StoreFacts, matcher: Matcher, statement: Statement, prove: Prove) -> Proof | None:
    """The cheapest proof by prp-trp over asserted steps, and those that one rule makes of an asserted triple.

    Args:
        facts: the closed graph.
        matcher: of the same graph.
        statement: what is to be proved; by a property that is not transitive it has no such proof.
        prove: proves axioms.
    """
    subject, predicate, object_ = statement
    if not isinstance(predicate, NamedNode) or isinstance(subject, Literal):
        return None
    axiom = (predicate, TYPE, _TRANSITIVE)
    transitive = prove(axiom) if matcher.holds(axiom) else None
    if transitive is None:
        return None
    reached = [subject, *(s[2] for s in islice(facts.match(subject, predicate, None), _NODES))]
    nodes: list[Term] = [node for node in dict.fromkeys(reached) if not isinstance(node, BlankNode)]
    steps: dict[Term, list[Proof]] = {}
    for start, proof in _edges(facts, nodes, statement, list(_relations(matcher, statement, prove))):
        steps.setdefault(start, []).append(proof)
    way = _cheapest(steps, subject, object_, 1 + transitive.size)
    return None if way is None else joined("prp-trp", [transitive], way)


def joined(rule: str, axioms: list[Proof], steps: list[Proof]) -> Proof:
    """One proof from the first step's subject to the last step's object, put together by halves."""
    if len(steps) == 1:
        return steps[0]
    middle = len(steps) // 2
    left, right = joined(rule, axioms, steps[:middle]), joined(rule, axioms, steps[middle:])
    subject, predicate, _ = left.statement
    return Proof((subject, predicate, right.statement[2]), rule, (*axioms, left, right))


def _relations(matcher: Matcher, statement: Statement, prove: Prove) -> Iterator[_Relation]:
    predicate = statement[1]
    assert isinstance(predicate, NamedNode)
    yield (predicate, False, None, ())
    for rule, data, axioms in matcher.renamings(statement):
        proofs = tuple(proof for proof in map(prove, axioms) if proof is not None)
        if len(proofs) == len(axioms):
            yield (data, _is_backwards(rule), rule.name, proofs)


def _is_backwards(rule: Rule) -> bool:
    data = rule.body[-1]
    assert isinstance(data, Pattern)
    assert rule.head is not None
    return data.subject == rule.head.object


def _edges(
    facts: StoreFacts, nodes: list[Term], statement: Statement, relations: list[_Relation]
) -> Iterator[tuple[Term, Proof]]:
    """Yield where a step starts, and its proof."""
    for backwards in (False, True):
        by_predicate: dict[Term, list[_Relation]] = {}
        for relation in relations:
            if relation[1] is backwards:
                by_predicate.setdefault(relation[0], []).append(relation)
        for edge in facts.asserted_from(nodes, list(by_predicate), backwards=backwards):
            start, end = (edge[2], edge[0]) if backwards else (edge[0], edge[2])
            for _, _, rule, axioms in by_predicate[edge[1]]:
                step = Proof(edge)
                if rule is not None:
                    step = Proof((start, statement[1], end), rule, (*axioms, step))
                yield start, step


def _cheapest(steps: dict[Term, list[Proof]], start: Term, end: Term, join: int) -> list[Proof] | None:
    """The steps of the way that needs the fewest rules, those that join steps included."""
    heap: list[tuple[int, int, Term]] = [(0, 0, start)]
    costs = {start: 0}
    last: dict[Term, Proof] = {}
    order = 0
    done: set[Term] = set()
    while heap:
        cost, _, node = heappop(heap)
        if node in done:
            continue
        done.add(node)
        if node == end and last:
            break
        for step in steps.get(node, ()):
            following = step.statement[2]
            total = cost + step.size + join
            if total < costs.get(following, total + 1) and following != start:
                costs[following] = total
                last[following] = step
                order += 1
                heappush(heap, (total, order, following))
    if end not in last:
        return None
    way = [last[end]]
    while way[-1].statement[0] != start:
        way.append(last[way[-1].statement[0]])
    return way[::-1]
