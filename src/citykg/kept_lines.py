"""Sorted lines kept from build to build, in groups that begin alike: a change costs what it changes.

The lines stand in a file, sorted by their key: what comes before the first separator. A group is found in it
by halving, without the file being read. What has changed since stands in a second file, ``<name>.changed``:
for each changed group its key and the separator on a line alone, then its lines. The next build links to the
first file, which is never written again, and writes the second one only, until that is too large a part.
"""

import mmap
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import groupby
from pathlib import Path

__all__ = ["KeptLines", "link_or_copy"]

_CHANGED = ".changed"
#: Changed groups are written into one file with all others when they take more than this part of it, and
#: more bytes than this.
_PART = 8
_LEAST = 1 << 16


class KeptLines:
    """Sorted lines in groups.

    Args:
        lines: lines without line breaks, sorted by their keys; within a group in any order.
        separator: what ends a key; it stands in every line.
    """

    def __init__(self, lines: Iterable[bytes] = (), *, separator: bytes) -> None:
        self._separator = separator
        self._text: bytes | mmap.mmap = b"".join(line + b"\n" for line in lines)
        self._file: Path | None = None
        self._changed: dict[bytes, tuple[bytes, ...]] = {}

    @classmethod
    def read(cls, folder: Path, name: str, *, separator: bytes) -> "KeptLines":
        """Open what `write` has written into a folder; only what has changed is read.

        Raises:
            OSError: there is no such file, or it cannot be read.
            ValueError: what stands beside it are no changed groups.
        """
        found = cls(separator=separator)
        found._file = folder / name
        with found._file.open("rb") as stream:
            if os.fstat(stream.fileno()).st_size:
                found._text = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        with suppress(FileNotFoundError):
            found._changed = found._groups((folder / (name + _CHANGED)).read_bytes().split(b"\n")[:-1])
        return found

    def write(self, folder: Path, name: str) -> None:
        """Write the lines into a folder that has none of this name."""
        changed = b"".join(
            b"".join(line + b"\n" for line in (key + self._separator, *lines))
            for key, lines in sorted(self._changed.items())
        )
        if self._file is None or len(changed) > max(_LEAST, len(self._text) // _PART):
            with (folder / name).open("wb") as stream:
                stream.writelines(line + b"\n" for line in self)
            return
        link_or_copy(self._file, folder / name)
        if changed:
            (folder / (name + _CHANGED)).write_bytes(changed)

    def group(self, key: bytes) -> tuple[bytes, ...]:
        """Return the lines of a group; none where there is no such group."""
        changed = self._changed.get(key)
        return self._standing(key) if changed is None else changed

    def replaced(self, groups: Mapping[bytes, Sequence[bytes]]) -> "KeptLines":
        """Return these lines with other ones in some groups.

        Args:
            groups: the groups by their keys; without lines where there shall be none.
        """
        found = KeptLines(separator=self._separator)
        found._text, found._file = self._text, self._file
        found._changed = {**self._changed, **{key: tuple(lines) for key, lines in groups.items()}}
        for key in groups:
            if found._changed[key] == self._standing(key):
                del found._changed[key]
        return found

    def __iter__(self) -> Iterator[bytes]:
        """Yield all lines in the order of their keys."""
        changed = sorted(self._changed.items(), reverse=True)
        for key, lines in groupby(self._lines(), self._key):
            while changed and changed[-1][0] < key:
                yield from changed.pop()[1]
            yield from changed.pop()[1] if changed and changed[-1][0] == key else lines
        while changed:
            yield from changed.pop()[1]

    def _lines(self) -> Iterator[bytes]:
        return iter(self._text[:].split(b"\n")[:-1])

    def _key(self, line: bytes) -> bytes:
        return line[: line.index(self._separator)]

    def _groups(self, lines: Iterable[bytes]) -> dict[bytes, tuple[bytes, ...]]:
        found: dict[bytes, tuple[bytes, ...]] = {}
        for key, group in groupby(lines, self._key):
            head, *rest = group
            if head != key + self._separator:
                raise ValueError("a group without its key")
            found[key] = tuple(rest)
        return found

    def _standing(self, key: bytes) -> tuple[bytes, ...]:
        """The lines of a group in the file."""
        start, end = 0, len(self._text)
        while start < end:  # line breaks: the group's first line begins in start..end
            middle = self._text.rfind(b"\n", start, (start + end) // 2) + 1 or start
            line_end = self._text.find(b"\n", middle)
            if self._text[middle : self._text.find(self._separator, middle, line_end)] < key:
                start = line_end + 1
            else:
                end = middle
        lines = []
        beginning = key + self._separator
        while self._text[start : start + len(beginning)] == beginning:
            line_end = self._text.find(b"\n", start)
            lines.append(self._text[start:line_end])
            start = line_end + 1
        return tuple(lines)


def link_or_copy(file: Path, other: Path) -> None:
    """Give a file that is never written again a second name; copy it where there is no link to be had."""
    try:
        os.link(file, other)
    except OSError:
        shutil.copyfile(file, other)
