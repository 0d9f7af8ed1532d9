"""Files that a person wants validated, merged with what the project asserts."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, cast

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QueryBoolean, Store

from citykg.checks import Check, check_header
from citykg.export.formats import Format
from citykg.given import read_given
from citykg.prefixes import Prefixes
from citykg.project import Layer
from citykg.sources import AssertedData, SourceFile
from citykg.sparql import pattern

from .literals import REWRITTEN, as_stored
from .results import Report
from .vocabulary import Term

__all__ = ["Merged", "merge_files"]

_DEFAULT = DefaultGraph()


@dataclass(frozen=True, slots=True)
class Merged:
    """A project with files of a person's own.

    Args:
        data: what both assert.
        own: the nodes that are the files': subjects and graphs.
        without_graphs: the names of files that tell in which passages nodes are, and have no graphs for it.
        unplaced: the nodes of which only these tell.
        with_closure: the names of files with graphs, and in no graph what follows from these.
    """

    data: AssertedData
    own: frozenset[Term]
    without_graphs: tuple[str, ...]
    unplaced: frozenset[Term]
    with_closure: tuple[str, ...]

    def applicable(self, checks: Sequence[Check]) -> tuple[Check, ...]:
        """Return the checks that can say something of the files: not those that need to know the passage."""
        if self.own - self.unplaced or not self.without_graphs:
            return tuple(checks)
        return tuple(check for check in checks if not _needs_passages(check))

    def restrict(self, report: Report, checks: Iterable[Check]) -> Report:
        """Return the report without what checks say that need to know the passage, where nobody tells it."""
        if not self.unplaced:
            return report
        needing = {check.iri for check in checks if _needs_passages(check)}
        kept = tuple(
            result
            for result in report.results
            if result.component not in needing or result.focus not in self.unplaced
        )
        return replace(report, results=kept)


def merge_files(
    data: AssertedData,
    files: Sequence[Path | BinaryIO],
    *,
    form: Format | None = None,
    prefixes: Prefixes,
) -> Merged:
    """Merge files with a project.

    A file of the project is not added twice. What stands in no graph of its own goes to the layer whose
    folder the file is in, else to the entities; but where a file with graphs tells there in which passages
    nodes are, it is the closure, as in a store, and left out: what follows is not validated. A value that
    the project has in another form (48.0 for 48) is the same value, as it is in a store.

    Args:
        data: what the project asserts.
        files: RDF files, or standard input.
        form: the format of what has no ending that names one.
        prefixes: what a hint for an undeclared prefix may offer.

    Raises:
        CannotRun: what `citykg.given.read_given` raises.
    """
    known = {os.path.realpath(source.path): source for source in data.files}
    sources: list[SourceFile] = []
    added: list[SourceFile] = []
    for file in files:
        source = known.get(os.path.realpath(file)) if isinstance(file, Path) else None
        if source is None:
            source = _read(data, file, form, prefixes)
            source.statements = _spelt_alike(source.statements, (*data.files, *added))
            added.append(source)
        sources.append(source)
    own: set[Term] = set()
    placed: set[Term] = set()
    without_graphs: list[str] = []
    with_closure: list[str] = []
    for source in sources:
        has_place = True
        if source.given is not None and _tells_passages(source):
            in_graphs = [quad for quad in source.statements if quad.graph_name != _DEFAULT]
            has_place = bool(in_graphs)
            (with_closure if has_place else without_graphs).append(source.given[0])
            source.statements = in_graphs or source.statements
        nodes = _nodes(source)
        own |= nodes
        placed |= nodes if has_place else set()
    merged = AssertedData(data.project, (*added, *data.files))
    unplaced = frozenset(own - placed)
    return Merged(merged, frozenset(own), tuple(without_graphs), unplaced, tuple(with_closure))


def _read(data: AssertedData, file: Path | BinaryIO, form: Format | None, prefixes: Prefixes) -> SourceFile:
    given = read_given(file, form=form, prefixes=prefixes)
    path = file if isinstance(file, Path) else Path(given.name)
    layer = _layer(data, path) if isinstance(file, Path) else Layer.ENTITIES
    name = data.project.relative(path)
    return SourceFile(path, layer, given.statements, given.prefixes, given=(name, given.text))


def _layer(data: AssertedData, path: Path) -> Layer:
    layer = data.project.layer(data.project.relative(Path(os.path.realpath(path))))
    return Layer.ENTITIES if layer is None or layer is Layer.FACTS else layer


def _nodes(source: SourceFile) -> set[Term]:
    """Return the subjects of a file, and its graphs but for that of its layer."""
    layer_graph = NamedNode(source.layer.graph or Layer.ENTITIES.graph or "")
    nodes: set[Term] = set()
    for quad in source.statements:
        if isinstance(quad.subject, NamedNode | BlankNode):
            nodes.add(quad.subject)
        if isinstance(quad.graph_name, NamedNode) and quad.graph_name != layer_graph:
            nodes.add(quad.graph_name)
    return nodes


def _spelt_alike(quads: list[Quad], sources: Iterable[SourceFile]) -> list[Quad]:
    """Return statements with the values that others have in another form in that form."""
    places = {(quad.subject, quad.predicate) for quad in quads if _is_rewritable(quad.object)}
    others = [
        quad
        for source in sources
        if source.layer.reasoned
        for quad in source.statements
        if _is_rewritable(quad.object) and (quad.subject, quad.predicate) in places
    ]
    values = {quad.object for quad in (*quads, *others)}
    stored = as_stored([cast(Literal, value) for value in values if _is_rewritable(value)])

    def in_store(quad: Quad) -> Quad:
        value = cast(Literal, quad.object)
        return Quad(quad.subject, quad.predicate, stored.get(value, value))

    forms: dict[Quad, dict[object, Literal]] = {}
    for quad in others:
        forms.setdefault(in_store(quad), {})[quad.object] = cast(Literal, quad.object)
    alike = []
    for quad in quads:
        known = forms.get(in_store(quad)) if _is_rewritable(quad.object) else None
        if known and quad.object not in known:
            quad = Quad(quad.subject, quad.predicate, next(iter(known.values())), quad.graph_name)
        alike.append(quad)
    return alike


def _is_rewritable(value: object) -> bool:
    return isinstance(value, Literal) and value.datatype.value in REWRITTEN


def _tells_passages(source: SourceFile) -> bool:
    """Whether a file tells outside of any graph in which passage a node is."""
    store = Store()
    store.bulk_extend(quad for quad in source.statements if quad.graph_name == _DEFAULT)
    found = store.query(pattern("validate-within-passages"))
    assert isinstance(found, QueryBoolean)
    return bool(found)


def _needs_passages(check: Check) -> bool:
    return bool(check_header(check).get("needs") == "passages")
