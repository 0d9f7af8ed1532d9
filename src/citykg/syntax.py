"""Where a SPARQL text stops being a query, for messages; used only when a store has refused the text.

Stores differ in how far off they point. A recogniser over the tokens, with the grammar in
``sparql/query.grammar``, tries every way to read the text; the token that none of them can go past is the
mistake.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .tokens import Kind, Token, code_tokens

__all__ = ["Mistake", "first_error"]

_SYMBOL = re.compile(r"'[^']+'|\w+|[()|*+?]")
_NAMES = {
    "INTEGER": "a whole number",
    "NUMBER": "a number",
    "STRING": "a string",
    "IRI": "<an IRI>",
    "NAME": "prefix:name",
    "VARIABLE": "?variable",
    "BLANK": "_:blank",
    "LANGUAGE": "@language",
}
_CLASSES = {
    Kind.STRING: "STRING",
    Kind.IRI: "IRI",
    Kind.NAME: "NAME",
    Kind.VARIABLE: "VARIABLE",
    Kind.BLANK: "BLANK",
    Kind.LANGUAGE: "LANGUAGE",
}
_SHOWN = 6  # expectations that a hint names


@dataclass(frozen=True, slots=True)
class Mistake:
    """The first thing that cannot stand where it stands.

    Args:
        start: its place in the text, in code points.
        message: what it is.
        hint: what could stand there; empty when that is too much to name.
    """

    start: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class _Expression:
    """A piece of the grammar: a choice or sequence of parts, a repeat of one, a terminal or rule by name."""

    kind: str
    parts: tuple["_Expression", ...] = ()
    name: str = ""


def first_error(text: str) -> Mistake | None:
    """Return the first mistake of a SPARQL 1.1 query text, or None when its grammar is right."""
    unclosed = _unclosed(text)
    if unclosed is not None:
        return unclosed
    written = list(code_tokens(text))
    reader = _Reader(written)
    try:
        ends = reader.ends(_Expression("rule", name="Query"), 0)
    except RecursionError:
        return None
    if len(written) in ends:
        return None
    if len(written) == reader.farthest or len(written) in ends:
        return Mistake(len(text.rstrip()), "the query ends too early", _hint(reader.expected))
    found = written[reader.farthest]
    return Mistake(found.start, f"unexpected {found.text}", _hint(reader.expected, found.text))


class _Reader:
    """Reads tokens in every way that the grammar allows, and remembers how far that went."""

    def __init__(self, written: list[Token]) -> None:
        self._written = written
        self._seen: dict[tuple[int, int], frozenset[int]] = {}
        self.farthest = 0
        self.expected: set[str] = set()

    def ends(self, expression: _Expression, start: int) -> frozenset[int]:
        """Return every place at which the expression may end when it begins at ``start``."""
        key = (id(expression), start)
        if key not in self._seen:
            self._seen[key] = frozenset(self._ends(expression, start))
        return self._seen[key]

    def _ends(self, expression: _Expression, start: int) -> Iterator[int]:
        if expression.kind == "terminal":
            if start < len(self._written) and _is(self._written[start], expression.name):
                # What could stand behind the last token counts as expected there.
                self._reach(start + 1)
                yield start + 1
            else:
                self._reach(start)
                if start == self.farthest:
                    self.expected.add(expression.name)
        elif expression.kind == "rule":
            yield from self.ends(_grammar()[expression.name], start)
        elif expression.kind == "choice":
            for part in expression.parts:
                yield from self.ends(part, start)
        elif expression.kind == "sequence":
            places = {start}
            for part in expression.parts:
                places = {end for place in places for end in self.ends(part, place)}
            yield from places
        else:
            yield from self._repeat(expression, start)

    def _repeat(self, expression: _Expression, start: int) -> Iterator[int]:
        (part,) = expression.parts
        if expression.name in "*?":
            yield start
        seen: set[int] = set()
        places = {start}
        while places:
            places = {end for place in places for end in self.ends(part, place)} - seen
            seen |= places
            if expression.name == "?":
                break
        yield from seen

    def _reach(self, place: int) -> None:
        if place > self.farthest:
            self.farthest = place
            self.expected = set()


def _is(token: Token, terminal: str) -> bool:
    if terminal.startswith("'"):
        # 'a' is the one keyword whose case counts (section 19.8, note 1).
        wanted = terminal[1:-1]
        same = token.text == wanted if wanted == "a" else token.text.upper() == wanted.upper()
        return same and token.kind in {Kind.WORD, Kind.SIGN}
    if token.kind is Kind.NUMBER:
        return terminal == ("INTEGER" if token.text.isdigit() else "NUMBER")
    return _CLASSES.get(token.kind) == terminal


def _hint(expected: set[str], found: str = "") -> str:
    from .nearest import nearest_hint

    words = [name[1:-1] for name in expected if name.startswith("'") and name[1].isalpha()]
    near = nearest_hint(found, words) if len(found) > 2 else ""
    if near:
        return near
    shown = sorted(name[1:-1] if name.startswith("'") else _NAMES[name] for name in expected)
    return f"expected {' or '.join(shown)}" if 0 < len(shown) <= _SHOWN else ""


def _unclosed(text: str) -> Mistake | None:
    """A quotation mark or angle bracket that opens nothing comes out of the tokenizer as a sign."""
    for token in code_tokens(text):
        if token.kind is Kind.SIGN and token.text in {'"', "'"}:
            return Mistake(token.start, "a string that does not end", f"close it with {token.text}")
    return None


@cache
def _grammar() -> dict[str, _Expression]:
    rules = {}
    for line in (Path(__file__).parent / "sparql" / "query.grammar").read_text(encoding="utf-8").splitlines():
        name, equals, body = line.partition(" = ")
        if equals and not line.startswith("#"):
            rules[name] = _parse_choice(_SYMBOL.findall(body))
    return rules


def _parse_choice(symbols: list[str]) -> _Expression:
    """Read ``a b | c`` up to a closing bracket; takes what it reads off the list."""
    parts = [_parse_sequence(symbols)]
    while symbols and symbols[0] == "|":
        del symbols[0]
        parts.append(_parse_sequence(symbols))
    return parts[0] if len(parts) == 1 else _Expression("choice", tuple(parts))


def _parse_sequence(symbols: list[str]) -> _Expression:
    parts = []
    while symbols and symbols[0] not in "|)":
        symbol = symbols.pop(0)
        if symbol == "(":
            part = _parse_choice(symbols)
            del symbols[0]
        elif symbol.startswith("'") or symbol in _NAMES:
            part = _Expression("terminal", name=symbol)
        else:
            part = _Expression("rule", name=symbol)
        while symbols and symbols[0] in "*+?":
            part = _Expression("repeat", (part,), symbols.pop(0))
        parts.append(part)
    return parts[0] if len(parts) == 1 else _Expression("sequence", tuple(parts))
