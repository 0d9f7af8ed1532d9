"""What every constraint component does: find violations at a node, say in SPARQL which nodes to look at."""
# ruff: noqa: ARG002 - every component has the same methods, and not each needs all that they are given

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from citykg.shacl.data import Data
from citykg.shacl.expression import Expression, Variables, reaches
from citykg.shacl.paths import Path
from citykg.shacl.results import Result
from citykg.shacl.vocabulary import Resource, Term, sh

if TYPE_CHECKING:
    from citykg.shacl.evaluation import Evaluation
    from citykg.shacl.shapes import Shape

__all__ = ["Constraint", "Scope", "ValueConstraint", "Violation", "component"]


@dataclass(frozen=True, slots=True)
class Violation:
    """What a constraint found at a focus node.

    Args:
        value: the value node; None where the set of values is wrong.
        details: results of the shape that the value had to conform to.
        path: the path that a SPARQL solution names; None for that of the shape.
        messages: messages that take the place of the shape's.
    """

    value: Term | None = None
    details: tuple[Result, ...] = ()
    path: Path | None = None
    messages: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a condition is written.

    Args:
        data: the data graph, for its subclasses.
        variables: makes variables.
        above: shapes that the condition is already inside of; one that refers to itself is not written again.
    """

    data: Data
    variables: Variables
    above: tuple[Shape, ...] = ()


class Constraint(ABC):
    """One constraint of a shape (SHACL, section 1.1)."""

    component: NamedNode

    node: Resource | None = None
    """The node of a SPARQL constraint."""

    lexical: bool = False
    """Whether two spellings of one number or date make a difference."""

    needs_several: bool = False
    """Whether only a node with two values of the path can violate it, or one whose values were rewritten."""

    reports_anything: bool = False
    """Whether it reports values of properties that the shape does not name."""

    @abstractmethod
    def violations(
        self, evaluation: Evaluation, shape: Shape, focus: Term, values: tuple[Term, ...]
    ) -> Iterator[Violation]:
        """Yield what is wrong at a focus node with these value nodes."""

    @abstractmethod
    def broken(self, scope: Scope, focus: str, path: Path | None) -> Expression:
        """Return the condition under which the node in the variable ``focus`` breaks this constraint."""

    def properties(self) -> tuple[NamedNode, ...]:
        """Return the properties, beside the path, whose values count."""
        return ()

    def shapes(self) -> tuple[Shape, ...]:
        """Return the shapes that values are checked against."""
        return ()


class ValueConstraint(Constraint):
    """A constraint on each value node by itself."""

    @abstractmethod
    def accepts(self, evaluation: Evaluation, value: Term) -> bool:
        """Whether a value node keeps the constraint."""

    @abstractmethod
    def bad(self, scope: Scope, value: str) -> Expression:
        """Return the condition under which the value in a variable breaks this constraint."""

    def violations(
        self, evaluation: Evaluation, shape: Shape, focus: Term, values: tuple[Term, ...]
    ) -> Iterator[Violation]:
        """Yield one violation for each value that is not accepted."""
        for value in values:
            if not self.accepts(evaluation, value):
                yield Violation(value)

    def broken(self, scope: Scope, focus: str, path: Path | None) -> Expression:
        """Return the condition that one of the values is bad."""
        value = focus if path is None else scope.variables.fresh()
        return reaches(focus, path, value, self.bad(scope, value))


def component(name: str) -> NamedNode:
    """Return the IRI of a constraint component."""
    return sh(name + "ConstraintComponent")
