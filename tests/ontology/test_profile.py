"""The ontology is OWL 2 RL and keeps to OWL 2's global restrictions; each kind of fault is caught."""

import importlib.util
import sys
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from citykg.project import Layer, Project
from citykg.sources import read_project

_HERE = Path(__file__).parent
_SPEC = importlib.util.spec_from_file_location("rl_profile", _HERE / "rl_profile.py")
rl_profile = importlib.util.module_from_spec(_SPEC)
sys.modules["rl_profile"] = rl_profile  # dataclasses look their module up
_SPEC.loader.exec_module(rl_profile)

PREFIXES = """
@prefix : <http://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:A a owl:Class . :B a owl:Class . :C a owl:Class .
:p a owl:ObjectProperty . :q a owl:ObjectProperty . :r a owl:ObjectProperty .
:t a owl:ObjectProperty, owl:TransitiveProperty . :d a owl:DatatypeProperty .
"""
ALLOWED = {
    "union below": "[ a owl:Class ; owl:unionOf ( :A :B ) ] rdfs:subClassOf :C .",
    "some below": "[ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :A ] rdfs:subClassOf :C .",
    "some Thing below": "[ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom owl:Thing ] "
    "rdfs:subClassOf :C .",
    "one of below": "[ a owl:Class ; owl:oneOf ( :a :b ) ] rdfs:subClassOf :C .",
    "all above": ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:allValuesFrom :B ] .",
    "at most one above": ":A rdfs:subClassOf "
    "[ a owl:Restriction ; owl:onProperty :p ; owl:maxCardinality 1 ] .",
    "complement above": ":A rdfs:subClassOf [ a owl:Class ; owl:complementOf :B ] .",
    "has-value equivalent": ":A owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( :B "
    "[ a owl:Restriction ; owl:onProperty :p ; owl:hasValue :x ] ) ] .",
    "left-recursive chain": ":p owl:propertyChainAxiom ( :p :q ) .",
    "right-recursive chain": ":p owl:propertyChainAxiom ( :q :p ) .",
    "transitive chain": ":p owl:propertyChainAxiom ( :p :p ) .",
    "symmetric and transitive": ":t a owl:SymmetricProperty .",
    "dateTime": ":d rdfs:range xsd:dateTime .",
    "irreflexive simple": ":p a owl:IrreflexiveProperty .",
}
REFUSED = {
    "some above": (
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :B ] .",
        "superclass-position",
    ),
    "union above": (":A rdfs:subClassOf [ a owl:Class ; owl:unionOf ( :B :C ) ] .", "superclass-position"),
    "one of above": (":A rdfs:subClassOf [ a owl:Class ; owl:oneOf ( :a ) ] .", "superclass-position"),
    "at most two above": (
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:maxCardinality 2 ] .",
        "superclass-position",
    ),
    "union in a range": (":p rdfs:range [ a owl:Class ; owl:unionOf ( :B :C ) ] .", "superclass-position"),
    "some in a domain": (
        ":p rdfs:domain [ a owl:Restriction ; owl:onProperty :q ; owl:someValuesFrom :B ] .",
        "superclass-position",
    ),
    "all below": (
        "[ a owl:Restriction ; owl:onProperty :p ; owl:allValuesFrom :A ] rdfs:subClassOf :B .",
        "subclass-position",
    ),
    "complement below": ("[ a owl:Class ; owl:complementOf :A ] rdfs:subClassOf :B .", "subclass-position"),
    "complement nested below": (
        "[ a owl:Class ; owl:intersectionOf ( :C [ a owl:Class ; owl:complementOf :A ] ) ] "
        "rdfs:subClassOf :B .",
        "subclass-position",
    ),
    "at most one below": (
        "[ a owl:Restriction ; owl:onProperty :p ; owl:maxCardinality 1 ] rdfs:subClassOf :B .",
        "subclass-position",
    ),
    "union equivalent": (
        ":A owl:equivalentClass [ a owl:Class ; owl:unionOf ( :B :C ) ] .",
        "equivalent-position",
    ),
    "some equivalent": (
        ":A owl:equivalentClass [ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :B ] .",
        "equivalent-position",
    ),
    "Thing as subclass": ("owl:Thing rdfs:subClassOf :A .", "thing-as-subclass"),
    "Thing as superclass": (":A rdfs:subClassOf owl:Thing .", "thing-as-superclass"),
    "disjoint union": (":A owl:disjointUnionOf ( :B :C ) .", "no-disjointUnionOf"),
    "min cardinality": (
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:minCardinality 1 ] .",
        "no-minCardinality",
    ),
    "exact cardinality": (
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:cardinality 1 ] .",
        "no-cardinality",
    ),
    "has self": (
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:hasSelf true ] .",
        "no-hasSelf",
    ),
    "reflexive": (":p a owl:ReflexiveProperty .", "reflexive-property"),
    "gYear": (":d rdfs:range xsd:gYear .", "datatype"),
    "date": (":d rdfs:range xsd:date .", "datatype"),
    "duration in a restriction": (
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :d ; owl:allValuesFrom xsd:duration ] .",
        "datatype",
    ),
    "facets": (
        ":d rdfs:range [ a rdfs:Datatype ; owl:onDatatype xsd:integer ; owl:withRestrictions ( ) ] .",
        "data-range",
    ),
    "functional transitive": (":t a owl:FunctionalProperty .", "not-simple"),
    "inverse functional transitive": (":t a owl:InverseFunctionalProperty .", "not-simple"),
    "irreflexive transitive": (":t a owl:IrreflexiveProperty .", "not-simple"),
    "asymmetric with a chain": (
        ":p owl:propertyChainAxiom ( :q :r ) . :p a owl:AsymmetricProperty .",
        "not-simple",
    ),
    "disjoint with a transitive property": (":p owl:propertyDisjointWith :t .", "not-simple"),
    "disjoint properties with a chain": (
        ":p owl:propertyChainAxiom ( :q :r ) . [] a owl:AllDisjointProperties ; owl:members ( :p :q ) .",
        "not-simple",
    ),
    "at most one of a transitive property": (
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :t ; owl:maxCardinality 1 ] .",
        "not-simple",
    ),
    "irreflexive above a transitive property": (
        ":t rdfs:subPropertyOf :p . :p a owl:IrreflexiveProperty .",
        "not-simple",
    ),
    "functional inverse of a transitive property": (
        ":p owl:inverseOf :t . :p a owl:FunctionalProperty .",
        "not-simple",
    ),
    "property in the middle of its chain": (":p owl:propertyChainAxiom ( :q :p :r ) .", "irregular-chain"),
    "property twice in its chain": (":p owl:propertyChainAxiom ( :p :q :p ) .", "irregular-chain"),
    "two chains in a circle": (
        ":p owl:propertyChainAxiom ( :q :r ) . :q owl:propertyChainAxiom ( :p :r ) .",
        "irregular-chain",
    ),
    "chain over a superproperty": (
        ":p owl:propertyChainAxiom ( :q :r ) . :p rdfs:subPropertyOf :q .",
        "irregular-chain",
    ),
    "chain of one": (":p owl:propertyChainAxiom ( :q ) .", "chain-too-short"),
    "object and data property": (":p a owl:DatatypeProperty .", "punning"),
    "object and annotation property": (":p a owl:AnnotationProperty .", "punning"),
    "class and datatype": (":A a rdfs:Datatype .", "punning"),
    "reserved name": ("owl:Fish a owl:Class .", "reserved"),
    "undeclared class": (":A rdfs:subClassOf :Z .", "undeclared-class"),
    "undeclared property": (":a :z :b .", "undeclared-property"),
}


def faults(text: str) -> set[str]:
    return {fault.code for fault in rl_profile.check(parse(PREFIXES + text, RdfFormat.TURTLE))}


def test_the_shipped_ontology_is_owl_2_rl(shipped_project: Project) -> None:
    ontology = [quad.triple for quad in read_project(shipped_project).quads(Layer.ONTOLOGY)]
    assert rl_profile.check(ontology) == []


def test_the_shipped_data_and_ontology_together_are_owl_2_rl(shipped_project: Project) -> None:
    assert rl_profile.check(read_project(shipped_project).merged()) == []


@pytest.mark.parametrize("name", ALLOWED)
def test_what_the_profile_allows_passes(name: str) -> None:
    assert faults(ALLOWED[name]) == set()


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_profile_forbids_is_caught(name: str) -> None:
    text, code = REFUSED[name]
    assert code in faults(text)
