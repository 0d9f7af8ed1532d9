"""Where something is written: lines of Turtle on which a node begins a statement, or is mentioned at all."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

__all__ = ["Location", "Text", "first_mention", "subject_lines", "visible"]

# What may hide brackets: long and short strings, IRIs, comments.
_HIDDEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|'
    r"'''(?:[^'\\]|\\.|'(?!''))*'''|"
    r'"(?:[^"\\\n]|\\.)*"|'
    r"'(?:[^'\\\n]|\\.)*'|"
    r"<[^<>\s]*>|#[^\n]*",
    re.DOTALL,
)
_SUBJECT = re.compile(
    r"[ \t]*(?:GRAPH[ \t]+)?(<[^<>\s]*>|[^\s:<>\"'#@;,.\[\]()]*:[^\s;,\[\](){}\"'<>]*)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Location:
    """Where something is written: a file as the project names it, and a line that counts from one."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Text:
    """What a file writes.

    Args:
        name: of the file, for people.
        content: its text.
        prefixes: those that it declares.
    """

    name: str
    content: str
    prefixes: Mapping[str, str]


def subject_lines(texts: Iterable[Text]) -> dict[str, Location]:
    """Return the first line on which each node begins a statement, by its IRI."""
    lines: dict[str, Location] = {}
    for text in texts:
        # Blank out long strings only: their lines could look like subjects.
        for number, line in enumerate(_without_long_strings(text.content).split("\n"), start=1):
            match = _SUBJECT.match(line)
            if match and (iri := _token_iri(match[1], text.prefixes)) is not None:
                lines.setdefault(iri, Location(text.name, number))
    return lines


def first_mention(texts: Iterable[Text], iri: str) -> Location | None:
    """Return the first line that mentions a node at all, in quotation marks too, as JSON-LD and XML do."""
    for text in texts:
        spellings = [re.escape(f"<{iri}>"), re.escape(f'"{iri}"')]
        for prefix, namespace in text.prefixes.items():
            if namespace and iri.startswith(namespace):
                local = re.escape(re.sub(r"([~!$&'()*+,;=/?#@%])", r"\\\1", iri[len(namespace) :]))
                spellings.append(re.escape(prefix) + ":" + local + r"(?![\w-])")
        found = re.search("|".join(spellings), text.content)
        if found:
            return Location(text.name, text.content.count("\n", 0, found.start()) + 1)
    return None


def visible(text: str) -> str:
    """Return a text with spaces in the place of its strings, IRIs and comments; lines stay where they are."""
    return _HIDDEN.sub(lambda hidden: re.sub(r"[^\n]", " ", hidden[0]), text)


def _without_long_strings(text: str) -> str:
    if '"""' not in text and "'''" not in text:
        return text
    return _HIDDEN.sub(
        lambda hidden: re.sub(r"[^\n]", " ", hidden[0]) if "\n" in hidden[0] else hidden[0], text
    )


def _token_iri(token: str, prefixes: Mapping[str, str]) -> str | None:
    if token.startswith("<"):
        return token[1:-1]
    prefix, _, local = token.partition(":")
    if prefix not in prefixes:
        return None
    return prefixes[prefix] + re.sub(r"\\(.)", r"\1", local).rstrip(".")
