"""The data graph as shapes see it: the default graph of a store, with literals as they were written."""

from collections.abc import Collection, Iterable, Iterator
from typing import cast

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Store

from .literals import REWRITTEN, as_stored, is_canonical
from .paths import Alternative, Inverse, Path, Predicate, Repeat, Sequence
from .vocabulary import Statement, Term, rdf, rdfs

__all__ = ["Data", "Rewrites", "find_rewrites"]

_DEFAULT = DefaultGraph()
_TYPE = rdf("type")
_SUBCLASS = rdfs("subClassOf")

Rewrites = dict[NamedNode, dict[Term, tuple[Term, ...]]]
"""By predicate and subject, the literals as they were written, where the store has another form of one."""


class Data:
    """Reads the default graph of a store.

    Args:
        store: the store.
        rewrites: what the store has rewritten, from `find_rewrites`.
            Without them, a literal of the store may have been written otherwise.
    """

    __slots__ = ("_below", "rewrites", "store", "written")

    def __init__(self, store: Store, rewrites: Rewrites | None = None) -> None:
        self.store = store
        self.rewrites: Rewrites = rewrites or {}
        self.written = rewrites is not None
        self._below: dict[Term, frozenset[Term]] = {}

    def objects(self, subject: Term, predicate: NamedNode) -> tuple[Term, ...]:
        """Return the values of a property of a node."""
        if isinstance(subject, Literal):
            return ()
        found = [quad.object for quad in self.store.quads_for_pattern(subject, predicate, None, _DEFAULT)]
        written = self.rewrites.get(predicate)
        if written is not None and subject in written:
            kept = [value for value in found if not _is_rewritable(value)]
            return (*kept, *written[subject])  # type: ignore[arg-type]
        return tuple(found)  # type: ignore[arg-type]

    def subjects(self, predicate: NamedNode, value: Term) -> tuple[Term, ...]:
        """Return the nodes that have this value of a property."""
        found = self.store.quads_for_pattern(None, predicate, value, _DEFAULT)
        nodes = dict.fromkeys(cast(Term, quad.subject) for quad in found)
        written = self.rewrites.get(predicate)
        if written is not None and _is_rewritable(value):
            kept = [node for node in nodes if node not in written]
            nodes = dict.fromkeys([*kept, *(node for node, values in written.items() if value in values)])
        return tuple(nodes)

    def predicates(self, subject: Term) -> tuple[NamedNode, ...]:
        """Return the properties that a node has, each once."""
        if isinstance(subject, Literal):
            return ()
        found = self.store.quads_for_pattern(subject, None, None, _DEFAULT)
        return tuple(dict.fromkeys([quad.predicate for quad in found]))

    def pairs(self, predicate: NamedNode) -> Iterator[tuple[Term, Term]]:
        """Yield subject and value of every triple of a predicate."""
        written = self.rewrites.get(predicate, {})
        for quad in self.store.quads_for_pattern(None, predicate, None, _DEFAULT):
            if quad.subject not in written or not _is_rewritable(quad.object):
                yield quad.subject, quad.object  # type: ignore[misc]
        for subject, values in written.items():
            for value in values:
                yield subject, value

    def as_written(self, subject: Term, value: Term) -> Term:
        """Return a value that a query has found as the files have it, where a node has it in another form.

        Of several forms it is the first in the alphabet.
        """
        if not _is_rewritable(value):
            return value
        literals = [literal for literal in self.literals_of(subject) if isinstance(literal, Literal)]
        forms = [written for written, stored in as_stored(literals).items() if stored == value]
        return min(forms, key=str, default=value)

    def literals_of(self, subject: Term) -> Iterator[Term]:
        """Yield the values of a node of which one or another was rewritten."""
        for values in self.rewrites.values():
            yield from values.get(subject, ())

    def classes_below(self, cls: Term) -> frozenset[Term]:
        """Return a class and all its subclasses in the data (SHACL, section 1.1, SHACL subclass)."""
        known = self._below.get(cls)
        if known is None:
            found: set[Term] = {cls}
            queue = [cls]
            while queue:
                lower = [node for node in self.subjects(_SUBCLASS, queue.pop()) if node not in found]
                found.update(lower)
                queue += lower
            known = self._below[cls] = frozenset(found)
        return known

    def named_classes_below(self, cls: Term) -> tuple[NamedNode, ...] | None:
        """Return a class and its subclasses, sorted, or None when one that has instances is a blank node."""
        below = self.classes_below(cls)
        for lower in below:
            if isinstance(lower, BlankNode):
                found = self.store.quads_for_pattern(None, _TYPE, lower, _DEFAULT)
                if next(iter(found), None) is not None:
                    return None
        return tuple(sorted((lower for lower in below if isinstance(lower, NamedNode)), key=str))

    def is_instance(self, node: Term, cls: Term) -> bool:
        """Whether a node is a SHACL instance of a class: of a type that is the class or below it."""
        if isinstance(node, Literal):
            return False
        below = self.classes_below(cls)
        return any(kind in below for kind in self.objects(node, _TYPE))

    def instances(self, cls: Term) -> Iterator[Term]:
        """Yield the SHACL instances of a class; one that has several of its types comes as often."""
        for lower in self.classes_below(cls):
            for quad in self.store.quads_for_pattern(None, _TYPE, lower, _DEFAULT):
                yield quad.subject  # type: ignore[misc]

    def values(self, node: Term, path: Path) -> tuple[Term, ...]:
        """Return the nodes that a path leads to, each once (SHACL, section 2.3.1)."""
        if isinstance(path, Predicate):
            return self.objects(node, path.iri)
        return tuple(dict.fromkeys(self._walk(node, path)))

    def _walk(self, node: Term, path: Path) -> Iterable[Term]:
        match path:
            case Predicate(iri):
                return self.objects(node, iri)
            case Inverse(inner):
                return self._walk_back(node, inner)
            case Sequence(steps):
                reached: Collection[Term] = (node,)
                for step in steps:
                    reached = dict.fromkeys(end for start in reached for end in self._walk(start, step))
                return reached
            case Alternative(choices):
                return [end for choice in choices for end in self._walk(node, choice)]
            case Repeat(inner, sign):
                return self._repeat(node, inner, sign, back=False)

    def _walk_back(self, node: Term, path: Path) -> Iterable[Term]:
        match path:
            case Predicate(iri):
                return self.subjects(iri, node)
            case Inverse(inner):
                return self._walk(node, inner)
            case Sequence(steps):
                reached: Collection[Term] = (node,)
                for step in reversed(steps):
                    reached = dict.fromkeys(end for start in reached for end in self._walk_back(start, step))
                return reached
            case Alternative(choices):
                return [end for choice in choices for end in self._walk_back(node, choice)]
            case Repeat(inner, sign):
                return self._repeat(node, inner, sign, back=True)

    def _repeat(self, node: Term, path: Path, sign: str, *, back: bool) -> Iterable[Term]:
        walk = self._walk_back if back else self._walk
        if sign == "?":
            return [node, *walk(node, path)]
        found: dict[Term, None] = {} if sign == "+" else {node: None}
        queue = [node]
        while queue:
            for end in walk(queue.pop(), path):
                if end not in found:
                    found[end] = None
                    queue.append(end)
        return found


