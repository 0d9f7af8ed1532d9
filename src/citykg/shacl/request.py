"""What a person asked to have validated: some shapes or checks, some things."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode, Store

from citykg.checks import Check
from citykg.errors import UsageError
from citykg.nearest import nearest_hint
from citykg.prefixes import Prefixes
from citykg.project import Layer
from citykg.sources import AssertedData

from .findings import named
from .graph import Graph
from .results import Report
from .selection import targeted_shapes
from .vocabulary import Resource, Term, sh

__all__ = ["Choice", "choose", "focus_nodes"]


@dataclass(frozen=True, slots=True)
class Choice:
    """The shapes and checks to run.

    Args:
        checks: the data checks.
        only: the shapes whose targets are checked; None for all.
        sources: of a shape without targets of its own, the results to keep; None for all.
    """

    checks: tuple[Check, ...]
    only: frozenset[Resource] | None = None
    sources: frozenset[Resource] | None = None

    def restrict(self, report: Report) -> Report:
        """Return the report with the results of what was chosen."""
        if self.sources is None:
            return report
        kept = tuple(result for result in report.results if result.source_shape in self.sources)
        return replace(report, results=kept)


def choose(
    data: AssertedData, checks: Sequence[Check], names: Sequence[str], *, prefixes: Prefixes
) -> Choice:
    """Find shapes and checks by IRI, CURIE or local name; without names, all of them.

    Raises:
        UsageError: ``unknown-shape``.
    """
    if not names:
        return Choice(tuple(checks))
    shapes = Graph(data.quads(Layer.SHAPES))
    by_name = _names(shapes, checks)
    picked: set[Resource] = set()
    for name in names:
        iri = _iri(name, prefixes)
        found = {node for node in by_name.values() if node.value == iri} if iri else {by_name.get(name)}
        found.discard(None)
        if not found:
            hint = nearest_hint(name, by_name, otherwise="shapes stand in ontology/shapes")
            raise UsageError("unknown-shape", f"no shape and no data check {name!r}", hint)
        picked |= {node for node in found if node is not None}
    chosen = tuple(check for check in checks if check.iri in picked)
    targeted = frozenset(targeted_shapes(shapes))
    nodes = picked - {check.iri for check in chosen}
    if nodes <= targeted:
        return Choice(chosen, frozenset(nodes))
    within = frozenset(nodes | {value for node in nodes for value in shapes.objects(node, sh("property"))})
    return Choice(chosen, None, within | frozenset(check.iri for check in chosen))  # type: ignore[arg-type]


def focus_nodes(store: Store, names: Iterable[str], *, prefixes: Prefixes) -> frozenset[Term] | None:
    """Find things by IRI, CURIE, label or alias; without names, None for all.

    Raises:
        UsageError: ``unknown-thing``.
    """
    nodes: set[Term] = set()
    for name in names:
        iri = _iri(name, prefixes)
        found = (NamedNode(iri),) if iri else named(store, name)
        if not found:
            raise UsageError(
                "unknown-thing", f"nothing is called {name!r}", f"look for it with: citykg search {name}"
            )
        nodes.update(found)
    return frozenset(nodes) if nodes else None


def _iri(name: str, prefixes: Prefixes) -> str | None:
    return prefixes.expand(name) if ":" in name else None


def _names(shapes: Graph, checks: Iterable[Check]) -> dict[str, Resource]:
    nodes = [node for node in shapes.subjects_in_order() if isinstance(node, NamedNode)]
    names: dict[str, Resource] = {_local(node): node for node in nodes}
    names.update((check.name, check.iri) for check in checks)
    return names


def _local(node: NamedNode) -> str:
    return node.value.replace("#", "/").rstrip("/").rpartition("/")[2]
