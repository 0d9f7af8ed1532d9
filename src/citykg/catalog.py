"""The catalog graph: what the dataset is, what is in it, and which queries it answers (DCAT 3, VoID, SHACL).

Editors that read VoID partitions complete classes and properties from it, and list the stored queries
(``sh:SPARQLExecutable``) as examples, on any store that received the graph.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from .distributions import Published, distributions
from .export.selection import CATALOG, pattern
from .export.sources import Source, Term, lines_of
from .library import StoredQuery, read_query
from .load.plan import graph_counts
from .parameters import substitute
from .prefixes import Prefixes, read_prefixes
from .project import Project

__all__ = ["DATASET", "WithCatalog", "catalog_triples"]

DATASET = "https://w3id.org/citykg/dataset"

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_DCAT = "http://www.w3.org/ns/dcat#"
_DCTERMS = "http://purl.org/dc/terms/"
_VOID = "http://rdfs.org/ns/void#"
_SH = "http://www.w3.org/ns/shacl#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_FORM = re.compile(r"^\s*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE | re.MULTILINE)
_NOT_IN_IRI = re.compile(r"[^A-Za-z0-9._-]+")


class WithCatalog:
    """A dataset with its catalog, for a store that was built without one; see `citykg.export.sources.Source`.

    Args:
        source: the dataset.
        project: whose queries are listed.
        published: as in `catalog_triples`; a catalog that the store has is not used then.
    """

    def __init__(self, source: Source, project: Project, published: Published | None = None) -> None:
        self._source = source
        self._project = project
        self._published = published
        self._lines: bytes | None = None

    def graphs(self) -> list[str]:
        """Return the names of the named graphs, the catalog among them."""
        return sorted({*self._source.graphs(), CATALOG})

    def read(self, graph: str | None) -> Iterator[bytes]:
        """Read one graph."""
        if graph != CATALOG or (self._published is None and CATALOG in self._source.graphs()):
            yield from self._source.read(graph)
            return
        if self._lines is None:
            self._lines = lines_of(catalog_triples(self._source, self._project, self._published))
        yield self._lines

    def read_many(self, graphs: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Read graph after graph."""
        return ((graph, block) for graph in graphs for block in self.read(graph))

    def construct(self, query: str) -> Iterator[bytes]:
        """Run a query on the dataset without its catalog."""
        return self._source.construct(query)

    def rows(self, query: str) -> Iterator[tuple[Term | None, ...]]:
        """Run a query on the dataset without its catalog."""
        return self._source.rows(query)


def catalog_triples(source: Source, project: Project, published: Published | None = None) -> list[ox.Triple]:
    """Describe a dataset; no clock, no blank node, the same each time.

    Args:
        source: the dataset.
        project: whose queries are listed.
        published: files that it can be had as; those that an export would write when None.

    Raises:
        CannotRun: ``file-not-found``, ``unreadable``, ``no-distributions``.
    """
    dataset = _iri(DATASET)
    return [
        ox.Triple(dataset, _iri(_RDF + "type"), _iri(_DCAT + "Dataset")),
        ox.Triple(dataset, _iri(_RDF + "type"), _iri(_VOID + "Dataset")),
        *_about(source, dataset),
        *_counted(source, dataset),
        *_classes(source, dataset),
        *_properties_of_classes(source),
        *_properties(source, dataset),
        *distributions(source, dataset, published),
        *_queries(project, dataset),
    ]


def _about(source: Source, dataset: ox.NamedNode) -> Iterator[ox.Triple]:
    renamed = {_OWL + "versionInfo": _DCAT + "version", _OWL + "priorVersion": _DCAT + "previousVersion"}
    ontology = None
    for subject, predicate, value in source.rows(pattern("catalog-about")):
        if isinstance(predicate, ox.NamedNode) and isinstance(value, ox.NamedNode | ox.Literal):
            ontology = subject
            if predicate.value == _OWL + "versionIRI":
                yield ox.Triple(dataset, _iri(_DCTERMS + "conformsTo"), value)
            else:
                yield ox.Triple(dataset, _iri(renamed.get(predicate.value, predicate.value)), value)
    if isinstance(ontology, ox.NamedNode):
        yield ox.Triple(dataset, _iri(_VOID + "vocabulary"), ontology)


def _counted(source: Source, dataset: ox.NamedNode) -> Iterator[ox.Triple]:
    counts = graph_counts(source)
    yield ox.Triple(dataset, _iri(_VOID + "triples"), _number(counts.get(None, 0)))
    for graph, number in counts.items():
        if (
            graph is None or graph == CATALOG or "#" in graph
        ):  # passages are many, and say what they are themselves
            continue
        part = _iri(f"{DATASET}#graph-{_slug(graph)}")
        yield ox.Triple(dataset, _iri(_VOID + "subset"), part)
        yield ox.Triple(part, _iri(_RDF + "type"), _iri(_VOID + "Dataset"))
        yield ox.Triple(
            part, _iri(_DCTERMS + "identifier"), ox.Literal(graph, datatype=_iri(_XSD + "anyURI"))
        )
        yield ox.Triple(part, _iri(_VOID + "triples"), _number(number))


