"""A build that goes on from the one that stands: only what an edit of data files has changed is made anew.

The new store is the old one with a change: the files of RocksDB never change once they are written, so that
hard links to them make a copy of any size at once, and the store that readers have open stays as it is. What
the change is, for the named graphs (`edit`), the closure (`reason.updating`), the report (`revalidate`), the
digest and the counts, is told from the files that have changed, from the old store and from what was kept
beside it (`basis`). Whatever cannot be told so calls for a whole build; the outcome is the same.
"""

import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, QueryBoolean, Store, Triple

from . import __version__, search_index
from .around import data_around
from .ask.words import indexing
from .ask.words.index import FILE_NAME as ASK_INDEX
from .assemble import Assembly, count_things
from .basis import Basis, kept_file, read_basis
from .checks import read_checks
from .digest import has_blank_node
from .edit import Edit, NotFollowed, edit_of
from .index_rows import IndexRows, hanging_on
from .kept_lines import link_or_copy
from .manifest import Engines, Inputs, Manifest, read_manifest, store_folder
from .prefixes import read_prefixes
from .project import Layer, Project
from .reason.model import Closure
from .reason.updating import Change, NotUpdatable, update
from .revalidate import Change as Statements
from .revalidate import WholeNeeded, revalidate
from .shacl.graph import Graph
from .sources import SourceFile, read_project, read_source
from .sparql import pattern
from .validate import DECLARATIONS
from .whole import WholeBuild

__all__ = ["go_on"]

_DEFAULT = DefaultGraph()
_NEVER_COPIED = ("LOCK", "LOG")
#: More statements than this are not asked about one by one.
_FEW = 5_000


def go_on(
    project: Project,
    inputs: Inputs,
    standing: Path,
    folder: Path,
    *,
    engines: Engines,
    on_stage: Callable[[str], None],
) -> Assembly:
    """Make a build from the one that stands.

    Args:
        project: the project.
        inputs: its files, as they are now.
        standing: the folder of the build that stands; it stays as it is.
        folder: an empty folder for the build.
        engines: reasoner and validator.
        on_stage: called with the name of each stage as it begins.

    Raises:
        WholeBuild: it cannot be told from the change alone.
        CannotRun: what `sources.read_source` raises of a file that has changed.
    """
    manifest, basis = read_manifest(standing), read_basis(standing)
    if manifest.citykg != __version__ or basis is None or not basis.distinct:
        raise WholeBuild("basis")
    if manifest.engines != engines or engines.reasoner == "owlrl" or engines.validator == "pyshacl":
        raise WholeBuild("engines")
    if (basis.report is None) is not (engines.validator == "none"):
        raise WholeBuild("basis")
    if manifest.counts["contradictions"]:
        raise WholeBuild("contradiction")
    on_stage("parse")
    old, new = _changed_files(project, inputs, manifest)
    before = Store.read_only(str(store_folder(standing)))
    try:
        edit = edit_of(before, old, new, basis.repeated)
    except NotFollowed as reason:
        raise WholeBuild(reason.why) from reason
    on_stage("reason")
    change = _reason(before, basis, edit, engines)
    on_stage("store")
    link_store(store_folder(standing), store_folder(folder))
    quads = _Quads(edit, change)
    appeared = _write(store_folder(folder), quads)
    after = Store.read_only(str(store_folder(folder)))
    on_stage("validate")
    written = basis.written.changed(edit.unwritten, edit.written, before)
    report = None
    if basis.report is not None:
        try:
            report = revalidate(
                basis.report,
                _shapes(project, inputs, after),
                read_checks(project),
                Statements(edit.unwritten, edit.written, change.lost, change.gained),
                before=before,
                after=after,
                written=written,
            ).report
        except WholeNeeded as reason:
            raise WholeBuild("results", str(reason)) from reason
    on_stage("index")
    _index(before, after, quads, standing, folder)
    on_stage("store")
    digest = basis.digest.changed(
        removed=[quad for quad in quads.removed if not has_blank_node(quad)],
        added=[quad for quad in quads.added if not has_blank_node(quad)],
        blank=_with_blank_nodes(after) if any(map(has_blank_node, quads.all())) else None,
    )
    return Assembly(
        lambda: read_project(project, dict(inputs.contents)),
        partial(data_around, project, contents=inputs.contents),
        Closure((), (), "none" if engines.reasoner == "none" else "fast"),
        report,
        _counts(manifest.counts, edit, change, after, appeared),
        _layers(manifest.layers, edit),
        Basis(digest, basis.explicit, True, edit.repeated, report, written),
    )


