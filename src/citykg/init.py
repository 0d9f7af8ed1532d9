"""A project folder of one's own: the shipped ontology and queries, and a small example to replace."""

import shutil
from pathlib import Path

from .errors import CannotRun
from .project import Project

__all__ = ["init"]

_TEMPLATE = Path(__file__).parent / "template"
_COPIED = ("ontology", "queries")


def init(folder: Path) -> Project:
    """Make a project folder that builds as it stands.

    The ontology, its shapes and the stored queries are copied from the graph that comes with citykg; the
    data is a small made-up example, with the text of its article.

    Args:
        folder: a folder that does not exist or is empty; its parents are made.

    Raises:
        CannotRun: ``folder-not-empty``, or ``not-writable``.
    """
    if folder.is_dir() and any(folder.iterdir()):
        raise CannotRun("folder-not-empty", f"{folder} is not empty", "name a new folder")
    if folder.exists() and not folder.is_dir():
        raise CannotRun("folder-not-empty", f"{folder} is a file", "name a new folder")
    shipped = Project.shipped()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in _COPIED:
            shutil.copytree(shipped.root / name, folder / name, copy_function=shutil.copyfile)
        shutil.copytree(_TEMPLATE, folder, dirs_exist_ok=True, copy_function=shutil.copyfile)
        # Under this name the template would hide files from its own repository.
        (folder / "gitignore").rename(folder / ".gitignore")
    except OSError as error:
        reason = error.strerror or str(error)
        raise CannotRun(
            "not-writable", f"cannot make {folder}: {reason}", "name a folder that you may write to"
        ) from error
    return Project.find(folder)
