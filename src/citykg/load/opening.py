"""What is loaded: a built store or a file, with the identity that lets a cut load go on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ..catalog import WithCatalog
from ..errors import CannotRun
from ..export.file_source import read_file
from ..export.formats import Format
from ..export.opening import open_source
from ..export.sources import Source
from ..project import Project
from .kept import Kept
from .plan import graph_counts

__all__ = ["Dataset", "open_built", "open_file"]


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset to load.

    Args:
        source: its statements.
        counts: triples of each graph; None is the closure.
        identity: the same for the same statements; empty when it is not known.
        journals: where loads of it are recorded; None for nowhere.
        part: whether it is a part of a dataset: a file without a closure.
    """

    source: Source
    counts: Mapping[str | None, int]
    identity: str
    journals: Path | None
    part: bool = False


def open_built(project: Project, *, store: str | None = None) -> Dataset:
    """Open what a project has built, or a store that is named.

    Raises:
        CannotRun: ``no-store`` and what else `citykg.opening.open_store` raises.
    """
    source = Kept(WithCatalog(open_source(project, store=store), project))
    counts = graph_counts(source)
    if store is not None:
        return Dataset(source, counts, "", None)
    from ..manifest import current_build, read_manifest

    build = current_build(project)
    identity = read_manifest(build).canonical if build is not None else ""
    return Dataset(source, counts, identity, project.cache_dir / "loads" if identity else None)


def open_file(
    file: Path | BinaryIO,
    project: Project,
    *,
    form: Format | None = None,
    into: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> Dataset:
    """Open an RDF file, which is read to its end: nothing of one with a mistake is ever sent.

    Args:
        file: as in `citykg.export.file_source.read_file`.
        project: which keeps the record of loads.
        form: its format, where the ending does not say it.
        into: IRI of the graph for what stands in no graph; None for the closure's place.
        progress: called with the number of statements as they are read.

    Raises:
        UsageError: ``unknown-format``.
        CannotRun: ``nothing-to-load``; ``blank-graph`` for a graph named by a blank node; ``file-not-found``,
            ``unreadable``, ``turtle-syntax``, ``not-utf8``, ``disk-full``.
    """
    source = read_file(file, form=form, graph=into, progress=progress)
    name = str(file) if isinstance(file, Path) else "standard input"
    if not source.counts:
        raise CannotRun("nothing-to-load", f"{name} holds no statements", "see what has written it")
    for graph in source.graphs():
        if graph.startswith("_:"):
            raise CannotRun(
                "blank-graph",
                f"{name}: the graph {graph} is named by a blank node, and no store keeps that name",
                "name the graph by an IRI",
            )
    return Dataset(
        source,
        source.counts,
        f"file {source.digest} {into}",
        project.cache_dir / "loads",
        part=None not in source.counts or not source.graphs(),
    )
