"""A question as it is written becomes plain simplified text of half-width characters."""

import unicodedata
from collections.abc import Mapping

__all__ = ["MAXIMUM", "normalise", "plain_name"]

MAXIMUM = 400
"""Characters of a question that are read; longer ones are refused."""

_QUOTES = "“”„‟\"'‘’「」『』《》〈〉<>()[]{}【】〔〕"


def normalise(text: str, *, pairs: Mapping[str, str]) -> str:
    """Return the text in the form in which names are compared.

    Compatibility forms become plain ones (Unicode NFKC), traditional characters simplified ones, control and
    format characters disappear, quotation marks and brackets too; runs of white space become one space.
    """
    folded = unicodedata.normalize("NFKC", text)
    if folded.isalnum():  # most names: only characters that stay
        return folded if pairs.keys().isdisjoint(folded) else "".join(pairs.get(c, c) for c in folded)
    kept = []
    for character in folded:
        if character in _QUOTES:
            continue
        category = unicodedata.category(character)
        if category in ("Cc", "Zs", "Zl", "Zp"):
            kept.append(" ")
        elif category[0] != "C":
            kept.append(pairs.get(character, character))
    return " ".join("".join(kept).split())


def plain_name(name: str, *, pairs: Mapping[str, str]) -> str:
    """Return a name in the form of `normalise`, without spaces between characters that are not Latin."""
    words = normalise(name, pairs=pairs).split(" ")
    text = words[0]
    for word in words[1:]:
        latin = text[-1:].isascii() and word[:1].isascii()
        text += (" " if latin else "") + word
    return text
