"""Whether a build that stands can be read: what is damaged is built again, even where no file has changed.

``store.tsv`` beside the manifest has size and name of each file that the store had when it was last known to
open. Where they are the same nothing is opened, for that would be a third of a build with nothing to do.
"""

import os
from contextlib import suppress
from pathlib import Path

from .current import current_build, store_folder
from .errors import CannotRun
from .project import Project

__all__ = ["is_current_damaged", "is_damaged", "note_sizes"]

_SIZES = "store.tsv"
_DAMAGED = "store-damaged"
_OF_READERS = ("LOCK", "LOG")  # who opens a store may write these, and they hold nothing of it


def is_damaged(build: Path) -> bool:
    """Whether the store of a build cannot be opened: a file is missing, or has not the size that it had.

    A disk that gives other bytes back is noticed by who reads them only.
    """
    try:
        if (build / _SIZES).read_text(encoding="utf-8") == _sizes(build):
            return False
    except (OSError, ValueError):
        pass  # not noted yet
    from .store import EmbeddedStore

    try:
        EmbeddedStore(store_folder(build))
    except CannotRun as error:
        return error.code == _DAMAGED
    note_sizes(build)
    return False


def is_current_damaged(project: Project) -> bool:
    """Whether the build that readers are led to is damaged, or not there."""
    try:
        build = current_build(project)
    except CannotRun as error:
        return error.code == _DAMAGED
    return build is not None and is_damaged(build)


def note_sizes(build: Path) -> None:
    """Note the sizes of the files of a whole store."""
    partial = build / f"{_SIZES}.partial-{os.getpid()}"
    with suppress(OSError):  # of another user: the look stays slow, nothing else
        partial.write_text(_sizes(build), encoding="utf-8")
        partial.replace(build / _SIZES)


def _sizes(build: Path) -> str:
    with os.scandir(store_folder(build)) as files:
        found = [(file.name, file.stat().st_size) for file in files if not file.name.startswith(_OF_READERS)]
    return "".join(f"{size}\t{name}\n" for name, size in sorted(found))
