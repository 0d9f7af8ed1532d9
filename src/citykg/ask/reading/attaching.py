"""How the things of a question hang together: edges between what is asked for and what is named."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf

from ..model import Edge, Item, Sense
from ..words.index import LEX, Index
from ..words.slots import EXPRESSED, Slots
from .evoking import Evoker
from .relations import Group, Relations, without_inverses

__all__ = ["Attacher", "Partial"]

_HINT = -0.2
_FAR = 0.06
_TWO_STEPS = -0.12
_MOST = 10
_MOST_MIDDLE = 16
_ROUNDED = 0.001  # how far the rounding of what things cost may be out

X = "?x"
Y = "?y"


@dataclass(frozen=True, slots=True)
class Partial:
    """A reading in the making: candidates of what is asked for, and what binds them."""

    found: frozenset[str] | None
    edges: tuple[Edge, ...] = ()
    types: tuple[tuple[str, tuple[str, ...]], ...] = ()
    used: frozenset[int] = frozenset()
    parts: tuple[tuple[str, float], ...] = ()

    @property
    def score(self) -> float:
        """The sum of the parts."""
        return sum(points for _, points in self.parts)


class Attacher:
    """Finds edges between what is asked for and the things of the question."""

    def __init__(self, slots: Slots, index: Index, evoker: Evoker, relations: Relations) -> None:
        self.slots = slots
        self.index = index
        self.evoker = evoker
        self.relations = relations
        self._open: dict[tuple[object, ...], Mapping[tuple[str, bool], set[tuple[str, str]]]] = {}
        self._attached: dict[tuple[object, ...], list[Partial]] = {}

    def attach(
        self,
        partial: Partial,
        item: Item,
        *,
        wanted: Sequence[str] = (),
        constant: str | None = None,
        steps: int = 2,
        unsaid: bool = True,
        least: float = -inf,
    ) -> list[Partial]:
        """Bind what is asked for to a named thing, in every way that the wording or the graph allows.

        Args:
            partial: what is bound so far.
            item: names the thing.
            wanted: classes of what is asked for; empty for any.
            constant: the thing that is asked about, when it is named itself.
            steps: how many relations may lie between.
            unsaid: whether a relation may be taken that no word evokes.
            least: the score below which no way is of use.
        """
        kinds = tuple(wanted)
        key = (partial, item.index, kinds, constant, steps, unsaid, least, self.relations.loose)
        if key not in self._attached:
            found = self._ways(partial, item, kinds, constant, steps, unsaid=unsaid, least=least)
            self._attached[key] = [way for way in found if way.score >= least]
        return self._attached[key]

    def _ways(
        self,
        partial: Partial,
        item: Item,
        wanted: tuple[str, ...],
        constant: str | None,
        steps: int,
        *,
        unsaid: bool,
        least: float,
    ) -> list[Partial]:
        results: list[Partial] = []
        several = sum(1 for r in self.slots.relations if not r.has("particle")) + len(self.slots.classes) > 2
        for sense in item.of("thing"):
            named = EXPRESSED.get(sense.how, -0.1)
            parts = partial.parts
            if named:
                parts = (*parts, (f"{item.text} ~ {self.index.label(sense.iri)}", named))
            base = Partial(partial.found, partial.edges, partial.types, partial.used | {item.index}, parts)
            for group in self.relations.of(sense.iri, base.used, wanted, unsaid, constant, item):
                if constant is None and self.evoker.in_common(group.properties):
                    continue  # what it has in common with what is asked for, not what is asked for
                if wanted and group.item is None and self.evoker.possesses(item, wanted):
                    continue  # 甲的规划为哪些产业服务: nothing is said of it and the sectors
                results.extend(self._bound(base, sense.iri, group, constant, wanted))
            said = any(partial.used != base.used for partial in results)
            if steps > 1 and (not said or several or self.slots.op("alike") or self._elsewhere(results)):
                results.extend(self._two_steps(base, sense, wanted, constant, item, least))
        results.sort(key=lambda p: -p.score)
        return _distinct(results)[: _MOST if constant is None else 3]

    def existential(self, partial: Partial, item: Item, *, name: str = X) -> Partial | None:
        """Bind what is asked for by a relation whose other side the question leaves open, or
        names by its class. What is asked for right behind a verb is its other side (…提供什么).
        """
        if not partial.found or (name == X and self._asks_behind(item)):
            return None
        opened = self._opened(partial.found, item, doer=name == X and self.evoker.does(item))
        if not opened:
            return None
        others = {other for pairs in opened.values() for _, other in pairs}
        kinds, type_items = self._middle_types(others, partial.used, ())
        forward = sum(len(p) if f else -len(p) for (_, f), p in opened.items()) > 0
        chosen = {key: pairs for key, pairs in opened.items() if key[1] == forward}
        kept = {
            thing
            for pairs in chosen.values()
            for thing, other in pairs
            if not kinds or self.index.is_a(other, kinds)
        }
        if not kept:
            return None
        names = without_inverses(tuple(sorted(p for p, _ in chosen)), self.index)
        other_name = f"?z{item.index}"
        cost = (-0.06 if kinds else -0.1) - (_FAR if len(partial.edges) > 1 else 0.0)
        edge = Edge(name, names, other_name) if forward else Edge(other_name, names, name)
        return replace(
            partial,
            found=frozenset(kept),
            edges=(*partial.edges, edge),
            types=partial.types + (((other_name, kinds),) if kinds else ()),
            used=partial.used | {item.index} | type_items,
            parts=(*partial.parts, (f"{item.text}: …", cost)),
        )

    def _asks_behind(self, item: Item) -> bool:
        """Whether a question ends with what or who, right behind a verb."""
        after = (i for i in self.slots.items[item.index + 1 :] if not i.has("particle"))
        behind = [i for i in after if any(c.isalnum() for c in i.text)]
        return len(behind) == 1 and behind[0].has("question", LEX + "which", LEX + "who")

    def _opened(
        self, things: frozenset[str], item: Item, *, doer: bool
    ) -> Mapping[tuple[str, bool], set[tuple[str, str]]]:
        """Return what a word relates some things to, by property and direction.

        Args:
            things: that are bound so far.
            item: the word.
            doer: whether who does it is asked for, not whom it is done to.
        """
        key = (things, item.index, doer)
        if key not in self._open:
            evoked = self.evoker.evokes(item)
            opened: dict[tuple[str, bool], set[tuple[str, str]]] = defaultdict(set)
            for thing in sorted(things):
                for around in self.relations.graph.specific(thing):
                    if doer and around.forward != self.evoker.own(item, around):
                        continue
                    cost = evoked.get(around.property, -1.0)
                    if cost > -0.05 and around.property not in self.index.symmetric:
                        opened[(around.property, around.forward)].add((thing, around.other))
            self._open[key] = opened
        return self._open[key]

    def of_kind(self, partial: Partial, item: Item) -> Partial | None:
        """Bind what is asked for to what is called so, by whatever relation there is."""
        kinds = tuple(s.iri for s in item.of("class", "beginning"))
        opened: dict[str, set[str]] = defaultdict(set)
        for thing in partial.found or ():
            for around in self.relations.graph.specific(thing):
                if around.forward and not around.modality and self.index.is_a(around.other, kinds):
                    opened[around.property].add(thing)
        names = without_inverses(tuple(sorted(opened)), self.index)
        if not names:
            return None
        found = frozenset(thing for name in names for thing in opened[name])
        other = f"?z{item.index}"
        return replace(
            partial,
            found=found,
            edges=(*partial.edges, Edge(X, names, other, "bare")),
            types=(*partial.types, (other, kinds)),
            used=partial.used | {item.index},
            parts=(*partial.parts, (f"…: {item.text}", _HINT)),
        )

    def _bound(
        self, base: Partial, thing: str, group: Group, constant: str | None, wanted: Sequence[str]
    ) -> list[Partial]:
        others = group.others
        if constant is None and wanted:
            others = frozenset(o for o in others if self.index.is_a(o, tuple(wanted)))
        others -= {thing}
        found = others if base.found is None else base.found & others
        if constant is not None:
            found = frozenset({constant}) if constant in others else frozenset()
        if not found:
            return []
        x = constant or X
        subject, target = (thing, x) if group.forward else (x, thing)
        edge = Edge(subject, group.properties, target, group.modal)
        used = base.used | self.evoker.with_companions(group.item)
        label = self.index.label(group.properties[0])
        why = f"{group.why or '∅'} → {label}"
        parts = base.parts if group.cost == 0 else (*base.parts, (why, round(group.cost, 3)))
        return [Partial(found, (*base.edges, edge), base.types, used, parts)]

    def _two_steps(
        self,
        base: Partial,
        sense: Sense,
        wanted: Sequence[str],
        constant: str | None,
        item: Item,
        least: float,
    ) -> list[Partial]:
        results: list[Partial] = []
        room = base.score + _TWO_STEPS - least
        firsts = self.relations.of(sense.iri, base.used, (), False, None, item)
        for first in (*firsts, *self.relations.stood_for(sense.iri)):
            if first.modal == "modal" and self.relations.done:
                continue
            if room + first.cost < -_ROUNDED:
                continue
            middles = sorted(first.others - {sense.iri})[:_MOST_MIDDLE]
            used = base.used | self.evoker.with_companions(first.item)
            middle_types, type_items = self._middle_types(middles, used, wanted)
            if middle_types:
                middles = [m for m in middles if self.index.is_a(m, middle_types)]
            else:
                middles = [m for m in middles if m not in self._everywhere()]
            self.relations.graph.fetch_around(middles)
            second: dict[tuple[tuple[str, ...], bool, int, str, float], set[str]] = defaultdict(set)
            for middle in middles:
                groups = (
                    self.relations.of(middle, used, wanted, True, constant, item)
                    if first.item is not None
                    else self.relations.said(middle, used, wanted, constant, item)
                )
                for group in groups:
                    if not _says_alike(first) and room + first.cost + group.cost < -_ROUNDED:
                        continue
                    if _says_alike(first) != _leads_back(first, group):
                        continue
                    number = group.item.index if group.item is not None else -1
                    for name in group.properties:
                        cost = 0.0 if _says_alike(first) else group.cost
                        key = ((name,), group.forward, number, group.modal, cost)
                        second[key].update(o for o in group.others if o not in (sense.iri, middle))
            for (names, forward, number, modal, cost), others in second.items():
                found = frozenset(others) if base.found is None else base.found & others
                if constant is not None:
                    found = found & {constant}
                if wanted:
                    found = frozenset(o for o in found if self.index.is_a(o, tuple(wanted)))
                if not found:
                    continue
                x = constant or X
                y = f"{Y}{len(base.edges)}"
                one = Edge(sense.iri, first.properties, y, first.modal)
                if not first.forward:
                    one = Edge(y, first.properties, sense.iri, first.modal)
                two = Edge(y, names, x, modal) if forward else Edge(x, names, y, modal)
                saying = self.slots.items[number] if number >= 0 else None
                indexes = used | type_items | self.evoker.with_companions(saying)
                path = f"{self.index.label(first.properties[0])} / {self.index.label(names[0])}"
                parts = (*base.parts, (path, round(_TWO_STEPS + first.cost + cost, 3)))
                types = base.types + (((y, middle_types),) if middle_types else ())
                results.append(Partial(frozenset(found), (*base.edges, one, two), types, indexes, parts))
        return results

    def _elsewhere(self, results: Sequence[Partial]) -> bool:
        """Whether a place is asked for, and none of some ways leads to one by a relation of place."""
        return bool(self.slots.asked("where")) and not any(
            any(
                self.index.flagged(n, "nearestBy")
                for p in e.properties
                for n in (p, *self.index.inverse.get(p, ()))
            )
            for partial in results
            for e in partial.edges[-1:]
        )

    def _everywhere(self) -> frozenset[str]:
        """Return the home and the places around it: by way of them everything hangs together."""
        return self.relations.graph.beside_homes("nearestBy")

    def _middle_types(
        self, middles: Iterable[str], used: frozenset[int], wanted: Sequence[str]
    ) -> tuple[tuple[str, ...], frozenset[int]]:
        """Return the class that the question names for what lies between, if it names one."""
        things = list(middles)
        for item in self.slots.classes:
            classes = tuple(s.iri for s in item.of("class"))
            if item.index in used or set(classes) & set(wanted):
                continue
            if any(self.index.is_a(thing, classes) for thing in things):
                return classes, frozenset({item.index})
        return (), frozenset()


def _says_alike(group: Group) -> bool:
    """Whether a word says that two things have something in common: it stands for two relations."""
    return group.item is not None and group.item.has("operator", LEX + "alike")


def _leads_back(first: Group, second: Group) -> bool:
    """Whether a second step leads to what is related as that from which the first one came."""
    return second.forward != first.forward and second.properties == first.properties


def _distinct(partials: list[Partial]) -> list[Partial]:
    seen: set[tuple[tuple[Edge, ...], frozenset[int]]] = set()
    kept = []
    for partial in partials:
        key = (partial.edges, partial.used)
        if key not in seen:
            seen.add(key)
            kept.append(partial)
    return kept
