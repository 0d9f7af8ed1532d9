"""Files that are being edited: when they have changed and come to rest."""

import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from .project import Project

__all__ = ["changes"]

_FOLDERS = ("ontology", "data", "queries")


def changes(project: Project, *, article: Path | None = None, interval: float = 0.25) -> Iterator[list[str]]:
    """Yield what has changed, first of all nothing, then each time that files have changed and rest again.

    What changes while the caller works on one change is the next one: nothing is missed. Looks at times and
    sizes, since notifications do not reach all file systems.

    Args:
        project: the project, whose ontology/, data/ and queries/ are looked at, hidden files apart.
        article: a text or a folder of texts, to be looked at as well.
        interval: seconds between two looks, and for which files have to rest.

    Returns:
        The names of files that are new, gone or other than before, as the project names them; it never ends.
    """
    before = _look(project, article)
    yield []
    while True:
        time.sleep(interval)
        now = _look(project, article)
        if now == before:
            continue
        while True:  # an editor may write several files, and each in several steps
            time.sleep(interval)
            later = _look(project, article)
            if later == now:
                break
            now = later
        paths = sorted(path for path in before.keys() | now.keys() if before.get(path) != now.get(path))
        before = now
        if paths:
            yield [project.relative(Path(path)) for path in paths]


def _look(project: Project, article: Path | None) -> Mapping[str, tuple[int, int, int]]:
    """Return time of change, size and inode of every file."""
    found = {}
    places = [str(project.root / folder) for folder in _FOLDERS]
    if article is not None:
        places.append(str(article))
    while places:
        place = places.pop()
        try:
            with os.scandir(place) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    if entry.is_dir():
                        places.append(entry.path)
                    else:
                        found[entry.path] = _state(entry.stat())
        except NotADirectoryError:
            found[place] = _state(os.stat(place))  # noqa: PTH116 - the text of an article
        except OSError:  # gone in between
            continue
    return found


def _state(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_mtime_ns, status.st_size, status.st_ino
