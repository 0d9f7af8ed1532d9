"""The default engine: the ontology compiled into clauses, evaluated on sets or arrays."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeGuard

from pyoxigraph import Literal, NamedNode, Triple

from citykg.reason import contradictions
from citykg.reason.clauses import Atom
from citykg.reason.clusters import Clusters
from citykg.reason.compiling import axiomatic
from citykg.reason.datatypes import is_datatype, same, within
from citykg.reason.model import Closure
from citykg.reason.rules import ONE, XSD, ZERO
from citykg.reason.saturation import Saturation
from citykg.reason.set_facts import Row, SetFacts
from citykg.reason.terms import Term, Terms

__all__ = ["infer"]


def infer(triples: Iterable[Triple]) -> Closure:
    """The closure by the rule table; see citykg.reason.infer."""
    terms = Terms()
    number = terms.number
    asserted: dict[int, set[Row]] = {}
    for triple in triples:
        atom = Atom.of(number(triple.subject), number(triple.predicate), number(triple.object))
        asserted.setdefault(atom.key, set()).add(atom.arguments)
    facts = SetFacts()
    for key, rows in asserted.items():
        facts.stage(key, rows)
    facts.commit()
    saturation = Saturation(
        terms, facts, values=lambda d: _values(terms, d), numerals=lambda n: _numeral(terms, n)
    )
    saturation.run()
    return Closure(
        inferred=_inferred(terms, facts, saturation.clusters, asserted),
        contradictions=contradictions.find(
            terms, facts, saturation.clusters, saturation.denials, _Stated(asserted)
        ),
        engine="fast",
    )


@dataclass(frozen=True, slots=True)
class _Stated:
    facts: dict[int, set[Row]]

    def rows(self, key: int) -> Iterable[Row]:
        return self.facts.get(key, ())


def _values(terms: Terms, datatype: int) -> list[int]:
    node = terms.terms[datatype]
    if not _is_datatype(node):
        return []
    return [
        number
        for term, number in terms.numbers.items()
        if isinstance(term, Literal) and within(term, node.value)
    ]


def _is_datatype(node: Term) -> TypeGuard[NamedNode]:
    return isinstance(node, NamedNode) and is_datatype(node.value)


def _numeral(terms: Terms, number: int) -> int | None:
    term = terms.terms[number]
    if isinstance(term, Literal) and number > Terms.ONE:
        for stand_in, text in ((Terms.ZERO, ZERO), (Terms.ONE, ONE)):
            if same(term, Literal(text, datatype=NamedNode(XSD + "integer"))):
                return stand_in
    return None


def _inferred(
    terms: Terms, facts: SetFacts, clusters: Clusters, asserted: dict[int, set[Row]]
) -> list[Triple]:
    known = axiomatic()
    found: list[Triple] = []
    none: set[Row] = set()
    nodes = terms.terms
    for key in facts.keys():  # noqa: SIM118
        if key in (Terms.SAME_AS, Terms.TYPE):
            continue
        predicate, class_ = (key, None) if key >= 0 else (Terms.TYPE, ~key)
        rows = facts.rows(key)
        for p in clusters.members(predicate):
            if not isinstance(nodes[p], NamedNode):
                continue
            for c in clusters.members(class_) if class_ is not None else (None,):
                if c is not None and _is_datatype(nodes[c]):
                    rows = [row for row in rows if not any(map(terms.is_literal, clusters.members(row[0])))]
                for row in _expand(rows, clusters):
                    if terms.is_literal(row[0]):
                        continue
                    o = row[1] if c is None else c
                    atom = Atom.of(row[0], p, o)
                    if atom.arguments in asserted.get(atom.key, none) or (row[0], p, o) in known:
                        continue
                    found.append(Triple(nodes[row[0]], nodes[p], nodes[o]))  # type: ignore[arg-type]
    stated = asserted.get(Terms.SAME_AS, none)
    for cluster in clusters:
        for s in cluster:
            if not terms.is_literal(s):
                for o in cluster:
                    if s != o and (s, o) not in stated:
                        found.append(Triple(nodes[s], nodes[Terms.SAME_AS], nodes[o]))  # type: ignore[arg-type]
    return found


def _expand(rows: Iterable[Row], clusters: Clusters) -> Iterable[Row]:
    if not clusters:
        return rows
    members = clusters.members
    return (
        (s, *rest)
        for row in rows
        for s in members(row[0])
        for rest in ([(o,) for o in members(row[1])] if len(row) == 2 else [()])
    )
