"""The graph patterns of a SPARQL query as a tree, for those who follow a change through them."""

from collections.abc import Iterator
from dataclasses import dataclass

from .paths import Repeat
from .vocabulary import Term

__all__ = [
    "Bind",
    "Element",
    "Expression",
    "Filter",
    "Graphs",
    "Group",
    "Minus",
    "Name",
    "Optional",
    "Query",
    "Reach",
    "Subselect",
    "TriplePattern",
    "Union",
    "Values",
    "Variable",
    "variables_of",
]


class Variable(str):
    """A variable, without its question mark."""

    __slots__ = ()

    def __str__(self) -> str:
        return "?" + str.__str__(self)


Name = Variable | Term


@dataclass(frozen=True, slots=True)
class TriplePattern:
    """One triple pattern; ``graph`` is None for the default graph."""

    subject: Name
    predicate: Name
    object: Name
    graph: Name | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """Two nodes that a repeated path joins (``*``, ``+`` or ``?``)."""

    start: Name
    path: Repeat
    end: Name
    graph: Name | None = None


@dataclass(frozen=True, slots=True)
class Graphs:
    """A named graph, whatever is in it: ``GRAPH ?name { }``."""

    graph: Name


@dataclass(frozen=True, slots=True)
class Group:
    """What stands between braces."""

    elements: tuple["Element", ...]


@dataclass(frozen=True, slots=True)
class Union:
    """One of several groups."""

    branches: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Optional:
    """A group that need not match."""

    group: Group


@dataclass(frozen=True, slots=True)
class Minus:
    """A group that takes solutions away."""

    group: Group


Expression = tuple["str | Variable | Group", ...]
"""An expression: its text, with variables and the groups of EXISTS apart."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition."""

    expression: Expression


@dataclass(frozen=True, slots=True)
class Bind:
    """A variable that is computed."""

    expression: Expression
    variable: Variable


@dataclass(frozen=True, slots=True)
class Values:
    """Inline data: its text without the names of its variables."""

    variables: tuple[Variable, ...]
    rows: str
    complete: bool


@dataclass(frozen=True, slots=True)
class Subselect:
    """A query within a query.

    Args:
        head: from SELECT to the opening brace.
        group: its pattern.
        tail: what follows the closing brace: grouping, order, limits.
        projected: the variables that it returns.
        keys: those of them by which its solutions may be told apart before they are computed: all that are
            no aggregates; none where there is a LIMIT.
    """

    head: Expression
    group: Group
    tail: Expression
    projected: frozenset[Variable]
    keys: frozenset[Variable]


Element = (
    TriplePattern | Reach | Graphs | Group | Union | Optional | Minus | Filter | Bind | Values | Subselect
)
Query = Subselect
"""A whole query has the parts of a subquery."""


def variables_of(part: "Element | Expression | Name | None") -> Iterator[Variable]:
    """Yield every variable of an element or an expression, those of EXISTS included."""
    match part:
        case Variable():
            yield part
        case TriplePattern(subject, predicate, object_, graph):
            for name in (subject, predicate, object_, graph):
                yield from variables_of(name)
        case Reach(start, _, end, graph):
            for name in (start, end, graph):
                yield from variables_of(name)
        case Graphs(graph):
            yield from variables_of(graph)
        case Group(elements):
            for element in elements:
                yield from variables_of(element)
        case Union(branches):
            for branch in branches:
                yield from variables_of(branch)
        case Optional(group) | Minus(group):
            yield from variables_of(group)
        case Filter(expression):
            yield from variables_of(expression)
        case Bind(expression, variable):
            yield variable
            yield from variables_of(expression)
        case Values(variables, _, _):
            yield from variables
        case Subselect(_, _, _, projected, _):
            yield from projected
        case tuple():
            for piece in part:
                if not isinstance(piece, str) or isinstance(piece, Variable):
                    yield from variables_of(piece)
