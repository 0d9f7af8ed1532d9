"""The nodes whose results against a shape a change can touch (SHACL Core).

A shape is evaluated by reading the graph: what a path leads to, which types a node has, which properties. A
result differs only where one of these readings does, and the first that differs was reached in the same way
before and after. So it is enough to walk from each changed triple backwards to the focus node along what the
shape reads, for a triple that was added in the graph after, for one that was removed in the graph before.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import cast

from pyoxigraph import NamedNode, Triple

from .constraints.counts import Closed
from .constraints.shapes import Property
from .constraints.sparql import Ask, Select
from .constraints.values import Class
from .data import Data
from .paths import Alternative, Inverse, Path, Predicate, Repeat, Sequence
from .shapes import Constraint, Shape, Target
from .vocabulary import Term, rdf

__all__ = ["Recursive", "Side", "Touched"]

_TYPE = rdf("type")
Nodes = dict[Term, None]


class Recursive(Exception):
    """A shape refers to itself: what a change touches has no end."""


class Side:
    """The changed triples of one graph: those added and the graph after, or those removed and that before.

    Args:
        data: the graph, or one that holds it.
        triples: the changed triples.
    """

    def __init__(self, data: Data, triples: Iterable[Triple]) -> None:
        self.data = data
        self.triples = tuple(triples)
        self._by_predicate: dict[NamedNode, list[Triple]] = {}
        for triple in self.triples:
            self._by_predicate.setdefault(triple.predicate, []).append(triple)

    def of(self, predicate: NamedNode) -> list[Triple]:
        """Return the changed triples of a predicate."""
        return self._by_predicate.get(predicate, [])

    def back(self, nodes: Iterable[Term], path: Path | None) -> Nodes:
        """Return the nodes from which a path leads to one of these."""
        if path is None:
            return dict.fromkeys(nodes)
        return dict.fromkeys(start for node in nodes for start in self.data.values(node, Inverse(path)))

    def steps(self, path: Path) -> Iterator[tuple[Nodes, Nodes]]:
        """Yield where a path begins and ends that goes through a changed triple."""
        match path:
            case Predicate(iri):
                for triple in self.of(iri):
                    yield {cast(Term, triple.subject): None}, {cast(Term, triple.object): None}
            case Inverse(inner):
                for starts, ends in self.steps(inner):
                    yield ends, starts
            case Sequence(parts):
                for place, part in enumerate(parts):
                    for starts, ends in self.steps(part):
                        for earlier in reversed(parts[:place]):
                            starts = self.back(starts, earlier)
                        for later in parts[place + 1 :]:
                            ends = self._ahead(ends, later)
                        yield starts, ends
            case Alternative(choices):
                for choice in choices:
                    yield from self.steps(choice)
            case Repeat(inner, sign):
                for starts, ends in self.steps(inner):
                    if sign == "?":
                        yield starts, ends
                    else:
                        more = Repeat(inner, "*")
                        yield self.back(starts, more), self._ahead(ends, more)

    def _ahead(self, nodes: Iterable[Term], path: Path) -> Nodes:
        return dict.fromkeys(end for node in nodes for end in self.data.values(node, path))

    def reached(self, target: Target, route: tuple[Path, ...]) -> Nodes:
        """Return the focus nodes at the end of a route whose target, or whose way there, has changed."""
        found = self._targets(target)
        for path in route:
            through = [ends for _, ends in self.steps(path)]
            found = self._ahead(found, path)
            for ends in through:
                found.update(ends)
        return found

    def _targets(self, target: Target) -> Nodes:
        match target.kind, target.node:
            case "targetClass", cls:
                below = self.data.classes_below(cls)
                return {cast(Term, t.subject): None for t in self.of(_TYPE) if t.object in below}
            case "targetSubjectsOf", NamedNode() as predicate:
                return {cast(Term, t.subject): None for t in self.of(predicate)}
            case "targetObjectsOf", NamedNode() as predicate:
                return {cast(Term, t.object): None for t in self.of(predicate)}
        return {}


class Touched:
    """Finds the nodes that a change touches, on one side.

    Args:
        side: the side.
        queries: finds them for a SPARQL constraint.
    """

    def __init__(self, side: Side, queries: Callable[[Select | Ask], Iterable[Term]]) -> None:
        self._side = side
        self._queries = queries
        self._conforming: dict[Shape, Nodes] = {}
        self._open: set[Shape] = set()

    def own(self, shape: Shape) -> Nodes:
        """Return the focus nodes at which the shape's own constraints may give other results.

        Those of its property shapes are not counted: they are shapes of their own.
        """
        found = self._walked(shape)
        for constraint in shape.constraints:
            if not isinstance(constraint, Property):
                found.update(self._constraint(shape, constraint))
        return found

    def conforming(self, shape: Shape) -> Nodes:
        """Return the nodes that may conform to the shape on one side only, or for another reason."""
        if shape in self._open:
            raise Recursive(str(shape.node))
        if shape not in self._conforming:
            self._open.add(shape)
            found = self._walked(shape)
            for constraint in shape.constraints:
                found.update(self._constraint(shape, constraint))
            self._open.discard(shape)
            self._conforming[shape] = found
        return self._conforming[shape]

    def _walked(self, shape: Shape) -> Nodes:
        if shape.path is None:
            return {}
        return {start: None for starts, _ in self._side.steps(shape.path) for start in starts}

    def _constraint(self, shape: Shape, constraint: Constraint) -> Nodes:
        side = self._side
        found: Nodes = {}
        if isinstance(constraint, Select | Ask):
            found.update(dict.fromkeys(self._queries(constraint)))
        values: Nodes = {}
        if isinstance(constraint, Class):
            below = side.data.classes_below(constraint.cls)
            values.update({cast(Term, t.subject): None for t in side.of(_TYPE) if t.object in below})
        if isinstance(constraint, Closed):
            values.update({cast(Term, triple.subject): None for triple in side.triples})
        for inner in constraint.shapes():
            values.update(self.conforming(inner))
        found.update(side.back(values, shape.path))
        for predicate in constraint.properties():
            found.update({cast(Term, triple.subject): None for triple in side.of(predicate)})
        return found
