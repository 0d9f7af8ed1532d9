"""An explanation as a tree of text for people."""

import argparse
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyoxigraph as ox
from rich.console import RenderableType
from rich.text import Text
from rich.tree import Tree

from citykg.article import Passage
from citykg.breaches import Breach
from citykg.cli.findings import in_language, severity_word, shortened
from citykg.cli.passage_texts import texts_of_passages
from citykg.cli.words import words
from citykg.explain import Explanation, Kind, Source, Step
from citykg.prefixes import Prefixes
from citykg.project import Project
from citykg.reason.proof import Statement

__all__ = ["Wording", "nothing_found", "texts_of"]

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_CELLS = (_RDF + "first", _RDF + "rest")


class Wording:
    """Puts the parts of an explanation into words.

    Args:
        labels: what the terms are called, by IRI.
        args: the global options.
        prefixes: for CURIEs.
        texts: passage IRI to its text, where that is at hand.
    """

    def __init__(
        self,
        labels: Mapping[str, str],
        args: argparse.Namespace,
        prefixes: Prefixes,
        texts: Mapping[str, str],
    ) -> None:
        self._labels = labels
        self._prefixes = prefixes
        self._said = words(args.lang)
        self._language = args.lang
        self._texts = texts

    def parts(self, explanation: Explanation) -> Iterable[RenderableType]:
        """What to print: the tree, or what is missing."""
        step = explanation.step
        if step is not None:
            yield self._tree(step)
            return
        yield Text.assemble(
            self._titled(explanation.statement), "  ", (self._said["not in the graph"], "red")
        )
        if explanation.missing:
            yield Text(f"\n{self._said['would follow']}")
        for miss in explanation.missing:
            tree = Tree(Text.assemble(self._titled(miss.statement), f"  [{miss.rule}]"))
            for given in _visible(miss.given):
                tree.add(self._titled(given))
            yield tree

    def breach(self, breach: Breach) -> Tree:
        """What is wrong, and below it the facts that make it."""
        tree = Tree(Text(self.headline(breach)))
        for step in breach.facts:
            if not _is_cell(step.statement):
                self._grow(tree.add(self._line(step, among=breach.facts)), step)
        if not breach.facts and breach.focus is not None:
            tree.add(Text(self._said["no facts"], style="dim"))
        return tree

    def headline(self, breach: Breach) -> str:
        """What is wrong, in one line."""
        named = "" if breach.focus is None else self._label(breach.focus, ())
        kind = self._said["contradiction"]
        if breach.focus is not None:
            kind = severity_word(breach.severity, self._language)
        message = shortened(in_language(breach.messages, self._language), self._prefixes)
        rule = self._prefixes.shorten(breach.rule) if ":" in breach.rule else breach.rule
        return "  ".join(part for part in (kind, named, message, f"[{rule}]") if part)

    def statement(self, step: Step) -> str:
        """A statement in labels alone."""
        return " ".join(self._label(term, step.premises) for term in step.statement)

    def sources(self, step: Step) -> str:
        """Where an asserted statement stands."""
        return "; ".join(self._source(source) for source in step.sources)

    def _tree(self, step: Step) -> Tree:
        tree = Tree(self._line(step))
        self._grow(tree, step)
        return tree

    def _grow(self, tree: Tree, step: Step) -> None:
        if step.rule is None:
            for source in step.sources:
                branch = tree.add(Text(self._source(source), style="dim"))
                if source.graph in self._texts:
                    branch.add(Text(f"“{self._texts[source.graph]}”", style="italic"))
        for premise in step.premises:
            if _is_cell(premise.statement):
                continue  # a list is written out where it is named
            self._grow(tree.add(self._line(premise, among=step.premises)), premise)

    def _line(self, step: Step, *, among: Sequence[Step] = ()) -> Text:
        line = self._titled(step.statement, among=among)
        if step.rule is not None:
            line.append(f"  [{step.rule}]", style="yellow")
            if not step.premises:
                line.append(f" {self._said['no premises']}", style="dim")
        return line

    def _titled(self, statement: tuple[object, ...], *, among: Sequence[Step] = ()) -> Text:
        """A statement in labels, and in CURIEs where these say more."""
        named = " ".join(self._label(term, among) for term in statement)
        exact = " ".join(self._curie(term, among) for term in statement)
        return Text(named) if named == exact else Text.assemble((named, "bold"), "  ", (exact, "cyan"))

    def _label(self, term: object, among: Sequence[Step]) -> str:
        if isinstance(term, ox.NamedNode):
            return self._labels.get(term.value) or self._curie(term, among)
        if isinstance(term, ox.Literal):
            return f"“{term.value}”"
        return self._node(term, among, labels=True)

    def _curie(self, term: object, among: Sequence[Step]) -> str:
        if isinstance(term, ox.NamedNode):
            return "a" if term.value == _RDF + "type" else self._prefixes.shorten(term.value)
        if isinstance(term, ox.Literal):
            return str(term)
        return self._node(term, among, labels=False)

    def _node(self, term: object, among: Sequence[Step], *, labels: bool) -> str:
        """A list by its members; another node without a name by what the statements beside it say of it."""
        if not isinstance(term, ox.BlankNode):
            return str(term)
        statements = [step.statement for step in among]
        write = self._label if labels else self._curie
        members = list(_members(term, statements))
        if members:
            return f"( {' '.join(write(member, ()) for member in members)} )"
        said = [
            f"{write(predicate, ())} {write(object_, ())}"
            for subject, predicate, object_ in statements
            if subject == term and not isinstance(object_, ox.BlankNode)
        ]
        return f"[ {' ; '.join(said)} ]" if said else "[ ]"

    def _source(self, source: Source) -> str:
        said = self._said
        if source.kind is Kind.PASSAGE:
            parts = [source.graph.rpartition("#")[2], self._named(source.article)]
            if source.paragraph is not None:
                parts.append(said["where"].format(paragraph=source.paragraph, sentence=source.sentence))
            if source.start is not None:
                parts.append(f"{source.start}–{source.end}")
            parts += [self._named(speaker) for speaker in source.speakers]
            return "  ".join(part for part in parts if part)
        if source.kind is Kind.BACKGROUND:
            origin = "、".join(self._named(taken) for taken in source.taken_from)
            return f"{said['background']}  {said['from']} {origin}" if origin else said["background"]
        if source.kind is Kind.AXIOM:
            return said["axiom"]
        if source.kind is Kind.DECLARATION:
            return said["declared"]
        if source.kind is Kind.DESCRIPTION:
            return said["description"]
        return f"{said['other graph']}  {source.graph}"

    def _named(self, iri: str | None) -> str:
        return "" if iri is None else self._labels.get(iri) or self._prefixes.shorten(iri)


