"""The things that a question lets choose from, and the words that say the same of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Item
from ..words.index import LEX
from ..words.slots import Slots

__all__ = ["Choice", "read_choice"]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a question lets choose from.

    Args:
        things: that are chosen from.
        items: the places of the words that say so: the names, and the or between them.
        twins: the places of words that say the same of one and of the other (…签得多还是…签得多).
    """

    things: tuple[str, ...] = ()
    items: frozenset[int] = frozenset()
    twins: tuple[tuple[int, int], ...] = ()


def read_choice(slots: Slots) -> Choice:
    """Return the choice of a question (A还是B, A的…还是B的…); an empty one where there is none."""
    for marker in slots.conjunctions:
        if not marker.has("conjunction", LEX + "or"):
            continue
        last = marker.index - 1
        while last > 0 and _says_nothing(slots.items[last]):
            last -= 1
        before = [i for i in slots.things if i.index == last]
        after = marker.index + 1
        while after < len(slots.items) - 1 and _says_nothing(slots.items[after]):
            after += 1
        behind = [i for i in slots.things if i.index == after]
        if before and behind:
            return _chosen([*_listed(before[0], slots), before[0]], marker, behind[0])
        found = _alongside(marker, slots)
        if found is not None:
            return found
    return Choice()


def _says_nothing(item: Item) -> bool:
    blank = not any(c.isalnum() for c in item.text)
    return blank or (item.has("particle") and not (item.has("thing") or item.has("class")))


def _listed(item: Item, slots: Slots) -> list[Item]:
    """Return the names before a name that are joined to it, one after another (A、B还是C)."""
    found: list[Item] = []
    place = item.index - 1
    while place > 0 and slots.items[place].has("conjunction", LEX + "and"):
        name = slots.items[place - 1]
        if name not in slots.things or name.has("conjunction"):
            break
        found.insert(0, name)
        place = name.index - 1
    return found


def _alongside(marker: Item, slots: Slots) -> Choice | None:
    """Return the choice of two names before the same words, fewer of them behind the or."""
    for other in slots.things:
        if other.index <= marker.index:
            continue
        tail = _words(slots.items[other.index + 1 :])
        for one in reversed(slots.things):
            if one.index >= marker.index:
                continue
            words = _words(slots.items[one.index + 1 : marker.index])
            twins = _twins(words, tail)
            if tail and twins:
                return _chosen([one], marker, other, twins)
    return None


def _words(items: Sequence[Item]) -> list[Item]:
    return [i for i in items if any(c.isalnum() for c in i.text)]


def _twins(words: Sequence[Item], tail: Sequence[Item]) -> tuple[tuple[int, int], ...]:
    """Pair words with the same ones behind the or; nothing where one of those has no pair."""
    if not words or not tail or words[-1].text != tail[-1].text:
        return ()
    pairs = []
    left = iter(words)
    for item in tail:
        same = next((i for i in left if i.text == item.text), None)
        if same is None:
            return ()
        pairs.append((same.index, item.index))
    return tuple(pairs)


def _chosen(
    names: Sequence[Item], marker: Item, other: Item, twins: tuple[tuple[int, int], ...] = ()
) -> Choice:
    things = tuple(s.iri for i in (*names, other) for s in i.of("thing"))
    return Choice(things, frozenset({*range(names[0].index, marker.index + 1), other.index}), twins)
