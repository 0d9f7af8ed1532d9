"""Why a text is not the one that a graph was made from, where the way in which it was saved is the reason."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

__all__ = ["Saved", "closest"]

_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Saved:
    """A text as it may have been before it was saved in another way.

    Args:
        text: the text.
        cause: what is particular about the file; empty for the text as it stands.
        without: the way that it is in here.
        remedy: what a person is to do with the file.
    """

    text: str
    cause: str = ""
    without: str = ""
    remedy: str = ""


def closest(text: str, differing: Callable[[str], int]) -> Saved:
    """Return the text as it stands, or in another way of saving it in which less of it differs.

    Args:
        text: what the file has.
        differing: how many passages of a text differ.
    """
    return min(_ways(text), key=lambda way: differing(way.text))  # of several the first


def _ways(text: str) -> Iterator[Saved]:
    yield Saved(text)
    marked = (
        Saved(
            text.removeprefix(_MARK),
            "begins with a byte order mark",
            "without that",
            "without a byte order mark",
        )
        if text.startswith(_MARK)
        else None
    )
    if marked is not None:
        yield marked
    ends = ("CRLF", "LF") if "\r\n" in text else ("LF", "CRLF")
    if "\r\n" in text or ("\r" not in text and "\n" in text):
        for way in (Saved(text), marked):
            if way is not None:
                yield Saved(
                    way.text.replace("\r\n", "\n") if ends[1] == "LF" else way.text.replace("\n", "\r\n"),
                    _joined(way.cause, f"has {ends[0]} line ends"),
                    _joined(way.without, f"with {ends[1]}"),
                    _joined(way.remedy, f"with {ends[1]} line ends"),
                )


def _joined(first: str, second: str) -> str:
    return f"{first} and {second}" if first else second
