"""Find the triple that three names mean: things by what they are called, values by what they amount to."""

import re
from contextlib import suppress
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from .errors import NegativeAnswer
from .literals import same_form
from .prefixes import Prefixes
from .reason.proof import Statement
from .search import find_thing
from .sparql import pattern
from .store import Store

__all__ = ["find_statement"]

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_STRING = f"{_XSD}string"
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_NUMBER = re.compile(r"[+-]?[0-9][0-9,]*(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_SHOWN = 8  # values that the message about one that is not there lists


def find_statement(
    store: Store, subject: str, predicate: str, object_: str, *, prefixes: Prefixes
) -> Statement:
    """Find the triple that three names mean.

    Args:
        store: where to look.
        subject: label, alias, ``prefix:name`` or IRI, as in `search.find_thing`.
        predicate: the same; ``a`` is rdf:type.
        object_: the same, or a literal: in quotes as in Turtle, or the text of a value that the subject has.
            A number, a date or a truth value may have another form than in the graph.
        prefixes: for ``prefix:name``.

    Raises:
        NegativeAnswer: ``ambiguous``; ``not-found`` for a name that nothing has, and for a value that the
            subject has not.
        UsageError: ``unknown-prefix``.
    """
    who = _thing(store, subject, prefixes)
    by = ox.NamedNode(_TYPE) if predicate == "a" else _thing(store, predicate, prefixes)
    values = _values(store, who, by)
    literal = _quoted(object_, prefixes)
    if literal is not None:
        same = [value for value in values if value == literal or _is_same(value, literal)]
        return (who, by, same[0] if same else literal)
    for value in values:
        if value.value == object_:
            return (who, by, value)
    for value in values:
        if _amounts_to(value, object_):
            return (who, by, value)
    try:
        return (who, by, _thing(store, object_, prefixes))
    except NegativeAnswer as error:
        if error.code != "not-found" or not (values or _NUMBER.fullmatch(object_)):
            raise
        message = f"not in the graph: {subject} {predicate} {object_}"
        raise NegativeAnswer("not-found", message, _hint(values, subject, predicate)) from error


def _values(store: Store, who: ox.NamedNode, by: ox.NamedNode) -> list[ox.Literal]:
    found = store.query(pattern("explain-values", subject=str(who), predicate=str(by)))
    return [value for (value,) in getattr(found, "rows", ()) if isinstance(value, ox.Literal)]


def _is_same(one: ox.Literal, other: ox.Literal) -> bool:
    """Whether two literals are one value of one datatype."""
    if one.language or other.language or one.datatype != other.datatype:
        return False
    return same_form(one.value, one.datatype.value) == same_form(other.value, other.datatype.value)


def _amounts_to(value: ox.Literal, text: str) -> bool:
    """Whether a text is another form of a value: 12000000000.0, 1.2e10 and 12,000,000,000 are one number."""
    datatype = value.datatype.value
    if datatype == _STRING or not datatype.startswith(_XSD):
        return False
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    if same_form(text, datatype) == same_form(value.value, datatype):
        return True
    try:
        return Decimal(text) == Decimal(value.value)
    except InvalidOperation:
        return False


def _hint(values: list[ox.Literal], subject: str, predicate: str) -> str:
    if not values:
        return f"no number, date or text is {predicate} of {subject}"
    shown = [_written(value) for value in values[:_SHOWN]]
    more = f" and {len(values) - _SHOWN} more" if len(values) > _SHOWN else ""
    return f"{predicate} of {subject}: {', '.join(shown)}{more}"


def _written(value: ox.Literal) -> str:
    return str(value) if value.language or value.datatype.value == _STRING else value.value


def _thing(store: Store, name: str, prefixes: Prefixes) -> ox.NamedNode:
    """Take an IRI or CURIE at its word: a term of another vocabulary may be the subject of nothing."""
    if name.startswith("<") or "://" in name or name.partition(":")[0] in prefixes:
        iri = prefixes.expand(name)
        with suppress(ValueError):  # not an IRI: then it may be a name
            return ox.NamedNode(iri)
    return ox.NamedNode(find_thing(store, name, prefixes=prefixes))


def _quoted(text: str, prefixes: Prefixes) -> ox.Literal | None:
    """Read a literal in quotes as Turtle writes it."""
    if not text.startswith(('"', "'")):
        return None
    header = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes.items())
    try:
        quads = list(ox.parse(f"{header}<a:s> <a:p> {text} .".encode(), format=ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        hint = """quote it for the shell as well: '"text"@zh'"""
        raise NegativeAnswer("not-found", f"{text} is not a literal: {error}", hint) from error
    value = quads[0].object
    return value if isinstance(value, ox.Literal) else None
