"""An RDF file as a dataset: read once, checked, and kept by graph on disk: memory does not grow with it."""

import codecs
import errno
import gzip
import hashlib
import io
import os
import zlib
from array import array
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, BinaryIO, cast

import pyoxigraph as ox

from ..errors import CannotRun, UsageError
from ..sources import FILE_HINT, STANDARD_INPUT, check_utf8, syntax_error
from ..spool import Spool
from .formats import FORMATS, Format, format_named, format_of_file
from .selection import CLOSURE
from .sources import ReadSource, blocks_of, graph_name, lines_of

__all__ = ["FileSource", "read_file"]

Progress = Callable[[int], None]
GraphName = ox.NamedNode | ox.BlankNode | ox.DefaultGraph

_GZIP = b"\x1f\x8b"
_READ = 256 * 1024
_BATCH = 10_000
#: Bytes of one graph that are worth writing, and of many graphs that wait until they are.
_WHOLE = 64 * 1024
_HELD = 4 * 1024 * 1024


class FileSource(ReadSource):
    """Statements of a file; see `citykg.export.sources.Source`.

    Args:
        digest: SHA-256 of what the file holds, unpacked; hexadecimal.
        kept: its statements.
    """

    def __init__(self, digest: str, kept: "_ByGraph") -> None:
        self.digest = digest
        self.counts = kept.counts
        self._kept = kept

    def graphs(self) -> list[str]:
        """Return the names of the named graphs."""
        return sorted(name for name in self.counts if name is not None)

    def read(self, graph: str | None) -> Iterator[bytes]:
        """Read one graph."""
        return self._kept.read(graph)


def read_file(
    file: Path | BinaryIO,
    *,
    form: Format | None = None,
    graph: str | None = None,
    progress: Progress | None = None,
) -> FileSource:
    """Read an RDF file, or standard input, from its beginning to its end.

    What is compressed is told by its first bytes. The graph that takes the place of a default graph, where a
    store has none of its own, is read as the default graph.

    Args:
        file: its path, or an open one.
        form: its format; None for that of the ending, and N-Quads, which N-Triples are too, for an open file.
        graph: IRI of the graph for what stands in no graph; None for the default graph.
        progress: called with the number of statements as they are read.

    Raises:
        UsageError: ``unknown-format`` for a file whose ending names none.
        CannotRun: ``file-not-found``, ``unreadable``; ``turtle-syntax`` and ``not-utf8`` with the line.
    """
    name = str(file) if isinstance(file, Path) else STANDARD_INPUT
    form = form or _form_of(file)
    kept = _ByGraph(graph, progress)
    with _opened(file, name) as content:
        if form.parser in (ox.RdfFormat.N_QUADS, ox.RdfFormat.N_TRIPLES):
            _read_lines(content, form, kept, name)
        else:
            try:
                quads = ox.parse(cast("IO[bytes]", content), form.parser)
                while batch := list(islice(quads, _BATCH)):
                    kept.add_quads(batch)
            except SyntaxError as error:
                content.check_utf8(name)
                raise syntax_error(error, name=name) from error
    kept.flush()
    return FileSource(content.digest.hexdigest(), kept)


def _form_of(file: Path | BinaryIO) -> Format:
    if not isinstance(file, Path):
        return format_named("nquads")
    form = format_of_file(file)
    if form is None:
        endings = " ".join(candidate.ending for candidate in FORMATS)
        raise UsageError(
            "unknown-format", f"{file}: the ending names no format", f"known: {endings}, and .gz"
        )
    return form


def _read_lines(content: "_Content", form: Format, kept: "_ByGraph", name: str) -> None:
    """Read N-Triples or N-Quads block by block: blank nodes keep their labels, lines become canonical."""
    number = 0
    for block in blocks_of(iter(lambda: content.read(_READ), b"")):
        try:
            quads = ox.parse(block, form.parser)
            if form.graphs:
                kept.add_quads(list(quads))
            else:
                kept.add(lines_of(quads))
        except SyntaxError as error:
            raise syntax_error(error, name=name, content=block, before=number) from error
        number += block.count(b"\n")


