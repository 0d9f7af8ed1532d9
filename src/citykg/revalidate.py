"""Validation after a change: from the old report to the new one, at a cost that follows the change.

The new report is the one that a validation from scratch would give. For every shape and data check the
focus nodes are found whose results the change can touch (`shacl.touched` and `shacl.chains` say why these are
all); only they are evaluated, and their old results replaced.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import cast

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions, Store, Triple

from .checks import Check, check_results
from .project import Layer
from .shacl.asserted import AssertedData
from .shacl.chains import Row
from .shacl.constraints.sparql import Ask, Select
from .shacl.data import Data
from .shacl.following import Everything, Half, WholeNeeded, follow
from .shacl.graph import Graph
from .shacl.incremental import Outcome, revalidate_shapes
from .shacl.kept import KeptResults
from .shacl.literals import REWRITTEN
from .shacl.narrowing import narrowed
from .shacl.patterns import Query, Variable
from .shacl.query_reading import Unfollowable, read_query
from .shacl.reading import read_shapes
from .shacl.results import Report, Result
from .shacl.selection import closure_shapes, targeted_shapes
from .shacl.shapes import Shape
from .shacl.vocabulary import Resource, Term, rdfs, sh
from .shacl.writing import write_query
from .validate import in_order, order_of
from .written import Written, as_kept

__all__ = ["Change", "Revalidation", "WholeNeeded", "revalidate"]

_SHAPES = NamedNode(Layer.SHAPES.graph or "")
_SUBCLASS = rdfs("subClassOf")
_DECLARATIONS = frozenset(sh(name) for name in ("declare", "prefix", "namespace"))
_UNREASONED = frozenset(NamedNode(layer.graph) for layer in Layer if layer.graph and not layer.reasoned)


@dataclass(frozen=True, slots=True)
class Change:
    """What a project no longer asserts and what it asserts now.

    Args:
        removed: statements of named graphs that were asserted, literals as the files wrote them.
        added: statements of named graphs that are asserted now, literals as the files write them.
        lost: triples that the default graph of the store no longer has.
        gained: triples that it has now.
    """

    removed: Collection[Quad] = ()
    added: Collection[Quad] = ()
    lost: Collection[Triple] = ()
    gained: Collection[Triple] = ()


@dataclass(frozen=True, slots=True)
class Revalidation:
    """A report after a change.

    Args:
        report: equal to that of a validation from scratch.
        nodes: how many focus nodes were looked at, those of every shape and check counted.
        whole: the shapes and checks that had to be run on every node, each with the reason.
    """

    report: Report
    nodes: int = 0
    whole: dict[Resource, str] = field(default_factory=dict)


def revalidate(
    old: Report,
    shapes: Graph,
    checks: Iterable[Check],
    change: Change,
    *,
    before: Store,
    after: Store,
    written: Written,
) -> Revalidation:
    """Return the report of a project after a change.

    Both stores are built ones: every asserted statement stands in its named graph, and the default graph is
    the closure, or no more than what is asserted. Shapes and checks see the merged asserted graphs in its
    place; shapes that say ``city:validates city:Closure`` see the closure.

    Args:
        old: the report of shapes and checks before the change, made by the engine ``fast``.
        shapes: the shapes graph, from `validate.shapes_of`; the same before and after.
        checks: the data checks; the same before and after.
        change: what has changed. Statements that stand on both sides are allowed.
        before: the store before the change.
        after: the store after the change; a graph without statements is gone from it.
        written: what the files write after the change where the store has another form.

    Raises:
        WholeNeeded: when the change, the shapes or the old report call for a validation from scratch: a
            change of the shapes, of their prefixes or of rdfs:subClassOf; shapes that were left to pyshacl,
            refer to themselves or ask by SPARQL what this cannot follow.
        CannotRun: ``ill-formed-shape``, ``check-query``.
    """
    if old.engine != "fast" or old.fallbacks:
        raise WholeNeeded("the report is not of the fast engine alone")
    delta = _Delta(change, before, after)
    delta.refuse_rules()
    kept = KeptResults.of(old.results)
    outcome = Outcome(_reported(kept, delta.subjects()))
    inferring = closure_shapes(shapes)
    asserted = _read(shapes, [shape for shape in targeted_shapes(shapes) if shape not in inferring])
    data = AssertedData(after, written)
    halves = (
        Half(AssertedData(before), delta.removed_triples, delta.removed_quads),
        Half(data, delta.added_triples, delta.added_quads),
    )
    revalidate_shapes(asserted, halves, outcome)
    if inferring:
        _revalidate_closure(_read(shapes, inferring), asserted, change, before, after, outcome)
    for check in checks:
        _Recheck(check, halves, outcome).run()
    return Revalidation(
        replace(old, results=_results(kept, outcome)),
        sum(len(nodes) for nodes in outcome.replaced.values() if nodes is not None),
        outcome.whole,
    )


def _reported(old: KeptResults, nodes: set[Term]) -> dict[str, set[Term]]:
    """Those of some nodes that have results, by source shape as N-Triples write it."""
    found: dict[str, set[Term]] = {}
    for node in nodes:
        for shape in old.shapes(str(node)):
            found.setdefault(shape, set()).add(node)
    return found


class _Delta:
    """A change as the store sees it.

    A value that a file spells otherwise than before is on both sides, though the store has one form of it.
    """

    def __init__(self, change: Change, before: Store, after: Store) -> None:
        removed, added = _stored(change.removed), _stored(change.added)
        self.removed_quads = {q for q in removed if q not in after or _is_rewritable(q.object)}
        self.added_quads = {q for q in added if q not in before or _is_rewritable(q.object)}
        was, is_now = AssertedData(before), AssertedData(after)
        self.removed_triples = _triples(self.removed_quads, is_now)
        self.added_triples = _triples(self.added_quads, was)

    def refuse_rules(self) -> None:
        """Refuse changes that concern every node.

        Raises:
            WholeNeeded: for a change of the shapes, their prefixes or the classes.
        """
        for quad in (*self.removed_quads, *self.added_quads):
            if quad.graph_name == _SHAPES:
                raise WholeNeeded("the shapes have changed")
            if quad.predicate in _DECLARATIONS:
                raise WholeNeeded("the prefixes of the shapes have changed")
            if quad.predicate == _SUBCLASS and quad.graph_name not in _UNREASONED:
                raise WholeNeeded("a class has come under another one, or has left it")

    def subjects(self) -> set[Term]:
        """Return the nodes of which something was said or is said now."""
        return {cast(Term, quad.subject) for quad in (*self.removed_quads, *self.added_quads)}


def _triples(quads: Iterable[Quad], other: AssertedData) -> tuple[Triple, ...]:
    """The triples that the other side does not assert, or not in the same spelling."""
    found = dict.fromkeys(quad.triple for quad in quads if quad.graph_name not in _UNREASONED)
    return tuple(
        triple
        for triple in found
        if _is_rewritable(triple.object)
        or not other.asserts(cast(Term, triple.subject), triple.predicate, cast(Term, triple.object))
    )


def _stored(quads: Collection[Quad]) -> set[Quad]:
    kept = as_kept(quads)
    return {
        Quad(quad.subject, quad.predicate, kept[quad], quad.graph_name) if quad in kept else quad
        for quad in quads
    }


def _is_rewritable(value: object) -> bool:
    return isinstance(value, Literal) and value.datatype.value in REWRITTEN


def _read(shapes: Graph, chosen: Collection[Resource]) -> tuple[Shape, ...]:
    read = read_shapes(shapes, chosen)
    for shape in {inner for root in read for inner in root.reachable()}:
        if shape.unsupported:
            raise WholeNeeded(f"{shape.node} uses {shape.unsupported}")
        if any(isinstance(constraint, Ask) for constraint in shape.constraints):
            raise WholeNeeded(f"{shape.node} has a component that asks a query")
    return read


def _revalidate_closure(
    shapes: tuple[Shape, ...],
    asserted: tuple[Shape, ...],
    change: Change,
    before: Store,
    after: Store,
    outcome: Outcome,
) -> None:
    others = {inner.node for root in asserted for inner in root.reachable()}
    for shape in {inner for root in shapes for inner in root.reachable()}:
        if shape.node in others:
            raise WholeNeeded(f"{shape.node} is for the closure and for what is asserted")
        if any(c.lexical and not isinstance(c, Select) for c in shape.constraints):
            raise WholeNeeded(f"{shape.node} compares spellings of what was inferred")
    halves = (Half(Data(before, {}), _plain(change.lost)), Half(Data(after, {}), _plain(change.gained)))
    first = len(outcome.results)
    revalidate_shapes(shapes, halves, outcome)
    if any(_is_rewritable(result.value) for result in outcome.results[first:]):
        raise WholeNeeded("a shape of the closure reports a value that the store may have rewritten")


def _plain(triples: Collection[Triple]) -> set[Triple]:
    quads = _stored([Quad(triple.subject, triple.predicate, triple.object) for triple in triples])
    return {quad.triple for quad in quads}


class _Recheck:
    """A data check after a change.

    Args:
        check: the check.
        halves: as in `revalidate_shapes`.
        outcome: takes what has changed.
    """

    def __init__(self, check: Check, halves: tuple[Half, Half], outcome: Outcome) -> None:
        self._check = check
        self._halves = halves
        self._outcome = outcome
        self._data = cast(AssertedData, halves[1].data)
        try:
            self._followed = follow(read_query(check.text), "entity")
        except Unfollowable as error:
            raise WholeNeeded(f"the check {check.name} has {error}") from error

    def run(self) -> None:
        """Replace the results of the nodes that the change touches."""
        check, outcome = self._check, self._outcome
        try:
            nodes = set().union(*(half.nodes(self._followed) for half in self._halves))
        except Everything as error:
            outcome.whole[check.iri] = str(error)
            outcome.replaced[check.iri] = None
            outcome.results += self._results(None)
            return
        nodes |= outcome.reported.get(str(check.iri), set())
        if nodes:
            outcome.replaced[check.iri] = frozenset(nodes)
            outcome.results += self._results(nodes)

    def _results(self, nodes: set[Term] | None) -> list[Result]:
        query = self._followed.query
        if nodes is not None and not any(isinstance(node, BlankNode) for node in nodes):
            query = narrowed(query, self._followed.name, sorted(nodes, key=str), self._rows)
        results = check_results(
            self._data.store, self._check, text=self._data.tested(query), functions=self._data.functions
        )
        return results if nodes is None else [result for result in results if result.focus in nodes]

    def _rows(self, query: Query, names: tuple[Variable, ...], *, tested: bool) -> list[Row]:
        text = self._data.tested(query) if tested else write_query(query)
        found = self._data.store.query(text, custom_functions=self._data.functions)  # type: ignore[arg-type]
        return [tuple(row[name[:]] for name in names) for row in cast(QuerySolutions, found)]


def _results(old: KeptResults, outcome: Outcome) -> KeptResults:
    """The old results that still count and the new ones, in the order of a report."""
    replaced = {
        str(shape): None if nodes is None else frozenset(map(str, nodes))
        for shape, nodes in outcome.replaced.items()
    }
    new = {repr(result): result for result in in_order(outcome.results)}
    return old.changed(replaced, new.values(), order_of)
