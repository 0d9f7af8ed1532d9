"""Cardinality (SHACL, section 4.2) and pairs of properties (4.5), sh:closed (4.8)."""
# ruff: noqa: ARG002 - every component has the same methods, and not each needs all that they are given

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from citykg.shacl.expression import FALSE, TRUE, Expression, either, matches
from citykg.shacl.literals import less, less_or_equal
from citykg.shacl.paths import Path, Predicate
from citykg.shacl.shapes import Constraint, Evaluator, Scope, Shape, Violation, component
from citykg.shacl.vocabulary import Term

__all__ = ["Closed", "Count", "Disjoint", "Equals", "LessThan"]


class Count(Constraint):
    """sh:minCount and sh:maxCount: the number of values."""

    lexical = True

    def __init__(self, name: str, number: int) -> None:
        self.component = component(name[0].upper() + name[1:])
        self.least = name == "minCount"
        self.number = number
        self.needs_several = not self.least and number > 0

    def violations(
        self, evaluation: Evaluator, shape: Shape, focus: Term, values: tuple[Term, ...]
    ) -> Iterator[Violation]:
        """Yield one violation, without a value, when there are too few or too many."""
        if len(values) < self.number if self.least else len(values) > self.number:
            yield Violation()

    def broken(self, scope: Scope, focus: str, path: Path | None) -> Expression:
        """There are too few or too many; above one, a condition says no more than that there are two."""
        one = scope.variables.fresh()
        if self.least:
            if self.number == 0:
                return FALSE
            return Expression(f"NOT EXISTS {{ {focus} {path} {one} }}") if self.number == 1 else TRUE
        if self.number == 0:
            return matches(f"{focus} {path} {one}")
        other = scope.variables.fresh()
        pair = f"{focus} {path} {one} . {focus} {path} {other} FILTER(!sameTerm({one}, {other}))"
        return matches(pair, exact=self.number == 1)


class Equals(Constraint):
    """sh:equals: the values are those of another property."""

    component = component("Equals")
    lexical = True

    def __init__(self, other: NamedNode) -> None:
        self._other = other

    def violations(
        self, evaluation: Evaluator, shape: Shape, focus: Term, values: tuple[Term, ...]
    ) -> Iterator[Violation]:
        """Yield one violation for each value that only one of the two has."""
        others = evaluation.data.objects(focus, self._other)
        for value in (*values, *others):
            if (value in values) is not (value in others):
                yield Violation(value)

    def broken(self, scope: Scope, focus: str, path: Path | None) -> Expression:
        """One of the two has a value that the other has not."""
        value, other = scope.variables.fresh(), self._other
        if path is None:
            extra = matches(f"{focus} {other} {value} FILTER(!sameTerm({value}, {focus}))")
            return either([Expression(f"NOT EXISTS {{ {focus} {other} {focus} }}"), extra])
        return either(
            [
                matches(f"{focus} {path} {value} FILTER NOT EXISTS {{ {focus} {other} {value} }}"),
                matches(f"{focus} {other} {value} FILTER NOT EXISTS {{ {focus} {path} {value} }}"),
            ]
        )

    def properties(self) -> tuple[NamedNode, ...]:
        """The other property."""
        return (self._other,)


class Disjoint(Constraint):
    """sh:disjoint: no value is one of another property."""

    component = component("Disjoint")
    lexical = True

    def __init__(self, other: NamedNode) -> None:
        self._other = other

    def violations(
        self, evaluation: Evaluator, shape: Shape, focus: Term, values: tuple[Term, ...]
    ) -> Iterator[Violation]:
        """Yield one violation for each value that both have."""
        others = evaluation.data.objects(focus, self._other)
        for value in values:
            if value in others:
                yield Violation(value)

    def broken(self, scope: Scope, focus: str, path: Path | None) -> Expression:
        """Both have a value."""
        if path is None:
            return matches(f"{focus} {self._other} {focus}")
        value = scope.variables.fresh()
        return matches(f"{focus} {path} {value} . {focus} {self._other} {value}")

    def properties(self) -> tuple[NamedNode, ...]:
        """The other property."""
        return (self._other,)


class LessThan(Constraint):
    """sh:lessThan and sh:lessThanOrEquals: each value is less than each of another property."""

    def __init__(self, name: str, other: NamedNode) -> None:
        self.component = component(name[0].upper() + name[1:])
        self._compare = less if name == "lessThan" else less_or_equal
        self._other = other

    def violations(
        self, evaluation: Evaluator, shape: Shape, focus: Term, values: tuple[Term, ...]
    ) -> Iterator[Violation]:
        """Yield one violation for each pair that is in the wrong order or in none."""
        others = evaluation.data.objects(focus, self._other)
        for value in values:
            for other in others:
                if self._compare(value, other) is not True:
                    yield Violation(value)

    def broken(self, scope: Scope, focus: str, path: Path | None) -> Expression:
        """A pair is in the wrong order or in none."""
        value, other = scope.variables.fresh(), scope.variables.fresh()
        sign = "<" if self._compare is less else "<="
        right = f'{value} {sign} {other} && LANG({value}) = "" && LANG({other}) = ""'
        alike = "" if sign == "<" else f" || (sameTerm({value}, {other}) && !isNumeric({value}))"
        test = f"!COALESCE({right}, false){alike}"
        body = f"{focus} {path or ''} {value} . {focus} {self._other} {other} FILTER({test})"
        return matches(body, exact=sign == "<")

    def properties(self) -> tuple[NamedNode, ...]:
        """The other property."""
        return (self._other,)


class Closed(Constraint):
    """sh:closed: a node has no properties beside those of the property shapes and sh:ignoredProperties."""

    component = component("Closed")
    reports_anything = True

    def __init__(self, allowed: frozenset[NamedNode]) -> None:
        self._allowed = allowed

    def violations(
        self, evaluation: Evaluator, shape: Shape, focus: Term, values: tuple[Term, ...]
    ) -> Iterator[Violation]:
        """Yield one violation, with the property as its path, for each value of another property."""
        for node in values:
            for predicate in evaluation.data.predicates(node):
                if predicate not in self._allowed:
                    for value in evaluation.data.objects(node, predicate):
                        yield Violation(value, path=Predicate(predicate))

    def broken(self, scope: Scope, focus: str, path: Path | None) -> Expression:
        """The node has another property."""
        node = focus if path is None else scope.variables.fresh()
        predicate, value = scope.variables.fresh(), scope.variables.fresh()
        allowed = ", ".join(sorted(map(str, self._allowed)))
        reach = "" if path is None else f"{focus} {path} {node} . "
        return matches(f"{reach}{node} {predicate} {value} FILTER({predicate} NOT IN ({allowed}))")
