"""Things that a question only points to (这个项目, 该园区): said in the clause before, or not at all."""

from collections.abc import Sequence
from itertools import pairwise

from ..facts.graph import Graph
from ..model import BREAKS, Item, text_of
from ..words.index import BEGINNING, ENDING, LEX, Index
from ..words.slots import Slots

__all__ = ["put_in", "unsaid"]

_THAT = LEX + "that"
_LEAST = 4  # words before what is pointed to: what is said of it, and how it is brought in


def put_in(items: Sequence[Item], index: Index) -> str | None:
    """Return a question in one clause that speaks of some thing and goes on to ask of it: 甲得名于一家企业,
    这家企业…; None for any other question.
    """
    for pointer, noun in pairwise(items):
        if pointer.index < _LEAST or not _points(pointer, noun, index):
            continue
        one, before, end = items[pointer.index - 3 : pointer.index]
        if end.text in BREAKS and before.text == noun.text and one.has("particle", LEX + "some"):
            clause = text_of(items[: one.index])
            rest = text_of(items[noun.index + 1 :])
            return index.message("noun-of-clause", clause=clause, noun=noun.text) + rest
    return None


def unsaid(slots: Slots, index: Index, graph: Graph) -> Item | None:
    """Return the kind that a question begins by pointing to where nothing tells which one of it is meant."""
    words = [i for i in slots.items if not i.has("particle") or i.has("particle", _THAT)]
    if len(words) < 2 or not _points(words[0], words[1], index) or slots.things not in ([], [words[1]]):
        return None
    kinds = [s.iri for s in words[1].of("class") if not s.iri.startswith((BEGINNING, ENDING))]
    members = set(graph.instances(kinds))
    return words[1] if len(members) > 1 and members.isdisjoint(index.homes.values()) else None


def _points(pointer: Item, noun: Item, index: Index) -> bool:
    """Whether a word points to one of the kind that stands right behind it, which is no name, but for that of
    all of them together.
    """
    behind = noun.index == pointer.index + 1
    groups = index.having("summarises")
    named = any(not index.is_a(sense.iri, groups) for sense in noun.of("thing"))
    return behind and pointer.has("particle", _THAT) and noun.has("class") and not named
