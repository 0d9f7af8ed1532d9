"""Open what is exported, compared or loaded: a built store, a project, a file or an endpoint."""

from pathlib import Path
from typing import TYPE_CHECKING

from .file_source import read_file
from .formats import Format, format_of_file
from .sources import Source, StoreSource

if TYPE_CHECKING:
    from ..project import Project

__all__ = ["open_dataset", "open_source", "open_with_catalog"]

_ENDPOINT = ("http://", "https://")


def open_source(project: "Project | None", *, store: str | None = None) -> Source:
    """Open a store for reading all of it.

    Args:
        project: whose built store is meant when ``store`` is None.
        store: a built store's folder, or the URL of a SPARQL endpoint.

    Raises:
        CannotRun: as `citykg.opening.open_store` does.
    """
    if store is not None and store.startswith(_ENDPOINT):
        from ..endpoints import open_remote_source

        return open_remote_source(store)
    from ..opening import open_store
    from ..store import EmbeddedStore

    opened = open_store(project, store=store)
    if not isinstance(opened, EmbeddedStore):
        raise TypeError("only an embedded store can be dumped")
    return StoreSource(opened.graph)


def open_with_catalog(project: "Project", *, store: str | None = None) -> Source:
    """Open a store with the catalog that an export of it has; an endpoint, and what has no graphs, as it is.

    Args:
        project: whose catalog it is, and whose built store is meant when ``store`` is None.
        store: as in `open_source`.

    Raises:
        CannotRun: as `open_source`.
    """
    source = open_source(project, store=store)
    if (store is not None and store.startswith(_ENDPOINT)) or not source.graphs():
        return source
    from ..catalog import WithCatalog

    return WithCatalog(source, project)


def open_dataset(name: str, *, form: Format | None = None, catalog_of: "Project | None" = None) -> Source:
    """Open what a person names.

    Args:
        name: an RDF file (``.gz`` too), a project folder (its built store is meant), a store's folder, or
            the URL of a SPARQL endpoint.
        form: the format of a file whose ending names none.
        catalog_of: the project whose catalog a store's folder comes with; None leaves the catalog of what is
            built out.

    Raises:
        CannotRun: what `open_source` and `citykg.export.file_source.read_file` raise.
        UsageError: ``unknown-format`` for a file whose ending says nothing; ``wrong-url`` for an address
            without ``http://``.
    """
    path = Path(name)
    if name.startswith(_ENDPOINT):
        return open_source(None, store=name)
    if (path / "ontology").is_dir() and (path / "data").is_dir():
        from ..project import Project

        project = Project.find(path)
        return open_source(project) if catalog_of is None else open_with_catalog(project)
    if not path.exists():
        from ..address import refuse_without_scheme

        refuse_without_scheme(name)
    if not path.is_dir():
        return read_file(path, form=format_of_file(path) or form)
    return open_source(None, store=name) if catalog_of is None else open_with_catalog(catalog_of, store=name)
