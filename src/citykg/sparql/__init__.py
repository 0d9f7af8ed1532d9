"""Graph patterns that operations need, one file each, named ``<operation>-<what>.rq``."""

import re
from functools import cache
from pathlib import Path

__all__ = ["pattern"]


def pattern(name: str, **terms: str) -> str:
    """Return the text of ``<name>.rq``.

    Args:
        name: the file, without ``.rq``.
        terms: parameter name to serialised RDF terms (one, or several with spaces between them where the
            pattern has VALUES), which take the place of ``?_name``.
    """
    text = _read(name)
    for term, serialised in terms.items():
        # A function, because a backslash in a replacement text would be read as an escape.
        text = re.sub(rf"\?_{term}\b", lambda _, serialised=serialised: serialised, text)  # type: ignore[misc]
    return text


@cache
def _read(name: str) -> str:
    return (Path(__file__).parent / f"{name}.rq").read_text(encoding="utf-8")
