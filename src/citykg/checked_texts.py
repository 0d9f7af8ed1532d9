"""Texts that agree with an article and its facts, so that they need not be compared again."""

import hashlib
import os
from collections.abc import Mapping
from contextlib import suppress

from . import __version__
from .project import Project

__all__ = ["key_of", "read_checked", "write_checked"]

_NAME = "texts.tsv"


def key_of(text: str, *described: str | None) -> str:
    """Return what a text goes by, with the digests of the files that describe it."""
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return hashlib.sha256("\n".join((__version__, digest, *map(str, described))).encode()).hexdigest()


def read_checked(project: Project) -> dict[str, tuple[str, int]]:
    """Return the key and the number of passages of what has agreed, by the name of the article's folder."""
    found = {}
    with suppress(OSError, ValueError):
        for line in (project.cache_dir / _NAME).read_text(encoding="utf-8").splitlines():
            key, passages, folder = line.split("\t", 2)
            found[folder] = (key, int(passages))
    return found


def write_checked(project: Project, checked: Mapping[str, tuple[str, int]]) -> None:
    """Keep what has agreed; where the project has no folder for it, or none that may be written, not."""
    place = project.cache_dir / _NAME
    partial = place.with_name(f"{_NAME}.partial-{os.getpid()}")
    lines = (f"{key}\t{passages}\t{folder}\n" for folder, (key, passages) in sorted(checked.items()))
    with suppress(OSError):
        partial.write_text("".join(lines), encoding="utf-8")
        partial.replace(place)
