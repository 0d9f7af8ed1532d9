"""Random ontologies with data, small enough for owlrl and rich enough for every rule to meet every other."""

from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

EXAMPLE = "http://example.org/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"

PREFIXES = f"""
@prefix : <{EXAMPLE}> . @prefix rdf: <{RDF}> . @prefix rdfs: <{RDFS}> .
@prefix owl: <{OWL}> . @prefix xsd: <{XSD}> .
"""


def triples(turtle: str) -> list[Triple]:
    return [quad.triple for quad in parse(PREFIXES + turtle, format=RdfFormat.TURTLE)]


def example(*names: str) -> Triple:
    return Triple(*(NamedNode(EXAMPLE + name) for name in names))


CLASSES = [f":C{i}" for i in range(5)]
PROPERTIES = [f":p{i}" for i in range(5)]
THINGS = [f":x{i}" for i in range(6)]
VALUES = ['"a"', '"b"@zh', "1", "2.5", "true"]

classes = st.sampled_from(CLASSES)
properties = st.sampled_from(PROPERTIES)
things = st.sampled_from(THINGS)
objects = st.sampled_from(THINGS * 3 + VALUES)


def _list(items: list[str]) -> str:
    return f"( {' '.join(items)} )"


restrictions = st.one_of(
    st.builds(
        "[ owl:onProperty {} ; owl:someValuesFrom {} ]".format,
        properties,
        st.one_of(classes, st.just("owl:Thing")),
    ),
    st.builds("[ owl:onProperty {} ; owl:allValuesFrom {} ]".format, properties, classes),
    st.builds("[ owl:onProperty {} ; owl:hasValue {} ]".format, properties, objects),
    st.builds('[ owl:onProperty {} ; owl:maxCardinality "1"^^xsd:nonNegativeInteger ]'.format, properties),
    st.builds(
        '[ owl:onProperty {} ; owl:onClass {} ; owl:maxQualifiedCardinality "1"^^xsd:integer ]'.format,
        properties,
        st.one_of(classes, st.just("owl:Thing")),
    ),
    st.builds("[ owl:intersectionOf {} ]".format, st.lists(classes, min_size=1, max_size=3).map(_list)),
    st.builds("[ owl:unionOf {} ]".format, st.lists(classes, min_size=1, max_size=3).map(_list)),
    st.builds("[ owl:oneOf {} ]".format, st.lists(things, min_size=1, max_size=2).map(_list)),
)

axioms = st.one_of(
    st.builds("{} a owl:Class .".format, classes),
    st.builds(
        "{} a {} .".format,
        properties,
        st.sampled_from(["owl:ObjectProperty", "owl:DatatypeProperty", "rdf:Property"]),
    ),
    st.builds("{} rdfs:subClassOf {} .".format, classes, classes),
    st.builds("{} owl:equivalentClass {} .".format, classes, classes),
    st.builds("{} rdfs:subClassOf {} .".format, classes, restrictions),
    st.builds("{} owl:equivalentClass {} .".format, classes, restrictions),
    st.builds("{} rdfs:subClassOf {} .".format, restrictions, classes),
    st.builds("{} rdfs:domain {} .".format, properties, classes),
    st.builds("{} rdfs:range {} .".format, properties, classes),
    st.builds("{} rdfs:subPropertyOf {} .".format, properties, properties),
    st.builds("{} owl:equivalentProperty {} .".format, properties, properties),
    st.builds("{} owl:inverseOf {} .".format, properties, properties),
    st.builds(
        "{} a {} .".format,
        properties,
        st.sampled_from(["owl:SymmetricProperty", "owl:TransitiveProperty", "owl:TransitiveProperty"]),
    ),
    st.builds(
        "{} owl:propertyChainAxiom {} .".format,
        properties,
        st.lists(properties, min_size=1, max_size=3).map(_list),
    ),
)

#: Axioms and facts that make things the same; rare, since a few of them merge everything.
merging = st.one_of(
    st.builds("{} a owl:FunctionalProperty .".format, properties),
    st.builds("{} a owl:InverseFunctionalProperty .".format, properties),
    st.builds("{} owl:sameAs {} .".format, things, things),
    st.builds("{} owl:sameAs {} .".format, classes, classes),
    st.builds("{} owl:sameAs {} .".format, properties, properties),
)

#: Axioms about the language itself: data that become ontology.
about_language = st.one_of(
    st.builds(
        "{} rdfs:subPropertyOf {} .".format,
        properties,
        st.sampled_from(["rdfs:subClassOf", "rdf:type", "owl:sameAs"]),
    ),
    st.builds(
        "{} rdfs:domain {} .".format, properties, st.sampled_from(["owl:Class", "owl:TransitiveProperty"])
    ),
    st.builds("{} {} {} .".format, properties, properties, properties),
    st.builds("{} {} {} .".format, classes, properties, classes),
    st.builds("rdf:type rdfs:subPropertyOf {} .".format, properties),
    st.builds("rdfs:subClassOf rdfs:subPropertyOf {} .".format, properties),
)

facts = st.one_of(
    st.builds("{} a {} .".format, things, classes),
    st.builds("{} {} {} .".format, things, properties, objects),
    st.builds("{} {} {} .".format, things, properties, things),
)


def graphs(*, size: int = 12, language: bool = False) -> st.SearchStrategy[str]:
    """Turtle of a random graph: some axioms, some facts, few that merge."""
    parts = [
        st.lists(axioms, min_size=1, max_size=size),
        st.lists(facts, min_size=1, max_size=size),
        st.lists(merging, max_size=2),
        st.lists(about_language, max_size=2) if language else st.just([]),
    ]
    return st.tuples(*parts).map(lambda groups: "\n".join(line for group in groups for line in group))
