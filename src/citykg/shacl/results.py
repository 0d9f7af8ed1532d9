"""The report of a validation: what every engine gives and every writer takes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from heapq import nsmallest
from typing import Protocol, runtime_checkable

from pyoxigraph import NamedNode

from .paths import Path
from .vocabulary import SH, Resource, Term

__all__ = ["Fallback", "Report", "Result", "Severity"]


class Severity(Enum):
    """The three severities of SHACL (section 2.1.4), the gravest first."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)

    @classmethod
    def of(cls, iri: NamedNode) -> "Severity":
        """Return the severity of an IRI; one that SHACL does not name counts as a violation."""
        return _SEVERITIES.get(iri.value, cls.VIOLATION)


_SEVERITIES = {SH + severity.value: severity for severity in Severity}


@dataclass(frozen=True, slots=True)
class Result:
    """One validation result (SHACL, section 3.6.2).

    Args:
        focus: the node that was checked.
        component: IRI of the constraint component, or of the data check.
        severity: as the shape declares it, usually sh:Violation, sh:Warning or sh:Info.
        source_shape: the shape whose constraint is not kept.
        path: the property path of a property shape, or the one that a SPARQL constraint names.
        value: the value node that is wrong, as it was written.
        messages: text by language tag, ``""`` for none.
        details: results of the shapes that a value had to conform to (sh:detail).
        source_constraint: the node of a SPARQL constraint.
        graphs: the named graphs that state what is wrong, where that is known.
    """

    focus: Term
    component: NamedNode
    severity: NamedNode
    source_shape: Resource
    path: Path | None = None
    value: Term | None = None
    messages: Mapping[str, str] = field(default_factory=dict)
    details: tuple["Result", ...] = ()
    source_constraint: Resource | None = None
    graphs: tuple[NamedNode, ...] = ()


@dataclass(frozen=True, slots=True)
class Fallback:
    """A shape that another engine evaluated than the one that was asked for, and why."""

    shape: Resource
    engine: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """A validation report (SHACL, section 3.6.1).

    Args:
        results: every result, in an order that two runs share; a tuple, or `kept.KeptResults`.
        engine: the name of the engine that was asked for.
        fallbacks: shapes that the engine left to another.
    """

    results: Sequence[Result] = ()
    engine: str = "fast"
    fallbacks: tuple[Fallback, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether there is no result at all, of whatever severity (SHACL, section 3.4)."""
        return not self.results

    def fails(self, fail_on: Severity = Severity.VIOLATION) -> bool:
        """Whether there is a result of this severity or a graver one."""
        return any(Severity.of(severity).rank <= fail_on.rank for severity in self._severities())

    def counts(self) -> dict[Severity, int]:
        """Return the number of results of each severity."""
        found = dict.fromkeys(Severity, 0)
        for severity, number in self._severities().items():
            found[Severity.of(severity)] += number
        return found

    def count(self, severity: Severity) -> int:
        """Return the number of results of one severity."""
        return self.counts()[severity]

    def gravest(self, number: int) -> tuple[Result, ...]:
        """Return so many of the results, the gravest first, those of one severity in the report's order."""
        if isinstance(self.results, _WithSeverities):
            return self.results.gravest(number)
        return tuple(nsmallest(number, self.results, key=lambda found: Severity.of(found.severity).rank))

    def _severities(self) -> Mapping[NamedNode, int]:
        if isinstance(self.results, _WithSeverities):
            return self.results.severities()
        return Counter(result.severity for result in self.results)


@runtime_checkable
class _WithSeverities(Protocol):
    def severities(self) -> Mapping[NamedNode, int]: ...

    def gravest(self, number: int) -> tuple[Result, ...]: ...