def nothing_found(language: str) -> Text:
    """That no rule is broken."""
    return Text(words(language)["no violations"])


def texts_of(steps: Sequence[Step], project: Project, args: argparse.Namespace) -> Mapping[str, str]:
    """Return passage IRI to text, for the articles whose text is at hand and whose digests agree."""
    passages: dict[str, dict[str, Passage]] = {}
    for source in _sources(steps):
        if (
            source.article is not None
            and source.start is not None
            and source.end is not None
            and source.sha256 is not None
        ):
            passage = Passage(source.graph, source.start, source.end, source.sha256)
            passages.setdefault(source.article, {})[source.graph] = passage
    return texts_of_passages(args, project, {iri: tuple(own.values()) for iri, own in passages.items()})


def _sources(steps: Iterable[Step]) -> Iterable[Source]:
    for step in steps:
        yield from step.sources
        yield from _sources(step.premises)


def _is_cell(statement: tuple[object, ...]) -> bool:
    predicate = statement[1]
    return isinstance(predicate, ox.NamedNode) and predicate.value in _CELLS


def _visible(statements: Iterable[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    return (statement for statement in statements if not _is_cell(statement))


def _members(head: ox.BlankNode, statements: Iterable[Statement]) -> Iterator[object]:
    """The members of a list, as far as statements spell it out."""
    cells: dict[tuple[object, str], object] = {
        (s, p.value): o for s, p, o in statements if isinstance(p, ox.NamedNode)
    }
    node: object = head
    while node is not None:
        first = cells.get((node, _CELLS[0]))
        if first is not None:
            yield first
        node = cells.get((node, _CELLS[1]))