def _is_rewritable(value: object) -> bool:
    return isinstance(value, Literal) and value.datatype.value in REWRITTEN


def find_rewrites(
    statements: Iterable[Statement], predicates: Collection[NamedNode] | None = None
) -> Rewrites:
    """Find the literals that a store keeps in another form than the one they were written in.

    Args:
        statements: what was put into the store.
        predicates: the only ones that matter; None for all.
    """
    statements = statements if isinstance(statements, Collection) else tuple(statements)
    names = None if predicates is None else {predicate.value for predicate in predicates}
    doubtful = [
        statement
        for statement in statements
        if type(value := statement.object) is Literal
        and (datatype := value.datatype.value) in REWRITTEN
        and not is_canonical(value.value, datatype)
        and (names is None or statement.predicate.value in names)
    ]
    changed = as_stored(list({cast(Literal, statement.object) for statement in doubtful}))
    rewrites: dict[NamedNode, dict[Term, dict[Term, None]]] = {}
    for statement in doubtful:
        if statement.object in changed:
            rewrites.setdefault(statement.predicate, {}).setdefault(cast(Term, statement.subject), {})
    for statement in statements if rewrites else ():  # now all values of these nodes
        nodes = rewrites.get(statement.predicate)
        if nodes and statement.subject in nodes and _is_rewritable(statement.object):
            nodes[cast(Term, statement.subject)][cast(Term, statement.object)] = None
    return {
        predicate: {node: tuple(values) for node, values in nodes.items()}
        for predicate, nodes in rewrites.items()
    }
