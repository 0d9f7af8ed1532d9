"""What a build keeps so that the next one can go on from it: its report, spellings, and files it was made of.

Beside the store stand ``basis.json`` (`Basis`), the report, what the files write otherwise than the store
and what they say more than once; the files themselves, as far as an edit of them can be followed, under their
digests in a folder that builds share::

    files/<SHA-256>          the bytes of a file that a build was made of
"""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from .digest import ContentDigest
from .errors import CannotRun
from .manifest import Inputs, read_manifest
from .project import Project
from .repeated import Repeated
from .shacl.kept import read_report, write_report
from .shacl.results import Report
from .written import Written

__all__ = ["Basis", "discard_files", "keep_files", "kept_file", "read_basis", "write_basis"]

_FILE = "basis.json"


@dataclass(frozen=True, slots=True)
class Basis:
    """What a build knows of itself, besides its store and its manifest.

    Args:
        digest: of the whole dataset.
        explicit: as in `reason.Closure`.
        distinct: whether no two spellings of one triple were asserted, which a store cannot tell apart.
        repeated: triples that stand in several files or graphs.
        report: the report; None when the validation was left out.
        written: what the files write otherwise than the store.
    """

    digest: ContentDigest
    explicit: bool
    distinct: bool
    repeated: Repeated
    report: Report | None
    written: Written


def write_basis(folder: Path, basis: Basis) -> None:
    """Write a basis into the folder of a build."""
    members = {
        "named": f"{basis.digest.named:064x}",
        "blank": basis.digest.blank,
        "explicit": basis.explicit,
        "distinct": basis.distinct,
    }
    (folder / _FILE).write_text(json.dumps(members, ensure_ascii=False), encoding="utf-8")
    basis.repeated.write(folder)
    basis.written.write(folder)
    if basis.report is not None:
        write_report(folder, basis.report)


def read_basis(folder: Path) -> Basis | None:
    """Read the basis in the folder of a build; None where there is none, or none that can be read."""
    try:
        members = json.loads((folder / _FILE).read_bytes())
        written = Written.read(folder)
        if written is None:
            return None
        return Basis(
            digest=ContentDigest(int(members["named"], 16), members["blank"]),
            explicit=members["explicit"],
            distinct=members["distinct"],
            repeated=Repeated.read(folder),
            report=read_report(folder),
            written=written,
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep_files(project: Project, inputs: Inputs) -> None:
    """Keep the bytes of the files whose edits can be followed, those that are not kept already."""
    folder = project.cache_dir / "files"
    folder.mkdir(exist_ok=True)
    present = {path.name for path in folder.iterdir()}
    for name, digest in inputs.digests.items():
        if digest in present:
            continue
        layer = project.layer(name)
        content = inputs.content(project.root / name, name) if layer is not None and layer.followed else None
        if content is not None:
            partial = folder / f"{digest}.partial-{os.getpid()}"
            partial.write_bytes(content)
            partial.replace(folder / digest)


def kept_file(project: Project, digest: str) -> bytes | None:
    """Return the bytes of a file by their digest; None where they are not kept, or damaged."""
    try:
        content = (project.cache_dir / "files" / digest).read_bytes()
    except OSError:
        return None
    return content if sha256(content).hexdigest() == digest else None


def discard_files(project: Project, builds: Iterable[Path]) -> None:
    """Remove the kept files that none of these builds was made of."""
    wanted: set[str] = set()
    for build in builds:
        try:
            wanted.update(read_manifest(build).inputs.values())
        except CannotRun:
            continue
    folder = project.cache_dir / "files"
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name not in wanted:
            path.unlink(missing_ok=True)
