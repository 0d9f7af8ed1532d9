"""Claims of only one and of all (只去了江苏吗, 企业都扩展了…吗), held against what there is."""

from collections.abc import Sequence
from dataclasses import replace

from ..model import Answer, AnswerItem, Item, text_of
from ..words.index import LEX
from .pieces import PlainlyToo, listed

__all__ = ["Quantified"]

_ONLY = LEX + "only"
_ALL = LEX + "all"
_BREAKS = ",;?"


class Quantified(PlainlyToo):
    """Judges what a question claims of one thing only, or of all of a kind."""

    def claims(self) -> bool:
        """Whether a question asks if something holds of one only, or of all of a kind."""
        asks = any(i.has("question", LEX + "whether") for i in self.items)
        return asks and (self._only() is not None or self._subject() is not None)

    def judged(self, question: str) -> Answer | None:
        """Return yes, or no with what there is besides; None where that cannot be told."""
        only = self._only()
        return self._nothing_else(question, only) if only is not None else self._of_all(question)

    def _only(self) -> Item | None:
        only = next((i for i in self.items if i.has("particle", _ONLY)), None)
        behind = self.items[only.index + 1 :] if only is not None else []
        planned = bool(behind) and behind[0].has("modal", LEX + "planned")  # 仅为计划
        return None if planned else only

    def _nothing_else(self, question: str, only: Item) -> Answer | None:
        """Answer by all of which the same holds as of what is named behind an only."""
        focus = self._named_behind(only)
        if not focus or (only.index and self.items[only.index - 1].has("operator", LEX + "not")):
            return None
        named = {s.iri for item in focus for s in item.of("thing")}
        before = self._text(self.items[: focus[0].index], but=only)
        behind = self._text(self._without_number(self.items[focus[-1].index + 1 :]))
        for kind in dict.fromkeys(k for iri in sorted(named) for k in self._kinds(iri)):
            asked = self.index.message("which-of-kind", before=before, kind=kind, behind=behind)
            told = self.whole(asked)
            found = {item.iri for item in told.answers}
            if (
                told.status != "answered"
                or not found & named
                or told.text != listed(told.answers, self.index)
            ):
                continue
            others = [item for item in told.answers if item.iri not in named]
            names = listed(others, self.index)
            note = (
                self.index.message("also-stated", names=names) if others else self.index.message("no-others")
            )
            return self._verdict(question, told, note, holds=not others)
        return None

    def _of_all(self, question: str) -> Answer | None:
        """Answer by whether all of a kind are among those of which something holds."""
        subject = self._subject()
        if subject is None or subject.has("particle", LEX + "attributive"):
            return None
        word = next(i for i in self.items[subject.index + 1 :] if i.has("particle", _ALL))
        kind = self._text([i for i in self.items[: word.index] if not i.has("particle", _ALL)])
        every = self.whole(self.index.message("which-there-are", clause=kind))
        clause = self._text(self.items[word.index :])
        some = self.plainly(self.index.message("which-among", kind=kind, clause=clause))
        groups = self.index.having("summarises")
        for told in (every, some):
            things = [item.iri for item in told.answers]
            grouped = any(iri is None or self.index.is_a(iri, groups) for iri in things)
            if told.status != "answered" or grouped or told.text != listed(told.answers, self.index):
                return None
        holding = {item.iri for item in some.answers}
        if not holding <= {item.iri for item in every.answers}:
            return None
        holds = all(item.iri in holding for item in every.answers)
        names = listed(some.answers, self.index)
        note = "" if holds else self.index.message("only-stated", names=names)
        return self._verdict(question, some, note, holds=holds)

    def _verdict(self, question: str, told: Answer, note: str, *, holds: bool) -> Answer:
        label = self.index.message("yes" if holds else "no")
        text = label + (f"（{note}）" if note else "")
        return replace(told, question=question, answers=(AnswerItem(label),), text=text)

    def _subject(self) -> Item | None:
        """Return the kind or the group right before a word for all, or the particle that ends what tells of
        which things something is claimed.
        """
        for word in self.items:
            before = next((i for i in reversed(self.items[: word.index]) if i.text not in _BREAKS), None)
            if before is None or not word.has("particle", _ALL):
                continue
            one = any(not self._is_several(s.iri) for s in before.of("thing"))
            of_them = before.has("particle", LEX + "attributive") and before.index
            if of_them or ((before.has("class") or before.has("thing")) and not one):
                return before
        return None

    def _is_several(self, thing: str) -> bool:
        """Whether a thing is a group, or what those who have it are called by (世界冠军)."""
        told = (p for p in self.index.having("classifies") if self.index.flagged(p, "describes"))
        called = {kind for name in told for kind in self.index.range.get(name, ())}
        return self.index.is_a(thing, {*self.index.having("summarises"), *called})

    def _named_behind(self, only: Item) -> list[Item]:
        """Return the names behind an only, joined ones together."""
        found: list[Item] = []
        for item in self.items[only.index + 1 :]:
            if item.has("thing") and not item.has("class"):
                found.append(item)
            elif found and not item.has("conjunction"):
                break
        return found

    def _kinds(self, thing: str) -> list[str]:
        """Return what one calls things of the kinds of a thing, the narrower first."""
        types = self.index.types.get(thing, ())
        narrow = sorted(types, key=lambda kind: -len(self.index.above.get(kind, ())))
        return [self.index.label(kind) for kind in narrow if kind in self.index.labels]

    def _without_number(self, items: Sequence[Item]) -> Sequence[Item]:
        """Leave out that it is but one (…一个省)."""
        if len(items) > 1 and items[0].has("particle", LEX + "some") and not items[1].has("property"):
            return items[2:]
        return items

    def _text(self, items: Sequence[Item], *, but: Item | None = None) -> str:
        kept = [
            i
            for i in items
            if i is not but and not i.has("question", LEX + "whether") and i.text not in _BREAKS
        ]
        return text_of(kept).strip()
