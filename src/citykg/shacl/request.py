"""What a person asked to have validated: files of their own, some shapes or checks, some things."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Store

from citykg.checks import Check
from citykg.errors import UsageError
from citykg.nearest import nearest_hint
from citykg.prefixes import Prefixes
from citykg.project import Layer
from citykg.sources import AssertedData, SourceFile, parse_bytes, read_bytes

from .findings import named
from .graph import Graph
from .results import Report
from .selection import targeted_shapes
from .vocabulary import Resource, Term, sh

__all__ = ["Choice", "add_files", "choose", "focus_nodes"]


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


def add_files(
    data: AssertedData, files: Sequence[Path], *, prefixes: Prefixes
) -> tuple[AssertedData, frozenset[Term]]:
    """Merge files with a project and return the nodes that are theirs: subjects and graphs.

    A file of the project is not added twice. What stands in no graph of its own goes to the layer whose
    folder the file is in, else to the entities.

    Args:
        data: what the project asserts.
        files: Turtle, TriG, N-Triples or N-Quads.
        prefixes: what a hint for an undeclared prefix may offer.

    Raises:
        CannotRun: ``turtle-syntax``, ``not-utf8``, ``file-not-found``, ``unreadable``.
    """
    known = {os.path.realpath(source.path): source for source in data.files}
    sources = []
    for path in files:
        source = known.get(os.path.realpath(path))
        sources.append(source or _read(data, path, prefixes))
    added = tuple(source for source in sources if os.path.realpath(source.path) not in known)
    own: set[Term] = set()
    for quad in (quad for source in sources for quad in source.statements):
        if isinstance(quad.subject, NamedNode | BlankNode):
            own.add(quad.subject)
    for source in sources:
        layer_graph = _graph(source.layer)
        graphs = {quad.graph_name for quad in source.statements if quad.graph_name != layer_graph}
        own.update(graph for graph in graphs if isinstance(graph, NamedNode))
    return AssertedData(data.project, (*added, *data.files)), frozenset(own)


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


def _read(data: AssertedData, path: Path, prefixes: Prefixes) -> SourceFile:
    nquads = path.suffix.lower() in (".nq", ".nt")
    rdf_format = RdfFormat.N_QUADS if nquads else RdfFormat.TRIG  # each reads its smaller sister too
    quads, declared = parse_bytes(read_bytes(path), name=str(path), rdf_format=rdf_format, prefixes=prefixes)
    layer = _layer(data, path)
    return SourceFile(path, layer, quads, declared)


def _layer(data: AssertedData, path: Path) -> Layer:
    siblings = {os.path.realpath(source.path.parent): source.layer for source in data.files}
    layer = siblings.get(os.path.realpath(path.parent), Layer.ENTITIES)
    return Layer.ENTITIES if layer is Layer.FACTS else layer


def _graph(layer: Layer) -> NamedNode:
    return NamedNode(layer.graph or Layer.ENTITIES.graph or "")


def _iri(name: str, prefixes: Prefixes) -> str | None:
    return prefixes.expand(name) if ":" in name else None


def _names(shapes: Graph, checks: Iterable[Check]) -> dict[str, Resource]:
    nodes = [node for node in shapes.subjects_in_order() if isinstance(node, NamedNode)]
    names: dict[str, Resource] = {_local(node): node for node in nodes}
    names.update((check.name, check.iri) for check in checks)
    return names


def _local(node: NamedNode) -> str:
    return node.value.replace("#", "/").rstrip("/").rpartition("/")[2]
