"""OWL 2 RL and the global restrictions of OWL 2, checked over the RDF mapping (OWL 2 Profiles, section 4)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

__all__ = ["Fault", "check"]

OWL = "http://www.w3.org/2002/07/owl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"

# OWL 2 Profiles, section 4.2.1; owl:real, owl:rational, xsd:date, xsd:gYear, xsd:duration are not there.
_RL_NAMES = """
    decimal integer nonNegativeInteger nonPositiveInteger positiveInteger negativeInteger long int short byte
    unsignedLong unsignedInt unsignedShort unsignedByte float double string normalizedString token language
    Name NCName NMTOKEN boolean hexBinary base64Binary anyURI dateTime dateTimeStamp
"""
DATATYPES = frozenset(
    [RDF + "PlainLiteral", RDF + "XMLLiteral", RDFS + "Literal", RDF + "langString"]
    + [
        XSD + name
        for name in [
            "decimal",
            "integer",
            "nonNegativeInteger",
            "nonPositiveInteger",
            "positiveInteger",
            "negativeInteger",
            "long",
            "int",
            "short",
            "byte",
            "unsignedLong",
            "unsignedInt",
            "unsignedShort",
            "unsignedByte",
            "float",
            "double",
            "string",
            "normalizedString",
            "token",
            "language",
            "Name",
            "NCName",
            "NMTOKEN",
            "boolean",
            "hexBinary",
            "base64Binary",
            "anyURI",
            "dateTime",
            "dateTimeStamp",
        ]
    ]
)
_NOT_IN_RL = ("disjointUnionOf", "hasSelf", "minCardinality", "cardinality", "minQualifiedCardinality")
_NOT_BELOW = (
    "complementOf",
    "allValuesFrom",
    "maxCardinality",
    "maxQualifiedCardinality",
    "qualifiedCardinality",
)
_NOT_EQUIVALENT = (*_NOT_BELOW, "unionOf", "oneOf", "someValuesFrom")
_CHARACTERISTICS = (
    "FunctionalProperty",
    "InverseFunctionalProperty",
    "IrreflexiveProperty",
    "AsymmetricProperty",
)
Node = NamedNode | BlankNode | Literal
_Follow = Callable[["_Ontology", Node], Iterator["Fault"]]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that OWL 2 RL, or OWL 2 as a whole, does not allow."""

    code: str
    subject: str
    detail: str = ""


@dataclass(slots=True)
class _Ontology:
    by_subject: dict[Node, dict[str, list[Node]]] = field(default_factory=lambda: defaultdict(dict))
    triples: list[Triple] = field(default_factory=list)

    def values(self, node: Node, term: str) -> list[Node]:
        return self.by_subject.get(node, {}).get(term, [])

    def pairs(self, term: str) -> Iterator[tuple[Node, Node]]:
        for triple in self.triples:
            if triple.predicate.value == term:
                yield triple.subject, triple.object

    def typed(self, name: str) -> set[Node]:
        return {s for s, o in self.pairs(RDF + "type") if isinstance(o, NamedNode) and o.value == OWL + name}

    def items(self, node: Node) -> list[Node]:
        found = []
        while self.values(node, RDF + "first"):
            found += self.values(node, RDF + "first")
            (node,) = self.values(node, RDF + "rest")
        return found


def check(triples: Iterable[Triple]) -> list[Fault]:
    """Return every fault of an ontology, the imports closure given as triples."""
    ontology = _Ontology()
    for triple in triples:
        ontology.triples.append(triple)
        ontology.by_subject[triple.subject].setdefault(triple.predicate.value, []).append(triple.object)
    faults = [
        *_axioms(ontology),
        *_expressions(ontology),
        *_datatypes(ontology),
        *_simple_properties(ontology),
        *_chains(ontology),
        *_punning(ontology),
        *_declarations(ontology),
    ]
    return sorted(set(faults), key=lambda fault: (fault.code, fault.subject, fault.detail))


def _axioms(o: _Ontology) -> Iterator[Fault]:
    for name in _NOT_IN_RL:
        for subject, _ in o.pairs(OWL + name):
            yield Fault(f"no-{name}", _name(subject))
    for prop in o.typed("ReflexiveProperty"):
        yield Fault("reflexive-property", _name(prop))


