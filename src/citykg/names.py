"""What things are called: labels for people, Chinese first, whatever the language of the headings."""

from collections.abc import Iterable

from .sparql import pattern
from .store import Store, rows

__all__ = ["labels"]

#: Labels of things stay Chinese; what has none is shown by the next language that it has.
_LANGUAGES = ("zh", "", "en")


def labels(store: Store, iris: Iterable[str]) -> dict[str, str]:
    """Return IRI to label, for those that have one."""
    terms = " ".join(f"<{iri}>" for iri in dict.fromkeys(iris))
    if not terms:
        return {}
    best: dict[str, tuple[int, str]] = {}
    for row in rows(store, pattern("names-labels", things=terms)):
        language = row["language"].lower().partition("-")[0]
        rank = _LANGUAGES.index(language) if language in _LANGUAGES else len(_LANGUAGES)
        if row["thing"] not in best or rank < best[row["thing"]][0]:
            best[row["thing"]] = (rank, row["label"])
    return {iri: label for iri, (_, label) in best.items()}
