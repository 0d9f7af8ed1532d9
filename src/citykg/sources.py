"""Knowledge files, parsed into quads that stand in their graph, with the place of every mistake."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, parse

from .errors import CannotRun
from .locating import Location, Text, first_mention, subject_lines, visible
from .prefixes import Prefixes, read_prefixes
from .project import Layer, Project
from .project_file import read_project_file
from .quads import in_graph
from .tokens import caret

__all__ = [
    "STANDARD_INPUT",
    "AssertedData",
    "SourceFile",
    "check_utf8",
    "parse_bytes",
    "parse_file",
    "read_bytes",
    "read_project",
    "read_source",
    "syntax_error",
]

STANDARD_INPUT = "standard input"
"""What messages call it."""

_DEFAULT = DefaultGraph()
_WITH_BLANK_NODES = frozenset({Layer.ONTOLOGY, Layer.SHAPES})  # RDF lists and restrictions need them
_FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}
_MESSAGE = re.compile(r"(?:Parser error[^:]*: )?(?P<text>.*)", re.DOTALL)
#: What to do about a file that is not there.
FILE_HINT = "is the name right, seen from the folder that this runs in?"
#: What to do about a mistake of a text, by what the parser says of it.
_HINTS = (
    (
        re.compile(r"^Unexpected end\b"),
        "something before it is not closed: a string, a bracket or a statement",
    ),
    (re.compile(r"^No scheme found in an absolute IRI"), "write the whole IRI, or prefix:name"),
)
_LANGUAGE_TAG = re.compile(r"[\"']@[A-Za-z][A-Za-z0-9-]*_$")
_UNDECLARED = re.compile(r"The prefix (\S*?):? has not been declared")


@dataclass(slots=True)
class SourceFile:
    """One parsed knowledge file.

    Args:
        path: the file.
        layer: what kind of knowledge it holds.
        statements: what it says, literals as it writes them; what it says in no graph of its own is in the
            default graph.
        prefixes: the prefixes that the file declares.
        content: its text, where a store that reads it into the layer's graph comes to the same: without
            graphs and blank nodes. Else None.
        given: what a person has given that is no file of the project: its name and its text; None for what
            is, whose text is read again where it is needed.
    """

    path: Path
    layer: Layer
    statements: list[Quad]
    prefixes: dict[str, str]
    content: bytes | None = field(default=None, repr=False)
    given: tuple[str, str] | None = field(default=None, repr=False)
    _placed: list[Quad] | None = field(default=None, repr=False)

    @property
    def quads(self) -> list[Quad]:
        """The statements, each in the graph where a store keeps it."""
        if self.layer.graph is None:
            return self.statements
        if self._placed is None:
            graph = NamedNode(self.layer.graph)
            own = [quad for quad in self.statements if quad.graph_name != _DEFAULT]
            others = (quad.triple for quad in self.statements if not own or quad.graph_name == _DEFAULT)
            self._placed = [*in_graph(others, graph), *own]
        return self._placed

    def text(self, project: Project) -> Text:
        """What the file writes, under the name by which the project, or who gave it, calls it."""
        if self.given is not None:
            return Text(*self.given, self.prefixes)
        content = self.path.read_text(encoding="utf-8", errors="replace")
        return Text(project.relative(self.path), content, self.prefixes)

    def unplaced(self) -> Iterable[Quad]:
        """The statements, all in the default graph."""
        if any(quad.graph_name != _DEFAULT for quad in self.statements):
            return in_graph(quad.triple for quad in self.statements)
        return self.statements


@dataclass(slots=True)
class AssertedData:
    """Everything that a project asserts."""

    project: Project
    files: tuple[SourceFile, ...]
    _lines: dict[str, Location] | None = field(default=None, repr=False)

    def quads(self, *layers: Layer) -> Iterator[Quad]:
        """Yield the quads of these layers, or of all, in the order of the files."""
        for source in self.files:
            if not layers or source.layer in layers:
                yield from source.quads

    def merged(self) -> dict[Triple, int]:
        """Return the triples of the layers that reasoning sees, each once, in the order of the files.

        With each stands the place of the file that states it first.
        """
        merged: dict[Triple, int] = {}
        add = merged.setdefault
        for place, source in enumerate(self.files):
            if source.layer.reasoned:
                for quad in source.statements:
                    add(quad.triple, place)
        return merged

    def fill(self, store: Store) -> None:
        """Put everything into an empty store in memory, as shapes and data checks see it.

        Its named graphs are the asserted graphs, shapes and lexicon included; its default graph is the merged
        asserted graphs without those two, each triple once.
        """
        placed: list[Iterable[Quad]] = []
        for source in self.files:
            if source.content is None or source.layer.graph is None:
                placed.append(source.quads)
            else:  # without a detour by Python; what is parsed a second time has been found valid
                graph = NamedNode(source.layer.graph)
                store.load(source.content, RdfFormat.TURTLE, to_graph=graph, lenient=True)
        placed += [source.unplaced() for source in self.files if source.layer.reasoned]
        store.bulk_extend(chain.from_iterable(placed))

    def locate(self, iri: str) -> Location | None:
        """Return the line on which a node or a graph is first written as a subject, or at least mentioned.

        The first call reads the files again; a project that validates never pays for it.
        """
        if self._lines is None:
            self._lines = subject_lines(self._texts())
        return self._lines.get(iri) or first_mention(self._texts(), iri)

    def _texts(self) -> Iterator[Text]:
        return (source.text(self.project) for source in self.files)


def read_project(project: Project, contents: dict[Path, bytes] | None = None) -> AssertedData:
    """Parse every knowledge file of a project.

    Args:
        project: the project.
        contents: files that have been read already (to be sure that what was digested is what is parsed);
            the others are read now.

    Raises:
        CannotRun: ``turtle-syntax``, ``not-utf8``, ``unreadable``; ``blank-node`` for one in data/;
            ``fact-without-passage`` for a statement of a facts.trig outside any graph.
    """
    declared = read_prefixes(project.prefix_file())
    files = []
    for layer, path in project.knowledge():
        content = None if contents is None else contents.get(path)
        if content is None:
            content = read_project_file(project, path)
        files.append(read_source(project, layer, path, content, declared))
    return AssertedData(project, tuple(files))


def read_source(project: Project, layer: Layer, path: Path, content: bytes, declared: Prefixes) -> SourceFile:
    """Parse one knowledge file.

    Args:
        project: the project.
        layer: the layer that the file belongs to.
        path: where it stands, or stood.
        content: its bytes.
        declared: the prefixes of the project, for hints.

    Raises:
        CannotRun: as `read_project`.
    """
    name = project.relative(path)
    rdf_format = RdfFormat.TRIG if layer is Layer.FACTS else RdfFormat.TURTLE
    quads, prefixes = parse_bytes(content, name=name, rdf_format=rdf_format, prefixes=declared)
    if layer in _WITH_BLANK_NODES:
        return SourceFile(path, layer, _named_blank_nodes(quads, name), prefixes)
    source = SourceFile(path, layer, quads, prefixes, None if layer is Layer.FACTS else content)
    _refuse_blank_nodes(source, name, content)
    if layer is Layer.FACTS:
        _refuse_facts_without_passage(project, source, name)
    return source


def read_bytes(path: Path) -> bytes:
    """Read a file whole.

    Raises:
        CannotRun: ``file-not-found`` or ``unreadable``, with the system's reason.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise CannotRun("file-not-found", f"there is no file {path}", FILE_HINT) from error
    except OSError as error:
        hint = "name the files in it" if isinstance(error, IsADirectoryError) else ""
        raise CannotRun("unreadable", f"cannot read {path}: {error.strerror}", hint) from error


