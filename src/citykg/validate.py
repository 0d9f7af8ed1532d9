"""Validation of a graph against SHACL shapes, by the fast engine or by pyshacl, with one report."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store, Triple

from .checks import Check, run_checks
from .errors import UsageError
from .project import Layer
from .shacl.graph import Graph
from .shacl.messages import fill_result
from .shacl.results import Fallback, Report, Result, Severity
from .shacl.selection import closure_shapes, keep_targets, targeted_shapes
from .shacl.vocabulary import Resource, Statement, Term, rdf, sh
from .sources import AssertedData

if TYPE_CHECKING:
    from .shacl.shapes import Shape

__all__ = [
    "DECLARATIONS",
    "ENGINES",
    "Fallback",
    "Report",
    "Result",
    "Severity",
    "asserted_store",
    "in_order",
    "order_of",
    "shapes_of",
    "validate",
    "validate_project",
    "whole_report",
]

DECLARATIONS = frozenset(sh(name) for name in ("declare", "prefix", "namespace"))

ENGINES = ("fast", "pyshacl", "pyshacl-store")
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
        engine: ``fast``; ``pyshacl`` for the reference, as it comes, on rdflib; ``pyshacl-store`` for pyshacl
            on a store, which is faster and wrong in some corners.
        as_written: where the data is a store, the statements that were put into it, as their files have them;
            a store makes 3.10 into 3.1 and an xsd:nonNegativeInteger into an xsd:integer. Those of a node
            of which the store has no value in another form may be missing, but for ``pyshacl``.
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
    graph = shapes if isinstance(shapes, Graph) else Graph(shapes)
    chosen = _chosen(graph, closure=closure, only=only)
    fallbacks: tuple[Fallback, ...] = ()
    if engine == "pyshacl":
        results = _on_rdflib(data, keep_targets(graph, chosen), as_written)
    else:
        store, written = _stored(data, as_written)
        if engine == "pyshacl-store":
            results = _on_store(store, keep_targets(graph, chosen), written)
        else:
            results, fallbacks = _fast(store, graph, chosen, written)
    if focus is not None:
        looked_at = frozenset(focus)
        results = [result for result in results if result.focus in looked_at]
    return Report(in_order(results), engine, fallbacks)


def _on_rdflib(
    data: Store | Iterable[Statement], shapes: Graph, as_written: Iterable[Statement] | None
) -> list[Result]:
    from .shacl import reference  # pyshacl and rdflib are imported for their engines only

    if isinstance(data, Store):
        data = as_written if as_written is not None else _default_graph(data)
    return reference.run_on_rdflib(data, shapes)


def _stored(
    data: Store | Iterable[Statement], as_written: Iterable[Statement] | None
) -> tuple[Store, Iterable[Statement] | None]:
    if isinstance(data, Store):
        return data, as_written
    written = tuple(data)
    store = Store()
    store.bulk_extend(Quad(s.subject, s.predicate, s.object) for s in written)
    return store, written


def _on_store(store: Store, shapes: Graph, as_written: Iterable[Statement] | None) -> list[Result]:
    from .shacl import reference
    from .shacl.data import find_rewrites

    rewrites = None if as_written is None else find_rewrites(as_written)
    return reference.run_on_store(store, shapes, rewrites=rewrites)


def _fast(
    store: Store, shapes: Graph, chosen: Collection[Resource], as_written: Iterable[Statement] | None
) -> tuple[list[Result], tuple[Fallback, ...]]:
    from .shacl import fast
    from .shacl.data import find_rewrites
    from .shacl.reading import read_shapes

    read = read_shapes(shapes, chosen)
    reasons = {shape.node: reason for shape in read if (reason := _unsupported(shape)) is not None}
    able = [shape for shape in read if shape.node not in reasons]
    rewrites = None
    if as_written is not None:
        rewrites = find_rewrites(as_written, fast.lexical_predicates(able))
    results = fast.run(store, able, rewrites=rewrites)
    for shape in read:
        if shape.node in reasons:
            alone = keep_targets(shapes, [shape.node])
            # pyshacl does not see a shape by its sh:target alone
            alone.add(shape.node, rdf("type"), sh("NodeShape" if shape.path is None else "PropertyShape"))
            results += _on_store(store, alone, as_written)
    return results, tuple(Fallback(node, "pyshacl-store", reason) for node, reason in reasons.items())


def _unsupported(shape: "Shape") -> str | None:
    return next((inner.unsupported for inner in shape.reachable() if inner.unsupported), None)


def asserted_store(data: AssertedData) -> Store:
    """Return a dataset in memory as the shapes and the data checks see it.

    Its named graphs are the asserted graphs, shapes and lexicon included; its default graph is the merged
    asserted graphs without those two, each triple once.
    """
    store = Store()
    data.fill(store)
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
        store: what `asserted_store` made of it, if that has been done already; where a shape asks for the
            closure, its default graph is that afterwards.
        engine: the validation engine.
        reasoner: the engine that makes the closure, where a shape asks for one.
        checks: data checks to run.
        only: the shapes whose targets are checked; None for all.
        focus: the nodes to report on; None for all.

    Raises:
        CannotRun: ``ill-formed-shape``, ``check-query``, ``query-header``.
    """
    store = asserted_store(data) if store is None else store
    shapes = shapes_of(data)
    written = list(data.merged())
    report = validate(store, shapes, engine=engine, as_written=written, only=only, focus=focus)
    found = run_checks(store, checks)
    results = [*report.results, *(result for result in found if focus is None or result.focus in focus)]
    fallbacks = report.fallbacks
    if any(only is None or shape in only for shape in closure_shapes(shapes)):
        inferred = _inferred(written, reasoner)
        store.bulk_extend(Quad(triple.subject, triple.predicate, triple.object) for triple in inferred)
        written += inferred
        closed = validate(
            store, shapes, engine=engine, as_written=written, closure=True, only=only, focus=focus
        )
        results += closed.results
        fallbacks += closed.fallbacks
    return whole_report(results, engine, fallbacks)


