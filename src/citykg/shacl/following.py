"""Changed statements followed through queries, on one side of a change, to the nodes that they concern."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from pyoxigraph import NamedNode, Quad, QueryBoolean, QuerySolutions, Triple

from .asserted import AssertedData
from .chains import Chain, chains
from .data import Data
from .patterns import Query, Variable
from .vocabulary import Statement, Term

__all__ = ["MOST", "Everything", "Followed", "Half", "WholeNeeded", "follow"]

MOST = 2_000
"""How many nodes may be evaluated one by one; for more the query is run on all."""


class WholeNeeded(Exception):
    """A change that calls for a validation from scratch; the message says why."""


class Everything(Exception):
    """The results of any node may differ; the message says why."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A query and the chains by which changes are followed through it.

    Args:
        query: its graph patterns.
        chains: one for each pattern that looks at a graph.
        name: the variable of the focus node.
    """

    query: Query
    chains: tuple[Chain, ...]
    name: Variable


def follow(query: Query, name: str, *, bound: Iterable[str] = ()) -> Followed:
    """Return a query with its chains.

    Args:
        query: the query.
        name: the variable of the focus node.
        bound: variables that have a value before the query runs.

    Raises:
        Unfollowable: for what `chains` does not know.
    """
    return Followed(query, chains(query, bound=frozenset(map(Variable, bound))), Variable(name))


class Half:
    """One side of a change: the statements that were added and the graph after, or those removed and before.

    Args:
        data: the graph as the queries see it.
        triples: the changed triples of the default graph, literals as the store has them.
        quads: the changed statements of named graphs.
    """

    def __init__(self, data: Data, triples: Iterable[Triple], quads: Iterable[Quad] = ()) -> None:
        self.data = data
        self.triples = tuple(triples)
        self._triples = _by_predicate(self.triples)
        self._quads = _by_predicate(quads)

    def nodes(self, followed: Followed) -> set[Term]:
        """Return the focus nodes whose solutions the changed statements may have made or unmade.

        Raises:
            Everything: when it may be any, or more than `MOST`.
        """
        found: set[Term] = set()
        computed = followed.name not in followed.query.keys
        for chain in followed.chains:
            rows = chain.rows(self._fitting(chain))
            names = chain.variables()
            if rows and computed:
                raise Everything("the query computes its nodes, or counts over all of them")
            # A variable in the place of the predicate fits whatever has changed, and most of it in vain.
            if rows and followed.name in names and chain.predicates() is not None:
                place = names.index(followed.name)
                found.update(cast(Term, row[place]) for row in rows)
            elif rows:
                found.update(self._asked(chain, rows, followed.name))
        if len(found) > MOST:
            raise Everything(f"the change concerns more than {MOST} nodes")
        return found

    def _fitting(self, chain: Chain) -> Iterable[Statement]:
        by_predicate = self._triples if chain.default else self._quads
        predicates = chain.predicates()
        if predicates is None:
            return [statement for found in by_predicate.values() for statement in found]
        return [statement for predicate in predicates for statement in by_predicate.get(predicate, ())]

    def _asked(self, chain: Chain, rows: Iterable[tuple[Term | None, ...]], name: Variable) -> Iterable[Term]:
        data = self.data
        asserted = data if isinstance(data, AssertedData) else None
        text = chain.query(rows, name, extra=None if asserted is None else asserted.tests)
        if text.startswith("SELECT"):
            text += f" LIMIT {MOST + 1}"
        functions = {} if asserted is None else asserted.functions
        found = data.store.query(text, custom_functions=functions)  # type: ignore[arg-type]
        if isinstance(found, QueryBoolean):
            if bool(found):
                raise Everything("nothing in the query leads from what has changed to a single node")
            return ()
        nodes = [cast(Term | None, row[0]) for row in cast(QuerySolutions, found)]
        if None in nodes:
            raise Everything("the query computes its nodes")
        return cast(list[Term], nodes)


def _by_predicate(statements: Iterable[Statement]) -> dict[NamedNode, list[Statement]]:
    found: dict[NamedNode, list[Statement]] = {}
    for statement in statements:
        found.setdefault(statement.predicate, []).append(statement)
    return found
