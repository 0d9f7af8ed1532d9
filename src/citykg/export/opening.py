"""Open what is exported, compared or loaded: a built store, a project, a file or an endpoint."""

import gzip
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import CannotRun, UsageError
from .formats import FORMATS, format_of_file
from .sources import Source, StoreSource, from_quads

if TYPE_CHECKING:
    from ..project import Project

__all__ = ["open_dataset", "open_source"]


def open_source(project: "Project | None", *, store: str | None = None) -> Source:
    """Open a store for reading all of it.

    Args:
        project: whose built store is meant when ``store`` is None.
        store: a built store's folder, or the URL of a SPARQL endpoint.

    Raises:
        CannotRun: as `citykg.opening.open_store` does.
    """
    if store is not None and store.startswith(("http://", "https://")):
        from ..endpoints import open_remote_source

        return open_remote_source(store)
    from ..opening import open_store
    from ..store import EmbeddedStore

    opened = open_store(project, store=store)
    if not isinstance(opened, EmbeddedStore):
        raise TypeError("only an embedded store can be dumped")
    return StoreSource(opened.graph)


def open_dataset(name: str) -> Source:
    """Open what a person names.

    Args:
        name: an RDF file (``.gz`` too), a project folder (its built store is meant), a store's folder, or
            the URL of a SPARQL endpoint.

    Raises:
        CannotRun: ``file-not-found``, ``unreadable``, ``turtle-syntax``; what `open_source` raises.
        UsageError: ``unknown-format`` for a file whose ending says nothing.
    """
    path = Path(name)
    if name.startswith(("http://", "https://")):
        return open_source(None, store=name)
    if (path / "ontology").is_dir() and (path / "data").is_dir():
        from ..project import Project

        return open_source(Project.find(path))
    return open_source(None, store=name) if path.is_dir() else _read_file(path)


def _read_file(path: Path) -> Source:
    from ..sources import parse_bytes, read_bytes

    form = format_of_file(path)
    if form is None:
        endings = " ".join(candidate.ending for candidate in FORMATS)
        raise UsageError(
            "unknown-format", f"{path}: the ending names no format", f"known: {endings}, and .gz"
        )
    content = read_bytes(path)
    if path.name.lower().endswith(".gz"):
        try:
            content = gzip.decompress(content)
        except (OSError, EOFError, zlib.error) as error:
            raise CannotRun("unreadable", f"{path}: not whole or not gzip: {error}") from error
    quads, _ = parse_bytes(content, name=str(path), rdf_format=form.parser)
    return from_quads(quads)
