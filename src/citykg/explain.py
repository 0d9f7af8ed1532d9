"""Why a triple holds: its proof down to passages, background, axioms and declarations, or what it lacks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from typing import TypeVar

import pyoxigraph as ox

from .names import labels
from .reason.missing import Missing, near_misses
from .reason.model import Contradiction
from .reason.proof import Proof, Statement, StoreFacts
from .reason.refutation import Refutation, refute
from .reason.search import Prover
from .reason.terms import Term
from .sparql import pattern
from .store import EmbeddedStore, Store, rows

__all__ = ["Explainer", "Explanation", "Kind", "Source", "Step", "explain", "provable"]

_Any = TypeVar("_Any")

_GRAPHS = "https://w3id.org/citykg/graph/"


class Kind(StrEnum):
    """What asserts a triple."""

    PASSAGE = "passage"
    BACKGROUND = "background"
    AXIOM = "axiom"
    DECLARATION = "declaration"
    DESCRIPTION = "description"
    OTHER = "other"


_BACKGROUND = _GRAPHS + "background"

#: What the graphs of a store assert; passages are graphs of their own.
_KINDS = {
    _GRAPHS + "ontology": Kind.AXIOM,
    _GRAPHS + "entities": Kind.DECLARATION,
    _GRAPHS + "articles": Kind.DESCRIPTION,
    _BACKGROUND: Kind.BACKGROUND,
}


@dataclass(frozen=True, slots=True)
class Source:
    """One graph that asserts a triple.

    Attributes:
        kind: a passage, the background, an axiom of the ontology, a declaration of a thing, a description
            of an article, or another graph.
        graph: its IRI; a passage is its own graph.
        article: of a passage.
        paragraph: of a passage, in the article, from 1.
        sentence: of a passage, in the paragraph, from 1.
        start: of a passage, in code points of the article's text, from 0.
        end: one after the last code point.
        sha256: of the passage's text.
        speakers: who says it.
        taken_from: the sources of a background triple.
    """

    kind: Kind
    graph: str
    article: str | None = None
    paragraph: int | None = None
    sentence: int | None = None
    start: int | None = None
    end: int | None = None
    sha256: str | None = None
    speakers: tuple[str, ...] = ()
    taken_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A statement of a proof with what it stands on: sources if it is asserted, else a rule and premises.

    Attributes:
        statement: subject, predicate, object.
        rule: the W3C name of the OWL 2 RL/RDF rule; None for an asserted statement.
        premises: what the rule needs, in the order of the rule.
        sources: what asserts the statement; empty for an inferred one.
    """

    statement: Statement
    rule: str | None
    premises: tuple["Step", ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer to "why".

    Attributes:
        statement: what was asked about.
        step: its proof; None when it is not in the graph.
        missing: when it is not in the graph, what would make it follow, the nearest first.
        labels: what the terms are called, by IRI.
    """

    statement: Statement
    step: Step | None
    missing: tuple[Missing, ...]
    labels: dict[str, str]


def explain(
    store: Store,
    subject: ox.NamedNode | ox.BlankNode,
    predicate: ox.NamedNode,
    object_: ox.NamedNode | ox.BlankNode | ox.Literal,
    *,
    language: str = "zh",
) -> Explanation:
    """Explain why a triple holds, with the fewest rules, or what is missing for it.

    Args:
        store: a built store, or a remote one, of which a copy is made.
        subject: of the triple.
        predicate: of the triple.
        object_: of the triple.
        language: of the labels.

    Raises:
        CannotRun: as `provable` does.
    """
    return Explainer(provable(store), language=language).explain((subject, predicate, object_))


def provable(store: Store) -> EmbeddedStore:
    """Return a store in which proofs can be searched: they go through nodes without names.

    Args:
        store: a built store, which is returned, or a remote one, of which a copy is made: what its named
            graphs assert is read and reasoned with anew.

    Raises:
        CannotRun: ``no-proofs``, when no named graph of a remote store asserts anything; what reading raises.
        TypeError: neither of them.
    """
    if isinstance(store, EmbeddedStore):
        return store
    from .endpoints import EndpointStore

    if not isinstance(store, EndpointStore):
        raise TypeError(f"no proofs in a {type(store).__name__}")
    return store.copy()


class Explainer:
    """Explains triples of one store; what it has looked up serves the next triple.

    Args:
        store: a built store, or what `provable` makes of another.
        language: of the labels.
    """

    def __init__(self, store: EmbeddedStore, *, language: str = "zh") -> None:
        self._store = store
        self._facts = StoreFacts(store.graph)
        self._prover = Prover(self._facts)
        self._language = language
        self._sources: dict[Statement, tuple[Source, ...]] = {}

    def explain(self, statement: Statement) -> Explanation:
        """Explain one triple; see `explain`."""
        proof = self._prover.prove(statement)
        if proof is None:
            names = _Names(statement)
            missing = tuple(
                replace(
                    miss,
                    statement=tuple(map(names.name, miss.statement)),
                    given=tuple(map(names.of, miss.given)),
                )
                for miss in near_misses(self._facts, statement)
            )
            iris = _iris([statement, *(s for miss in missing for s in (*miss.given, miss.statement))])
            return Explanation(statement, None, missing, self._labels(iris))
        step = _Names(statement).in_step(self._step(proof))
        return Explanation(statement, step, (), self._labels(_mentioned(step)))

    def prove(self, statement: Statement) -> Step | None:
        """Return the proof of a statement with its sources; None when it is not in the graph."""
        proof = self._prover.prove(statement)
        return None if proof is None else self._step(proof)

    def refute(
        self, contradictions: Iterable[Contradiction]
    ) -> Iterator[tuple[Refutation, tuple[Step, ...]]]:
        """Yield each contradiction of the store's graph with the proofs of what its false rule needs."""
        for refutation in refute(self._prover, contradictions):
            yield refutation, tuple(map(self._step, refutation.premises))

    def labels_in(self, steps: Iterable[Step], *terms: Term) -> dict[str, str]:
        """Return the labels of every IRI that a reader of these proofs, and of these terms, may see."""
        return self._labels([*_iris([terms]), *(iri for step in steps for iri in _mentioned(step))])

    def _labels(self, iris: Iterable[str]) -> dict[str, str]:
        return labels(self._store, sorted(set(iris)), language=self._language)

    def _step(self, proof: Proof) -> Step:
        self._find_sources(leaf.statement for leaf in proof.leaves())
        return self._built(proof)

    def _built(self, proof: Proof) -> Step:
        if proof.rule is None:
            return Step(proof.statement, None, (), self._sources[proof.statement])
        return Step(proof.statement, proof.rule, tuple(map(self._built, proof.premises)), ())

    def _find_sources(self, statements: Iterable[Statement]) -> None:
        """Find what asserts statements, for all of them at once: a long proof has a thousand leaves."""
        asking = [statement for statement in dict.fromkeys(statements) if statement not in self._sources]
        graphs = {statement: self._facts.graphs(statement) for statement in asking}
        passages = self._passages({name for names in graphs.values() for name in names if name not in _KINDS})
        taken = self._taken_from([s for s, names in graphs.items() if _BACKGROUND in names])
        for statement, names in graphs.items():
            self._sources[statement] = tuple(
                passages[name]
                if name in passages
                else Source(
                    _KINDS.get(name, Kind.OTHER),
                    name,
                    taken_from=tuple(taken.get(statement, ())) if name == _BACKGROUND else (),
                )
                for name in names
            )

    def _passages(self, graphs: Iterable[str]) -> dict[str, Source]:
        terms = " ".join(f"<{graph}>" for graph in sorted(graphs))
        found: dict[str, Source] = {}
        for row in rows(self._store, pattern("explain-passages", graphs=terms)) if terms else ():
            known = found.get(row["passage"])
            speakers = (row["speaker"],) if "speaker" in row else ()
            found[row["passage"]] = Source(
                Kind.PASSAGE,
                row["passage"],
                article=row["article"],
                **{key: int(row[key]) for key in ("paragraph", "sentence", "start", "end") if key in row},  # type: ignore[arg-type]
                sha256=row.get("sha256"),
                speakers=(*(known.speakers if known else ()), *speakers),
            )
        return found

    def _taken_from(self, statements: Iterable[Statement]) -> dict[Statement, list[str]]:
        named = (s for s in statements if not any(isinstance(term, ox.BlankNode) for term in s))
        terms = " ".join(f"({' '.join(map(str, statement))})" for statement in named)
        found: dict[Statement, list[str]] = {}
        if terms:
            answer = self._store.query(pattern("explain-background", statements=terms))
            for *statement, source in getattr(answer, "rows", ()):
                found.setdefault(tuple(statement), []).append(source.value)
        return found


class _Names:
    """Names for the nodes without names of one explanation: the same whichever store it comes from.

    Args:
        goal: what is explained; its own nodes keep their names.
    """

    def __init__(self, goal: Statement) -> None:
        self._prefix = "b" + sha256(" ".join(map(str, goal)).encode()).hexdigest()[:8]
        self._known = {term: term for term in goal if isinstance(term, ox.BlankNode)}

    def in_step(self, step: Step) -> Step:
        statement = self.of(step.statement)
        return replace(step, statement=statement, premises=tuple(map(self.in_step, step.premises)))

    def of(self, statement: Statement) -> Statement:
        subject, predicate, object_ = statement
        return (self.name(subject), self.name(predicate), self.name(object_))

    def name(self, term: _Any) -> _Any | ox.BlankNode:
        if isinstance(term, ox.BlankNode):
            return self._known.setdefault(term, ox.BlankNode(f"{self._prefix}n{len(self._known) + 1}"))
        return term


def _iris(statements: Iterable[tuple[object, ...]]) -> Iterator[str]:
    for statement in statements:
        yield from (term.value for term in statement if isinstance(term, ox.NamedNode))


def _mentioned(step: Step) -> Iterator[str]:
    """Every IRI that a reader of a proof may want to see the label of."""
    yield from _iris([step.statement])
    for source in step.sources:
        yield from (*source.speakers, *source.taken_from)
        if source.article is not None:
            yield source.article
    for premise in step.premises:
        yield from _mentioned(premise)
