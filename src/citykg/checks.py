"""Data checks: SPARQL over the named graphs, for the rules about graphs that no shape can state."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from pyoxigraph import DefaultGraph, Literal, NamedNode, QuerySolutions, Store

from .errors import CannotRun
from .project import Project
from .shacl.graph import Graph
from .shacl.messages import fill
from .shacl.paths import Predicate
from .shacl.results import Result
from .shacl.vocabulary import Term, sh
from .sources import parse_file

__all__ = ["CHECKS", "Check", "check_header", "check_results", "read_checks", "run_checks"]

CHECKS = "https://w3id.org/citykg/check/"
"""What the IRI of every check begins with; the rest is the file's name."""

_PROFILE = "profile.ttl"
_LANGUAGES = (("en", "_en", "; "), ("zh", "", "；"))
_TEXTS = ("problem", "solution")
_COLUMNS = ("entity", "property", "value")


@dataclass(frozen=True, slots=True)
class Check:
    """One data check.

    Args:
        name: the file's name without ``.rq``.
        severity: as the profile says; sh:Violation when it says nothing.
        path: the query file.
        text: the query, which returns ``?entity ?property ?value``.
    """

    name: str
    severity: NamedNode
    path: Path
    text: str

    @property
    def iri(self) -> NamedNode:
        """What results name as their component and source shape."""
        return NamedNode(CHECKS + self.name)


def read_checks(project: Project) -> tuple[Check, ...]:
    """Read the checks of a project and their severities.

    Raises:
        CannotRun: ``turtle-syntax`` for a broken profile, ``check-without-file`` for a severity of no check.
    """
    files = project.checks()
    profile_file = project.root / "queries" / "checks" / _PROFILE
    profile = Graph(parse_file(profile_file)) if profile_file.is_file() else Graph()
    names = {NamedNode(CHECKS + path.stem) for path in files}
    for node in profile.subjects(sh("severity")):
        if node not in names:
            raise CannotRun(
                "check-without-file",
                f"{project.relative(profile_file)} gives a severity to {node}, and no file is named so",
                "correct the name in the profile, or remove the line",
            )
    return tuple(
        Check(
            path.stem,
            cast(NamedNode, profile.value(NamedNode(CHECKS + path.stem), sh("severity")) or sh("Violation")),
            path,
            path.read_text(encoding="utf-8"),
        )
        for path in files
    )


def run_checks(store: Store, checks: Iterable[Check]) -> list[Result]:
    """Run checks on a dataset.

    Args:
        store: its default graph holds the merged asserted graphs, its named graphs each of them apart, with
            the shapes and the lexicon, which are not merged.
        checks: from `read_checks`.

    Returns:
        One result per row: ?entity as focus, ?property as path, ?value as value; the messages are the problem
        and the solution that the check's header states.

    Raises:
        CannotRun: ``check-query`` when a check does not parse or lacks a column.
    """
    return [result for check in checks for result in check_results(store, check)]


def check_header(check: Check) -> Mapping[str, Any]:
    """Return what the ``#+`` lines of a check say below ``citykg:`` (YAML).

    ``nearest: KIND`` has terms of that kind suggested for values; ``needs: passages`` says that the rule is
    about which passage states what, which nobody can tell of facts without their graphs.

    Raises:
        CannotRun: ``query-header`` for lines that are no YAML mapping.
    """
    import yaml  # only a check that found something has its header read

    lines = [line[2:] for line in check.text.splitlines() if line.startswith("#+")]
    try:
        own = yaml.load("\n".join(lines), Loader=yaml.BaseLoader)["citykg"]
        missing = [key + suffix for key in _TEXTS for _, suffix, _ in _LANGUAGES if key + suffix not in own]
    except (yaml.YAMLError, KeyError, TypeError) as error:
        raise CannotRun("query-header", f"{check.path}: the #+ lines have no mapping citykg:") from error
    if missing:
        raise CannotRun("query-header", f"{check.path}: the #+ lines lack {', '.join(missing)} in citykg:")
    return cast(Mapping[str, Any], own)


def check_results(
    store: Store,
    check: Check,
    *,
    text: str | None = None,
    functions: Mapping[NamedNode, Callable[..., Term]] | None = None,
) -> list[Result]:
    """Run one check on a dataset, as `run_checks` does.

    Args:
        store: the dataset.
        check: the check.
        text: a query to run in the place of the check's own.
        functions: custom functions that the query calls.

    Raises:
        CannotRun: ``check-query``.
    """
    try:
        rows = store.query(check.text if text is None else text, custom_functions=functions)  # type: ignore[arg-type]
    except SyntaxError as error:
        raise CannotRun("check-query", f"{check.path}: {error}") from error
    if not isinstance(rows, QuerySolutions) or not _has_columns(rows):
        raise CannotRun("check-query", f"{check.path}: a check is a SELECT of ?entity ?property ?value")
    names = [variable.value for variable in rows.variables]
    places = [names.index(name) for name in _COLUMNS]
    found = [tuple([row[place] for place in places]) for row in rows]
    if not found:
        return []
    header = check_header(check)
    texts = {
        tag: joint.join((header["problem" + suffix], header["solution" + suffix]))
        for tag, suffix, joint in _LANGUAGES
    }
    result = _Results(store, check, texts)
    return [result.of(*row) for row in found]


def _has_columns(rows: QuerySolutions) -> bool:
    return {variable.value for variable in rows.variables}.issuperset(_COLUMNS)


class _Results:
    """Makes results of the rows of a check."""

    def __init__(self, store: Store, check: Check, texts: Mapping[str, str]) -> None:
        self._store = store
        self._check = check
        self._iri = check.iri
        self._texts = texts
        self._paths: dict[Term | None, Predicate | None] = {}

    def of(self, entity: Term | None, predicate: Term | None, value: Term | None) -> Result:
        """Return the result of a row."""
        if entity is None:
            raise CannotRun("check-query", f"{self._check.path}: a row without ?entity")
        if predicate not in self._paths:
            self._paths[predicate] = Predicate(predicate) if isinstance(predicate, NamedNode) else None
        bindings = {"this": entity.value}
        if predicate is not None:
            bindings["property"] = predicate.value
        if value is not None:
            bindings["value"] = value.value
        return Result(
            focus=entity,
            component=self._iri,
            severity=self._check.severity,
            source_shape=self._iri,
            path=self._paths[predicate],
            value=value,
            messages={tag: fill(text, bindings) for tag, text in self._texts.items()},
            graphs=_graphs(self._store, entity, predicate, value),
        )


def _graphs(store: Store, entity: Term, predicate: Term | None, value: Term | None) -> tuple[NamedNode, ...]:
    if isinstance(entity, Literal) or not isinstance(predicate, NamedNode):
        return ()
    stated = store.quads_for_pattern(entity, predicate, value, None)
    names = {quad.graph_name for quad in stated if not isinstance(quad.graph_name, DefaultGraph)}
    return tuple(sorted(cast(set[NamedNode], names), key=str))
