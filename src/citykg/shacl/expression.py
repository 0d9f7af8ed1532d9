"""Conditions in SPARQL that every violating node meets, and no other where they are exact."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from pyoxigraph import BlankNode, Literal, NamedNode

from .literals import as_stored
from .paths import Path
from .vocabulary import Term, xsd

__all__ = [
    "FALSE",
    "TRUE",
    "Expression",
    "Variables",
    "both",
    "either",
    "matches",
    "negation",
    "reaches",
    "term_list",
]


@dataclass(frozen=True, slots=True)
class Expression:
    """A condition under which a node violates something.

    Args:
        text: a SPARQL expression that is never an error.
        exact: whether it is false of every node that does not violate; it is true of every node that does.
        tight: whether it is false of nearly every other node.
        bodies: graph patterns, one of which matches exactly when the condition is met; empty where it is no
            matter of a pattern that matches.
    """

    text: str
    exact: bool = True
    tight: bool = True
    bodies: tuple[str, ...] = ()


TRUE = Expression("true", exact=False, tight=False)
"""Any node may violate: all of them have to be looked at."""

FALSE = Expression("false")
"""No node violates."""


class Variables:
    """Makes variables that no other part of a query uses."""

    def __init__(self) -> None:
        self._numbers: Iterator[int] = count(1)

    def fresh(self) -> str:
        """Return a new variable, with its question mark."""
        return f"?v{next(self._numbers)}"


def either(expressions: Iterable[Expression]) -> Expression:
    """Return the condition that one of these is met."""
    parts = [part for part in expressions if part != FALSE]
    if not parts:
        return FALSE
    exact, tight = all(part.exact for part in parts), all(part.tight for part in parts)
    if any(part.text == "true" for part in parts):
        return Expression("true", exact, tight)
    bodies: tuple[str, ...] = ()
    if all(part.bodies for part in parts):
        bodies = tuple(body for part in parts for body in part.bodies)
    return Expression(_joined(" || ", parts), exact, tight, bodies)


def both(expressions: Iterable[Expression]) -> Expression:
    """Return the condition that all of these are met."""
    parts = list(expressions)
    if FALSE in parts:
        return FALSE
    needed = [part for part in parts if part.text != "true"]
    exact, tight = all(part.exact for part in parts), all(part.tight for part in parts)
    return Expression(_joined(" && ", needed) if needed else "true", exact, tight)


def negation(expression: Expression) -> Expression:
    """Return the condition that this is not met; only what is exact can be turned round."""
    return Expression(f"!({expression.text})") if expression.exact else TRUE


def matches(body: str, *, exact: bool = True, tight: bool = True) -> Expression:
    """Return the condition that a graph pattern matches."""
    return Expression(f"EXISTS {{ {body} }}", exact, tight, (body,))


def reaches(focus: str, path: Path | None, value: str, condition: Expression) -> Expression:
    """Return the condition that a path leads from a node to a value that meets a condition.

    Args:
        focus: a variable.
        path: the path; None when the value is the node itself, which then is named by the same variable.
        value: a variable.
        condition: what the value meets.
    """
    if path is None or condition == FALSE:
        return condition
    test = "" if condition.text == "true" else f" FILTER({condition.text})"
    return matches(f"{focus} {path} {value}{test}", exact=condition.exact, tight=condition.tight)


def term_list(value: str, terms: Iterable[Term]) -> Expression:
    """Return the condition that a value is none of these terms."""
    known = list(terms)
    rewritten = as_stored([term for term in known if isinstance(term, Literal)])
    # What the store rewrites cannot be told from other spellings, and a blank node cannot be named.
    certain = [term for term in known if term not in rewritten and not isinstance(term, BlankNode)]
    alike = [term for term in certain if _equals_only_itself(term)]
    parts = [f"{value} IN ({', '.join(map(str, alike))})"] if alike else []
    parts += [f"sameTerm({value}, {term})" for term in certain if not _equals_only_itself(term)]
    text = f"!COALESCE({' || '.join(parts)}, false)" if parts else "true"
    return Expression(text, exact=len(certain) == len(known))


def _equals_only_itself(term: Term) -> bool:
    return isinstance(term, NamedNode) or (
        isinstance(term, Literal) and (term.language is not None or term.datatype == xsd("string"))
    )


def _joined(sign: str, parts: list[Expression]) -> str:
    return parts[0].text if len(parts) == 1 else sign.join(f"({part.text})" for part in parts)
