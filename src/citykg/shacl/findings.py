"""What a person needs besides a result: file and line, passage, names of nodes, the nearest real term."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from os.path import commonprefix
from typing import cast

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store, Variable

from citykg.checks import Check, check_header
from citykg.locating import Location
from citykg.project import GRAPHS
from citykg.sources import AssertedData, SourceFile
from citykg.sparql import pattern

from .paths import Predicate
from .results import Report, Result
from .vocabulary import Term

__all__ = ["Description", "Finding", "describe", "find", "named"]


@dataclass(frozen=True, slots=True)
class Description:
    """How a node is spoken of.

    Args:
        labels: label by language tag.
        paragraph: number of the paragraph, for a passage.
        sentence: number of the sentence in it, for a passage.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    paragraph: str | None = None
    sentence: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A result and where it stands.

    Args:
        result: the result.
        location: file and line of the node, or of its graph; None when no file writes it.
        passage: the passage that states it; None for what stands in no passage.
        suggestions: terms that may have been meant, the nearest first.
    """

    result: Result
    location: Location | None
    passage: NamedNode | None
    suggestions: tuple[str, ...] = ()


class _Places:
    def __init__(self, data: AssertedData, store: Store) -> None:
        self._data = data
        self._store = store
        self._candidates: dict[str, list[str]] = {}
        self._files: dict[str, dict[int, SourceFile]] = {}
        for source in data.files:
            for name in {quad.graph_name for quad in source.statements}:
                if isinstance(name, NamedNode) and not name.value.startswith(GRAPHS):
                    self._files.setdefault(name.value, {})[id(source)] = source

    def passage(self, result: Result) -> NamedNode | None:
        """Return the first passage that states the result's triple; failing that, that alone has its node."""
        focus = result.focus
        if isinstance(focus, Literal):
            return None
        graphs = set(result.graphs) or self._stated_in(result)
        names = sorted(graph.value for graph in graphs)
        passages = [name for name in names if not name.startswith(GRAPHS)]
        if passages and (result.value is not None or len(passages) == len(names)):
            return NamedNode(passages[0])
        if isinstance(focus, NamedNode) and self._store.contains_named_graph(focus):
            return focus
        return None

    def _stated_in(self, result: Result) -> set[NamedNode]:
        path = result.path.iri if isinstance(result.path, Predicate) else None
        value = None if path is None else result.value
        focus = cast(NamedNode, result.focus)
        found = {quad.graph_name for quad in self._store.quads_for_pattern(focus, path, value, None)}
        return {graph for graph in found if isinstance(graph, NamedNode)}

    def location(self, result: Result, passage: NamedNode | None) -> Location | None:
        """Return where the node is written: in its passage, or as a subject, or at all; else its value."""
        nodes = [node for node in (result.focus, result.value) if isinstance(node, NamedNode)]
        if passage is not None and passage.value in self._files:
            return self._in_passage(self._file(passage, result), passage, nodes)
        found = (self._data.locate(node.value) for node in nodes)
        return next((location for location in found if location is not None), None)

    def _file(self, passage: NamedNode, result: Result) -> SourceFile:
        """Return the file that writes the node in the passage, where several write in it."""
        sources = list(self._files[passage.value].values())
        path = result.path.iri if isinstance(result.path, Predicate) else None
        for source in sources if len(sources) > 1 else ():
            for quad in source.quads:
                if (
                    quad.subject == result.focus
                    and path in (None, quad.predicate)
                    and quad.graph_name == passage
                ):
                    return source
        return sources[0]

    def _in_passage(self, source: SourceFile, passage: NamedNode, nodes: list[NamedNode]) -> Location | None:
        written = source.text(self._data.project)
        text = written.content
        opening = re.search(rf"(?:{_spellings(source, passage)})\s*\{{", text)
        start = opening.end() if opening else 0
        found = (re.compile(_spellings(source, node)).search(text, start) for node in nodes)
        place = next((match.start() for match in found if match), start)
        return Location(written.name, text.count("\n", 0, place) + 1)

    def suggestions(self, result: Result, kind: str) -> tuple[str, ...]:
        """Return up to three IRIs that resemble the value, of its own namespace where one of that does.

        Args:
            result: of a check that asks for suggestions.
            kind: names the pattern ``validate-<kind>.rq`` of what could have been meant.
        """
        if not isinstance(result.value, NamedNode):
            return ()
        if kind not in self._candidates:
            rows = cast(QuerySolutions, self._store.query(pattern(f"validate-{kind}")))
            self._candidates[kind] = [row["term"].value for row in rows]
        choices = self._candidates[kind]
        whole = result.value.value
        namespace = whole[: max(whole.rfind("/"), whole.rfind("#")) + 1]
        own = [iri for iri in choices if iri.startswith(namespace)]
        start = len(commonprefix([whole, *choices]))  # noqa: RUF071 - characters, not folders
        return _nearest(whole, own, len(namespace)) or _nearest(whole, choices, start)


