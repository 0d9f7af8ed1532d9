"""OWLAPI says the same of the ontology's profile as our own check."""

import re
import subprocess
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, serialize

from citykg.project import Layer, Project
from citykg.sources import read_project

pytestmark = pytest.mark.java
HERE = Path(__file__).parent
FORBIDDEN = """
@prefix : <http://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<http://example.org/o> a owl:Ontology .
:A a owl:Class . :B a owl:Class . :p a owl:ObjectProperty . :d a owl:DatatypeProperty ; rdfs:range xsd:gYear .
:t a owl:ObjectProperty, owl:TransitiveProperty, owl:FunctionalProperty .
:A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :B ] .
"""


@pytest.fixture(scope="module")
def counts(tmp_path_factory: pytest.TempPathFactory, shipped_project: Project) -> tuple[dict, str]:
    """Violations by file and profile, and all that was printed."""
    folder = tmp_path_factory.mktemp("owlapi")
    triples = [quad.triple for quad in read_project(shipped_project).quads(Layer.ONTOLOGY)]
    # One document: what says where a part's prefixes stand is no axiom, and one ontology has one header.
    (folder / "shipped.ttl").write_bytes(serialize(_one_header(triples), format=RdfFormat.N_TRIPLES))
    (folder / "forbidden.ttl").write_text(FORBIDDEN, encoding="utf-8")
    files = f"{folder / 'shipped.ttl'} {folder / 'forbidden.ttl'}"
    options = [
        "-q",
        "-B",
        "-Dstyle.color=never",
        "-f",
        HERE / "pom.xml",
        f"-Dtarget.folder={folder / 'target'}",
    ]
    done = subprocess.run(
        ["mvn", *options, "compile", "exec:java", f"-Dexec.args={files}"],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=900,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = re.findall(
        r"(shipped|forbidden)\.ttl (\S+) axioms (\d+) violations (\d+)$", done.stdout, re.MULTILINE
    )
    return {(name, profile): (int(a), int(v)) for name, profile, a, v in found}, done.stdout


def _one_header(triples):
    prefixes = "https://w3id.org/citykg/prefixes"
    sh = "http://www.w3.org/ns/shacl#"
    for triple in triples:
        of_prefixes = getattr(triple.subject, "value", "") == prefixes or triple.predicate.value.startswith(
            sh
        )
        if not of_prefixes:
            yield triple


def test_owlapi_finds_the_ontology_in_owl_2_rl(counts) -> None:
    by_file, printed = counts
    axioms, violations = by_file["shipped", "OWL2_RL"]
    assert axioms > 1000, printed
    assert violations == 0, printed


def test_owlapi_finds_the_ontology_in_owl_2_dl(counts) -> None:
    by_file, printed = counts
    assert by_file["shipped", "OWL2_DL"][1] == 0, printed


def test_owlapi_refuses_what_the_profile_forbids(counts) -> None:
    by_file, printed = counts
    assert by_file["forbidden", "OWL2_RL"][1] >= 2, printed
    assert by_file["forbidden", "OWL2_DL"][1] >= 1, printed
