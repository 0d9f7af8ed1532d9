"""Shapes evaluated node by node, exactly as SHACL defines them (section 3.4)."""

from collections.abc import Iterator

from .constraints.shapes import Property
from .data import Data
from .results import Result
from .shapes import Constraint, Shape, Violation
from .vocabulary import Term

__all__ = ["Evaluation"]


class Evaluation:
    """Evaluates shapes on a data graph.

    Args:
        data: the data graph.
    """

    def __init__(self, data: Data) -> None:
        self.data = data
        self._known: dict[tuple[Shape, Term], bool] = {}
        self._open: set[tuple[Shape, Term]] = set()
        self._assumed = False

    def values(self, shape: Shape, focus: Term) -> tuple[Term, ...]:
        """Return the value nodes of a shape at a focus node."""
        return (focus,) if shape.path is None else self.data.values(focus, shape.path)

    def check(self, shape: Shape, constraint: Constraint, focus: Term) -> Iterator[Result]:
        """Yield the results of one constraint at a focus node."""
        values = self.values(shape, focus)
        for violation in constraint.violations(self, shape, focus, values):
            yield self.result(shape, constraint, focus, violation)

    def result(self, shape: Shape, constraint: Constraint, focus: Term, violation: Violation) -> Result:
        """Return the result that a violation is reported as."""
        return Result(
            focus=focus,
            component=constraint.component,
            severity=shape.severity,
            source_shape=shape.node,
            path=violation.path or shape.path,
            value=violation.value,
            messages=violation.messages or shape.messages,
            details=violation.details,
            source_constraint=constraint.node,
        )

    def results(self, node: Term, shape: Shape) -> Iterator[Result]:
        """Yield every result of a node against a shape, those of its property shapes included."""
        if shape.deactivated or (shape, node) in self._open:
            return
        self._open.add((shape, node))
        try:
            values = self.values(shape, node)
            for constraint in shape.constraints:
                if isinstance(constraint, Property):
                    for value in values:
                        yield from self.results(value, constraint.shape)
                else:
                    for violation in constraint.violations(self, shape, node, values):
                        yield self.result(shape, constraint, node, violation)
        finally:
            self._open.discard((shape, node))

    def conforms(self, node: Term, shape: Shape) -> bool:
        """Whether a node conforms to a shape.

        SHACL leaves recursive shapes undefined (section 3.4.3); a node that is being checked against a shape
        is taken to conform to it.
        """
        key = (shape, node)
        known = self._known.get(key)
        if known is not None:
            return known
        if key in self._open:
            self._assumed = True
            return True
        outer, self._assumed = self._assumed, False
        found = not any(True for _ in self.results(node, shape))
        if not self._assumed or not self._open:
            self._known[key] = found
        self._assumed = (self._assumed and bool(self._open)) or outer
        return found
