"""Readings of a question for what has no figure of some kind (哪一批项目没有签约额)."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ..model import Figure, Item, Reading
from .attaching import X

if TYPE_CHECKING:
    from .reader import Reader

__all__ = ["lacking"]

_LACKING = -0.06


def lacking(reader: "Reader") -> Iterator[Reading]:
    """Yield readings that ask for things of which a figure is not stated, of the kind of those that have one.

    Args:
        reader: of the question; what else it says of the things is read as ever.
    """
    slots, index = reader.slots, reader.index
    negations = slots.op("not")
    if not negations or not (slots.asked("which", "who") or slots.op("list")):
        return
    denied = [i for i in slots.indicators if i.index > negations[0].index and not i.has("thing")]
    if len(denied) != 1:
        return
    (item,) = denied
    used = frozenset({item.index, *(i.index for i in negations)})
    for sense in item.of("indicator", "label") or item.of("indicator", "alias", "says"):
        meant = (sense, *item.of("indicator", "alias", "says"))  # 金额: an amount, most often the one agreed
        like, kinds = next(((s.iri, k) for s in meant if (k := _common(reader, s.iri))), ("", ()))
        if not kinds:
            continue
        figure = Figure(X, index.below(sense.iri), name="m")
        for reading in reader.of_things():
            if reading.absent or reading.choices or reading.excluded or not (reading.edges or reading.types):
                continue
            asked = reading.types.get(X, ())
            narrow = tuple(k for k in kinds if not asked or set(asked) & {k, *index.above.get(k, ())})
            if not narrow and not any(set(kinds) & set(index.above.get(k, ())) for k in asked):
                continue  # such a figure is none of theirs
            yield replace(
                reading,
                types={**reading.types, X: narrow or asked},
                lacking=(figure,),
                choices=() if reading.edges else _like_them(reader, like, narrow or asked),
                used=reading.used | used | _silent(slots.items, item, negations[-1]),
                parts=(*reading.parts, ("NOT", _LACKING)),
            )


def _common(reader: "Reader", indicator: str) -> tuple[str, ...]:
    """Return the narrowest classes that all have which are measured by an indicator."""
    index = reader.index
    measured = reader.graph.measured(index.below(indicator))
    kinds = [set(index.types.get(thing, ())) & set(index.labels) for thing in measured]
    common = set.intersection(*kinds) if kinds else set()
    return tuple(sorted(k for k in common if not any(k in index.above.get(o, ()) for o in common)))


def _like_them(reader: "Reader", indicator: str, kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Return the things of some kinds that are classed like all that an indicator measures, if these are
    classed by one relation (all of them are signed); nothing where they are not.
    """
    graph, index = reader.graph, reader.index

    def classed(thing: str) -> set[tuple[str, str]]:
        return {
            (a.property, a.other)
            for a in graph.around(thing)
            if a.forward and not a.modality and index.flagged(a.property, "classifies")
        }

    measured = [classed(thing) for thing in graph.measured(index.below(indicator))]
    shared = set.intersection(*({name for name, _ in pairs} for pairs in measured))
    shared -= {name for name in shared if index.flagged(name, "nearestBy")}
    if not shared:
        return ()
    ways = {pair for pairs in measured for pair in pairs if pair[0] in shared}
    return tuple(sorted(t for t in graph.instances(kinds) if classed(t) & ways))


def _silent(items: list[Item], denied: Item, negation: Item) -> frozenset[int]:
    """Return the words between the negation and the figure: they say that it is not told."""
    between = items[negation.index + 1 : denied.index]
    return frozenset(i.index for i in between if i.has("particle") or i.has("operator"))
