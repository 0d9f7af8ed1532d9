"""The W3C tests of SPARQL 1.1 entailment regimes that RDFS or OWL 2 RL decides."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

__all__ = ["QueryCase", "read_query_cases"]

_QUERY = """
PREFIX mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#>
PREFIX qt: <http://www.w3.org/2001/sw/DataAccess/tests/test-query#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
SELECT DISTINCT ?name ?query ?data ?result ?regime
WHERE {
  ?test mf:action ?action ; mf:result ?result .
  BIND(STRAFTER(STR(?test), "#") AS ?name)
  ?action qt:query ?query ; qt:data ?data .
  {
    { ?action sd:entailmentRegime ?set } UNION { ?action sd:entailmentRegime/rdf:rest*/rdf:first ?set }
    FILTER(STRENDS(STR(?set), "RDFS"))
    BIND("RDFS" AS ?regime)
  } UNION {
    { ?action sd:EntailmentProfile ?set } UNION { ?action sd:EntailmentProfile/rdf:rest*/rdf:first ?set }
    FILTER(STRENDS(STR(?set), "RL"))
    BIND("RL" AS ?regime)
  }
}
ORDER BY ?name ?regime
"""


@dataclass(frozen=True, slots=True)
class QueryCase:
    """One test: a query on what data entail.

    Attributes:
        name: its name in the manifest.
        regimes: RDFS, RL, or both.
        data: the graph that is given.
        query: SPARQL text.
        expected: the solutions, or the truth.
    """

    name: str
    regimes: tuple[str, ...]
    data: tuple[ox.Triple, ...]
    query: str
    expected: list[str] | bool

    def passes(self, inferred: list[ox.Triple]) -> bool:
        """Whether the query has the expected results on the data and what was inferred."""
        store = ox.Store()
        store.extend([ox.Quad(*triple) for triple in (*self.data, *inferred)])
        return _outcome(store.query(self.query)) == self.expected


def read_query_cases(folder: Path) -> Iterator[QueryCase]:
    """Every such test in the folder of a manifest."""
    store = ox.Store()
    store.load(path=str(folder / "manifest.ttl"), base_iri="file:///suite/manifest.ttl")
    found: dict[str, dict[str, str]] = {}
    regimes: dict[str, list[str]] = {}
    solutions = store.query(_QUERY)
    assert isinstance(solutions, ox.QuerySolutions)
    for row in solutions:
        name = row["name"].value  # type: ignore[union-attr]
        found[name] = {key: row[key].value.rpartition("/")[2] for key in ("query", "data", "result")}  # type: ignore[union-attr]
        regimes.setdefault(name, []).append(row["regime"].value)  # type: ignore[union-attr]
    for name, files in found.items():
        data = ox.parse(path=str(folder / files["data"]), base_iri="http://example.org/")
        results = ox.parse_query_results(path=str(folder / files["result"]), format=ox.QueryResultsFormat.XML)
        yield QueryCase(
            name,
            tuple(regimes[name]),
            tuple(quad.triple for quad in data),
            (folder / files["query"]).read_text(encoding="utf-8"),
            _outcome(results),
        )


def _outcome(results: object) -> list[str] | bool:
    """Solutions as sorted text, without regard to the labels of blank nodes."""
    if isinstance(results, ox.QueryBoolean):
        return bool(results)
    assert isinstance(results, ox.QuerySolutions)
    names = [variable.value for variable in results.variables]
    return sorted(
        " ".join(
            f"{name}={'_:' if isinstance(row[name], ox.BlankNode) else row[name]}" for name in sorted(names)
        )
        for row in results
    )