def whole_report(results: Iterable[Result], engine: str, fallbacks: tuple[Fallback, ...]) -> Report:
    """Return the report of several validations of the same data, with their results in order, each once."""
    # A node that two property shapes lead to is validated twice (SHACL, section 4.7.2), and reported once.
    found: list[Result] = []
    for _, alike in groupby(_keyed(results), key=itemgetter(0)):
        different: list[Result] = []
        for _, result in alike:
            if result not in different:
                different.append(result)
        found += different
    return Report(tuple(found), engine, fallbacks)


def shapes_of(data: AssertedData) -> Graph:
    """Return the shapes of a project, with the prefixes that its ontology declares for their queries."""
    declared = (quad for quad in data.quads(Layer.ONTOLOGY) if quad.predicate in DECLARATIONS)
    return Graph((*data.quads(Layer.SHAPES), *declared))


def _inferred(written: list[Triple], reasoner: str) -> list[Triple]:
    from .reason import infer

    return list(infer(written, engine=reasoner).inferred)


def _default_graph(store: Store) -> Iterable[Statement]:
    return store.quads_for_pattern(None, None, None, DefaultGraph())


def _chosen(graph: Graph, *, closure: bool, only: Collection[Resource] | None) -> list[Resource]:
    inferring = closure_shapes(graph)
    return [
        shape
        for shape in targeted_shapes(graph)
        if (shape in inferring) is closure and (only is None or shape in only)
    ]


def in_order(results: Iterable[Result]) -> tuple[Result, ...]:
    """Return results as a report has them: messages filled in, in an order that depends on content alone."""
    return tuple(result for _, result in _keyed(results))


def _keyed(results: Iterable[Result]) -> list[tuple[tuple[str, ...], Result]]:
    return sorted(((order_of(result), result) for result in map(_settled, results)), key=itemgetter(0))


def _settled(result: Result) -> Result:
    result = fill_result(result)
    return replace(result, details=in_order(result.details)) if result.details else result


def order_of(result: Result) -> tuple[str, ...]:
    """Return what the results of a report are sorted by."""
    shape = result.source_shape
    return (
        str(result.focus),
        "" if result.path is None else str(result.path),
        "" if result.value is None else str(result.value),
        result.component.value,
        shape.value if isinstance(shape, NamedNode) else "",
        *result.messages.values(),
    )
