"""Rows as XML: SPARQL Query Results XML Format (Second Edition)."""

import re

import pyoxigraph as ox

from . import Solutions, Term, Truth

__all__ = ["write"]

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'
# What XML 1.0 has no way to write (section 2.2), and the returns that a parser would turn into line feeds
# (2.11).
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})


def write(answer: Solutions | Truth) -> bytes:
    """Return head and results (section 2), or head and boolean; characters that XML lacks become U+FFFD."""
    if isinstance(answer, Truth):
        word = "true" if answer.value else "false"
        return f"{_HEAD}<head/>\n<boolean>{word}</boolean>\n</sparql>\n".encode()
    lines = [
        "<head>",
        *(f'<variable name="{_text(name)}"/>' for name in answer.variables),
        "</head>",
        "<results>",
    ]
    for row in answer.rows:
        bound = ((name, term) for name, term in zip(answer.variables, row, strict=True) if term is not None)
        bindings = "".join(f'<binding name="{_text(name)}">{_term(term)}</binding>' for name, term in bound)
        lines.append(f"<result>{bindings}</result>")
    lines += ["</results>", "</sparql>"]
    return (_HEAD + "\n".join(lines) + "\n").encode()


def _term(term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        return f"<uri>{_text(term.value)}</uri>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{_text(term.value)}</bnode>"
    if isinstance(term, ox.Triple):
        parts = (("subject", term.subject), ("predicate", term.predicate), ("object", term.object))
        return f"<triple>{''.join(f'<{name}>{_term(part)}</{name}>' for name, part in parts)}</triple>"
    if term.language:
        return f'<literal xml:lang="{term.language}">{_text(term.value)}</literal>'
    if term.datatype.value != _STRING:
        return f'<literal datatype="{_text(term.datatype.value)}">{_text(term.value)}</literal>'
    return f"<literal>{_text(term.value)}</literal>"


def _text(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text).translate(_ESCAPES)
