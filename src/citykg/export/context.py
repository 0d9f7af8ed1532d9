"""The JSON-LD context: readable keys for what the ontology declares."""

from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from .selection import pattern
from .sources import Source

__all__ = ["Context", "read_context"]

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_TEXT, _IRI, _VALUE = "text", "iri", "value"


@dataclass(frozen=True, slots=True)
class Context:
    """Keys for IRIs, and what their values are unless they say otherwise.

    Args:
        prefixes: prefix to namespace.
        keys: IRI of a property or class to its key.
        coerced: IRI of a property to ``@id``, to a datatype, or to ``@language`` for wordings by language.
    """

    prefixes: Mapping[str, str]
    keys: Mapping[str, str]
    coerced: Mapping[str, str]

    def document(self) -> dict[str, object]:
        """Return the content of ``@context`` (JSON-LD 1.1, section 4.1)."""
        # Not every namespace ends in a character that makes a simple term a prefix: say it outright.
        entries: dict[str, object] = {"@version": 1.1}
        entries.update(
            (prefix, {"@id": namespace, "@prefix": True})
            for prefix, namespace in sorted(self.prefixes.items())
            if prefix
        )
        for iri, key in sorted(self.keys.items(), key=lambda item: item[1]):
            coercion = self.coerced.get(iri)
            if coercion is None:
                entries[key] = iri
            elif coercion == "@language":
                entries[key] = {"@id": iri, "@container": "@language"}
            else:
                entries[key] = {"@id": iri, "@type": coercion}
        return entries

    def key(self, iri: str) -> str:
        """Return the key of a property or class: a word, else ``prefix:local``, else the IRI."""
        return self.keys.get(iri) or self.compact(iri)

    def compact(self, iri: str) -> str:
        """Return ``prefix:local`` by the longest namespace, else the IRI."""
        best = ""
        for prefix, namespace in self.prefixes.items():
            if prefix and iri.startswith(namespace) and len(namespace) > len(self.prefixes.get(best, "")):
                best = prefix
        if best:
            local = iri[len(self.prefixes[best]) :]
            if not local.startswith("//"):
                return f"{best}:{local}"
        return iri


def read_context(source: Source, prefixes: Mapping[str, str]) -> Context:
    """Derive the context from the ontology in a store.

    Terms of the ontology's own namespace (prefix ``city``) and wordings get a bare word; a word that two
    terms would share, or that is also a prefix, stays with the first namespace in the order of the prefixes.
    """
    keys: dict[str, str] = {}
    coerced: dict[str, str] = {}
    taken = set(prefixes)
    for term, kind, datatype in source.rows(pattern("export-context")):
        if not isinstance(term, ox.NamedNode) or not isinstance(kind, ox.Literal):
            continue
        iri = term.value
        local = iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]
        if iri not in keys:
            if not local.isidentifier() or local in taken:
                continue
            taken.add(local)
            keys[iri] = local
        if kind.value == _TEXT:
            coerced[iri] = "@language"
        elif iri in coerced:
            continue
        elif kind.value == _IRI:
            coerced[iri] = "@id"
        elif kind.value == _VALUE and isinstance(datatype, ox.NamedNode) and datatype.value != _STRING:
            coerced[iri] = datatype.value
    return Context(dict(prefixes), keys, coerced)
