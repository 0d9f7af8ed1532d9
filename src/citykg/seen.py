"""What the files of a build looked like, so that those that look as they did need not be read.

``seen.tsv`` beside the manifest has the time of the look (nanoseconds), then a line for each file that went
into the build and for each folder that such files stand in: time of the last change of its content and of
whatever is said about it (nanoseconds), inode, size (``-`` for a folder), path as seen from the project.

A build does not read a file that looks as it did, except where it had been changed so shortly before the
look that one more change might show the same times: file systems count in steps of up to two seconds.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from .project import Project

__all__ = ["SEEN", "look", "read_seen", "settled"]

SEEN = "seen.tsv"
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


def settled(build: Path) -> Mapping[str, str]:
    """Return what the files of a build looked like, those that a change could not have left looking alike."""
    try:
        looked, states = read_seen(build)
        return {
            name: state
            for name, state in states.items()
            if max(map(int, state.split("\t", 2)[:2])) + _STEP < looked
        }
    except (OSError, ValueError):
        return {}


def read_seen(build: Path) -> tuple[int, Mapping[str, str]]:
    """Return the time of the look of a build (nanoseconds), and what it has seen.

    Raises:
        OSError: there is none.
        ValueError: it is damaged.
    """
    first, *lines = (build / SEEN).read_text(encoding="utf-8").splitlines()
    states = {}
    for line in lines:
        state, _, name = line.rpartition("\t")
        states[name] = state
    return int(first), states
