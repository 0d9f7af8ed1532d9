"""The default engine: the ontology compiled into clauses, evaluated on sets or, if large, on arrays."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeGuard

from pyoxigraph import Literal, NamedNode, Triple

from citykg.reason import contradictions
from citykg.reason.clauses import Atom
from citykg.reason.clusters import Clusters
from citykg.reason.compiling import axiomatic
from citykg.reason.datatypes import is_datatype, same, within
from citykg.reason.model import Closure
from citykg.reason.reachability import TooManyPairsError
from citykg.reason.rules import ONE, XSD, ZERO
from citykg.reason.saturation import Facts, Saturation
from citykg.reason.set_facts import Row, SetFacts
from citykg.reason.terms import Term, Terms

__all__ = ["infer", "numeral"]

#: From how many triples on arrays are faster than sets, the import of numpy included.
_ARRAYS_FROM = 60_000


def infer(triples: Iterable[Triple], *, arrays: bool | None = None) -> Closure:
    """The closure by the rule table; see citykg.reason.infer.

    Args:
        triples: the asserted triples.
        arrays: whether to use numpy; None decides by size.
    """
    terms = Terms()
    numbered = _number(terms, triples)
    if arrays or (arrays is None and len(numbered) >= 3 * _ARRAYS_FROM):
        return _with_arrays(terms, numbered)
    try:
        return _with_sets(terms, numbered, limit=None if arrays is False else _ARRAYS_FROM)
    except TooManyPairsError:
        return _with_arrays(terms, numbered)


def _number(terms: Terms, triples: Iterable[Triple]) -> list[int]:
    """Subject, predicate and object of one triple after the other."""
    return list(map(terms.numbers.__getitem__, chain.from_iterable(triples)))


def _with_sets(terms: Terms, numbered: list[int], *, limit: int | None) -> Closure:
    asserted: dict[int, set[Row]] = {}
    places = iter(numbered)
    for subject, predicate, object_ in zip(places, places, places, strict=True):
        if predicate == Terms.TYPE:
            asserted.setdefault(~object_, set()).add((subject,))
        else:
            asserted.setdefault(predicate, set()).add((subject, object_))
    facts = SetFacts(limit=limit)
    for key, rows in asserted.items():
        facts.stage(key, rows)
    facts.commit()
    saturation = _saturate(terms, facts)
    clusters = saturation.clusters
    found = contradictions.find(terms, facts, clusters, saturation.denials, _Stated(asserted))
    inferred = _inferred(terms, facts, clusters, asserted)
    return Closure(inferred, found, "fast", explicit=_is_explicit(terms, facts, saturation))


def _with_arrays(terms: Terms, numbered: list[int]) -> Closure:
    from citykg.reason.array_facts import ArrayFacts
    from citykg.reason.array_triples import ArrayAssertions, InferredTriples

    asserted = ArrayAssertions(numbered)
    numbered.clear()
    facts = ArrayFacts(len(terms.numbers))
    for key in asserted.keys():  # noqa: SIM118
        facts.stage(key, asserted.columns(key))
    facts.commit()
    saturation = _saturate(terms, facts)
    clusters = saturation.clusters
    found = contradictions.find(terms, facts, clusters, saturation.denials, asserted)
    inferred = InferredTriples(terms, facts, clusters, asserted)
    return Closure(inferred, found, "fast", explicit=_is_explicit(terms, facts, saturation))


def _saturate(terms: Terms, facts: Facts) -> Saturation:
    saturation = Saturation(
        terms,
        facts,
        values=lambda datatype: _values(terms, datatype),
        numerals=lambda number: numeral(terms.terms[number]),
    )
    saturation.run()
    return saturation


def _is_explicit(terms: Terms, facts: Facts, saturation: Saturation) -> bool:
    """Whether no rule has read what is said of a literal, and none has made literals the same."""
    literals = bytes(type(term) is Literal for term in terms.terms)
    if any(literals[number] for cluster in saturation.clusters for number in cluster):
        return False
    return not any(facts.begins_with(key, literals) for key in saturation.read)


@dataclass(frozen=True, slots=True)
class _Stated:
    """Asserted rows in sets."""

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


def numeral(term: Term) -> int | None:
    """The stand-in for zero or one, where a literal has that value; None for every other term."""
    if isinstance(term, Literal):
        for stand_in, text in ((Terms.ZERO, ZERO), (Terms.ONE, ONE)):
            if same(term, Literal(text, datatype=NamedNode(XSD + "integer"))):
                return stand_in
    return None


def _inferred(
    terms: Terms, facts: SetFacts, clusters: Clusters, asserted: dict[int, set[Row]]
) -> Sequence[Triple]:
    """What the facts say and was not asserted, under all names of every term."""
    known: dict[int, set[Row]] = {}
    for triple in axiomatic():
        atom = Atom.of(*triple)
        known.setdefault(atom.key, set()).add(atom.arguments)
    nodes = terms.terms
    found: list[Triple] = []
    for key in facts.keys():  # noqa: SIM118
        if key in (Terms.SAME_AS, Terms.TYPE):
            continue
        predicate, class_ = (key, None) if key >= 0 else (Terms.TYPE, ~key)
        rows = facts.rows(key)
        if class_ is not None and _is_datatype(nodes[class_]):
            rows = [row for row in rows if not any(map(terms.is_literal, clusters.members(row[0])))]
        for p in clusters.members(predicate):
            for c in clusters.members(class_) if class_ is not None else (None,):
                target = p if c is None else ~c
                new = _expand(rows, clusters).difference(asserted.get(target, ()), known.get(target, ()))
                found += _triples(nodes, target, new)
    return found + _same(nodes, clusters, asserted)


def _expand(rows: Iterable[Row], clusters: Clusters) -> set[Row]:
    if not clusters:
        return set(rows)
    members = clusters.members
    return {
        (s, *rest)
        for row in rows
        for s in members(row[0])
        for rest in ([(o,) for o in members(row[1])] if len(row) == 2 else [()])
    }


def _triples(nodes: list[Term], key: int, rows: Iterable[Row]) -> list[Triple]:
    predicate = nodes[Terms.TYPE if key < 0 else key]
    if not isinstance(predicate, NamedNode):
        return []
    if key < 0:
        class_ = nodes[~key]
        members = (nodes[member] for (member,) in rows)
        return [Triple(node, predicate, class_) for node in members if type(node) is not Literal]
    pairs = ((nodes[subject], nodes[object_]) for subject, object_ in rows)
    return [Triple(node, predicate, value) for node, value in pairs if type(node) is not Literal]


def _same(nodes: list[Term], clusters: Clusters, asserted: dict[int, set[Row]]) -> list[Triple]:
    rows = {(s, o) for cluster in clusters for s in cluster for o in cluster if s != o}
    return _triples(nodes, Terms.SAME_AS, rows.difference(asserted.get(Terms.SAME_AS, ())))
