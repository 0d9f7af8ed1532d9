"""Whether files have changed since the store was built: a quick look, by queries."""

from collections.abc import Mapping
from pathlib import Path

from .current import current_build
from .errors import CannotRun
from .project import Project
from .seen import look, read_seen

__all__ = ["stale_files"]


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
        _, states = read_seen(build)
    except (CannotRun, OSError, ValueError):
        return ()
    seen = {name: state for name, state in states.items() if not name.startswith("queries/")}
    now = look(project, seen)
    if now == seen:
        return ()
    return _differing(project, build, seen, now)


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
        if (name not in seen or now.get(name) != seen[name]) and digest_of(project, path) != digests.get(name)
    ]
    gone = [name for name in seen if not name.endswith("/") and name not in present]
    return (*stale, *gone)
