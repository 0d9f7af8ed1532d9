"""From a question as it is written to those that ask one thing each: its parts, and what it describes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice

from citykg.prefixes import Prefixes
from citykg.store import Store

from .answering import Answerer
from .model import Answer, Item, text_of
from .piecewise.attesting import attested
from .piecewise.attributions import attribution, judged, said_by, spoken
from .piecewise.chains import asked_first, asked_of, steps
from .piecewise.descriptions import Description, attributes, continued, descriptions, put_together
from .piecewise.greater import greater_of, told_by_thing
from .piecewise.leading import counted_by_group, leading
from .piecewise.not_meant import not_meant
from .piecewise.ranks import by_rank, claimed_rank
from .piecewise.several_kinds import of_each_kind
from .piecewise.topmost import first_few, in_order
from .piecewise.ways import Pieces
from .plainer.asides import bracketed_apart, without_asides
from .plainer.contrasts import contrasted
from .plainer.denied_twice import of_all
from .plainer.elliptical import same_of_another
from .plainer.everyday import from_everyday_words
from .plainer.formal import in_plain_words
from .plainer.fronting import by_measure, in_one_clause, of_some
from .plainer.keywords import headed, spelled_out
from .plainer.names_and_number import named_and_counted
from .plainer.not_even import as_share, without_stress
from .plainer.occasions import requested, without_occasion
from .plainer.pointing import put_in
from .plainer.rewording import reworded
from .plainer.roundabout import of_growth, of_what_kind, straightforward
from .plainer.titles import by_name
from .plainer.yes_or_no import claimed, claimed_either_way
from .reading.excepting import others_like, others_than_done, others_than_known
from .words.index import Index
from .words.normalise import MAXIMUM, normalise
from .words.respelling import Respelling, Speller

__all__ = ["Asker"]

_MOST_DESCRIBED = 2
#: Ways to put a question in plainer words that leave nothing else to read: the first that has any is taken.
_ALWAYS = (
    headed,
    put_in,
    of_some,
    others_than_known,
    others_like,
    others_than_done,
    of_growth,
    of_all,
    without_stress,
    by_measure,
    of_what_kind,
)


class Asker:
    """Answers questions from one store.

    Args:
        store: a built store.
        index: of the same store.
        prefixes: of the project, for the queries that are shown.
    """

    def __init__(self, store: Store, *, index: Index, prefixes: Prefixes) -> None:
        self.store = store
        self.index = index
        self.answerer = Answerer(store, index=index, prefixes=prefixes)
        self.writer = self.answerer.writer
        self._speller: Speller | None = None

    def prepare(self) -> None:
        """Do beforehand what one question would do for all that follow: for a process that has many."""
        self.index.prepare()
        self.answerer.prepare()

    def ask(self, question: str) -> Answer:
        """Answer a question; whatever the text is, this returns an answer."""
        self.answerer.forget()
        if len(question) > MAXIMUM:
            return self.answerer.refusals.refuse(
                question, "invalid", self.index.message("too-long", limit=MAXIMUM)
            )
        text = normalise(question, pairs=self.index.pairs)
        apart = normalise(bracketed_apart(question), pairs=self.index.pairs)
        if not any(c.isalnum() for c in text):
            return self.answerer.refusals.refuse(question, "invalid", self.index.message("invalid-empty"))
        text, apart = (in_plain_words(self.answerer.linked(t), self.index) for t in (text, apart))
        items, speller = self.answerer.linked(text), self._spelling()
        told = self._beside(question, requested(items, self.index))
        if told is not None:
            return told
        answer = self._respelled(question, speller.mistaken(items)) or self._asked(question, text, apart)
        if answer.status in ("unknown", "invalid"):
            answer = self._respelled(question, speller.respelled(items)) or answer
        return self._with_slips(answer, ((i.text, i.note) for i in items if i.note and not i.period))

    def _asked(self, question: str, text: str, apart: str) -> Answer:
        """Answer a text, of which ``apart`` is the same with what stands in brackets set apart."""
        text, apart = (claimed(self.answerer.linked(t), self.index) or t for t in (text, apart))
        text, items = self._put_plainly(text, apart)
        turned = self._of_another(question, items) or self._instead(question, items)
        if turned is not None:
            return turned
        plain = by_name(items, self.index, self.answerer.graph)
        if plain:
            text, items = plain, self.answerer.linked(plain)
        pieces = self._pieces(question, items)
        answer = self._claimed(question, pieces) or self._split(question, items, pieces)
        if answer is not None:
            return answer
        described = self._attested(question, items) or self._continued(question, items)
        described = described or self._described(question, descriptions(items, self.index), _MOST_DESCRIBED)
        answer = described or self.answerer.answer(question, text)
        if answer.status != "answered":
            answer = self._reworded(question, items) or answer
        if answer.status in ("unknown", "invalid"):
            answer = self._leading(question, items) or self._step_by_step(question, items) or answer
        if answer.status == "unknown":
            contrasts = self.answerer.linked(apart)
            answer = self._put_together(question, items, pieces, contrasts) or answer
        return answer

    def _put_plainly(self, text: str, apart: str) -> tuple[str, list[Item]]:
        """Return a text and its words without asides, and in the plain words that always stand for it."""
        items = self.answerer.linked(text)
        in_parts = self.answerer.linked(apart) if apart != text else items
        plain = without_asides(in_parts, self.index, self.answerer.graph)
        if plain is not None:
            text, items = plain, self.answerer.linked(plain)
        plain = next((plain for way in _ALWAYS if (plain := way(items, self.index))), None)
        return (plain, self.answerer.linked(plain)) if plain else (text, items)

    def _pieces(self, question: str, items: Sequence[Item]) -> Pieces:
        whole = partial(self.answerer.answer, question)
        return Pieces(items, self.index, whole, partial(whole, plainly=True), self.writer)

    def _claimed(self, question: str, pieces: Pieces) -> Answer | None:
        """Answer what only pieces can tell: whole, it would be read as something else."""
        if pieces.called.asks():
            return pieces.called.counted(question) or self.answerer.refusals.refuse(
                question, "unknown", self.index.message("unknown-reading")
            )
        told = pieces.listed.judged(question)
        if told is None and pieces.stated.asks():
            told = pieces.stated.told(question) or self._untold(question)
        if told is None and pieces.quantified.claims():
            told = pieces.quantified.judged(question) or self._untold(question)
        return told

    def _split(self, question: str, items: Sequence[Item], pieces: Pieces) -> Answer | None:
        """Answer a question by pieces, of which it is known before that they are several."""
        return (
            self._topmost(question, items)
            or pieces.stated.in_order(question)
            or self._with_names(question, pieces.items)
            or of_each_kind(question, pieces.items, self.index, pieces.whole)
            or pieces.choice.planned_or_done()
            or pieces.parts.both(question)
            or pieces.left.but_for()
            or pieces.left.but_for_what_is_done()
            or pieces.left.all_but()
        )

    def _put_together(
        self, question: str, items: Sequence[Item], pieces: Pieces, apart: Sequence[Item]
    ) -> Answer | None:
        """Answer a question that nothing understands as a whole by what its pieces come to."""
        return (
            pieces.parts.computed()
            or pieces.parts.several()
            or self._greater(question, items)
            or pieces.parts.either()
            or pieces.choice.of_one_kind()
            or pieces.parts.at_one_time()
            or pieces.left.other_share()
            or pieces.left.but_for_named()
            or self._described(question, attributes(items, self.index), 1)
            or self._attributed(question, items)
            or self._spoken(question, items)
            or self._as_ranked(question, items)
            or self._uncontrasted(question, apart)
            or pieces.claims.by_figure(question)
            or pieces.claims.by_two_figures(question)
            or pieces.claims.by_kind(question)
            or pieces.most.judged(question)
            or self._beside(question, without_occasion(items, self.index))
        )

    def _spelling(self) -> Speller:
        if self._speller is None:
            self._speller = Speller(self.index, self.answerer.dictionary())
        return self._speller

    def _respelled(self, question: str, respellings: Iterator[Respelling]) -> Answer | None:
        """Answer a question that has words with a wrong character, and say what it is taken for.

        Where several are as likely, they have to come to the same answer. Where what is written surely has
        such a word, what is meant may be refused.
        """
        best: tuple[tuple[int, ...], Answer] | None = None
        for one in respellings:
            if best is not None and one.rank > best[0]:
                break
            answer = self._asked(question, one.text, one.text)
            if answer.status != "answered" and one.sure:
                return answer
            if answer.status != "answered":
                continue
            if best is not None and best[1].answers != answer.answers:
                return None
            if best is None:
                best = (one.rank, self._with_slips(answer, ((s.wrong, s.right) for s in one.slips)))
        return None if best is None else best[1]

    def _with_slips(self, answer: Answer, slips: Iterable[tuple[str, str]]) -> Answer:
        """Say what was taken for what, where the answer does not say so yet."""
        if answer.status != "answered":
            return answer
        notes = (self.index.message("understood-as", words=wrong, label=right) for wrong, right in slips)
        text = answer.text + "".join(f"（{note}）" for note in notes if note not in answer.text)
        return replace(answer, text=text)

    def _reworded(self, question: str, items: Sequence[Item]) -> Answer | None:
        """Answer a question by what it asks in plainer words."""
        ways = (reworded, spelled_out, in_one_clause, claimed_either_way, as_share, straightforward)
        for text in (text for way in (*ways, from_everyday_words) for text in way(items, self.index)):
            answer = self.answerer.answer(question, text)
            if answer.status == "answered":
                return answer
        return None

    def _instead(self, question: str, items: Sequence[Item]) -> Answer | None:
        """Answer what is asked behind what is not so: with nothing of that."""
        asked = contrasted(items, self.index)
        if asked is None:
            return None
        text, denied = asked
        answer = self._asked(question, text, text)
        return self._untold(question) if any(i.iri in denied for i in answer.answers) else answer

    def _of_another(self, question: str, items: Sequence[Item]) -> Answer | None:
        """Answer of another thing what is said of the first, unless that is not so."""
        asked = same_of_another(items, self.index)
        if asked is None:
            return None
        claim, text = asked
        told = self.answerer.answer(question, claim)
        denied = told.status == "answered" and told.answers[0].label == self.index.message("no")
        return self._asked(question, text, text) if text and not denied else self._untold(question)

    def _untold(self, question: str) -> Answer:
        return self.answerer.refusals.refuse(question, "unknown", self.index.message("unknown-false"))

    def _step_by_step(self, question: str, items: Sequence[Item]) -> Answer | None:
        """Answer keywords that lead on from one thing to the next, where each leads to one alone."""
        for named, *others in steps(items):
            first = asked_first(named, self.index)
            told = self.answerer.answer(question, first) if first else None
            thing = text_of(named)
            for step in others:
                if told is not None:
                    if told.status != "answered" or len(told.answers) != 1 or not told.answers[0].iri:
                        break
                    thing = self._named(told)
                asked = (self.answerer.answer(question, way) for way in asked_of(thing, step, self.index))
                answer = next((one for one in asked if one.status == "answered"), None)
                if answer is None:
                    break
                told = put_together(question, told, answer) if told is not None else answer
            else:
                return told
        return None

    def _attributed(self, question: str, items: Sequence[Item]) -> Answer | None:
        """Answer whether somebody says something by who says it."""
        asked = attribution(items, self.index)
        return asked and judged(question, self.answerer.answer(question, asked[0]), asked[1], self.index)

    def _attested(self, question: str, items: Sequence[Item]) -> Answer | None:
        """Answer a question without a clause that says of what is named behind it what is so."""
        yes = self.index.message("yes")
        for clause in attested(items, self.index):
            for claim in clause.claims:
                told = self.answerer.answer(question, claim)
                if told.status == "answered" and told.answers[0].label == yes:
                    answer = self.answerer.answer(question, clause.rest)
                    if answer.status == "answered":
                        return put_together(question, told, answer)
                    return answer if clause.aside else None
        return None

    def _spoken(self, question: str, items: Sequence[Item]) -> Answer | None:
        """Answer what is asked of what somebody says from their own passages."""
        asked = said_by(items, self.index)
        if asked is None:
            return None
        answer = self.answerer.answer(question, asked[1])
        if answer.status != "answered":
            answer = self._reworded(question, self.answerer.linked(asked[1])) or answer
        return spoken(question, answer, asked[0])

    def _as_ranked(self, question: str, items: Sequence[Item]) -> Answer | None:
        """Answer whether something has a rank by the rank that is stated."""
        asked = claimed_rank(items, self.index)
        return asked and by_rank(question, self.answerer.answer(question, asked[0]), asked[1], self.index)

    def _leading(self, question: str, items: Sequence[Item]) -> Answer | None:
        """Answer which group has most of something by how many each one has."""
        asked = counted_by_group(items, self.index)
        if asked is None:
            return None
        counted = self.answerer.answer(question, asked[0])
        return leading(question, counted, self.index, least=asked[1])

    def _greater(self, question: str, items: Sequence[Item]) -> Answer | None:
        """Answer which thing has the greater figure by which of their figures is greater."""
        asked = greater_of(items, self.index)
        return asked and told_by_thing(
            question, self.answerer.answer(question, asked[0]), asked[1], self.index
        )

    def _uncontrasted(self, question: str, items: Sequence[Item]) -> Answer | None:
        """Answer a question for a figure without what it says that it does not mean."""
        for contrast in not_meant(items, self.index):
            answer = self.answerer.answer(question, contrast.question)
            if contrast.leaves(answer, self.writer):
                return answer
        return None

    def _with_names(self, question: str, items: Sequence[Item]) -> Answer | None:
        """Answer how many there are and what they are called by which there are."""
        plain = named_and_counted(items, self.index)
        answer = self.answerer.answer(question, plain) if plain else None
        return answer if answer is not None and answer.status == "answered" else None

    def _topmost(self, question: str, items: Sequence[Item]) -> Answer | None:
        """Answer which few have most of something by all of them in order."""
        asked = in_order(items, self.index)
        return asked and first_few(
            question, self.answerer.answer(question, asked[0]), asked[1], asked[2], self.index
        )

    def _beside(self, question: str, parted: tuple[str, str] | None) -> Answer | None:
        """Answer a question without what it is asked for, and say that this was no condition."""
        if parted is None:
            return None
        occasion, rest = parted
        answer = self.ask(rest)
        if answer.status != "answered":
            return None
        note = self.index.message("occasion-note", words=occasion)
        return replace(answer, question=question, text=f"{answer.text}（{note}）")

    def _continued(self, question: str, items: Sequence[Item]) -> Answer | None:
        """Answer what there is besides that by which a clause describes something, or that none is known."""
        for description in continued(items, self.index):
            thing = self.answerer.answer(question, description.question)
            if thing.status == "answered" and len(thing.answers) == 1 and thing.answers[0].iri:
                answer = self.answerer.answer(question, self._named(thing) + description.rest)
                return put_together(question, thing, answer) if answer.status == "answered" else answer
        return None

    def _named(self, thing: Answer) -> str:
        """Return the name of the one thing of an answer as it stands in the plain text of a question."""
        return normalise(thing.answers[0].label, pairs=self.index.pairs)

    def _described(self, question: str, described: Iterator[Description], depth: int) -> Answer | None:
        """Return the answer of a question about the one thing that a part of it describes, which may be
        described itself.
        """
        for description in islice(described, _MOST_DESCRIBED):
            thing = self.answerer.answer(question, description.question, plainly=True)
            if thing.status != "answered" or len(thing.answers) != 1 or not thing.answers[0].iri:
                continue
            if not description.rest:
                return replace(thing, question=question)
            text = self._named(thing) + description.rest
            nested = descriptions(self.answerer.linked(text), self.index) if depth > 1 else iter(())
            answer = self._described(question, nested, depth - 1) or self.answerer.answer(question, text)
            if answer.status == "answered":
                return put_together(question, thing, answer)
        return None
