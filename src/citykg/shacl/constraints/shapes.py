"""Logical and shape-based constraints (SHACL, sections 4.6 and 4.7)."""
# ruff: noqa: ARG002 - every component has the same methods, and not each needs all that they are given

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from citykg.shacl.expression import (
    FALSE,
    TRUE,
    Expression,
    both,
    either,
    negation,
    reaches,
)
from citykg.shacl.paths import Path
from citykg.shacl.shapes import Constraint, Evaluator, Scope, Shape, ValueConstraint, Violation, component
from citykg.shacl.vocabulary import Term

__all__ = ["And", "Node", "Not", "Or", "Property", "Qualified", "Xone", "violates"]


def violates(scope: Scope, shape: Shape, node: str) -> Expression:
    """Return the condition under which the node in a variable does not conform to a shape."""
    if shape.deactivated:
        return FALSE
    if shape in scope.above:
        return TRUE
    inside = replace(scope, above=(*scope.above, shape))
    return either(constraint.broken(inside, node, shape.path) for constraint in shape.constraints)


class Node(ValueConstraint):
    """sh:node: each value conforms to a shape."""

    component = component("Node")

    def __init__(self, shape: Shape) -> None:
        self._shape = shape

    def accepts(self, evaluation: Evaluator, value: Term) -> bool:
        """Whether the value conforms."""
        return evaluation.conforms(value, self._shape)

    def violations(
        self, evaluation: Evaluator, shape: Shape, focus: Term, values: tuple[Term, ...]
    ) -> Iterator[Violation]:
        """Yield one violation for each value that does not conform, with what is wrong as details."""
        for value in values:
            if not self.accepts(evaluation, value):
                yield Violation(value, details=tuple(evaluation.results(value, self._shape)))

    def bad(self, scope: Scope, value: str) -> Expression:
        """The value does not conform."""
        return violates(scope, self._shape, value)

    def shapes(self) -> tuple[Shape, ...]:
        """The shape."""
        return (self._shape,)


class Property(Constraint):
    """sh:property: each value has a property shape; its results stand for themselves."""

    component = component("Property")

    def __init__(self, shape: Shape) -> None:
        self.shape = shape

    def violations(
        self, evaluation: Evaluator, shape: Shape, focus: Term, values: tuple[Term, ...]
    ) -> Iterator[Violation]:
        """Yield nothing: the results of the property shape are results by themselves."""
        yield from ()

    def broken(self, scope: Scope, focus: str, path: Path | None) -> Expression:
        """One of the values does not conform to the property shape."""
        value = focus if path is None else scope.variables.fresh()
        return reaches(focus, path, value, violates(scope, self.shape, value))

    def shapes(self) -> tuple[Shape, ...]:
        """The property shape."""
        return (self.shape,)


class Not(ValueConstraint):
    """sh:not: no value conforms to a shape."""

    component = component("Not")

    def __init__(self, shape: Shape) -> None:
        self._shape = shape

    def accepts(self, evaluation: Evaluator, value: Term) -> bool:
        """Whether the value does not conform."""
        return not evaluation.conforms(value, self._shape)

    def bad(self, scope: Scope, value: str) -> Expression:
        """The value conforms."""
        return negation(violates(scope, self._shape, value))

    def shapes(self) -> tuple[Shape, ...]:
        """The shape."""
        return (self._shape,)


class _Several(ValueConstraint):
    def __init__(self, shapes: tuple[Shape, ...]) -> None:
        self._shapes = shapes

    def shapes(self) -> tuple[Shape, ...]:
        """The shapes of the list."""
        return self._shapes

    def _conforming(self, evaluation: Evaluator, value: Term) -> Iterator[bool]:
        return (evaluation.conforms(value, shape) for shape in self._shapes)


class And(_Several):
    """sh:and: each value conforms to all shapes of a list."""

    component = component("And")

    def accepts(self, evaluation: Evaluator, value: Term) -> bool:
        """Whether the value conforms to all."""
        return all(self._conforming(evaluation, value))

    def bad(self, scope: Scope, value: str) -> Expression:
        """The value violates one."""
        return either(violates(scope, shape, value) for shape in self._shapes)


class Or(_Several):
    """sh:or: each value conforms to at least one shape of a list."""

    component = component("Or")

    def accepts(self, evaluation: Evaluator, value: Term) -> bool:
        """Whether the value conforms to one."""
        return any(self._conforming(evaluation, value))

    def bad(self, scope: Scope, value: str) -> Expression:
        """The value violates all."""
        return both(violates(scope, shape, value) for shape in self._shapes)


class Xone(_Several):
    """sh:xone: each value conforms to exactly one shape of a list."""

    component = component("Xone")

    def accepts(self, evaluation: Evaluator, value: Term) -> bool:
        """Whether the value conforms to one and no more."""
        return sum(self._conforming(evaluation, value)) == 1

    def bad(self, scope: Scope, value: str) -> Expression:
        """The value conforms to none or to several."""
        conditions = [violates(scope, shape, value) for shape in self._shapes]
        if not all(condition.exact for condition in conditions):
            return TRUE
        count = " + ".join(f"IF({condition.text}, 0, 1)" for condition in conditions) or "0"
        return Expression(f"({count}) != 1")


class Qualified(Constraint):
    """sh:qualifiedValueShape with a minimum or maximum: how many values conform to a shape.

    Args:
        name: ``qualifiedMinCount`` or ``qualifiedMaxCount``.
        number: the count.
        shape: the shape.
        siblings: with sh:qualifiedValueShapesDisjoint, the shapes that a value must not conform to as well.
    """

    def __init__(self, name: str, number: int, shape: Shape, siblings: tuple[Shape, ...]) -> None:
        self.component = component(name[0].upper() + name[1:])
        self.lexical = True
        self._least = name == "qualifiedMinCount"
        self._number = number
        self._shape = shape
        self._siblings = siblings

    def violations(
        self, evaluation: Evaluator, shape: Shape, focus: Term, values: tuple[Term, ...]
    ) -> Iterator[Violation]:
        """Yield one violation, without a value, when too few or too many conform."""
        count = sum(self._qualifies(evaluation, value) for value in values)
        if count < self._number if self._least else count > self._number:
            yield Violation()

    def _qualifies(self, evaluation: Evaluator, value: Term) -> bool:
        return evaluation.conforms(value, self._shape) and not any(
            evaluation.conforms(value, sibling) for sibling in self._siblings
        )

    def broken(self, scope: Scope, focus: str, path: Path | None) -> Expression:
        """Too few or too many conform; above one, a condition does not count."""
        if self._least and self._number == 0:
            return FALSE
        value = scope.variables.fresh()
        fails = violates(scope, self._shape, value)
        others = [violates(scope, sibling, value) for sibling in self._siblings]
        exact = fails.exact and all(other.exact for other in others)
        if not exact or self._number != (1 if self._least else 0):
            return TRUE
        qualifies = both([negation(fails), *others])
        found = reaches(focus, path, value, qualifies)
        return negation(found) if self._least else found

    def shapes(self) -> tuple[Shape, ...]:
        """The shape and its siblings."""
        return (self._shape, *self._siblings)
