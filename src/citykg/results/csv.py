"""Rows as CSV: SPARQL 1.1 Query Results CSV and TSV Formats, section 3 (RFC 4180)."""

import pyoxigraph as ox

from . import Solutions, Term, Truth

__all__ = ["write"]

_SPECIAL = frozenset('",\r\n')


def write(answer: Solutions | Truth) -> bytes:
    """Return the header without ``?`` and one line per row, or one word for a yes or no."""
    if isinstance(answer, Truth):
        return b"true\r\n" if answer.value else b"false\r\n"
    lines = [",".join(_field(name) for name in answer.variables)]
    lines += [",".join(["" if term is None else _field(_value(term)) for term in row]) for row in answer.rows]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8")


def _value(term: Term) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def _field(text: str) -> str:
    if _SPECIAL.isdisjoint(text):
        return text
    return '"' + text.replace('"', '""') + '"'
