"""Reading shapes from a shapes graph (SHACL, sections 2 to 6)."""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import cast

from pyoxigraph import Literal, NamedNode

from citykg.errors import CannotRun

from .constraints.counts import Closed, Count, Disjoint, Equals, LessThan
from .constraints.shapes import And, Node, Not, Or, Property, Qualified, Xone
from .constraints.sparql import Ask, Select, Source
from .constraints.strings import LanguageIn, Length, Pattern, UniqueLang
from .constraints.values import Class, Datatype, HasValue, In, NodeKind, Range
from .graph import Graph
from .literals import is_well_formed
from .messages import by_language, shape_messages
from .paths import read_path
from .prebinding import ShapeQuery
from .selection import class_of_classes, targeted_shapes
from .shapes import Constraint, Shape, Target, component
from .vocabulary import Resource, Term, rdf, sh

__all__ = ["read_shapes"]

_TYPE = rdf("type")
_TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
_UNSUPPORTED = {
    "target": "sh:target (SHACL Advanced Features)",
    "expression": "sh:expression (SHACL Advanced Features)",
    "rule": "sh:rule (SHACL Advanced Features)",
}
_RANGES = ("minExclusive", "minInclusive", "maxExclusive", "maxInclusive")
_QUALIFIED = ("qualifiedMinCount", "qualifiedMaxCount")


def read_shapes(graph: Graph, chosen: Collection[Resource] | None = None) -> tuple[Shape, ...]:
    """Return the shapes that have targets; those that they refer to hang below them.

    Args:
        graph: the shapes graph.
        chosen: those of the shapes with targets that are meant; no other keeps its targets. None for all.

    Raises:
        CannotRun: ``ill-formed-shape``, naming the shape.
    """
    wanted = targeted_shapes(graph) if chosen is None else chosen
    reader = _Reader(graph, frozenset(wanted))
    return tuple(reader.shape(node) for node in wanted)


