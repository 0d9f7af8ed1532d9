"""The message for output that cannot be written."""

import os
import sys
from contextlib import suppress

from .errors import CannotRun

__all__ = ["STANDARD_OUTPUT", "cannot_write"]

STANDARD_OUTPUT = "standard output"


def cannot_write(target: str, error: OSError) -> CannotRun:
    """Return the error for a target; what is still buffered for standard output then goes nowhere.

    Args:
        target: a file, or `STANDARD_OUTPUT`.
        error: of the system.
    """
    hint = "name another file with -o"
    if target == STANDARD_OUTPUT:
        hint = "send it to a place with room"
        with suppress(OSError, ValueError):  # what is in its place has no buffer that is written at exit
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return CannotRun("cannot-write", f"{target}: {error.strerror or error}", hint)
