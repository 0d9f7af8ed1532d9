"""JSON-LD 1.1, compact: keys from the ontology, wordings by language, one node per line."""

import json
from collections.abc import Iterable, Iterator
from typing import IO

import pyoxigraph as ox

from .context import Context
from .grouped import RDF, BlankNodes, Subject, flattened, subjects
from .selection import Part
from .sources import Term

__all__ = ["write_jsonld"]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_STRING = _XSD + "string"
_LANG_STRING, _DIR_LANG_STRING = RDF + "langString", RDF + "dirLangString"
_TYPE = RDF + "type"

Node = dict[str, object]


def write_jsonld(
    ground: Iterable[Part],
    blank: list[Part],
    out: IO[bytes],
    *,
    context: Context,
    context_iri: str | None = None,
    frame: str | None = None,
) -> None:
    """Write compact JSON-LD.

    Args:
        ground: statements without blank nodes.
        blank: statements with blank nodes, complete when ``ground`` is used up.
        out: where to.
        context: the keys.
        context_iri: where the context is published, to refer to it; None to write it into the document.
        frame: IRI of the thing to begin with: graphs are merged, every other node stands inside
            the first that mentions it, under ``@reverse`` where it is the one that mentions.
    """
    head = context_iri if context_iri is not None else context.document()
    out.write(b'{"@context": ' + _json(head) + b',\n"@graph": [\n')
    if frame is None:
        items = _by_graph(subjects(ground, blank, merge=False), context)
    else:
        merged = list(flattened(subjects(ground, blank, merge=True)))
        items = iter(_framed(merged, context, frame))
    first = True
    for item in items:
        out.write((b"" if first else b",\n") + item)
        first = False
    out.write(b"\n]}\n")


def _by_graph(pairs: Iterable[tuple[Subject, BlankNodes]], context: Context) -> Iterator[bytes]:
    name = ""
    held: list[bytes] = []
    for subject in flattened(pairs):
        if subject.graph != name:
            if name:
                yield _named(name, held, context)
            name, held = subject.graph, []
        node = _json(_node(subject, context))
        if name:
            held.append(node)
        else:
            yield node
    if name:
        yield _named(name, held, context)


def _named(name: str, nodes: list[bytes], context: Context) -> bytes:
    return b'{"@id": ' + _json(_reference(name, context)) + b', "@graph": [\n' + b",\n".join(nodes) + b"\n]}"


def _framed(merged: list[Subject], context: Context, root: str) -> list[bytes]:
    """Build a tree from a thing, breadth first, so that each node stands as near to it as it can."""
    nodes = {subject.subject: _node(subject, context) for subject in merged}
    points_at: dict[str, list[tuple[str, str]]] = {}
    for subject in merged:
        for predicate, values in subject.properties:
            for value in values:
                if value in nodes and predicate != f"<{_TYPE}>":
                    points_at.setdefault(value, []).append((subject.subject, predicate))
    by_subject = {subject.subject: subject for subject in merged}
    placed: set[str] = set()
    roots = []
    start = f"<{root}>".encode().decode("latin-1")
    for name in [start, *nodes]:
        if name not in nodes or name in placed:
            continue
        placed.add(name)
        roots.append(nodes[name])
        queue = [name]
        while queue:
            here = queue.pop(0)
            queue += _embed(here, by_subject, nodes, placed, context)
            queue += _reverse(here, points_at.get(here, ()), nodes, placed, context)
    return [_json(node) for node in roots]


def _embed(
    here: str, by_subject: dict[str, Subject], nodes: dict[str, Node], placed: set[str], context: Context
) -> list[str]:
    """Put the nodes that this one mentions in the places of their references."""
    fresh = []
    for predicate, values in by_subject[here].properties:
        if predicate == f"<{_TYPE}>":
            continue
        for value in values:
            if value in nodes and value not in placed:
                iri = _text(predicate)[1:-1]
                key = context.key(iri)
                plain = _reference(value, context)
                nodes[here][key] = _replaced(nodes[here][key], plain, nodes[value])
                placed.add(value)
                fresh.append(value)
    return fresh


