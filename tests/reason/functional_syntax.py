"""As much of the functional syntax of OWL 2 as the test cases of profile RL use, read as triples."""

import re
from collections.abc import Iterator
from itertools import count

import pyoxigraph as ox

__all__ = ["read_functional"]

_OWL = "http://www.w3.org/2002/07/owl#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_TOKEN = re.compile(r'"[^"]*"(?:\^\^[^\s()]+)?|<[^>]*>|[()=]|[^\s()=]+')

#: Axioms of two terms, and the property that relates them.
_RELATIONS = {
    "SubClassOf": _RDFS + "subClassOf",
    "DisjointClasses": _OWL + "disjointWith",
    "DisjointObjectProperties": _OWL + "propertyDisjointWith",
    "ObjectPropertyDomain": _RDFS + "domain",
    "ObjectPropertyRange": _RDFS + "range",
    "DataPropertyRange": _RDFS + "range",
}
#: Axioms and declarations of one term, and its type.
_TYPES = {
    "FunctionalDataProperty": "FunctionalProperty",
    "TransitiveObjectProperty": "TransitiveProperty",
    "Class": "Class",
    "ObjectProperty": "ObjectProperty",
    "DataProperty": "DatatypeProperty",
    "NamedIndividual": "NamedIndividual",
}

_Tree = str | list["_Tree"]  # type: ignore[misc]


def read_functional(text: str) -> tuple[ox.Triple, ...]:
    """Translate an ontology (OWL 2 Mapping to RDF Graphs, section 2).

    Raises:
        KeyError: for a construct that no case of profile RL uses.
    """
    return tuple(_Reader(text).triples())


class _Reader:
    def __init__(self, text: str) -> None:
        tokens = _TOKEN.findall(text)
        self._prefixes = dict(re.findall(r"Prefix\(\s*(\S*:)\s*=\s*<([^>]*)>\s*\)", text))
        self._tree = _parse(iter(tokens))
        self._numbers = count()
        self._found: list[ox.Triple] = []

    def triples(self) -> Iterator[ox.Triple]:
        ontology = self._tree[self._tree.index("Ontology") + 1]
        axioms = iter(ontology)
        for name in axioms:
            arguments = next(axioms)
            self._axiom(name, arguments)
        yield from self._found

    def _axiom(self, name: str, arguments: _Tree) -> None:
        if name == "Declaration":
            self._axiom(arguments[0], arguments[1])
            return
        if name == "SubObjectPropertyOf":
            chain, property_ = self._terms(arguments)
            self._say(property_, _OWL + "propertyChainAxiom", chain)
            return
        terms = self._terms(arguments)
        if name in _TYPES:
            self._say(terms[0], _RDF + "type", ox.NamedNode(_OWL + _TYPES[name]))
        elif name == "ClassAssertion":
            self._say(terms[1], _RDF + "type", terms[0])
        elif name == "DataPropertyAssertion":
            self._say(terms[1], terms[0].value, terms[2])
        else:
            self._say(terms[0], _RELATIONS[name], terms[1])

    def _terms(self, arguments: _Tree) -> list[ox.NamedNode]:
        """The terms of an argument list; expressions become nodes."""
        found = []
        place = 0
        while place < len(arguments):
            following = arguments[place + 1] if place + 1 < len(arguments) else None
            if isinstance(following, list):
                found.append(self._expression(arguments[place], self._terms(following)))
                place += 2
            else:
                found.append(self._term(arguments[place]))
                place += 1
        return found

    def _expression(self, name: str, terms: list[ox.NamedNode]) -> ox.BlankNode:
        if name == "ObjectPropertyChain":
            return self._list(terms)
        node = ox.BlankNode(f"e{next(self._numbers)}")
        if name == "ObjectOneOf":
            self._say(node, _OWL + "oneOf", self._list(terms))
        elif name == "DataHasValue":
            self._say(node, _OWL + "onProperty", terms[0])
            self._say(node, _OWL + "hasValue", terms[1])
        else:
            raise KeyError(name)
        return node

    def _list(self, terms: list[ox.NamedNode]) -> ox.NamedNode | ox.BlankNode:
        node: ox.NamedNode | ox.BlankNode = ox.NamedNode(_RDF + "nil")
        for term in reversed(terms):
            cell = ox.BlankNode(f"c{next(self._numbers)}")
            self._say(cell, _RDF + "first", term)
            self._say(cell, _RDF + "rest", node)
            node = cell
        return node

    def _term(self, token: str) -> ox.NamedNode | ox.Literal:
        if token.startswith('"'):
            text, _, datatype = token.rpartition("^^")
            return ox.Literal(text.strip('"'), datatype=self._term(datatype))
        if token.startswith("<"):
            return ox.NamedNode(token[1:-1])
        prefix, _, local = token.partition(":")
        return ox.NamedNode(self._prefixes[f"{prefix}:"] + local)

    def _say(self, subject: ox.NamedNode | ox.BlankNode, predicate: str, object_: object) -> None:
        self._found.append(ox.Triple(subject, ox.NamedNode(predicate), object_))


def _parse(tokens: Iterator[str]) -> list[_Tree]:
    found: list[_Tree] = []
    for token in tokens:
        if token == "(":
            found.append(_parse(tokens))
        elif token == ")":
            return found
        else:
            found.append(token)
    return found
