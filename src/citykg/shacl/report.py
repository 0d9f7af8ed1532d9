"""A report written as a SHACL report graph in Turtle, and as JSON."""

from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from .findings import Finding
from .paths import path_triples
from .results import Report, Result, Severity
from .vocabulary import Resource, Term, rdf, sh, xsd

__all__ = ["report_json", "report_triples", "report_turtle"]


def report_turtle(report: Report, *, prefixes: Mapping[str, str]) -> bytes:
    """Write the report graph (SHACL, section 3.6) as Turtle; blank nodes are numbered in order.

    Args:
        report: the report.
        prefixes: prefix to namespace.
    """
    used = {**prefixes, "sh": sh("").value, "xsd": xsd("").value}
    written = serialize(report_triples(report), format=RdfFormat.TURTLE, prefixes=used)
    assert written is not None
    return written


def report_triples(report: Report) -> list[Triple]:
    """Return the report graph."""
    return _GraphWriter().report(report)


def report_json(report: Report, findings: Iterable[Finding]) -> dict[str, Any]:
    """Return the report as what JSON can hold.

    Keys: conforms, engine, counts by severity, fallbacks (shape, engine, reason) and results. A result has
    focus, path (SPARQL syntax), value, component, severity, shape, messages by language, details, passage,
    file, line and suggestions; focus and value are ``{"type": "uri|bnode|literal", "value": …}`` as in
    SPARQL 1.1 Query Results JSON. What is not known is null.
    """
    return {
        "conforms": report.conforms,
        "engine": report.engine,
        "counts": {severity.value.lower(): number for severity, number in report.counts().items()},
        "fallbacks": [
            {"shape": fallback.shape.value, "engine": fallback.engine, "reason": fallback.reason}
            for fallback in report.fallbacks
        ],
        "results": [
            {
                **_json_result(finding.result),
                "passage": finding.passage.value if finding.passage else None,
                "file": finding.location.file if finding.location else None,
                "line": finding.location.line if finding.location else None,
                "suggestions": list(finding.suggestions),
            }
            for finding in findings
        ],
    }


def _json_result(result: Result) -> dict[str, Any]:
    return {
        "focus": _json_term(result.focus),
        "path": str(result.path) if result.path is not None else None,
        "value": _json_term(result.value) if result.value is not None else None,
        "component": result.component.value,
        "severity": Severity.of(result.severity).value.lower(),
        "shape": result.source_shape.value,
        "messages": dict(result.messages),
        "graphs": [graph.value for graph in result.graphs],
        "details": [_json_result(detail) for detail in result.details],
    }


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    described = {"type": "literal", "value": term.value}
    if term.language is not None:
        return {**described, "xml:lang": term.language}
    if term.datatype != xsd("string"):
        return {**described, "datatype": term.datatype.value}
    return described


class _GraphWriter:
    """Gives every blank node of a report a name that two runs share."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._names: dict[BlankNode, BlankNode] = {}
        self._triples: list[Triple] = []

    def report(self, report: Report) -> list[Triple]:
        node = self._fresh()
        self._add(node, rdf("type"), sh("ValidationReport"))
        self._add(node, sh("conforms"), Literal(report.conforms))
        for result in report.results:
            self._add(node, sh("result"), self._result(result))
        return self._triples

    def _result(self, result: Result) -> BlankNode:
        node = self._fresh()
        self._add(node, rdf("type"), sh("ValidationResult"))
        self._add(node, sh("focusNode"), self._named(result.focus))
        if result.path is not None:
            path, triples = path_triples(result.path, fresh=self._fresh)
            self._add(node, sh("resultPath"), path)
            self._triples.extend(triples)
        if result.value is not None:
            self._add(node, sh("value"), self._named(result.value))
        self._add(node, sh("resultSeverity"), result.severity)
        self._add(node, sh("sourceConstraintComponent"), result.component)
        self._add(node, sh("sourceShape"), self._named(result.source_shape))
        if result.source_constraint is not None:
            self._add(node, sh("sourceConstraint"), self._named(result.source_constraint))
        for tag, text in result.messages.items():
            self._add(node, sh("resultMessage"), Literal(text, language=tag or None))
        for detail in result.details:
            self._add(node, sh("detail"), self._result(detail))
        return node

    def _add(self, subject: Resource, predicate: NamedNode, value: Term) -> None:
        self._triples.append(Triple(subject, predicate, value))

    def _fresh(self) -> BlankNode:
        return BlankNode(f"b{next(self._numbers)}")

    def _named(self, term: Term) -> Term:
        if not isinstance(term, BlankNode):
            return term
        if term not in self._names:
            self._names[term] = self._fresh()
        return self._names[term]
