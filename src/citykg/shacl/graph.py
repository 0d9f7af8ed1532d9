"""A small graph in memory that keeps literals as they were written, for shapes and for reports."""

from collections.abc import Callable, Iterable, Iterator

from pyoxigraph import BlankNode, NamedNode, Triple

from citykg.errors import CannotRun

from .vocabulary import RDF, Resource, Statement, Term

__all__ = ["Graph"]

_FIRST = NamedNode(RDF + "first")
_REST = NamedNode(RDF + "rest")
_NIL = NamedNode(RDF + "nil")


class Graph:
    """Triples by subject and predicate, in the order in which they came, each once.

    Args:
        statements: triples or quads; the graph of a quad does not count.
    """

    __slots__ = ("_objects", "_subjects")

    def __init__(self, statements: Iterable[Statement] = ()) -> None:
        self._objects: dict[Resource, dict[NamedNode, dict[Term, None]]] = {}
        self._subjects: dict[NamedNode, dict[Term, dict[Resource, None]]] = {}
        for statement in statements:
            subject, predicate, value = statement.subject, statement.predicate, statement.object
            if isinstance(subject, (NamedNode, BlankNode)) and not isinstance(value, Triple):
                self.add(subject, predicate, value)

    def add(self, subject: Resource, predicate: NamedNode, value: Term) -> None:
        """Add one triple."""
        self._objects.setdefault(subject, {}).setdefault(predicate, {})[value] = None
        by_value = self._subjects.setdefault(predicate, {})
        if value in by_value:  # few predicates have many values: no dictionary is made for each in vain
            by_value[value][subject] = None
        else:
            by_value[value] = {subject: None}

    def __iter__(self) -> Iterator[Triple]:
        for subject, predicates in self._objects.items():
            for predicate, values in predicates.items():
                for value in values:
                    yield Triple(subject, predicate, value)

    def statements(self, wanted: Callable[[NamedNode], bool]) -> Iterator[Triple]:
        """Yield the triples of some predicates."""
        for predicate, values in self._subjects.items():
            if wanted(predicate):
                for value, subjects in values.items():
                    for subject in subjects:
                        yield Triple(subject, predicate, value)

    def __contains__(self, node: Resource) -> bool:
        return node in self._objects

    def subjects_in_order(self) -> Iterator[Resource]:
        """Yield every node that is the subject of a triple."""
        yield from self._objects

    def predicates(self, subject: Term) -> Iterator[NamedNode]:
        """Yield the predicates that a node has."""
        yield from self._objects.get(subject, {})  # type: ignore[arg-type]

    def objects(self, subject: Term, predicate: NamedNode) -> tuple[Term, ...]:
        """Return the values of a property of a node."""
        return tuple(self._objects.get(subject, {}).get(predicate, ()))  # type: ignore[arg-type]

    def value(self, subject: Term, predicate: NamedNode) -> Term | None:
        """Return the first value of a property of a node."""
        return next(iter(self._objects.get(subject, {}).get(predicate, ())), None)  # type: ignore[arg-type]

    def subjects(self, predicate: NamedNode, value: Term | None = None) -> tuple[Resource, ...]:
        """Return the nodes that have a property, or that have it with this value."""
        by_value = self._subjects.get(predicate, {})
        if value is not None:
            return tuple(by_value.get(value, ()))
        return tuple(dict.fromkeys(subject for subjects in by_value.values() for subject in subjects))

    def is_list(self, node: Term) -> bool:
        """Whether a node is an RDF list."""
        return node == _NIL or self.value(node, _FIRST) is not None

    def items(self, head: Term) -> tuple[Term, ...]:
        """Return the members of an RDF list.

        Raises:
            CannotRun: ``ill-formed-shape`` for what is no list, or one that never ends.
        """
        members: list[Term] = []
        seen: set[Term] = set()
        node = head
        while node != _NIL:
            first, rest = self.value(node, _FIRST), self.value(node, _REST)
            if first is None or rest is None or node in seen:
                raise CannotRun("ill-formed-shape", f"{head} is not a well-formed RDF list")
            seen.add(node)
            members.append(first)
            node = rest
        return tuple(members)
