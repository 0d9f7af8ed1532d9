"""What is loaded: a built store, with the identity that lets a cut load go on."""

from dataclasses import dataclass
from pathlib import Path

from ..catalog import WithCatalog
from ..export.opening import open_source
from ..export.sources import Source
from ..project import Project
from .kept import Kept

__all__ = ["Dataset", "open_built"]


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset to load.

    Args:
        source: its statements.
        identity: the same for the same statements; empty when it is not known.
        journals: where loads of it are recorded; None for nowhere.
    """

    source: Source
    identity: str
    journals: Path | None


def open_built(project: Project, *, store: str | None = None) -> Dataset:
    """Open what a project has built, or a store that is named.

    Raises:
        CannotRun: ``no-store`` and what else `citykg.opening.open_store` raises.
    """
    source = Kept(WithCatalog(open_source(project, store=store), project))
    if store is not None:
        return Dataset(source, "", None)
    from ..manifest import current_build, read_manifest

    build = current_build(project)
    identity = read_manifest(build).canonical if build is not None else ""
    return Dataset(source, identity, project.cache_dir / "loads" if identity else None)
