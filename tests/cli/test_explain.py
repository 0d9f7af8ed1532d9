"""`citykg explain`: the whole output."""

import json
import subprocess
from collections.abc import Callable

import pyoxigraph as ox

from citykg.project import Project

City = Callable[..., "subprocess.CompletedProcess[str]"]

TREE = """\
柳林园区 位于 白河  place:liulin city:within place:baihe  [prp-trp]
├── 位于 a owl:TransitiveProperty  city:within a owl:TransitiveProperty
│   └── 公理
├── 柳林园区 位于 东区  place:liulin city:within place:dongqu
│   └── p01s01  白河访谈  第1段第1句  0–24  李明
└── 东区 位于 白河  place:dongqu city:within place:baihe
    └── 背景
"""


def test_the_proof_is_a_tree_down_to_passage_background_and_axiom(city: City) -> None:
    done = city("explain", "柳林园区", "位于", "白河", "--lang", "zh")
    assert done.returncode == 0, done.stderr
    assert done.stdout == TREE


def test_an_asserted_triple_says_where_and_by_whom(city: City) -> None:
    done = city("explain", "place:liulin", "city:within", "place:dongqu", "--lang", "en")
    assert done.returncode == 0
    assert "p01s01  白河访谈  paragraph 1, sentence 1  0–24  李明" in done.stdout


def test_a_triple_that_is_not_in_the_graph_is_exit_1_with_what_it_lacks(city: City) -> None:
    done = city("explain", "白河", "位于", "柳林园区", "--lang", "en")
    assert done.returncode == 1
    assert done.stdout.splitlines()[0].endswith("not in the graph")
    assert "It would follow from any one of these:" in done.stdout
    assert "[prp-inv2]" in done.stdout


def test_programs_get_json_mermaid_and_turtle(city: City) -> None:
    triple = ("explain", "柳林园区", "位于", "白河")
    proof = json.loads(city(*triple, "--format", "json").stdout)
    assert proof["status"] == "inferred"
    assert city(*triple, "--format", "mermaid").stdout.startswith("flowchart TD\n")
    assert (
        "sh:sourceRule" in city(*triple, "--format", "turtle").stdout
        or "sourceRule" in city(*triple, "--format", "turtle").stdout
    )


def test_an_unknown_name_is_exit_1_and_says_which(city: City) -> None:
    done = city("explain", "无名地", "位于", "白河")
    assert done.returncode == 1
    assert "无名地" in done.stderr
    assert done.stdout == ""


_PLACES = "data/entities/places.ttl"


def contradict(project: Project) -> None:
    """Say in a second passage that the park of the first is a city."""
    with next(project.root.glob("data/articles/*/facts.trig")).open("a", encoding="utf-8") as stream:
        stream.write("p:p01s01 { place:pier a city:City . }\n")


VIOLATED = """\
矛盾  [cax-dw]
├── city:Park <http://www.w3.org/2002/07/owl#disjointWith> city:City
│   └── 公理
├── 码头公园 a city:Park  place:pier a city:Park
│   └── 声明
└── 码头公园 a city:City  place:pier a city:City
    └── p01s01  article:dock-2024-01-02  0–3
        └── “埠头市”
"""


def test_a_contradiction_is_explained_down_to_the_passage(citykg: City, small_project: Project) -> None:
    explain = ("explain", "--violations", "--project", small_project.root, "--lang", "zh")
    clean = citykg(*explain)
    assert (clean.returncode, clean.stdout) == (0, "没有发现问题\n")
    contradict(small_project)
    done = citykg(*explain)
    assert done.returncode == 1
    assert VIOLATED in done.stdout
    wrong = citykg(*explain, "--article", small_project.root / _PLACES)
    assert "埠头市" not in wrong.stdout
    assert "1 of 1 passages here do not agree with" in wrong.stderr
    # The build says the same, and points here.
    built = citykg("build", "--project", small_project.root, "--validator", "none", "--lang", "zh")
    assert built.returncode == 1
    assert VIOLATED in built.stdout
    assert "citykg explain --violations" in built.stdout


def test_violations_of_one_thing_come_in_every_format(citykg: City, small_project: Project) -> None:
    contradict(small_project)
    explain = ("explain", "place:pier", "--violations", "--project", small_project.root)
    found = json.loads(citykg(*explain, "--format", "json").stdout)["violations"]
    assert [breach["rule"] for breach in found] == ["cls-com", "cax-dw"]
    assert found[1]["facts"][2]["sources"][0]["graph"].endswith("#p01s01")
    turtle = citykg(*explain, "--format", "turtle").stdout.encode()
    graph = ox.Store()
    graph.load(turtle, format=ox.RdfFormat.TURTLE)
    assert graph.query(
        """PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX prov: <http://www.w3.org/ns/prov#>
        ASK { ?wrong a sh:ValidationResult ; sh:sourceRule <https://www.w3.org/TR/owl2-profiles/#cax-dw> ;
          prov:wasDerivedFrom/prov:wasQuotedFrom <https://w3id.org/citykg/article/dock-2024-01-02#p01s01> }"""
    )
    assert "--> b0" in citykg(*explain, "--format", "mermaid").stdout
    other = citykg("explain", "place:dock", "--violations", "--project", small_project.root)
    assert other.returncode == 0


def test_a_shape_that_is_violated_is_explained(citykg: City, small_project: Project) -> None:
    folder = small_project.root / "ontology/shapes"
    folder.mkdir()
    (folder / "parks.ttl").write_text(
        """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix city: <https://w3id.org/citykg/ontology#> .
        <urn:parks> a sh:NodeShape ; sh:targetClass city:Park ; sh:property <urn:in-no-city> .
        <urn:in-no-city> sh:path city:locatedIn ; sh:maxCount 0 ; sh:message "a park is in no city"@en .""",
        encoding="utf-8",
    )
    explain = ("explain", "--violations", "--project", small_project.root, "--lang", "en")
    done = citykg(*explain, "--shape", "<urn:in-no-city>")
    assert done.returncode == 1
    assert done.stdout.splitlines()[0] == "violation  码头公园  a park is in no city  [<urn:in-no-city>]"
    assert "p02s01  article:dock-2024-01-02  4–18" in done.stdout


def test_violations_of_a_store_are_refused(citykg: City, small_project: Project) -> None:
    found = citykg(
        "explain", "--violations", "--project", small_project.root, "--store", "http://localhost:1"
    )
    assert found.returncode == 2
    assert "reads the project's files, not a store: http://localhost:1" in found.stderr


def test_a_triple_and_violations_do_not_go_together(citykg: City, small_project: Project) -> None:
    for arguments in (("a", "b", "c", "--violations"), ("place:pier", "a"), ("a", "b", "c", "--shape", "x")):
        done = citykg("explain", *arguments, "--project", small_project.root)
        assert done.returncode == 2
        assert "error[usage]" in done.stderr
