"""Every term of the ontology is named, defined and documented in both languages."""

from functools import cache

import pytest
from pyoxigraph import NamedNode

from citykg.project import Layer, Project
from citykg.sources import read_project

CITY = "https://w3id.org/citykg/ontology#"
OWL = "http://www.w3.org/2002/07/owl#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
KINDS = {OWL + name for name in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")}


@cache
def ontology(project: Project):
    return tuple(quad.triple for quad in read_project(project).quads(Layer.ONTOLOGY))


@pytest.fixture
def triples(shipped_project: Project):
    return ontology(shipped_project)


@pytest.fixture
def terms(triples) -> set[str]:
    found = {
        t.subject.value
        for t in triples
        if t.predicate.value == TYPE and t.object.value in KINDS and isinstance(t.subject, NamedNode)
    }
    own = {term for term in found if term.startswith(CITY)}
    assert len(own) > 150
    return own


@pytest.mark.parametrize("predicate", [RDFS + "label", SKOS + "definition"])
def test_every_term_says_it_once_in_chinese_and_once_in_english(triples, terms, predicate) -> None:
    languages: dict[str, list[str]] = {term: [] for term in terms}
    for triple in triples:
        if triple.predicate.value == predicate and triple.subject.value in terms:
            languages[triple.subject.value].append(triple.object.language)
    assert {term: tags for term, tags in languages.items() if sorted(tags) != ["en", "zh"]} == {}


def test_every_term_says_which_ontology_defines_it(triples, terms) -> None:
    defined = {t.subject.value for t in triples if t.predicate.value == RDFS + "isDefinedBy"}
    assert terms - defined == set()


def test_definitions_are_one_sentence(triples, terms) -> None:
    definitions = [
        t.object.value
        for t in triples
        if t.predicate.value == SKOS + "definition" and t.subject.value in terms
    ]
    ends = [text for text in definitions if not text.endswith((".", "。")) or text.count("。") > 1]
    assert ends == []


def test_deprecated_terms_name_what_replaces_them(triples) -> None:
    deprecated = {t.subject for t in triples if t.predicate.value == OWL + "deprecated"}
    replaced = {t.subject for t in triples if t.predicate.value == "http://purl.org/dc/terms/isReplacedBy"}
    assert deprecated - replaced == set()


def test_vocabularies_have_chinese_and_english_names(triples) -> None:
    concepts = {t.subject for t in triples if t.predicate.value == SKOS + "inScheme"}
    labels = (SKOS + "prefLabel", RDFS + "label")
    for concept in concepts:
        tags = sorted(
            t.object.language for t in triples if t.subject == concept and t.predicate.value in labels
        )
        assert tags == ["en", "zh"], concept
