"""The files that write certain nodes, found by their text: a report on a few needs no other file parsed.

A file writes an IRI between angle brackets, or behind a prefix that it declares. Where it has a base or
escapes characters of IRIs, its text does not tell, and it counts as one that may.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from pyoxigraph import NamedNode

from .prefixes import read_prefixes
from .project import GRAPHS, Layer, Project
from .project_file import read_project_file
from .sources import AssertedData, SourceFile, read_source

__all__ = ["data_around"]

#: What names are suggested from.
_ALWAYS = (Layer.ONTOLOGY, Layer.ENTITIES)
_DECLARATION = re.compile(rb"prefix\s+[^\s:<]*:\s*<([^<>\s]*)>", re.IGNORECASE)
_BASE = re.compile(rb"\bbase\s*<")
_PLAIN = re.compile(r"[A-Za-z0-9]+")


def data_around(
    project: Project,
    nodes: Iterable[object],
    *,
    contents: Mapping[Path, bytes],
    parsed: Iterable[SourceFile] = (),
) -> AssertedData:
    """Return what the files assert that write one of some nodes, or a passage that speaks of one.

    Args:
        project: the project.
        nodes: the nodes; literals and blank nodes among them do not count.
        contents: files that have been read already; the others are read now.
        parsed: files that have been parsed already.

    Raises:
        CannotRun: as `sources.read_project`, for the files that are parsed.
    """
    declared = read_prefixes(project.prefix_file())
    ready = {source.path: source for source in parsed}
    texts = [
        (layer, path, _Text(contents.get(path) or read_project_file(project, path)))
        for layer, path in project.knowledge()
    ]
    subjects = {node for node in nodes if isinstance(node, NamedNode)}
    found: dict[Path, SourceFile] = {}
    known: set[str] = set()
    wanted = {node.value for node in subjects}
    while wanted:
        known |= wanted
        for layer, path, text in texts:
            if path not in found and (layer in _ALWAYS or any(map(text.may_write, wanted))):
                found[path] = ready.get(path) or read_source(project, layer, path, text.content, declared)
        passages = {
            quad.graph_name.value
            for source in found.values()
            for quad in source.statements
            if quad.subject in subjects and isinstance(quad.graph_name, NamedNode)
        }
        wanted = {name for name in passages if not name.startswith(GRAPHS)} - known
    return AssertedData(project, tuple(found[path] for _, path, _ in texts if path in found))


class _Text:
    """The text of a file, and the namespaces that it declares prefixes for."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        lowered = content.lower()
        self._namespaces: list[str] = []
        place = lowered.find(b"prefix")
        while place >= 0:
            if declaration := _DECLARATION.match(content, place):
                self._namespaces.append(declaration[1].decode("utf-8", errors="replace"))
            place = lowered.find(b"prefix", place + 1)
        self._tells = b"\\u" not in lowered and not (b"base" in lowered and _BASE.search(lowered))

    def may_write(self, iri: str) -> bool:
        """Whether the file may write an IRI; False is certain."""
        if not self._tells or f"<{iri}>".encode() in self.content:
            return True
        for namespace in self._namespaces:
            if iri.startswith(namespace):
                plain = _PLAIN.findall(iri, len(namespace))  # whatever else may stand behind a backslash
                if not plain or max(plain, key=len).encode() in self.content:
                    return True
        return False