# Positions: OWL 2 Profiles, section 4.2.3 (sub-, super- and equivalent class expressions).
def _expressions(o: _Ontology) -> Iterator[Fault]:
    for sub, sup in o.pairs(RDFS + "subClassOf"):
        yield from _sub(o, sub)
        yield from _super(o, sup)
    for left, right in o.pairs(OWL + "equivalentClass"):
        yield from _equivalent(o, left)
        yield from _equivalent(o, right)
    for left, right in o.pairs(OWL + "disjointWith"):
        yield from _sub(o, left)
        yield from _sub(o, right)
    for axiom in o.typed("AllDisjointClasses"):
        for members in o.values(axiom, OWL + "members"):
            for member in o.items(members):
                yield from _sub(o, member)
    object_properties = o.typed("ObjectProperty")
    for term in ("domain", "range"):
        for prop, expression in o.pairs(RDFS + term):
            if term == "domain" or prop in object_properties:
                yield from _super(o, expression)
    for subject, _ in o.pairs(OWL + "hasKey"):
        yield from _sub(o, subject)


def _sub(o: _Ontology, node: Node) -> Iterator[Fault]:
    if isinstance(node, NamedNode):
        if node.value == OWL + "Thing":
            yield Fault("thing-as-subclass", node.value)
        return
    yield from _parts(o, node, ("intersectionOf", "unionOf"), _sub)
    for filler in o.values(node, OWL + "someValuesFrom"):
        if not (isinstance(filler, NamedNode) and filler.value == OWL + "Thing"):
            yield from _sub(o, filler)
    for name in [
        "complementOf",
        "allValuesFrom",
        "maxCardinality",
        "maxQualifiedCardinality",
        "qualifiedCardinality",
    ]:
        if o.values(node, OWL + name):
            yield Fault("subclass-position", _name(node), name)


def _super(o: _Ontology, node: Node) -> Iterator[Fault]:
    if isinstance(node, NamedNode):
        if node.value == OWL + "Thing":
            yield Fault("thing-as-superclass", node.value)
        return
    yield from _parts(o, node, ("intersectionOf",), _super)
    for inner in o.values(node, OWL + "complementOf"):
        yield from _sub(o, inner)
    for filler in o.values(node, OWL + "allValuesFrom"):
        yield from _super(o, filler)
    for name in ("maxCardinality", "maxQualifiedCardinality"):
        for limit in o.values(node, OWL + name):
            if isinstance(limit, Literal) and limit.value not in ("0", "1"):
                yield Fault("superclass-position", _name(node), f"{name} {limit.value}")
    for filler in o.values(node, OWL + "onClass"):
        if not (isinstance(filler, NamedNode) and filler.value == OWL + "Thing"):
            yield from _sub(o, filler)
    for name in ("unionOf", "oneOf", "someValuesFrom", "qualifiedCardinality"):
        if o.values(node, OWL + name):
            yield Fault("superclass-position", _name(node), name)


def _equivalent(o: _Ontology, node: Node) -> Iterator[Fault]:
    if isinstance(node, NamedNode):
        if node.value == OWL + "Thing":
            yield Fault("thing-as-equivalent", node.value)
        return
    yield from _parts(o, node, ("intersectionOf",), _equivalent)
    for name in _NOT_EQUIVALENT:
        if o.values(node, OWL + name):
            yield Fault("equivalent-position", _name(node), name)


def _parts(o: _Ontology, node: Node, names: tuple[str, ...], follow: _Follow) -> Iterator[Fault]:
    for name in names:
        for members in o.values(node, OWL + name):
            for member in o.items(members):
                yield from follow(o, member)


def _datatypes(o: _Ontology) -> Iterator[Fault]:
    data_properties = o.typed("DatatypeProperty")
    for prop, kind in o.pairs(RDFS + "range"):
        if prop in data_properties and isinstance(kind, NamedNode) and kind.value not in DATATYPES:
            yield Fault("datatype", _name(prop), kind.value)
    for node, properties in o.pairs(OWL + "onProperty"):
        if properties in data_properties:
            for name in ("someValuesFrom", "allValuesFrom"):
                for kind in o.values(node, OWL + name):
                    if isinstance(kind, NamedNode) and kind.value not in DATATYPES:
                        yield Fault("datatype", _name(properties), kind.value)
    for name in ("withRestrictions", "datatypeComplementOf", "onDatatype"):
        for subject, _ in o.pairs(OWL + name):
            yield Fault("data-range", _name(subject), name)


# OWL 2 Structural Specification, section 11: what chains and transitivity make composite.
def _composite(o: _Ontology) -> set[Node]:
    composite = set(o.typed("TransitiveProperty")) | {prop for prop, _ in o.pairs(OWL + "propertyChainAxiom")}
    edges = list(o.pairs(RDFS + "subPropertyOf"))
    for left, right in o.pairs(OWL + "equivalentProperty"):
        edges += [(left, right), (right, left)]
    inverses = [*o.pairs(OWL + "inverseOf")]
    edges += inverses + [(right, left) for left, right in inverses]
    while True:
        more = {sup for sub, sup in edges if sub in composite} - composite
        if not more:
            return composite
        composite |= more


