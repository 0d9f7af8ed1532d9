"""The reference engine: owlrl, without the triples that carry nothing."""

from collections.abc import Iterable
from functools import cache

import owlrl
import rdflib
from owlrl.AxiomaticTriples import OWLRL_Datatypes_Disjointness
from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from rdflib.namespace import OWL, RDF

from citykg.reason.datatypes import is_datatype
from citykg.reason.model import Closure, Contradiction

__all__ = ["infer"]

_Node = rdflib.term.Node
_RdflibTriple = tuple[_Node, _Node, _Node]

_CARDINALITIES = (OWL.maxCardinality, OWL.maxQualifiedCardinality)

#: How owlrl's messages begin, and the rule that each stands for.
_RULES_BY_MESSAGE = (
    ("Lexical value", "dt-not-type"),
    ("'sameAs' and 'differentFrom'", "eq-diff1"),
    ("'sameAs' and 'AllDifferent'", "eq-diff2"),
    ("Irreflexive", "prp-irp"),
    ("Erroneous usage of asymmetric", "prp-asyp"),
    ("Disjoint properties", "prp-adp"),
    ("Erroneous usage of disjoint properties", "prp-pdw"),
    ("Negative (object)", "prp-npa1"),
    ("Negative (datatype)", "prp-npa2"),
    ("Violation of complementarity", "cls-com"),
    ("Violation of type restriction", "cls-avf"),
    ("Erroneous usage of maximum cardinality", "cls-maxc1"),
    ("Erroneous usage of maximum qualified", "cls-maxqc1"),
    ("Disjoint classes", "cax-dw"),
)


class _Semantics(owlrl.OWLRL_Semantics):  # type: ignore[misc]
    """owlrl's rules, which would end in an ``AttributeError`` where a cardinality is a name for a number."""

    def _classes(self, triple: _RdflibTriple, cycle_num: int) -> None:
        if triple[1] not in _CARDINALITIES or isinstance(triple[2], rdflib.Literal):
            super()._classes(triple, cycle_num)


def infer(triples: Iterable[Triple]) -> Closure:
    """The closure by owlrl's ``OWLRL_Semantics``, without axiomatic triples and the rules of RDFS."""
    asserted = {_to_rdflib(triple) for triple in triples}
    closure, messages = _close(asserted)
    values = {s for s, p, o in closure if p == OWL.sameAs and isinstance(o, rdflib.Literal)}
    inferred = [
        _from_rdflib(triple)
        for triple in closure - asserted - _axiomatic()
        if isinstance(triple[1], rdflib.URIRef)
        and not isinstance(triple[0], rdflib.Literal)
        and not (triple[1] == OWL.sameAs and triple[0] == triple[2])
        and not (triple[1] == RDF.type and triple[0] in values and is_datatype(str(triple[2])))
    ]
    contradictions = tuple(
        Contradiction(rule=_rule(message), premises=(), message=message) for message in messages
    )
    return Closure(inferred=inferred, contradictions=contradictions, engine="owlrl")


def _close(triples: Iterable[_RdflibTriple]) -> tuple[set[_RdflibTriple], list[str]]:
    graph = rdflib.Graph(bind_namespaces="none")
    for triple in triples:
        graph.add(triple)
    semantics = _Semantics(graph, axioms=False, daxioms=False)
    semantics.closure()
    messages: list[str] = semantics.error_messages
    reports = set(graph.subjects(owlrl.Closure.ERRNS.error, None))
    return {triple for triple in graph if triple[0] not in reports}, messages


@cache
def _axiomatic() -> frozenset[_RdflibTriple]:
    """What owlrl derives from nothing, and the disjointness of datatypes that it adds when they are used."""
    from_nothing, _ = _close(())
    return frozenset(from_nothing) | frozenset(OWLRL_Datatypes_Disjointness)


def _rule(message: str) -> str:
    for beginning, rule in _RULES_BY_MESSAGE:
        if message.startswith(beginning):
            return rule
    return "cls-nothing2"


def _to_rdflib(triple: Triple) -> _RdflibTriple:
    return (_node(triple.subject), _node(triple.predicate), _node(triple.object))


def _node(term: object) -> _Node:
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, Literal):
        if term.language is not None:
            return rdflib.Literal(term.value, lang=term.language)
        return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)
    raise TypeError(f"OWL 2 RL/RDF has no rules for {term}")


def _from_rdflib(triple: _RdflibTriple) -> Triple:
    subject, predicate, object_ = (_term(node) for node in triple)
    return Triple(subject, predicate, object_)  # type: ignore[arg-type]


def _term(node: _Node) -> NamedNode | BlankNode | Literal:
    if isinstance(node, rdflib.URIRef):
        return NamedNode(str(node))
    if isinstance(node, rdflib.BNode):
        return BlankNode(str(node))
    assert isinstance(node, rdflib.Literal)
    if node.language is not None:
        return Literal(str(node), language=node.language)
    return Literal(str(node), datatype=NamedNode(str(node.datatype)) if node.datatype else None)
