"""The triples that a solution of a query matches: those of its graph patterns, FILTER and MINUS left out."""

from collections.abc import Iterator, Mapping
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolution, QuerySolutions, Store

from citykg.tokens import Kind, code_tokens

from .data import Data
from .paths import Alternative, Inverse, Path, Predicate, Repeat, Sequence
from .vocabulary import Term
from .ways import Fact, is_value, walk

__all__ = ["matched"]

#: Parts of the algebra that hold others, and where; what is in none of them does not have to hold.
_INNER = ("p", "p1", "p2")
_NOT_THE_SECOND = ("Minus",)


def matched(store: Store, text: str, wanted: Mapping[str, Term]) -> list[Fact]:
    """Return the triples of the first solution of a SELECT in which some variables have these values.

    Args:
        store: a dataset.
        text: complete SPARQL 1.1 Query text.
        wanted: variable to value; a variable that the text does not use is left out.

    Returns:
        The triples; none for a query that groups or computes its solutions, where no triple is to be named.
    """
    import rdflib
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        rows = store.query(_with_all_variables(text))
        # rdflib, which gives the parts of a query out, refuses some that Oxigraph takes
        algebra = translateQuery(parseQuery(text)).algebra
    except Exception:  # noqa: BLE001 - pyparsing, rdflib and pyoxigraph each have errors of their own here
        return []
    if not isinstance(rows, QuerySolutions):
        return []
    names = {variable.value for variable in rows.variables}
    row = next((row for row in rows if _fits(row, wanted, names)), None)
    if row is None:
        return []
    data = Data(store)
    facts: list[Fact] = []
    for subject, predicate, object_ in _patterns(algebra):
        start, end = (_value(term, row, names, rdflib) for term in (subject, object_))
        if start is None or end is None:
            continue
        if isinstance(predicate, rdflib.paths.Path):
            facts += _way(data, start, _path(predicate), end)
        else:
            by = _value(predicate, row, names, rdflib)
            if isinstance(by, NamedNode):
                facts.append((start, by, end))
    return list(dict.fromkeys(facts))


def _way(data: Data, start: Term, path: Path, end: Term) -> tuple[Fact, ...]:
    return next((way for found, way in walk(data, start, path) if found == end), ())


def _with_all_variables(text: str) -> str:
    """The query with all its variables in its solutions."""
    tokens = list(code_tokens(text))
    start = next(place for place, token in enumerate(tokens) if token.text.upper() == "SELECT")
    end = next(
        place
        for place in range(start, len(tokens))
        if tokens[place].text == "{"
        or (tokens[place].kind is Kind.WORD and tokens[place].text.upper() == "WHERE")
    )
    return f"{text[: tokens[start].start]}SELECT * {text[tokens[end].start :]}"


def _fits(row: QuerySolution, wanted: Mapping[str, Term], names: set[str]) -> bool:
    found = ((_term(row[name]), term) for name, term in wanted.items() if name in names)
    return all(value is not None and is_value(value, term) for value, term in found)


def _term(found: object) -> Term | None:
    return found if isinstance(found, NamedNode | BlankNode | Literal) else None


def _patterns(part: Any) -> Iterator[tuple[Any, Any, Any]]:
    if part.name == "BGP":
        yield from part.triples
    for key in _INNER:
        inner = part.get(key)
        if hasattr(inner, "name") and not (part.name in _NOT_THE_SECOND and key == "p2"):
            yield from _patterns(inner)


def _value(term: Any, row: QuerySolution, names: set[str], rdflib: Any) -> Term | None:
    if isinstance(term, rdflib.URIRef):
        return NamedNode(str(term))
    if isinstance(term, rdflib.Literal):
        datatype = None if term.language or term.datatype is None else NamedNode(str(term.datatype))
        return Literal(str(term), datatype=datatype, language=term.language)
    if isinstance(term, rdflib.Variable) and str(term) in names:
        return _term(row[str(term)])
    return None


def _path(path: Any) -> Path:
    from rdflib import paths

    if isinstance(path, paths.SequencePath):
        return Sequence(tuple(map(_path, path.args)))
    if isinstance(path, paths.AlternativePath):
        return Alternative(tuple(map(_path, path.args)))
    if isinstance(path, paths.InvPath):
        return Inverse(_path(path.arg))
    if isinstance(path, paths.MulPath):
        return Repeat(_path(path.path), path.mod)
    return Predicate(NamedNode(str(path)))
