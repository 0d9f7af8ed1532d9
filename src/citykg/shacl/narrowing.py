"""A query for some nodes only: what is known of them is handed on to its subqueries and subtractions.

A store evaluates a subquery, or what MINUS takes away, by itself, before it joins it. What the rest of the
query says of the variables that it shares keeps it small, and changes nothing: solutions with other values
would not be joined, or would take nothing away.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from .chains import certain, linked, required, settled, values_of
from .patterns import Element, Group, Minus, Optional, Query, Subselect, Union, Values, Variable
from .vocabulary import Term
from .writing import write_elements

__all__ = ["narrowed"]

_MOST = 10_000
Ask = Callable[[str], Iterable[Term | None]]
"""Runs a SELECT of one variable."""


def narrowed(query: Query, name: Variable, nodes: Iterable[Term], ask: Ask) -> Query:
    """Return the query for some values of a variable that it returns.

    Args:
        query: its solutions are told apart by the variable (`Subselect.keys`).
        name: the variable.
        nodes: its values; no blank nodes.
        ask: runs a query on a graph that holds at least what the query will look at.
    """
    values = _values(name, nodes)
    group = _group(query.group, (values,), name, ask)
    elements = query.group.elements
    until = next((n for n, e in enumerate(elements) if isinstance(e, Optional | Minus)), len(elements))
    if name in certain(elements[:until]):
        return replace(query, group=Group((values, *group.elements)))
    return replace(query, group=group, tail=(*query.tail, " ", *_written(values)))


def _group(group: Group, around: tuple[Element, ...], name: Variable, ask: Ask) -> Group:
    found: list[Element] = []
    elements = group.elements
    for place, element in enumerate(elements):
        others = (*around, *required((*elements[:place], *elements[place + 1 :])))
        match element:
            case Subselect(_, inner, _, _, keys):
                shared = keys & certain(inner.elements)
                known = _domains(shared, others, name, ask)
                narrow = _group(inner, known, name, ask) if known else inner
                found.append(replace(element, group=Group((*known, *narrow.elements))))
            case Minus(inner):
                shared = certain(inner.elements) & certain(elements[:place])
                found.append(Minus(Group((*_domains(shared, others, name, ask), *inner.elements))))
            case Group():
                found.append(_group(element, others, name, ask))
            case Union(branches):
                found.append(Union(tuple(_group(branch, others, name, ask) for branch in branches)))
            case _:
                found.append(element)
    return Group(tuple(found))


def _domains(
    shared: frozenset[Variable], elements: tuple[Element, ...], name: Variable, ask: Ask
) -> tuple[Values, ...]:
    """What other elements say of the values of shared variables."""
    known = next((e for e in elements if isinstance(e, Values) and name in e.variables), None)
    if known is not None and name in shared:
        return (known,)
    near = linked(settled(elements), frozenset((name,)))
    found = []
    for variable in sorted(shared & certain(near)):
        text = f"SELECT DISTINCT {variable} WHERE {{ {write_elements(near)} }} LIMIT {_MOST + 1}"
        terms = list(ask(text))
        if len(terms) <= _MOST:
            found.append(_values(variable, [term for term in terms if term is not None]))
    return tuple(found)


def _values(name: Variable, terms: Iterable[Term]) -> Values:
    text = values_of((name,), ((term,) for term in terms))
    return Values((name,), text[text.index("{") :], complete="UNDEF" not in text)


def _written(values: Values) -> tuple[str | Variable, ...]:
    return ("VALUES (", *values.variables, ") " + values.rows)