@dataclass(slots=True)
class _Quads:
    """The statements that a store loses and gains."""

    removed: tuple[Quad, ...]
    added: tuple[Quad, ...]

    def __init__(self, edit: Edit, change: Change) -> None:
        self.removed = (*edit.removed, *_in_default_graph(change.lost))
        self.added = (*edit.added, *_in_default_graph(change.gained))

    def all(self) -> Iterable[Quad]:
        """Both."""
        return (*self.removed, *self.added)


def _in_default_graph(triples: Iterable[Triple]) -> Iterable[Quad]:
    return (Quad(triple.subject, triple.predicate, triple.object) for triple in triples)


def _changed_files(
    project: Project, inputs: Inputs, manifest: Manifest
) -> tuple[dict[str, SourceFile], dict[str, SourceFile]]:
    """Parse the files that are not what they were: as they were, and as they are."""
    now, then = inputs.digests, manifest.inputs
    changed = [name for name in {**then, **now} if now.get(name) != then.get(name)]
    for name in changed:
        layer = project.layer(name)
        if not (layer is not None and layer.followed) and not _is_query(name):
            raise WholeBuild("file", name)
    declared = read_prefixes(project.prefix_file())
    old: dict[str, SourceFile] = {}
    new: dict[str, SourceFile] = {}
    for name in changed:
        layer = project.layer(name)
        if layer is None:
            continue
        path = project.root / name
        if name in now:
            new[name] = read_source(project, layer, path, _content(project, inputs, path), declared)
        if name in then:
            content = kept_file(project, then[name])
            if content is None:
                raise WholeBuild("basis")
            old[name] = read_source(project, layer, path, content, declared)
    return old, new


def _content(project: Project, inputs: Inputs, path: Path) -> bytes:
    name = project.relative(path)
    content = inputs.content(path, name)
    if content is None:
        raise WholeBuild("file", name)
    return content


def _is_query(name: str) -> bool:
    """Whether a file is a stored query, which no build looks into."""
    return name.startswith("queries/") and not name.startswith("queries/checks/")


def _reason(before: Store, basis: Basis, edit: Edit, engines: Engines) -> Change:
    if engines.reasoner == "none":
        return Change(tuple(edit.lost), tuple(edit.gained))
    if not basis.explicit:
        raise WholeBuild("literals")
    try:
        return update(before, removed=edit.lost, added=edit.gained)
    except NotUpdatable as reason:
        raise WholeBuild(reason.why) from reason


def link_store(standing: Path, folder: Path) -> None:
    """Make a store of the files of another: links to those that never change, copies of the rest."""
    folder.mkdir(parents=True)
    for path in standing.iterdir():
        if path.name.startswith(_NEVER_COPIED):
            continue
        put = link_or_copy if path.suffix == ".sst" else shutil.copyfile
        put(path, folder / path.name)


def _shapes(project: Project, inputs: Inputs, store: Store) -> Graph:
    """The shapes as their files write them, with the prefixes that the ontology declares."""
    declared = read_prefixes(project.prefix_file())
    ontology = NamedNode(Layer.ONTOLOGY.graph or "")
    statements = [
        quad
        for path in project.shapes()
        for quad in read_source(project, Layer.SHAPES, path, _content(project, inputs, path), declared).quads
    ]
    for predicate in DECLARATIONS:
        statements += store.quads_for_pattern(None, predicate, None, ontology)
    return Graph(statements)


