"""Facts as a built store holds them, numbered as rules have them, with what has left and what has come."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import product

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from citykg.reason.clauses import Atom
from citykg.reason.clusters import Clusters
from citykg.reason.compiling import axiomatic
from citykg.reason.proof import asserts
from citykg.reason.terms import Term, Terms, vocabulary

__all__ = ["Fact", "StoreView", "TermsOfStore"]

#: A key, and one or two terms: a member of a class, or a pair of a property.
Fact = tuple[int, ...]

_DEFAULT = DefaultGraph()


class TermsOfStore:
    """Numbers for the terms of a store, given as they turn up; terms that are the same have one number.

    Args:
        store: its default graph is the closure.
    """

    def __init__(self, store: Store) -> None:
        self._numbers = Terms()
        self.nodes: list[Term] = list(self._numbers.terms)
        same_as = self.nodes[Terms.SAME_AS]
        assert isinstance(same_as, NamedNode)
        pairs = [
            (self._number(quad.subject), self._number(quad.object))
            for quad in store.quads_for_pattern(None, same_as, None, _DEFAULT)
        ]
        self.clusters = Clusters(lambda number: type(self.nodes[number]) is Literal)
        self.clusters.merge(pairs)

    def _number(self, term: Term) -> int:
        number = self._numbers.numbers[term]
        if number == len(self.nodes):
            self.nodes.append(term)
        return number

    def number(self, term: Term) -> int:
        """The number of a term, or of the one that stands for its cluster."""
        return self.clusters.find(self._number(term))

    def fact(self, triple: Triple | Quad) -> Fact:
        """What a triple says."""
        predicate, object_ = self.number(triple.predicate), self.number(triple.object)
        if predicate == Terms.TYPE:
            return (~object_, self.number(triple.subject))
        return (predicate, self.number(triple.subject), object_)

    def is_literal(self, number: int) -> bool:
        """Whether the term, or the one that stands for it, is a literal."""
        return type(self.nodes[number]) is Literal

    def triples(self, fact: Fact) -> Iterator[Triple]:
        """The triples that say a fact, under all names of every term; none that has a literal as subject."""
        key, subject, *rest = fact
        members = self.clusters.members
        predicates = (Terms.TYPE,) if key < 0 else members(key)
        objects = members(~key) if key < 0 else members(rest[0])
        for s, p, o in product(members(subject), predicates, objects):
            node, predicate = self.nodes[s], self.nodes[p]
            if not isinstance(node, Literal) and isinstance(predicate, NamedNode):
                yield Triple(node, predicate, self.nodes[o])

    def speaks_of_rules(self) -> bool:
        """Whether terms of the rules themselves are the same as others."""
        return any(number < len(vocabulary()) for cluster in self.clusters for number in cluster)


class StoreView:
    """The closure of a store without what has left it and with what has come.

    Args:
        store: the store, which stays as it is.
        terms: the numbers of its terms.
    """

    def __init__(self, store: Store, terms: TermsOfStore) -> None:
        self._store = store
        self._terms = terms
        self._come: dict[tuple[int, int | None, int | None], list[Fact]] = defaultdict(list)
        self._type = terms.nodes[Terms.TYPE]
        #: Facts of the store that are taken not to hold.
        self.left: set[Fact] = set()
        #: Facts that the store does not have.
        self.come: set[Fact] = set()
        #: How many triples were asked for so far.
        self.lookups = 0
        for triple in axiomatic():
            atom = Atom.of(*triple)
            fact = (atom.key, *atom.arguments)
            if not self.holds(fact):
                self.add(fact)
        self.come.clear()

    def add(self, fact: Fact) -> None:
        """Take in a fact that did not hold."""
        if fact in self.left:
            self.left.remove(fact)
            return
        self.come.add(fact)
        key, subject, *rest = fact
        if not rest:
            self._come[key, subject, None].append(fact)
        else:
            self._come[key, subject, rest[0]].append(fact)
            self._come[key, subject, None].append(fact)
            self._come[key, None, rest[0]].append(fact)
        self._come[key, None, None].append(fact)

    def holds(self, fact: Fact) -> bool:
        """Whether a fact holds."""
        if fact in self.left:
            return False
        return any(True for _ in self.find(fact[0], fact[1], fact[2] if len(fact) > 2 else None))

    def find(self, key: int, subject: int | None, object_: int | None) -> Iterator[Fact]:
        """The facts of a key that have these terms, where there are any; some perhaps twice."""
        yield from tuple(self._come.get((key, subject, object_), ()))
        nodes = self._terms.nodes
        node = None if subject is None else nodes[subject]
        value = nodes[~key] if key < 0 else None if object_ is None else nodes[object_]
        predicate = self._type if key < 0 else nodes[key]
        if not isinstance(predicate, NamedNode) or isinstance(node, Literal):
            return
        self.lookups += 1
        number = self._terms.number
        for quad in self._store.quads_for_pattern(node, predicate, value, _DEFAULT):
            self.lookups += 1
            first = number(quad.subject) if subject is None else subject
            if key < 0:
                fact: Fact = (key, first)
            else:
                fact = (key, first, number(quad.object) if object_ is None else object_)
            if fact not in self.left:
                yield fact


def stated_in(store: Store, triple: Triple) -> bool:
    """Whether a graph of a store asserts a triple."""
    found = store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
    return any(map(asserts, found))


def literals_of(triples: Iterable[Triple]) -> Iterator[Literal]:
    """The literals that triples say."""
    return (triple.object for triple in triples if isinstance(triple.object, Literal))
