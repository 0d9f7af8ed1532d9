"""Contradictions: the false rules on the finished closure, each with the triples that make it fire."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, islice
from typing import Protocol

from pyoxigraph import Literal, NamedNode

from citykg.reason.clauses import Atom, Clause, plan
from citykg.reason.clusters import Clusters
from citykg.reason.datatypes import datatypes_within, differ, ill_typed, is_datatype, within
from citykg.reason.model import Contradiction
from citykg.reason.rules import OWL, RDFS
from citykg.reason.saturation import Facts
from citykg.reason.terms import Term, Terms, Triple3, vocabulary

__all__ = ["Asserted", "find"]

#: How many rows of one instantiated rule are reported: one wrong axiom can break every thing of a class.
_LIMIT = 100


class Asserted(Protocol):
    """The asserted facts, under their own terms."""

    def rows(self, key: int) -> Iterable[tuple[int, ...]]:
        """The asserted rows of a key."""


def find(
    terms: Terms, facts: Facts, clusters: Clusters, denials: Iterable[Clause], asserted: Asserted
) -> tuple[Contradiction, ...]:
    """Evaluate false rules.

    Args:
        terms: the terms of the graph.
        facts: the closure, under representatives.
        clusters: the terms that are the same.
        denials: clauses without a head.
        asserted: the asserted facts, to name what was said instead of a representative.
    """
    finder = _Finder(terms, facts, clusters, asserted)
    found: dict[object, Contradiction] = {}
    for contradiction in finder.all(denials):
        found.setdefault((contradiction.rule, frozenset(contradiction.premises)), contradiction)
    return tuple(found.values())


class _Finder:
    def __init__(self, terms: Terms, facts: Facts, clusters: Clusters, asserted: Asserted) -> None:
        self._terms = terms
        self._facts = facts
        self._clusters = clusters
        self._asserted = asserted
        self._different = vocabulary()[OWL + "differentFrom"]

    def all(self, denials: Iterable[Clause]) -> Iterator[Contradiction]:
        for clause in denials:
            if clause.name in ("eq-diff2", "eq-diff3"):
                yield self._listed_as_different(clause)
            elif clause.name == "eq-diff1":
                yield from islice(self._different_from_itself(), _LIMIT)
            else:
                yield from self._denied(clause)
        yield from self._different_values()
        yield from islice(self._outside(), _LIMIT)
        yield from islice(self._ill_typed(), _LIMIT)

    def _denied(self, clause: Clause) -> Iterator[Contradiction]:
        body = clause.body
        variables = sorted({term for atom in body for term in atom.variables})
        sizes = [self._facts.size(atom.key) for atom in body]
        start = sizes.index(min(sizes))
        if not sizes[start]:
            return
        rows = self._facts.rows(body[start].key)
        wanted = variables or [body[start].subject]  # rows without columns are not counted
        result = self._facts.unpack(self._facts.evaluate(plan(body, start, wanted), rows))
        for row in result[:_LIMIT]:
            bound = dict(zip(wanted, row, strict=True))
            data = [_bound(atom, bound) for atom in body]
            yield self._contradiction(clause.name, (*clause.axioms, *data))

    def _listed_as_different(self, clause: Clause) -> Contradiction:
        """Two members of a list are the same; under representatives the clause says it of one term twice."""
        node = clause.body[0].subject
        stated = [row[1] for row in self._asserted.rows(Terms.FIRST) if self._clusters.find(row[1]) == node]
        left, right = next(iter(combinations(dict.fromkeys(stated), 2)), (node, node))
        return self._contradiction(clause.name, (*clause.axioms, (left, Terms.SAME_AS, right)))

    def _different_from_itself(self) -> Iterator[Contradiction]:
        find = self._clusters.find
        clashing = {
            row[0] for row in self._facts.unpack(self._facts.rows(self._different)) if row[0] == row[1]
        }
        if not clashing:
            return
        named = set()
        for row in self._asserted.rows(self._different):
            left, right = row
            if find(left) in clashing and find(left) == find(right):
                named.add(find(left))
                yield self._contradiction("eq-diff1", self._difference(left, right))
        for node in clashing - named:
            left, right = (*self._clusters.members(node), node)[:2]
            yield self._contradiction("eq-diff1", self._difference(left, right))

    def _difference(self, left: int, right: int) -> tuple[Triple3, ...]:
        return (left, Terms.SAME_AS, right), (left, self._different, right)

    def _different_values(self) -> Iterator[Contradiction]:
        """Literals that would have to be the same and have different values (dt-diff, eq-diff1)."""
        for cluster in self._clusters:
            literals = [
                term for term in (self._terms.terms[number] for number in cluster) if type(term) is Literal
            ]
            clash = next((pair for pair in combinations(literals, 2) if differ(*pair)), None)
            if clash is None:
                continue
            left, right = (self._terms.numbers[literal] for literal in clash)
            message = f"{clash[0]} and {clash[1]} have different values and would have to be the same"
            yield self._contradiction("eq-diff1", self._difference(left, right), message)

    def _outside(self) -> Iterator[Contradiction]:
        """Literals that the rules put into a datatype to which their value does not belong."""
        for key in self._facts.keys():  # noqa: SIM118
            datatype = self._terms.terms[~key] if key < 0 else None
            if not isinstance(datatype, NamedNode) or not is_datatype(datatype.value):
                continue
            if datatype.value == RDFS + "Literal":
                continue  # of it every literal is
            included = (datatype.value, *datatypes_within(datatype.value))
            for (number,) in self._facts.unpack(self._facts.rows(key)):
                literal = self._terms.terms[number]
                if not isinstance(literal, Literal) or literal.datatype.value in included:
                    continue  # of its own datatype a literal is, or is ill-typed
                if within(literal, datatype.value) is False:
                    message = f"the value of {literal} does not belong to {datatype}"
                    yield self._contradiction("dt-not-type", [(number, Terms.TYPE, ~key)], message)

    def _ill_typed(self) -> Iterator[Contradiction]:
        literals = (term for term in self._terms.numbers if type(term) is Literal)
        for literal in ill_typed(literals):
            message = f"{literal} is not a literal of its datatype"
            yield self._contradiction("dt-not-type", self._statements(self._terms.numbers[literal]), message)

    def _statements(self, literal: int) -> list[Triple3]:
        """One asserted triple that says a literal, if there is one."""
        for key in self._facts.keys():  # noqa: SIM118
            if key >= 0:
                for row in self._asserted.rows(key):
                    if row[1] == literal:
                        return [(row[0], key, row[1])]
        return []

    def _contradiction(self, rule: str, triples: Sequence[Triple3], message: str = "") -> Contradiction:
        return Contradiction(rule, tuple(self._nodes(triple) for triple in triples), message)

    def _nodes(self, triple: Triple3) -> tuple[Term, Term, Term]:
        subject, predicate, object_ = triple
        if object_ in (Terms.ZERO, Terms.ONE):
            rows = self._facts.unpack(self._facts.rows(predicate))
            object_ = next(row[1] for row in rows if row[0] == subject and row[1] > Terms.ONE)
        return self._terms.terms[subject], self._terms.terms[predicate], self._terms.terms[object_]


def _bound(atom: Atom, bound: dict[int, int]) -> Triple3:
    subject = bound.get(atom.subject, atom.subject)
    if atom.object is None:
        return subject, Terms.TYPE, ~atom.key
    return subject, atom.key, bound.get(atom.object, atom.object)
