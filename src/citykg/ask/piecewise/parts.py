"""Questions in two parts: two questions in one, and two figures that are set against each other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from ..model import BREAKS, Answer, AnswerItem, Item, text_of
from ..telling.wording import amount_label, difference_label, number_text, period_label, plain_number
from ..words.index import LEX
from .chains import several_of
from .pieces import Piecewise

__all__ = ["Parts", "together"]

_NAMED = 4
_SIGNS = {"sum": " + ", "difference": " − ", "share": " ÷ "}
_PREFIX = re.compile(r"PREFIX [^\n]*\n")
_VARIABLE = re.compile(r"<[^<>\s]*>|\"(?:[^\"\\]|\\.)*\"|\?(\w+)")


class Parts(Piecewise):
    """Asks the parts of a question one by one."""

    def both(self, question: str) -> Answer | None:
        """Answer two questions that are asked in one, or say that one of them is understood only; None
        where they are not two.
        """
        ways = self._two_questions() or self._from_and_to()
        if ways is None:
            return None
        first, second = (self._first_answered(way) for way in ways)
        done = [answer for answer in (first, second) if answer.status == "answered"]
        if len(done) == 2 and first.text != second.text:
            return together(first, second, self.index.message("parts", first=first.text, second=second.text))
        if not done:
            return first
        text = self.index.message("one-part", answer=done[0].text)
        return Answer(question, "unknown", (), text, "", (), done[0].reading, (done[0].text,))

    def computed(self) -> Answer | None:
        """Answer by the difference, the sum or the share of two figures that are asked for one by one."""
        for first, second, operation in (*self._two_figures(), *self._shares()):
            one = self.whole(first)
            told = self._told(one, self.whole(second), operation) if one.status == "answered" else None
            if told is not None:
                return told
        return None

    def several(self) -> Answer | None:
        """Answer keywords that ask several things of what they name (甲 总投资 地点) by all of it."""
        named, others = several_of(self.items)
        told: Answer | None = None
        for asked in others:
            one = self.whole(f"{text_of(named)} {text_of(asked)}")
            if one.status != "answered":
                return None
            one = replace(one, text=f"{text_of(asked)} {one.text}")
            text = self.index.message("parts", first=told.text, second=one.text) if told else ""
            told = together(told, one, text) if told else one
        return told

    def at_one_time(self) -> Answer | None:
        """Answer when something was so of several that are named, by when it was so of each one of them."""
        named = [i for i in self.items if i.has("thing")]
        when = [i.index for i in self.items if i.has("question", LEX + "when")]
        if not (1 < len(named) <= _NAMED and when):
            return None
        first, last = named[0].index, named[-1].index
        between = [i for i in self.items[first:last] if i not in named and i.text.strip()]
        if last > when[0] or not all(
            i.has("conjunction", LEX + "and") and i.text not in BREAKS for i in between
        ):
            return None
        told: Answer | None = None
        for item in named:
            one = self.whole(text_of([*self.items[:first], item, *self.items[last + 1 :]]))
            if one.status != "answered" or (told is not None and one.answers != told.answers):
                return None
            told = one if told is None else replace(together(told, one, one.text), answers=one.answers)
        return told

    def either(self) -> Answer | None:
        """Answer which of two times or modalities it is (2022年还是2023年) by which of them is confirmed."""
        for marker in self.items:
            before = [i for i in self.items[: marker.index] if _is_when_or_how(i)]
            behind = [i for i in self.items[marker.index + 1 :] if _is_when_or_how(i)]
            if not (marker.has("conjunction", LEX + "or") and before and behind):
                continue
            start, tail = text_of(self.items[: before[-1].index]), text_of(self.items[behind[0].index + 1 :])
            confirmed = []
            for item in (before[-1], behind[0]):
                claim = f"{start}{item.text}{tail}".rstrip("?")
                told = self.whole(claim + self.index.message("is-it-so"))
                if told.status == "answered" and told.answers[0].label == self.index.message("yes"):
                    confirmed.append((item, told))
            if len(confirmed) == 1:
                item, told = confirmed[0]
                iri = None if item.period else item.of("modality")[0].iri
                label = self.index.label(iri) if iri else period_label(item.period or "", self.index)
                return replace(told, answers=(AnswerItem(label, iri),), text=label)
        return None

    def _first_answered(self, ways: Sequence[str]) -> Answer:
        answers = [self.whole(way) for way in dict.fromkeys(ways)]
        return next((a for a in answers if a.status == "answered"), answers[0])

    def _two_questions(self) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        """Return the two questions, each in the ways to ask it alone."""
        breaks = [i.index for i in self.items if i.text in BREAKS]
        if len(breaks) != 1:
            return None
        first, second = self.items[: breaks[0]], self.items[breaks[0] + 1 :]
        if not all(len(side) > 1 or any(i.has("question") for i in side) for side in (first, second)):
            return None
        if not all(any(self._asks(i) for i in side) for side in (first, second)):
            return None
        about: list[Item] = []
        for item in first:
            if self._asks(item) or item.has("unit") or (item.has("particle") and not item.has("thing")):
                break
            about.append(item)
        asked = min(i.index for i in first if self._asks(i))
        last = max((i.index for i in first if i.index < asked and i.has("thing")), default=-1)
        about = about if len(about) > last else list(first[: last + 1])  # 今年的重点项目
        names = [i for i in about if not i.has("indicator") or i.has("thing")]
        ways = [text_of([*start, *second]) for start in (about, names)]
        if not any(_asks_value(i) for i in second):
            ways.reverse()  # what a figure is of has a place, and not the figure
        return (text_of(first),), (*ways, text_of(second))

    def _from_and_to(self) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        """Return the two questions of one that asks from what something comes, and to what."""
        whence = [i for i in self.items if i.has("question", LEX + "whence")]
        asked = [i for i in self.items if i.has("question", LEX + "which", LEX + "where") and i not in whence]
        if whence and len(asked) == 1 and asked[0].index > whence[0].index:
            start, place, which = whence[0].index, whence[0].index, asked[0].index
            said = ""
        elif (
            len(asked) == 2
            and asked[0].index
            and self.items[asked[0].index - 1].has("particle", LEX + "from")
        ):
            start, place, which = asked[0].index - 1, asked[0].index, asked[1].index
            said = self.index.message("from-what")
        else:
            return None
        nouns = [i.index for i in self.items[place:which] if _names(i)]
        if not nouns:
            return None
        second = self.items[nouns[-1] + 1 :]
        verb = [i for i in second if i.index < which or i.index > which + 1]
        tail = [i for i in verb if i.index > which and i.has("property")] or verb
        before = text_of(self.items[:start])
        first = said + text_of([*self.items[place : nouns[-1] + 1], *tail])
        return (before + first, first), (before + text_of(second), text_of(second))

    def _asks(self, item: Item) -> bool:
        """Whether a word asks for something that no other word of a question need name."""
        return _asks_value(item) or any(item.has("question", LEX + name) for name in ("who", "where", "when"))

    def _two_figures(self) -> Iterator[tuple[str, str, str]]:
        """Yield two questions for the figures that a question sets against each other or adds."""
        items = self.items
        if any(i.has("question", LEX + "whether") for i in items):
            return
        asked = [
            i.index
            for i in items
            if i.has("question", LEX + "howMuch") or i.has("operator", LEX + "difference")
        ]
        if not asked:
            return
        minus = [i.index for i in items if i.has("operator", LEX + "compare") and not i.has("indicator")]
        more = [
            i.index for i in items if any(i.has("operator", LEX + n) for n in ("difference", "more", "less"))
        ]
        sums = [i.index for i in items if i.has("operator", LEX + "sum") and i.index < asked[0]]
        joins = [i.index for i in items if i.has("conjunction", LEX + "and") and i.text not in BREAKS]
        if len(minus) == 1 and 0 < minus[0] < (last := max((m for m in more if m > minus[0]), default=0)):
            start = min(m for m in more if m > minus[0])
            tail = [i for i in items[start:] if i.index not in more or i.has("question")]
            asks = self._how_much(items[last])
            rest = text_of(i for i in tail if i.index not in more)
            end = rest if any(_asks_value(i) for i in tail) else asks + rest
            yield text_of(items[: minus[0]]) + end, text_of(items[minus[0] + 1 : start]) + end, "difference"
        elif len(joins) == 1 and sums and joins[0] < sums[0] and len(sums) == 1:
            end = text_of(items[sums[0] + 1 :])
            head, other = items[: joins[0]], items[joins[0] + 1 : sums[0]]
            yield text_of(head) + end, text_of(other) + end, "sum"

    def _how_much(self, item: Item) -> str:
        """Return what asks how much in a word for how much more (多多少, 多几)."""
        endings = (item.text[start:] for start in range(1, len(item.text)))
        return next((e for e in endings if any(s.iri == LEX + "howMuch" for s in self.index.senses(e))), "")

    def _shares(self) -> Iterator[tuple[str, str, str]]:
        """Yield two questions for a part and for the whole of which it is asked what share it is."""
        markers = [
            i.index
            for i in self.items
            if i.has("operator", LEX + "share") and 0 < i.index < len(self.items) - 1
        ]
        if not markers or any(
            i.has("question", LEX + "whether") or i.has("operator", LEX + "over") for i in self.items
        ):
            return
        part, whole = self.items[: markers[0]], list(self.items[markers[0] + 1 :])
        if not any(_names(i) for i in whole):  # 甲在总数中占多少
            within = [i for i in part if i.has("particle") and i.of("property", "hints")]
            places = [i.index for i in within if i.has("modal", LEX + "ongoing")]
            insides = [i.index for i in within if self._is_inside(i)]
            if places:
                part, whole = part[: places[-1]], list(part[places[-1] + 1 :])
            elif insides:  # 总数中甲占多少
                part, whole = part[insides[0] + 1 :], list(part[: insides[0]])
            else:
                return
        while whole and not _names(whole[-1]):
            whole.pop()
        how_much = self.index.message("how-much")
        if whole:
            yield text_of(part) + how_much, text_of(whole) + how_much, "share"

    def _is_inside(self, item: Item) -> bool:
        """Whether a word says that something is within another: it hints at where, and at membership too."""
        hinted = {s.iri for s in item.of("property", "hints")}
        placing = {name for name in hinted if self.index.flagged(name, "nearestBy")}
        return bool(placing) and any(self.index.flagged(name, "sharesFigures") for name in hinted - placing)

    def _told(self, one: Answer, other: Answer, operation: str) -> Answer | None:
        """Return what is made of two figures that are answers, or None where they are none of one unit."""
        if not (one.status == other.status == "answered" and len(one.answers) == len(other.answers) == 1):
            return None
        (first,), (second,) = one.answers, other.answers
        if first.value is None or second.value is None or first.unit != second.unit or not first.unit:
            return None
        if one.text == other.text:
            return None  # one figure, found twice
        values = [Fraction(str(first.value)), Fraction(str(second.value))]
        terms = [one.text, other.text]
        unit = first.unit
        if operation == "share":
            unit = next((u for u, facts in self.index.facts.items() if facts.get("differenceIn")), "")
            if not unit or not values[1] or values[0] > values[1]:
                return None
            value = Fraction(round(values[0] / values[1] * 100, 4))
            label = f"{number_text(value, 1)}{self.index.label(unit)}"
        elif operation == "difference":
            terms = terms if values[0] >= values[1] else terms[::-1]
            value = abs(values[0] - values[1])
            label = difference_label(value, unit, self.index)
        else:
            value = values[0] + values[1]
            label = amount_label(value, unit, self.index)
        told = together(one, other, f"{label}（{_SIGNS[operation].join(terms)}）")
        return replace(told, answers=(AnswerItem(label, value=plain_number(value), unit=unit),))


def together(first: Answer, second: Answer, text: str) -> Answer:
    """Put two answers into one, with the passages of both and one query that has the rows of both."""
    return Answer(
        first.question,
        "answered",
        (*first.answers, *second.answers),
        text,
        _one_query(first.sparql, second.sparql),
        tuple(dict.fromkeys((*first.evidence, *second.evidence))),
        first.reading,
        (),
    )


def _one_query(first: str, second: str) -> str:
    """Write two queries for rows as one: the rows of the first, and then those of the second."""
    prefixes = sorted({line for text in (first, second) for line in _PREFIX.findall(text)})
    bodies = [_PREFIX.sub("", text).strip() for text in (first, second)]
    taken = set(_VARIABLE.findall(bodies[0]))
    bodies[1] = _VARIABLE.sub(lambda m: _apart(m, taken), bodies[1])
    inner = "\n  UNION\n".join("  {\n" + _indented(body) + "\n  }" for body in bodies)
    return f"{''.join(prefixes)}SELECT * WHERE {{\n{inner}\n}}\n"


def _apart(match: "re.Match[str]", taken: set[str]) -> str:
    """Return a variable under a name that the other query does not have."""
    name = match.group(1)
    if not name:
        return match.group(0)
    free = f"other_{name}"
    while free in taken:
        free = f"other_{free}"
    return f"?{free}"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())


def _is_when_or_how(item: Item) -> bool:
    """Whether a word is a time, or says whether something is planned or done."""
    return bool(item.period or item.of("modality"))


def _names(item: Item) -> bool:
    """Whether a word names a thing, a kind or a figure, and does not ask for one."""
    return any(item.has(kind) for kind in ("thing", "class", "indicator")) and not (
        item.has("question") or item.has("unit") or item.has("operator", LEX + "share")
    )


def _asks_value(item: Item) -> bool:
    return item.has("question", LEX + "howMuch") or bool(item.of("indicator", "asks"))
