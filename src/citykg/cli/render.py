"""What verbs share when they write: colour or not, notes on standard error, bytes on standard output."""

import argparse
import os
import sys

from citykg.errors import CitykgError

TYPE_CHECKING = False  # typing is not imported on the way to a query
if TYPE_CHECKING:
    from typing import IO, NoReturn

    from rich.console import Console, RenderableType

__all__ = [
    "as_text",
    "console",
    "is_terminal",
    "note",
    "print_text",
    "render_error",
    "use_colour",
    "write_bytes",
    "write_text",
]

_WIDE = 10_000  # columns where no terminal has an edge: a reader behind a pipe wants whole lines


def is_terminal(stream: "IO[str]") -> bool:
    """Whether a person reads this stream."""
    try:
        return stream.isatty()
    except ValueError:  # closed
        return False


def use_colour(choice: str, stream: "IO[str]") -> bool:
    """Whether to colour ``stream``: ``--color``, then https://no-color.org, then the terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return is_terminal(stream)


def console(args: argparse.Namespace, stream: "IO[str] | None" = None) -> "Console":
    """Return a rich console for a stream (default: standard output); rich is imported only here."""
    from rich.console import Console

    stream = sys.stdout if stream is None else stream
    terminal = is_terminal(stream)
    colour = use_colour(args.color, stream)
    return Console(
        file=stream,
        force_terminal=True if args.color == "always" else None,
        color_system="auto" if colour else None,
        highlight=False,
        emoji=False,
        markup=False,
        width=None if terminal else _WIDE,
    )


def print_text(args: argparse.Namespace, *parts: "RenderableType", wrap: bool = True) -> None:
    """Print rich text and tables to standard output; see `as_text`."""
    write_text(as_text(args, *parts, wrap=wrap))


def as_text(args: argparse.Namespace, *parts: "RenderableType", wrap: bool = True) -> str:
    """Return rich text and tables as standard output shows them, without spaces at the ends of lines.

    Args:
        args: the global options.
        parts: what is printed, each on lines of its own.
        wrap: whether lines longer than the terminal are broken between words.

    Raises:
        CannotRun: ``cannot-write``.
    """
    out = console(args)
    try:
        with out.capture() as captured:
            for part in parts:
                out.print(part, soft_wrap=not wrap)
    except BrokenPipeError:
        raise
    except OSError as error:  # it flushes standard output
        _refuse_output(error)
    return "".join(f"{line.rstrip(' ')}\n" for line in captured.get().splitlines())


def note(args: argparse.Namespace, text: str) -> None:
    """Write one line to standard error, unless ``--quiet``."""
    if not args.quiet:
        print(text, file=sys.stderr, flush=True)


def write_text(text: str) -> None:
    """Write text to standard output as UTF-8, whatever the locale says."""
    write_bytes(text.encode("utf-8"))


def write_bytes(data: bytes) -> None:
    """Write bytes to standard output.

    Raises:
        CannotRun: ``cannot-write``.
    """
    try:
        sys.stdout.flush()
        left = memoryview(data)
        while left:  # unbuffered (PYTHONUNBUFFERED), it may write a part only, and says so
            left = left[sys.stdout.buffer.write(left) :]
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        _refuse_output(error)


def _refuse_output(error: OSError) -> "NoReturn":
    from citykg.cannot_write import STANDARD_OUTPUT, cannot_write

    raise cannot_write(STANDARD_OUTPUT, error) from error


def render_error(error: CitykgError, *, colour: bool) -> str:
    """Return the message of an error: ``citykg: error[code]: message`` and, where there is one, a hint."""
    bold, dim, off = ("\x1b[1;31m", "\x1b[36m", "\x1b[0m") if colour else ("", "", "")
    text = f"{bold}citykg: error[{error.code}]:{off} {error.message}"
    return f"{text}\n{dim}hint:{off} {error.hint}" if error.hint else text
