"""Which questions are put to the store: constraints that share their focus nodes are asked about together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .constraints.shapes import Property
from .data import Data
from .expression import Expression, Variables, either, reaches
from .paths import Path
from .shapes import Constraint, Scope, Shape, ValueConstraint

__all__ = ["Job", "Question", "jobs", "questions"]


@dataclass(frozen=True, slots=True)
class Job:
    """One constraint and the nodes that it is for.

    Args:
        root: the shape with the targets.
        route: paths from a target to the focus nodes, through property shapes of property shapes.
        shape: the shape of the constraint.
        constraint: the constraint.
    """

    root: Shape
    route: tuple[Path, ...]
    shape: Shape
    constraint: Constraint


@dataclass(frozen=True, slots=True)
class Question:
    """A condition, and the jobs of which a focus node that meets it may violate one.

    Args:
        condition: true of every violating focus node.
        jobs: at least one; all have the same focus nodes.
    """

    condition: Expression
    jobs: tuple[Job, ...]

    def queries(self, targets: str) -> Iterator[str]:
        """Yield the queries for ``?this``.

        What a value does wrong is looked for first and whether the node is a target last: mistakes are rarer
        than targets, and the store does not see that by itself, nor when both stand in one group.

        Args:
            targets: a graph pattern that binds ``?this`` to the focus nodes.
        """
        if not self.condition.bodies:
            yield f"SELECT DISTINCT ?this WHERE {{ {targets} FILTER({self.condition.text}) }}"
        for body in self.condition.bodies:
            if self.condition.tight:
                first = f"{{ SELECT DISTINCT ?this WHERE {{ {body} }} }}"
            else:
                first = body if body.endswith(")") else body + " ."
            yield f"SELECT DISTINCT ?this WHERE {{ {first} {targets} }}"


def jobs(root: Shape) -> Iterator[tuple[Job, ...]]:
    """Yield the constraints of a shape and of its property shapes, by their focus nodes."""
    found: dict[tuple[Path, ...], list[Job]] = {}
    queue: list[tuple[Shape, tuple[Path, ...], tuple[Shape, ...]]] = [(root, (), ())]
    while queue:
        shape, route, above = queue.pop()
        if shape.deactivated or shape in above:  # a shape inside itself adds nothing: see Evaluation.conforms
            continue
        for constraint in shape.constraints:
            if isinstance(constraint, Property):
                inner = route if shape.path is None else (*route, shape.path)
                queue.append((constraint.shape, inner, (*above, shape)))
            else:
                found.setdefault(route, []).append(Job(root, route, shape, constraint))
    for together in found.values():
        yield tuple(together)


def questions(together: Iterable[Job], data: Data) -> Iterator[Question]:
    """Yield the questions for jobs that have the same focus nodes.

    Three kinds are joined: constraints on the values of one path, conditions on the focus node itself, and
    what only a look at every focus node decides. What is tight is not joined with what is not: nodes that are
    found in vain should be evaluated for as little as possible.
    """
    variables = Variables()
    on_values: dict[tuple[Shape, bool], list[tuple[Expression, Job]]] = {}
    on_nodes: dict[tuple[str, bool], list[tuple[Expression, Job]]] = {}
    for job in together:
        scope = Scope(data, variables, (job.shape,))
        constraint, path = job.constraint, job.shape.path
        if isinstance(constraint, ValueConstraint) and path is not None:
            condition = constraint.bad(scope, "?value")
            on_values.setdefault((job.shape, condition.tight), []).append((condition, job))
            continue
        condition = constraint.broken(scope, "?this", path)
        if condition.bodies:
            yield Question(condition, (job,))
        else:
            certain = condition.text if condition.text in ("true", "false") else ""
            on_nodes.setdefault((certain, condition.tight), []).append((condition, job))
    for (shape, _), found in on_values.items():
        condition = reaches("?this", shape.path, "?value", either(part for part, _ in found))
        yield Question(condition, tuple(job for _, job in found))
    for found in on_nodes.values():
        yield Question(either(part for part, _ in found), tuple(job for _, job in found))
