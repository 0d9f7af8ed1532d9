"""Which of two it is that a question names: planned or done, one of a kind or another (线上签还是线下签)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..model import BREAKS, Answer, AnswerItem, Item, text_of
from ..words.index import LEX
from .pieces import Piecewise

__all__ = ["Choice"]


class Choice(Piecewise):
    """Asks which of two it is by a plainer question."""

    def planned_or_done(self) -> Answer | None:
        """Answer whether something is planned or done by whether it is done; None where that is not asked, or
        neither is known.
        """
        claim = self._as_done()
        told = self.whole(claim + self.index.message("is-it-so")) if claim else None
        if told is None or told.status != "answered":
            return None
        done = told.answers[0].label == self.index.message("yes")
        planned = not done and self.index.message("planned-note") in told.text
        means = "done" if done else "planned" if planned else ""
        iri = next(iter(self.index.facts.get(LEX + means, {}).get("means", ())), None)
        if iri is None:
            return None
        label = self.index.label(iri)
        return replace(told, answers=(AnswerItem(label, iri),), text=label)

    def of_one_kind(self) -> Answer | None:
        """Answer which of two things of one kind it is by all of that kind."""
        for question, both in self._of_a_kind():
            told = self.whole(question)
            if told.status == "answered" and {item.iri for item in told.answers} <= both:
                return told
        return None

    def _as_done(self) -> str:
        """Return the claim that something is done of which it is asked whether it is, or is planned."""
        for marker in self._markers():
            before, behind = self.items[: marker.index], self.items[marker.index + 1 :]
            done, planned = self._that_is("done", before), self._that_is("planned", behind)
            if done is not None and planned is not None:
                return text_of(i for i in before if i.text not in BREAKS)
            done, planned = self._that_is("done", behind), self._that_is("planned", before)
            if done is not None and planned is not None:
                return text_of(before[: planned.index]) + text_of(behind)
        return ""

    def _of_a_kind(self) -> Iterator[tuple[str, set[str | None]]]:
        """Yield the questions for what of the kind of two things it is, and the two."""
        for marker in self._markers():
            one = next((i for i in reversed(self.items[: marker.index]) if i.has("thing")), None)
            other = next((i for i in self.items[marker.index + 1 :] if i.has("thing")), None)
            if one is None or other is None:
                continue
            both = [s.iri for i in (one, other) for s in i.of("thing", "label", "alias")]
            kinds = [set(self.index.types.get(iri, ())) for iri in both]
            if len(both) != 2 or kinds[0] != kinds[1]:
                continue
            before, tail = text_of(self.items[: one.index]), text_of(self.items[other.index + 1 :])
            for kind in sorted(kinds[0], key=lambda k: len(self.index.members(k))):
                which = self.index.message(
                    "which-of-kind", before=before, kind=self.index.label(kind), behind=""
                )
                yield which, set(both)
                yield which + tail, set(both)

    def _markers(self) -> list[Item]:
        return [i for i in self.items if i.has("conjunction", LEX + "or") and i.index]

    def _that_is(self, modality: str, items: Sequence[Item]) -> Item | None:
        """Return the word that says, or begins with what says, that something is planned, or is done."""
        for item in items:
            starts = (item.text[:end] for end in range(len(item.text), 0, -1))
            if any(s.iri == LEX + modality for start in starts for s in self.index.senses(start)):
                return item
        return None
