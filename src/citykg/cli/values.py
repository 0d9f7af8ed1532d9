"""How what is on the command line is read: counts, seconds with the bounds of clocks and sockets, names."""

import sys

from citykg.errors import CannotRun, UsageError

TYPE_CHECKING = False  # typing is not imported on the way to a query
if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["INPUT_HINT", "count", "filled", "line_for", "seconds"]

#: What to do about standard input that is not UTF-8; GB18030 is what Chinese text then most often is.
INPUT_HINT = "convert it, for instance: … | iconv -f GB18030 -t UTF-8 | citykg …"
# Eleven days; sockets take no more than 24.
_MOST_SECONDS = 1_000_000


def seconds(option: str, *, or_none: bool = False) -> "Callable[[str], float]":
    """Return a reader of an option's seconds.

    Args:
        option: as a person writes it.
        or_none: whether it may be 0.

    Raises:
        UsageError: ``usage`` when it is no number of them, or more than anything can wait.
    """

    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = -1.0
        if not (value >= 0 if or_none else value > 0):
            what = (
                "neither 0 nor a positive number of seconds"
                if or_none
                else "not a positive number of seconds"
            )
            raise UsageError("usage", f"{option} {text}: {what}", f"for example {option} 5")
        if value > _MOST_SECONDS:
            raise UsageError(
                "usage", f"{option} {text}: too many seconds", f"at most {option} {_MOST_SECONDS}"
            )
        return value

    return read


def count(option: str) -> "Callable[[str], int]":
    """Return a reader of an option's whole number, which may be 0.

    Args:
        option: as a person writes it.

    Raises:
        UsageError: ``usage`` when it is none.
    """

    def read(text: str) -> int:
        if not (text.isascii() and text.isdecimal()) or len(text) > 18:
            raise UsageError(
                "usage", f"{option} {text}: not a whole number, 0 or more", f"for example {option} 5"
            )
        return int(text)

    return read


def filled(what: str) -> "Callable[[str], str]":
    """Return a reader of a name, which must not be empty: a variable of the shell that is not set is none.

    Args:
        what: as the help calls it.

    Raises:
        UsageError: ``usage``.
    """

    def read(text: str) -> str:
        if not text.strip():
            raise UsageError("usage", f"{what} is empty", "is a variable of the shell not set?")
        return text

    return read


def line_for(text: str, what: str) -> str:
    """Return a text, or for ``-`` the one line of standard input.

    Args:
        text: as on the command line.
        what: is wanted there.

    Raises:
        UsageError: ``empty-search`` for a blank text or none; ``usage`` when there are more lines.
        CannotRun: ``not-utf8``.
    """
    if text == "-":
        text = _line(what)
    if not text.strip():
        raise UsageError(
            "empty-search", f"the {what} to look for is empty", "for example a label or an alias"
        )
    return text


def _line(what: str) -> str:
    terminal = sys.stdin.isatty()
    content = sys.stdin.buffer.readline() if terminal else sys.stdin.buffer.read()
    try:
        lines = [line for line in content.decode("utf-8-sig").splitlines() if line.strip()]
    except UnicodeDecodeError as error:
        raise CannotRun("not-utf8", f"standard input: byte {error.start} is not UTF-8", INPUT_HINT) from error
    if len(lines) > 1:
        message = f"standard input has {len(lines)} lines, and one {what} is wanted"
        raise UsageError("usage", message, "for each of several: xargs -d '\\n' -n 1")
    return lines[0] if lines else ""
