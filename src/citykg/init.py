"""A project folder of one's own: the shipped ontology and queries, and a small example to replace."""

import errno
import os
import shutil
from pathlib import Path

from .errors import CannotRun
from .project import Project

__all__ = ["init"]

_TEMPLATE = Path(__file__).parent / "template"
_COPIED = ("ontology", "queries")
_NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def init(folder: Path) -> Project:
    """Make a project folder that builds as it stands, or leave everything as it was.

    The ontology, its shapes and the stored queries are copied from the graph that comes with citykg; the
    data is a small made-up example, with the text of its article.

    Args:
        folder: a folder that does not exist or is empty; its parents are made.

    Raises:
        CannotRun: ``folder-not-empty``, ``disk-full`` or ``not-writable``.
    """
    shipped = Project.shipped()
    try:
        if folder.exists() and not folder.is_dir():
            raise CannotRun("folder-not-empty", f"{folder} is a file", "name a new folder")
        if folder.is_dir():
            if any(folder.iterdir()):
                raise CannotRun("folder-not-empty", f"{folder} is not empty", "name a new folder")
            _fill(folder, shipped)
        else:
            folder.parent.mkdir(parents=True, exist_ok=True)
            _make(folder, shipped)
    except OSError as error:
        if error.errno in _NO_SPACE:
            raise CannotRun(
                "disk-full", f"no room for {folder}", "make room, or name another folder"
            ) from error
        reason = error.strerror or str(error)
        raise CannotRun(
            "not-writable", f"cannot make {folder}: {reason}", "name a folder that you may write to"
        ) from error
    return Project.find(folder)


def _make(folder: Path, shipped: Project) -> None:
    """Make the folder beside its place, and move it there when it is whole."""
    partial = folder.with_name(f".{folder.name}.partial-{os.getpid()}")
    try:
        _write(partial, shipped)
        partial.rename(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _fill(folder: Path, shipped: Project) -> None:
    """Fill a folder that is there, and perhaps somebody's working folder: it is not replaced."""
    partial = folder / f".partial-{os.getpid()}"
    try:
        _write(partial, shipped)
        for path in sorted(partial.iterdir()):
            path.rename(folder / path.name)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _write(folder: Path, shipped: Project) -> None:
    folder.mkdir()
    for name in _COPIED:
        _copy(shipped.root / name, folder / name)
    _copy(_TEMPLATE, folder)
    # Under this name the template would hide files from its own repository.
    (folder / "gitignore").rename(folder / ".gitignore")


def _copy(source: Path, target: Path) -> None:
    """Copy a folder's files; unlike `shutil.copytree`, end at the first that cannot be written."""
    target.mkdir(exist_ok=True)
    for path in sorted(source.iterdir()):
        if path.is_dir():
            _copy(path, target / path.name)
        else:
            shutil.copyfile(path, target / path.name)
