"""A query for some nodes only: what is known of them is handed on to its subqueries and subtractions.

A store evaluates a subquery, or what MINUS takes away, by itself, before it joins it. What the rest of the
query says of the variables that it shares keeps it small, and changes nothing: solutions with other values
would not be joined, or would take nothing away.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from pyoxigraph import BlankNode

from .chains import Row, values_of
from .conjunctions import certain, linked, required, settled
from .patterns import Bind, Element, Group, Minus, Optional, Query, Subselect, Union, Values, Variable
from .vocabulary import Term

__all__ = ["narrowed"]

_MOST = 10_000


class Ask(Protocol):
    """Runs queries on the graph that the narrowed query is for."""

    def __call__(self, query: Query, names: tuple[Variable, ...], *, tested: bool) -> Sequence[Row]:
        """Return the solutions of a query.

        Args:
            query: the query.
            names: the variables that are asked for.
            tested: whether patterns match what the query is about and nothing else; without it they may
                match more.
        """


def narrowed(query: Query, name: Variable, nodes: Iterable[Term], ask: Ask) -> Query:
    """Return the query for some values of a variable that it returns.

    Args:
        query: its solutions are told apart by the variable (`Subselect.keys`).
        name: the variable.
        nodes: its values; no blank nodes.
        ask: runs parts of the query.
    """
    values = _values((name,), ((node,) for node in nodes))
    entered = _entered(query.group, values)
    if entered is None:  # joined last
        query = replace(query, tail=(*query.tail, " ", *_written(values)))
        entered = query.group
    group = _group(entered, (values,), name, ask)
    first, *others = group.elements
    if first == values and any(isinstance(e, Values) and name in e.variables for e in others):
        group = Group(tuple(others))  # solutions of a subquery say as much
    return replace(query, group=group)


def _entered(group: Group, values: Values) -> Group | None:
    """The group with the values at its beginning, or in a group within that has to match them; else None.

    Not where what is optional or subtracted comes before the variable has a value.
    """
    elements = group.elements
    until = next((n for n, e in enumerate(elements) if isinstance(e, Optional | Minus)), len(elements))
    direct = certain(e for e in elements[:until] if not isinstance(e, Group | Union | Bind))
    for variable in (*_other_names(elements[:until], values.variables[0]), values.variables[0]):
        if variable in direct:
            return Group((replace(values, variables=(variable,)), *elements))
    for place, element in enumerate(elements[:until]):
        inner: Element | None = None
        if isinstance(element, Group):
            inner = _entered(element, values)
        elif isinstance(element, Union):
            branches = [_entered(branch, values) for branch in element.branches]
            inner = None if None in branches else Union(tuple(b for b in branches if b is not None))
        if inner is not None:
            return Group((*elements[:place], inner, *elements[place + 1 :]))
    return None


def _other_names(elements: Iterable[Element], name: Variable) -> Iterator[Variable]:
    """The variables that a variable is a copy of."""
    for element in elements:
        match element:
            case Bind((Variable() as other,), variable) if variable == name:
                yield other


def _group(group: Group, around: tuple[Element, ...], name: Variable, ask: Ask) -> Group:
    found: list[Element] = []
    elements = group.elements
    for place, element in enumerate(elements):
        others = (*around, *required((*elements[:place], *elements[place + 1 :])))
        match element:
            case Subselect(_, inner, _, _, keys):
                shared = keys & _matched(inner)
                known = _domains(shared, others, name, ask)
                if known:
                    narrow = _group(inner, known, name, ask)
                    element = _answered(replace(element, group=Group((*known, *narrow.elements))), ask)
                found.append(element)
            case Minus(inner):
                shared = _matched(inner) & certain(elements[:place])
                found.append(Minus(Group((*_domains(shared, others, name, ask), *inner.elements))))
            case Group():
                found.append(_group(element, others, name, ask))
            case Union(branches):
                found.append(Union(tuple(_group(branch, others, name, ask) for branch in branches)))
            case _:
                found.append(element)
    return Group(tuple(found))


def _matched(group: Group) -> frozenset[Variable]:
    """The variables that a group's patterns bind: what it computes must not have a value before."""
    return certain(element for element in group.elements if not isinstance(element, Bind))


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
        head, tail = ("SELECT DISTINCT ", variable), (f" LIMIT {_MOST + 1}",)
        whole = frozenset((variable,))
        rows = ask(Subselect(head, Group(near), tail, whole, whole), (variable,), tested=False)
        if len(rows) <= _MOST and not _has_blank_node(rows):
            found.append(_values((variable,), (row for row in rows if None not in row)))
    return tuple(found)


def _answered(query: Subselect, ask: Ask) -> Element:
    """A subquery's solutions in its place, where they are few: a store joins what it has in hand."""
    names = tuple(sorted(query.projected))
    rows = ask(query, names, tested=True)
    if len(rows) > _MOST or _has_blank_node(rows):
        return query
    return _values(names, rows)


def _has_blank_node(rows: Iterable[Row]) -> bool:
    """Whether a row has what VALUES cannot name; to leave it open would let other solutions in."""
    return any(isinstance(term, BlankNode) for row in rows for term in row)


def _values(names: tuple[Variable, ...], rows: Iterable[Row]) -> Values:
    text = values_of(names, rows)
    return Values(names, text[text.index("{") :], complete="UNDEF" not in text)


def _written(values: Values) -> tuple[str | Variable, ...]:
    return ("VALUES (", *values.variables, ") " + values.rows)
