"""The facts that made a result: what a shape or a data check has seen of its focus node."""

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, NamedNode

from .constraints.sparql import Select
from .constraints.values import Class
from .data import Data
from .matched import matched
from .results import Result
from .shapes import Shape
from .vocabulary import Term, rdf
from .ways import Fact, is_value, walk

__all__ = ["ShapeFacts"]

_TYPE = rdf("type")


class ShapeFacts:
    """Finds the facts behind the results of shapes.

    Args:
        shapes: those with targets, from `reading.read_shapes`.
        data: the data graph that they were evaluated on.
    """

    def __init__(self, shapes: Iterable[Shape], data: Data) -> None:
        self._targeted = tuple(shapes)
        self._shapes = {inner.node: inner for shape in self._targeted for inner in shape.reachable()}
        self._data = data

    def of(self, result: Result) -> tuple[Fact, ...]:
        """Return the facts, each once: why the node is looked at, then what was seen of it.

        A constraint on the values of a path has seen the way to the value, or to all of them where the set of
        values is wrong; one on other properties their values too; a query the triples of its solution.
        """
        shape = self._shapes.get(result.source_shape)
        if shape is None:
            return ()
        found: list[Fact] = []
        constraints = [
            constraint
            for constraint in shape.constraints
            if constraint.component == result.component and constraint.node == result.source_constraint
        ]
        for constraint in constraints:
            if isinstance(constraint, Select):
                if not isinstance(result.focus, BlankNode):
                    wanted = {} if result.value is None else {"value": result.value}
                    found += matched(self._data.store, constraint.text(result.focus), wanted)
                continue
            for value, way in self._ways(result, shape):
                found += way
                if isinstance(constraint, Class):
                    found += self._values(value, _TYPE)
                for inner in constraint.shapes():
                    found += self._seen(inner, value, frozenset((shape,)))
            for predicate in constraint.properties():
                found += self._values(result.focus, predicate)
        target = list(self._target(shape, result.focus))
        # Of many triples that make a node a target one is enough, best one that was seen anyway.
        if target and not set(target).intersection(found):
            found.insert(0, target[0])
        return tuple(dict.fromkeys(found))

    def _target(self, source: Shape, focus: Term) -> Iterator[Fact]:
        for shape in self._targeted:
            if source is shape or any(source is inner for inner in shape.reachable()):
                for target in shape.targets:
                    if not target.contains(self._data, focus):
                        continue
                    if target.kind == "targetClass":
                        below = self._data.classes_below(target.node)
                        yield from (fact for fact in self._values(focus, _TYPE) if fact[2] in below)
                    elif isinstance(target.node, NamedNode) and target.kind == "targetSubjectsOf":
                        yield from self._values(focus, target.node)
                    elif isinstance(target.node, NamedNode) and target.kind == "targetObjectsOf":
                        for subject in self._data.subjects(target.node, focus):
                            yield (subject, target.node, focus)
                    return

    def _ways(self, result: Result, shape: Shape) -> list[tuple[Term, tuple[Fact, ...]]]:
        """The value nodes that the result is about, each with the triples that lead to it."""
        path = result.path or shape.path
        if path is None:
            return [(result.focus, ())]
        ways = list(walk(self._data, result.focus, path))
        if result.value is None:
            return ways
        return [way for way in ways if is_value(way[0], result.value)]

    def _seen(self, shape: Shape, node: Term, above: frozenset[Shape]) -> Iterator[Fact]:
        """What a shape that a value is checked against sees of it."""
        if shape in above or shape.deactivated:
            return
        ways = [(node, ())] if shape.path is None else list(walk(self._data, node, shape.path))
        for value, way in ways:
            yield from way
            for constraint in shape.constraints:
                if isinstance(constraint, Class):
                    yield from self._values(value, _TYPE)
                for inner in constraint.shapes():
                    yield from self._seen(inner, value, above | {shape})
        for constraint in shape.constraints:
            for predicate in constraint.properties():
                yield from self._values(node, predicate)

    def _values(self, node: Term, predicate: NamedNode) -> Iterator[Fact]:
        return ((node, predicate, value) for value in self._data.objects(node, predicate))
