"""A lock that the system takes back when its holder ends, however it ends, as filelock does it."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["locked"]

_PAUSE = 0.05


@contextmanager
def locked(path: Path, *, wait: float = 0, on_wait: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold the lock of a file, against other processes and other holders in this one.

    Args:
        path: the file, which is made and stays.
        wait: seconds to wait for another holder.
        on_wait: called once when there is one to wait for.

    Raises:
        TimeoutError: another holder had it all the time.
        OSError: the file cannot be made, or the file system has no locks.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        end = time.monotonic() + wait
        if not _take(descriptor):
            if on_wait is not None:
                on_wait()
            while not _take(descriptor):
                if time.monotonic() >= end:
                    raise TimeoutError(f"{path} is held")
                time.sleep(_PAUSE)
        yield
    finally:
        os.close(descriptor)  # and gives the lock back


def _take(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):  # the latter on Windows
        return False
    return True
