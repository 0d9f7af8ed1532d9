"""How many there are and what they are called, asked in one (…几项规划,都叫什么): which there are."""

from collections.abc import Sequence

from ..model import BREAKS, Item, text_of
from ..words.index import LEX, Index

__all__ = ["named_and_counted"]


def named_and_counted(items: Sequence[Item], index: Index) -> str:
    """Return the question which things there are, for how many there are and what they are called; nothing
    for any other question.
    """
    breaks = [i.index for i in items if i.text in BREAKS]
    if not breaks:
        return ""
    first, rest = items[: breaks[0]], [i for i in items[breaks[0] :] if any(c.isalnum() for c in i.text)]
    asked = [i for i in first if i.has("question", LEX + "howMuch")]
    names = [
        i for i in rest if i.has("question", LEX + "which", LEX + "who") or i.has("operator", LEX + "list")
    ]
    said = all(i in names or i.has("particle") or i.has("operator", LEX + "describe") for i in rest)
    if len(asked) != 1 or not names or not said or any(i.has("class") or i.has("thing") for i in rest):
        return ""
    noun = first[asked[0].index + 1 :]
    if noun and noun[0].has("unit"):
        noun = noun[1:]
    if not noun or not noun[0].has("class"):
        return ""
    before, kind = text_of(first[: asked[0].index]), noun[0].text
    return index.message("which-of-kind", before=before, kind=kind, behind=text_of(noun[1:]))