def _reverse(
    here: str, sources: Iterable[tuple[str, str]], nodes: dict[str, Node], placed: set[str], context: Context
) -> list[str]:
    """Put the nodes that mention this one under ``@reverse``, and take the mention out of them."""
    fresh = []
    for source, predicate in sources:
        if source in placed:
            continue
        placed.add(source)
        fresh.append(source)
        key = context.key(_text(predicate)[1:-1])
        node = nodes[source]
        kept = [item for item in _listed(node[key]) if not _refers(item, _reference(here, context))]
        if kept:
            node[key] = kept if len(kept) > 1 else kept[0]
        else:
            del node[key]
        reverse = nodes[here].setdefault("@reverse", {})
        if isinstance(reverse, dict):
            reverse.setdefault(key, []).append(node)
    return fresh


def _replaced(value: object, plain: str, node: Node) -> object:
    items = [node if _refers(item, plain) else item for item in _listed(value)]
    return items if isinstance(value, list) else items[0]


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _refers(item: object, name: str) -> bool:
    return item == name or (isinstance(item, dict) and item.keys() == {"@id"} and item["@id"] == name)


def _node(subject: Subject, context: Context) -> Node:
    node: Node = {"@id": _reference(subject.subject, context)}
    for predicate, values in subject.properties:
        iri = _text(predicate)[1:-1]
        if iri == _TYPE and all(value.startswith("<") for value in values):
            types = [context.key(_text(value)[1:-1]) for value in values]
            node["@type"] = types if len(types) > 1 else types[0]
            continue
        for key, items in _property(iri, values, context):
            node[key] = items if isinstance(items, dict) or len(items) > 1 else items[0]
    return node


def _property(
    iri: str, values: list[str], context: Context
) -> Iterator[tuple[str, list[object] | dict[str, object]]]:
    coercion = context.coerced.get(iri)
    if coercion != "@language":
        yield context.key(iri), [_value(value, coercion, context) for value in values]
        return
    by_language: dict[str, list[str]] = {}
    others = []
    for value in values:
        term = _term(value) if value.startswith('"') else None
        if isinstance(term, ox.Literal) and term.datatype.value in (_STRING, _LANG_STRING):
            by_language.setdefault(term.language or "@none", []).append(term.value)
        else:
            others.append(_value(value, None, context))
    if by_language:
        yield (
            context.key(iri),
            {language: texts if len(texts) > 1 else texts[0] for language, texts in by_language.items()},
        )
    if others:  # what is no wording cannot stand in a map by language
        yield context.compact(iri), others


def _value(value: str, coercion: str | None, context: Context) -> object:
    if not value.startswith('"'):
        reference = _reference(value, context)
        return reference if coercion == "@id" else {"@id": reference}
    literal = _term(value)
    if not isinstance(literal, ox.Literal):
        raise TypeError(f"not a literal: {value}")
    datatype = literal.datatype.value
    if literal.language is not None:
        tagged: Node = {"@value": literal.value, "@language": literal.language}
        direction = getattr(literal, "direction", None)
        if direction is not None:
            tagged["@direction"] = str(direction.value)
        return tagged
    if datatype == coercion:
        return literal.value
    if datatype == _STRING:
        return literal.value if coercion is None else {"@value": literal.value}
    if datatype == _XSD + "boolean" and literal.value in ("true", "false") and coercion is None:
        return literal.value == "true"
    return {"@value": literal.value, "@type": context.compact(datatype)}


def _reference(term: str, context: Context) -> str:
    text = _text(term)
    return context.compact(text[1:-1]) if text.startswith("<") else text


def _term(value: str) -> Term:
    line = b"<urn:s> <urn:s> " + value.encode("latin-1") + b" ."
    term: Term = next(iter(ox.parse(line, ox.RdfFormat.N_TRIPLES))).object
    return term


def _text(term: str) -> str:
    return term.encode("latin-1").decode("utf-8")


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8")
