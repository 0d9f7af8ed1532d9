"""How the values of options are read: counts, and seconds with the bounds that clocks and sockets have."""

from citykg.errors import UsageError

TYPE_CHECKING = False  # typing is not imported on the way to a query
if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["count", "seconds"]

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
            raise UsageError("usage", f"{option} {text}: not a whole number", f"for example {option} 5")
        return int(text)

    return read
