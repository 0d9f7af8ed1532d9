"""What a built store asserts, as shapes see it: its default graph without what was inferred.

The default graph of a built store is the closure. A triple of it is asserted when a named graph whose layer
is reasoned over has it, so that no second copy of the asserted triples is needed: whoever reads node by node
looks at the named graphs, and a query keeps its patterns on the default graph, each with a test whether the
triple that it matched is asserted.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import cast

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store

from citykg.project import Layer
from citykg.written import Written

from .conjunctions import certain
from .data import Data
from .literals import REWRITTEN, as_stored
from .paths import Path
from .patterns import Element, Filter, Graphs, Group, Query, Reach, TriplePattern, Union, Variable
from .vocabulary import Term, rdf
from .writing import write_query

__all__ = ["AssertedData"]

_DEFAULT = DefaultGraph()
_APART = frozenset(NamedNode(layer.graph) for layer in Layer if layer.graph and not layer.reasoned)
_IS_ASSERTED = NamedNode("urn:citykg:is-asserted")
_IS_GRAPH = NamedNode("urn:citykg:is-graph")
_REACHES = "urn:citykg:reaches:"
_TRUE, _FALSE = Literal(True), Literal(False)
_TYPE = rdf("type")

Functions = dict[NamedNode, Callable[..., Term]]


class AssertedData(Data):
    """Reads what a built store asserts and merges.

    Args:
        store: its named graphs are the asserted graphs; its default graph holds at least what they assert.
        written: what the files write where the store has another form; without it a literal of the store may
            have been written otherwise.
    """

    __slots__ = ("_forms", "_paths", "_reached", "_seen", "functions")

    def __init__(self, store: Store, written: Written | None = None) -> None:
        super().__init__(store, None if written is None else {})
        self._forms = Written() if written is None else written
        self._seen: dict[tuple[Term, NamedNode, Term], Literal] = {}
        self._paths: dict[Path, NamedNode] = {}
        self._reached: dict[tuple[Path, Term], frozenset[Term]] = {}
        self.functions: Functions = {_IS_ASSERTED: self._is_asserted, _IS_GRAPH: self._is_graph}

    def asserts(self, subject: Term, predicate: NamedNode, value: Term) -> bool:
        """Whether a graph that is reasoned over has a triple."""
        return self._is_asserted(subject, predicate, value) is _TRUE

    def quads(self, subject: Term | None, predicate: NamedNode | None, value: Term | None) -> Iterator[Quad]:
        """Yield the statements of the graphs that are reasoned over; a triple comes once for each graph."""
        for quad in self.store.quads_for_pattern(subject, predicate, value, None):  # type: ignore[arg-type]
            if quad.graph_name != _DEFAULT and quad.graph_name not in _APART:
                yield quad

    def objects(self, subject: Term, predicate: NamedNode) -> tuple[Term, ...]:
        """Return the values of a property of a node."""
        if isinstance(subject, Literal):
            return ()
        found = self.quads(subject, predicate, None)
        return tuple(dict.fromkeys(value for quad in found for value in self._values(quad)))

    def subjects(self, predicate: NamedNode, value: Term) -> tuple[Term, ...]:
        """Return the nodes that have this value of a property."""
        stored = as_stored([value]).get(value, value) if isinstance(value, Literal) else value
        found = self.quads(None, predicate, stored)
        return tuple(dict.fromkeys(cast(Term, quad.subject) for quad in found if value in self._values(quad)))

    def predicates(self, subject: Term) -> tuple[NamedNode, ...]:
        """Return the properties that a node has, each once."""
        if isinstance(subject, Literal):
            return ()
        return tuple(dict.fromkeys(quad.predicate for quad in self.quads(subject, None, None)))

    def pairs(self, predicate: NamedNode) -> Iterator[tuple[Term, Term]]:
        """Yield subject and value of every triple of a predicate."""
        found = self.quads(None, predicate, None)
        yield from dict.fromkeys((cast(Term, q.subject), value) for q in found for value in self._values(q))

    def literals_of(self, subject: Term) -> Iterator[Term]:
        """Yield the literals of a node that the store has in another form, as they were written."""
        yield from self._forms.literals(subject)

    def _values(self, quad: Quad) -> tuple[Term, ...]:
        value = cast(Term, quad.object)
        if not isinstance(value, Literal) or value.datatype.value not in REWRITTEN:
            return (value,)
        return self._forms.forms(quad) or (value,)

    def instances(self, cls: Term) -> Iterator[Term]:
        """Yield the SHACL instances of a class; one that has several of its types comes as often."""
        for lower in self.classes_below(cls):
            yield from self.subjects(_TYPE, lower)

    def tested(self, query: Query) -> str:
        """Return the text of a query that finds on the closure what it would find on what is asserted."""
        return write_query(replace(query, group=_looked_up(query.group)), extra=self.tests)

    def tests(self, elements: tuple[Element, ...]) -> str:
        """Return the conditions that a group with these elements ends with."""
        found = []
        for element in elements:
            match element:
                case TriplePattern(subject, predicate, value, None):
                    found.append(f"FILTER({_IS_ASSERTED}({subject}, {predicate}, {value}))")
                case Reach(start, path, end, None):
                    function = self._function(path)
                    found.append(f"FILTER({function}({start}, {end}))")
        return " ".join(found)

    def _is_asserted(self, subject: Term, predicate: NamedNode, value: Term) -> Literal:
        key = (subject, predicate, value)
        known = self._seen.get(key)
        if known is None:
            found = next(self.quads(subject, predicate, value), None)
            known = self._seen[key] = _FALSE if found is None else _TRUE
        return known

    def _is_graph(self, name: Term) -> Literal:
        named = isinstance(name, NamedNode | BlankNode) and self.store.contains_named_graph(name)
        return _TRUE if named else _FALSE

    def _function(self, path: Path) -> NamedNode:
        if path not in self._paths:
            name = NamedNode(f"{_REACHES}{len(self._paths)}")
            self._paths[path] = name
            self.functions[name] = lambda start, end: self._reaches(path, start, end)
        return self._paths[path]

    def _reaches(self, path: Path, start: Term, end: Term) -> Literal:
        key = (path, start)
        if key not in self._reached:
            plain = AssertedData(self.store)  # a query sees values as the store has them
            self._reached[key] = frozenset(plain.values(start, path))
        return _TRUE if end in self._reached[key] else _FALSE


def _looked_up(group: Group) -> Group:
    """The group with graphs looked up by their names where these are known: a store would go through all."""
    elements = group.elements
    known = certain(element for element in elements if not isinstance(element, Graphs))
    found: list[Element] = []
    for element in elements:
        match element:
            case Graphs(Variable() as name) if name in known:
                found.append(Filter((f"{_IS_GRAPH}(", name, ")")))
            case Group():
                found.append(_looked_up(element))
            case Union(branches):
                found.append(Union(tuple(map(_looked_up, branches))))
            case _:
                found.append(element)
    return Group(tuple(found))