class _ByGraph:
    """Lines of canonical N-Triples, sorted by graph on the way into a temporary file.

    Args:
        default: the graph for what stands in none.
        progress: called with the number of statements.
    """

    def __init__(self, default: str | None, progress: Progress | None) -> None:
        self.counts: dict[str | None, int] = {}
        self._default = default
        self._progress = progress
        self._spool = Spool()
        self._places: dict[str | None, array[int]] = {}
        self._held: dict[str | None, list[bytes]] = {}
        self._size = 0

    def add_quads(self, quads: Sequence[ox.Quad]) -> None:
        """Add statements of any graphs."""
        lines = lines_of(quad.triple for quad in quads).split(b"\n")
        found: dict[GraphName, list[bytes]] = {}
        for quad, line in zip(quads, lines, strict=False):  # the last is empty
            found.setdefault(quad.graph_name, []).append(line)
        for graph, some in found.items():
            self.add(
                b"\n".join((*some, b"")), None if isinstance(graph, ox.DefaultGraph) else graph_name(graph)
            )

    def add(self, lines: bytes, graph: str | None = None) -> None:
        """Add lines to one graph."""
        if not lines:
            return
        graph = self._default if graph is None else None if graph == CLOSURE else graph
        number = lines.count(b"\n")
        self.counts[graph] = self.counts.get(graph, 0) + number
        if len(lines) >= _WHOLE:
            self._keep(graph, lines)
        else:
            self._held.setdefault(graph, []).append(lines)
            self._size += len(lines)
            if self._size >= _HELD:
                self._make_room()
        if self._progress:
            self._progress(number)

    def flush(self) -> None:
        """Write what waits."""
        self._write(list(self._held))

    def read(self, graph: str | None) -> Iterator[bytes]:
        """Yield the lines of a graph in blocks."""
        places = self._places.get(graph, ())
        return blocks_of(self._spool.read((places[at], places[at + 1])) for at in range(0, len(places), 2))

    def _make_room(self) -> None:
        """Write the larger graphs, which hold at least half of what waits: blocks are worth writing."""
        sizes = {graph: sum(map(len, blocks)) for graph, blocks in self._held.items()}
        least = self._size / len(sizes) / 2
        self._write([graph for graph, size in sizes.items() if size >= least])

    def _write(self, graphs: Iterable[str | None]) -> None:
        for graph in graphs:
            block = b"".join(self._held.pop(graph))
            self._size -= len(block)
            self._keep(graph, block)

    def _keep(self, graph: str | None, block: bytes) -> None:
        self._places.setdefault(graph, array("Q")).extend(self._spool.add(block))


class _Content:
    """What a file holds, unpacked, with its digest, and the last of it that was read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._last: deque[bytes] = deque()
        self._kept = 0
        self._lines_before: int | None = None
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Read so many bytes, at most."""
        data = self._file.read(size)
        self.digest.update(data)
        self._last.append(data)
        self._kept += len(data)
        while self._kept - len(self._last[0]) >= _READ:
            gone = self._last.popleft()
            self._kept -= len(gone)
            self._lines_before = (self._lines_before or 0) + gone.count(b"\n")
        return data

    def check_utf8(self, name: str) -> None:
        """Say so where what was read last is not UTF-8: parsers of other formats than lines do not.

        Raises:
            CannotRun: ``not-utf8``.
        """
        last, before = b"".join(self._last), self._lines_before
        if before is not None:  # from the first line that is whole
            last = last[last.find(b"\n") + 1 :]
            before += 1
        try:
            text = codecs.getincrementaldecoder("utf-8")().decode(last)
        except UnicodeDecodeError:
            check_utf8(last, name, before or 0)
        else:
            check_utf8(text.encode(), name, before or 0)  # a byte order mark


@contextmanager
def _opened(file: Path | BinaryIO, name: str) -> Iterator[_Content]:
    try:
        with file.open("rb") if isinstance(file, Path) else _left_open(file) as raw:
            packed = raw.peek(2)[:2] == _GZIP
            if name.lower().endswith(".gz") and not packed:
                raise CannotRun("unreadable", f"{name}: not whole or not gzip")
            yield _Content(cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if packed else raw)
    except FileNotFoundError as error:
        raise CannotRun("file-not-found", f"there is no file {name}", FILE_HINT) from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise CannotRun("unreadable", f"{name}: not whole or not gzip: {error}") from error
    except OSError as error:
        if error.errno == errno.ENOSPC:  # nothing else is written here
            raise CannotRun(
                "disk-full", f"no room for {name} in the temporary folder", "let TMPDIR name one with room"
            ) from error
        hint = "name a file in it" if isinstance(error, IsADirectoryError) else ""
        raise CannotRun("unreadable", f"cannot read {name}: {error.strerror}", hint) from error


@contextmanager
def _left_open(file: BinaryIO) -> Iterator[io.BufferedReader]:
    if isinstance(file, io.BufferedReader):
        yield file
    else:  # PYTHONUNBUFFERED
        with os.fdopen(os.dup(file.fileno()), "rb") as buffered:
            yield buffered