def _simple_properties(o: _Ontology) -> Iterator[Fault]:
    composite = _composite(o)
    for kind in _CHARACTERISTICS:
        for prop in o.typed(kind) & composite:
            yield Fault("not-simple", _name(prop), kind)
    for left, right in o.pairs(OWL + "propertyDisjointWith"):
        for prop in (left, right):
            if prop in composite:
                yield Fault("not-simple", _name(prop), "propertyDisjointWith")
    for axiom in o.typed("AllDisjointProperties"):
        for members in o.values(axiom, OWL + "members"):
            for prop in o.items(members):
                if prop in composite:
                    yield Fault("not-simple", _name(prop), "AllDisjointProperties")
    for node, prop in o.pairs(OWL + "onProperty"):
        for name in ("maxCardinality", "maxQualifiedCardinality", "minCardinality", "cardinality", "hasSelf"):
            if prop in composite and o.values(node, OWL + name):
                yield Fault("not-simple", _name(prop), name)


def _chains(o: _Ontology) -> Iterator[Fault]:
    """Regularity: apart from P in its own chain at one end, what a chain uses must stand strictly below P."""
    below: dict[Node, set[Node]] = defaultdict(set)
    for prop, chain in o.pairs(OWL + "propertyChainAxiom"):
        steps = o.items(chain)
        if len(steps) < 2:
            yield Fault("chain-too-short", _name(prop))
        inner = steps
        if steps == [prop, prop]:
            inner = []
        elif steps and steps[0] == prop:
            inner = steps[1:]
        elif steps and steps[-1] == prop:
            inner = steps[:-1]
        if prop in inner:
            yield Fault("irregular-chain", _name(prop), "itself in the middle or twice")
        below[prop].update(step for step in inner if step != prop)
    for sub, sup in o.pairs(RDFS + "subPropertyOf"):
        if sub != sup:
            below[sup].add(sub)
    same = {frozenset(pair) for pair in o.pairs(OWL + "inverseOf")}
    for pair in same:
        if len(pair) == 2:
            left, right = pair
            below[left] |= below.get(right, set()) - {left}
    chained = {prop for prop, _ in o.pairs(OWL + "propertyChainAxiom")}
    for prop in chained:
        seen: set[Node] = set()
        queue = list(below[prop])
        while queue:
            step = queue.pop()
            if step == prop:
                yield Fault("irregular-chain", _name(prop), "a circle of chains and subproperties")
                break
            if step not in seen:
                seen.add(step)
                queue += below.get(step, set())


def _punning(o: _Ontology) -> Iterator[Fault]:
    kinds = ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")
    for index, left in enumerate(kinds):
        for right in kinds[index + 1 :]:
            for node in o.typed(left) & o.typed(right):
                yield Fault("punning", _name(node), f"{left} and {right}")
    datatypes = {
        s for s, t in o.pairs(RDF + "type") if isinstance(t, NamedNode) and t.value == RDFS + "Datatype"
    }
    for node in o.typed("Class") & datatypes:
        yield Fault("punning", _name(node), "Class and Datatype")
    for node in o.typed("Class") | o.typed("ObjectProperty") | o.typed("DatatypeProperty"):
        if isinstance(node, NamedNode) and node.value.startswith((OWL, RDF, RDFS, XSD)):
            yield Fault("reserved", node.value)


def _declarations(o: _Ontology) -> Iterator[Fault]:
    """OWL 2 DL wants every class and property declared; an undeclared one is not told from a slip."""
    classes = o.typed("Class") | o.typed("Restriction")
    properties = o.typed("ObjectProperty") | o.typed("DatatypeProperty") | o.typed("AnnotationProperty")
    for sub, sup in o.pairs(RDFS + "subClassOf"):
        for node in (sub, sup):
            if node not in classes and not _reserved(node):
                yield Fault("undeclared-class", _name(node))
    for term in (RDFS + "domain", RDFS + "range", OWL + "inverseOf", RDFS + "subPropertyOf"):
        for prop, value in o.pairs(term):
            pair = (prop, value) if term in (OWL + "inverseOf", RDFS + "subPropertyOf") else (prop,)
            for node in pair:
                if node not in properties and not _reserved(node):
                    yield Fault("undeclared-property", _name(node))
    for triple in o.triples:
        if triple.predicate not in properties and not _reserved(triple.predicate):
            yield Fault("undeclared-property", triple.predicate.value)


def _reserved(node: Node) -> bool:
    return isinstance(node, NamedNode) and node.value.startswith((OWL, RDF, RDFS, XSD))


def _name(node: Node) -> str:
    return node.value if isinstance(node, NamedNode) else "a blank node"