class _Reader:
    def __init__(self, graph: Graph, targeted: frozenset[Resource]) -> None:
        self._graph = graph
        self._targeted = targeted
        self._shapes: dict[Resource, Shape] = {}
        self._classes = class_of_classes(graph)
        self._declared: dict[tuple[Term, ...], dict[str, str]] = {}
        self._components = tuple(self._custom_components())

    def shape(self, node: Term) -> Shape:
        """Return the shape of a node, read once."""
        if isinstance(node, Literal):
            raise CannotRun("ill-formed-shape", f"the literal {node} stands where a shape is meant")
        if node not in self._shapes:
            path = self._one(node, "path")
            shape = Shape(
                node,
                None if path is None else read_path(self._graph, path),
                severity=cast(NamedNode, self._one(node, "severity") or sh("Violation")),
                messages=shape_messages(self._graph, node),
                deactivated=_is_true(self._one(node, "deactivated")),
                targets=tuple(self._targets(node)),
            )
            self._shapes[node] = shape  # before its constraints: they may lead back to it
            if self._graph.objects(node, sh("js")):
                raise self._ill_formed(shape, "has an sh:js constraint, which no engine here can run")
            shape.constraints = tuple(self._constraints(shape))
            shape.unsupported = next(
                (reason for name, reason in _UNSUPPORTED.items() if self._graph.objects(node, sh(name))), None
            )
        return self._shapes[node]

    def _targets(self, node: Resource) -> Iterator[Target]:
        if node not in self._targeted:
            return
        for kind in _TARGETS:
            for value in self._graph.objects(node, sh(kind)):
                yield Target(kind, value)
        if any(value in self._classes for value in self._graph.objects(node, _TYPE)):
            yield Target("targetClass", node)

    def _constraints(self, shape: Shape) -> Iterator[Constraint]:
        present = frozenset(self._graph.predicates(shape.node))
        for name, make in self._makers(shape):
            if sh(name) in present:
                for value in self._graph.objects(shape.node, sh(name)):
                    yield make(value)
        node = shape.node
        pattern = self._one(node, "pattern")
        if pattern is not None:
            flags = self._one(node, "flags")
            yield Pattern(self._text(shape, pattern), self._text(shape, flags) if flags is not None else "")
        if _is_true(self._one(node, "closed")):
            yield Closed(frozenset(self._closed(shape)))
        yield from self._qualified(shape)
        for value in self._graph.objects(node, sh("sparql")):
            if not _is_true(self._one(cast(Resource, value), "deactivated")):
                yield self._select(shape, value)
        for custom in self._components:
            yield from custom(shape)

    def _makers(self, shape: Shape) -> Iterator[tuple[str, Callable[[Term], Constraint]]]:
        yield "class", Class
        yield "datatype", lambda value: Datatype(self._iri(shape, value))
        yield "nodeKind", lambda value: NodeKind(self._iri(shape, value))
        for name in ("minCount", "maxCount"):
            yield name, lambda value, name=name: Count(name, self._number(shape, value))  # type: ignore[misc]
        for name in _RANGES:
            yield name, lambda value, name=name: Range(name, self._literal(shape, value))  # type: ignore[misc]
        for name in ("minLength", "maxLength"):
            yield name, lambda value, name=name: Length(name, self._number(shape, value))  # type: ignore[misc]
        yield (
            "languageIn",
            lambda value: LanguageIn(tuple(self._text(shape, item) for item in self._graph.items(value))),
        )
        if any(literal.value == "true" for literal in self._graph.objects(shape.node, sh("uniqueLang"))):
            yield "uniqueLang", lambda _: UniqueLang()  # "1" does not activate it: section 4.4.5
        yield "equals", lambda value: Equals(self._iri(shape, value))
        yield "disjoint", lambda value: Disjoint(self._iri(shape, value))
        for name in ("lessThan", "lessThanOrEquals"):
            yield name, lambda value, name=name: LessThan(name, self._iri(shape, value))  # type: ignore[misc]
        yield "hasValue", HasValue
        yield "in", lambda value: In(self._graph.items(value))
        yield "not", lambda value: Not(self.shape(value))
        yield "and", lambda value: And(self._list(value))
        yield "or", lambda value: Or(self._list(value))
        yield "xone", lambda value: Xone(self._list(value))
        yield "node", lambda value: Node(self.shape(value))
        yield "property", lambda value: Property(self._property(value))

    def _list(self, head: Term) -> tuple[Shape, ...]:
        return tuple(self.shape(item) for item in self._graph.items(head))

    def _property(self, node: Term) -> Shape:
        shape = self.shape(node)
        if shape.path is None:
            raise CannotRun("ill-formed-shape", f"{node} is used as a property shape but has no sh:path")
        return shape

    def _closed(self, shape: Shape) -> Iterator[NamedNode]:
        for node in self._graph.objects(shape.node, sh("property")):
            path = self._one(cast(Resource, node), "path")
            if isinstance(path, NamedNode):
                yield path
        ignored = self._one(shape.node, "ignoredProperties")
        for item in self._graph.items(ignored) if ignored is not None else ():
            yield self._iri(shape, item)

    def _qualified(self, shape: Shape) -> Iterator[Constraint]:
        disjoint = _is_true(self._one(shape.node, "qualifiedValueShapesDisjoint"))
        for value in self._graph.objects(shape.node, sh("qualifiedValueShape")):
            siblings = self._siblings(shape.node, value) if disjoint else ()
            for name in _QUALIFIED:
                number = self._one(shape.node, name)
                if number is not None:
                    yield Qualified(name, self._number(shape, number), self.shape(value), siblings)

    def _siblings(self, node: Resource, value: Term) -> tuple[Shape, ...]:
        found = {
            sibling: None
            for parent in self._graph.subjects(sh("property"), node)
            for other in self._graph.objects(parent, sh("property"))
            for sibling in self._graph.objects(other, sh("qualifiedValueShape"))
            if sibling != value
        }
        return tuple(self.shape(sibling) for sibling in found)

    def _select(self, shape: Shape, node: Term) -> Constraint:
        text = self._one(cast(Resource, node), "select")
        if text is None:
            raise self._ill_formed(shape, "has an sh:sparql without sh:select")
        query = ShapeQuery(
            self._text(shape, text),
            where=str(shape.node),
            prebound=("this", "shapesGraph", "currentShape"),
            path=shape.path,
        )
        source = Source(
            component("SPARQL"),
            self._prefixes(node),
            by_language(self._graph.objects(node, sh("message"))),
            {},
            cast(Resource, node),
            shape.node,
        )
        return Select(query, source)

    def _custom_components(self) -> Iterator[Callable[[Shape], Iterator[Constraint]]]:
        for node in self._graph.subjects(sh("parameter")):
            if isinstance(node, NamedNode) and any(
                self._graph.objects(node, sh(name))
                for name in ("validator", "nodeValidator", "propertyValidator")
            ):
                yield lambda shape, node=node: self._custom(shape, node)  # type: ignore[misc]

    def _custom(self, shape: Shape, node: NamedNode) -> Iterator[Constraint]:
        parameters = self._graph.objects(node, sh("parameter"))
        names, values = set(), {}
        for parameter in parameters:
            path = self._one(cast(Resource, parameter), "path")
            if not isinstance(path, NamedNode):
                raise CannotRun("ill-formed-shape", f"a parameter of {node} has no sh:path that is an IRI")
            name = path.value.replace("#", "/").rpartition("/")[2]
            names.add(name)
            found = self._graph.objects(shape.node, path)
            if found:
                values[name] = found
            elif not _is_true(self._one(cast(Resource, parameter), "optional")):
                return
        kind = "nodeValidator" if shape.path is None else "propertyValidator"
        validator = self._one(node, kind) or self._one(node, "validator")
        if validator is None:
            return
        several = [name for name, found in values.items() if len(found) > 1]
        choices = values[several[0]] if several and len(names) == 1 else (None,)
        for choice in choices:
            bound = {name: choice or found[0] for name, found in values.items()}
            yield self._validator(shape, node, cast(Resource, validator), names, bound)

    def _validator(
        self, shape: Shape, node: NamedNode, validator: Resource, names: set[str], bound: dict[str, Term]
    ) -> Constraint:
        ask = self._one(validator, "ask")
        text = ask or self._one(validator, "select")
        if text is None:
            raise CannotRun("ill-formed-shape", f"the validator {validator} has neither sh:ask nor sh:select")
        prebound = {"this", "shapesGraph", "currentShape", *names, *(("value",) if ask else ())}
        query = ShapeQuery(
            self._text(shape, text),
            where=str(node),
            prebound=prebound & {*bound, "this", "value"},
            path=shape.path,
        )
        messages = shape_messages(self._graph, validator, node)
        source = Source(node, self._prefixes(validator), messages, bound, None, shape.node)
        return Ask(query, source) if ask else Select(query, source)

    def _prefixes(self, node: Term) -> dict[str, str]:
        """Return the prefixes of a query: those of the ontologies that it names (section 5.2.1)."""
        named = self._graph.objects(node, sh("prefixes"))
        if named not in self._declared:  # nearly always the same ontology
            self._declared[named] = self._declarations(named)
        return self._declared[named]

    def _declarations(self, ontologies: Iterable[Term]) -> dict[str, str]:
        found: dict[str, str] = {}
        seen: set[Term] = set()
        queue = list(ontologies)
        imports = NamedNode("http://www.w3.org/2002/07/owl#imports")
        while queue:
            ontology = queue.pop()
            if ontology in seen:
                continue
            seen.add(ontology)
            queue += self._graph.objects(ontology, imports)
            for declaration in self._graph.objects(ontology, sh("declare")):
                prefix = self._graph.value(declaration, sh("prefix"))
                namespace = self._graph.value(declaration, sh("namespace"))
                if prefix is not None and namespace is not None:
                    found[prefix.value] = namespace.value
        return found

    def _one(self, node: Resource, name: str) -> Term | None:
        found = self._graph.objects(node, sh(name))
        if len(found) > 1:
            raise CannotRun("ill-formed-shape", f"the shape {node} has more than one sh:{name}")
        return found[0] if found else None

    def _iri(self, shape: Shape, value: Term) -> NamedNode:
        if not isinstance(value, NamedNode):
            raise self._ill_formed(shape, f"has {value} where an IRI is meant")
        return value

    def _literal(self, shape: Shape, value: Term) -> Literal:
        if not isinstance(value, Literal):
            raise self._ill_formed(shape, f"has {value} where a literal is meant")
        return value

    def _text(self, shape: Shape, value: Term) -> str:
        return self._literal(shape, value).value

    def _number(self, shape: Shape, value: Term) -> int:
        literal = self._literal(shape, value)
        if not is_well_formed(literal) or not literal.value.lstrip("+-").isdigit():
            raise self._ill_formed(shape, f"has {value} where a whole number is meant")
        return int(literal.value)

    def _ill_formed(self, shape: Shape, reason: str) -> CannotRun:
        return CannotRun("ill-formed-shape", f"the shape {shape.node} {reason}")


def _is_true(term: Term | None) -> bool:
    return isinstance(term, Literal) and term.value in ("true", "1")
