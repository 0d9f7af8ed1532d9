"""What is missing for a triple that does not follow: rules of which all premises but one hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from citykg.reason.matching import Binding, Matcher, bind, rules_for, unify
from citykg.reason.proof import KnownFacts, Statement
from citykg.reason.rules import Pattern, Rule, is_variable
from citykg.reason.terms import Term

__all__ = ["Missing", "near_misses"]

#: Instances of one rule that are looked at for each premise it might lack.
_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class Missing:
    """A rule that would conclude the statement if one more triple held.

    Attributes:
        rule: its W3C name.
        statement: the missing triple; text such as ``?y`` stands for any term.
        given: the premises that hold.
    """

    rule: str
    statement: tuple[Term | str, ...]
    given: tuple[Statement, ...]


def near_misses(facts: KnownFacts, statement: Statement, *, limit: int = 5) -> list[Missing]:
    """Find what a statement lacks, the nearest first.

    Near is what leaves no term open, and then what has most data in its favour: that one more step of a
    path is missing is nearer than that a thing is in none of a hundred subclasses.

    Args:
        facts: a closed graph.
        statement: what does not follow in it.
        limit: how many answers.
    """
    matcher = Matcher(facts)
    found: dict[tuple[object, ...], tuple[tuple[int, int, int], Missing]] = {}
    for order, rule in enumerate(rules_for(statement[1])):
        if rule.name.startswith(("eq-", "dt-", "rdfs", "scm-")) or not rule.body:
            continue
        for missing, supported in _lacking_one(matcher, rule, statement):
            open_terms = sum(isinstance(term, str) for term in missing.statement)
            rank = (open_terms, -supported, order)
            key = missing.statement
            if key not in found or rank < found[key][0]:
                found[key] = (rank, missing)
    ranked = sorted(found.values(), key=lambda pair: (pair[0], tuple(map(str, pair[1].statement))))
    return [missing for _, missing in ranked[:limit]]


def _lacking_one(matcher: Matcher, rule: Rule, statement: Statement) -> Iterator[tuple[Missing, int]]:
    """The instances of a rule in which one premise about data is all that does not hold."""
    assert rule.head is not None
    binding = unify(rule.head, statement, {})
    if binding is None:
        return
    data = [
        p for p in rule.body if (isinstance(p, Pattern) and is_variable(p.predicate)) or _is_membership(p)
    ]
    for lacking in data:
        assert isinstance(lacking, Pattern)
        rest = tuple(premise for premise in rule.body if premise is not lacking)
        needed = frozenset((*binding, lacking.subject, lacking.predicate, lacking.object))
        for solution in islice(matcher.solve(rest, binding, needed=needed), _LOOKED_AT):
            terms = _terms(lacking, solution)
            if terms != statement and not (None not in terms and matcher.holds(terms)):  # type: ignore[arg-type]
                shown = tuple(
                    name if term is None else term
                    for name, term in zip(
                        (lacking.subject, lacking.predicate, lacking.object), terms, strict=True
                    )
                )
                given = matcher.premises(Rule(rule.name, rule.table, rest, rule.head), solution)
                yield Missing(rule.name, shown, given), len(data) - 1


def _is_membership(premise: object) -> bool:
    return (
        isinstance(premise, Pattern) and premise.predicate.endswith("#type") and is_variable(premise.object)
    )


def _terms(pattern: Pattern, binding: Binding) -> tuple[Term | None, ...]:
    return tuple(bind(name, binding) for name in (pattern.subject, pattern.predicate, pattern.object))
