"""The files that a dataset can be had as, with checksums (DCAT 3, section 6.8): for the catalog."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from .errors import CannotRun
from .export import sorted_nquads
from .export.formats import Format, format_named, format_of_file
from .export.selection import Graphs, settle
from .export.sources import Source

__all__ = ["Published", "distributions"]

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_DCAT = "http://www.w3.org/ns/dcat#"
_DCTERMS = "http://purl.org/dc/terms/"
_SPDX = "http://spdx.org/rdf/terms#"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_NOT_IN_NAME = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Published:
    """A folder of files that are offered for download.

    Args:
        folder: where they are; the RDF files in it count, by their endings, ``.gz`` seen through.
        address: IRI of the folder on the web, with its slash; empty when it is not known.
        beside: a file in it that is none of them, such as the catalog itself.
    """

    folder: Path
    address: str = ""
    beside: Path | None = None

    def files(self) -> list[tuple[Path, Format]]:
        """Return the files by name, each with its format.

        Raises:
            CannotRun: ``file-not-found`` for the folder; ``no-distributions`` when it has none.
        """
        if not self.folder.is_dir():
            raise CannotRun("file-not-found", f"{self.folder}: no such folder", "check the path")
        beside = self.beside.resolve() if self.beside else None
        found = [
            (path, form)
            for path in sorted(self.folder.iterdir())
            if path.is_file() and not path.name.startswith(".") and path.resolve() != beside
            if (form := format_of_file(path)) is not None
        ]
        if not found:
            raise CannotRun(
                "no-distributions",
                f"{self.folder}: no RDF files there",
                "write some with: citykg export -o FILE",
            )
        return found


def distributions(
    source: Source, dataset: ox.NamedNode, published: Published | None = None
) -> Iterator[ox.Triple]:
    """Describe files: those that are published, or else exports whose bytes depend on the graph alone.

    Args:
        source: the dataset.
        dataset: its IRI.
        published: files that are there; sizes, checksums and addresses are theirs.

    Raises:
        CannotRun: as `Published.files`; ``unreadable``.
    """
    if published is None:
        for name in ("nquads", "ntriples"):  # sorted lines, whatever the version of citykg
            form = format_named(name)
            title = ox.Literal(f"citykg export --format {name}", language="en")
            yield from _described(dataset, name, form, title, _checksum_of_export(source, form))
        return
    for path, form in published.files():
        name = _NOT_IN_NAME.sub("-", path.name)
        if name != path.name:
            name = f"{name}-{hashlib.sha256(path.name.encode()).hexdigest()[:8]}"
        try:
            with path.open("rb") as file:
                checksum = hashlib.file_digest(file, "sha256").hexdigest()
                size = file.tell()
        except OSError as error:
            raise CannotRun("unreadable", f"{path}: {error.strerror}", "check its permissions") from error
        yield from _described(dataset, name, form, ox.Literal(path.name), checksum)
        node = _node(dataset, "distribution", name)
        yield ox.Triple(
            node, _iri(_DCAT + "byteSize"), ox.Literal(str(size), datatype=_iri(_XSD + "nonNegativeInteger"))
        )
        if path.name.lower().endswith(".gz"):
            yield ox.Triple(node, _iri(_DCAT + "compressFormat"), _iri(_MEDIA_TYPES + "application/gzip"))
        if published.address:
            address = _iri(published.address + quote(path.name))
            yield ox.Triple(node, _iri(_DCAT + "downloadURL"), address)


def _described(
    dataset: ox.NamedNode, name: str, form: Format, title: ox.Literal, checksum: str
) -> Iterator[ox.Triple]:
    node, check = (_node(dataset, what, name) for what in ("distribution", "checksum"))
    yield ox.Triple(dataset, _iri(_DCAT + "distribution"), node)
    yield ox.Triple(node, _iri(_RDF + "type"), _iri(_DCAT + "Distribution"))
    yield ox.Triple(node, _iri(_DCAT + "mediaType"), _iri(_MEDIA_TYPES + form.media_type))
    yield ox.Triple(node, _iri(_DCTERMS + "title"), title)
    yield ox.Triple(node, _iri(_SPDX + "checksum"), check)
    yield ox.Triple(check, _iri(_RDF + "type"), _iri(_SPDX + "Checksum"))
    yield ox.Triple(check, _iri(_SPDX + "algorithm"), _iri(_SPDX + "checksumAlgorithm_sha256"))
    value = ox.Literal(checksum, datatype=_iri(_XSD + "hexBinary"))
    yield ox.Triple(check, _iri(_SPDX + "checksumValue"), value)


def _checksum_of_export(source: Source, form: Format) -> str:
    """Digest what ``citykg export --format`` writes of the asserted graphs."""
    sha256 = hashlib.sha256()
    blank, ground = settle(source, Graphs(["asserted"]))
    for block in sorted_nquads(ground, blank, merge=not form.graphs):
        sha256.update(block)
    return sha256.hexdigest()


def _node(dataset: ox.NamedNode, what: str, name: str) -> ox.NamedNode:
    return _iri(f"{dataset.value}#{what}-{name}")


def _iri(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri)
