"""Graphs of citykg in a store that a dataset does not have: of an earlier load, or of another project."""

from collections.abc import Collection
from dataclasses import dataclass

from ..export.sources import Source
from .plan import Plan

__all__ = ["OURS", "Leftovers", "article_of", "leftovers", "stale_graphs"]

#: Graphs below this are citykg's own.
OURS = "https://w3id.org/citykg/"


@dataclass(frozen=True, slots=True)
class Leftovers:
    """Graphs of citykg that stand in a store and not in the dataset.

    Args:
        stale: left from an earlier load of this project.
        others: another project's, or left by a load that nothing here knows of: they are never removed.
    """

    stale: tuple[str, ...]
    others: tuple[str, ...]


def article_of(graph: str | None) -> str | None:
    """Return the IRI of the article that a graph is a passage of; None for other graphs."""
    if graph is None or not graph.startswith(OURS):
        return None
    article, sign, _ = graph.partition("#")
    return article if sign else None


def leftovers(plan: Plan, there: Source, recorded: Collection[str] = ()) -> Leftovers:
    """Find graphs of citykg that the dataset does not have.

    A single graph says nothing of the others, and a part of a dataset only of the passages of its articles.
    Passages of articles that neither the dataset has nor an earlier load put there may be another project's;
    where some are, the graphs that projects have in common may be so too.

    Args:
        plan: of the dataset.
        there: the store.
        recorded: graphs and articles that loads of this project have put there; see `ledger`.
    """
    if len(plan.counts) == 1:
        return Leftovers((), ())
    known = {*plan.counts, *plan.aside}
    articles = {article_of(graph) for graph in known}
    stale: list[str] = []
    others: list[str] = []
    shared: list[str] = []
    for graph in there.graphs():
        if graph in known or not graph.startswith(OURS):
            continue
        article = article_of(graph)
        if article and article in articles:
            stale.append(graph)
        elif plan.part:
            continue
        elif (article or graph) in recorded:
            stale.append(graph)
        else:
            (others if article else shared).append(graph)
    (others if others else stale).extend(shared)
    return Leftovers(tuple(stale), tuple(others))


def stale_graphs(plan: Plan, there: Source, recorded: Collection[str] = ()) -> list[str]:
    """Return the graphs in a store that an earlier load has left; see `leftovers`."""
    return list(leftovers(plan, there, recorded).stale)