def _spellings(source: SourceFile, node: NamedNode) -> str:
    """Return a pattern for the ways in which a file may write an IRI."""
    ways = [re.escape(f"<{node.value}>")]
    for prefix, namespace in source.prefixes.items():
        if namespace and node.value.startswith(namespace):
            local = re.sub(r"([~!$&'()*+,;=/?#@%])", r"\\\1", node.value[len(namespace) :])
            ways.append(rf"(?<![\w-]){re.escape(f'{prefix}:{local}')}(?![\w-]|\.\w)")
    return "|".join(ways)


def _nearest(whole: str, choices: list[str], start: int) -> tuple[str, ...]:
    from rapidfuzz import fuzz, process  # only where something was misspelt

    wanted = whole[start:].lower()
    shortened = {iri: iri[start:].lower() for iri in choices}
    near = process.extract(wanted, shortened, scorer=fuzz.ratio, limit=3, score_cutoff=60)
    return tuple(iri for _, _, iri in near if iri != whole)


def find(
    report: Report, data: AssertedData, store: Store, *, checks: Iterable[Check] = ()
) -> tuple[Finding, ...]:
    """Say where each result stands and what may have been meant.

    Args:
        report: the report.
        data: the files.
        store: the dataset that was validated, named graphs included.
        checks: the data checks that ran; one whose header says ``nearest: KIND`` has the nearest terms of
            that kind suggested for its values.
    """
    places = _Places(data, store)
    by_iri = {check.iri: check for check in checks}
    kinds: dict[NamedNode, str] = {}
    for component in {result.component for result in report.results} & by_iri.keys():
        kinds[component] = check_header(by_iri[component]).get("nearest", "")
    findings = []
    for result in report.results:
        passage = places.passage(result)
        kind = kinds.get(result.component)
        suggestions = places.suggestions(result, kind) if kind else ()
        findings.append(Finding(result, places.location(result, passage), passage, suggestions))
    return tuple(findings)


def describe(store: Store, node: Term | None) -> Description:
    """Return the labels of a node, and the place in the article of a passage."""
    if not isinstance(node, NamedNode):
        return Description()
    rows = cast(QuerySolutions, store.query(pattern("validate-node"), substitutions={Variable("node"): node}))
    labels: dict[str, str] = {}
    place: tuple[str | None, str | None] = (None, None)
    for row in rows:
        label = row["label"]
        if isinstance(label, Literal):
            labels.setdefault(label.language or "", label.value)
        elif isinstance(row["paragraph"], Literal) and isinstance(row["sentence"], Literal):
            place = (row["paragraph"].value, row["sentence"].value)
    return Description(labels, *place)


def named(store: Store, name: str) -> tuple[NamedNode, ...]:
    """Return the nodes whose label or alias is exactly this."""
    rows = cast(
        QuerySolutions,
        store.query(pattern("validate-named"), substitutions={Variable("name"): Literal(name)}),
    )
    return tuple(row["node"] for row in rows if isinstance(row["node"], NamedNode))
