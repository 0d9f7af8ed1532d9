"""What the items of a question offer to a reading, by kind."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ..model import Item
from .index import LEX, Index

__all__ = ["EXPRESSED", "Slots", "read_slots", "said_done", "says_planned"]

_WHETHER = LEX + "whether"

#: Manners of saying that are evidence, and what each costs.
EXPRESSED = {
    "label": 0.0,
    "alias": 0.0,
    "says": 0.0,
    "asks": 0.0,
    "saysInverse": 0.0,
    "counts": -0.04,
    "maySay": -0.08,
    "mention": -0.06,
    "counted": -0.06,
    "part": -0.08,
    "namesake": -0.1,
    "address": -0.02,
    "sole": -0.08,
    "elided": -0.02,
    "typo": -0.16,
}


@dataclass(slots=True)
class Slots:
    """The items of a question, sorted by what they may be; ``saying``: the relations that say who says it;
    ``widened``: kinds beside a wider one, which stands for both, with the places of all of its words;
    ``continued``: names of figures that go on from the one before (年度计划投资规模).
    """

    items: list[Item]
    things: list[Item] = field(default_factory=list)
    relations: list[Item] = field(default_factory=list)
    hints: list[Item] = field(default_factory=list)
    classes: list[Item] = field(default_factory=list)
    indicators: list[Item] = field(default_factory=list)
    units: list[Item] = field(default_factory=list)
    amounts: list[Item] = field(default_factory=list)
    times: list[Item] = field(default_factory=list)
    questions: dict[str, list[Item]] = field(default_factory=dict)
    operators: dict[str, list[Item]] = field(default_factory=dict)
    modals: dict[str, list[Item]] = field(default_factory=dict)
    unknown: list[Item] = field(default_factory=list)
    conjunctions: list[Item] = field(default_factory=list)
    saying: frozenset[str] = frozenset()
    widened: dict[int, frozenset[int]] = field(default_factory=dict)
    continued: frozenset[int] = frozenset()

    @property
    def indexes(self) -> frozenset[int]:
        """The places of all items: what a reading has used that accounts for every word in its own way."""
        return frozenset(item.index for item in self.items)

    @property
    def keywords(self) -> bool:
        """Whether words are put side by side, with blanks or a plus between, and nothing asks."""
        return self.questions.keys() <= {"when"} and any(
            item.text.strip() in ("", "+") for item in self.items
        )

    def asked(self, *names: str) -> list[Item]:
        """Return the items of some question words."""
        return [item for name in names for item in self.questions.get(name, ())]

    def op(self, *names: str) -> list[Item]:
        """Return the items of some operators."""
        return [item for name in names for item in self.operators.get(name, ())]


def read_slots(items: list[Item], index: Index) -> Slots:
    """Sort the items of a question."""
    slots = Slots(items, saying=frozenset(index.having("attributes")))
    for item in items:
        known = any(s.kind != "topic" for s in item.senses) or item.amount is not None
        if item.period is not None:
            slots.times.append(item)
        if item.amount is not None:
            slots.amounts.append(item)
        if item.has("thing"):
            slots.things.append(item)
        if any(s.how in EXPRESSED for s in item.of("property")):
            slots.relations.append(item)
        if item.of("property", "hints"):
            slots.hints.append(item)
        elif item.has("question", LEX + "whichAspect"):
            pass  # 在哪方面 asks for no place
        elif len(item.text) > 1 and any(item.has(kind) for kind in ("question", "operator", "particle")):
            hints = [
                s for c in item.text[:3] for s in index.senses(c) if s.kind == "property" and s.how == "hints"
            ]
            if hints:
                slots.hints.append(replace(item, senses=(*item.of("question"), *hints)))
        if item.has("class"):
            slots.classes.append(item)
        if any(s.how != "counts" for s in item.of("indicator")):
            slots.indicators.append(item)
        if item.has("unit") and item.amount is None:
            slots.units.append(item)
        if item.has("conjunction"):
            slots.conjunctions.append(item)
        for kind, table in (
            ("question", slots.questions),
            ("operator", slots.operators),
            ("modal", slots.modals),
        ):
            for sense in item.of(kind):
                table.setdefault(sense.iri.removeprefix(LEX), []).append(item)
        if not known:
            slots.unknown.append(item)
    slots.widened = {narrow: places for narrow, _, places in _in_two_words(slots, index)}
    slots.continued = frozenset(_continued(slots, index))
    return slots


def _continued(slots: Slots, index: Index) -> Iterator[int]:
    """Yield the places of words that stand for several indicators, right behind one of the same unit."""
    for before, item in pairwise(slots.indicators):
        units = [
            {unit for s in i.of("indicator") for unit in index.units.get(s.iri, ())} for i in (before, item)
        ]
        vague = not item.of("indicator", "label", "alias")
        if item.index == before.index + 1 and vague and units[0] & units[1]:
            yield item.index


def _in_two_words(slots: Slots, index: Index) -> Iterator[tuple[int, int, frozenset[int]]]:
    """Yield the kinds beside a wider one, joined or not, of which both are asked for (规划和政策).

    Each is the place of the narrower, the place of the wider, and all from the one to the other.
    """
    for one, other in pairwise(slots.classes):
        between = slots.items[one.index + 1 : other.index]
        joined = all(i.has("conjunction", LEX + "and", LEX + "or") or not i.text.strip() for i in between)
        if one.has("particle") or not joined:
            continue
        for narrow, wide in ((one, other), (other, one)):
            own = {s.iri for s in narrow.of("class")}
            above = {a for name in own for a in index.above.get(name, ())}
            wider = {s.iri for s in wide.of("class")}
            if wider and above >= wider and own.isdisjoint(wider):
                yield narrow.index, wide.index, frozenset(range(one.index, other.index + 1))


def said_done(slots: Slots, index: Index) -> list[Item]:
    """Return the words that say of what a figure tells that it is done (已经完成的投资, 已有10亿元投资)."""
    done = set(index.facts.get(LEX + "done", {}).get("means", ()))
    found = []
    for item in slots.items:
        rest = (i for i in slots.items[item.index + 1 :] if not i.has("particle") and i.amount is None)
        behind = next(rest, None)
        says = item.has("modal", LEX + "done") or any(s.iri in done for s in item.senses)
        if says and behind is not None and behind.has("indicator"):
            found.append(item)
    return found


def says_planned(slots: Slots) -> bool:
    """Whether a word says of what is claimed that it is a plan, and nothing besides, or at the end of all."""
    other = {"particle", "indicator", "property", "class", "thing"}
    words = [i for i in slots.items if any(c.isalnum() for c in i.text) and not i.has("question", _WHETHER)]
    return any(item in words[-1:] or not item.kinds & other for item in slots.modals.get("planned", ()))
