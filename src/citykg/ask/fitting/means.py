"""Whether a mean is one of those of which it is asked for (平均每个园区), and of which is said."""

from collections.abc import Iterable

from ..facts.graph import Graph
from ..words.index import LEX, Index
from ..words.slots import Slots

__all__ = ["is_mean_of_others", "of_which_is_unsaid"]


def is_mean_of_others(about: Iterable[str], slots: Slots, index: Index) -> bool:
    """Whether figures are of others than those behind an every, of groups and of single things, which may be
    members of these, or of whole groups where it is asked for each single one.
    """
    things = set(about)
    grouped = {index.is_a(thing, index.having("summarises")) for thing in things}
    first = min((i.index for i in slots.op("each", "average")), default=0)
    nouns = [tuple(s.iri for s in i.of("class")) for i in slots.classes if i.index > first]
    if len(grouped) > 1 or any(not any(index.is_a(t, kinds) for t in things) for kinds in nouns):
        return True
    every = (s.iri for i in slots.op("average") for s in index.senses(i.text[-1:]))  # 平均每
    single = bool(nouns) and (bool(slots.op("each", "every")) or LEX + "each" in every)
    return len(things) > 1 and True in grouped and single and not _by_group(slots, index)


def of_which_is_unsaid(slots: Slots, index: Index, graph: Graph) -> bool:
    """Whether a question names a figure and a kind alone, and several of that kind have that figure, of
    which some are groups (平均每个项目的投资).
    """
    if _by_group(slots, index):
        return False
    words = [i for i in slots.items if not (i.has("question") or i.has("operator") or i.has("particle"))]
    kinds = [tuple(s.iri for s in i.of("class")) for i in words if i.has("class")]
    if any(i.has("thing") or not (i.has("class") or i.has("indicator")) for i in words):
        return False
    named = {
        b for i in words for s in i.of("indicator", "label", "alias", "says") for b in index.below(s.iri)
    }
    things = [t for t in graph.measured(sorted(named)) if all(index.is_a(t, k) for k in kinds)]
    groups = index.having("summarises")
    return bool(kinds and named) and len(things) > 1 and any(index.is_a(t, groups) for t in things)


def _by_group(slots: Slots, index: Index) -> bool:
    """Whether a word counts groups, or is for every one of them (几批, 每批)."""
    if slots.op("everyGroup"):
        return True
    return any(s.iri == LEX + "group-mark" for i in slots.items for c in i.text for s in index.senses(c))
