"""Turtle and TriG for readers: subjects together, types first, blank nodes and lists where they belong."""

import re
from collections.abc import Iterable, Mapping
from typing import IO

from .grouped import RDF, BlankNodes, Subject, subjects
from .selection import Part

__all__ = ["Terms", "write_turtle"]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_PLAIN = re.compile(r"(?:[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?)?")
_ESCAPABLE = re.compile(r"(?![.-])[A-Za-z0-9_~!$&'()*+,;=/?#@%.-]*[A-Za-z0-9_~!$&'()*+,;=/?#@%-]")
_TO_ESCAPE = re.compile(r"[~!$&'()*+,;=/?#@%]")
# The abbreviated literals of RDF 1.1 Turtle, section 2.5.
_SHORT = {
    _XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    _XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    _XSD + "double": re.compile(r"[+-]?(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+"),
    _XSD + "boolean": re.compile("true|false"),
}
_REMEMBERED = 100_000
_TYPE, _FIRST, _REST, _NIL = (f"<{RDF}{name}>" for name in ("type", "first", "rest", "nil"))

Annotations = Mapping[tuple[str, str, str], list[tuple[str, str, str]]]
"""For subject, predicate and object: reifiers, each with a property and its value."""


class Terms:
    """Terms of N-Triples in the short forms of Turtle.

    Args:
        prefixes: prefix to namespace.

    Attributes:
        known: short forms found so far, by term: who asks very often looks here first.
    """

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._by_namespace = {
            namespace.encode("utf-8").decode("latin-1"): prefix
            for prefix, namespace in sorted(prefixes.items())
        }
        self.known: dict[str, str] = {}

    def short(self, term: str) -> str:
        """Return a term as Turtle writes it at its shortest."""
        known = self.known.get(term)
        if known is None:
            if term[0] == '"':
                return self._literal(term) if term[-1] == ">" else term
            known = self._iri(term) if term[0] == "<" and term[1] != "<" else term
            if len(self.known) >= _REMEMBERED:
                self.known.clear()
            self.known[term] = known
        return known

    def _iri(self, term: str) -> str:
        iri = term[1:-1]
        for separator in "#/":
            cut = iri.rfind(separator) + 1
            prefix = self._by_namespace.get(iri[:cut])
            if prefix is not None:
                local = iri[cut:]
                if _PLAIN.fullmatch(local):
                    return f"{prefix}:{local}"
                if _ESCAPABLE.fullmatch(local):
                    return f"{prefix}:" + _TO_ESCAPE.sub(r"\\\g<0>", local)
        return term

    def _literal(self, term: str) -> str:
        quoted, _, datatype = term.rpartition("^^")
        short = _SHORT.get(datatype[1:-1])
        if short is not None and short.fullmatch(quoted, 1, len(quoted) - 1):
            return quoted[1:-1]
        return f"{quoted}^^{self.short(datatype)}"


def write_turtle(
    ground: Iterable[Part],
    blank: list[Part],
    out: IO[bytes],
    *,
    prefixes: Mapping[str, str],
    graphs: bool,
    annotations: Annotations | None = None,
) -> None:
    """Write Turtle, or TriG.

    Args:
        ground: statements without blank nodes.
        blank: statements with blank nodes, complete when ``ground`` is used up.
        out: where to.
        prefixes: prefix to namespace; all are declared.
        graphs: TriG with its named graphs; without, everything is merged into one graph.
        annotations: RDF 1.2 annotations of single statements.
    """
    terms = Terms(prefixes)
    for prefix, namespace in sorted(prefixes.items()):
        out.write(f"@prefix {prefix}: <{namespace}> .\n".encode())
    if annotations:
        out.write(b"# RDF 1.2: ~ names who states a triple, {| |} says more of it.\n")
    writer = _Writer(terms, annotations or {})
    graph = ""
    held: list[str] = []
    for subject, nodes in subjects(ground, blank, merge=not graphs):
        if subject.graph != graph:
            if graph:
                held.append("}\n")
            graph = subject.graph
            held.append(f"\n{terms.short(graph)} {{\n")
        held.append(writer.block(subject, nodes, indent="    " if graph else ""))
        if len(held) > 2000:
            out.write("".join(held).encode("latin-1"))
            held = []
    if graph:
        held.append("}\n")
    out.write("".join(held).encode("latin-1"))


class _Writer:
    def __init__(self, terms: Terms, annotations: Annotations) -> None:
        self._short = terms.short
        self._known = terms.known
        self._annotations = annotations

    def block(self, subject: Subject, nodes: BlankNodes, *, indent: str) -> str:
        lead = "" if indent else "\n"
        name = "[]" if subject.subject in nodes.unmentioned else self._short(subject.subject)
        properties = self._properties(subject.subject, subject.properties, nodes, indent + "    ")
        return f"{lead}{indent}{name} {properties} .\n"

    def _properties(
        self, subject: str, properties: list[tuple[str, list[str]]], nodes: BlankNodes, indent: str
    ) -> str:
        short, known = self._short, self._known.get
        parts = []
        for predicate, values in properties:
            verb = "a" if predicate == _TYPE else known(predicate) or short(predicate)
            if nodes.nested or self._annotations:
                written = ", ".join(
                    self._object(value, nodes, indent) + self._annotation(subject, predicate, value, indent)
                    for value in values
                )
            elif len(values) == 1:
                value = values[0]
                written = known(value) or short(value)
            else:
                written = ", ".join(map(short, values))
            parts.append(f"{verb} {written}")
        return f" ;\n{indent}".join(parts)

    def _object(self, value: str, nodes: BlankNodes, indent: str) -> str:
        if value not in nodes.nested:
            return self._short(value)
        items = _list_items(value, nodes)
        if items is not None:
            return "( " + " ".join(self._object(item, nodes, indent + "    ") for item in items) + " )"
        inner = indent + "    "
        body = self._properties(value, nodes.by_subject[value], nodes, inner)
        return f"[\n{inner}{body}\n{indent}]" if "\n" in body else f"[ {body} ]"

    def _annotation(self, subject: str, predicate: str, value: str, indent: str) -> str:
        found = self._annotations.get((subject, predicate, value))
        if not found:
            return ""
        return "".join(
            f"\n{indent}    ~ {self._short(reifier)} {{| {self._short(link)} {self._short(value)} |}}"
            for reifier, link, value in found
        )


def _list_items(node: str, nodes: BlankNodes) -> list[str] | None:
    """Return the items of a well-formed list whose cells are mentioned nowhere else, or None."""
    items = []
    while node != _NIL:
        properties = dict(nodes.by_subject.get(node, ()))
        if (
            node not in nodes.nested
            or properties.keys() != {_FIRST, _REST}
            or len(properties[_FIRST]) != 1
            or len(properties[_REST]) != 1
        ):
            return None
        items.append(properties[_FIRST][0])
        node = properties[_REST][0]
    return items
