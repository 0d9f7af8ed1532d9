"""Asides, which ask for nothing more: what a question includes anyway (…，县里的也算上; …（含县里的）), the
wider kinds of its answers (…，上级产业也算), and headings (侧栏名单：…).
"""

import re
from collections.abc import Sequence

from ..facts.graph import Graph
from ..model import BREAKS, Item, text_of
from ..words.index import LEX, Index

__all__ = ["bracketed_apart", "without_asides"]

_COLON = ":"
_ASKED = "?"
_BRACKETED = re.compile(r"[(（\[【]([^()（）\[\]【】]{2,})[)）\]】]")


def bracketed_apart(question: str) -> str:
    """Return a question with commas for brackets around more than a character or two of a name."""
    return _BRACKETED.sub(r",\1,", question)


def without_asides(items: Sequence[Item], index: Index, graph: Graph) -> str | None:
    """Return the text of a question without its asides, or None where it has none.

    An aside stands between commas, has a word for including, names a kind of place, or of what the question
    asks for, or what lies within what the rest names, and neither asks nor leaves out anything. Where it
    names a relation to what is wider, every level is asked for. A clause that says nothing (提问时,…)
    is one too. A heading stands before a colon, and names nothing.
    """
    headed = _heading(items)
    parts: list[list[Item]] = [[]]
    for item in items[headed:]:
        if item.text in BREAKS or (item.text == _ASKED and item.index < len(items) - 1):
            parts.append([])
        else:
            parts[-1].append(item)
    parts = [part for part in parts if part]
    places = set(index.facts.get(LEX + "where", {}).get("asksFor", ()))
    asked = {s.iri for p in parts if any(i.has("question") for i in p) for i in p for s in i.of("class")}
    parts = [piece for part in parts for piece in _apart(part, places | asked, index)]
    inside = _within(items, index, graph)
    kept = [part for part in parts if not _is_aside(part, places | asked, index, inside)]
    if (len(kept) == len(parts) and not headed) or not kept:
        return None
    text = BREAKS[0].join(text_of(part) for part in kept)
    widened = any(_is_wider(item, index) for part in parts if part not in kept for item in part)
    return index.message("every-level", question=text) if widened else text


def _heading(items: Sequence[Item]) -> int:
    """Return where a question begins behind its heading: 0 where it has none."""
    colons = [place for place, item in enumerate(items) if item.text == _COLON]
    if not colons:
        return 0
    heading, rest = items[: colons[0]], items[colons[0] + 1 :]
    names = any(
        i.has("thing") or i.has("indicator") or i.has("question") or i.period or i.amount for i in heading
    )
    lists = any(i.has("operator") for i in heading) and not any(i.has("question") for i in rest)
    return 0 if names or lists or not rest else colons[0] + 1


def _apart(part: list[Item], kinds: set[str], index: Index) -> list[list[Item]]:
    """Part a clause from the aside at its end, with two words for including (甲包括下面的县)."""
    for place, item in enumerate(part[1:], 1):
        behind = part[place:]
        if item.has("aside") and sum(i.has("aside") for i in behind) > 1 and _is_aside(behind, kinds, index):
            return [part[:place], behind]
    return [part]


def _within(items: Sequence[Item], index: Index, graph: Graph) -> list[Item]:
    """Return the names of what lies within what another name stands for."""
    named = {s.iri for i in items for s in i.of("thing")}
    return [
        item
        for item in items
        if any(
            a.forward and a.other in named and index.flagged(a.property, "onlyOneOfAKind") and not a.modality
            for s in item.of("thing")
            for a in graph.around(s.iri)
        )
    ]


def _is_aside(part: Sequence[Item], kinds: set[str], index: Index, inside: Sequence[Item] = ()) -> bool:
    if all(i.has("particle", LEX + "filler") and i.kinds == {"particle"} for i in part):
        return True  # 提问时,…
    if any((i.has("thing") and i not in inside) or i.has("question") or i.has("indicator") for i in part):
        return False
    if any(i.has("operator", LEX + "not", LEX + "except") for i in part):
        return False
    named = [i for i in part if any(kinds & {s.iri, *index.above.get(s.iri, ())} for s in i.of("class"))]
    named += [i for i in part if _is_wider(i, index) or i in inside]
    return bool(named) and any(i.has("aside") for i in part) and all(i in named or _empty(i) for i in part)


def _is_wider(item: Item, index: Index) -> bool:
    """Whether a word is a noun for what is wider than something, level by level (上级产业)."""
    return not (item.has("particle") or item.has("aside")) and any(
        s.iri in index.facts.get(s.iri, {}).get("nearestBy", ()) for s in item.of("property", "label", "says")
    )


def _empty(item: Item) -> bool:
    """Whether a word says nothing by itself, or that something is included."""
    kinds = ("aside", "particle", "operator", "conjunction", "unit")
    return (
        any(item.has(kind) for kind in kinds) or bool(item.of("property", "hints")) or not item.text.strip()
    )
