"""Open what is exported, compared or loaded: a built store, a project, a file or an endpoint."""

from pathlib import Path
from typing import TYPE_CHECKING

from .file_source import read_file
from .sources import Source, StoreSource

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
        CannotRun: what `open_source` and `citykg.export.file_source.read_file` raise.
        UsageError: ``unknown-format`` for a file whose ending says nothing.
    """
    path = Path(name)
    if name.startswith(("http://", "https://")):
        return open_source(None, store=name)
    if (path / "ontology").is_dir() and (path / "data").is_dir():
        from ..project import Project

        return open_source(Project.find(path))
    return open_source(None, store=name) if path.is_dir() else read_file(path)
