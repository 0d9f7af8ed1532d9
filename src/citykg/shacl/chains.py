"""From a changed statement to the nodes whose results a query may give otherwise.

For every triple pattern of a query that a changed statement fits, its *chain* is what else has to match for
the pattern to matter: the required patterns of its group and of all groups around it, and such conditions as
surely hold. It matches at least whenever the query looks at the statement.

Why this finds every node whose solutions differ between the graph before, B, and the graph after, A. Take a
solution of a group that one of the two has and the other has not. If a triple that its required patterns
match is in one graph only, then that triple has changed, and the group's chain matches in the graph that has
it: the graph that has the solution, so that its conditions hold there as well. Otherwise both graphs match
the required patterns, so the difference comes from a part that is negated, subtracted, optional or counted:
there, some solution exists in one graph only, and the same argument holds for it, with the required patterns
around it, which both graphs match, as the rest of the chain; conditions around it are kept only where they
depend on no graph. It ends, since parts are nested finitely. So a statement that was added has to be followed
in A alone, and one that was removed in B.

Variables of a part that may go without (OPTIONAL, MINUS, EXISTS) are joined with what surrounds the part only
where the surroundings surely bind them; all others get new names, which makes a chain match more, never less.
A subquery is joined by the variables that tell its solutions apart (`Subselect.keys`).
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from itertools import count

from pyoxigraph import BlankNode, NamedNode, Quad

from .conjunctions import certain, linked, needed, renamed, required, settled
from .paths import Alternative, Inverse, Path, Predicate, Repeat, predicates_of
from .patterns import (
    Bind,
    Element,
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
    Variable,
    variables_of,
)
from .query_reading import Unfollowable
from .vocabulary import Statement, Term
from .writing import Extra, write_elements

__all__ = ["Chain", "Row", "chains", "values_of"]

Row = tuple[Term | None, ...]
_Elements = Callable[[bool], tuple[Element, ...]]


class Chain:
    """A pattern of a query and what has to match beside it.

    Args:
        pattern: what a changed statement may fit.
        ends: for a repeated path, variables for subject and object of one of its steps.
        around: returns the required patterns; nearly no chain is ever asked for them. Its argument says
            whether what is computed is to join them as well, which a store cannot do from both sides.
    """

    __slots__ = ("_around", "ends", "pattern")

    def __init__(
        self,
        pattern: TriplePattern | Reach | Graphs,
        ends: tuple[Variable, Variable] | None,
        around: Callable[[bool], tuple[Element, ...]],
    ) -> None:
        self.pattern = pattern
        self.ends = ends
        self._around = around

    @property
    def default(self) -> bool:
        """Whether the pattern looks at the default graph."""
        return self.pattern.graph is None

    def variables(self) -> tuple[Variable, ...]:
        """The variables that a statement binds, each once."""
        if self.ends is not None:
            graph = [self.pattern.graph] if isinstance(self.pattern.graph, Variable) else []
            return (*self.ends, *graph)
        return tuple(dict.fromkeys(variables_of(self.pattern)))

    def predicates(self) -> frozenset[NamedNode] | None:
        """The predicates of statements that may fit; None for any."""
        match self.pattern:
            case Reach(_, path, _, _):
                return frozenset(predicates_of(path))
            case TriplePattern(_, NamedNode() as predicate, _, _):
                return frozenset((predicate,))
        return None

    def rows(self, statements: Iterable[Statement]) -> set[Row]:
        """Return what the variables are bound to by each statement that fits."""
        found: set[Row] = set()
        names = self.variables()
        for quad in statements:
            bound = self._bound(quad)
            if bound is not None:
                found.add(tuple(bound[name] for name in names))
        return found

    def _bound(self, quad: Statement) -> dict[Variable, Term] | None:
        match self.pattern:
            case Graphs(graph):
                pairs: list[tuple[Name, object]] = [(graph, _graph(quad))]
            case TriplePattern(subject, predicate, object_, graph):
                pairs = [(subject, quad.subject), (predicate, quad.predicate), (object_, quad.object)]
                if graph is not None:
                    pairs.append((graph, _graph(quad)))
            case Reach(_, path, _, graph):
                if self.ends is None or quad.predicate not in predicates_of(path):
                    return None
                pairs = [(self.ends[0], quad.subject), (self.ends[1], quad.object)]
                if graph is not None:
                    pairs.append((graph, _graph(quad)))
        bound: dict[Variable, Term] = {}
        for name, term in pairs:
            if not isinstance(name, Variable):
                if name != term:
                    return None
            elif bound.setdefault(name, term) != term:  # type: ignore[arg-type]
                return None
        return bound

    def query(self, rows: Iterable[Row], wanted: Variable, *, extra: Extra | None = None) -> str:
        """Return what asks for the focus nodes: a SELECT, or an ASK where the chain does not lead to them.

        Args:
            rows: from `rows`.
            wanted: the variable of the focus node.
            extra: what the groups of conditions are to end with; see `writing.write_query`.
        """
        rows = list(rows)
        names = self.variables()
        # What is left open has no value until a pattern gives it one.
        known = (
            frozenset()
            if any(isinstance(term, BlankNode) for row in rows for term in row)
            else frozenset(names)
        )
        near = linked(self._around(False), frozenset(names))
        if not _binds(near, names, wanted):
            near = linked(self._around(True), frozenset(names))
        early: list[Element] = []
        late: list[Element] = []
        for element in near:
            at_once = isinstance(element, Filter) and needed(element, near) <= known
            (early if at_once else late).append(element)
        first = f"{{ {values_of(names, rows)} {write_elements(early, extra=extra)} }}" if names else ""
        body = f"{first} {write_elements(late, extra=extra)}"
        if _binds(near, names, wanted):
            return f"SELECT DISTINCT {wanted} WHERE {{ {body} }}"
        return f"ASK {{ {body} }}"


def _binds(elements: Iterable[Element], names: Collection[Variable], wanted: Variable) -> bool:
    patterns = (element for element in elements if not isinstance(element, Filter))
    return wanted in names or any(wanted in variables_of(element) for element in patterns)


def _graph(statement: Statement) -> object:
    return statement.graph_name if isinstance(statement, Quad) else None


def values_of(names: Collection[Variable], rows: Iterable[Row]) -> str:
    """Return the VALUES of some rows; a blank node, which SPARQL cannot name, may be anything."""
    if not names:
        return ""
    written = " ".join(
        f"({' '.join('UNDEF' if isinstance(term, BlankNode) or term is None else str(term) for term in row)})"
        for row in rows
    )
    return f"VALUES ({' '.join(map(str, names))}) {{ {written} }}"


def chains(query: Query, *, bound: Collection[Variable] = ()) -> tuple[Chain, ...]:
    """Return the chain of every pattern of a query.

    Args:
        query: the query.
        bound: variables that have a value before the query runs, wherever they stand.

    Raises:
        Unfollowable: for a repeated path of more than single steps.
    """
    return tuple(_Follower(frozenset(bound)).group(query.group, lambda _: ()))


class _Follower:
    def __init__(self, bound: frozenset[Variable]) -> None:
        self._bound = bound
        self._numbers = count(1)

    def group(
        self, group: Group, above: _Elements, correlated: frozenset[Variable] = frozenset()
    ) -> Iterator[Chain]:
        elements = group.elements
        for place, element in enumerate(elements):
            around = self._around(elements, place, above, correlated)
            match element:
                case TriplePattern() | Graphs():
                    yield Chain(element, None, _with((element,), around))
                case Reach():
                    yield self._reach(element, around)
                case Group():
                    yield from self.group(element, around)
                case Union(branches):
                    for branch in branches:
                        yield from self.group(branch, around)
                case Subselect(_, inner, _, projected, keys):
                    above_it = around if keys == projected else _settled(around)
                    yield from self.group(renamed(inner, keys | self._bound), above_it)
                case Optional(inner) | Minus(inner):
                    shared = self._bound | certain(elements[:place])
                    yield from self.group(renamed(inner, shared), _settled(around))
                case Filter(expression) | Bind(expression, _):
                    inside = [piece for piece in expression if isinstance(piece, Group)]
                    before = elements if isinstance(element, Filter) else elements[:place]
                    # What EXISTS tests has the values of the solution, within further conditions as well.
                    shared = self._bound | correlated | certain(before) if inside else frozenset()
                    for piece in inside:
                        yield from self.group(renamed(piece, shared), _settled(around), shared)

    def _around(
        self,
        elements: tuple[Element, ...],
        place: int,
        above: _Elements,
        correlated: frozenset[Variable],
    ) -> _Elements:
        """What has to match beside an element: in its group, and around that."""
        element = elements[place]
        others = (*elements[:place], *elements[place + 1 :])

        @cache
        def found(computing: bool) -> tuple[Element, ...]:
            # Conditions of the group may speak of what the element itself binds.
            own = element.keys if isinstance(element, Subselect) else certain((element,))
            bound = self._bound | correlated | own
            return (*above(computing), *required(others, bound, computing=computing))

        return found

    def _reach(self, reach: Reach, others: _Elements) -> Chain:
        forward = _is_forward(reach.path.path)
        number = next(self._numbers)
        subject, object_ = Variable(f"subject\u00b7{number}"), Variable(f"object\u00b7{number}")
        path = Repeat(reach.path.path, "*")
        near, far = (subject, object_) if forward else (object_, subject)
        before = Reach(reach.start, path, near, reach.graph)
        after = Reach(far, path, reach.end, reach.graph)
        return Chain(reach, (subject, object_), _with((before, after), others))


def _with(first: tuple[Element, ...], others: _Elements) -> _Elements:
    return lambda computing: (*first, *others(computing))


def _settled(elements: _Elements) -> _Elements:
    return lambda computing: settled(elements(computing))


def _is_forward(path: Path) -> bool:
    match path:
        case Predicate():
            return True
        case Inverse(Predicate()):
            return False
        case Alternative(choices) if all(isinstance(choice, Predicate) for choice in choices):
            return True
    raise Unfollowable(f"the repeated path {path}")
