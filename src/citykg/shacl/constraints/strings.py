"""Constraints on strings and languages (SHACL, section 4.4)."""
# ruff: noqa: ARG002 - every component has the same methods, and not each needs all that they are given

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import cast

from pyoxigraph import BlankNode, Literal, QuerySolutions, Store

from citykg.errors import CannotRun
from citykg.shacl.expression import FALSE, Expression, matches
from citykg.shacl.paths import Path
from citykg.shacl.shapes import Constraint, Evaluator, Scope, Shape, ValueConstraint, Violation, component
from citykg.shacl.vocabulary import Term

__all__ = ["LanguageIn", "Length", "Pattern", "UniqueLang"]

_FLAGS = {"i": re.IGNORECASE, "s": re.DOTALL, "m": re.MULTILINE, "x": re.VERBOSE}


class Length(ValueConstraint):
    """sh:minLength and sh:maxLength: the length of each value as a string, in code points."""

    lexical = True

    def __init__(self, name: str, length: int) -> None:
        self.component = component(name[0].upper() + name[1:])
        self._length = length
        self._least = name.startswith("min")

    def accepts(self, evaluation: Evaluator, value: Term) -> bool:
        """Whether the value is long, or short, enough; a blank node is neither."""
        if isinstance(value, BlankNode):
            return False
        length = len(value.value)
        return length >= self._length if self._least else length <= self._length

    def bad(self, scope: Scope, value: str) -> Expression:
        """The length is on the wrong side, or there is none."""
        sign = ">=" if self._least else "<="
        return Expression(f"!COALESCE(STRLEN(STR({value})) {sign} {self._length}, false)")


class Pattern(ValueConstraint):
    """sh:pattern with sh:flags: each value matches a regular expression (SPARQL 1.1, section 17.4.3.14).

    The store's own expressions are used, which know Unicode properties such as \\p{Han}; what they do not
    know, such as looking ahead, is left to Python's.
    """

    component = component("Pattern")
    lexical = True

    def __init__(self, pattern: str, flags: str) -> None:
        self._pattern = pattern
        self._flags = flags
        self._arguments = f"{Literal(pattern)}, {Literal(flags)}" if flags else str(Literal(pattern))
        self._native = _matches_in_store("", self._arguments) is not None
        self._python = None if self._native else _in_python(pattern, flags)

    def accepts(self, evaluation: Evaluator, value: Term) -> bool:
        """Whether the value matches; a blank node does not."""
        if isinstance(value, BlankNode):
            return False
        if self._python is not None:
            return self._python.search(value.value) is not None
        return _matches_in_store(value.value, self._arguments) is True

    def bad(self, scope: Scope, value: str) -> Expression:
        """The value does not match."""
        if not self._native:
            return Expression("true", exact=False)
        return Expression(f"!COALESCE(REGEX(STR({value}), {self._arguments}), false)")


class LanguageIn(ValueConstraint):
    """sh:languageIn: the language of each value is in one of the ranges of a list."""

    component = component("LanguageIn")

    def __init__(self, ranges: tuple[str, ...]) -> None:
        self._ranges = ranges

    def accepts(self, evaluation: Evaluator, value: Term) -> bool:
        """Whether the language is in a range (RFC 4647, basic filtering)."""
        language = value.language if isinstance(value, Literal) else None
        return language is not None and any(
            _in_range(language.lower(), wanted.lower()) for wanted in self._ranges
        )

    def bad(self, scope: Scope, value: str) -> Expression:
        """The language is in none of the ranges, or there is none."""
        tests = " || ".join(f"LANGMATCHES(LANG({value}), {Literal(wanted)})" for wanted in self._ranges)
        return Expression(f"!COALESCE({tests or 'false'}, false)")


class UniqueLang(Constraint):
    """sh:uniqueLang: no two values have the same language."""

    component = component("UniqueLang")
    needs_several = True

    def violations(
        self, evaluation: Evaluator, shape: Shape, focus: Term, values: tuple[Term, ...]
    ) -> Iterator[Violation]:
        """Yield one violation, without a value, for each language that more than one value has."""
        languages = Counter(
            value.language.lower() for value in values if isinstance(value, Literal) and value.language
        )
        for count in languages.values():
            if count > 1:
                yield Violation()

    def broken(self, scope: Scope, focus: str, path: Path | None) -> Expression:
        """Two values have one language."""
        if path is None:
            return FALSE
        one, other = scope.variables.fresh(), scope.variables.fresh()
        test = f'LANG({one}) != "" && LANG({one}) = LANG({other}) && !sameTerm({one}, {other})'
        return matches(f"{focus} {path} {one} . {focus} {path} {other} FILTER({test})")


def _in_range(language: str, wanted: str) -> bool:
    return wanted == "*" or language == wanted or language.startswith(wanted + "-")


@lru_cache(maxsize=4096)
def _matches_in_store(text: str, arguments: str) -> bool | None:
    rows = cast(
        QuerySolutions, _store().query(f"SELECT (REGEX({Literal(text)}, {arguments}) AS ?found) WHERE {{}}")
    )
    found = next(iter(rows))["found"]
    return None if found is None else cast(Literal, found).value == "true"


@lru_cache(maxsize=1)
def _store() -> Store:
    return Store()


def _in_python(pattern: str, flags: str) -> re.Pattern[str]:
    options = 0
    for flag in flags:
        options |= _FLAGS.get(flag, 0)
    try:
        return re.compile(re.escape(pattern) if "q" in flags else pattern, options)
    except re.error as error:
        raise CannotRun(
            "ill-formed-shape", f"the pattern {pattern!r} is no regular expression: {error}"
        ) from error
