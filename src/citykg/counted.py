"""Numbers with their word: 1 warning, 2 warnings."""

__all__ = ["counted", "word_for"]


def counted(number: int, words: str) -> str:
    """Return a number with its word.

    Args:
        number: how many.
        words: ``warning|warnings``, for one and for others; a word without a bar is for any number.
    """
    return f"{number:,} {word_for(number, words)}"


def word_for(number: int, words: str) -> str:
    """Return the word alone."""
    one, _, others = words.partition("|")
    return one if number == 1 or not others else others
