"""What is left of the answers of a question without those that an exception or a denial takes away."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from ..model import BREAKS, Answer, AnswerItem, Item, text_of
from ..plainer.keywords import but_for_named
from ..reading.excepting import alike, excluded, of_like_kind
from ..telling.wording import amount_label, plain_number
from ..words.index import LEX
from ..words.slots import read_slots
from .pieces import PlainlyToo, listed, relisted

__all__ = ["Remainder"]

_ALL = Fraction(100)


class Remainder(PlainlyToo):
    """Asks for all, and takes away what is left out."""

    def but_for(self) -> Answer | None:
        """Answer a question with an exception by what the rest of it leads to, without what it leaves out."""
        slots = read_slots(list(self.items), self.index)
        left_out = excluded(slots, self.index)
        if not left_out:
            return None
        places = [slots.op("except")[0].index, *(item.index for item in left_out)]
        first = all(_joined(i) for i in self.items[: places[0]] if i not in left_out)
        if max(places) == places[0] and not first and all(i.text not in BREAKS for i in self.items):
            return None  # named before it, and more before that: …之外
        end = max(places) + 1
        kind = end < len(self.items) and self.items[end].has("mark", LEX + "group-mark")  # 除了甲类的
        if kind:
            end += 1 + self.items[min(end + 1, len(self.items) - 1)].has("particle", LEX + "attributive")
        rest = [i for i in (*self.items[: min(places)], *self.items[end:]) if not _is_rest(i)]
        told = self.whole("".join(self._plainly(item) for item in rest))
        if not _are_things(told):
            return told if self._apart(told, left_out, rest) else None
        names = {s.iri for item in left_out for s in item.of("thing")}
        if kind:
            called = [item.text for item in left_out]
            names = {a.iri for a in told.answers if a.iri and any(word in a.label for word in called)}
        kept = tuple(item for item in told.answers if item.iri not in names)
        if not any(i.has("class") or i.of("property", "says", "label") for i in rest):
            kept = of_like_kind(kept, names, self.index)
        if told.status != "answered" or not kept or not names or not names <= self._among(told, rest):
            return None
        return self._kept(told, kept, self.writer.without(told.sparql, sorted(names)))

    def _among(self, told: Answer, rest: Sequence[Item]) -> set[str | None]:
        """Return what is told, and where only plans are asked for, what there is besides them."""
        planned = [i for i in rest if i.has("modal", LEX + "planned") and not i.has("property")]
        found = {item.iri for item in told.answers}
        if planned:
            plainly = self.whole("".join(self._plainly(i) for i in rest if i not in planned))
            found |= {item.iri for item in plainly.answers}
        return found

    def _apart(self, told: Answer, left_out: Sequence[Item], rest: Sequence[Item]) -> bool:
        """Whether figures that are named one by one are told, like the one that an exception leaves out, and
        this is none of them (不算甲级金牌,乙级金牌和丙级金牌一共多少枚).
        """
        named = [i for i in rest if i.has("thing") and i.has("indicator")]
        figures = {s.iri for item in left_out for s in (*item.of("thing"), *item.of("indicator"))}
        return (
            len(named) > 1
            and all(i.has("indicator") and alike(i, named[0], self.index) for i in left_out)
            and not any(self.writer.term(iri) in told.sparql for iri in figures)
        )

    def other_share(self) -> Answer | None:
        """Answer what share those have that are not called so, or that are left without them, by what is left
        of it (不是甲的占多少; 除去甲,剩下的占多少).
        """
        denied = [
            i
            for i in self.items[:-1]
            if (i.has("operator", LEX + "not") and self.items[i.index + 1].has("thing"))
            or (i.has("operator", LEX + "except") and i.index and self.items[i.index - 1].has("thing"))
            or self._leaves_rest(i)
        ]
        leaving = [i for i in denied if self._leaves_rest(i)]
        denied = leaving or denied
        shares = any(self._says_share(i) for i in self.items)
        if len(denied) != 1 or not shares or any(i.has("question", LEX + "whether") for i in self.items):
            return None
        rest = self._leaves_rest(denied[0])
        told = self.whole(text_of(i for i in self.items if i not in (denied[0], *rest)))
        if told.status != "answered" or len(told.answers) != 1 or (rest and len(told.evidence) != 1):
            return None
        (share,) = told.answers
        if not share.unit or share.value is None or not 0 < share.value < _ALL:
            return None
        if not self.index.facts.get(share.unit, {}).get("differenceIn"):
            return None  # no share
        part = Fraction(str(share.value))
        labels = [amount_label(value, share.unit, self.index) for value in (_ALL - part, _ALL, part)]
        answers = (replace(share, label=labels[0], value=plain_number(_ALL - part)),)
        return replace(told, answers=answers, text=f"{labels[0]}（{labels[1]} − {labels[2]}）")

    def _says_share(self, item: Item) -> bool:
        """Whether a word is of shares, or ends with one that is (户数占)."""
        ends = (item.text[start:] for start in range(len(item.text)))
        return item.has("indicator") and any(
            s.iri == LEX + "share" for e in ends for s in self.index.senses(e)
        )

    def _leaves_rest(self, item: Item) -> Sequence[Item]:
        """Return the words from what an exception names to what is left (除去…的,剩下的), or nothing."""
        named, behind = (
            self.items[item.index + 1 : item.index + 2],
            self.items[item.index + 2 : item.index + 6],
        )
        if not item.has("operator", LEX + "except") or not any(i.has("thing") for i in named):
            return ()
        left = next((i for i in behind if i.has("operator", LEX + "others")), None)
        return self.items[item.index + 2 : left.index + 1] if left is not None else ()

    def _plainly(self, item: Item) -> str:
        """Return the text of a word, of a which that asks for more than is named what asks (还有哪些)."""
        more = any(s.iri == LEX + "others" for s in self.index.senses(item.text[:1]))
        asks = any(s.kind == "question" for s in self.index.senses(item.text[1:]))
        return item.text[1:] if more and asks else item.text

    def but_for_what_is_done(self) -> Answer | None:
        """Answer a question with an exception that a verb describes (不算力争成为的,某某有哪些称号)."""
        breaks = [i.index for i in self.items if i.text in BREAKS and 0 < i.index < len(self.items) - 1]
        if len(breaks) != 1:
            return None
        sides = self.items[: breaks[0]], self.items[breaks[0] + 1 :]
        for exception, rest in (sides, sides[::-1]):
            verbs = _verbs_of(exception)
            named = [i for i in rest if i.has("thing")]
            nouns = [i for i in rest if i.has("class") and not i.has("particle")]
            if verbs and named and nouns and any(i.has("operator", LEX + "except") for i in exception):
                clause = f"{named[0].text}{text_of(verbs)}{nouns[-1].text}"
                told = self.whole(text_of(i for i in rest if not _is_rest(i)))
                return self._without(told, self.whole(self.index.message("which-there-are", clause=clause)))
        return None

    def but_for_named(self) -> Answer | None:
        """Answer keywords with an exception (甲 乙除外) by what there is without it: of the kind of what is
        left out, or of any.
        """
        found = but_for_named(self.items)
        if found is None:
            return None
        asked, left_out = found
        names = {s.iri for item in left_out for s in item.of("thing")}
        kinds = {kind for name in names for kind in self.index.types.get(name, ())}
        narrowest = min(kinds, key=lambda k: (len(self.index.members(k)), k), default="")
        for kind in (self.index.labels.get(narrowest, ""), ""):
            told = self.whole(self.index.message("which-there-are", clause=asked) + kind)
            kept = tuple(item for item in told.answers if item.iri not in names)
            among = sum(item.iri in names for item in told.answers)
            if told.status == "answered" and kept and among >= sum(i.has("thing") for i in left_out) > 0:
                return self._kept(told, kept, self.writer.without(told.sparql, sorted(names)))
        return None

    def all_but(self) -> Answer | None:
        """Answer a question for those of some things of which something is not said (…中,哪些没有投产)."""
        place = self._denial()
        if not place:
            return None
        asked = self.items[place - 1]
        inside = next(i for i in reversed(self.items[: asked.index]) if i.text not in BREAKS)
        named = self._enumerated(self.items[: inside.index])
        if named:
            return self._all_but_some(named, self.items[place:])
        told = self.plainly(self.index.message("which-there-are", clause=text_of(self.items[: inside.index])))
        if told.status != "answered":
            return None
        for said in self._affirmed(self.items[place].text):
            taken = self.plainly(text_of(self.items[:place]) + said + text_of(self.items[place + 1 :]))
            if taken.status == "answered":
                return self._without(told, taken, self.index.message("not-stated"))
        return None

    def _enumerated(self, items: Sequence[Item]) -> list[Item]:
        """Return the names of which alone some words consist (甲、乙、丙这三个产业), or nothing."""
        named = [i for i in items if i.has("thing")]
        joints = sum(i.has("conjunction", LEX + "and") for i in items)
        numbers = {int(i.amount.value) for i in items if i.amount is not None}
        others = (i for i in items if i not in named and i.amount is None)
        empty = all(i.has("conjunction") or i.has("particle") or i.has("class") for i in others)
        return (
            named if len(named) > 1 and joints == len(named) - 1 and empty and numbers <= {len(named)} else []
        )

    def _all_but_some(self, named: Sequence[Item], denial: Sequence[Item]) -> Answer | None:
        """Answer for those that are named of which something is not said, where it is said of others."""
        terms = {item.of("thing")[0].iri: item for item in named}
        kinds = set.intersection(*(set(self.index.types.get(iri, ())) for iri in terms))
        narrow = sorted(
            kinds & self.index.labels.keys(), key=lambda k: (-len(self.index.above.get(k, ())), k)
        )
        for kind, said in ((k, s) for k in narrow for s in self._affirmed(denial[0].text)):
            clause = said + text_of(denial[1:])
            taken = self.plainly(
                self.index.message("which-of-them", noun=self.index.label(kind), clause=clause)
            )
            names = {item.iri for item in taken.answers}
            kept = tuple(AnswerItem(self.index.label(iri), iri) for iri in terms if iri not in names)
            if taken.status != "answered" or not _are_things(taken) or len(kept) in (0, len(terms)):
                continue
            sparql = self.writer.minus(self.writer.these(terms), taken.sparql)
            text = f"{listed(kept, self.index)}（{self.index.message('not-stated')}）"
            return replace(taken, answers=kept, text=text, sparql=sparql)
        return None

    def _affirmed(self, text: str) -> Iterator[str]:
        """Yield what a word for a not says without it: 不在 is 在, and 没有 may be nothing."""
        for end in range(1, len(text)):
            if any(s.iri == LEX + "not" for s in self.index.senses(text[:end])):
                yield text[end:]
        yield ""

    def _denial(self) -> int:
        """Return the place of the not right behind a which that asks for some of those before it, or zero."""
        for item in self.items[3:]:
            before = self.items[item.index - 1]
            if not (item.has("operator", LEX + "not") and before.has("question", LEX + "which", LEX + "who")):
                continue
            inside = next((i for i in reversed(self.items[: before.index]) if i.text not in BREAKS), before)
            if inside.has("particle") and inside.of("property", "hints") and inside.index > 1:
                return item.index
        return 0

    def _without(self, told: Answer, taken: Answer, note: str = "") -> Answer | None:
        """Return an answer without what another one has: some of its own, or, where it has nothing that is
        only planned, what is.
        """
        if not (told.status == taken.status == "answered" and _are_things(told) and _are_things(taken)):
            return None
        names = {item.iri for item in taken.answers}
        kept = tuple(item for item in told.answers if item.iri not in names)
        planned = all(item.note for item in taken.answers) and not any(item.note for item in told.answers)
        if not kept or (len(kept) == len(told.answers) and not planned):
            return None
        if not planned and not names <= {item.iri for item in told.answers}:
            return None
        left = self._kept(told, kept, self.writer.minus(told.sparql, taken.sparql))
        return replace(left, text=f"{left.text}（{note}）") if note else left

    def _kept(self, told: Answer, kept: tuple[AnswerItem, ...], sparql: str) -> Answer:
        """Return an answer with those things only that are kept."""
        return replace(relisted(told, kept, self.index), sparql=sparql)


def _verbs_of(items: Sequence[Item]) -> list[Item]:
    """Return the verb that describes what is meant, with the particle behind it, or nothing."""
    verbs = [i for i in items if i.of("property", "says", "label") and not i.has("particle")]
    if len(verbs) != 1 or any(i.has("thing") or i.has("question") or i.has("indicator") for i in items):
        return []
    return [i for i in items if i is verbs[0] or (i.index == verbs[0].index + 1 and _joins(i))][:2]


def _joined(item: Item) -> bool:
    return item.has("conjunction") or not item.text.isalnum()


def _joins(item: Item) -> bool:
    return item.has("particle", LEX + "attributive")


def _are_things(answer: Answer) -> bool:
    return all(item.iri is not None and item.value is None for item in answer.answers)


def _is_rest(item: Item) -> bool:
    """Whether a word only says that there is more: what an exception leaves."""
    return item.has("operator", LEX + "others", LEX + "except") or item.text in BREAKS
