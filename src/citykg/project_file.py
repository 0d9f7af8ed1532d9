"""Read a file of a project: whole, and no pipe or device, which might be waited for without end."""

import os
import stat
from pathlib import Path

from .errors import CannotRun
from .project import Project

__all__ = ["read_project_file"]


def read_project_file(project: Project, path: Path) -> bytes:
    """Read a file that stands in a project.

    Raises:
        CannotRun: ``file-not-found`` or ``unreadable``, with the name that the project has for it.
    """
    name = project.relative(path)
    try:
        with open(path, "rb", opener=_without_waiting) as stream:
            if stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                return stream.read()
    except FileNotFoundError as error:
        raise CannotRun("file-not-found", f"there is no file {name}") from error
    except OSError as error:
        raise CannotRun("unreadable", f"cannot read {name}: {error.strerror}") from error
    raise CannotRun("unreadable", f"cannot read {name}: it is a pipe or a device", "put a file in its place")


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