def parse_file(path: Path, *, prefixes: Prefixes | None = None, base: str | None = None) -> list[Quad]:
    """Parse any RDF file by its ending: .ttl, .trig, .nt, .nq, .rdf, .owl or .jsonld.

    What a file says outside of any graph stands in the default graph.

    Args:
        path: the file.
        prefixes: what a hint for an undeclared prefix may offer.
        base: the IRI that relative IRIs are resolved against.

    Raises:
        CannotRun: ``turtle-syntax``, ``not-utf8``, ``unknown-file-format``, ``file-not-found`` or
            ``unreadable``.
    """
    rdf_format = _FORMATS.get(path.suffix.lower())
    if rdf_format is None:
        raise CannotRun(
            "unknown-file-format",
            f"{path}: cannot tell the format from the ending {path.suffix!r}",
            "known: " + " ".join(_FORMATS),
        )
    return parse_bytes(read_bytes(path), name=str(path), rdf_format=rdf_format, prefixes=prefixes, base=base)[
        0
    ]


def parse_bytes(
    content: bytes,
    *,
    name: str,
    rdf_format: RdfFormat = RdfFormat.TRIG,
    prefixes: Prefixes | None = None,
    base: str | None = None,
) -> tuple[list[Quad], dict[str, str]]:
    """Parse RDF text in UTF-8.

    Args:
        content: the bytes.
        name: what messages call it: a file's name, or ``standard input``.
        rdf_format: TriG reads Turtle too.
        prefixes: what a hint for an undeclared prefix may offer.
        base: the IRI that relative IRIs are resolved against.

    Returns:
        The quads, with blank nodes that clash with no other file's, and the prefixes that the text declares.

    Raises:
        CannotRun: ``turtle-syntax`` with name:line:column (code points, from one) and a caret; ``not-utf8``.
    """
    check_utf8(content, name)
    try:
        parser = parse(content, rdf_format, base_iri=base, rename_blank_nodes=True)
        quads = list(parser)
    except SyntaxError as error:
        raise syntax_error(error, name=name, content=content, prefixes=prefixes) from error
    else:
        return quads, parser.prefixes


