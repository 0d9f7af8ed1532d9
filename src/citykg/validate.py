"""Validation of a graph against SHACL shapes, by the fast engine or by pyshacl, with one report."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from pyoxigraph import DefaultGraph, NamedNode, Store

from .errors import UsageError
from .shacl.graph import Graph
from .shacl.messages import fill_result
from .shacl.results import Fallback, Report, Result, Severity
from .shacl.selection import closure_shapes, keep_targets, targeted_shapes
from .shacl.vocabulary import Resource, Statement, Term

__all__ = ["ENGINES", "Fallback", "Report", "Result", "Severity", "validate"]

ENGINES = ("fast", "pyshacl")
"""The engines, the default first."""


def validate(
    data: Store | Iterable[Statement],
    shapes: Graph | Iterable[Statement],
    *,
    engine: str = "fast",
    closure: bool = False,
    only: Collection[Resource] | None = None,
    focus: Collection[Term] | None = None,
) -> Report:
    """Validate data against shapes (SHACL Core and SHACL-SPARQL).

    Args:
        data: a store, whose default graph is validated, or triples (of quads, the graph does not count).
            The data holds the ontology too: SHACL follows rdfs:subClassOf in the data. Literals of a store
            are judged as the store has normalised them, those of triples as they are written.
        shapes: the shapes graph.
        engine: ``fast``, or ``pyshacl`` for the reference.
        closure: the data is the closure: run the shapes that say ``city:validates city:Closure``, and only
            these; without it, all others.
        only: the shapes whose targets are checked; None for all. What they refer to is checked with them.
        focus: the focus nodes to report on; None for all.

    Returns:
        The report, its results in an order that depends on their content alone.

    Raises:
        UsageError: ``unknown-engine``.
        CannotRun: ``ill-formed-shape`` for a shape that SHACL does not allow.
    """
    if engine not in ENGINES:
        raise UsageError("unknown-engine", f"no validation engine {engine!r}", "known: " + ", ".join(ENGINES))
    graph = _chosen(shapes if isinstance(shapes, Graph) else Graph(shapes), closure=closure, only=only)
    from .shacl import reference  # pyshacl and rdflib are imported for this engine only

    if isinstance(data, Store):
        data = data.quads_for_pattern(None, None, None, DefaultGraph())
    results = reference.run_on_rdflib(data, graph)
    if focus is not None:
        chosen = frozenset(focus)
        results = [result for result in results if result.focus in chosen]
    return Report(_in_order(results), engine)


def _chosen(graph: Graph, *, closure: bool, only: Collection[Resource] | None) -> Graph:
    inferring = closure_shapes(graph)
    chosen = [
        shape
        for shape in targeted_shapes(graph)
        if (shape in inferring) is closure and (only is None or shape in only)
    ]
    return keep_targets(graph, chosen)


def _in_order(results: Iterable[Result]) -> tuple[Result, ...]:
    return tuple(sorted((_settled(result) for result in results), key=_order))


def _settled(result: Result) -> Result:
    result = fill_result(result)
    return replace(result, details=_in_order(result.details)) if result.details else result


def _order(result: Result) -> tuple[str, ...]:
    shape = result.source_shape
    return (
        str(result.focus),
        "" if result.path is None else str(result.path),
        "" if result.value is None else str(result.value),
        result.component.value,
        shape.value if isinstance(shape, NamedNode) else "",
        *result.messages.values(),
    )
