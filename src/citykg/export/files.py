"""Output that appears whole or not at all: written beside its place, then moved there; .gz by name."""

import errno
import gzip
import io
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, cast

from ..cannot_write import STANDARD_OUTPUT, cannot_write

__all__ = ["output"]

_STDOUT = "-"
# Errors that only writing makes: raised while the caller reads and writes in turn, they are the output's.
_WRITING = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def output(target: str) -> Iterator[IO[bytes]]:
    """Open what an export is written to.

    A file is written under a temporary name in the same folder, synchronised, and renamed when the block
    ends without an error: a reader sees the old file or the new one. A link stays one: what it leads to is
    replaced. A device or a pipe is written to as it is. A name that ends in ``.gz`` is compressed, without a
    time stamp, so that the same graph makes the same file.

    Args:
        target: a file name, or ``-`` for standard output.

    Raises:
        CannotRun: ``cannot-write`` with the system's reason; nothing is left behind.
    """
    if target == _STDOUT:
        with _said(STANDARD_OUTPUT):
            sys.stdout.flush()
            if isinstance(sys.stdout.buffer, io.RawIOBase):  # PYTHONUNBUFFERED: it may write a part only
                with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as buffered:
                    yield buffered
                return
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        return
    path = Path(os.path.realpath(target))  # unlike Path.resolve it says nothing of links in a circle
    if path.exists() and not path.is_file():  # a device or a pipe is written to, a folder refuses
        with _said(target), path.open("wb") as raw:
            yield raw
        return
    with _said(target):
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as raw:
            if target.lower().endswith(".gz"):
                with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0, compresslevel=6) as packed:
                    yield cast("IO[bytes]", packed)
            else:
                yield raw
            with _said(target):
                raw.flush()
                os.fsync(raw.fileno())
        with _said(target):
            part.chmod(_mode(path))
            part.replace(path)
    except OSError as error:
        if error.errno not in _WRITING:
            raise
        raise cannot_write(target, error) from error
    finally:
        with suppress(FileNotFoundError):
            part.unlink()


@contextmanager
def _said(target: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise cannot_write(target, error) from error


def _mode(path: Path) -> int:
    """Return the mode of the file that is replaced, or what the umask leaves of 0666."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
