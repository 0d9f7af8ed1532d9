"""Whether files have changed since the store was built: a quick look, by queries and by the next build.

``seen.tsv`` beside the manifest has the time of the look (nanoseconds), then a line for each file that went
into the build and for each folder that such files stand in: time of the last change of its content and of
whatever is said about it (nanoseconds), inode, size (``-`` for a folder), path as seen from the project.

A build does not read a file that looks as it did, except where it had been changed so shortly before the
look that one more change might show the same times: file systems count in steps of up to two seconds.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from .current import current_build
from .errors import CannotRun
from .project import Project

__all__ = ["SEEN", "folders_of", "look", "settled", "stale_files"]

SEEN = "seen.tsv"
_FOLDERS = ("ontology", "data")
_STEP = 2_000_000_000


def look(project: Project, names: Iterable[str]) -> Mapping[str, str]:
    """Return what files and folders look like as ``seen.tsv`` has it, without the missing."""
    found = {}
    for name in names:
        try:
            status = os.stat(f"{project.root}/{name}")  # noqa: PTH116 - a hundred Paths cost more than the rest
        except OSError:
            continue
        size = "-" if name.endswith("/") else str(status.st_size)
        found[name] = f"{status.st_mtime_ns}\t{status.st_ctime_ns}\t{status.st_ino}\t{size}"
    return found


def folders_of(project: Project) -> list[str]:
    """Name every folder of knowledge files, with a slash at the end."""
    folders = []
    for top in _FOLDERS:
        for folder, inside, _ in os.walk(project.root / top):
            inside.sort()
            folders.append(project.relative(Path(folder)) + "/")
    return folders


def stale_files(project: Project) -> tuple[str, ...]:
    """Name the knowledge files that are not what the current build was made of, as the project names them.

    Looks at times, inodes and sizes, and reads only the files for which these differ. Stored queries are not
    looked at: they are read from their files every time. A project without a build, or one whose store cannot
    be read, has no stale files.
    """
    try:
        build = current_build(project)
        if build is None:
            return ()
        _, states = _read(build)
    except (CannotRun, OSError, ValueError):
        return ()
    seen = {name: state for name, state in states.items() if not name.startswith("queries/")}
    now = look(project, seen)
    if now == seen:
        return ()
    return _differing(project, build, seen, now)


def settled(build: Path) -> Mapping[str, str]:
    """Return what the files of a build looked like, those that a change could not have left looking alike."""
    try:
        looked, states = _read(build)
        return {
            name: state
            for name, state in states.items()
            if max(map(int, state.split("\t", 2)[:2])) + _STEP < looked
        }
    except (OSError, ValueError):
        return {}


def _read(build: Path) -> tuple[int, Mapping[str, str]]:
    """The time of the look, and what it has seen."""
    first, *lines = (build / SEEN).read_text(encoding="utf-8").splitlines()
    states = {}
    for line in lines:
        state, _, name = line.rpartition("\t")
        states[name] = state
    return int(first), states


def _differing(
    project: Project, build: Path, seen: Mapping[str, str], now: Mapping[str, str]
) -> tuple[str, ...]:
    from .manifest import digest_of, read_manifest

    try:
        digests = read_manifest(build).inputs
    except CannotRun:
        return ()
    present = {project.relative(path): path for _, path in project.knowledge()}
    stale = [
        name
        for name, path in present.items()
        if (name not in seen or now.get(name) != seen[name]) and digest_of(path) != digests.get(name)
    ]
    gone = [name for name in seen if not name.endswith("/") and name not in present]
    return (*stale, *gone)
