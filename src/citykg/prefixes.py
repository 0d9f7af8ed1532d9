"""The prefixes of a project, as ontology/prefixes.ttl declares them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from .errors import CannotRun, UsageError

__all__ = ["Prefixes", "read_prefixes"]

_SH = "http://www.w3.org/ns/shacl#"
# PN_LOCAL of SPARQL 1.1 without its escapes; a dot may not end it.
_PLAIN_LOCAL = re.compile(r"(?:[\w:](?:[\w:.-]*[\w:-])?)?", re.ASCII)
_ESCAPED = re.compile(r"\\([_~.\-!$&'()*+,;=/?#@%])")
_TO_ESCAPE = re.compile(r"[~!$&'()*+,;=/?#@%]")
_LOCAL_WITH_ESCAPES = re.compile(r"[\w:.\-~!$&'()*+,;=/?#@%]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Prefixes(Mapping[str, str]):
    """Prefix to namespace, in the order of the alphabet; behaves like a dict.

    Args:
        namespaces: prefix (without colon) to namespace IRI.
    """

    namespaces: Mapping[str, str]

    def __getitem__(self, prefix: str) -> str:
        return self.namespaces[prefix]

    def __iter__(self) -> Iterator[str]:
        return iter(self.namespaces)

    def __len__(self) -> int:
        return len(self.namespaces)

    def shorten(self, iri: str, *, escape: bool = False) -> str:
        """Write an IRI as ``prefix:local`` by its longest namespace, or as ``<iri>`` when no prefix fits.

        Args:
            iri: an absolute IRI.
            escape: write ``\\#`` and the like, as Turtle and SPARQL want (PN_LOCAL_ESC); without it the form
                that people read, which `expand` takes as well.
        """
        best = ""
        for prefix, namespace in self.namespaces.items():
            if iri.startswith(namespace) and len(namespace) > len(best and self.namespaces[best]):
                best = prefix
        if best:
            local = iri[len(self.namespaces[best]) :]
            if _PLAIN_LOCAL.fullmatch(local):
                return f"{best}:{local}"
            # A slash in the local part means that the prefix names another level of IRIs.
            if "/" not in local and not local.endswith(".") and _LOCAL_WITH_ESCAPES.fullmatch(local):
                local = _TO_ESCAPE.sub(r"\\\g<0>", local) if escape else local
                return f"{best}:{local}"
        return f"<{iri}>"

    def expand(self, curie: str) -> str:
        """Return the IRI that ``prefix:local``, ``<iri>`` or an absolute IRI with ``//`` means.

        Raises:
            UsageError: ``unknown-prefix`` when the prefix is not declared; ``not-a-name`` when it is none
                of the three.
        """
        if curie.startswith("<") and curie.endswith(">"):
            return curie[1:-1]
        prefix, colon, local = curie.partition(":")
        if not colon:
            raise UsageError(
                "not-a-name", f"{curie!r} is neither prefix:name nor an IRI", "write <…> around an IRI"
            )
        if local.startswith("//"):
            return curie
        if prefix not in self.namespaces:
            raise UsageError("unknown-prefix", f"the prefix {prefix}: is not declared", self.hint(prefix))
        return self.namespaces[prefix] + _ESCAPED.sub(r"\1", local)

    def sparql_header(self) -> str:
        """Return one PREFIX line per prefix, for text that may omit them."""
        return "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in self.namespaces.items())

    def hint(self, prefix: str) -> str:
        """Say which prefixes come near an unknown one, or where prefixes are declared."""
        import difflib

        near = difflib.get_close_matches(prefix, list(self.namespaces), n=3, cutoff=0.5)
        if near:
            return "did you mean " + " or ".join(f"{name}:" for name in near) + "?"
        return "prefixes are declared in ontology/prefixes.ttl"


def read_prefixes(path: Path) -> Prefixes:
    """Read the ``sh:declare`` declarations (SHACL, section 5.2.1) of a Turtle file.

    Args:
        path: usually ``project.prefix_file()``; a file that does not exist declares nothing.

    Raises:
        CannotRun: ``turtle-syntax`` when the file is broken, ``prefix-declared-twice`` when a prefix has two
            namespaces.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Prefixes({})
    names: dict[str, dict[str, str]] = {}
    try:
        for quad in parse(content, RdfFormat.TURTLE):
            _note(quad, names)
    except SyntaxError as error:
        where = f"{path}:{error.lineno}:{error.offset}"
        raise CannotRun("turtle-syntax", f"{where}: {error.msg.partition(': ')[2]}") from error
    found: dict[str, str] = {}
    for declaration in names.values():
        if len(declaration) == 2:
            prefix, namespace = declaration["prefix"], declaration["namespace"]
            if found.setdefault(prefix, namespace) != namespace:
                raise CannotRun(
                    "prefix-declared-twice",
                    f"{path}: {prefix}: is declared for {found[prefix]} and {namespace}",
                )
    return Prefixes(dict(sorted(found.items())))


def _note(quad: Quad, names: dict[str, dict[str, str]]) -> None:
    value = quad.object
    if isinstance(value, Literal | NamedNode):
        if quad.predicate.value == _SH + "prefix":
            names.setdefault(str(quad.subject), {})["prefix"] = value.value
        elif quad.predicate.value == _SH + "namespace":
            names.setdefault(str(quad.subject), {})["namespace"] = value.value
