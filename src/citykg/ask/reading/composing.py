"""Which kinds of readings a question has: every kind that its words allow, one after the other."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from itertools import tee

from ..model import Item, Reading, Sense
from ..words.index import LEX, Index
from ..words.slots import Slots
from .attaching import X
from .figures import FigureReader
from .lacking import lacking
from .reader import Reader
from .sharing import in_common
from .truths import TruthReader
from .when import of_plans_in_time

__all__ = ["Composer"]

_IMPLIED = -0.1


def _joins(item: Item) -> bool:
    return item.has("conjunction", LEX + "and") and item.text.isalnum()


class Composer:
    """Composes candidate readings of one question.

    Args:
        reader: of the question.
    """

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.slots: Slots = reader.slots
        self.index: Index = reader.index

    def readings(self) -> Iterator[Reading]:
        """Yield candidate readings, in no particular order."""
        if self.reader.speaker:
            for reading in self._unspoken(FigureReader(self.reader)):
                yield replace(reading, said_by=self.reader.speaker, used=reading.used | self.reader.speaking)
            return
        yield from self._unspoken(FigureReader(self.reader))
        homes = [item for item in self.reader.things if self.reader.is_home(item)]
        if (
            homes
            and len(self.reader.things) + len(self.slots.indicators) > 1
            and homes[0] not in self.reader.excluded
            and not self._beside_another(homes[0])
        ):
            home = homes[0]
            context = next(s.iri for s in home.of("thing") if s.iri in set(self.index.homes.values()))
            self.reader.things = [item for item in self.reader.things if item is not home]
            for reading in self._unspoken(FigureReader(self.reader)):
                if home.index not in reading.used:
                    yield replace(
                        reading,
                        used=reading.used | {home.index},
                        home=context,
                        excluded=(*reading.excluded, context) if reading.kind in ("things", "count") else (),
                        parts=(*reading.parts, (f"({home.text})", -0.15)),
                    )
            self.reader.things = [*self.reader.things, home]
        if self.reader.context and self.reader.asks_things() and not homes:
            yield from self._at_home()

    def _beside_another(self, home: Item) -> bool:
        """Whether another thing is named together with what goes without saying: both are meant (甲和乙…)."""
        places = range(max(home.index - 1, 0), home.index + 2)
        joins = [
            i for i in (self.slots.items[p] for p in places[::2] if p < len(self.slots.items)) if _joins(i)
        ]
        beside = {2 * i.index - home.index for i in joins}
        return any(item.index in beside for item in self.reader.things)

    def _at_home(self) -> Iterator[Reading]:
        """Yield readings of a question that leaves out what goes without saying: whom it is about."""
        said = [item for item in self.slots.relations if not item.has("particle")]
        if not (said or self.slots.classes or self.slots.indicators):
            return  # nothing is asked of it but of what is named
        home, *others = set(self.index.homes.values()) or {""}
        if not home or others or any(self.reader.said_behind(asked) for asked in self.slots.asked("who")):
            return  # by whom something is done: not by what goes without saying
        implied = Item(-1, self.index.label(home), 0, 0, (Sense("thing", home, "label"),))
        self.reader.things = [implied, *self.reader.things]
        for reading in self.reader.of_things():
            yield replace(reading, parts=(*reading.parts, (f"({implied.text})", _IMPLIED)))
        self.reader.things = self.reader.things[1:]

    def _unspoken(self, figures: FigureReader) -> Iterator[Reading]:
        truth = bool(self.slots.asked("whether")) or self._bounded()
        if self.slots.asked("when"):
            yield from self.reader.of_times()
        if truth and not self.reader.asks_things():
            yield from TruthReader(self.reader).readings()
            yield from figures.of_truth()
            return
        if (
            self.slots.questions
            or self.reader.things
            or self.slots.indicators
            or self.slots.amounts
            or figures.asks_indicator()
            or self.slots.op("difference", "ratio", "more")
        ):
            yield from figures.of_values()
        if self.slots.op("relation"):
            yield from self.reader.of_relations()
        things, counted = tee(self.reader.of_things())
        if (
            self.reader.asks_things()
            or self.reader.choices
            or self.slots.op("list", "except", "others")
            or not (self.slots.questions or self.slots.indicators)
        ):
            yield from things
        yield from lacking(self.reader)
        yield from of_plans_in_time(
            self.slots, self.reader.things, self.index, self.reader.graph, self.reader.evoker
        )
        if self.slots.asked("which"):
            yield from in_common(self.reader, "things", frozenset(i.index for i in self.slots.asked("which")))
        if self.slots.asked("which") and not self.reader.speaker:
            yield from self.reader.of_names()
        if (self.slots.op("describe") or self.slots.asked("who")) and not self.reader.speaker:
            yield from self.reader.of_kinds()
        if self.slots.asked("howMuch"):
            for reading in counted if not self._counts_occasions() else ():
                if reading.types.get(X) or self._counts_thing(reading) or self._headless(reading):
                    yield replace(
                        reading,
                        kind="count",
                        parts=(*reading.parts, ("COUNT", -0.15)),
                        used=reading.used | self._count_used(),
                    )

    def _counts_occasions(self) -> bool:
        """Whether it is asked how often: that is a figure, and no number of things (跑了几趟)."""
        behind = {asked.index + 1 for asked in self.slots.asked("howMuch")}
        return any(
            self.index.flagged(s.iri, "countsOccasions")
            for item in self.slots.items
            if item.index in behind and not item.has("class")
            for s in item.of("indicator", "counts")
        ) and not any(item.has("class") for item in self.slots.items if item.index - 1 in behind)

    def _bounded(self) -> bool:
        """Whether a figure is set against a bound, and nothing but the tone asks for a yes."""
        words = self.slots.op("over", "under")
        asking = self.slots.questions or self.slots.op("list", "describe", "difference", "ratio")
        bounds = [i for i in self.slots.amounts if i.amount is not None and i.amount.units]
        behind = self.slots.items[bounds[-1].index + 1 :] if bounds else self.slots.items
        return (
            bool(words and self.slots.indicators)
            and not asking
            and not any(c.isalnum() for i in behind for c in i.text)
        )

    def _counts_thing(self, reading: Reading) -> bool:
        """Whether a name stands where a how-many wants a noun, and says the kind of what is counted."""
        asked = {i.index for i in self.slots.asked("howMuch")}
        nearest = min(
            self.reader.things, key=lambda i: min((abs(i.index - a) for a in asked), default=99), default=None
        )
        names = {s.iri for s in nearest.of("thing")} if nearest is not None else set()
        return any(
            edge.object in names and any(self.index.flagged(p, "classifies") for p in edge.properties)
            for edge in reading.edges
        )

    @cached_property
    def _counting(self) -> set[str]:
        """The units in which things are counted."""
        return {
            unit
            for term in self.index.having("countsThings")
            for below in self.index.below(term)
            for unit in self.index.units.get(below, ())
        }

    def _headless(self, reading: Reading) -> bool:
        """Whether what is counted is not named but by what it does (实现了…的有几家)."""
        said = any(item.index in reading.used and not item.has("particle") for item in self.slots.relations)
        asked = self.slots.asked("howMuch")[-1]
        before = self.slots.items[asked.index - 1] if asked.index else None
        return said and before is not None and before.has("particle")

    def _count_used(self) -> frozenset[int]:
        asked = self.slots.asked("howMuch")
        units = [
            u.index
            for u in self.slots.units
            if any(u.index == a.index + 1 for a in asked) and self._counting & {s.iri for s in u.of("unit")}
        ]
        return frozenset([*units, *(a.index for a in asked)])
