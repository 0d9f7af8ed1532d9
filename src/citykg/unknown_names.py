"""Names in a query of which the graph says nothing, for a person whose query found nothing."""

from .nearest import nearest
from .prefixes import Prefixes
from .results import Truth
from .store import Store, rows
from .tokens import Kind, code_tokens

__all__ = ["unknown_names"]

_SAID = "ASK { { $iri ?p ?o } UNION { ?s $iri ?o } UNION { ?s ?p $iri } }"
_TERMS = 'SELECT DISTINCT ?term { ?term a ?type FILTER(STRSTARTS(STR(?term), "$start")) }'


def unknown_names(store: Store, text: str, prefixes: Prefixes) -> dict[str, tuple[str, ...]]:
    """Return each name of which the default graph says nothing, with the nearest that it does know.

    Datatypes and functions are left out, for they are no part of a graph, and so are names whose prefix only
    the text declares.

    Args:
        store: what answered.
        text: the query as written.
        prefixes: those of the project.

    Returns:
        ``prefix:name`` to the names of the same prefix that are nearest to it, in the order of the text.
    """
    unknown = {}
    for name in _names(text):
        prefix = name.partition(":")[0]
        if prefix in prefixes and not _is_known(store, prefixes.expand(name)):
            found = rows(store, _TERMS.replace("$start", prefixes[prefix]))
            unknown[name] = nearest(name, (prefixes.shorten(row["term"]) for row in found))
    return unknown


def _names(text: str) -> dict[str, None]:
    written = list(code_tokens(text))
    neighbours = zip([None, *written], written, [*written[1:], None], strict=False)
    return dict.fromkeys(
        token.text
        for before, token, after in neighbours
        if token.kind is Kind.NAME
        and not (before and before.text.upper() in {"PREFIX", "^^"})
        and not (after and after.text == "(")
    )


def _is_known(store: Store, iri: str) -> bool:
    answer = store.query(_SAID.replace("$iri", f"<{iri}>"))
    return isinstance(answer, Truth) and answer.value
