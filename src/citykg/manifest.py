"""What a built store was made of: inputs, content address and its manifest."""

import hashlib
import json
import os
import time
from collections.abc import Mapping
from pathlib import Path

from . import __version__
from .current import LAYOUT, check_format, current_build, store_folder
from .errors import CannotRun
from .project import Project
from .project_file import read_project_file
from .record import Record
from .seen import SEEN, look, settled
from .unread import Unread, unread_files, walk

__all__ = [
    "LAYOUT",
    "Engines",
    "Inputs",
    "Manifest",
    "check_format",
    "content_address",
    "current_build",
    "digest_of",
    "read_inputs",
    "read_manifest",
    "store_folder",
    "write_manifest",
    "write_seen",
    "written_at",
]

_BUILD_AGAIN = "run: citykg build"


class Engines(Record):
    """The engines that a build uses, by name; ``none`` leaves the stage out."""

    reasoner: str = "fast"
    validator: str = "fast"


class Inputs(Record):
    """The files of a build.

    Args:
        contents: path to bytes, of the files that were read, each once; in a fixed order.
        digests: the file as the project names it to the SHA-256 of its bytes; in the same order.
        seen: what the files looked like before they were read, as `stale.look` returns it.
        looked: when that was, in nanoseconds since 1970.
        unread: what looks like knowledge and is not read.
    """

    contents: Mapping[Path, bytes]
    digests: Mapping[str, str]
    seen: Mapping[str, str]
    looked: int
    unread: tuple[Unread, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether every file was read."""
        return len(self.contents) == len(self.digests)

    def content(self, path: Path, name: str) -> bytes | None:
        """Return the bytes of a file, read now where they were not; None when it has changed since the look.

        Args:
            path: the file.
            name: what the project calls it.
        """
        found = self.contents.get(path)
        if found is not None:
            return found
        try:
            found = path.read_bytes()
        except OSError:
            return None
        return found if hashlib.sha256(found).hexdigest() == self.digests.get(name) else None


class Manifest(Record):
    """What stands in manifest.json; no clock, no absolute path.

    Args:
        citykg: version that built the store.
        layout: `LAYOUT` of that version.
        address: the content address.
        engines: reasoner and validator by name.
        counts: articles, passages, things; asserted, inferred and closure in triples; graphs.
        layers: asserted quads per layer.
        validation: results per severity (violation, warning, info), or None when nothing was validated.
        canonical: digest of the dataset, whatever its order and the labels of blank nodes (`digest`).
        inputs: file to SHA-256.
    """

    citykg: str
    layout: int
    address: str
    engines: Engines
    counts: Mapping[str, int]
    layers: Mapping[str, int]
    validation: Mapping[str, int] | None
    canonical: str
    inputs: Mapping[str, str]

    def to_bytes(self) -> bytes:
        """Return the JSON text of the manifest, the same for the same build."""
        members = {**vars(self), "engines": vars(self.engines)}
        return (json.dumps(members, ensure_ascii=False, indent=1) + "\n").encode()

    @property
    def digest(self) -> str:
        """SHA-256 of the manifest."""
        return hashlib.sha256(self.to_bytes()).hexdigest()


def read_inputs(project: Project, *, standing: Path | None = None) -> Inputs:
    """Read every file that a build depends on: knowledge, stored queries, checks and their profile.

    Args:
        project: the project.
        standing: a build of it; files that look as they did then are not read (`stale` says which).

    Raises:
        CannotRun: ``unreadable`` or ``file-not-found``.
    """
    checks = project.root / "queries" / "checks"
    profile = [path for path in sorted(checks.glob("*")) if path.is_file() and path.suffix != ".rq"]
    paths = (*(path for _, path in project.knowledge()), *project.queries(), *project.checks(), *profile)
    known = {} if standing is None else _known(standing)
    # Times are taken before the bytes: a change in between makes the store look stale, never fresh.
    looked = time.time_ns()
    walked = walk(project)
    folders = (name for name in walked.folders if not name.startswith("queries/"))
    seen = look(project, [*folders, *map(project.relative, paths)])
    contents: dict[Path, bytes] = {}
    digests: dict[str, str] = {}
    for path in paths:
        name = project.relative(path)
        if name in known and known[name][0] == seen.get(name):
            digests[name] = known[name][1]
            continue
        content = read_project_file(project, path)
        contents[path] = content
        digests[name] = hashlib.sha256(content).hexdigest()
    return Inputs(contents, digests, seen, looked, unread_files(walked, digests.keys()))


def _known(standing: Path) -> Mapping[str, tuple[str, str]]:
    """What the files of a build looked like, with their digests, where a change would show."""
    try:
        digests = read_manifest(standing).inputs
    except CannotRun:
        return {}
    return {name: (state, digests[name]) for name, state in settled(standing).items() if name in digests}


def content_address(inputs: Inputs, engines: Engines) -> str:
    """Return the name that a build of these files by this citykg and these engines has."""
    lines = [f"citykg {__version__}", f"layout {LAYOUT}", f"reasoner {engines.reasoner}"]
    lines.append(f"validator {engines.validator}")
    lines.extend(f"{digest} {name}" for name, digest in inputs.digests.items())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]


def read_manifest(build: Path) -> Manifest:
    """Read the manifest of a build.

    Raises:
        CannotRun: ``store-damaged`` when it is missing or not what this version writes.
    """
    try:
        members = json.loads((build / "manifest.json").read_bytes())
        return Manifest(**{**members, "engines": Engines(**members["engines"])})
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise CannotRun("store-damaged", f"{build} has no readable manifest", _BUILD_AGAIN) from error


def write_manifest(build: Path, manifest: Manifest, inputs: Inputs) -> None:
    """Write manifest.json, seen.json and format into a build folder, and see them onto the disk."""
    _write_durably(build / "manifest.json", manifest.to_bytes())
    write_seen(build, inputs)
    _write_durably(build / "format", f"layout {manifest.layout} citykg {manifest.citykg}\n".encode())


def written_at(build: Path) -> int:
    """Return when the manifest of a build was written, in nanoseconds since 1970; 0 where none is left."""
    try:
        return (build / "manifest.json").stat().st_mtime_ns
    except OSError:
        return 0


def write_seen(build: Path, inputs: Inputs) -> None:
    """Record what the inputs looked like, so that those that have not changed need not be read."""
    partial = build / f"{SEEN}.partial-{os.getpid()}"
    lines = (f"{state}\t{name}\n" for name, state in inputs.seen.items())
    _write_durably(partial, "".join((f"{inputs.looked}\n", *lines)).encode())
    partial.replace(build / SEEN)


def digest_of(project: Project, path: Path) -> str | None:
    """Return the SHA-256 of a file of a project, or None when it cannot be read."""
    try:
        return hashlib.sha256(read_project_file(project, path)).hexdigest()
    except CannotRun:
        return None


def _write_durably(path: Path, content: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
