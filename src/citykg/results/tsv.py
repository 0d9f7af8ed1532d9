"""Rows as TSV: SPARQL 1.1 Query Results CSV and TSV Formats, section 4 (terms as Turtle writes them)."""

import re

import pyoxigraph as ox

from . import Solutions, Term, Truth

__all__ = ["write"]

_XSD = "http://www.w3.org/2001/XMLSchema#"
# What Turtle's short forms are read as (Turtle, section 2.5.2): a form that another type has stays long.
_SHORT = {
    f"{_XSD}integer": re.compile(r"[+-]?[0-9]+"),
    f"{_XSD}decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    f"{_XSD}double": re.compile(r"[+-]?(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+"),
    f"{_XSD}boolean": re.compile(r"true|false"),
}


def write(answer: Solutions | Truth) -> bytes:
    """Return the header with ``?`` and one line per row, or one word for a yes or no."""
    if isinstance(answer, Truth):
        return b"true\n" if answer.value else b"false\n"
    lines = ["\t".join(f"?{name}" for name in answer.variables)]
    lines += ["\t".join(["" if term is None else _term(term) for term in row]) for row in answer.rows]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _term(term: Term) -> str:
    if isinstance(term, ox.Literal):
        short = _SHORT.get(term.datatype.value)
        if short and short.fullmatch(term.value):
            return term.value
    return str(term)