def _classes(source: Source, dataset: ox.NamedNode) -> Iterator[ox.Triple]:
    number = 0
    for cls, entities, example in source.rows(pattern("catalog-classes")):
        if (
            isinstance(cls, ox.NamedNode)
            and isinstance(entities, ox.Literal)
            and isinstance(example, ox.NamedNode)
        ):
            number += 1
            part = _class_part(cls)
            yield ox.Triple(dataset, _iri(_VOID + "classPartition"), part)
            yield ox.Triple(part, _iri(_VOID + "class"), cls)
            yield ox.Triple(part, _iri(_VOID + "entities"), _number(entities.value))
            yield ox.Triple(part, _iri(_VOID + "exampleResource"), example)
    yield ox.Triple(dataset, _iri(_VOID + "classes"), _number(number))


def _properties_of_classes(source: Source) -> Iterator[ox.Triple]:
    """Say which properties the things of a class have (VoID, section 4.5): what editors complete from."""
    for cls, found, triples in source.rows(pattern("catalog-class-properties")):
        if (
            isinstance(cls, ox.NamedNode)
            and isinstance(found, ox.NamedNode)
            and isinstance(triples, ox.Literal)
        ):
            whole = _class_part(cls)
            part = _iri(f"{whole.value}-property-{_slug(found.value)}")
            yield ox.Triple(whole, _iri(_VOID + "propertyPartition"), part)
            yield ox.Triple(part, _iri(_VOID + "property"), found)
            yield ox.Triple(part, _iri(_VOID + "triples"), _number(triples.value))


def _class_part(cls: ox.NamedNode) -> ox.NamedNode:
    return _iri(f"{DATASET}#class-{_slug(cls.value)}")


def _properties(source: Source, dataset: ox.NamedNode) -> Iterator[ox.Triple]:
    number = 0
    for found, *counts in source.rows(pattern("catalog-properties")):
        if isinstance(found, ox.NamedNode):
            number += 1
            part = _iri(f"{DATASET}#property-{_slug(found.value)}")
            yield ox.Triple(dataset, _iri(_VOID + "propertyPartition"), part)
            yield ox.Triple(part, _iri(_VOID + "property"), found)
            for name, count in zip(("triples", "distinctSubjects", "distinctObjects"), counts, strict=True):
                if isinstance(count, ox.Literal):
                    yield ox.Triple(part, _iri(_VOID + name), _number(count.value))
    yield ox.Triple(dataset, _iri(_VOID + "properties"), _number(number))


def _queries(project: Project, dataset: ox.NamedNode) -> Iterator[ox.Triple]:
    prefixes = read_prefixes(project.prefix_file())
    for path in project.queries():
        query = read_query(path)
        text = _runnable(query, prefixes)
        form = _FORM.search(text)
        if not text or form is None:
            continue
        kind = form[1].capitalize()
        node = _iri(f"{DATASET}#query-{_slug(query.name)}")
        yield ox.Triple(node, _iri(_RDF + "type"), _iri(_SH + "SPARQLExecutable"))
        if kind in ("Select", "Ask", "Construct"):
            yield ox.Triple(node, _iri(_RDF + "type"), _iri(f"{_SH}SPARQL{kind}Executable"))
            yield ox.Triple(node, _iri(_SH + kind.lower()), ox.Literal(text))
        yield ox.Triple(node, _iri(_DCTERMS + "isPartOf"), dataset)
        for value, language in ((query.title, "zh"), (query.summary, "en")):
            if value:
                yield ox.Triple(node, _iri(_RDFS + "label"), ox.Literal(value, language=language))
        # Editors list an example once for each comment: one only, and the other language as a description.
        chinese, english = query.question or query.title, query.question_en or query.summary
        comment = ox.Literal(chinese, language="zh") if chinese else ox.Literal(english or query.name)
        yield ox.Triple(node, _iri(_RDFS + "comment"), comment)
        if chinese and english:
            yield ox.Triple(node, _iri(_DCTERMS + "description"), ox.Literal(english, language="en"))
        for tag in query.tags:
            yield ox.Triple(node, _iri(_DCAT + "keyword"), ox.Literal(tag))


def _runnable(query: StoredQuery, prefixes: Prefixes) -> str:
    """Return the query with its defaults filled in; nothing for one that needs more."""
    if any(parameter.required for parameter in query.parameters):
        return ""
    looked_up: list[str] = []

    def find_thing(name: str) -> str:
        looked_up.append(name)
        return "urn:x"

    text = substitute(query.text, query.parameters, {}, expand=prefixes.expand, find_thing=find_thing)
    return "" if looked_up else text


def _slug(text: str) -> str:
    """Return a short name for an IRI fragment that no other text of the dataset has."""
    last = _NOT_IN_IRI.sub("-", re.split(r"[/#]", text)[-1]) or "root"
    return f"{last}-{hashlib.sha256(text.encode()).hexdigest()[:8]}" if re.search(r"[/#]", text) else last


def _number(value: int | str) -> ox.Literal:
    return ox.Literal(str(value), datatype=_iri(_XSD + "integer"))


def _iri(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri)
