"""Graph patterns written as SPARQL, and copies of them with other names for variables."""

from collections.abc import Callable, Iterable

from .patterns import (
    Bind,
    Element,
    Expression,
    Filter,
    Graphs,
    Group,
    Minus,
    Name,
    Optional,
    Query,
    Reach,
    Subselect,
    TriplePattern,
    Union,
    Values,
    Variable,
)

__all__ = ["Extra", "Naming", "copied", "write_elements", "write_query"]

Naming = Callable[[Variable], Variable]
Extra = Callable[[tuple[Element, ...]], str]
"""What is to stand before the closing brace of a group with these elements."""


def write_query(query: Query, *, extra: Extra | None = None) -> str:
    """Return the text of a query.

    Args:
        query: as it was read, or a copy.
        extra: text for the end of every group, those of EXISTS and of subqueries included.
    """
    return _Writer(extra).subselect(query)


def write_elements(elements: Iterable[Element], *, extra: Extra | None = None) -> str:
    """Return the text of elements, without braces around them.

    Args:
        elements: the elements.
        extra: text for the end of the groups of conditions (EXISTS), and of no others.
    """
    return _Writer(None, extra).elements(tuple(elements))


class _Writer:
    def __init__(self, extra: Extra | None, in_conditions: Extra | None = None) -> None:
        self._extra = extra
        self._in_conditions = in_conditions

    def group(self, group: Group) -> str:
        more = "" if self._extra is None else self._extra(group.elements)
        return f"{{ {self.elements(group.elements)} {more}}}"

    def elements(self, elements: tuple[Element, ...]) -> str:
        return " ".join(self.element(element) for element in elements)

    def subselect(self, query: Subselect) -> str:
        return f"{self.expression(query.head)} {self.group(query.group)} {self.expression(query.tail)}"

    def element(self, element: Element) -> str:  # noqa: PLR0911 - one line for each kind
        match element:
            case TriplePattern(subject, predicate, object_, graph):
                return _in_graph(graph, f"{subject} {predicate} {object_} .")
            case Reach(start, path, end, graph):
                return _in_graph(graph, f"{start} {path} {end} .")
            case Graphs(graph):
                return f"GRAPH {graph} {{ }}"
            case Group():
                return self.group(element)
            case Union(branches):
                return " UNION ".join(self.group(branch) for branch in branches)
            case Optional(group):
                return f"OPTIONAL {self.group(group)}"
            case Minus(group):
                return f"MINUS {self.group(group)}"
            case Filter(expression):
                writer = self if self._in_conditions is None else _Writer(self._in_conditions)
                return f"FILTER({writer.expression(expression)})"
            case Bind(expression, variable):
                return f"BIND({self.expression(expression)} AS {variable})"
            case Values(variables, rows, _):
                names = " ".join(map(str, variables))
                bracketed = len(variables) > 1 or rows[1:].lstrip()[:1] == "("
                return f"VALUES ({names}) {rows}" if bracketed else f"VALUES {names} {rows}"
            case Subselect():
                return f"{{ {self.subselect(element)} }}"

    def expression(self, expression: Expression) -> str:
        return "".join(
            f" {piece} "
            if isinstance(piece, Variable)
            else f" {self.group(piece)} "
            if isinstance(piece, Group)
            else piece
            for piece in expression
        )


def _in_graph(graph: Name | None, text: str) -> str:
    return text if graph is None else f"GRAPH {graph} {{ {text} }}"


def copied(group: Group, naming: Naming) -> Group:
    """Return a group with other names for its variables."""
    return Group(tuple(_copied(element, naming) for element in group.elements))


def _copied(element: Element, naming: Naming) -> Element:  # noqa: PLR0911 - one line for each kind
    def name(found: Name | None) -> Name | None:
        return naming(found) if isinstance(found, Variable) else found

    match element:
        case TriplePattern(subject, predicate, object_, graph):
            return TriplePattern(name(subject), name(predicate), name(object_), name(graph))  # type: ignore[arg-type]
        case Reach(start, path, end, graph):
            return Reach(name(start), path, name(end), name(graph))  # type: ignore[arg-type]
        case Graphs(graph):
            return Graphs(name(graph))  # type: ignore[arg-type]
        case Group():
            return copied(element, naming)
        case Union(branches):
            return Union(tuple(copied(branch, naming) for branch in branches))
        case Optional(group):
            return Optional(copied(group, naming))
        case Minus(group):
            return Minus(copied(group, naming))
        case Filter(expression):
            return Filter(_expression(expression, naming))
        case Bind(expression, variable):
            return Bind(_expression(expression, naming), naming(variable))
        case Values(variables, rows, complete):
            return Values(tuple(map(naming, variables)), rows, complete)
        case Subselect(head, group, tail, projected, keys):
            return Subselect(
                _expression(head, naming),
                copied(group, naming),
                _expression(tail, naming),
                frozenset(map(naming, projected)),
                frozenset(map(naming, keys)),
            )


def _expression(expression: Expression, naming: Naming) -> Expression:
    return tuple(
        naming(piece)
        if isinstance(piece, Variable)
        else copied(piece, naming)
        if isinstance(piece, Group)
        else piece
        for piece in expression
    )
