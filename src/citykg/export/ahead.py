"""Reading on while what has been read is worked on: two cores, or a server and this machine, at once."""

import tempfile
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from queue import Empty, Queue
from threading import Event, Thread
from typing import TypeVar

__all__ = ["ahead", "followed"]

T = TypeVar("T")

_AT_MOST = 2
_PAUSE = 0.01


@contextmanager
def ahead(*streams: Generator[T, None, None]) -> Iterator[Iterator[T]]:
    """Begin at once to read blocks in a thread, a few further than they are asked for.

    Of several streams, each is read in a thread of its own, and their blocks come as they arrive. What
    reading them raises is raised where the next block is asked for. On leaving, reading ends.
    """
    waiting: Queue[T | BaseException | None] = Queue(_AT_MOST * len(streams))
    given_up = Event()

    def read(blocks: Generator[T, None, None]) -> None:
        try:
            with closing(blocks):  # here, in the thread that has opened what they come from
                for block in blocks:
                    waiting.put(block)
                    if given_up.is_set():
                        break
            waiting.put(None)
        except BaseException as error:  # noqa: BLE001 - raised again by who asks
            waiting.put(error)

    # A daemon: nobody waits for a server after Ctrl-C.
    for blocks in streams:
        Thread(target=read, args=(blocks,), name="citykg-ahead", daemon=True).start()
    try:
        yield _handed_out(waiting, len(streams))
    finally:
        given_up.set()
        with suppress(Empty):  # so that the thread finds room, and ends
            while True:
                waiting.get_nowait()


def _handed_out(waiting: "Queue[T | BaseException | None]", streams: int) -> Iterator[T]:
    for _ in range(streams):
        while (block := waiting.get()) is not None:
            if isinstance(block, BaseException):
                raise block
            yield block


def followed(write: Callable[[Path], object], *, size: int) -> Iterator[bytes]:
    """Yield what is written into a temporary file while it is still being written.

    Args:
        write: writes the file that it is given, without holding Python's lock.
        size: bytes to yield at once, at most.
    """
    with tempfile.TemporaryDirectory(prefix="citykg-export-") as folder, ThreadPoolExecutor(1) as pool:
        path = Path(folder) / "graph"
        path.touch()
        with path.open("rb") as file:
            written = pool.submit(write, path)
            while True:
                whole = written.done()
                if block := file.read(size):
                    yield block
                elif whole:
                    break
                else:
                    wait((written,), timeout=_PAUSE)
        written.result()
