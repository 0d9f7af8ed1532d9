"""The relations of a thing that a question evokes, allows, or leaves no choice but to take, grouped."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..facts.graph import Around, Graph
from ..model import Item
from ..words.index import Index
from ..words.slots import Slots
from .evoking import Evoker

__all__ = ["Group", "Relations", "without_inverses"]

_HINT = -0.2
_UNSAID = -0.26
_STANDS_FOR = -0.1
_MAY = -0.05
_MODIFIER = -0.1
_PREDICATED = -0.1
_LOOSE = -0.24
_NOT_PLANNED = 0.08


@dataclass(frozen=True, slots=True)
class Group:
    """Relations of one thing, in one direction, that one wording evokes."""

    properties: tuple[str, ...]
    forward: bool
    others: frozenset[str]
    modal: str
    item: Item | None
    cost: float
    why: str


class Relations:
    """Finds the relations of things for one question."""

    def __init__(self, slots: Slots, index: Index, graph: Graph, evoker: Evoker) -> None:
        self.slots = slots
        self.index = index
        self.graph = graph
        self.evoker = evoker
        self.done = bool(slots.modals.get("done")) and not slots.modals.get("planned")
        self.homes = frozenset(index.homes.values())
        self.loose = (
            False  # whether a relation may be taken that only a particle would allow, for a thing with few
        )
        self._saying = frozenset(item.index for item in slots.relations)
        self._fit: dict[tuple[str, tuple[str, ...], str | None], dict[str, list[Around]]] = {}
        self._known: dict[tuple[object, ...], list[Group]] = {}
        self._by_word: dict[tuple[object, ...], list[Group]] = {}
        self._told: dict[tuple[object, ...], list[Group]] = {}
        self._joined: dict[int, bool] = {}

    def of(
        self,
        thing: str,
        used: frozenset[int],
        wanted: Sequence[str],
        unsaid: bool,
        constant: str | None,
        named: Item,
    ) -> list[Group]:
        """Return the relations of a thing that the question evokes, allows, or leaves no choice
        but to take.
        """
        kinds = tuple(wanted)
        spoken = self._spoken(used, named)
        key = (thing, spoken, kinds, unsaid, constant, named.index, self.loose)
        if key not in self._known:
            said = self.said(thing, used, wanted, constant, named)
            self._known[key] = [*said, *self._beside_said(thing, spoken, kinds, unsaid, constant, named)]
        return self._known[key]

    def said(
        self, thing: str, used: frozenset[int], wanted: Sequence[str], constant: str | None, named: Item
    ) -> list[Group]:
        """Return those relations of a thing alone that a word of the question evokes."""
        kinds = tuple(wanted)
        spoken = self._spoken(used, named)
        key = (thing, spoken, kinds, constant, named.index, self.loose)
        if key not in self._by_word:
            groups: list[Group] = []
            by_property = self._narrowed(thing, kinds, constant, named)
            for item in self._speaking(spoken):
                if self.evoker.narrowed(item).keys() & by_property.keys():
                    groups.extend(self._said(thing, kinds, constant, named, item))
            self._by_word[key] = groups
        return self._by_word[key]

    def _spoken(self, used: frozenset[int], named: Item) -> frozenset[int]:
        """Return which of the words that are used cannot say another relation of what is named."""
        if named.index not in self._joined:
            self._joined[named.index] = self.evoker.joined(named)
        return frozenset() if self._joined[named.index] else used & self._saying

    def _speaking(self, spoken: frozenset[int]) -> list[Item]:
        return [item for item in self.slots.relations if item.index not in spoken]

    def _beside_said(
        self,
        thing: str,
        spoken: frozenset[int],
        wanted: tuple[str, ...],
        unsaid: bool,
        constant: str | None,
        named: Item,
    ) -> list[Group]:
        """Return the relations that no word evokes, but the question hints at or leaves no choice but to
        take.
        """
        by_property = self._narrowed(thing, wanted, constant, named)
        if not by_property:
            return []
        groups: list[Group] = []
        said: set[str] = set()
        for item in self._speaking(spoken):
            said |= self.evoker.narrowed(item).keys() & by_property.keys()
        hinted: dict[bool, list[Around]] = defaultdict(list)
        modifies = self.evoker.modifies(named)
        hints = self.evoker.hints()
        rest: dict[bool, list[Around]] = defaultdict(list)
        for name, found in by_property.items():
            if name not in said:
                hint = hints.get(name)
                for a in found:
                    if hint is None:
                        rest[a.forward].append(a)
                    elif hint.toward(a, named):
                        hinted[a.forward].append(a)
        for forward, found in hinted.items():
            for one in _by_property(found):
                if self.loose and one[0].property in self.index.symmetric:
                    continue  # partners share no figures
                narrows = modifies and self._classifies(one[0])
                if self.loose and constant is None and not (self._shares(one[0]) or wanted or narrows):
                    continue
                cost = _MODIFIER if narrows else _HINT
                groups.extend(self._grouped(one, forward, None, cost, hints[one[0].property].item.text))
        for forward, found in rest.items():
            for one in _by_property(found):
                if modifies and self._classifies(one[0]):
                    groups.extend(self._grouped(one, forward, None, _MODIFIER - 0.02, ""))
                elif constant is not None and self.index.flagged_either_way(one[0].property, "predicates"):
                    groups.extend(self._grouped(one, forward, None, _PREDICATED, ""))
                elif (
                    unsaid
                    and (wanted or self.loose)
                    and (not constant) == bool(wanted)
                    and not (constant and one[0].property in self.index.symmetric)
                ):
                    groups.extend(self._grouped(one, forward, None, _UNSAID, ""))
                elif self.loose and thing not in self.homes and self._shares(one[0]):
                    groups.extend(self._grouped(one, forward, None, _LOOSE, ""))
        return groups

    def _narrowed(
        self, thing: str, wanted: tuple[str, ...], constant: str | None, named: Item
    ) -> dict[str, list[Around]]:
        """Return those of the fitting relations that the words around a name leave, by property."""
        by_property = self._fitting(thing, wanted, constant)
        if constant is None and self.evoker.placed(named):
            by_property = {
                name: found
                for name, found in by_property.items()
                if self.index.flagged_either_way(name, "nearestBy")
                or any(name in self.evoker.evokes(item) for item in self.slots.relations)
            }
        if constant is None and self.evoker.asked_of(named):
            by_property = {
                name: kept
                for name, found in by_property.items()
                if (kept := [a for a in found if self._classifies(a)])
            }
            same = {name: near for name, near in by_property.items() if self._alike(thing, near)}
            by_property = same or by_property
        return by_property

    def _said(
        self, thing: str, wanted: tuple[str, ...], constant: str | None, named: Item, item: Item
    ) -> list[Group]:
        """Return the relations of a thing that a word says."""
        key = (thing, wanted, constant, named.index, item.index, self.loose)
        if key not in self._told:
            by_property = self._narrowed(thing, wanted, constant, named)
            self._told[key] = list(self._saying_groups(thing, by_property, constant, named, item))
        return self._told[key]

    def _saying_groups(
        self,
        thing: str,
        by_property: dict[str, list[Around]],
        constant: str | None,
        named: Item,
        item: Item,
    ) -> Iterator[Group]:
        evoked = self.evoker.narrowed(item)
        by_cost: dict[tuple[bool, float], list[Around]] = defaultdict(list)
        for name in evoked.keys() & by_property.keys():
            for a in by_property[name]:
                by_cost[(a.forward, evoked[name])].append(a)
        values = self.evoker.asks_value(item)
        for (forward, cost), unsorted in sorted(by_cost.items()):
            found = sorted(unsorted)
            if values and constant is None and not all(self.evoker.own(item, a) == a.forward for a in found):
                continue  # what it does is asked of what is named, not who does that
            if self.loose and constant is None and cost < _MAY and not all(self._shares(a) for a in found):
                continue  # what is measured of a part is not measured of the whole
            orders = [self.evoker.order(item, named, a, thing) for a in found]
            for order, alike in _by_order(orders, found):
                yield from self._grouped(alike, forward, item, cost + order, item.text)

    def stood_for(self, thing: str) -> list[Group]:
        """Return the relations that lead from a thing to what its name may stand for: a post for who holds
        it.
        """
        found = [
            a
            for a in self.graph.specific(thing)
            if a.forward and not a.modality and self.index.flagged(a.property, "standsFor")
        ]
        return self._grouped(found, True, None, _STANDS_FOR, "") if found else []

    def _grouped(
        self, found: list[Around], forward: bool, item: Item | None, cost: float, why: str
    ) -> list[Group]:
        """Return one group of bare triples and statements together, or of those alone that the
        words allow.
        """
        planned = bool(self.slots.modals.get("planned"))
        bare = [a for a in found if not a.modality]
        modal = [a for a in found if a.modality]
        strict_planned = [
            i for i in self.slots.modals.get("planned", ()) if not i.has("particle") and not i.has("property")
        ]
        results = []
        options: list[tuple[list[Around], str, float]] = []
        if strict_planned and modal:
            options.append((modal, "modal", cost))
        elif self.done:
            options.append((bare, "bare", cost))
        else:
            if strict_planned and item is not None:
                cost -= _NOT_PLANNED
            options.append((found, "both" if bare and modal else ("modal" if modal else "bare"), cost))
            if planned and modal and bare:
                options.append((modal, "modal", cost + 0.04))
        for chosen, manner, points in options:
            if chosen:
                if manner == "modal" and item is None:
                    points -= 0.06
                names = tuple(sorted({a.property for a in chosen}))
                names = without_inverses(names, self.index)
                others = frozenset(a.other for a in chosen)
                results.append(Group(names, forward, others, manner, item, points, why))
        return results

    def _fitting(self, thing: str, wanted: tuple[str, ...], constant: str | None) -> dict[str, list[Around]]:
        """Return the relations of a thing to what may be asked for, by property."""
        key = (thing, wanted, constant)
        if key not in self._fit:
            found: dict[str, list[Around]] = defaultdict(list)
            kinds = frozenset(wanted)
            for a in self.graph.specific(thing):
                if self._fits(a, kinds, constant):
                    found[a.property].append(a)
            self._fit[key] = dict(found)
        return self._fit[key]

    def _fits(self, around: Around, wanted: frozenset[str], constant: str | None) -> bool:
        if constant is not None:
            return around.other == constant
        return not wanted or self.index.is_a(around.other, wanted)

    def _alike(self, thing: str, around: Sequence[Around]) -> bool:
        """Whether relations lead to things of the very kind of a thing: sectors of a sector."""
        kinds = set(self.index.types.get(thing, ()))
        return all(kinds == set(self.index.types.get(a.other, ())) for a in around)

    def _classifies(self, around: Around) -> bool:
        names = (around.property,) if not around.forward else self.index.inverse.get(around.property, ())
        return any(self.index.flagged(name, "classifies") for name in names)

    def _shares(self, around: Around) -> bool:
        """Whether a figure about one end of a relation may be asked of the other."""
        name = around.property
        if around.forward and self.index.flagged(name, "figuresOfPart"):
            return False  # what is measured of the whole is not measured of the part
        return self.index.flagged_either_way(name, "sharesFigures")


def _by_property(found: list[Around]) -> list[list[Around]]:
    groups: dict[str, list[Around]] = defaultdict(list)
    for around in found:
        groups[around.property].append(around)
    return list(groups.values())


def _by_order(costs: list[float], found: list[Around]) -> list[tuple[float, list[Around]]]:
    groups: dict[float, list[Around]] = defaultdict(list)
    for cost, around in zip(costs, found, strict=True):
        groups[cost].append(around)
    return list(groups.items())


def without_inverses(names: tuple[str, ...], index: Index) -> tuple[str, ...]:
    """Return properties without those whose inverse is among them too."""
    kept = [n for n in names if not any(i in names and i < n for i in index.inverse.get(n, ()))]
    return tuple(kept)
