"""What of a group of patterns has to match whenever the group does, and which variables it surely binds."""

from collections.abc import Collection, Iterable
from itertools import count

from .patterns import (
    Bind,
    Element,
    Expression,
    Filter,
    Graphs,
    Group,
    Reach,
    Subselect,
    TriplePattern,
    Union,
    Values,
    Variable,
    variables_of,
)
from .writing import copied

__all__ = ["certain", "linked", "needed", "renamed", "required", "settled"]


def required(
    elements: Iterable[Element], bound: frozenset[Variable] = frozenset(), *, computing: bool = False
) -> tuple[Element, ...]:
    """Return patterns that match whenever these elements do: a conjunction with alternatives and conditions.

    A condition is kept where all its variables are surely bound: what is computed or optional is not there.

    Args:
        elements: the elements.
        bound: variables that have a value anyway.
        computing: keep what is computed of what is surely bound, in a group with the patterns before it.
    """
    elements = tuple(elements)
    found: list[Element] = []
    for element in elements:
        match element:
            case TriplePattern() | Reach() | Graphs() | Values():
                found.append(element)
            case Group(inner) | Subselect(_, Group(inner), _, _, _):
                found += required(inner, bound, computing=computing)
            case Union(branches):
                within = (required(branch.elements, bound, computing=computing) for branch in branches)
                found.append(Union(tuple(map(Group, within))))
            case Bind((Variable() as other,), _) if other in certain(found) | bound:
                found.append(element)
            case Bind(expression, variable) if computing and _is_plain(expression, certain(found)):
                if not any(variable in variables_of(pattern) for pattern in found):
                    found = [Group((*_with_possible_binds(found), element))]
    surely = certain(found) | bound
    for element in elements:
        if isinstance(element, Filter):
            others = (v for e in elements if e is not element for v in variables_of(e))
            kept = _kept(element, surely, frozenset(others))
            found += [] if kept is None else [kept]
    return _with_possible_binds(found)


def _is_plain(expression: Expression, surely: frozenset[Variable]) -> bool:
    """Whether an expression depends on nothing but variables that are surely bound."""
    names = (piece for piece in expression if not isinstance(piece, str) or isinstance(piece, Variable))
    return all(isinstance(piece, Variable) and piece in surely for piece in names)


_numbers = count(1)


def _kept(condition: Filter, surely: frozenset[Variable], around: frozenset[Variable]) -> Filter | None:
    pieces: list[str | Variable | Group] = []
    for piece in condition.expression:
        if isinstance(piece, Variable) and piece not in surely:
            return None
        if isinstance(piece, Group):
            inner = frozenset(variables_of(piece))
            if not (inner & around) <= surely:
                return None
            piece = renamed(piece, surely)
        pieces.append(piece)
    return Filter(tuple(pieces))


def renamed(group: Group, kept: frozenset[Variable]) -> Group:
    """Return a group in which all variables but some have names that nothing else has."""
    number = next(_numbers)
    return copied(group, lambda v: v if v in kept else Variable(f"{str.__str__(v)}\u00b7part{number}"))


def settled(elements: Iterable[Element]) -> tuple[Element, ...]:
    """The elements without what depends on a graph otherwise than by matching it."""
    found: list[Element] = []
    for element in elements:
        match element:
            case Filter(expression) if any(isinstance(piece, Group) for piece in expression):
                continue
            case Union(branches):
                found.append(Union(tuple(Group(settled(branch.elements)) for branch in branches)))
            case Group(inner):
                found.append(Group(settled(inner)))
            case _:
                found.append(element)
    return tuple(found)


def certain(elements: Iterable[Element]) -> frozenset[Variable]:
    """Return the variables that have a value in every solution of these elements."""
    found: set[Variable] = set()
    for element in elements:
        match element:
            case TriplePattern() | Reach() | Graphs():
                found.update(variables_of(element))
            case Group(inner):
                found |= certain(inner)
            case Union(branches):
                found |= frozenset.intersection(*(certain(branch.elements) for branch in branches))
            case Values(variables, _, complete) if complete:
                found.update(variables)
            case Subselect(_, group, _, projected, _):
                found |= certain(group.elements) & projected
            case Bind((Variable() as other,), variable) if other in found:
                found.add(variable)
    return frozenset(found)


def linked(elements: tuple[Element, ...], names: frozenset[Variable]) -> tuple[Element, ...]:
    """The elements that variables lead to, step by step; the others would only multiply solutions."""
    known = set(names)
    chosen: set[int] = set()
    growing = True
    while growing:
        growing = False
        for place, element in enumerate(elements):
            if place not in chosen:
                own = needed(element, elements)
                if own <= known if isinstance(element, Filter) else not own.isdisjoint(known):
                    chosen.add(place)
                    known |= own
                    growing = True
    near = _with_possible_binds((elements[place] for place in sorted(chosen)), names)
    # That a graph is there is known where a pattern has to match in it.
    matched = certain(element for element in near if not isinstance(element, Graphs)) | names
    return tuple(e for e in near if not isinstance(e, Graphs) or e.graph not in matched)


def needed(element: Element, elements: Iterable[Element]) -> frozenset[Variable]:
    """The variables of an element; of a condition those that other elements bind, not those of its EXISTS."""
    own = frozenset(variables_of(element))
    if not isinstance(element, Filter):
        return own
    others = (v for other in elements if not isinstance(other, Filter) for v in variables_of(other))
    return own & frozenset(others) | {v for v in element.expression if isinstance(v, Variable)}


def _with_possible_binds(
    elements: Iterable[Element], names: Collection[Variable] = ()
) -> tuple[Element, ...]:
    """The elements, what is computed after them, and nothing computed that another element binds."""
    computed: list[Bind] = []
    found: list[Element] = []
    taken = set(names)
    for element in elements:
        if isinstance(element, Bind):
            computed.append(element)
        else:
            found.append(element)
            taken.update(variables_of(element))
    for bind in computed:
        if bind.variable not in taken:
            taken.add(bind.variable)
            found.append(bind)
    return tuple(found)
