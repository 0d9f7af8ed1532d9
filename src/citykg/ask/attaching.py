"""How the things of a question hang together: edges between what is asked for and what is named."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .graph import Around, Graph
from .index import LEX, Index
from .model import Edge, Item, Sense
from .slots import EXPRESSED, Slots

__all__ = ["Attacher", "Partial"]

_HINT = -0.2
_UNSAID = -0.26
_ORDER = -0.06
_TURNED = -0.6
_AGENT = -0.3
_MAY = -0.05
_MODIFIER = -0.1
_LOOSE = -0.24
_NOT_PLANNED = 0.08
_OF_A_PIECE = 0.06
_FAR = 0.06
_TWO_STEPS = -0.12
_MOST = 10
_MOST_MIDDLE = 16

#: The question words that a noun belongs to.
_NOUN_ASKED = (LEX + "which", LEX + "howMuch")

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


@dataclass(frozen=True, slots=True)
class _Group:
    """Relations of one thing, in one direction, that one wording evokes."""

    properties: tuple[str, ...]
    forward: bool
    others: frozenset[str]
    modal: str
    item: Item | None
    cost: float
    why: str


@dataclass(frozen=True, slots=True)
class _Hint:
    """A particle that allows a relation, or its inverse."""

    item: Item
    itself: bool
    narrows: bool

    def toward(self, around: Around, named: Item) -> bool:
        """Whether a relation leads where a where-question asks for, from the thing named before it."""
        asked = self.narrows and self.item.has("question", LEX + "where")
        return not asked or named.index > self.item.index or around.forward == self.itself


class Attacher:
    """Finds edges between what is asked for and the things of the question."""

    def __init__(self, slots: Slots, index: Index, graph: Graph) -> None:
        self.slots = slots
        self.index = index
        self.graph = graph
        self.done = bool(slots.modals.get("done")) and not slots.modals.get("planned")
        self.loose = (
            False  # whether a relation may be taken that only a particle would allow, for a thing with few
        )
        self._evoked: dict[int, dict[str, float]] = {}
        self._turned: dict[tuple[int, str], bool] = {}
        self._fit: dict[tuple[str, tuple[str, ...], str | None], dict[str, list[Around]]] = {}
        self._hinted: dict[str, _Hint] | None = None
        self._known: dict[tuple[object, ...], list[_Group]] = {}
        agent = LEX + "agent"
        self.homes = frozenset(index.homes.values())
        self._agents = [i.index for i in slots.items if i.has("particle", agent)]
        self._toward = [i.index for i in slots.items if i.has("particle", LEX + "toward")]
        self._specific: dict[str, tuple[Around, ...]] = {}
        self._around_home: frozenset[str] | None = None

    def things_of(self, item: Item) -> tuple[tuple[str, ...], float]:
        """Return the things that an item may name at once, and what the manner of naming costs."""
        senses = item.of("thing")
        cost = max(EXPRESSED.get(s.how, -0.1) for s in senses)
        return tuple(s.iri for s in senses), cost

    def attach(
        self,
        partial: Partial,
        item: Item,
        *,
        wanted: Sequence[str] = (),
        constant: str | None = None,
        steps: int = 2,
        unsaid: bool = True,
    ) -> list[Partial]:
        """Bind what is asked for to a named thing, in every way that the wording or the graph allows.

        Args:
            partial: what is bound so far.
            item: names the thing.
            wanted: classes of what is asked for; empty for any.
            constant: the thing that is asked about, when it is named itself.
            steps: how many relations may lie between.
            unsaid: whether a relation may be taken that no word evokes.
        """
        results: list[Partial] = []
        several = sum(1 for r in self.slots.relations if not r.has("particle")) + len(self.slots.classes) > 2
        for sense in item.of("thing"):
            named = EXPRESSED.get(sense.how, -0.1)
            base = replace(partial, used=partial.used | {item.index})
            if named:
                base = replace(
                    base, parts=(*base.parts, (f"{item.text} ~ {self.index.label(sense.iri)}", named))
                )
            for group in self._groups(sense.iri, base.used, wanted, unsaid, constant, item):
                if constant is None and self._in_common(group):
                    continue  # what it has in common with what is asked for, not what is asked for
                results.extend(self._bound(base, sense.iri, group, constant, wanted))
            if steps > 1 and (not results or several or self.slots.op("alike") or self._elsewhere(results)):
                results.extend(self._two_steps(base, sense, wanted, constant, item))
        results.sort(key=lambda p: -p.score)
        return _distinct(results)[: _MOST if constant is None else 3]

    def evokes(self, item: Item) -> dict[str, float]:
        """Return the properties that an item evokes, inverses and what lies below included, with the cost."""
        if item.index not in self._evoked:
            costs: dict[str, float] = {}
            for sense in item.of("property"):
                if sense.how not in EXPRESSED:
                    continue
                cost = EXPRESSED[sense.how]
                if item.pieces and sense.iri not in item.pieces:
                    cost -= _OF_A_PIECE  # the words around it make it a piece of another wording
                turned = sense.how == "saysInverse"
                for below in self.index.below(sense.iri):
                    for name in (below, *self.index.inverse.get(below, ())):
                        if cost > costs.get(name, -1.0):
                            costs[name] = cost
                            self._turned[(item.index, name)] = turned != (name != below)
            self._evoked[item.index] = costs
        return self._evoked[item.index]

    def with_companions(self, item: Item | None) -> frozenset[int]:
        """Return the item and those that say the same relation with it (归…管)."""
        if item is None:
            return frozenset()
        said = {s.iri for s in item.of("property") if s.how in EXPRESSED}
        return frozenset(
            i.index
            for i in self.slots.relations
            if i is item
            or i.pieces & item.pieces
            or (i.text != item.text and {s.iri for s in i.of("property") if s.how in EXPRESSED} <= said)
        )

    def around(self, thing: str) -> tuple[Around, ...]:
        """Return the relations of a thing, without those that a narrower one implies."""
        if thing not in self._specific:
            found = self.graph.around(thing)
            present = {(a.property, a.forward, a.other) for a in found}
            implied = {
                (upper, forward, other)
                for name, forward, other in present
                for upper in self.index.above.get(name, ())
                if upper != name
            }
            self._specific[thing] = tuple(
                a for a in found if (a.property, a.forward, a.other) not in implied and a.other != thing
            )
        return self._specific[thing]

    def existential(self, partial: Partial, item: Item, *, name: str = X) -> Partial | None:
        """Bind what is asked for by a relation whose other side the question leaves open, or
        names by its class.
        """
        if not partial.found:
            return None
        evoked = self.evokes(item)
        opened: dict[tuple[str, bool], set[tuple[str, str]]] = defaultdict(set)
        for thing in sorted(partial.found):
            for around in self.around(thing):
                if evoked.get(around.property, -1.0) > -0.05:
                    opened[(around.property, around.forward)].add((thing, around.other))
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
        names = _without_inverses(tuple(sorted(p for p, _ in chosen)), self.index)
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

    def of_kind(self, partial: Partial, item: Item) -> Partial | None:
        """Bind what is asked for to what is called so, by whatever relation there is."""
        kinds = tuple(s.iri for s in item.of("class", "beginning"))
        opened: dict[tuple[str, bool], set[str]] = defaultdict(set)
        for thing in sorted(partial.found or ()):
            for around in self.around(thing):
                if not around.modality and self.index.is_a(around.other, kinds):
                    opened[(around.property, around.forward)].add(thing)
        names = _without_inverses(tuple(sorted({p for p, forward in opened if forward})), self.index)
        if not names:
            return None
        found = frozenset(
            t for (p, forward), things in opened.items() if forward and p in names for t in things
        )
        other = f"?z{item.index}"
        return replace(
            partial,
            found=found,
            edges=(*partial.edges, Edge(X, names, other, "bare")),
            types=(*partial.types, (other, kinds)),
            used=partial.used | {item.index},
            parts=(*partial.parts, (f"…: {item.text}", _HINT)),
        )

    def _groups(
        self,
        thing: str,
        used: frozenset[int],
        wanted: Sequence[str],
        unsaid: bool,
        constant: str | None,
        named: Item,
    ) -> list[_Group]:
        """Return the relations of a thing that the question evokes, allows, or leaves no choice
        but to take.
        """
        key = (thing, used, tuple(wanted), unsaid, constant, named.index, self.loose)
        if key not in self._known:
            self._known[key] = self._found_groups(thing, used, wanted, unsaid, constant, named)
        return self._known[key]

    def _found_groups(
        self,
        thing: str,
        used: frozenset[int],
        wanted: Sequence[str],
        unsaid: bool,
        constant: str | None,
        named: Item,
    ) -> list[_Group]:
        by_property = self._fitting(thing, tuple(wanted), constant)
        if constant is None and self._placed(named):
            by_property = {
                name: found
                for name, found in by_property.items()
                if self.index.flagged_either_way(name, "nearestBy")
                or any(name in self.evokes(item) for item in self.slots.relations)
            }
        if constant is None and self._asked_of(named):
            by_property = {
                name: kept
                for name, found in by_property.items()
                if (kept := [a for a in found if self._classifies(a)])
            }
            same = {name: near for name, near in by_property.items() if self._alike(thing, near)}
            by_property = same or by_property
        if not by_property:
            return []
        groups: list[_Group] = []
        said: set[str] = set()
        joined = self._joined(named)
        for item in self.slots.relations:
            if item.index in used and not joined:
                continue
            evoked = self.evokes(item)
            by_cost: dict[tuple[bool, float], list[Around]] = defaultdict(list)
            for name in evoked.keys() & by_property.keys():
                said.add(name)
                for a in by_property[name]:
                    by_cost[(a.forward, evoked[name])].append(a)
            values = self._asks_value(item)
            for (forward, cost), unsorted in sorted(by_cost.items()):
                found = sorted(unsorted)
                if values and constant is None and not all(self._own(item, a) == a.forward for a in found):
                    continue  # what it does is asked of what is named, not who does that
                if (
                    self.loose
                    and constant is None
                    and cost < _MAY
                    and not all(self._shares(a) for a in found)
                ):
                    continue  # what is measured of a part is not measured of the whole
                orders = [self._order(item, named, a, thing) for a in found]
                for order, alike in _by_order(orders, found):
                    groups.extend(self._grouped(alike, forward, item, cost + order, item.text))
        hinted: dict[bool, list[Around]] = defaultdict(list)
        modifies = self._modifies(named)
        hints = self._hints()
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
                if self.loose and constant is None and not self._shares(one[0]) and not wanted:
                    continue
                cost = _MODIFIER if modifies and self._classifies(one[0]) else _HINT
                groups.extend(self._grouped(one, forward, None, cost, hints[one[0].property].item.text))
        for forward, found in rest.items():
            for one in _by_property(found):
                if modifies and self._classifies(one[0]):
                    groups.extend(self._grouped(one, forward, None, _MODIFIER - 0.02, ""))
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

    def _modifies(self, named: Item) -> bool:
        """Whether a name stands before a noun, or right behind the question word, as what classifies it."""
        items = self.slots.items
        if named.index < 0:
            return False  # it is implied
        behind = items[named.index + 1] if named.index + 1 < len(items) else None
        before = items[named.index - 1] if named.index else None
        if before is not None and before.has("unit") and before.index:
            before = items[before.index - 1]
        asked = behind is not None and (
            behind.has("class")
            or (
                (behind.has("question", *_NOUN_ASKED) or behind.has("operator"))
                and not behind.has("operator", LEX + "describe")
            )
        )
        return asked or (before is not None and before.has("question", *_NOUN_ASKED))

    def _placed(self, named: Item) -> bool:
        """Whether a word of place stands before a name: it says where, and nothing else."""
        before = self.slots.items[named.index - 1] if named.index > 0 else None
        return (
            before is not None
            and any(self.index.flagged(s.iri, "nearestBy") for s in before.of("property", "hints"))
            and before.has("modal")
        )

    def _alike(self, thing: str, around: Sequence[Around]) -> bool:
        """Whether relations lead to things of the very kind of a thing: sectors of a sector."""
        kinds = set(self.index.types.get(thing, ()))
        return all(kinds == set(self.index.types.get(a.other, ())) for a in around)

    def _joined(self, named: Item) -> bool:
        """Whether a name is one of two or more that are said together: what is said of one is said of all."""
        beside = self.slots.items[max(named.index - 1, 0) : named.index + 2]
        return named.index >= 0 and any(
            i.has("conjunction", LEX + "and") and not i.has("thing") for i in beside
        )

    def _asked_of(self, named: Item) -> bool:
        """Whether a name stands right behind which: what is asked for is of the kind that it names."""
        before = self.slots.items[named.index - 1] if named.index > 0 else None
        return before is not None and before.has("question", LEX + "which") and not named.has("class")

    def _classifies(self, around: Around) -> bool:
        names = (around.property,) if not around.forward else self.index.inverse.get(around.property, ())
        return any(self.index.flagged(name, "classifies") for name in names)

    def _shares(self, around: Around) -> bool:
        """Whether a figure about one end of a relation may be asked of the other."""
        name = around.property
        if around.forward and self.index.flagged(name, "figuresOfPart"):
            return False  # what is measured of the whole is not measured of the part
        return self.index.flagged_either_way(name, "sharesFigures")

    def _fits(self, around: Around, wanted: Sequence[str], constant: str | None) -> bool:
        if constant is not None:
            return around.other == constant
        return not wanted or self.index.is_a(around.other, tuple(wanted))

    def _order(self, item: Item, named: Item, around: Around, thing: str) -> float:
        """Judge the order of words: what does something stands before the verb, what it is done to behind.

        Between things of one kind the order alone tells who does what to whom; elsewhere it is a mere hint.
        """
        if around.property in self.index.symmetric or any(agent < item.index for agent in self._agents):
            return 0.0
        if around.forward and self._who_does(item, named):
            return _AGENT
        forward = around.forward != self._turned.get((item.index, around.property), False)
        before = named.index < item.index and named.index - 1 not in self._toward
        if before == forward:
            return 0.0
        kinds = set(self.index.types.get(thing, ())) & set(self.index.types.get(around.other, ()))
        if not kinds:
            return _ORDER
        asked = [i.index for i in self.slots.items if i.has("question") or i.has("operator")]
        between = any(named.index < i < item.index for i in asked)
        return _ORDER if before and between else _TURNED

    def _who_does(self, item: Item, named: Item) -> bool:
        """Whether it-is-who stands between a name and a verb: who does it is asked for."""
        return any(
            i.has("question", LEX + "who") and i.has("operator", LEX + "describe")
            for i in self.slots.items[named.index + 1 : item.index]
            if named.index >= 0
        )

    def _fitting(self, thing: str, wanted: tuple[str, ...], constant: str | None) -> dict[str, list[Around]]:
        """Return the relations of a thing to what may be asked for, by property."""
        key = (thing, wanted, constant)
        if key not in self._fit:
            found: dict[str, list[Around]] = defaultdict(list)
            for a in self.around(thing):
                if self._fits(a, wanted, constant):
                    found[a.property].append(a)
            self._fit[key] = dict(found)
        return self._fit[key]

    def _hints(self) -> dict[str, _Hint]:
        """Return the relations that a particle of the question allows, with the first that does."""
        if self._hinted is None:
            self._hinted = {}
            for item in self.slots.hints:
                for sense in item.of("property", "hints"):
                    for name in (sense.iri, *self.index.inverse.get(sense.iri, ())):
                        self._hinted.setdefault(
                            name, _Hint(item, name == sense.iri, self.index.flagged(sense.iri, "nearestBy"))
                        )
        return self._hinted

    def _grouped(
        self, found: list[Around], forward: bool, item: Item | None, cost: float, why: str
    ) -> list[_Group]:
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
                names = _without_inverses(names, self.index)
                others = frozenset(a.other for a in chosen)
                results.append(_Group(names, forward, others, manner, item, points, why))
        return results

    def _bound(
        self, base: Partial, thing: str, group: _Group, constant: str | None, wanted: Sequence[str]
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
        used = base.used | self.with_companions(group.item)
        label = self.index.label(group.properties[0])
        why = f"{group.why or '∅'} → {label}"
        parts = base.parts if group.cost == 0 else (*base.parts, (why, round(group.cost, 3)))
        return [replace(base, found=found, edges=(*base.edges, edge), used=used, parts=parts)]

    def _two_steps(
        self, base: Partial, sense: Sense, wanted: Sequence[str], constant: str | None, item: Item
    ) -> list[Partial]:
        results: list[Partial] = []
        for first in self._groups(sense.iri, base.used, (), False, None, item):
            if first.modal == "modal" and self.done:
                continue
            middles = sorted(first.others - {sense.iri})[:_MOST_MIDDLE]
            used = base.used | self.with_companions(first.item)
            middle_types, type_items = self._middle_types(middles, used, wanted)
            if middle_types:
                middles = [m for m in middles if self.index.is_a(m, middle_types)]
            else:
                middles = [m for m in middles if m not in self._everywhere()]
            second: dict[tuple[tuple[str, ...], bool, int, str, float], set[str]] = defaultdict(set)
            for middle in middles:
                for group in self._groups(middle, used, wanted, bool(first.item), constant, item):
                    if first.item is None and group.item is None:
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
                indexes = used | type_items | ({number} if number >= 0 else frozenset())
                path = f"{self.index.label(first.properties[0])} / {self.index.label(names[0])}"
                parts = (*base.parts, (path, round(_TWO_STEPS + first.cost + cost, 3)))
                types = base.types + (((y, middle_types),) if middle_types else ())
                results.append(Partial(frozenset(found), (*base.edges, one, two), types, indexes, parts))
        return results

    def _asks_value(self, item: Item) -> bool:
        """Whether a word asks for what a relation leads to, and not for what has it: by itself, or as the
        noun behind which kind (何种方式).
        """
        if item.of("property", "asks"):
            return not item.of("property", "says", "label")
        before = self.slots.items[item.index - 1] if item.index else None
        return (
            before is not None
            and before.has("question", LEX + "which")
            and (item.has("particle") or before.has("question", LEX + "whichKind"))
        )

    def _own(self, item: Item, around: Around) -> bool:
        """Whether a word says the very relation, and not its inverse."""
        names = (around.property, *self.index.above.get(around.property, ()))
        return any(s.iri in names for s in item.of("property") if s.how != "saysInverse")

    def _in_common(self, group: _Group) -> bool:
        """Whether a word says that two things have a relation in common."""
        return any(
            not self.evokes(item).keys().isdisjoint(group.properties) for item in self.slots.op("alike")
        )

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
        if self._around_home is None:
            self._around_home = self.homes | {
                a.other
                for home in self.homes
                for a in self.graph.around(home)
                if a.forward and self.index.flagged(a.property, "nearestBy")
            }
        return self._around_home

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


def _says_alike(group: _Group) -> bool:
    """Whether a word says that two things have something in common: it stands for two relations."""
    return group.item is not None and group.item.has("operator", LEX + "alike")


def _leads_back(first: _Group, second: _Group) -> bool:
    """Whether a second step leads to what is related as that from which the first one came."""
    return second.forward != first.forward and second.properties == first.properties


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


def _without_inverses(names: tuple[str, ...], index: Index) -> tuple[str, ...]:
    kept = [n for n in names if not any(i in names and i < n for i in index.inverse.get(n, ()))]
    return tuple(kept)


def _distinct(partials: list[Partial]) -> list[Partial]:
    seen: set[tuple[tuple[Edge, ...], frozenset[int]]] = set()
    kept = []
    for partial in partials:
        key = (partial.edges, partial.used)
        if key not in seen:
            seen.add(key)
            kept.append(partial)
    return kept
