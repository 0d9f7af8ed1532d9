"""The W3C test cases of OWL 2 with profile RL, as graphs."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyoxigraph as ox
from tests.reason.functional_syntax import read_functional

__all__ = ["Case", "entails", "read_cases"]

_BASE = "http://owl.semanticweb.org/id/"
_OWL = "http://www.w3.org/2002/07/owl#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_TYPE = ox.NamedNode(_RDF + "type")
_SAME = ox.NamedNode(_OWL + "sameAs")

_QUERY = """
PREFIX t: <http://www.w3.org/2007/OWL/testOntology#>
SELECT ?id ?status ?kind ?direct ?premise ?conclusion ?nonConclusion ?import
       ?fsPremise ?fsConclusion ?fsNonConclusion
WHERE {
  ?case t:profile t:RL ; t:identifier ?id ; a ?type .
  BIND(STRAFTER(STR(?type), "#") AS ?kind)
  BIND(NOT EXISTS { ?case t:semantics t:RDF-BASED } AS ?direct)
  OPTIONAL { ?case t:status ?state BIND(STRAFTER(STR(?state), "#") AS ?status) }
  OPTIONAL { ?case t:rdfXmlPremiseOntology|t:rdfXmlInputOntology ?premise }
  OPTIONAL { ?case t:rdfXmlConclusionOntology ?conclusion }
  OPTIONAL { ?case t:rdfXmlNonConclusionOntology ?nonConclusion }
  OPTIONAL { ?case t:fsPremiseOntology|t:fsInputOntology ?fsPremise }
  OPTIONAL { ?case t:fsConclusionOntology ?fsConclusion }
  OPTIONAL { ?case t:fsNonConclusionOntology ?fsNonConclusion }
  OPTIONAL { ?case t:importedOntology/t:rdfXmlInputOntology ?import }
}
ORDER BY ?id ?kind
"""

#: What declares a name, or holds of everything: no engine needs to infer it (OWL 2 Profiles, theorem PR1, is
#: about assertions).
_DECLARATIONS = frozenset(
    ox.NamedNode(_OWL + name)
    for name in (
        *("Ontology", "Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "NamedIndividual"),
        "Thing",
    )
) | {ox.NamedNode(_RDFS + "Datatype")}


@dataclass(frozen=True, slots=True)
class Case:
    """One test of one case.

    Attributes:
        name: its identifier.
        status: Approved, Proposed or Extracredit.
        kind: ConsistencyTest, InconsistencyTest, PositiveEntailmentTest or NegativeEntailmentTest.
        premise: the graph that is given.
        conclusion: the graph that follows, or does not; empty for tests of consistency. Without annotations
            where the case is of the Direct Semantics alone, which ignore them.
    """

    name: str
    status: str
    kind: str
    premise: tuple[ox.Triple, ...]
    conclusion: tuple[ox.Triple, ...]


def read_cases(file: Path) -> Iterator[Case]:
    """Every test of profile RL in the collection, profile identification and syntax apart."""
    store = ox.Store()
    store.load(_entities(file.read_text(encoding="utf-8")), format=ox.RdfFormat.RDF_XML, base_iri=_BASE)
    solutions = store.query(_QUERY)
    assert isinstance(solutions, ox.QuerySolutions)
    for row in solutions:
        text = {name.value: row[name].value for name in solutions.variables if row[name] is not None}  # type: ignore[union-attr]
        kind = text["kind"]
        if kind not in (
            "ConsistencyTest",
            "InconsistencyTest",
            "PositiveEntailmentTest",
            "NegativeEntailmentTest",
        ):
            continue
        premise = _graph(text, "premise", "fsPremise")
        if "import" in text:
            premise += _graph(text, "import", "")
        wanted = "NonConclusion" if kind == "NegativeEntailmentTest" else "Conclusion"
        conclusion = _graph(text, wanted[0].lower() + wanted[1:], f"fs{wanted}")
        if text["direct"] == "true":
            conclusion = tuple(_without_annotations(conclusion))
        yield Case(text["id"], text.get("status", "none"), kind, premise, conclusion)


def _without_annotations(graph: tuple[ox.Triple, ...]) -> Iterator[ox.Triple]:
    annotation = ox.NamedNode(_OWL + "AnnotationProperty")
    declared = {
        triple.subject for triple in graph if triple.predicate == _TYPE and triple.object == annotation
    }
    own = {ox.NamedNode(_RDFS + name) for name in ("comment", "label", "seeAlso", "isDefinedBy")}
    return (triple for triple in graph if triple.predicate not in declared | own)


def _entities(text: str) -> bytes:
    return re.sub(r"<!ENTITY\s+(\S+)\s+'([^']*)'\s*>", r'<!ENTITY \1 "\2">', text).encode()


def _graph(text: dict[str, str], rdf: str, functional: str) -> tuple[ox.Triple, ...]:
    if rdf in text:
        quads = ox.parse(_entities(text[rdf]), format=ox.RdfFormat.RDF_XML, base_iri="http://example.org/")
        return tuple(quad.triple for quad in quads)
    return read_functional(text[functional]) if functional in text else ()


def entails(closure: Iterable[ox.Triple], conclusion: Iterable[ox.Triple]) -> bool:
    """Whether a closed graph has a conclusion; blank nodes stand for anything, declarations are given."""
    triples = set(closure)
    wanted = [triple for triple in conclusion if not _goes_without_saying(triple)]
    return any(True for _ in islice(_matches(wanted, triples, {}), 1))


def _goes_without_saying(triple: ox.Triple) -> bool:
    declared = triple.predicate == _TYPE and triple.object in _DECLARATIONS
    return declared or (triple.predicate == _SAME and triple.subject == triple.object)


def _matches(
    wanted: list[ox.Triple], triples: set[ox.Triple], bound: dict[ox.BlankNode, object]
) -> Iterator[dict[ox.BlankNode, object]]:
    if not wanted:
        yield bound
        return
    first, *rest = wanted
    for triple in triples:
        if triple.predicate != first.predicate:
            continue
        found: dict[ox.BlankNode, object] | None = dict(bound)
        for pattern, term in ((first.subject, triple.subject), (first.object, triple.object)):
            if isinstance(pattern, ox.BlankNode):
                if found is not None and found.setdefault(pattern, term) != term:
                    found = None
            elif pattern != term:
                found = None
        if found is not None:
            yield from _matches(rest, triples, found)
