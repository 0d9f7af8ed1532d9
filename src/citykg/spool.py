"""Bytes that are kept on disk for a second reading, so that memory does not grow with them."""

import tempfile
import threading
import weakref
from collections.abc import Iterator

__all__ = ["Place", "Spool"]

Place = tuple[int, int]
"""Where a block stands: its start and its size, in bytes."""


class Spool:
    """Blocks in a temporary file, which goes with this object; several threads may read them at once."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="citykg-")  # noqa: SIM115 - closed with this object
        self._one_at_a_time = threading.Lock()
        self._end = 0
        self._places: list[Place] = []
        weakref.finalize(self, self._file.close)

    def add(self, block: bytes) -> Place:
        """Keep a block; returns its place."""
        with self._one_at_a_time:
            place = self._end, len(block)
            self._file.seek(self._end)
            self._file.write(block)
            self._end += len(block)
            self._places.append(place)
            return place

    def read(self, place: Place) -> bytes:
        """Return the block of a place."""
        start, size = place
        with self._one_at_a_time:
            self._file.seek(start)
            return self._file.read(size)

    def __iter__(self) -> Iterator[bytes]:
        """Yield all blocks in the order in which they were added."""
        return map(self.read, self._places)
