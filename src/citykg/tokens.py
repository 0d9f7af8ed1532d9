"""SPARQL text as tokens, so that strings, comments and IRIs are told from variables, names and keywords.

The terminals are those of SPARQL 1.1 Query Language, section 19.8, by longest match.
"""

import re
from collections.abc import Iterator
from enum import Enum
from functools import cache

from .errors import UsageError

__all__ = [
    "UPDATE_WORDS",
    "Kind",
    "Token",
    "asks_another_store",
    "at",
    "caret",
    "code_tokens",
    "is_update",
    "position",
    "refuse_update",
    "tokens",
]

#: The words that open an update operation (SPARQL 1.1 Update, section 3).
UPDATE_WORDS = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}
)


class Kind(Enum):
    """What a token is."""

    SPACE = "space"
    COMMENT = "comment"
    IRI = "iri"
    STRING = "string"
    VARIABLE = "variable"
    LANGUAGE = "language"
    BLANK = "blank"
    NAME = "name"  # prefix:local
    NUMBER = "number"
    WORD = "word"
    SIGN = "sign"


class Token:
    """A piece of the text; the texts of all tokens, joined, are the text.

    Args:
        kind: what it is.
        text: as written.
        start: where it begins, in code points.
    """

    __slots__ = ("kind", "start", "text")

    def __init__(self, kind: Kind, text: str, start: int) -> None:
        self.kind = kind
        self.text = text
        self.start = start


_TERMINALS = (
    (Kind.SPACE, r"[ \t\r\n]+"),
    (Kind.COMMENT, r"\#[^\r\n]*"),
    (Kind.IRI, r'<[^<>"{}|^`\x00-\x20]*>'),
    (Kind.STRING, r'"""(?:"{0,2}(?:[^"\\]|\\.))*"""' r"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''"),
    (Kind.STRING, r'"(?:[^"\\\r\n]|\\.)*"' r"|'(?:[^'\\\r\n]|\\.)*'"),
    (Kind.VARIABLE, r"[?$][\w\u00b7]+"),
    (Kind.LANGUAGE, r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[a-z]+)?"),
    (Kind.BLANK, r"_:\w(?:[\w.\u00b7-]*[\w\u00b7-])?"),
    (
        Kind.NAME,
        r"(?:[^\W\d_](?:[\w.\u00b7-]*[\w\u00b7-])?)?:"
        r"(?:(?:[\w:\u00b7-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]|\.(?=[\w:.\u00b7%\\-]))*)",
    ),
    (Kind.NUMBER, r"(?:\d+\.?\d*|\.\d+)[eE][+-]?\d+|\d*\.\d+|\d+"),
    (Kind.WORD, r"\w+"),
    (Kind.SIGN, r"\^\^|&&|\|\||!=|<=|>=|."),
)
_GROUPS = (Kind.SIGN, *(kind for kind, _ in _TERMINALS))


def tokens(text: str) -> Iterator[Token]:
    """Yield every token of a SPARQL text; what is none of the terminals comes as single characters."""
    for match in _compiled().finditer(text):
        yield Token(_GROUPS[match.lastindex or 0], match[0], match.start())


def code_tokens(text: str) -> Iterator[Token]:
    """Yield the tokens that are neither space nor comment."""
    for match in _compiled().finditer(text):
        kind = _GROUPS[match.lastindex or 0]
        if kind is not Kind.SPACE and kind is not Kind.COMMENT:
            yield Token(kind, match[0], match.start())


@cache
def _compiled() -> re.Pattern[str]:
    """Compile the terminals when the first text is cut; most queries never get here."""
    return re.compile("|".join(f"({terminal})" for _, terminal in _TERMINALS), re.DOTALL)


def is_update(text: str) -> bool:
    """Whether the text, after its prologue, is an update request."""
    prologue = False  # inside BASE <iri> or PREFIX name: <iri>
    for token in code_tokens(text):
        if prologue:
            prologue = token.kind is not Kind.IRI
        elif token.kind is Kind.WORD and token.text.upper() in {"PREFIX", "BASE"}:
            prologue = True
        else:
            return token.kind is Kind.WORD and token.text.upper() in UPDATE_WORDS
    return False


def asks_another_store(text: str) -> bool:
    """Whether a part of the query goes to another endpoint (SPARQL 1.1 Federated Query)."""
    return any(token.kind is Kind.WORD and token.text.upper() == "SERVICE" for token in code_tokens(text))


def position(text: str, index: int) -> tuple[int, int]:
    """Return line and column, both from 1, of a place in a text, given in code points."""
    before = text[:index]
    line = before.count("\n") + 1
    return line, index - (before.rfind("\n") + 1) + 1


def at(text: str, line: int, column: int) -> int:
    """Return the place, in code points, of a line and column, both from 1."""
    index = 0
    for _ in range(line - 1):
        index = text.find("\n", index) + 1
    return min(index + column - 1, len(text))


def caret(text: str, line: int, column: int, *, width: int = 100, before: int = 0) -> str:
    """Return the line with a caret below the column; Chinese characters count as two cells.

    A line longer than ``width`` characters is cut around the column. Its number counts the lines ``before``
    the text too.
    """
    from unicodedata import east_asian_width

    lines = text.splitlines()
    shown = lines[line - 1] if line <= len(lines) else ""
    first = max(0, column - 1 - width // 2) if len(shown) > width else 0
    left = shown[first : column - 1]
    cells = sum(2 if east_asian_width(character) in "WF" else 1 for character in left)
    margin = f"  {before + line} | "
    pad = "".join("\t" if character == "\t" else "" for character in left)
    return f"{margin}{shown[first : first + width]}\n{' ' * len(margin)}{' ' * (cells - len(pad))}{pad}^"


def refuse_update(text: str, *, where: str) -> None:
    """Refuse a text that would change a graph.

    Raises:
        UsageError: ``query-is-update``.
    """
    if is_update(text):
        raise UsageError(
            "query-is-update",
            f"{where} is an update; stored graphs are only read",
            "change the knowledge files and run citykg build",
        )
