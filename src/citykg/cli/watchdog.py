"""A limit on time that also holds while a store works in native code, where Python's signals have to wait."""

import _thread  # threading and contextlib would be imported for this alone, on the way to every query
import os
import select
import signal
import sys

from citykg.cli.render import render_error, use_colour
from citykg.errors import CannotRun

__all__ = ["DEFAULT_SECONDS", "time_limit"]

DEFAULT_SECONDS = 30.0
_GRACE = 0.3  # seconds that Python is given to handle Ctrl-C itself


class time_limit:  # noqa: N801 - used as a statement: with time_limit(30): ...
    """End the process with the message of a time-out after so many seconds, and at once on Ctrl-C.

    Readers hold nothing that would be lost. A thread of its own keeps the time; the signal reaches it
    through a pipe (``signal.set_wakeup_fd``).

    Args:
        limit: seconds.
        hint: what the message proposes.
        color: the value of ``--color``.
    """

    def __init__(self, limit: float, *, hint: str, color: str = "auto") -> None:
        self._limit = limit
        self._hint = hint
        self._color = color
        self._running = _thread.allocate_lock()

    def __enter__(self) -> None:
        self._reading, self._writing = os.pipe()
        os.set_blocking(self._writing, False)
        self._wakeup: int | None = None
        try:
            self._wakeup = signal.set_wakeup_fd(self._writing, warn_on_full_buffer=False)
        except ValueError:  # not the main thread: signals are not ours
            self._wakeup = None
        self._running.acquire()
        self._ended = _thread.allocate_lock()
        self._ended.acquire()
        _thread.start_new_thread(self._keep_time, ())

    def __exit__(self, *_: object) -> None:
        self._running.release()
        if self._wakeup is not None:
            signal.set_wakeup_fd(self._wakeup)
        os.write(self._writing, b"\0")
        self._ended.acquire()
        os.close(self._reading)
        os.close(self._writing)

    def _keep_time(self) -> None:
        try:
            readable, _, _ = select.select([self._reading], [], [], self._limit)
            if not self._running.locked():
                return
            if not readable:
                error = CannotRun("time-out", f"no answer within {self._limit:g} seconds", self._hint)
                _end(render_error(error, colour=use_colour(self._color, sys.stderr)), error.exit_status)
            interrupted = os.read(self._reading, 1)[0] == signal.SIGINT
            if interrupted and not self._running.acquire(timeout=_GRACE):
                _end("citykg: interrupted", 130)
        finally:
            self._ended.release()


def _end(message: str, status: int) -> None:
    # Not sys.exit: the main thread is in native code and would not hear of it.
    os.write(2, f"{message}\n".encode())
    os._exit(status)
