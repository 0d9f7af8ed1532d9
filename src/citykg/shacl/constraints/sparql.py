"""SPARQL-based constraints and constraint components (SHACL, sections 5 and 6)."""
# ruff: noqa: ARG002 - every component has the same methods, and not each needs all that they are given

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from citykg.errors import CannotRun
from citykg.shacl.data import Data
from citykg.shacl.expression import TRUE, Expression
from citykg.shacl.messages import fill
from citykg.shacl.paths import Path, Predicate
from citykg.shacl.prebinding import Functions, Prebound, ShapeQuery
from citykg.shacl.shapes import Constraint, Evaluator, Scope, Shape, Violation
from citykg.shacl.vocabulary import OWL, RDF, RDFS, SH, XSD, Resource, Term

if TYPE_CHECKING:
    from citykg.shacl.patterns import Query

__all__ = ["Ask", "Select", "Source"]

_KNOWN = {"rdf": RDF, "rdfs": RDFS, "owl": OWL, "sh": SH, "xsd": XSD}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a query comes from.

    Args:
        component: the constraint component.
        prefixes: prefix to namespace.
        messages: of the constraint or validator, by language; they take the place of the shape's.
        parameters: terms that are bound to the component's parameters.
        node: the sh:SPARQLConstraint; None for a validator.
        shape: what ``$currentShape`` is bound to.
    """

    component: NamedNode
    prefixes: Mapping[str, str]
    messages: Mapping[str, str]
    parameters: Mapping[str, Term]
    node: Resource | None
    shape: Resource

    def terms(self, query: ShapeQuery, **others: Term) -> dict[str, Term]:
        """Return what the variables of a query are bound to."""
        found = {**self.parameters, "currentShape": self.shape, **others}
        return {name: term for name, term in found.items() if name in query.mentions}

    def ask(self, store: Store, query: Prebound) -> object:
        """Run a query on the default graph of a store."""
        try:
            return store.query(
                query.text,
                prefixes={**_KNOWN, **self.prefixes},
                custom_functions=query.functions,  # type: ignore[arg-type]
            )
        except SyntaxError as error:
            raise CannotRun(
                "ill-formed-shape", f"the query of {self.shape} does not parse: {error}"
            ) from error


class Select(Constraint):
    """A SELECT that returns one row for each violation (sections 5.3 and 6.2.1)."""

    reports_anything = True

    def __init__(self, query: ShapeQuery, source: Source) -> None:
        self.component = source.component
        self.node = source.node
        self.source = source
        self._query = query

    def violations(
        self, evaluation: Evaluator, shape: Shape, focus: Term, values: tuple[Term, ...]
    ) -> Iterator[Violation]:
        """Yield one violation for each solution with ``$this`` bound to the focus node."""
        query = self._query.bind(self.source.terms(self._query, this=focus))
        for _, violation in self._rows(evaluation.data, query, shape, focus):
            yield violation

    def all_at_once(self, data: Data, shape: Shape, targets: str) -> list[tuple[Term, Violation]] | None:
        """Return focus nodes with violations, found by one query, or None when that would not be the same."""
        if self.source.terms(self._query).keys() - {"currentShape"}:
            return None
        text = self._query.all_at_once(targets)
        if text is None or "currentShape" in self._query.mentions:
            return None
        return list(self._rows(data, Prebound(text, self._query.functions), shape, None))

    @property
    def bound(self) -> frozenset[str]:
        """The names of variables that may have a value before the query runs."""
        return frozenset(("this", "currentShape", *self.source.parameters))

    def pattern(self) -> Query:
        """Return the graph patterns of the query.

        Raises:
            Unfollowable: for what `query_reading` does not know.
        """
        return self._query.pattern({**_KNOWN, **self.source.prefixes})

    def replaced(self, text: str, functions: Functions) -> Select:
        """Return the same constraint with another text of its query."""
        return Select(self._query.replaced(text, functions), self.source)

    def text(self, focus: Term) -> str:
        """Return the query with ``$this`` bound to a focus node, as rdflib and pyoxigraph read it."""
        header = "".join(
            f"PREFIX {name}: <{iri}>\n" for name, iri in {**_KNOWN, **self.source.prefixes}.items()
        )
        return header + self._query.bind(self.source.terms(self._query, this=focus)).text

    def broken(self, scope: Scope, focus: str, path: Path | None) -> Expression:
        """Any node may have a solution."""
        return TRUE

    def _rows(
        self, data: Data, query: Prebound, shape: Shape, focus: Term | None
    ) -> Iterator[tuple[Term, Violation]]:
        rows = self.source.ask(data.store, query)
        if not isinstance(rows, QuerySolutions):
            raise CannotRun("ill-formed-shape", f"the sh:select of {shape.node} is no SELECT")
        names = [variable.value for variable in rows.variables]
        seen = set()
        for row in rows:
            bound = {name: row[name] for name in names if row[name] is not None}
            key = frozenset(bound.items())
            if key not in seen:
                seen.add(key)
                this = bound["this"] if focus is None else focus
                if "value" in bound and not self._query.computes("value"):
                    bound["value"] = data.as_written(this, bound["value"])
                yield this, self._violation(shape, this, bound)

    def _violation(self, shape: Shape, focus: Term, bound: Mapping[str, Term]) -> Violation:
        failure = bound.get("failure")
        if isinstance(failure, Literal) and failure.value == "true":
            raise CannotRun("ill-formed-shape", f"the query of {shape.node} reports a failure at {focus}")
        value = bound.get("value", focus if shape.path is None else None)
        path = bound.get("path")
        message = bound.get("message")
        texts = {**{name: term.value for name, term in self.source.parameters.items()}}
        texts.update((name, term.value) for name, term in bound.items())
        texts["this"] = focus.value
        if isinstance(message, Literal):
            messages = {message.language or "": message.value}
        else:
            messages = {
                tag: fill(text, texts) for tag, text in (self.source.messages or shape.messages).items()
            }
        return Violation(value, (), Predicate(path) if isinstance(path, NamedNode) else None, messages)


class Ask(Constraint):
    """An ASK that says whether a value node keeps the constraint (section 6.2.2)."""

    reports_anything = True

    def __init__(self, query: ShapeQuery, source: Source) -> None:
        self.component = source.component
        self.node = source.node
        self.source = source
        self._query = query

    def violations(
        self, evaluation: Evaluator, shape: Shape, focus: Term, values: tuple[Term, ...]
    ) -> Iterator[Violation]:
        """Yield one violation for each value for which the answer is false."""
        store = evaluation.data.store
        for value in values:
            query = self._query.bind(self.source.terms(self._query, this=focus, value=value))
            if not bool(self.source.ask(store, query)):
                texts = {name: term.value for name, term in self.source.parameters.items()}
                texts.update(this=focus.value, value=value.value)
                messages = self.source.messages or shape.messages
                yield Violation(value, messages={tag: fill(text, texts) for tag, text in messages.items()})

    def broken(self, scope: Scope, focus: str, path: Path | None) -> Expression:
        """Any node may have such a value."""
        return TRUE
