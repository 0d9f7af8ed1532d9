"""Messages of results: by language, with ``{?value}`` and ``{$this}`` filled in (SHACL, section 5.3.2)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from pyoxigraph import Literal

from .graph import Graph
from .results import Result
from .vocabulary import Term, sh

__all__ = ["by_language", "fill", "fill_result", "shape_messages"]

_PLACE = re.compile(r"\{[?$](\w+)\}")


def by_language(literals: Iterable[Term]) -> dict[str, str]:
    """Return text by language tag, ``""`` for none; of two in one language the first in the alphabet."""
    found: dict[str, str] = {}
    for literal in literals:
        if isinstance(literal, Literal):
            tag = literal.language or ""
            found[tag] = min(found.get(tag, literal.value), literal.value)
    return dict(sorted(found.items()))


def shape_messages(shapes: Graph, *nodes: Term | None) -> dict[str, str]:
    """Return the sh:message values of the first of these nodes that has any."""
    for node in nodes:
        found = by_language(shapes.objects(node, sh("message"))) if node is not None else {}
        if found:
            return found
    return {}


def fill(text: str, bindings: Mapping[str, str]) -> str:
    """Replace ``{?name}`` and ``{$name}`` by what is bound to the name; others stay."""
    if "{" not in text:
        return text
    return _PLACE.sub(lambda place: bindings.get(place[1], place[0]), text)


def fill_result(result: Result) -> Result:
    """Fill this, value and path into the messages of a result and of its details.

    SHACL asks for it in SPARQL constraints only; a message of any other constraint may use them here as well.
    """
    details = tuple(fill_result(detail) for detail in result.details)
    if not any("{" in text for text in result.messages.values()):
        return replace(result, details=details) if details else result
    bindings = {"this": result.focus.value}
    if result.value is not None:
        bindings["value"] = result.value.value
    if result.path is not None:
        bindings["path"] = str(result.path)
    messages = {tag: fill(text, bindings) for tag, text in result.messages.items()}
    return replace(result, messages=messages, details=details)
