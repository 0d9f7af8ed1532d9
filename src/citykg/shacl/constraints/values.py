"""Value types and value ranges (SHACL, sections 4.1 and 4.3), sh:in and sh:hasValue (4.8)."""
# ruff: noqa: ARG002 - every component has the same methods, and not each needs all that they are given

from __future__ import annotations

from collections.abc import Callable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode

from citykg.shacl.expression import TRUE, Expression, term_list
from citykg.shacl.literals import DERIVED_INTEGERS, as_stored, is_well_formed, less, less_or_equal
from citykg.shacl.paths import Path
from citykg.shacl.shapes import Constraint, Evaluator, Scope, Shape, ValueConstraint, Violation, component
from citykg.shacl.vocabulary import XSD, Term, rdf, sh, xsd

__all__ = ["Class", "Datatype", "HasValue", "In", "NodeKind", "Range"]

_NUMERIC = {XSD + name for name in ("integer", "decimal", "float", "double")}
# Literals to compare others of their types with; those that are ill-typed cannot be compared.
_PROBES = {
    XSD + "dateTime": "2000-01-01T00:00:00",
    XSD + "date": "2000-01-01",
    XSD + "time": "00:00:00",
    XSD + "gYear": "2000",
    XSD + "gYearMonth": "2000-01",
}
_ANY = {XSD + "string", XSD + "anyURI"}
_KINDS = {
    sh("IRI"): (NamedNode,),
    sh("BlankNode"): (BlankNode,),
    sh("Literal"): (Literal,),
    sh("BlankNodeOrIRI"): (BlankNode, NamedNode),
    sh("BlankNodeOrLiteral"): (BlankNode, Literal),
    sh("IRIOrLiteral"): (NamedNode, Literal),
}
_TESTS = {NamedNode: "isIRI", BlankNode: "isBlank", Literal: "isLiteral"}


class Class(ValueConstraint):
    """sh:class: each value is a SHACL instance of a class."""

    component = component("Class")

    def __init__(self, cls: Term) -> None:
        self.cls = cls

    def accepts(self, evaluation: Evaluator, value: Term) -> bool:
        """Whether the value has a type at or below the class."""
        return evaluation.data.is_instance(value, self.cls)

    def bad(self, scope: Scope, value: str) -> Expression:
        """The value has no such type."""
        below = scope.data.named_classes_below(self.cls)
        if below is None:
            return TRUE
        if len(below) == 1:
            return Expression(f"NOT EXISTS {{ {value} {rdf('type')} {below[0]} }}")
        kind = scope.variables.fresh()
        test = f"{value} {rdf('type')} {kind} FILTER({kind} IN ({', '.join(map(str, below))}))"
        return Expression(f"NOT EXISTS {{ {test} }}")


class Datatype(ValueConstraint):
    """sh:datatype: each value is a well-formed literal of a datatype."""

    component = component("Datatype")
    lexical = True

    def __init__(self, datatype: NamedNode) -> None:
        self._datatype = datatype

    def accepts(self, evaluation: Evaluator, value: Term) -> bool:
        """Whether the value is of the datatype.

        A store makes the types derived from xsd:integer into it; where nobody knows how a literal was
        written, an integer within the bounds of the type is taken for one of it.
        """
        if not isinstance(value, Literal):
            return False
        if value.datatype == self._datatype:
            return is_well_formed(value)
        return (
            not evaluation.data.written
            and self._datatype.value in DERIVED_INTEGERS
            and value.datatype == xsd("integer")
            and is_well_formed(Literal(value.value, datatype=self._datatype))
        )

    def bad(self, scope: Scope, value: str) -> Expression:
        """The value has another datatype, or is not well-formed as far as a store can tell."""
        name, test = self._datatype.value, f"DATATYPE({value}) = {self._datatype}"
        if name in _NUMERIC:
            # Not exact: to Oxigraph a number that is too large for it is no number.
            return Expression(f"!COALESCE({test} && isNumeric({value}), false)", exact=False)
        if name == XSD + "boolean":
            return Expression(f"!COALESCE({test} && ({value} = true || {value} = false), false)")
        if name in _PROBES:
            # An ill-typed literal has no place in any order; what has no time zone has one among its like.
            probes = [Literal(_PROBES[name] + zone, datatype=self._datatype) for zone in ("Z", "")]
            ordered = ", ".join(f"{value} < {probe} || {value} >= {probe}" for probe in probes)
            return Expression(f"!COALESCE({test} && COALESCE({ordered}), false)", exact=False)
        if name.startswith(XSD) and name not in _ANY:
            return TRUE
        return Expression(f"!COALESCE({test}, false)")


class NodeKind(ValueConstraint):
    """sh:nodeKind: each value is an IRI, a blank node or a literal."""

    component = component("NodeKind")

    def __init__(self, kind: Term) -> None:
        self._kinds = _KINDS[kind]  # type: ignore[index]

    def accepts(self, evaluation: Evaluator, value: Term) -> bool:
        """Whether the value is of the kind."""
        return isinstance(value, self._kinds)

    def bad(self, scope: Scope, value: str) -> Expression:
        """The value is of another kind."""
        tests = " || ".join(f"{_TESTS[kind]}({value})" for kind in self._kinds)
        return Expression(f"!({tests})")


class Range(ValueConstraint):
    """sh:minExclusive, sh:minInclusive and their like: each value lies on one side of a bound."""

    def __init__(self, name: str, bound: Literal) -> None:
        self.component = component(name[0].upper() + name[1:])
        self._bound = bound
        self._above = name.startswith("min")
        self._compare: Callable[[Term, Term], bool | None] = (
            less if name.endswith("Exclusive") else less_or_equal
        )

    def accepts(self, evaluation: Evaluator, value: Term) -> bool:
        """Whether the comparison is true; an error is not."""
        first, second = (self._bound, value) if self._above else (value, self._bound)
        return self._compare(first, second) is True

    def bad(self, scope: Scope, value: str) -> Expression:
        """The comparison is false or an error."""
        if not is_well_formed(self._bound):
            return Expression("true")
        sign = "<" if self._compare is less else "<="
        first, second = (str(self._bound), value) if self._above else (value, str(self._bound))
        return Expression(f'!COALESCE({first} {sign} {second} && LANG({value}) = "", false)')


class In(ValueConstraint):
    """sh:in: each value is one of the members of a list."""

    component = component("In")
    lexical = True

    def __init__(self, members: tuple[Term, ...]) -> None:
        self._members = frozenset(members)
        self._listed = members

    def accepts(self, evaluation: Evaluator, value: Term) -> bool:
        """Whether the value is the same term as a member."""
        return value in self._members

    def bad(self, scope: Scope, value: str) -> Expression:
        """The value is none of the members."""
        return term_list(value, self._listed)


class HasValue(Constraint):
    """sh:hasValue: one of the values is this term."""

    component = component("HasValue")
    lexical = True

    def __init__(self, value: Term) -> None:
        self._value = value

    def violations(
        self, evaluation: Evaluator, shape: Shape, focus: Term, values: tuple[Term, ...]
    ) -> Iterator[Violation]:
        """Yield one violation, without a value, when the term is not among the values."""
        if self._value not in values:
            yield Violation()

    def broken(self, scope: Scope, focus: str, path: Path | None) -> Expression:
        """The path does not lead to the term."""
        wanted = self._value
        if isinstance(wanted, BlankNode) or (isinstance(wanted, Literal) and as_stored([wanted])):
            return TRUE
        if path is None:
            return Expression(f"!sameTerm({focus}, {wanted})")
        return Expression(f"NOT EXISTS {{ {focus} {path} {wanted} }}")
