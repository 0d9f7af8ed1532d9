"""From a question that asks one thing to its answer: the queries of its best readings, or not knowing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from citykg.prefixes import Prefixes
from citykg.store import Store

from .facts.graph import Graph
from .facts.kept import Kept
from .fitting.answers import Fitting
from .fitting.descending import climbs_unsaid, descends_unsaid, strays_unsaid
from .fitting.last_keyword import tells_last
from .fitting.so_called import are_called, classified
from .fitting.vague import is_vague
from .model import Answer, Item, Outcome, Reading
from .plainer.keywords import leads_there
from .reading.composing import Composer
from .reading.context import Context
from .reading.grouping import Grouping, grouping, tells_each
from .reading.groups import GroupReader
from .reading.reader import Reader
from .reading.scoring import ACCEPTED, scored
from .refusing import Refusals
from .retrieving.calculating import Calculator
from .retrieving.retriever import RETRIEVED, Retriever
from .telling.outcomes import Outcomes
from .telling.writing import Writer
from .words.cutting import Cutter
from .words.index import Index
from .words.linking import link
from .words.slots import Slots, read_slots

__all__ = ["Answerer"]

_CLOSE = 0.025
_MOST_TRIED = 10  # the right one is among the first five where there is one
_MOST_RETRIEVED = 24
_MOST_NARROWINGS = 4
_MOST_READINGS = 40  # of 3,300 questions none took one behind the thirty-fifth
_MOST_ITEMS = 80
_MOST_NARROWED = 12
_DOUBTFUL = 0.6
_APART = 0.03


@dataclass(slots=True)
class _Found:
    reading: Reading
    outcome: Outcome
    sparql: str


class Answerer:
    """Answers questions that ask one thing from one store.

    Args:
        store: a built store.
        index: of the same store.
        prefixes: of the project, for the queries that are shown.
    """

    def __init__(self, store: Store, *, index: Index, prefixes: Prefixes) -> None:
        self.store = store
        self.index = index
        self.graph = Graph(store, index)
        self.writer = Writer(prefixes)
        self.context = Context(index, self.graph)
        self.fitting = Fitting(index, self.graph)
        self.kept = Kept(store)
        self.outcomes = Outcomes(self.kept, index, self.graph, self.writer)
        self.refusals = Refusals(index, self.graph)
        self._cutter: Cutter | None = None
        self._known: dict[tuple[str, ...], list[Item]] = {}

    def prepare(self) -> None:
        """Read the dictionary, and what passages state, before the first question."""
        self.dictionary()
        self.graph.fetch()

    def forget(self) -> None:
        """Forget what the last question led to."""
        self.kept.forget()
        self._known.clear()

    def answer(self, question: str, text: str, *, plainly: bool = False) -> Answer:
        """Answer a text that asks one thing.

        Args:
            question: as it was asked, which the answer names.
            text: in plain characters.
            plainly: only by what its words say, and not by what passages say besides.
        """
        first = None
        for words in self._cuts(text):
            answer = self._answer(question, words, plainly=plainly)
            if answer.status in ("answered", "ambiguous"):
                return answer
            first = first or answer
        return first or self.refusals.refuse(question, "invalid", self.index.message("invalid-empty"))

    def linked(self, text: str) -> list[Item]:
        """Return the items of a text as it is best cut."""
        return self._items(next(self._cuts(text)))

    def _items(self, words: list[str]) -> list[Item]:
        """Return the items of some words: of the same words the same ones."""
        key = tuple(words)
        if key not in self._known:
            self._known[key] = link(words, index=self.index)[:_MOST_ITEMS]
        return self._known[key]

    def _cuts(self, text: str) -> Iterator[list[str]]:
        """Yield the ways to cut a question into words, the likeliest first."""
        cutter = self.dictionary()
        yield cutter.cut(text)
        yield from cutter.others(text, self.index.meaningful())

    def dictionary(self) -> Cutter:
        """Return what cuts texts into words, which is made when it is first needed."""
        if self._cutter is None:
            self._cutter = Cutter(self.index.words, self.index.common)
        return self._cutter

    def _answer(self, question: str, words: list[str], *, plainly: bool) -> Answer:
        slots = read_slots(self._items(words), self.index)
        refusal = self.refusals.outright(question, slots)
        if refusal is not None:
            return refusal
        reader = Reader(slots, self.index, self.graph)
        calculator = Calculator(reader, self.fitting)
        groups = grouping(slots, self.index)
        answer = self._at_once(question, slots, calculator, groups)
        if answer is not None:
            return answer
        ranked = self._ranked(reader, slots)
        found = self._tried(ranked, slots)
        doubtful = not found or found[0].reading.score < _DOUBTFUL
        if doubtful and not plainly and not reader.asks_speaker():
            reader = reader.in_context()
            in_context = self._tried(self._ranked(reader, slots), slots)
            found = max(found, in_context, key=lambda f: f[0].reading.score if f else 0.0)
        if not found and not plainly:
            found = self._retrieved(reader, calculator)
        if not found:
            return self.refusals.unknown(question, slots, ranked)
        best, rivals = _best(found)
        if rivals:
            decided = self._decided([best, *rivals], reader, calculator)
            if decided is None:
                return self._ambiguous(question, slots, [best, *rivals])
            best = decided
        if groups is not None and not tells_each(groups, best.reading, best.outcome, self.index):
            return self.refusals.unknown(question, slots, ranked)
        return self._answered(question, slots, best)

    def _at_once(
        self, question: str, slots: Slots, calculator: Calculator, groups: Grouping | None
    ) -> Answer | None:
        """Answer what no other reading can: figures in an order, and something for each one of a kind."""
        found = self._best_of(list(calculator.readings(ordering=True)), slots)
        if not found and groups is not None:
            readings = GroupReader(groups, slots, self.index, self.graph).readings()
            found = self._tried(readings, groups.slots)
        if not found:
            return None
        best, rivals = _best(found)
        return (
            self._ambiguous(question, slots, [best, *rivals])
            if rivals
            else self._answered(question, slots, best)
        )

    def _ranked(self, reader: Reader, slots: Slots) -> list[Reading]:
        seen: dict[tuple[object, ...], Reading] = {}
        for number, reading in enumerate(Composer(reader).readings()):
            if number >= _MOST_READINGS:
                break
            if seen and reading.score < ACCEPTED:
                continue  # words that are left over never make it better
            types = tuple(reading.types.items())
            graph = (reading.kind, reading.target, reading.edges, reading.figures, types, reading.absent)
            key = (*graph, reading.operation, reading.compared, reading.lacking)
            if key in seen and reading.score <= seen[key].score:
                continue
            one = scored(reading, slots, context=reader.context)
            if key not in seen or one.score > seen[key].score:
                seen[key] = one
        return sorted(seen.values(), key=lambda r: -r.score)

    def _tried(self, ranked: list[Reading], slots: Slots) -> list[_Found]:
        """Run the best readings until one has an answer, and those close behind it."""
        found: list[_Found] = []
        narrowings = 0
        for reading in ranked[:_MOST_TRIED]:
            if reading.score < ACCEPTED or (found and reading.score < found[0].reading.score - _CLOSE):
                break
            if self.context.contradicts(reading, slots):
                continue
            if reading.kind == "value" and not self.fitting.fits_figure(reading, slots):
                continue  # before its figures are fetched and told
            reading, outcome, sparql = self._outcome(reading, slots)
            if outcome is None or not self._fits(reading, outcome, slots):
                continue
            one: _Found | None = _Found(reading, outcome, outcome.sparql or sparql)
            if reading.pending and reading.kind == "value" and reading.operation == "sum":
                continue  # what is left over need not be so of every one
            if reading.pending:
                pending = [slots.items[number] for number in reading.pending]
                passages = {evidence.passage for evidence in outcome.evidence}
                close = reading.kind == "value" and len(passages) == 1
                if not self.context.bears_out(pending, reading, outcome, slots, close=close):
                    narrowings += 1
                    few = narrowings <= _MOST_NARROWINGS
                    one = self._narrowed(pending, reading, outcome, slots) if few else None
            if one is not None:
                found.append(one)
                if len(found) > 5:
                    break
        return found

    def _outcome(self, reading: Reading, slots: Slots) -> tuple[Reading, Outcome | None, str]:
        """Return what a reading comes to, of several kinds of things only those of the kind that is asked
        for, with the reading and the query that say so.
        """
        sparql = self.writer.query(reading)
        outcome = self.outcomes.of(reading, sparql, slots)
        if outcome is not None and reading.kind == "things":
            fitting = self.fitting.of_asked_kind(outcome, slots)
            if 0 < len(fitting) < len(outcome.items):
                reading = replace(reading, choices=tuple(sorted(fitting)))
                sparql = self.writer.query(reading)
                outcome = self.outcomes.of(reading, sparql, slots)
        return reading, outcome, sparql

    def _decided(self, rivals: list[_Found], reader: Reader, calculator: Calculator) -> _Found | None:
        """Return the one of some answers of like weight to which the passages lead, if they lead to one."""
        led = self._retrieved(reader, calculator)
        if led and led[0].reading.operation in ("sum", "mean", "each"):
            return led[0]  # all of them are asked for
        chosen = [rival for rival in rivals if led and rival.outcome.key == led[0].outcome.key]
        return chosen[0] if len(chosen) == 1 else None

    def _retrieved(self, reader: Reader, calculator: Calculator) -> list[_Found]:
        """Return the one answer to which the passages lead that name what the question names."""
        readings = [
            *Retriever(reader, self.fitting).readings(),
            *calculator.readings(),
        ]
        return self._best_of(readings, reader.slots)

    def _best_of(self, readings: list[Reading], slots: Slots) -> list[_Found]:
        ranked = _merged(sorted(readings, key=lambda r: -r.score))
        found: list[_Found] = []
        asked = {item.index + 1 for item in slots.asked("which")}
        named = [item for item in slots.things if not (item.has("class") and item.index in asked)]
        for reading in ranked[:_MOST_RETRIEVED]:
            if reading.score < RETRIEVED or (found and reading.score < found[0].reading.score - _APART):
                break
            reading, outcome, sparql = self._outcome(reading, slots)
            if outcome is None or self.context.miscounts(outcome, slots):
                continue
            told = leads_there(reading, slots, self.index) and tells_last(reading, slots, self.index)
            if not told or not classified(outcome, slots, self.graph):
                continue
            if not self.fitting.fits(replace(reading, choices=()), outcome, replace(slots, things=named)):
                continue
            found.append(_Found(reading, outcome, outcome.sparql or sparql))
        if len({one.outcome.key for one in found}) > 1:
            return []
        return found[:1]

    def _narrowed(
        self, pending: list[Item], reading: Reading, outcome: Outcome, slots: Slots
    ) -> _Found | None:
        """Keep those answers of a reading of which one passage bears out every word that is left."""
        fixed = reading.choices or reading.absent
        if reading.kind != "things" or fixed or len(outcome.items) > _MOST_NARROWED:
            return None
        kept = []
        for item in outcome.items:
            alone = replace(reading, choices=(item.iri or "",))
            if not item.iri or not self._one_bears_out(
                pending, alone, replace(outcome, items=(item,)), slots
            ):
                continue  # no passage of all does: none of its own
            told = self.outcomes.of(alone, self.writer.query(alone), slots)
            if told is not None and self._one_bears_out(pending, alone, told, slots):
                kept.append(item.iri)
        if not kept:
            return None
        chosen = replace(reading, choices=tuple(kept))
        sparql = self.writer.query(chosen)
        narrowed = self.outcomes.of(chosen, sparql, slots)
        fits = narrowed is not None and not self.context.miscounts(narrowed, slots)
        return _Found(chosen, narrowed, narrowed.sparql or sparql) if narrowed is not None and fits else None

    def _one_bears_out(self, pending: list[Item], reading: Reading, outcome: Outcome, slots: Slots) -> bool:
        """Whether one passage of an outcome bears out every one of some words."""
        return any(
            self.context.bears_out(pending, reading, replace(outcome, evidence=(e,)), slots, close=True)
            for e in outcome.evidence
        )

    def _fits(self, reading: Reading, outcome: Outcome, slots: Slots) -> bool:
        if reading.kind == "things" and not reading.choices and self.context.miscounts(outcome, slots):
            return False
        if not tells_last(reading, slots, self.index):
            return False
        if not leads_there(reading, slots, self.index) or is_vague(reading, slots, self.index, self.graph):
            return False
        if reading.kind == "extreme" and not are_called(reading, outcome, slots, self.index):
            return False
        unsaid = descends_unsaid(reading, slots, self.index) or climbs_unsaid(reading, slots, self.index)
        if unsaid or strays_unsaid(reading, slots):
            return False
        return self.fitting.fits(reading, outcome, slots)

    # Answers

    def _answered(self, question: str, slots: Slots, found: _Found) -> Answer:
        notes = [*found.outcome.notes, *self._linking_notes(slots)]
        text = found.outcome.text + "".join(f"（{note}）" for note in notes)
        return Answer(
            question,
            "answered",
            found.outcome.items,
            text,
            found.sparql,
            found.outcome.evidence,
            self.refusals.explained(slots, found.reading),
            (),
        )

    def _ambiguous(self, question: str, slots: Slots, found: list[_Found]) -> Answer:
        options = tuple(dict.fromkeys(self._phrase(f) for f in found))
        text = self.index.message("ambiguous", readings="；".join(options))
        reading = self.refusals.explained(slots, found[0].reading)
        return Answer(question, "ambiguous", (), text, found[0].sparql, (), reading, options)

    def _phrase(self, found: _Found) -> str:
        names = [self.index.label(f.indicators[0]) for f in found.reading.figures]
        names += [self.index.label(p) for e in found.reading.edges for p in e.properties[:1]]
        about = "" if found.reading.target.startswith("?") else self.index.label(found.reading.target) + " "
        return f"{about}{'/'.join(names)}: {found.outcome.text}"

    def _linking_notes(self, slots: Slots) -> Iterator[str]:
        for item in slots.items:
            if item.note and item.period:
                yield self.index.message("year-note", words=item.text, year=item.note)
            elif item.note:
                yield self.index.message("understood-as", words=item.text, label=item.note)


def _best(found: list[_Found]) -> tuple[_Found, list[_Found]]:
    """Return the best of readings with equal scores, and those that say something else: a list that
    is part of another one does not, nor does what would be false beside what is stated.
    """
    if any(one.reading.kind == "truth" for one in found):
        found = [one for one in found if one.reading.kind not in ("untruth", "reverse")]
    best = found[0]
    for one in found[1:]:
        if one.reading.kind == best.reading.kind == "things" and one.outcome.key > best.outcome.key:
            best = one
    return best, [
        f
        for f in found
        if f.outcome.key != best.outcome.key
        and not (f.reading.kind == best.reading.kind == "things" and f.outcome.key < best.outcome.key)
    ]


def _merged(ranked: list[Reading]) -> list[Reading]:
    """Put readings of one relation together that several passages lead to."""
    best: dict[object, Reading] = {}
    for reading in ranked:
        key = (
            (reading.edges, tuple(reading.types.items()), reading.operation) if reading.edges else id(reading)
        )
        first = best.setdefault(key, reading)
        if first is not reading and reading.score > first.score - _APART:
            both = first.choices and reading.choices  # of which one is all there is, if it names none
            best[key] = replace(
                first, choices=tuple(sorted({*first.choices, *reading.choices})) if both else ()
            )
    return list(best.values())
