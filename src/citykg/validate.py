"""Validation of a graph against SHACL shapes, by the fast engine or by pyshacl, with one report."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store, Triple

from .checks import Check, run_checks
from .errors import UsageError
from .project import Layer
from .shacl.graph import Graph
from .shacl.messages import fill_result
from .shacl.results import Fallback, Report, Result, Severity
from .shacl.selection import closure_shapes, keep_targets, targeted_shapes
from .shacl.vocabulary import Resource, Statement, Term
from .sources import AssertedData

__all__ = [
    "ENGINES",
    "Fallback",
    "Report",
    "Result",
    "Severity",
    "asserted_store",
    "validate",
    "validate_project",
]

ENGINES = ("fast", "pyshacl")
"""The engines, the default first."""


def validate(
    data: Store | Iterable[Statement],
    shapes: Graph | Iterable[Statement],
    *,
    engine: str = "fast",
    as_written: Iterable[Statement] | None = None,
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
        as_written: where the data is a store, the statements that were put into it, as their files have them;
            a store makes 3.10 into 3.1 and an xsd:nonNegativeInteger into an xsd:integer.
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
        data = as_written if as_written is not None else _default_graph(data)
    results = reference.run_on_rdflib(data, graph)
    if focus is not None:
        chosen = frozenset(focus)
        results = [result for result in results if result.focus in chosen]
    return Report(_in_order(results), engine)


def asserted_store(data: AssertedData) -> Store:
    """Return a dataset in memory as the shapes and the data checks see it.

    Its named graphs are the asserted graphs, shapes and lexicon included; its default graph is the merged
    asserted graphs without those two, each triple once.
    """
    store = Store()
    store.bulk_extend(data.quads())
    store.bulk_extend(Quad(triple.subject, triple.predicate, triple.object) for triple in data.merged())
    return store


def validate_project(
    data: AssertedData,
    *,
    store: Store | None = None,
    engine: str = "fast",
    reasoner: str = "fast",
    checks: Iterable[Check] = (),
    only: Collection[Resource] | None = None,
    focus: Collection[Term] | None = None,
) -> Report:
    """Validate what a project asserts: shapes, on the asserted graphs or on the closure, and data checks.

    Args:
        data: what the files assert.
        store: what `asserted_store` made of it, if that has been done already.
        engine: the validation engine.
        reasoner: the engine that makes the closure, where a shape asks for one.
        checks: data checks to run.
        only: the shapes whose targets are checked; None for all.
        focus: the nodes to report on; None for all.

    Raises:
        CannotRun: ``ill-formed-shape``, ``check-query``, ``query-header``.
    """
    store = asserted_store(data) if store is None else store
    shapes = Graph(data.quads(Layer.SHAPES))
    written = list(data.merged())
    report = validate(store, shapes, engine=engine, as_written=written, only=only, focus=focus)
    results = list(report.results)
    fallbacks = list(report.fallbacks)
    if any(only is None or shape in only for shape in closure_shapes(shapes)):
        inferred = _inferred(written, reasoner)
        whole = Store()
        whole.bulk_extend(Quad(t.subject, t.predicate, t.object) for t in (*written, *inferred))
        second = validate(
            whole,
            shapes,
            engine=engine,
            as_written=(*written, *inferred),
            closure=True,
            only=only,
            focus=focus,
        )
        results += second.results
        fallbacks += second.fallbacks
    found = run_checks(store, checks)
    results += [result for result in found if focus is None or result.focus in focus]
    return Report(_in_order(results), engine, tuple(fallbacks))


def _inferred(written: list[Triple], reasoner: str) -> list[Triple]:
    from .reason import infer

    return list(infer(written, engine=reasoner).inferred)


def _default_graph(store: Store) -> Iterable[Statement]:
    return store.quads_for_pattern(None, None, None, DefaultGraph())


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
