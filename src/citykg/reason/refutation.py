"""The proof of a contradiction: a false rule of the table, and a proof of everything that it needs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from citykg.reason.matching import Binding, unify
from citykg.reason.model import Contradiction
from citykg.reason.proof import Proof, Statement
from citykg.reason.rules import Pattern, Rule, rules
from citykg.reason.search import Prover

__all__ = ["Refutation", "refute"]


@dataclass(frozen=True, slots=True)
class Refutation:
    """Why a graph is contradictory.

    Attributes:
        rule: the W3C name of the false rule.
        premises: proofs of what it needs, in the order of the rule table, lists as their cells; for a literal
            that its datatype does not know (dt-not-type), the statement that says it. Empty where an engine
            has told nothing that could be looked up in the graph, and where a proof would go through a
            triple with a literal as subject, which no graph holds.
        message: what the engine says beside; for want of proofs, what it has found.
    """

    rule: str
    premises: tuple[Proof, ...]
    message: str = ""


def refute(prover: Prover, contradictions: Iterable[Contradiction]) -> Iterator[Refutation]:
    """Prove contradictions.

    Args:
        prover: of the closed graph in which the engine has found them.
        contradictions: what the engine has found; one without premises, from an engine that tells none,
            stands for the next instance of its rule.

    Yields:
        One refutation for each contradiction, in their order.
    """
    unnamed: dict[str, Iterator[tuple[Statement, ...]]] = {}
    for found in contradictions:
        if found.premises:
            premises: tuple[Statement, ...] | None = _instance(prover, found) or found.premises
        else:
            bodies = unnamed.setdefault(found.rule, _instances(prover, found.rule))
            premises = next(bodies, None)
        proofs = [prover.prove(statement) for statement in premises or ()]
        proved = tuple(proof for proof in proofs if proof is not None)
        if len(proved) < len(proofs) or not proved:
            said = "; ".join(" ".join(map(str, statement)) for statement in found.premises)
            yield Refutation(found.rule, (), found.message or said)
        else:
            yield Refutation(found.rule, proved, found.message)


def _false_rules(name: str) -> Iterator[Rule]:
    return (rule for rule in rules() if rule.head is None and rule.name == name)


def _instance(prover: Prover, found: Contradiction) -> tuple[Statement, ...] | None:
    """All premises of the rule's instance that the engine has named the data of."""
    for rule in _false_rules(found.rule):
        patterns = [premise for premise in rule.body if isinstance(premise, Pattern)]
        for binding in _bindings(patterns, found.premises, {}):
            solutions = prover.matcher.solve(rule.body, binding, needed=frozenset(binding))
            solution = next(solutions, None)
            if solution is not None:
                return prover.matcher.premises(rule, solution)
    return None


def _bindings(
    patterns: list[Pattern], statements: tuple[Statement, ...], binding: Binding
) -> Iterator[Binding]:
    """The ways in which statements match patterns, those first that match most of them."""
    if not statements:
        yield binding
        return
    first, rest = statements[0], statements[1:]
    for pattern in patterns:
        extended = unify(pattern, first, binding)
        if extended is not None:
            yield from _bindings([p for p in patterns if p is not pattern], rest, extended)
    yield from _bindings(patterns, rest, binding)


def _instances(prover: Prover, name: str) -> Iterator[tuple[Statement, ...]]:
    seen: set[frozenset[Statement]] = set()
    for rule in _false_rules(name):
        for solution in prover.matcher.solve(rule.body, {}, needed=frozenset(_variables(rule))):
            premises = prover.matcher.premises(rule, solution)
            if frozenset(premises) not in seen:
                seen.add(frozenset(premises))
                yield premises


def _variables(rule: Rule) -> Iterator[str]:
    for premise in rule.body:
        if isinstance(premise, Pattern):
            yield from (premise.subject, premise.predicate, premise.object)
