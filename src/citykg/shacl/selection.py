"""Which shapes run: every shape keeps its constraints, only the chosen ones keep their targets."""

from collections.abc import Collection, Iterator
from typing import cast

from pyoxigraph import NamedNode, Quad, QuerySolutions, Store, Triple

from citykg.sparql import pattern

from .graph import Graph
from .vocabulary import OWL, SH, Resource, rdf, rdfs, sh

__all__ = ["class_of_classes", "closure_shapes", "keep_targets", "targeted_shapes"]

_TARGETS = tuple(
    sh(name) for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "target")
)
_TYPE = rdf("type")
_CLASSES = (rdfs("Class"), NamedNode(OWL + "Class"))
_SHAPES = (sh("NodeShape"), sh("PropertyShape"))


def class_of_classes(graph: Graph) -> frozenset[Resource]:
    """Return rdfs:Class and its subclasses in the shapes graph: a shape of such a type is its own target."""
    found: set[Resource] = {_CLASSES[0]}
    queue = list(found)
    while queue:
        below = graph.subjects(rdfs("subClassOf"), queue.pop())
        queue += [node for node in below if node not in found]
        found.update(below)
    return frozenset(found)


def targeted_shapes(graph: Graph) -> tuple[Resource, ...]:
    """Return every shape that declares a target, implicit class targets included (SHACL, section 2.1.3)."""
    explicit = [shape for target in _TARGETS for shape in graph.subjects(target)]
    classes = class_of_classes(graph)
    implicit = [
        node
        for kind in _SHAPES
        for node in graph.subjects(_TYPE, kind)
        if any(value in classes for value in graph.objects(node, _TYPE))
    ]
    return tuple(dict.fromkeys([*explicit, *implicit]))


def closure_shapes(graph: Graph) -> frozenset[Resource]:
    """Return the shapes that say they need inferences (``city:validates city:Closure``)."""
    store = Store()  # SHACL's own words tell nothing of it, and are nearly all that a shapes graph has
    store.extend(
        Quad(triple.subject, triple.predicate, triple.object)
        for triple in graph.statements(lambda predicate: not predicate.value.startswith(SH))
    )
    rows = cast(QuerySolutions, store.query(pattern("validate-closure-shapes")))
    return frozenset(cast(Resource, row["shape"]) for row in rows)


def keep_targets(graph: Graph, shapes: Collection[Resource]) -> Graph:
    """Return the graph without the targets of all other shapes; what the chosen ones refer to stays."""
    return Graph(_without_other_targets(graph, frozenset(shapes)))


def _without_other_targets(graph: Graph, shapes: frozenset[Resource]) -> Iterator[Triple]:
    classes = class_of_classes(graph)
    kinds = {node for kind in _SHAPES for node in graph.subjects(_TYPE, kind)}
    for triple in graph:
        subject: Resource = triple.subject  # type: ignore[assignment]
        if subject not in shapes:
            if triple.predicate in _TARGETS:
                continue
            if triple.predicate == _TYPE and subject in kinds and triple.object in classes:
                continue
        yield triple
