"""What the words of a question say of relations: which they stand for, and what their order tells."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..facts.graph import Around
from ..model import Item
from ..words.index import LEX, Index
from ..words.slots import EXPRESSED, Slots

__all__ = ["Evoker", "Hint"]

_ORDER = -0.06
_TURNED = -0.6
_AGENT = -0.3
_OF_A_PIECE = 0.06
_LEAST_SAID = 3  # characters of a noun that says a relation, and not only a kind

#: The question words that a noun belongs to.
_NOUN_ASKED = (LEX + "which", LEX + "howMuch")


@dataclass(frozen=True, slots=True)
class Hint:
    """A particle that allows a relation, or its inverse."""

    item: Item
    itself: bool
    narrows: bool

    def toward(self, around: Around, named: Item) -> bool:
        """Whether a relation leads where a where-question asks for, from the thing named before it."""
        asked = self.narrows and self.item.has("question", LEX + "where")
        return not asked or named.index > self.item.index or around.forward == self.itself


class Evoker:
    """Tells what the words of one question say of relations."""

    def __init__(self, slots: Slots, index: Index) -> None:
        self.slots = slots
        self.index = index
        self._evoked: dict[int, dict[str, float]] = {}
        self._turned: dict[tuple[int, str], bool] = {}
        self._narrowed: dict[int, dict[str, float]] = {}
        self._hinted: dict[str, Hint] | None = None
        self._compares = bool(slots.op("more", "less"))
        self._agents = [i.index for i in slots.items if i.has("particle", LEX + "agent")]
        self._toward = [i.index for i in slots.items if i.has("particle", LEX + "toward")]

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

    def narrowed(self, item: Item) -> dict[str, float]:
        """Return the properties that an item evokes; where another word says or asks for some of these, those
        that both do.
        """
        if item.index not in self._narrowed:
            self._narrowed[item.index] = self._said_by_both(item)
        return self._narrowed[item.index]

    def _said_by_both(self, item: Item) -> dict[str, float]:
        evoked = self.evokes(item)
        for other in self.slots.relations:
            kind = other.has("class") and len(other.text) < _LEAST_SAID  # 产业, but not 目标定位
            says = other.of("property", "asks") or not (kind or other.has("particle") or other.has("thing"))
            both = self.evokes(other).keys() if other is not item and says else ()
            if both and both <= evoked.keys():
                return {name: cost for name, cost in evoked.items() if name in both}
        return evoked

    def with_companions(self, item: Item | None) -> frozenset[int]:
        """Return the item and those that say the same relation with it, or its inverse (归…管; 现任…是谁)."""
        if item is None:
            return frozenset()
        said = {s.iri for s in item.of("property") if s.how in EXPRESSED}
        said |= {inverse for name in said for inverse in self.index.inverse.get(name, ())}
        return frozenset(
            i.index
            for i in self.slots.relations
            if i is item
            or i.pieces & item.pieces
            or (i.text != item.text and {s.iri for s in i.of("property") if s.how in EXPRESSED} <= said)
        )

    def hints(self) -> dict[str, Hint]:
        """Return the relations that a particle of the question allows, with the first that does."""
        if self._hinted is None:
            self._hinted = {}
            for item in self.slots.hints:
                for sense in item.of("property", "hints"):
                    for name in (sense.iri, *self.index.inverse.get(sense.iri, ())):
                        self._hinted.setdefault(
                            name, Hint(item, name == sense.iri, self.index.flagged(sense.iri, "nearestBy"))
                        )
        return self._hinted

    def modifies(self, named: Item) -> bool:
        """Whether a name stands before a noun, or right behind the question word, as what classifies it."""
        items = self.slots.items
        if named.index < 0:
            return False  # it is implied
        behind = self._behind(named)
        before = items[named.index - 1] if named.index else None
        if before is not None and before.has("unit") and before.index:
            before = items[before.index - 1]
        asked = behind is not None and (
            behind.has("class")
            or (self._compares and behind.has("indicator"))
            or (
                (behind.has("question", *_NOUN_ASKED) or behind.has("operator"))
                and not behind.has("operator", LEX + "describe")
            )
        )
        return asked or (before is not None and before.has("question", *_NOUN_ASKED))

    def _behind(self, named: Item) -> Item | None:
        """Return the word behind a name; where two are compared, the noun behind both (甲和乙两类项目)."""
        for item in self.slots.items[named.index + 1 :]:
            skipped = any(item.has(kind) for kind in ("thing", "conjunction", "numeral", "unit"))
            skipped = skipped or bool(item.of("property", "hints")) or item.amount is not None
            if not self._compares or item.has("class") or not skipped:
                return item
        return None

    def placed(self, named: Item) -> bool:
        """Whether a word of place stands before a name: it says where, and nothing else."""
        before = self.slots.items[named.index - 1] if named.index > 0 else None
        return (
            before is not None
            and any(self.index.flagged(s.iri, "nearestBy") for s in before.of("property", "hints"))
            and before.has("modal")
        )

    def possesses(self, named: Item, wanted: Sequence[str]) -> bool:
        """Whether a noun of another kind than those asked for stands behind a name with 的 between: what is
        hinted at is between these two.
        """
        behind = self.slots.items[named.index + 1 : named.index + 3] if named.index >= 0 else []
        return (
            len(behind) > 1
            and behind[0].has("particle", LEX + "attributive")
            and behind[1].has("class")
            and not any(sense.iri in wanted for sense in behind[1].of("class"))
            and not (behind[1].has("particle") or behind[1].has("thing"))
        )

    def joined(self, named: Item) -> bool:
        """Whether a name is one of two or more that are said together: what is said of one is said of all."""
        beside = self.slots.items[max(named.index - 1, 0) : named.index + 2]
        return named.index >= 0 and any(
            i.has("conjunction", LEX + "and") and not i.has("thing") for i in beside
        )

    def asked_of(self, named: Item) -> bool:
        """Whether a name stands right behind which: what is asked for is of the kind that it names."""
        before = self.slots.items[named.index - 1] if named.index > 0 else None
        return before is not None and before.has("question", LEX + "which") and not named.has("class")

    def asks_value(self, item: Item) -> bool:
        """Whether a word asks for what a relation leads to, and not for what has it: by itself, or as the
        noun behind which kind (何种方式), or before what it is (甲的出发地是什么).
        """
        if item.of("property", "asks"):
            return not item.of("property", "says", "label")
        said = {s.iri for s in item.of("property", "says", "label")}
        return (
            self._noun_asked(item)
            or self._leads_to_which(item)
            or self._asked_what_it_is(item)
            or any(
                other is not item and said & {s.iri for s in other.of("property", "says", "label")}
                for other in self.slots.relations
                if self._noun_asked(other)  # 由哪几部分组成
            )
        )

    def _leads_to_which(self, item: Item) -> bool:
        """Whether a verb that may say nothing stands before a which: it leads there (属于哪个)."""
        behind = self.slots.items[item.index + 1 : item.index + 2]
        return (
            len(item.text) > 1
            and item.has("particle")
            and bool(item.of("property", "says"))
            and any(i.has("question", LEX + "which") for i in behind)
        )

    def _asked_what_it_is(self, item: Item) -> bool:
        """Whether it is asked what that is of something which a relation is called."""
        before = self.slots.items[item.index - 1] if item.index else None
        behind = self.slots.items[item.index + 1 : item.index + 2]
        return (
            before is not None
            and before.has("particle", LEX + "attributive")
            and bool(item.of("property", "label"))
            and any(i.has("operator", LEX + "describe") for i in behind)
        )

    def _noun_asked(self, item: Item) -> bool:
        before = self.slots.items[item.index - 1] if item.index else None
        behind = self.slots.items[item.index + 1 : item.index + 2]
        return (
            before is not None
            and before.has("question", LEX + "which")
            and (item.has("particle") or before.has("question", LEX + "whichKind"))
            and not any(i.has("thing") for i in behind)  # 哪些属于某某
        )

    def own(self, item: Item, around: Around) -> bool:
        """Whether a word says the very relation, and not its inverse, nor what it says with a word that marks
        who does it (由谁牵头).
        """
        names = {around.property, *self.index.above.get(around.property, ())}
        agents = self.slots.items[max(item.index - 2, 0) : item.index] if self.does(item) else ()
        names -= {s.iri for i in agents if i.index in self._agents for s in i.of("property")}
        return any(s.iri in names for s in item.of("property") if s.how != "saysInverse")

    def does(self, item: Item) -> bool:
        """Whether a who stands right before a verb: who does it is asked for (谁采访了…, 由谁牵头)."""
        before = self.slots.items[item.index - 1] if item.index else None
        passive = any(agent < item.index - 2 for agent in self._agents)
        return before is not None and before.has("question", LEX + "who") and not passive

    def in_common(self, properties: Sequence[str]) -> bool:
        """Whether a word says that two things have a relation in common."""
        return any(not self.evokes(item).keys().isdisjoint(properties) for item in self.slots.op("alike"))

    def leads_on(self, item: Item, name: str) -> bool | None:
        """Whether a word says a relation itself, or its inverse; None where it says neither."""
        if name not in self.evokes(item) or name in self.index.symmetric:
            return None
        return not self._turned[(item.index, name)]

    def is_turned(self, item: Item, name: str) -> bool:
        """Whether a property that an item evokes leads from what is done to who does it."""
        return self._turned.get((item.index, name), False)

    def order(self, item: Item, named: Item, around: Around, thing: str) -> float:
        """Judge the order of words: what does something stands before the verb, what it is done to behind.

        Between things of one kind the order alone tells who does what to whom; elsewhere it is a mere hint.
        """
        if around.property in self.index.symmetric:
            return 0.0
        if around.forward and self._who_does(item, named):
            return _AGENT
        forward = around.forward != self._turned.get((item.index, around.property), False)
        around_it = [i.index for i in self.slots.relations if i.pieces & item.pieces] or [item.index]
        start, end = min(around_it), max(around_it)
        agents = [agent for agent in self._agents if agent < start]
        if agents:
            before = agents[-1] < named.index < start  # 被 stands before who does it
        else:
            before = named.index < start and named.index - 1 not in self._toward
            before = before or start < end < named.index  # 由谁牵头甲
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