def syntax_error(
    error: SyntaxError,
    *,
    name: str,
    content: bytes | None = None,
    before: int = 0,
    prefixes: Prefixes | None = None,
) -> CannotRun:
    """Word what pyoxigraph says of a text.

    Args:
        error: from the parser.
        name: what messages call the text.
        content: the text, to show its line; None where it is gone.
        before: lines before the text.
        prefixes: what a hint for an undeclared prefix may offer.

    Raises:
        CannotRun: ``not-utf8``, when that is what is wrong.
    """
    match = _MESSAGE.fullmatch(error.msg)
    text = match["text"] if match else error.msg
    line, column = error.lineno or 1, error.offset or 1
    shown, hint = "", _syntax_hint(text, prefixes)
    if content is not None:
        check_utf8(content, name, before)
        written = content.decode("utf-8")
        shown = "\n" + caret(written, line, column, before=before)
        if _LANGUAGE_TAG.search("".join(written.split("\n")[line - 1 : line])[:column]):
            hint = "a language tag has hyphens: zh-CN, not zh_CN"
    place = f"{name}:{before + line}:{column}"
    return CannotRun("turtle-syntax", f"{place}: {text}{shown}", hint)


def check_utf8(content: bytes, name: str, before: int = 0) -> None:
    """Check that bytes are UTF-8 without a byte order mark.

    Args:
        content: the bytes.
        name: what messages call them.
        before: lines before them.

    Raises:
        CannotRun: ``not-utf8`` with the line.
    """
    if not before and content.startswith(b"\xef\xbb\xbf"):
        raise CannotRun(
            "not-utf8",
            f"{name}:1:1: the file begins with a byte order mark",
            "save it as UTF-8 without a byte order mark",
        )
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = before + content.count(b"\n", 0, error.start) + 1
        start = content.rfind(b"\n", 0, error.start) + 1
        offset = f"offset {error.start - start} of the line" if before else f"offset {error.start}"
        raise CannotRun(
            "not-utf8",
            f"{name}:{line}: the file is not UTF-8: byte {content[error.start]:#04x} at {offset}",
            f"convert it, for instance: {_conversion(name, _likely_encoding(content))}",
        ) from error


def _conversion(name: str, encoding: str) -> str:
    """Return a command that writes a text as UTF-8."""
    iconv = f"iconv -f {encoding} -t UTF-8"
    if name == STANDARD_INPUT:
        return f"… | {iconv} | citykg …"
    import shlex  # only where something is wrong

    quoted = shlex.quote(name)
    return f"gzip -dc {quoted} | {iconv}" if name.lower().endswith(".gz") else f"{iconv} {quoted}"


def _likely_encoding(content: bytes) -> str:
    """Name what Chinese text that is not UTF-8 is most often written in."""
    return "UTF-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "GB18030"


def _syntax_hint(text: str, prefixes: Prefixes | None) -> str:
    undeclared = _UNDECLARED.search(text)
    if not undeclared:
        return next((hint for sign, hint in _HINTS if sign.search(text)), "")
    prefix = undeclared[1].rstrip(":")
    if prefixes is None:
        return f"add a line: @prefix {prefix}: <…> ."
    if prefix in prefixes:
        return f"add a line: @prefix {prefix}: <{prefixes[prefix]}> ."
    return prefixes.hint(prefix)


def _named_blank_nodes(quads: Iterable[Quad], name: str) -> list[Quad]:
    """Label blank nodes by file and order, so that two builds call them alike."""
    key = hashlib.sha256(name.encode()).hexdigest()[:8]
    labels: dict[BlankNode, BlankNode] = {}

    def label(node: BlankNode) -> BlankNode:
        return labels.get(node) or labels.setdefault(node, BlankNode(f"b{key}n{len(labels) + 1}"))

    found = []
    for quad in quads:
        subject, value = quad.subject, quad.object
        if isinstance(subject, BlankNode) or isinstance(value, BlankNode):
            subject = label(subject) if isinstance(subject, BlankNode) else subject
            value = label(value) if isinstance(value, BlankNode) else value
            quad = Quad(subject, quad.predicate, value, quad.graph_name)
        found.append(quad)
    return found


def _refuse_blank_nodes(source: SourceFile, name: str, content: bytes) -> None:
    if not any(sign in content for sign in (b"_:", b"[", b"(")):
        return
    for quad in source.statements:
        if (
            isinstance(quad.subject, BlankNode)
            or isinstance(quad.object, BlankNode)
            or isinstance(quad.graph_name, BlankNode)
        ):
            # The parser does not say where: look for what makes one, outside of strings and comments.
            text = visible(content.decode("utf-8"))
            sign = re.search(r"[\[(]|_:", text)
            line = text.count("\n", 0, sign.start()) + 1 if sign else 1
            raise CannotRun(
                "blank-node",
                f"{name}:{line}: a blank node, which data may not have: nothing could refer to it",
                "give the node an IRI",
            )


def _refuse_facts_without_passage(project: Project, source: SourceFile, name: str) -> None:
    outside = [quad for quad in source.statements if quad.graph_name == _DEFAULT]
    if outside:
        iri = str(getattr(outside[0].subject, "value", outside[0].subject))
        place = AssertedData(project, (source,)).locate(iri) or Location(name, 1)
        raise CannotRun(
            "fact-without-passage",
            f"{place}: statements outside of every passage: {len(outside)}, the first about <{iri}>",
            "move it into the braces of the passage that states it: passage-iri { … }",
        )
