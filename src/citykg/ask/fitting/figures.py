"""Whether a figure fits what a question asks for: that it is its own, and the one that is named."""

from dataclasses import replace

from ..facts.graph import Graph, Measured
from ..model import Figure, Item, Reading
from ..words.index import LEX, Index
from ..words.slots import Slots

__all__ = ["FigureFitting", "asks_for_name"]


def asks_for_name(slots: Slots) -> list[Item]:
    """Return the question words that ask what something or someone is called."""
    return [item for item in slots.asked("who") if item.has("question") and item in slots.asked("which")]


class FigureFitting:
    """Judges readings that tell a figure by the names and question words of their question.

    Args:
        index: of the store.
        graph: what it states around things.
    """

    def __init__(self, index: Index, graph: Graph) -> None:
        self.index = index
        self.graph = graph

    def fits_figure(self, reading: Reading, slots: Slots) -> bool:
        """Whether the figure of a reading is the one that is asked for."""
        return not (
            self._of_several(reading, slots)
            or self._asks_no_figure(reading, slots)
            or self._of_each(reading, slots)
            or self._names_another(reading, slots)
            or self._counts_others(reading, slots)
            or self._counts_no_such(reading, slots)
            or self._turned_round(reading, slots)
            or self._is_only_planned(reading, slots)
            or self._not_of_verb(reading, slots)
            or self._of_narrower_whole(reading, slots)
            or self._of_some_members(reading, slots)
            or self._one_of_a_sum(reading, slots)
            or (self.in_magnitudes(slots) and not self._is_amount(reading))
            or self._of_another_sort(reading, slots)
        )

    def _of_another_sort(self, reading: Reading, slots: Slots) -> bool:
        """Whether how much of something is asked (多少钱), and the figure that is told is of another sort."""
        asked = [s.iri for item in slots.indicators for s in item.of("indicator", "asks")]
        sorts = {below for name in asked for below in self.index.below(name)}
        told = {name for figure in reading.figures for name in figure.indicators}
        return bool(sorts and told) and not reading.operation and told.isdisjoint(sorts)

    def _one_of_a_sum(self, reading: Reading, slots: Slots) -> bool:
        """Whether the figure of one thing is told where the sum of all of a kind is asked for that something
        else is named of (甲行业的项目合计…), and it is not the only one that has such a figure.
        """
        named = {s.iri for item in slots.things for s in item.of("thing")}
        if not (named and slots.classes and self._sums(slots)) or reading.operation:
            return False
        kinds = [tuple(s.iri for s in i.of("class")) for i in slots.classes]
        for figure in reading.figures:
            measured = [t for t in self._measured(replace(figure, about="?")) if t not in named]
            alike = [t for t in measured if any(self.index.is_a(t, k) for k in kinds)]
            one = figure.about in alike and not self.index.is_a(figure.about, self.groups())
            if one and len(alike) > 1:
                return True
        return False

    def _sums(self, slots: Slots) -> bool:
        """Whether a word says a sum, or a figure is named with one in a word that is not its own name."""
        return bool(slots.op("sum")) or any(
            all(self.index.label(s.iri) != item.text for s in item.of("indicator"))
            and any(s.iri == LEX + "sum" for s in self.index.senses(item.text[:1]))
            for item in slots.indicators
        )

    def _turned_round(self, reading: Reading, slots: Slots) -> bool:
        """Whether what a share is a share of is asked for as a part of something else (乙中甲占多少)."""
        wholes = {
            f.group
            for figure in reading.figures
            for f in self.graph.figures(self._measured(figure))
            if f.indicator in figure.indicators and f.group
        }
        among = [item.index for item in slots.items if item.has("particle", LEX + "among")]
        named = {item.index: {s.iri for s in item.of("thing")} for item in slots.things}
        return any(
            named.get(place + 1, set()) & wholes
            and not named.get(place - 1, wholes) & wholes
            and place + 2 not in among
            for place in among
        )

    def _is_only_planned(self, reading: Reading, slots: Slots) -> bool:
        """Whether a plan is told where it is asked how much is done (今年完成多少投资)."""
        done = [i.index for i in slots.modals.get("done", ()) if not i.has("particle")]
        asked = [i.index for i in slots.items if i.has("question") or i.of("indicator", "asks")]
        if slots.modals.get("planned") or not done or not asked or min(done) > asked[0]:
            return False
        means = set(self.index.facts.get(LEX + "planned", {}).get("means", ()))
        return any(f.modality in means for f in self._told(reading))

    def _not_of_verb(self, reading: Reading, slots: Slots) -> bool:
        """Whether the verb of a question is left over, and says no relation of what the figure is about (续建
        项目签了几单: it does not tell of them that they were signed).
        """
        verbs = [i for i in slots.relations if i.kinds == {"property"} and i.of("property", "says")]
        known = reading.target in self.index.types and reading.target not in self.index.homes.values()
        if (
            len(verbs) != 1
            or verbs[0].index in {*reading.used, *reading.pending}
            or reading.edges
            or not known
        ):
            return False
        names = {s.iri for s in verbs[0].of("property", "says")}
        names |= {i for n in names for i in self.index.inverse.get(n, ())}
        return names.isdisjoint(a.property for a in self.graph.around(reading.target))

    def _of_narrower_whole(self, reading: Reading, slots: Slots) -> bool:
        """Whether a share is of less than all of the kind that it is asked of (占全部企业的百分之几)."""
        wholes = {f.group for f in self._told(reading)} - {""}
        for share in slots.op("share") if wholes else ():
            behind = slots.items[share.index + 1 :]
            noun = next((i for i in behind if i.kinds != {"particle"}), None)
            if noun is not None and noun.has("class") and not noun.has("question"):
                return not wholes & {s.iri for s in noun.of("thing")}
        return False

    def _of_some_members(self, reading: Reading, slots: Slots) -> bool:
        """Whether what is measured of a member is told for a group that is named, and that has others."""
        named = {s.iri for i in slots.things for s in i.of("thing") if not i.has("class")}
        about = {f.about for f in self._told(reading)} - named
        groups = {thing for thing in named if self.index.is_a(thing, self.groups())}
        for group in groups if about and not slots.asked("which", "who") else ():
            members = {
                a.other
                for a in self.graph.around(group)
                if self.index.flagged_either_way(a.property, "sharesFigures")
                and not self.index.flagged_either_way(a.property, "figuresOfPart")
            }
            sizes = [f.value for f in self.graph.figures([group]) if self.index.counts(f.indicator)]
            if about <= members and any(size > len(about) for size in sizes):
                return True
        return False

    def _told(self, reading: Reading) -> list[Measured]:
        """Return the figures that a reading may tell."""
        return [
            f
            for figure in reading.figures
            for f in self.graph.figures(self._measured(figure))
            if f.indicator in figure.indicators
        ]

    def in_magnitudes(self, slots: Slots) -> bool:
        """Whether millions are asked for, and not of what (多少亿): no number of things, nor of days."""
        behind = {item.index + 1 for item in slots.asked("howMuch")}
        return any(
            item.index in behind and self.index.is_magnitude(item.text) and not item.has("unit")
            for item in slots.items
        )

    def _is_amount(self, reading: Reading) -> bool:
        """Whether the figures of a reading are amounts, which may be summed, and count nothing."""
        return all(
            any(self.index.flagged(name, "adds") for name in (i, *self.index.above.get(i, ())))
            and not self.index.counts(i)
            for f in reading.figures
            for i in f.indicators
        )

    def _counts_no_such(self, reading: Reading, slots: Slots) -> bool:
        """Whether a how-many stands before what a thing is known as, and its figure is told (几座煤城)."""
        behind = {i.index + 1 for i in slots.asked("howMuch")}
        behind |= {i.index + 1 for i in slots.units if i.index in behind}
        names = {s.iri for i in slots.items if i.index in behind for s in i.of("thing")}
        return any(
            a.other in names and self.index.flagged(a.property, "likens")
            for figure in reading.figures
            if names and figure.about in self.index.types
            for a in self.graph.around(figure.about)
        )

    def _counts_others(self, reading: Reading, slots: Slots) -> bool:
        """Whether something else is counted than the people of whom it is asked how many there are (甲的领导
        有多少个: not how many 甲 there are), or the members of a group, and not what it has
        (某些园区项目多少个).
        """
        people = set(self.index.facts.get(LEX + "who", {}).get("asksFor", ()))
        places = [i.index for i in slots.asked("howMuch")] or [len(slots.items)]
        before = [i for i in slots.items[: places[0]] if i.text.strip()]
        while before and before[-1].has("particle"):
            before.pop()
        if len(before) < 2:
            return False
        noun = before[-1]
        kinds, named = ({s.iri for s in noun.of(kind)} for kind in ("class", "thing"))
        between = slots.items[noun.index + 1 : places[0]]
        apart = bool(between) and not named
        are_people = apart and any(people & {k, *self.index.above.get(k, ())} for k in kinds)
        counted = (kinds or named) and all(i.has("operator", LEX + "sum") for i in between)
        groups = self.groups() if counted else ()
        return any(
            not self.index.counts_kind(noun, indicator, figure.about)
            for figure in reading.figures
            for indicator in figure.indicators
            if not figure.about.startswith("?")
            and figure.about not in named
            and (are_people or self.index.is_a(figure.about, groups))
        )

    def one_of_several(self, about: str, thing: str, named: set[str]) -> bool:
        """Whether what a figure is about, or what that belongs to, is related to a thing as it is to others
        that are not named: signed on a journey to several places.
        """
        whole = {
            a.other
            for a in self.graph.around(about)
            if self.index.flagged_either_way(a.property, "sharesFigures")
        }
        return any(self._beside(one, thing) - named for one in (about, *whole))

    def placing(self, name: str) -> bool:
        """Whether a relation leads to a place: what is nearest is told by what lies within what."""
        return any(
            self.index.flagged(between, "onlyOneOfAKind")
            for n in (name, *self.index.inverse.get(name, ()))
            for between in self.index.facts.get(n, {}).get("nearestBy", ())
        )

    def asks_indicator(self, reading: Reading, slots: Slots) -> bool:
        """Whether what stands behind a which is the name of the figure."""
        return any(
            item.index in reading.used
            and item.of("indicator", "says")
            and not item.has("thing")
            and not item.has("class")
            for asked in slots.asked("which")
            for item in slots.items[asked.index + 1 : asked.index + 2]
        )

    def groups(self) -> tuple[str, ...]:
        """Return the classes of groups."""
        return self.index.having("summarises")

    def _names_another(self, reading: Reading, slots: Slots) -> bool:
        """Whether a question names one figure of a thing by its own name, and a reading tells another that
        has nothing to do with it.
        """
        names = {
            below
            for item in slots.indicators
            for sense in item.of("indicator", "label", "alias")
            for below in self.index.below(sense.iri)
        }
        for figure in reading.figures if names else ():
            stated = list(self.graph.figures(self._measured(figure)))
            named = {f.base or f.iri for f in stated if f.indicator in names}
            told = {f.base or f.iri for f in stated if f.indicator in figure.indicators}
            if named and told and named.isdisjoint(told):
                return True
        return False

    def _measured(self, figure: Figure) -> list[str]:
        """Return what a figure is about, or all that it may be about."""
        anything = figure.about.startswith("?")
        return list(self.graph.measured(sorted(figure.indicators))) if anything else [figure.about]

    def _of_several(self, reading: Reading, slots: Slots) -> bool:
        """Whether a figure is one of several things together, of which the question names one."""
        named = {s.iri for item in slots.things for s in item.of("thing")}
        pending = {s.iri for number in reading.pending for s in slots.items[number].of("thing")}
        measured = {f.about for f in reading.figures if not f.about.startswith("?")}
        pairs = [(about, thing) for about in measured for thing in pending]
        if any(self.one_of_several(about, thing, named) for about, thing in pairs):
            return True
        pairs = []
        for edge in reading.edges:  # held in one place, of several
            for thing, other in ((edge.subject, edge.object), (edge.object, edge.subject)):
                placed = other == "?x" and any(self.placing(p) for p in edge.properties)
                if placed and not thing.startswith("?"):
                    pairs += [
                        (a.other, thing) for a in self.graph.around(thing) if a.property in edge.properties
                    ]
        members = [
            (edge, thing)
            for edge in reading.edges
            for thing, other in ((edge.subject, edge.object), (edge.object, edge.subject))
            if other == "?x" and not thing.startswith("?") and not self.index.is_a(thing, self.groups())
        ]
        if any(
            a.property in edge.properties
            and any(
                self.index.flagged(name, "sharesFigures")
                for name in ([a.property] if a.forward else self.index.inverse.get(a.property, ()))
            )
            and self.index.is_a(a.other, self.groups())
            for edge, thing in members
            for a in self.graph.around(thing)
        ):
            return True  # what is measured of a group is not measured of each member
        return any(self._beside(about, thing) - named for about, thing in pairs)

    def _of_each(self, reading: Reading, slots: Slots) -> bool:
        """Whether a figure is for each one of several, and the question does not ask for it so, or how many
        there are where it asks for each one.
        """
        each = slots.op("each") or any(i.amount is not None and i.amount.value == 1 for i in slots.amounts)
        told = any(self.index.flagged(i, "ofEach") for f in reading.figures for i in f.indicators)
        if not each or told:
            return told and not each
        counted = [
            f.about
            for f in reading.figures
            if slots.op("each") and f.about in self.index.types and all(map(self.index.counts, f.indicators))
        ]
        return any(self.index.flagged(f.indicator, "ofEach") for f in self.graph.figures(counted))

    def _asks_no_figure(self, reading: Reading, slots: Slots) -> bool:
        """Whether a place or several things are asked for, which of two is more, or what stands behind a
        which is the name of the figure.
        """
        if slots.asked("howMuch", "howBig"):
            return False
        if slots.amounts:
            return bool(asks_for_name(slots))
        if slots.asked("where", "whichSeveral") or (slots.asked("which") and slots.op("more", "less")):
            return True
        return self.asks_indicator(reading, slots)

    def _beside(self, about: str, thing: str) -> set[str]:
        """Return what else of a thing's kind is related alike to what is measured, but does not hold it."""
        kinds = set(self.index.types.get(thing, ()))
        around = [a for a in self.graph.around(about) if kinds & set(self.index.types.get(a.other, ()))]
        alike = {(a.property, a.forward) for a in around if a.other == thing}
        holding = {a.other for a in self.graph.around(thing) if self.placing(a.property)}
        return {a.other for a in around if (a.property, a.forward) in alike} - holding - {thing}
