"""Whether an answer to keywords tells what the last of them names."""

from ..model import Item, Reading
from ..words.index import LEX, Index
from ..words.slots import Slots

__all__ = ["is_figure", "tells_last"]

_LEAST = 2


def is_figure(item: Item) -> bool:
    """Whether a word is the name of a figure."""
    return bool(item.of("indicator", "label", "alias", "says")) and not item.has("class")


def tells_last(reading: Reading, slots: Slots, index: Index) -> bool:
    """Whether a reading of keywords tells what the last of them names: the figure, or the number of what
    stands right before it; and whether it takes none that may be asked for as if it said which are meant
    (甲 地点 总投资).
    """
    words = [item for item in slots.items if any(c.isalnum() for c in item.text)]
    if not slots.keywords or len(words) < _LEAST or reading.kind == "groups":
        return True
    last, before = words[-1], words[-2]
    told = {i for figure in reading.figures for i in figure.indicators}
    figure = reading.kind in ("value", "comparison", "extreme")
    if last.has("mark", LEX + "numberOf") and last.has("indicator"):
        own = {s.iri for s in before.of("thing")} | {"?x"} if before.has("thing") else {reading.target}
        counted = reading.target in own and all(index.counts(i) for i in told)
        return (counted and figure) or reading.kind == "count"
    opened = {text.partition(": …")[0] for text, _ in reading.parts if ": …" in text}
    nouns = [i for i in words if _may_be_asked(i)]
    if reading.kind == "value" and any(i.text in opened or i.index not in reading.used for i in nouns):
        return False
    if is_figure(last) and not last.has("operator"):
        return figure and any(told & set(index.below(s.iri)) for s in last.of("indicator"))
    return reading.kind != "time" or last not in nouns


def _may_be_asked(item: Item) -> bool:
    """Whether a word is the name of a kind or of a relation, by which something is asked for."""
    noun = item.has("class") or item.of("property", "says", "label")
    return bool(noun) and not any(map(item.has, ("thing", "indicator", "operator", "question", "particle")))
