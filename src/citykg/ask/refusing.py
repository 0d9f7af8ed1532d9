"""Not knowing: what a question is told that is not answered, and what the graph has nearby."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from .facts.graph import Graph
from .model import Answer, Item, Reading, text_of
from .plainer.pointing import unsaid
from .reading.scoring import unaccounted
from .words.index import LEX, Index
from .words.slots import Slots

__all__ = ["Refusals"]

#: Operators by which a question is one, without a question word.
_ASKING = ("list", "describe", "groupedBy", "every")


class Refusals:
    """Says why there is no answer.

    Args:
        index: names and messages.
        graph: what there is about the things that a question names.
    """

    def __init__(self, index: Index, graph: Graph) -> None:
        self.index = index
        self.graph = graph

    def outright(self, question: str, slots: Slots) -> Answer | None:
        """Return the refusal of a question that need not be read: nothing or not all of it is known."""
        unknown = _stretches(slots.unknown)
        knows = bool(
            slots.things
            or slots.indicators
            or [item for item in slots.amounts if item.amount is not None and item.amount.units]
            or slots.classes
            or [r for r in slots.relations if not r.has("particle")]
        )
        kinds_alone = bool(slots.asked("whether") and slots.asked("which")) and not (
            slots.things
            or slots.indicators
            or slots.amounts
            or [r for r in slots.relations if not (r.has("particle") or r.has("class"))]
        )
        if not knows or kinds_alone or _breaks_off(slots) or _stammers(slots):
            return self.refuse(question, "invalid", self.index.message("invalid"))
        if unknown:
            return self.refuse(question, "unknown", self._unknown_words(unknown, slots), slots)
        beyond = [
            item
            for name in ("why", "how")
            for item in slots.asked(name)
            if not item.has("property") and not item.has("particle") and not _asks_what(item, slots)
        ]
        if beyond:
            text = self.index.message("unknown-beyond", words=beyond[0].text)
            return self.refuse(question, "unknown", text, slots)
        if self._asks_how_many_live(slots):
            text = self._unknown_topics([LEX + "topic-population"], slots)
            return self.refuse(question, "unknown", text, slots)
        pointed = unsaid(slots, self.index, self.graph)
        if pointed is not None:
            text = self.index.message("unknown-which", noun=pointed.text)
            return self.refuse(question, "unknown", text, slots)
        return self._any_of_several(question, slots)

    def _any_of_several(self, question: str, slots: Slots) -> Answer | None:
        """Return the refusal of a question about so many of a kind where several groups are so large, and
        nothing else is named that tells which is meant.
        """
        counted = [item for item in slots.things if len([s for s in item.senses if s.how == "counted"]) > 1]
        homes = set(self.index.homes.values())
        others = [
            item
            for item in (*slots.things, *slots.times)
            if item not in counted and not homes & {s.iri for s in item.of("thing")}
        ]
        if not counted or others:
            return None
        options = tuple(self.index.label(s.iri) for s in counted[0].of("thing"))
        text = self.index.message("ambiguous", readings="；".join(options))
        explained = self.explained(slots, None)
        return Answer(question, "ambiguous", (), text, "", (), explained, options)

    def _unknown_words(self, words: list[str], slots: Slots) -> str:
        """Name what means nothing here; what people ask of cities by its proper name."""
        topics = [s.iri for item in slots.unknown for s in item.of("topic")]
        if topics and len(topics) == len(slots.unknown):
            return self._unknown_topics(topics, slots)
        return self.index.message("unknown-entity", words="”“".join(words))

    def _unknown_topics(self, topics: list[str], slots: Slots) -> str:
        labels = dict.fromkeys(str(self.index.facts[topic]["label"][0]) for topic in topics)
        things = dict.fromkeys(item.text for item in slots.things)
        name = "unknown-topic" if things else "unknown-topic-at-all"
        return self.index.message(name, things="、".join(things), topics="、".join(labels))

    def _asks_how_many_live(self, slots: Slots) -> bool:
        """Whether it is asked how many people a place has, and nothing more (某市有多少人)."""
        people, places = (
            set(self.index.facts.get(LEX + name, {}).get("asksFor", ())) for name in ("who", "where")
        )
        behind = [slots.items[i.index + 1] for i in slots.asked("howMuch") if i.index + 1 < len(slots.items)]
        noun = behind[0] if len(behind) == 1 else None
        if noun is None or not (noun.has("unit") or noun.has("particle")):
            return False
        if not people & {s.iri for s in noun.of("class")} or noun.has("thing"):
            return False
        rest = [i for i in slots.items if i is not noun and not i.has("question", LEX + "howMuch")]
        return all(
            any(self.index.is_a(s.iri, places) for s in i.of("thing"))
            if i.has("thing")
            else i.has("particle") or (i.has("operator", LEX + "sum") and not i.has("property"))
            for i in rest
        )

    def unknown(self, question: str, slots: Slots, ranked: list[Reading]) -> Answer:
        """Return what is said where no reading has an answer, with the best of those that were tried."""
        things = [item.text for item in slots.things]
        asked = [
            i.text
            for i in (*slots.indicators, *slots.relations)
            if i not in slots.things and not (i.has("particle") or i.has("question", LEX + "who"))
        ]
        if slots.asked("whether"):
            text = self.index.message("unknown-false")
        elif things and asked:
            text = self.index.message(
                "unknown-fact", things="、".join(dict.fromkeys(things)), words="、".join(dict.fromkeys(asked))
            )
        elif not (things or slots.questions or slots.indicators or slots.op(*_ASKING)):
            return self.refuse(question, "invalid", self.index.message("invalid"), slots)
        else:
            text = self.index.message("unknown-reading")
        reading = ranked[0] if ranked else None
        return self.refuse(question, "unknown", text, slots, reading)

    def refuse(
        self,
        question: str,
        status: str,
        text: str,
        slots: Slots | None = None,
        reading: Reading | None = None,
    ) -> Answer:
        """Return an answer of another status than answered, with what there is nearby."""
        suggestions = tuple(self._nearby(slots)) if slots is not None else ()
        if suggestions:
            text += " " + " ".join(suggestions)
        explained = self.explained(slots, reading) if slots is not None else {}
        return Answer(question, status, (), text, "", (), explained, suggestions)

    def _nearby(self, slots: Slots) -> Iterator[str]:
        """Yield what the graph has about the things that a question names."""
        for thing in list(dict.fromkeys(item.of("thing")[0].iri for item in slots.things))[:2]:
            facts = dict.fromkeys(self.index.label(f.indicator) for f in self.graph.figures([thing]))
            for around in self.graph.around(thing):
                if (
                    around.forward
                    and around.property in self.index.labels
                    and around.other in self.index.labels
                ):
                    facts[f"{self.index.label(around.property)} {self.index.label(around.other)}"] = None
            if not facts and slots.asked("who"):
                facts = dict.fromkeys(self._kinds(thing))
            if facts:
                yield self.index.message(
                    "nearby", thing=self.index.label(thing), facts="；".join(list(facts)[:6])
                )

    def _kinds(self, thing: str) -> Iterator[str]:
        """Yield what the narrowest classes of a thing are called."""
        kinds = self.index.types.get(thing, ())
        for kind in kinds:
            below = set(self.index.below(kind)) - {kind}
            if kind in self.index.labels and below.isdisjoint(kinds):
                yield self.index.label(kind)

    def explained(self, slots: Slots, reading: Reading | None) -> dict[str, Any]:
        """Return how a question was understood: its words, and the parts of the score of a reading."""
        items = []
        for item in slots.items:
            senses = [f"{s.kind}:{self.index.label(s.iri)}" for s in item.senses if s.kind != "particle"]
            if item.amount is not None:
                senses.append(f"amount:{float(item.amount.value):g}")
            items.append({"text": item.text, "senses": senses[:8]})
        explained: dict[str, Any] = {"words": items}
        if reading is not None:
            explained["kind"] = reading.kind
            explained["score"] = reading.score
            explained["parts"] = [{"what": what, "points": points} for what, points in reading.parts]
            left = [item.text for item in unaccounted(reading, slots)]
            explained["left_over"] = left
        return explained


def _stammers(slots: Slots) -> bool:
    """Whether what asks stands twice, one beside the other: 多少多少."""
    return any(
        one.has("question")
        and one.text == other.text
        and one.text[1:]
        and not one.has("question", LEX + "whether")
        for one, other in pairwise(slots.items)
    )


def _breaks_off(slots: Slots) -> bool:
    """Whether a question without a question word ends with a word that joins, and nothing but particles."""
    if slots.questions or slots.op(*_ASKING):
        return False
    words = [item for item in slots.items if any(c.isalnum() for c in item.text)]
    while words and words[-1].has("particle") and not words[-1].has("conjunction"):
        words.pop()
    last = words[-1] if words else None
    joins = last is not None and last.has("conjunction", LEX + "and") and last.text.isalnum()
    return last is not None and joins and not any(last.has(kind) for kind in ("thing", "class", "operator"))


def _asks_what(item: Item, slots: Slots) -> bool:
    """Whether a why that may be a what stands at the end of a question: it is what (规模为何)."""
    behind = slots.items[item.index + 1 :]
    return item.has("question", LEX + "which") and not any(c.isalnum() for i in behind for c in i.text)


def _stretches(items: list[Item]) -> list[str]:
    """Join neighbours into the stretches of text that were not understood."""
    found: list[list[Item]] = []
    for item in items:
        if found and found[-1][-1].index + 1 == item.index:
            found[-1].append(item)
        else:
            found.append([item])
    return [text_of(stretch) for stretch in found]
