"""The words of the command line in Chinese and English, read from words.json."""

import json
from functools import cache
from pathlib import Path

__all__ = ["words"]


@cache
def words(language: str) -> dict[str, str]:
    """Return key to word in ``zh`` or ``en``."""
    everything: dict[str, dict[str, str]] = json.loads(Path(__file__).with_name("words.json").read_bytes())
    return everything[language]
