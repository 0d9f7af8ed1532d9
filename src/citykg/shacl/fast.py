"""The fast engine: SPARQL finds the nodes that may violate a constraint, and only these are evaluated.

Each constraint becomes one SELECT on the store, which returns every violating focus node and, where
SPARQL cannot say it exactly, some others; what is reported comes from `Evaluation` alone. So an error inside
a FILTER, a literal that the store has rewritten or a regular expression that it does not know can make a
validation slower, never wrong.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Store

from .constraints.base import Constraint, Scope
from .constraints.counts import Closed
from .constraints.shapes import Property
from .constraints.sparql import Ask, Select
from .data import Data, Rewrites
from .evaluation import Evaluation
from .expression import Expression, Variables
from .paths import Inverse, Path, Predicate, predicates_of
from .results import Result
from .shapes import Shape, Target
from .vocabulary import Term

__all__ = ["lexical_predicates", "run"]


@dataclass(frozen=True, slots=True)
class _Job:
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


def run(store: Store, shapes: Iterable[Shape], *, rewrites: Rewrites | None = None) -> list[Result]:
    """Validate the default graph of a store.

    Args:
        store: the data, with its ontology.
        shapes: shapes with targets.
        rewrites: literals that the store has in another form than the one they were written in.

    Raises:
        CannotRun: ``ill-formed-shape`` for a SPARQL constraint that cannot be run.
    """
    run = _Run(Data(store, rewrites))
    return [result for shape in shapes for job in _jobs(shape) for result in run.results(job)]


def lexical_predicates(shapes: Iterable[Shape]) -> frozenset[NamedNode] | None:
    """Return the predicates whose values have to be known as they were written; None for any."""
    found: set[NamedNode] = set()
    for shape in {inner for top in shapes for inner in top.reachable()}:
        if shape.path is not None:
            found.update(predicates_of(shape.path))
        for constraint in shape.constraints:
            if isinstance(constraint, Closed | Select | Ask):  # these report values of any predicate
                return None
            found.update(constraint.properties())
        for target in shape.targets:
            if target.kind == "targetObjectsOf" and isinstance(target.node, NamedNode):
                found.add(target.node)
    return frozenset(found)


def _jobs(root: Shape) -> Iterator[_Job]:
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
                yield _Job(root, route, shape, constraint)


class _Run:
    def __init__(self, data: Data) -> None:
        self._data = data
        self._evaluation = Evaluation(data)
        self._targets: dict[tuple[Shape, tuple[Path, ...]], tuple[Term, ...]] = {}

    def results(self, job: _Job) -> Iterator[Result]:
        if isinstance(job.constraint, Select):
            at_once = self._select(job, job.constraint)
            if at_once is not None:
                yield from at_once
                return
        for focus in self._candidates(job):
            for result in self._evaluation.check(job.shape, job.constraint, focus):
                yield from [result] * self._times(job, focus, len(job.route))

    def _times(self, job: _Job, node: Term, steps: int) -> int:
        """Return in how many ways a focus node is reached: each is a validation of its own."""
        if not job.route:
            return 1
        if not steps:
            return int(self._is_target(job.root, node))
        before = self._data.values(node, Inverse(job.route[steps - 1]))
        return sum(self._times(job, earlier, steps - 1) for earlier in before)

    def _select(self, job: _Job, constraint: Select) -> list[Result] | None:
        found: list[Result] = []
        for target in job.root.targets:
            pattern = self._focus_pattern(job, target, once=True)
            rows = None if pattern is None else constraint.all_at_once(self._data, job.shape, pattern)
            if rows is None:
                return None
            for focus, violation in rows:
                result = self._evaluation.result(job.shape, constraint, focus, violation)
                found += [result] * self._times(job, focus, len(job.route))
        return found

    def _candidates(self, job: _Job) -> Iterable[Term]:
        scope = Scope(self._data, Variables(), (job.shape,))
        condition = job.constraint.broken(scope, "?this", job.shape.path)
        if condition.text == "false" and not self._rewritten(job):
            return ()
        if condition.text == "true" or not self._can_ask(job):
            return self._focus_nodes(job)
        found: dict[Term, None] = {}
        for target in job.root.targets:
            pattern = self._focus_pattern(job, target)
            if pattern is None:
                found.update(self._reached(target.nodes(self._data), job.route))
                continue
            for query in _queries(condition, pattern):
                found.update((row["this"], None) for row in self._data.store.query(query))  # type: ignore[union-attr]
        rewritten = self._rewritten(job)
        found.update(
            (node, None) for node in rewritten if node not in found and self._is_target(job.root, node)
        )
        return found

    def _can_ask(self, job: _Job) -> bool:
        """Whether SPARQL finds the nodes in spite of what the store has rewritten."""
        rewritten = self._data.rewrites.keys()
        on_the_way = {found for path in job.route for found in predicates_of(path)}
        on_the_way.update(
            target.node
            for target in job.root.targets
            if target.kind == "targetObjectsOf" and isinstance(target.node, NamedNode)
        )
        if on_the_way & rewritten:  # the focus nodes may be literals themselves
            return False
        looked_at = {*job.constraint.properties(), *_walked(job.shape)}
        inner = {shape for top in job.constraint.shapes() for shape in top.reachable()}
        for shape in inner:
            looked_at.update(_walked(shape))
            looked_at.update(found for constraint in shape.constraints for found in constraint.properties())
        touched = bool(looked_at & rewritten)
        return not touched or not (job.constraint.lexical or inner) or self._is_simple(job)

    def _is_simple(self, job: _Job) -> bool:
        return not job.route and isinstance(job.shape.path, Predicate) and not job.constraint.shapes()

    def _rewritten(self, job: _Job) -> list[Term]:
        """Return the nodes with rewritten values of the properties that a constraint looks at."""
        if not job.constraint.lexical or not self._is_simple(job):
            return []
        own = job.shape.path.iri  # type: ignore[union-attr]
        looked_at = (own, *job.constraint.properties())
        return [node for predicate in looked_at for node in self._data.rewrites.get(predicate, {})]

    def _is_target(self, root: Shape, node: Term) -> bool:
        return any(target.contains(self._data, node) for target in root.targets)

    def _focus_nodes(self, job: _Job) -> tuple[Term, ...]:
        key = (job.root, job.route)
        if key not in self._targets:
            roots = (node for target in job.root.targets for node in target.nodes(self._data))
            self._targets[key] = tuple(self._reached(roots, job.route))
        return self._targets[key]

    def _reached(self, roots: Iterable[Term], route: tuple[Path, ...]) -> dict[Term, None]:
        nodes = dict.fromkeys(roots)
        for path in route:
            nodes = dict.fromkeys(end for node in nodes for end in self._data.values(node, path))
        return nodes

    def _focus_pattern(self, job: _Job, target: Target, *, once: bool = False) -> str | None:
        start = "?this" if not job.route else "?root"
        pattern = target.pattern(self._data, start)
        if pattern is None:
            return None
        for number, path in enumerate(job.route, start=1):
            end = "?this" if number == len(job.route) else f"?step{number}"
            pattern = f"{start} {path} {end} . {pattern}"
            start = end
        # One row for each focus node, where a query may count.
        return f"{{ SELECT DISTINCT ?this WHERE {{ {pattern} }} }}" if once else pattern


def _walked(shape: Shape) -> Iterator[NamedNode]:
    return predicates_of(shape.path) if shape.path is not None else iter(())


def _queries(condition: Expression, pattern: str) -> Iterator[str]:
    if condition.bodies:
        for body in condition.bodies:
            joint = "" if body.endswith(")") else " ."
            yield f"SELECT DISTINCT ?this WHERE {{ {body}{joint} {pattern} }}"
    else:
        yield f"SELECT DISTINCT ?this WHERE {{ {pattern} FILTER({condition.text}) }}"
