"""Readings that set figures against each other: two things, or two indicators of one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..model import Edge, Figure, Item, Reading
from ..words.index import LEX
from ..words.slots import EXPRESSED
from .attaching import Partial, X
from .matching import Match, Matching

__all__ = ["Comparing"]

_MOST_ABOUT = 16
_MOST_COMPARED = 4
_UNNAMED = -0.12


class Comparing(Matching):
    """Composes comparisons, differences, ratios and sums of named operands."""

    def asks_indicator(self) -> bool:
        """Whether a word asks for a figure by itself, such as the rank-how-many."""
        return any(item.of("indicator", "asks") for item in self.slots.items)

    def _compared(self, *, truth: bool = False) -> Iterator[Reading]:
        """Yield readings that set two figures against each other."""
        markers = self.slots.op("more", "less", "compare", "difference", "ratio")
        if truth and not self.slots.amounts:
            markers = [*markers, *self.slots.op("over", "under")]
        same = self.slots.op("same") if truth and not markers else []
        markers = [*markers, *same]
        named = max(len(self._operand_items()), len(self.slots.indicators))
        if named >= 2 and (self.reader.choices or self.slots.asked("which", "who")):
            markers = [*markers, *self.slots.op("max", "min")]
        summing = bool(self.slots.op("sum")) and not self.slots.op("each") and named >= 2
        several = max(len(self._operand_items()), len(self.slots.indicators)) >= 2
        joined = several and bool(self.slots.conjunctions)
        if not markers and not summing and not joined:
            return
        if self.slots.op("difference"):
            operation = "difference"
        elif self.slots.op("ratio"):
            operation = "ratio"
        elif markers and (self.slots.asked("howMuch", "howBig") or self.asks_indicator()):
            operation = "difference"
        elif same:
            operation = "same"
        elif markers:
            operation = "less" if self._says_less(truth=truth) else "more"
        else:
            operation = "sum" if summing else self._of_all() or "each"
        if operation == "each" and (truth or self.slots.asked("when", "where")):
            return
        used = {
            i.index
            for i in (*markers, *self.slots.op("sum", "max", "min", "both", "each"), *self.slots.conjunctions)
        }
        used |= {i.index for i in self.slots.asked("which", "howMuch", "who", "whether")}
        yield from self._compared_things(operation, used, truth)
        yield from self._compared_indicators(operation, used, truth)

    def _of_all(self) -> str:
        """Return whether the greatest or the least of several figures is asked for, and not each of them."""
        if not self.slots.asked("howMuch"):
            return ""
        return "greatest" if self.slots.op("max") else "least" if self.slots.op("min") else ""

    def _says_less(self, *, truth: bool) -> bool:
        return bool(self.slots.op("less", "min", *(("under",) if truth else ())))

    def _compared_things(self, operation: str, used: set[int], truth: bool) -> Iterator[Reading]:
        self.reader.relations.loose = True
        self.by_number = bool(self.slots.op("numerous")) and not self.slots.indicators
        yield from self._compared_operands(operation, used, truth)
        self.by_number = False
        self.reader.relations.loose = False

    def _compared_operands(self, operation: str, used: set[int], truth: bool) -> Iterator[Reading]:
        named = self._operand_items()
        beside = [i for i in self.reader.things if i not in named]
        for items in (named, [i for i in named if not i.has("property")]):
            yield from self._compared_choice(items, beside, operation, used, truth)

    def _operand_items(self) -> list[Item]:
        """Return the things that may be compared: those that a choice names, or all."""
        chosen = [i for i in self.slots.things if i.index in self.reader.choice_items]
        return chosen or self.reader.things

    def _compared_choice(
        self, items: Sequence[Item], beside: Sequence[Item], operation: str, used: set[int], truth: bool
    ) -> Iterator[Reading]:
        if len(items) < 2 or len(items) > _MOST_COMPARED:
            return
        for chosen in (items, items[1:]) if len(items) > 2 else (items,):
            if len(chosen) > _most(operation):
                continue
            context = [*beside, *(i for i in items if i not in chosen)]
            operands = []
            for item in chosen:
                options = list(self._operands(item, context))
                if not options:
                    break
                operands.append(options)
            else:
                keys = [{m.figure.indicators for m, _ in options} for options in operands]
                for indicators in sorted(set.intersection(*keys)):
                    chosen_ones = [
                        max(
                            (o for o in options if o[0].figure.indicators == indicators),
                            key=lambda o: o[0].cost + o[1].score,
                        )
                        for options in operands
                    ]
                    if self._standard_first(chosen) or self._turned_round(chosen_ones):
                        chosen_ones.reverse()
                    yield self._comparison(operation, chosen_ones, used, truth)

    def _standard_first(self, named: Sequence[Item]) -> bool:
        """Whether what the other one is compared with is named first (比起A，B更…；跟A比，B更…)."""
        first, other = named[0].index, named[1].index
        said = [i.index for i in self.slots.op("compare") if i.index < other]
        before = self.slots.items[first - 1] if first else None
        with_it = before is not None and before.has("conjunction", LEX + "and")
        return any(i < first for i in said) or (with_it and bool(said))

    def _turned_round(self, operands: Sequence[tuple[Match, Partial]]) -> bool:
        """Whether only what is named first is said behind the comparing word (在甲，乙比新签的…少)."""
        said = [i.index for i in self.slots.op("compare")]
        if len(operands) != 2 or len(said) != 1:
            return False
        first, second = (max(match.used | partial.used, default=0) for match, partial in operands)
        return second < said[0] < first

    def _operands(self, item: Item, context: Sequence[Item]) -> Iterator[tuple[Match, Partial]]:
        """Yield the figures of a thing, its own or those of what the wording binds to it."""
        reader = self.reader
        for sense in item.of("thing"):
            start = Partial(frozenset({sense.iri}), used=frozenset({item.index}))
            for partial in self._with_rest(start, context, sense.iri):
                for match in self._matches(sense.iri, partial):
                    yield match, partial
        for partial in reader.bound((), frozenset(), [item, *context], steps=1, unsaid=False):
            for match in self._matches(X, partial):
                if len({f.about for f in match.found}) == 1:
                    yield match, partial

    def _comparison(
        self, operation: str, operands: Sequence[tuple[Match, Partial]], used: set[int], truth: bool
    ) -> Reading:
        indexes = set(used)
        figures: list[Figure] = []
        edges: list[Edge] = []
        parts: list[tuple[str, float]] = []
        for number, (match, partial) in enumerate(operands):
            indexes |= match.used | partial.used | self._classes_named(match)
            name = f"?x{number}"
            figures.append(
                replace(
                    match.figure,
                    about=match.figure.about if match.figure.about != X else name,
                    name=f"m{number}",
                )
            )
            for edge in partial.edges:
                edges.append(
                    replace(
                        edge,
                        subject=name if edge.subject == X else edge.subject,
                        object=name if edge.object == X else edge.object,
                    )
                )
            share = 1 / len(operands)
            parts.extend((p[0], round(p[1] * share, 3)) for p in partial.parts if not p[0].startswith("@"))
            if match.cost:
                parts.append((match.why, round(match.cost * share, 3)))
        indexes |= {b for a, b in self.reader.twins if a in indexes} | {
            a for a, b in self.reader.twins if b in indexes
        }
        cost = 0.02 if operation not in ("sum", "each") else -0.01
        kind = "comparison-truth" if truth else "comparison"
        return Reading(
            kind,
            X,
            tuple(edges),
            {},
            tuple(figures),
            operation=operation,
            used=frozenset(indexes),
            parts=(*parts, (operation, cost)),
        )

    def _compared_indicators(self, operation: str, used: set[int], truth: bool) -> Iterator[Reading]:
        operands = self._indicator_operands()
        if len(operands) < 2 or len(operands) > _most(operation):
            return
        for about, partial, _ in self._abouts():
            if about == X and partial.found is not None:
                continue
            matches = list(self._single_matches(about, partial, operands))
            if len(matches) >= 2 and len({m.figure.indicators for m in matches}) == len(matches):
                yield self._comparison(operation, [(m, partial) for m in matches], used, truth)

    def _indicator_operands(self) -> list[list[Item]]:
        """Return the indicators that a question names, each in all its words (总投资的增长率).

        What follows the last one is said of all of them: 总投资和年度计划投资的增长率.
        """
        operands: list[list[Item]] = []
        for item in self.slots.indicators:
            if self._shared(item):
                continue
            last = operands[-1][-1] if operands else None
            between = self.slots.items[last.index + 1 : item.index] if last is not None else []
            joined = all(i.has("particle") and not i.has("conjunction") for i in between)
            if last is not None and (joined or self._of_them(item, between)):
                operands[-1].append(item)
            else:
                operands.append([item])
        if len(operands) > 1 and all(len(words) == 1 for words in operands[:-1]):
            operands = [[words[0], *operands[-1][1:]] for words in operands]
        return operands

    def _of_them(self, item: Item, between: Sequence[Item]) -> bool:
        """Whether the greatest or least rate of what is named before is meant (…三项中，最高的增幅)."""
        rate = any(b in self.index.rates for s in item.of("indicator") for b in self.index.below(s.iri))
        return (
            rate
            and any(i.has("operator", LEX + "max", LEX + "min") for i in between)
            and all(
                i.has("particle") or i.amount is not None or i.has("operator") or not i.text.isalnum()
                for i in between
            )
        )

    def _shared(self, item: Item) -> bool:
        """Whether an indicator word only ends the names of others that stand before it (甲级、乙级奖牌)."""
        return any(
            s.how == "elided"
            for other in self.slots.indicators
            if other is not item
            for s in other.of("indicator")
            if any(s.iri in self.index.below(t.iri) and s.iri != t.iri for t in item.of("indicator"))
        )

    def _single_matches(
        self, about: str, partial: Partial, operands: Sequence[Sequence[Item]]
    ) -> Iterator[Match]:
        for words in operands:
            own = {item.index for item in words}
            texts = {item.text for item in words}
            others = {i.index for other in operands for i in other if i.text not in texts}
            for match in self._matches(about, partial):
                if own <= match.used and not others & match.used:
                    yield match
                    break

    def _abouts(self) -> Iterator[tuple[str, Partial, Sequence[str]]]:
        """Yield what figures may be about: a named thing, or what is bound to the named things."""
        things = self.reader.things
        self.reader.relations.loose = True
        yield from self._abouts_of(things)
        others = [item for item in things if not item.has("indicator")]
        if len(others) < len(things):
            yield from self._abouts_of(others)
        if self.reader.context:
            yield from self._abouts_in_context()
        self.reader.relations.loose = False

    def _abouts_in_context(self) -> Iterator[tuple[str, Partial, Sequence[str]]]:
        """Yield what the figures that are asked for are about, named or not; the passages have to
        bear out the rest of the question.
        """
        terms = {s.iri for item in self.slots.indicators for s in item.of("indicator") if s.how != "asks"}
        if not terms:
            terms = {s.iri for item in self.slots.units for s in item.of("indicator", "counts")}
        below = sorted({b for term in terms for b in self.index.below(term)})
        if not below:
            return
        named = {s.iri for item in self.reader.things for s in item.of("thing")}
        measured = [thing for thing in self.graph.measured(below) if thing not in named]
        near = {a.other for thing in named for a in self.graph.around(thing)}
        for thing in sorted(measured, key=lambda t: t not in near)[:_MOST_ABOUT]:
            deferred = ((f"@{item.index}", 0.0) for item in self.reader.things)
            parts = ((f"({self.index.label(thing)})", _UNNAMED), *deferred)
            yield thing, Partial(frozenset({thing}), parts=parts), ()

    def _abouts_of(self, things: Sequence[Item]) -> Iterator[tuple[str, Partial, Sequence[str]]]:
        reader = self.reader
        for item in things:
            rest = [other for other in things if other is not item]
            for sense in item.of("thing"):
                cost = EXPRESSED.get(sense.how, -0.1)
                parts = ((f"{item.text} ~ {self.index.label(sense.iri)}", cost),) if cost else ()
                start = Partial(frozenset({sense.iri}), used=frozenset({item.index}), parts=parts)
                for partial in self._with_rest(start, rest, sense.iri):
                    yield sense.iri, partial, ()
                    yield from ((sense.iri, p, ()) for p in self._opened(partial, sense.iri))
        for wanted, used, cost in reader.targets():
            if things:
                unsaid = bool(wanted)
                for partial in reader.bound(wanted, used, things, steps=1, unsaid=unsaid, cost=cost - 0.06):
                    for finished in reader.finished(partial, wanted):
                        yield X, finished, wanted
            elif wanted:
                yield X, reader.everything(wanted, used, cost), wanted
        if not things:
            yield X, Partial(None, parts=(("about ?", -0.08),)), ()


def _most(operation: str) -> int:
    """Return how many figures an operation may be made of: a difference is one of two."""
    return 2 if operation in ("difference", "ratio") else _MOST_COMPARED