def _write(folder: Path, quads: _Quads) -> int:
    """Write a change into a store, and close it; return how many named graphs it has more."""
    store = Store(str(folder))
    named = {quad.graph_name for quad in quads.added if quad.graph_name != _DEFAULT}
    appeared = sum(not store.contains_named_graph(graph) for graph in named)
    for quad in quads.removed:
        store.remove(quad)
    store.extend(quads.added)
    for graph in {quad.graph_name for quad in quads.removed if quad.graph_name != _DEFAULT}:
        if not any(True for _ in store.quads_for_pattern(None, None, None, graph)):
            store.remove_graph(graph)
            appeared -= 1
    store.flush()
    return appeared


def _index(before: Store, after: Store, quads: _Quads, standing: Path, folder: Path) -> None:
    """Keep the indexes where nothing that they are made of has changed; else make them of the rows now."""
    files = [standing / name for name in (ASK_INDEX, search_index.FILE_NAME)]
    kept = IndexRows.read(standing)
    if kept is None or not all(file.is_file() for file in files):
        indexing.write_beside(after, folder)
    elif any(_touches(store, side) for store, side in ((before, quads.removed), (after, quads.added))):
        nodes = {quad.subject.value for quad in quads.all() if isinstance(quad.subject, NamedNode)}
        terms = nodes.union(*(hanging_on(nodes, store) for store in (before, after)))
        indexing.write_beside(after, folder, kept.changed(after, terms))
    else:
        # Rows of nodes that nothing names may have changed: with a name they are asked for again.
        kept.write(folder)
        for file in files:
            link_or_copy(file, folder / file.name)


def _touches(store: Store, quads: tuple[Quad, ...]) -> bool:
    """Whether statements take part in what the indexes are made of."""
    if len(quads) > _FEW:
        return True
    triples = {quad.triple for quad in quads if not isinstance(quad.subject, BlankNode)}
    rows = (
        f"({t.subject} {t.predicate} {'UNDEF' if isinstance(t.object, BlankNode) else t.object})"
        for t in triples
    )
    found = store.query(pattern("index-touched", statements=" ".join(rows)))
    assert isinstance(found, QueryBoolean)
    return bool(found)


def _with_blank_nodes(store: Store) -> set[Quad]:
    """All statements with blank nodes; only the ontology and the shapes have introduced any."""
    nodes = {
        term
        for layer in (Layer.ONTOLOGY, Layer.SHAPES)
        for quad in store.quads_for_pattern(None, None, None, NamedNode(layer.graph or ""))
        for term in (quad.subject, quad.object)
        if isinstance(term, BlankNode)
    }
    found: set[Quad] = set()
    for node in nodes:
        found.update(store.quads_for_pattern(node, None, None, None))
        found.update(store.quads_for_pattern(None, None, node, None))
    return found


def _counts(
    counts: Mapping[str, int], edit: Edit, change: Change, store: Store, appeared: int
) -> Mapping[str, int]:
    """The counts of a manifest after a change."""
    asserted = counts["asserted"] + len(edit.gained) - len(edit.lost)
    closure = counts["closure"] + len(change.gained) - len(change.lost)
    layers = {quad.graph_name for quad in (*edit.removed, *edit.added)}
    counted = {NamedNode(layer.graph or "") for layer in (Layer.ENTITIES, Layer.ARTICLES)}
    things = count_things(store) if layers & counted else {}
    return {
        **counts,
        **things,
        "asserted": asserted,
        "inferred": closure - asserted,
        "closure": closure,
        "graphs": counts["graphs"] + appeared,
    }


def _layers(layers: Mapping[str, int], edit: Edit) -> Mapping[str, int]:
    return {name: number + edit.layers.get(Layer(name), 0) for name, number in layers.items()}
