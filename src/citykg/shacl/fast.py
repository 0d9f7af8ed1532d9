"""The fast engine: SPARQL finds the nodes that may violate a constraint, and only these are evaluated.

The constraints of the shapes become a few SELECTs on the store, which return every violating focus node and,
where SPARQL cannot say it exactly, some others; what is reported comes from `Evaluation` alone. So an error
inside a FILTER, a literal that the store has rewritten or a regular expression that it does not know can make
a validation slower, never wrong.
"""

from collections.abc import Iterable, Iterator
from typing import cast

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from .constraints.sparql import Select
from .data import Data, Rewrites
from .evaluation import Evaluation
from .paths import Inverse, Path, Predicate, predicates_of
from .plan import Job, Question, jobs, questions
from .results import Result
from .shapes import Shape, Target, target_patterns
from .vocabulary import Term

__all__ = ["lexical_predicates", "run"]


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
    return [result for shape in shapes for route in jobs(shape) for result in run.results(route)]


def lexical_predicates(shapes: Iterable[Shape]) -> frozenset[NamedNode] | None:
    """Return the predicates whose values have to be known as they were written; None for any."""
    found: set[NamedNode] = set()
    for shape in {inner for top in shapes for inner in top.reachable()}:
        found.update(_walked(shape))
        for constraint in shape.constraints:
            if constraint.reports_anything:
                return None
            found.update(constraint.properties())
        for target in shape.targets:
            if target.kind == "targetObjectsOf" and isinstance(target.node, NamedNode):
                found.add(target.node)
    return frozenset(found)


class _Run:
    def __init__(self, data: Data) -> None:
        self._data = data
        self._evaluation = Evaluation(data)
        self._targets: dict[tuple[Shape, tuple[Path, ...]], tuple[Term, ...]] = {}
        self._patterns: dict[tuple[Shape, tuple[Path, ...]], tuple[list[str], tuple[Target, ...]]] = {}
        self._single: dict[Predicate, bool] = {}

    def results(self, together: tuple[Job, ...]) -> Iterator[Result]:
        """Yield the results of jobs that share their focus nodes."""
        ordinary = []
        for job in together:
            at_once = self._select(job, job.constraint) if isinstance(job.constraint, Select) else None
            if at_once is not None:
                yield from at_once
            elif not (job.constraint.needs_several and self._is_single(job.shape.path)):
                ordinary.append(job)
            else:
                yield from self._check(job, self._rewritten(job))
        askable = [job for job in ordinary if self._can_ask(job)]
        for job in ordinary:
            if job not in askable:
                yield from self._check(job, self._focus_nodes(job))
        for question in questions(askable, self._data):
            found = self._answer(question)
            for job in question.jobs:
                yield from self._check(job, found)
                yield from self._check(job, [node for node in self._rewritten(job) if node not in found])

    def _check(self, job: Job, nodes: Iterable[Term]) -> Iterator[Result]:
        for focus in nodes:
            for result in self._evaluation.check(job.shape, job.constraint, focus):
                yield from [result] * self._times(job, focus, len(job.route))

    def _times(self, job: Job, node: Term, steps: int) -> int:
        """Return in how many ways a focus node is reached: each is a validation of its own."""
        if not job.route:
            return 1
        if not steps:
            return int(self._is_target(job.root, node))
        before = self._data.values(node, Inverse(job.route[steps - 1]))
        return sum(self._times(job, earlier, steps - 1) for earlier in before)

    def _select(self, job: Job, constraint: Select) -> list[Result] | None:
        found: list[Result] = []
        patterns, others = self._focus_patterns(job)
        if others:
            return None
        for pattern in patterns:
            once = f"{{ SELECT DISTINCT ?this WHERE {{ {pattern} }} }}"  # the query may count
            rows = constraint.all_at_once(self._data, job.shape, once)
            if rows is None:
                return None
            for focus, violation in rows:
                result = self._evaluation.result(job.shape, constraint, focus, violation)
                found += [result] * self._times(job, focus, len(job.route))
        return found

    def _answer(self, question: Question) -> dict[Term, None]:
        """Return the focus nodes that a question finds."""
        job = question.jobs[0]
        if question.condition.text == "true":
            return dict.fromkeys(self._focus_nodes(job))
        found: dict[Term, None] = {}
        if question.condition.text == "false":
            return found
        patterns, others = self._focus_patterns(job)
        for target in others:
            found.update(self._reached(target.nodes(self._data), job.route))
        for pattern in patterns:
            for query in question.queries(pattern):
                rows = cast(QuerySolutions, self._data.store.query(query))
                found.update((row["this"], None) for row in rows)
        return found

    def _is_single(self, path: Path | None) -> bool:
        """Whether no node has two values of a predicate: two counts tell it sooner than a join."""
        if not isinstance(path, Predicate):
            return False
        if path not in self._single:
            counts = (
                f"SELECT (COUNT(*) AS ?all) (COUNT(DISTINCT ?node) AS ?nodes) WHERE {{ ?node {path} ?value }}"
            )
            row = next(iter(cast(QuerySolutions, self._data.store.query(counts))))
            self._single[path] = cast(Literal, row["all"]).value == cast(Literal, row["nodes"]).value
        return self._single[path]

    def _can_ask(self, job: Job) -> bool:
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
        return not touched or not (job.constraint.lexical or inner) or _is_simple(job)

    def _rewritten(self, job: Job) -> list[Term]:
        """Return the nodes with rewritten values of the properties that a constraint looks at."""
        if not self._data.rewrites or not job.constraint.lexical or not _is_simple(job):
            return []
        looked_at = (*_walked(job.shape), *job.constraint.properties())
        nodes = dict.fromkeys(
            node for predicate in looked_at for node in self._data.rewrites.get(predicate, {})
        )
        return [node for node in nodes if self._is_target(job.root, node)]

    def _is_target(self, root: Shape, node: Term) -> bool:
        return any(target.contains(self._data, node) for target in root.targets)

    def _focus_nodes(self, job: Job) -> tuple[Term, ...]:
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

    def _focus_patterns(self, job: Job) -> tuple[list[str], tuple[Target, ...]]:
        key = (job.root, job.route)
        if key not in self._patterns:
            start = "?this" if not job.route else "?root"
            patterns, others = target_patterns(job.root.targets, self._data, start)
            for number, path in enumerate(job.route, start=1):
                end = "?this" if number == len(job.route) else f"?step{number}"
                patterns = [f"{start} {path} {end} . {pattern}" for pattern in patterns]
                start = end
            self._patterns[key] = patterns, others
        return self._patterns[key]


def _is_simple(job: Job) -> bool:
    """Whether the nodes whose values the store has rewritten are the focus nodes themselves."""
    return not job.route and isinstance(job.shape.path, Predicate) and not job.constraint.shapes()


def _walked(shape: Shape) -> Iterator[NamedNode]:
    return predicates_of(shape.path) if shape.path is not None else iter(())
