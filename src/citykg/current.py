"""Which build readers open: the way to every query, so that nothing is imported that it does not need.

The folder of stores (``project.cache_dir``)::

    current                  the name of the build that readers open, replaced atomically
    builds/<name>/format     the layout of this folder and the citykg that wrote it
    builds/<name>/manifest.json   inputs, counts and digests: the same for the same input, everywhere
    builds/<name>/seen.tsv   what each input looked like when it was read
    builds/<name>/store.tsv  size and name of the store's files, when it was last known to open
    builds/<name>/store/     the store

A name is the content address of the build, with ``-2`` and so on after it where the same content was
built again.
"""

from pathlib import Path

from . import __version__
from .errors import CannotRun
from .project import Project

__all__ = ["LAYOUT", "check_format", "current_build", "store_folder"]

LAYOUT = 2
"""Version of the layout of a build folder and of what stands in which graph."""

_BUILD_AGAIN = "run: citykg build"


def current_build(project: Project) -> Path | None:
    """Return the folder of the build that readers use, or None when the project has not been built.

    Raises:
        CannotRun: ``store-older-layout`` or ``store-newer-layout`` when another version of citykg wrote it
            in another way; ``store-damaged`` when parts are missing.
    """
    try:
        name = (project.cache_dir / "current").read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise CannotRun(
            "unreadable", f"cannot read {project.cache_dir / 'current'}: {error.strerror}"
        ) from error
    build = project.cache_dir / "builds" / name
    if not name or not build.is_dir():
        raise CannotRun(
            "store-damaged", f"{project.cache_dir}/current names a build that is not there", _BUILD_AGAIN
        )
    check_format(build)
    return build


def check_format(build: Path) -> None:
    """Refuse a build folder that this version cannot read.

    Raises:
        CannotRun: ``store-older-layout``, ``store-newer-layout``, ``store-damaged``.
    """
    try:
        words = (build / "format").read_text(encoding="utf-8").split()
        layout, version = int(words[1]), words[3]
    except (OSError, IndexError, ValueError) as error:
        raise CannotRun("store-damaged", f"{build} is not a complete store", _BUILD_AGAIN) from error
    if layout < LAYOUT:
        raise CannotRun(
            "store-older-layout", f"the store was built by an older citykg ({version})", _BUILD_AGAIN
        )
    if layout > LAYOUT:
        raise CannotRun(
            "store-newer-layout",
            f"the store was built by a newer citykg ({version}) than this one ({__version__})",
            "upgrade citykg, or run: citykg build",
        )
    if not (build / "store" / "CURRENT").is_file() or not (build / "manifest.json").is_file():
        raise CannotRun("store-damaged", f"{build} is not a complete store", _BUILD_AGAIN)


def store_folder(build: Path) -> Path:
    """Return the folder that pyoxigraph opens."""
    return build / "store"
