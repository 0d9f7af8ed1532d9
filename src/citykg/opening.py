"""Opens what can be asked: the build of a project, a folder that a person names, or an endpoint."""

import os
from pathlib import Path

from .errors import CannotRun, UsageError
from .store import EmbeddedStore, Store

TYPE_CHECKING = False  # typing is not imported on the way to a query
if TYPE_CHECKING:
    from .project import Project
    from .rdflib_store import RdflibStore

__all__ = ["ENGINES", "open_store"]

ENGINES = ("oxigraph", "rdflib")


def open_store(project: "Project | None", *, store: str | None = None, engine: str = "oxigraph") -> Store:
    """Open a store for reading.

    Args:
        project: whose built store is meant when ``store`` is None; a packaged project is built on first use.
        store: a built store's folder (a folder of stores with ``current``, one build, or the store itself),
            or the URL of a SPARQL 1.1 endpoint.
        engine: ``oxigraph``, or ``rdflib`` for the same data in the reference engine.

    Raises:
        UsageError: ``unknown-query-engine``, ``wrong-url``.
        CannotRun: ``no-store``, ``store-locked``, ``store-damaged``, ``store-older-layout``,
            ``store-newer-layout``.
    """
    if engine not in ENGINES:
        raise UsageError(
            "unknown-query-engine", f"no engine {engine!r}", f"choose one of {', '.join(ENGINES)}"
        )
    if store is not None and store.startswith(("http://", "https://")):
        if engine != "oxigraph":
            raise UsageError(
                "unknown-query-engine", f"{store} answers with its own engine", "leave --engine out"
            )
        from .endpoints import open_endpoint

        return open_endpoint(store)
    if store is not None and "://" in store:
        scheme = store.partition("://")[0]
        raise UsageError("wrong-url", f"{store}: a store behind {scheme}:", "give http://host:port/path")
    if store is not None and not os.path.lexists(store):
        from .address import refuse_without_scheme

        refuse_without_scheme(store)
    embedded = EmbeddedStore(_named_folder(Path(store)) if store is not None else _built_folder(project))
    return embedded if engine == "oxigraph" else _in_rdflib(embedded)


def _built_folder(project: "Project | None") -> Path:
    from .current import current_build, store_folder

    if project is None:
        raise CannotRun("no-store", "no project and no store", "name one with --project or --store")
    build = current_build(project)
    if build is None and project.packaged:
        from .build import ensure_built

        build = ensure_built(project)
    if build is None:
        raise CannotRun("no-store", f"{project.root} has not been built yet", "run: citykg build")
    return store_folder(build)


def _named_folder(folder: Path) -> Path:
    """Find the store in a folder that a person has named."""
    if (folder / "current").is_file():
        name = (folder / "current").read_text(encoding="utf-8").strip()
        return _named_folder(folder / "builds" / name)
    if (folder / "format").is_file():
        from .current import check_format, store_folder

        check_format(folder)
        return store_folder(folder)
    return folder


def _in_rdflib(embedded: EmbeddedStore) -> "RdflibStore":
    from .rdflib_store import RdflibStore

    return RdflibStore(embedded.graph)
