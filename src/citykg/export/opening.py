"""Open what is exported, compared or loaded: a built store or an endpoint."""

from typing import TYPE_CHECKING

from .sources import Source, StoreSource

if TYPE_CHECKING:
    from ..project import Project

__all__ = ["open_source"]


def open_source(project: "Project | None", *, store: str | None = None) -> Source:
    """Open a dataset for reading.

    Args:
        project: whose built store is meant when ``store`` is None.
        store: a built store's folder, or the URL of a SPARQL endpoint.

    Raises:
        CannotRun: as `citykg.store.open_store` does.
    """
    if store is not None and store.startswith(("http://", "https://")):
        from ..endpoints import open_remote_source

        return open_remote_source(store)
    from ..store import EmbeddedStore, open_store

    opened = open_store(project, store=store)
    if not isinstance(opened, EmbeddedStore):
        raise TypeError("only an embedded store can be dumped")
    return StoreSource(opened.graph)
