"""Whether a text is a word of the language, by the dictionary that comes with jieba."""

from pathlib import Path

__all__ = ["Dictionary"]


class Dictionary:
    """A dictionary that is looked into where it lies; it is read when it is first asked.

    Args:
        path: of a file with a word, a space and more on every line.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._content: bytes | None = None

    def __contains__(self, word: str) -> bool:
        """Whether a text is a word; where there is no dictionary, none is."""
        if self._content is None:
            try:
                self._content = b"\n" + self.path.read_bytes()
            except OSError:
                self._content = b""
        return f"\n{word} ".encode() in self._content
