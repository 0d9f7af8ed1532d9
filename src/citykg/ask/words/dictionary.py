"""Whether a text is a word of the language, by the dictionary that comes with jieba."""

from pathlib import Path

__all__ = ["Dictionary"]

_DIGITS = 12


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
        return self.frequency(word) > 0

    def frequency(self, word: str) -> int:
        """Return how often a word was met in the texts of the dictionary: at least once if it is a word."""
        if self._content is None:
            try:
                self._content = b"\n" + self.path.read_bytes()
            except OSError:
                self._content = b""
        _, found, behind = self._content.partition(f"\n{word} ".encode())
        number = behind[:_DIGITS].split()[:1] if found else []
        return max(int(number[0]) if number and number[0].isdigit() else 1, 1) if found else 0
