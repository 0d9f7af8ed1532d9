"""Rows as JSON: SPARQL 1.1 Query Results JSON Format (triple terms as in SPARQL 1.2)."""

from __future__ import annotations

import json

import pyoxigraph as ox

from . import Solutions, Term, Truth

__all__ = ["write"]

_STRING = "http://www.w3.org/2001/XMLSchema#string"


def write(answer: Solutions | Truth) -> bytes:
    """Return ``head`` and ``results`` (section 3), or ``head`` and ``boolean``; one row a line."""
    if isinstance(answer, Truth):
        return b'{"head":{},"boolean":%s}\n' % (b"true" if answer.value else b"false")
    head = json.dumps({"vars": answer.variables}, ensure_ascii=False, separators=(",", ":"))
    names = answer.variables
    rows = (
        {name: _term(term) for name, term in zip(names, row, strict=True) if term is not None}
        for row in answer.rows
    )
    body = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    return f'{{"head":{head},"results":{{"bindings":[\n{body}\n]}}}}\n'.encode()


def _term(term: Term) -> dict[str, object]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _term(part) for name, part in parts.items()}}
    written: dict[str, object] = {"type": "literal", "value": term.value}
    if term.language:
        written["xml:lang"] = term.language
    elif term.datatype.value != _STRING:
        written["datatype"] = term.datatype.value
    return written
