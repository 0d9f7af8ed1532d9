"""Random data and random shapes in Turtle, small enough for pyshacl and mixed enough to find differences."""
# ruff: noqa: E501 - Turtle and SPARQL, one thing a line

from hypothesis import strategies as st

PREFIXES = """@prefix ex: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
NODES = ["ex:a", "ex:b", "ex:c", "ex:d", "_:e", "_:f"]
CLASSES = ["ex:Top", "ex:Middle", "ex:Low", "ex:Other"]
PROPERTIES = ["ex:p", "ex:q", "ex:r"]
AMOUNTS = ["ex:m", "ex:n"]  # of numbers only: pyshacl refuses to compare blank nodes, and compares IRIs
NUMBERS = ["1", "2", "5", "1.5", "1.50", "2.0", "1.5E0", '"3"^^xsd:nonNegativeInteger', '"02"^^xsd:integer']
DATES = ['"2020-01-01"^^xsd:date', '"2021-06-30"^^xsd:date', '"2020-01-01T00:00:00Z"^^xsd:dateTime']
TEXTS = [  # no booleans: pyshacl compares them with numbers
    '"a"',
    '"ab"',
    '"abc"',
    '"七台河"',
    '"a"@en',
    '"ab"@en',
    '"湖"@zh',
    '"湖泊"@zh',
    '"x"@zh-Hant',
]
ILL_TYPED = ['"2020-02-30"^^xsd:date', '"five"^^xsd:integer', '"1,5"^^xsd:decimal']
LITERALS = NUMBERS + DATES + TEXTS + ILL_TYPED
DATATYPES = ["integer", "decimal", "double", "string", "date", "dateTime", "boolean", "nonNegativeInteger"]
KINDS = ["IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral"]
PATTERNS = ["^a", "b$", "[0-9]", "^.{2}$", "河", "(?=a)a"]


def data() -> st.SearchStrategy[str]:
    """Return Turtle with a few nodes, their types and values."""
    types = st.tuples(st.sampled_from(NODES), st.just("rdf:type"), st.sampled_from(CLASSES))
    links = st.tuples(st.sampled_from(NODES), st.sampled_from(PROPERTIES), st.sampled_from(NODES))
    values = st.tuples(st.sampled_from(NODES), st.sampled_from(PROPERTIES), st.sampled_from(LITERALS))
    amounts = st.tuples(st.sampled_from(NODES), st.sampled_from(AMOUNTS), st.sampled_from(NUMBERS))
    triples = st.lists(st.one_of(types, links, values, values, amounts), min_size=3, max_size=25)
    return triples.map(
        lambda found: (
            "ex:Middle rdfs:subClassOf ex:Top . ex:Low rdfs:subClassOf ex:Middle .\n"
            + "".join(f"{' '.join(triple)} .\n" for triple in found)
        )
    )


def _paths() -> st.SearchStrategy[str]:
    simple = st.sampled_from(PROPERTIES)
    return st.one_of(
        simple,
        simple,
        simple,
        simple.map(lambda p: f"[ sh:inversePath {p} ]"),
        st.tuples(simple, simple).map(lambda pair: f"( {' '.join(pair)} )"),
        st.tuples(simple, simple).map(lambda pair: f"[ sh:alternativePath ( {' '.join(pair)} ) ]"),
        st.tuples(st.sampled_from(["zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath"]), simple).map(
            lambda pair: f"[ sh:{pair[0]} {pair[1]} ]"
        ),
    )


def _listed(terms: list[str], most: int = 3) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(terms), min_size=1, max_size=most, unique=True).map(
        lambda found: f"( {' '.join(found)} )"
    )


def _on_values() -> st.SearchStrategy[str]:
    """Return a constraint that stands in any shape, at most one of a kind in one."""
    return st.one_of(
        st.sampled_from(CLASSES).map("sh:class {}".format),
        st.sampled_from(DATATYPES).map("sh:datatype xsd:{}".format),
        st.sampled_from(KINDS).map("sh:nodeKind sh:{}".format),
        st.tuples(st.sampled_from(["minLength", "maxLength"]), st.integers(1, 4)).map(
            lambda pair: f"sh:{pair[0]} {pair[1]}"
        ),
        st.sampled_from(PATTERNS).map('sh:pattern "{}"'.format),
        _listed(['"en"', '"zh"', '"zh-Hant"'], 2).map("sh:languageIn {}".format),
        _listed(LITERALS + NODES[:4], 6).map("sh:in {}".format),
        st.sampled_from(LITERALS + NODES[:4]).map("sh:hasValue {}".format),
        st.sampled_from(PROPERTIES).map("sh:equals {}".format),
        st.sampled_from(PROPERTIES).map("sh:disjoint {}".format),
    )


def _on_paths() -> st.SearchStrategy[str]:
    """Return a constraint that stands in property shapes only."""
    return st.one_of(
        st.integers(1, 3).map("sh:minCount {}".format),
        st.integers(0, 2).map("sh:maxCount {}".format),
        st.just("sh:uniqueLang true"),
    )


def _body(inner: st.SearchStrategy[str], *, path: bool) -> st.SearchStrategy[str]:
    constraints = st.lists(
        st.one_of(_on_values(), _on_values(), *([_on_paths(), _on_paths()] if path else []), inner),
        min_size=1,
        max_size=3,
        unique_by=lambda text: text.split()[0],
    )
    joined = constraints.map(" ; ".join)
    return st.tuples(_paths(), joined).map(lambda pair: f"sh:path {pair[0]} ; {pair[1]}") if path else joined


def _nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    node = _body(inner, path=False).map("[ {} ]".format)
    property_shape = _body(inner, path=True).map("[ {} ]".format)
    shape = st.one_of(node, property_shape)
    several = st.lists(shape, min_size=1, max_size=3).map(lambda shapes: f"( {' '.join(shapes)} )")
    return st.one_of(
        property_shape.map("sh:property {}".format),
        property_shape.map("sh:property {}".format),
        node.map("sh:node {}".format),
        shape.map("sh:not {}".format),
        several.map("sh:and {}".format),
        several.map("sh:or {}".format),
        several.map("sh:xone {}".format),
    )


def _qualified() -> st.SearchStrategy[str]:
    counts = st.one_of(
        st.integers(1, 2).map("sh:qualifiedMinCount {}".format),
        st.integers(0, 2).map("sh:qualifiedMaxCount {}".format),
    )
    return st.tuples(_paths(), _body(_on_values(), path=False), counts).map(
        lambda parts: (
            f"sh:property [ sh:path {parts[0]} ; sh:qualifiedValueShape [ {parts[1]} ] ; {parts[2]} ]"
        )
    )


def _ordered() -> st.SearchStrategy[str]:
    """Return a constraint on the order of numbers: pyshacl finds an order among dates, booleans and numbers."""
    bounds = ["minInclusive", "maxInclusive", "minExclusive", "maxExclusive"]
    ranges = st.tuples(
        st.sampled_from(AMOUNTS), st.sampled_from(bounds), st.sampled_from(["1", "1.5", "2.0", "5"])
    ).map(lambda parts: f"sh:property [ sh:path {parts[0]} ; sh:{parts[1]} {parts[2]} ]")
    pairs = st.tuples(st.permutations(AMOUNTS), st.sampled_from(["lessThan", "lessThanOrEquals"])).map(
        lambda parts: f"sh:property [ sh:path {parts[0][0]} ; sh:{parts[1]} {parts[0][1]} ]"
    )
    return st.one_of(ranges, pairs)


def _closed() -> st.SearchStrategy[str]:
    return st.sampled_from(PROPERTIES).map(
        lambda p: f"sh:closed true ; sh:ignoredProperties ( rdf:type ) ; sh:property [ sh:path {p} ]"
    )


QUERIES = [
    "SELECT $this ?value WHERE { $this $PATH ?value FILTER(isLiteral(?value)) }",
    "SELECT $this ?value WHERE { $this ex:p ?value . FILTER NOT EXISTS { $this ex:q ?value } }",
    "SELECT $this WHERE { FILTER NOT EXISTS { $this ex:p ?any } }",
    "SELECT $this ?value WHERE { $this $PATH ?value . OPTIONAL { $this ex:q ?other } FILTER(!bound(?other)) }",
    "SELECT $this ?value WHERE { { $this ex:p ?value } UNION { $this ex:q ?value } FILTER(isIRI(?value)) }",
    "SELECT $this ?value WHERE { { $this ex:p ?value } UNION { ?value ex:q $this } }",
    "SELECT $this ?value WHERE { { SELECT $this ?value WHERE { $this ex:p ?value } } }",
    "SELECT $this (COUNT(?v) AS ?value) WHERE { $this ex:p ?v } GROUP BY $this HAVING (COUNT(?v) > 1)",
    "SELECT $this ?value WHERE { $this ex:m ?value ; ex:n ?other FILTER(?value > ?other) }",
    "SELECT DISTINCT $this ?path ?value WHERE { $this ?path ?value FILTER(?path = ex:r) }",
]


def queries() -> st.SearchStrategy[str]:
    """Return Turtle with one shape that has a SPARQL constraint."""
    target = st.one_of(
        st.sampled_from(CLASSES).map("sh:targetClass {}".format),
        st.sampled_from(NODES[:4]).map("sh:targetNode {}".format),
        st.sampled_from(PROPERTIES).map("sh:targetSubjectsOf {}".format),
    )
    return st.tuples(target, _paths(), st.sampled_from(QUERIES), st.booleans()).map(_with_query)


def _with_query(parts: tuple[str, str, str, bool]) -> str:
    target, path, query, alone = parts
    ontology = 'ex: sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/" ] .\n'
    constraint = (
        f'sh:sparql [ sh:prefixes ex: ; sh:select """{query}""" ; sh:message "{{$this}} {{?value}}" ]'
    )
    if alone and "$PATH" not in query:
        return f"{ontology}ex:Shape {target} ; {constraint} ."
    return f"{ontology}ex:Shape {target} ; sh:property [ sh:path {path} ; {constraint} ] ."


def shapes() -> st.SearchStrategy[str]:
    """Return Turtle with one to three shapes that have targets."""
    inner = st.recursive(_on_values(), _nested, max_leaves=6)
    node = st.lists(
        st.one_of(inner, _nested(inner), _qualified(), _closed(), _ordered()),
        min_size=1,
        max_size=2,
        unique_by=lambda t: t.split()[0],
    )
    body = st.one_of(node.map(" ; ".join), _body(inner, path=True))
    target = st.one_of(
        st.sampled_from(CLASSES).map("sh:targetClass {}".format),
        st.sampled_from(CLASSES).map("sh:targetClass {}".format),
        st.sampled_from(NODES[:4]).map("sh:targetNode {}".format),
        st.sampled_from(PROPERTIES).map("sh:targetSubjectsOf {}".format),
        st.sampled_from(PROPERTIES).map("sh:targetObjectsOf {}".format),
    )
    severity = st.sampled_from(["", " ; sh:severity sh:Warning", ' ; sh:message "m"@en'])
    one = st.tuples(target, body, severity).map(lambda parts: f"{parts[0]} ; {parts[1]}{parts[2]}")
    return st.lists(one, min_size=1, max_size=3).map(
        lambda found: "".join(f"ex:Shape{number} {text} .\n" for number, text in enumerate(found))
    )
