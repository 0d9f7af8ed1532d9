"""A limit on time that also holds while a store works in native code, where Python's signals have to wait."""

import os
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from citykg.cli.render import render_error, use_colour
from citykg.errors import CannotRun, UsageError

__all__ = ["DEFAULT_SECONDS", "seconds", "time_limit"]

DEFAULT_SECONDS = 30.0
_GRACE = 0.3  # seconds that Python is given to handle Ctrl-C itself


def seconds(text: str) -> float:
    """Read the value of ``--timeout``.

    Raises:
        UsageError: ``usage`` when it is not a positive number.
    """
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise UsageError(
            "usage", f"--timeout {text}: not a positive number of seconds", "for example --timeout 5"
        )
    return value


@contextmanager
def time_limit(limit: float, *, hint: str, color: str = "auto") -> Iterator[None]:
    """End the process with the message of a time-out after so many seconds, and at once on Ctrl-C.

    Readers hold nothing that would be lost. A thread of its own keeps the time; the signal reaches it
    through a pipe (``signal.set_wakeup_fd``).
    """
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    main = threading.current_thread() is threading.main_thread()
    before = signal.set_wakeup_fd(writing, warn_on_full_buffer=False) if main else -1
    done = threading.Event()

    def out_of_time() -> None:
        message = f"no answer within {limit:g} seconds"
        error = CannotRun("time-out", message, hint)
        _end(render_error(error, colour=use_colour(color, sys.stderr)), error.exit_status)

    keeper = threading.Thread(target=_keep_time, args=(reading, limit, done, out_of_time), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        done.set()
        if main:
            signal.set_wakeup_fd(before)
        os.write(writing, b"\0")
        keeper.join()
        os.close(reading)
        os.close(writing)


def _keep_time(reading: int, limit: float, done: threading.Event, out_of_time: Callable[[], None]) -> None:
    readable, _, _ = select.select([reading], [], [], limit)
    if not readable and not done.is_set():
        out_of_time()
    elif not done.is_set() and os.read(reading, 1)[0] == signal.SIGINT and not done.wait(_GRACE):
        _end("citykg: interrupted", 130)


def _end(message: str, status: int) -> None:
    # Not sys.exit: the main thread is in native code and would not hear of it.
    os.write(2, f"{message}\n".encode())
    os._exit(status)
