"""Shapes after a change: only the nodes that it touches are evaluated anew.

`touched` and `chains` say which nodes these are and why there are no others. What they find is evaluated as
in any validation, node by node or by the shape's own query.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from pyoxigraph import BlankNode, Literal

from .asserted import AssertedData
from .constraints.shapes import Property
from .constraints.sparql import Ask, Select
from .data import Data
from .evaluation import Evaluation
from .following import MOST, Everything, Followed, Half, WholeNeeded, follow
from .literals import REWRITTEN
from .paths import Inverse, Path
from .plan import jobs
from .query_reading import Unfollowable
from .results import Result
from .shapes import Shape
from .touched import Recursive, Side, Touched
from .vocabulary import Resource, Term

__all__ = ["Outcome", "revalidate_shapes"]

Route = tuple[Path, ...]


@dataclass(slots=True)
class Outcome:
    """What a change does to the results of shapes or checks.

    Args:
        reported: by source shape, as N-Triples write it, nodes that have results and of which something
            else is said now. What a result shows may hang on that: how a value is spelt, which graphs state
            it.
        replaced: by source shape, the focus nodes whose old results no longer count; None for all.
        results: the results in their place.
        whole: what had to be run on every node, and why.
    """

    reported: dict[str, set[Term]]
    replaced: dict[Resource, frozenset[Term] | None] = field(default_factory=dict)
    results: list[Result] = field(default_factory=list)
    whole: dict[Resource, str] = field(default_factory=dict)


def revalidate_shapes(shapes: Iterable[Shape], halves: tuple[Half, Half], outcome: Outcome) -> None:
    """Evaluate shapes at the nodes that a change touches.

    Args:
        shapes: shapes with targets.
        halves: what was removed, with the graph before; what was added, with the graph after.
        outcome: takes what has changed.

    Raises:
        WholeNeeded: for shapes that cannot be followed.
    """
    _Run(tuple(shapes), halves, outcome).run()


class _Run:
    def __init__(self, roots: tuple[Shape, ...], halves: tuple[Half, Half], outcome: Outcome) -> None:
        self._halves = halves
        self._outcome = outcome
        self._data = halves[1].data
        self._evaluation = Evaluation(self._data)
        self._followed: dict[Select, Followed] = {}
        self._targets: dict[tuple[Shape, Term], bool] = {}
        self._places: dict[Shape, list[tuple[Shape, Route]]] = {}
        for root in roots:
            for together in jobs(root):
                for job in together:
                    places = self._places.setdefault(job.shape, [])
                    if (root, job.route) not in places:
                        places.append((root, job.route))
        # Walked on what a store holds, which is what is asserted and perhaps more.
        self._sides = [Side(Data(half.data.store), half.triples) for half in halves]
        self._test_inner_queries()
        self._touched = [
            Touched(side, partial(self._asked, half)) for side, half in zip(self._sides, halves, strict=True)
        ]

    def run(self) -> None:
        for shape, places in self._places.items():
            try:
                nodes = self._nodes(shape, places)
            except Recursive as error:
                raise WholeNeeded(f"{shape.node} refers to itself") from error
            except Everything as error:
                self._outcome.whole[shape.node] = str(error)
                self._outcome.replaced[shape.node] = None
                self._outcome.results += self._results(shape, self._all_nodes(places))
            else:
                if nodes:
                    self._replace(shape, nodes)

    def _replace(self, shape: Shape, nodes: frozenset[Term]) -> None:
        for node in nodes:
            if isinstance(node, Literal) and node.datatype.value in REWRITTEN:
                raise WholeNeeded(f"{shape.node} is for literals that the store has rewritten")
        self._outcome.replaced[shape.node] = nodes
        self._outcome.results += self._results(
            shape, [node for node in nodes if self._is_focus(node, self._places[shape])]
        )

    def _nodes(self, shape: Shape, places: list[tuple[Shape, Route]]) -> frozenset[Term]:
        found = set(self._outcome.reported.get(str(shape.node), ()))
        for side, touched in zip(self._sides, self._touched, strict=True):
            found.update(touched.own(shape))
            for root, route in places:
                for target in root.targets:
                    found.update(side.reached(target, route))
        return frozenset(found)

    def _asked(self, half: Half, constraint: Select | Ask) -> Iterable[Term]:
        if isinstance(constraint, Ask):
            raise WholeNeeded(f"{constraint.component} asks a query")
        return half.nodes(self._follow(constraint))

    def _follow(self, constraint: Select) -> Followed:
        if constraint not in self._followed:
            try:
                self._followed[constraint] = follow(constraint.pattern(), "this", bound=constraint.bound)
            except Unfollowable as error:
                raise WholeNeeded(f"the query of {constraint.source.shape} has {error}") from error
        return self._followed[constraint]

    def _tested(self, constraint: Select) -> Select:
        """The constraint with a query that sees what is asserted."""
        data = self._data
        if not isinstance(data, AssertedData):
            return constraint
        return constraint.replaced(data.tested(self._follow(constraint).query), data.functions)

    def _test_inner_queries(self) -> None:
        """Have the queries of shapes that values are checked against see what is asserted as well."""
        inner = {
            within
            for shape in self._places
            for constraint in shape.constraints
            if not isinstance(constraint, Property)
            for top in constraint.shapes()
            for within in top.reachable()
        }
        for shape in inner:
            tested = []
            for constraint in shape.constraints:
                if isinstance(constraint, Select):
                    followed = self._follow(constraint)
                    constraint = self._tested(constraint)
                    self._followed[constraint] = followed
                tested.append(constraint)
            shape.constraints = tuple(tested)

    def _is_focus(self, node: Term, places: list[tuple[Shape, Route]]) -> bool:
        return any(self._leads(root, route, node) for root, route in places)

    def _leads(self, root: Shape, route: Route, node: Term) -> bool:
        starts: Iterable[Term] = (node,)
        for path in reversed(route):
            starts = dict.fromkeys(s for end in starts for s in self._data.values(end, Inverse(path)))
        return any(self._is_target(root, start) for start in starts)

    def _is_target(self, root: Shape, node: Term) -> bool:
        key = (root, node)
        if key not in self._targets:
            self._targets[key] = any(target.contains(self._data, node) for target in root.targets)
        return self._targets[key]

    def _all_nodes(self, places: list[tuple[Shape, Route]]) -> list[Term]:
        found: dict[Term, None] = {}
        for root, route in places:
            nodes = dict.fromkeys(node for target in root.targets for node in target.nodes(self._data))
            for path in route:
                nodes = dict.fromkeys(end for node in nodes for end in self._data.values(node, path))
            found.update(nodes)
        return list(found)

    def _results(self, shape: Shape, nodes: list[Term]) -> Iterator[Result]:
        for constraint in shape.constraints:
            if isinstance(constraint, Select):
                yield from self._selected(shape, constraint, nodes)
            elif not isinstance(constraint, Property):
                for node in nodes:
                    yield from self._evaluation.check(shape, constraint, node)

    def _selected(self, shape: Shape, constraint: Select, nodes: list[Term]) -> Iterator[Result]:
        data = self._data
        tested = self._tested(constraint)
        alone: list[Term] = [node for node in nodes if isinstance(node, BlankNode)]
        named = [node for node in nodes if not isinstance(node, BlankNode)]
        for start in range(0, len(named), MOST):
            some = named[start : start + MOST]
            values = f"VALUES ?this {{ {' '.join(map(str, some))} }}"
            rows = tested.all_at_once(data, shape, values)
            if rows is None:
                alone += some
            else:
                for focus, violation in rows:
                    yield self._evaluation.result(shape, tested, focus, violation)
        for node in alone:
            yield from self._evaluation.check(shape, tested, node)
