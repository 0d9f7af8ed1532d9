"""Proofs: a tree of rule applications down to asserted triples, and the facts that a search for one asks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Protocol

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, Store, Triple

from citykg.reason.terms import Term

__all__ = ["NOT_ASSERTED", "KnownFacts", "Proof", "Statement", "StoreFacts", "asserts"]

#: Subject, predicate and object; unlike a triple it may say something of a literal on the way.
Statement = tuple[Term, Term, Term]

_GRAPHS = "https://w3id.org/citykg/graph/"

#: Graphs of a built store that assert nothing about the world.
NOT_ASSERTED = frozenset(_GRAPHS + name for name in ("catalog", "closure", "lexicon", "shapes"))

#: Up to how many statements that match are put in order; more come as the store has them.
_ORDERED = 200
#: How far into nodes without names an order looks.
_DEEP = 4


@dataclass(frozen=True, slots=True)
class Proof:
    """Why a statement holds.

    Attributes:
        statement: what is proved.
        rule: the W3C name of the last rule, or None for an asserted statement.
        premises: proofs of what the rule needs, in the order of the rule table; a list is there as its
            ``rdf:first`` and ``rdf:rest`` triples. Empty for rules without premises and for tests of values.
        size: how many rules are applied, in the tree; what "shortest" compares.
    """

    statement: Statement
    rule: str | None = None
    premises: tuple["Proof", ...] = ()
    size: int = field(init=False)

    def __post_init__(self) -> None:
        used = (self.rule is not None) + sum(premise.size for premise in self.premises)
        object.__setattr__(self, "size", used)

    def leaves(self) -> Iterator["Proof"]:
        """The asserted statements, in order, each as often as it is used."""
        if self.rule is None:
            yield self
        for premise in self.premises:
            yield from premise.leaves()

    def direct(self) -> "Proof":
        """The same proof where it does not come back to a statement that it is about to prove.

        A proof on whose way its own statement is proved again holds a shorter proof of it, which takes its
        place.
        """
        proof = self
        while (shorter := _cut_detour(proof)) is not None:
            proof = shorter
        return proof


def _cut_detour(proof: Proof) -> Proof | None:
    """The proof with one detour cut out, or None where there is none."""
    path: list[tuple[Proof, Iterator[tuple[int, Proof]]]] = [(proof, iter(enumerate(proof.premises)))]
    places: list[int] = []  # which premise of the one before each step of the path is
    above = {proof.statement: 0}
    while path:
        place, premise = next(path[-1][1], (0, None))
        if premise is None:
            del above[path.pop()[0].statement]
            if places:
                places.pop()
        elif premise.statement in above:
            start = above[premise.statement]
            for step, taken in zip(reversed(path[:start]), reversed(places[:start]), strict=True):
                premises = step[0].premises
                premise = replace(step[0], premises=(*premises[:taken], premise, *premises[taken + 1 :]))
            return premise
        else:
            above[premise.statement] = len(path)
            path.append((premise, iter(enumerate(premise.premises))))
            places.append(place)
    return None


class KnownFacts(Protocol):
    """A closed graph that knows which of its triples were asserted."""

    def match(
        self, subject: Term | None, predicate: Term | None, object_: Term | None
    ) -> Iterable[Statement]:
        """The triples of the closure that match, in no particular order."""

    def asserted(
        self, subject: Term | None, predicate: Term | None, object_: Term | None
    ) -> Iterable[Statement]:
        """The asserted ones among them, each at least once."""


class StoreFacts:
    """A store as builds write it: the closure is its default graph, named graphs are what was asserted.

    What matches comes in an order that does not depend on how the store keeps it, so that of proofs of one
    length the same is found in every copy of a graph.

    Args:
        store: an opened store.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._shapes: dict[Term, str] = {}

    @classmethod
    def of(cls, asserted: Iterable[Triple], inferred: Iterable[Triple]) -> "StoreFacts":
        """Facts in memory, for a closure that is in no store."""
        store = Store()
        graph = NamedNode(_GRAPHS + "asserted")
        stated = list(asserted)
        store.bulk_extend(Quad(t.subject, t.predicate, t.object, graph) for t in stated)
        store.bulk_extend(Quad(t.subject, t.predicate, t.object) for t in (*stated, *inferred))
        return cls(store)

    def match(
        self, subject: Term | None, predicate: Term | None, object_: Term | None
    ) -> Iterator[Statement]:
        """The triples of the closure that match."""
        return self._ordered(self._quads(subject, predicate, object_, DefaultGraph()))

    def asserted(
        self, subject: Term | None, predicate: Term | None, object_: Term | None
    ) -> Iterator[Statement]:
        """The asserted triples that match, once for every graph that states them."""
        wanted = (subject, predicate, object_)
        if None not in wanted or any(isinstance(term, BlankNode) for term in wanted):
            return self._ordered(self._quads(subject, predicate, object_, None))
        return self._ordered(self._in_named_graphs(wanted))

    def asserted_from(
        self, nodes: Iterable[Term], predicates: Iterable[Term], *, backwards: bool = False
    ) -> Iterator[Statement]:
        """The asserted triples of these predicates that begin, or end, in one of these nodes.

        Args:
            nodes: IRIs and literals; a blank node cannot be named in a query.
            predicates: their predicates.
            backwards: whether the nodes are the objects.
        """
        here, by = ((" ".join(map(str, terms))) for terms in (nodes, predicates))
        if not here or not by:
            return
        node = "?o" if backwards else "?s"
        found = self._store.query(
            f"SELECT DISTINCT ?s ?p ?o ?g {{ VALUES ?p {{ {by} }} VALUES {node} {{ {here} }} "
            "GRAPH ?g { ?s ?p ?o } }"
        )
        assert isinstance(found, QuerySolutions)
        stated = (row for row in found if getattr(row["g"], "value", "") not in NOT_ASSERTED)
        yield from self._ordered((row["s"], row["p"], row["o"]) for row in stated)

    def graphs(self, statement: Statement) -> list[str]:
        """The graphs that assert a statement, sorted."""
        subject, predicate, object_ = statement
        if isinstance(subject, Literal) or not isinstance(predicate, NamedNode):
            return []
        quads = self._store.quads_for_pattern(subject, predicate, object_, None)
        return sorted(quad.graph_name.value for quad in quads if asserts(quad))  # type: ignore[union-attr]

    def _ordered(self, statements: Iterator[Statement]) -> Iterator[Statement]:
        few = list(islice(statements, _ORDERED))
        if len(few) > 1:
            few.sort(key=lambda statement: [self._shape(term, _DEEP) for term in statement])
        yield from few
        yield from statements

    def _shape(self, term: Term, depth: int) -> str:
        """The term as it is written; a blank node as what is said of it, whatever its label."""
        if not isinstance(term, BlankNode):
            return str(term)
        if depth == 0:
            return "_:"
        if depth < _DEEP or term not in self._shapes:
            said = self._store.quads_for_pattern(term, None, None, DefaultGraph())
            lines = (f"{quad.predicate} {self._shape(quad.object, depth - 1)}" for quad in said)
            shape = f"[{' ; '.join(sorted(lines))}]"
            if depth < _DEEP:
                return shape
            self._shapes[term] = shape
        return self._shapes[term]

    def _quads(
        self, subject: Term | None, predicate: Term | None, object_: Term | None, graph: DefaultGraph | None
    ) -> Iterator[Statement]:
        if isinstance(subject, Literal) or isinstance(predicate, Literal | BlankNode):
            return
        for quad in self._store.quads_for_pattern(subject, predicate, object_, graph):  # type: ignore[arg-type]
            if graph is not None or asserts(quad):
                yield (quad.subject, quad.predicate, quad.object)

    def _in_named_graphs(self, wanted: tuple[Term | None, ...]) -> Iterator[Statement]:
        """Ask for named graphs only: in the default graph thousands of inferred triples may match."""
        if isinstance(wanted[0], Literal) or isinstance(wanted[1], Literal):
            return
        shown = [f"?t{place}" if term is None else str(term) for place, term in enumerate(wanted)]
        solutions = self._store.query(f"SELECT * {{ GRAPH ?g {{ {' '.join(shown)} }} }}")
        assert isinstance(solutions, QuerySolutions)
        for solution in solutions:
            if getattr(solution["g"], "value", "") not in NOT_ASSERTED:
                subject, predicate, object_ = (
                    solution[f"t{place}"] if term is None else term for place, term in enumerate(wanted)
                )
                assert subject is not None
                assert predicate is not None
                assert object_ is not None
                yield (subject, predicate, object_)


def asserts(quad: Quad) -> bool:
    """Whether a quad stands in a graph that asserts something about the world."""
    return isinstance(quad.graph_name, NamedNode) and quad.graph_name.value not in NOT_ASSERTED
