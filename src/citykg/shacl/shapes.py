"""Shapes as a shapes graph declares them, their constraints, and what evaluates both.

A shape has constraints and a constraint may have shapes, so that neither can be told without the other.
"""
# ruff: noqa: ARG002 - every component has the same methods, and not each needs all that they are given

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from pyoxigraph import NamedNode

from .data import Data
from .expression import Expression, Variables, reaches
from .paths import Path
from .results import Result
from .vocabulary import Resource, Term, rdf, sh

__all__ = [
    "Constraint",
    "Evaluator",
    "Scope",
    "Shape",
    "Target",
    "ValueConstraint",
    "Violation",
    "component",
    "target_patterns",
]

_TYPE = rdf("type")


@dataclass(frozen=True, slots=True)
class Target:
    """One target declaration (SHACL, section 2.1.3).

    Args:
        kind: ``targetClass`` (implicit too), ``targetNode``, ``targetSubjectsOf`` or ``targetObjectsOf``.
        node: its value.
    """

    kind: str
    node: Term

    def nodes(self, data: Data) -> Iterator[Term]:
        """Yield the focus nodes; one may come more than once."""
        match self.kind, self.node:
            case "targetClass", cls:
                yield from data.instances(cls)
            case "targetNode", node:
                yield node
            case "targetSubjectsOf", NamedNode() as predicate:
                yield from (subject for subject, _ in data.pairs(predicate))
            case "targetObjectsOf", NamedNode() as predicate:
                yield from (value for _, value in data.pairs(predicate))

    def contains(self, data: Data, node: Term) -> bool:
        """Whether a node is a focus node."""
        match self.kind, self.node:
            case "targetClass", cls:
                return data.is_instance(node, cls)
            case "targetNode", target:
                return node == target
            case "targetSubjectsOf", NamedNode() as predicate:
                return bool(data.objects(node, predicate))
            case _, NamedNode() as predicate:
                return bool(data.subjects(predicate, node))
        return False


def target_patterns(
    targets: Iterable[Target], data: Data, focus: str
) -> tuple[list[str], tuple[Target, ...]]:
    """Return graph patterns that bind a variable to focus nodes, and the targets that have none.

    A node that is named need not be in the graph, where the zero steps of a path would not find it.

    Args:
        targets: the targets of a shape.
        data: the data graph, for its subclasses.
        focus: the variable; those that begin with it are used as well.
    """
    terms: dict[str, dict[NamedNode, None]] = {}
    others = []
    for target in targets:
        named: tuple[NamedNode, ...] | None = None
        if target.kind == "targetClass":
            named = data.named_classes_below(target.node)
        elif target.kind != "targetNode" and isinstance(target.node, NamedNode):
            named = (target.node,)
        if named is None:
            others.append(target)
        else:
            terms.setdefault(target.kind, {}).update(dict.fromkeys(named))
    return [_pattern(kind, tuple(found), focus) for kind, found in terms.items()], tuple(others)


def _pattern(kind: str, terms: tuple[NamedNode, ...], focus: str) -> str:
    one = str(terms[0]) if len(terms) == 1 else f"{focus}_term"
    choice = "" if len(terms) == 1 else f"VALUES {one} {{ {' '.join(map(str, terms))} }} "
    if kind == "targetClass":
        return f"{choice}{focus} {_TYPE} {one} ."
    if kind == "targetSubjectsOf":
        return f"{choice}{focus} {one} {focus}_value ."
    return f"{choice}{focus}_subject {one} {focus} ."


class Shape:
    """A node shape, or a property shape where it has a path.

    Args:
        node: its node in the shapes graph.
        path: the path of a property shape.
        severity: the severity of its results.
        messages: its sh:message values by language.
        deactivated: whether everything conforms to it.
        targets: its target declarations.
    """

    __slots__ = (
        "constraints",
        "deactivated",
        "messages",
        "node",
        "path",
        "severity",
        "targets",
        "unsupported",
    )

    def __init__(
        self,
        node: Resource,
        path: Path | None,
        *,
        severity: NamedNode,
        messages: Mapping[str, str],
        deactivated: bool,
        targets: tuple[Target, ...],
    ) -> None:
        self.node = node
        self.path = path
        self.severity = severity
        self.messages = messages
        self.deactivated = deactivated
        self.targets = targets
        self.constraints: tuple[Constraint, ...] = ()
        self.unsupported: str | None = None

    def __repr__(self) -> str:
        return f"Shape({self.node})"

    def reachable(self) -> Iterator[Shape]:
        """Yield this shape and every shape that it refers to, directly or not, each once."""
        seen: set[Shape] = set()
        queue = [self]
        while queue:
            shape = queue.pop()
            if shape not in seen:
                seen.add(shape)
                yield shape
                queue += [inner for constraint in shape.constraints for inner in constraint.shapes()]


class Evaluator(Protocol):
    """What a constraint asks about the nodes that it is not itself about; see `evaluation.Evaluation`."""

    data: Data

    def conforms(self, node: Term, shape: Shape) -> bool:
        """Whether a node conforms to a shape."""

    def results(self, node: Term, shape: Shape) -> Iterator[Result]:
        """Yield every result of a node against a shape, those of its property shapes included."""


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
        self, evaluation: Evaluator, shape: Shape, focus: Term, values: tuple[Term, ...]
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
    def accepts(self, evaluation: Evaluator, value: Term) -> bool:
        """Whether a value node keeps the constraint."""

    @abstractmethod
    def bad(self, scope: Scope, value: str) -> Expression:
        """Return the condition under which the value in a variable breaks this constraint."""

    def violations(
        self, evaluation: Evaluator, shape: Shape, focus: Term, values: tuple[Term, ...]
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
