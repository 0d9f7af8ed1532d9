"""What things are called: labels for people, Chinese first."""

from collections.abc import Iterable

from .sparql import pattern
from .store import Store, rows

__all__ = ["labels"]

_LANGUAGES = ("zh", "", "en")


def labels(store: Store, iris: Iterable[str], *, language: str = "zh") -> dict[str, str]:
    """Return IRI to label, for those that have one.

    Args:
        store: where to look.
        iris: what is to be named.
        language: the language wanted; what has no label in it is called by another that it has.
    """
    terms = " ".join(f"<{iri}>" for iri in dict.fromkeys(iris))
    if not terms:
        return {}
    order = (language, *(other for other in _LANGUAGES if other != language))
    best: dict[str, tuple[int, str]] = {}
    for row in rows(store, pattern("names-labels", things=terms)):
        tag = row["language"].lower().partition("-")[0]
        rank = order.index(tag) if tag in order else len(order)
        if row["thing"] not in best or rank < best[row["thing"]][0]:
            best[row["thing"]] = (rank, row["label"])
    return {iri: label for iri, (_, label) in best.items()}
