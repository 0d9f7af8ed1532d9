"""What is wrong with a project leads to the facts that make it, and these to where they stand."""

import pytest

from citykg.breaches import Breach, Breaches
from citykg.checks import read_checks
from citykg.explain import Kind, Step
from citykg.project import Project
from citykg.reason import infer
from citykg.shacl.results import Severity
from citykg.sources import read_project
from citykg.validate import validate_project

CITY = "https://w3id.org/citykg/ontology#"
PLACE = "https://w3id.org/citykg/id/place/"
PASSAGE = "https://w3id.org/citykg/article/dock-2024-01-02#"
HEAD = f"""@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix city: <{CITY}> . @prefix place: <{PLACE}> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix p: <{PASSAGE}> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def explained(project: Project) -> tuple[list[Breach], list[Breach]]:
    data = read_project(project)
    checks = read_checks(project)
    breaches = Breaches(data, infer(data.merged()))
    report = validate_project(data, checks=checks)
    return list(breaches.contradictions()), list(breaches.results(report, checks=checks))


def write(project: Project, name: str, text: str) -> None:
    path = project.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD + text if path.suffix != ".rq" else text, encoding="utf-8")


def say(project: Project, passage: str, triples: str) -> None:
    with next(project.root.glob("data/articles/*/facts.trig")).open("a", encoding="utf-8") as stream:
        stream.write(f"{HEAD}p:{passage} {{ {triples} }}\n")


def shape(project: Project, turtle: str) -> None:
    write(project, "ontology/shapes/test.ttl", turtle)


def facts(breach: Breach) -> set[tuple[str, ...]]:
    return {
        tuple(short(getattr(term, "value", str(term))) for term in step.statement) for step in breach.facts
    }


def short(term: str) -> str:
    return term.replace("#", "/").rpartition("/")[2]


def passages(steps: tuple[Step, ...]) -> set[str]:
    here = {short(source.graph) for step in steps for source in step.sources if source.kind is Kind.PASSAGE}
    return here.union(*(passages(step.premises) for step in steps))


#: Axioms, what the first passage says, what the second says, the rule.
CONTRADICTIONS = {
    "disjoint classes": ("", "place:quay a city:City", "place:quay a city:Park", "cax-dw"),
    "irreflexive": (
        "city:namedAfter a owl:IrreflexiveProperty . city:honours rdfs:subPropertyOf city:namedAfter .",
        "place:quay city:honours place:quay",
        "place:quay a city:Park",
        "prp-irp",
    ),
    "asymmetric": (
        "city:namedAfter a owl:AsymmetricProperty .",
        "place:quay city:namedAfter place:mole",
        "place:mole city:namedAfter place:quay",
        "prp-asyp",
    ),
    "different": (
        "city:capital a owl:FunctionalProperty . place:quay owl:differentFrom place:mole .",
        "place:dock city:capital place:quay",
        "place:dock city:capital place:mole",
        "eq-diff1",
    ),
    "negative assertion": (
        """[] owl:sourceIndividual place:quay ; owl:assertionProperty city:locatedIn ;
            owl:targetIndividual place:dock .""",
        "place:quay city:locatedIn place:mole",
        "place:mole city:locatedIn place:dock",
        "prp-npa1",
    ),
    "nothing": ("city:Ghost rdfs:subClassOf owl:Nothing .", "place:quay a city:Ghost", "", "cls-nothing2"),
    "no member of its datatype": (
        "city:built rdfs:range xsd:integer .",
        "place:quay city:built true",
        "",
        "dt-not-type",
    ),
    "no value of its datatype": ("", 'place:quay city:built "2023-02-30"^^xsd:date', "", "dt-not-type"),
    "disjoint properties": (
        "city:buys owl:propertyDisjointWith city:sells .",
        "place:quay city:buys place:mole",
        "place:quay city:sells place:mole",
        "prp-pdw",
    ),
    "too many values": (
        "city:capital a owl:FunctionalProperty .",
        "place:quay city:capital 1",
        "place:quay city:capital 2",
        "eq-diff1",
    ),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_a_contradiction_leads_to_the_passages_that_make_it(small_project: Project, name: str) -> None:
    axioms, first, second, rule = CONTRADICTIONS[name]
    write(small_project, "ontology/more.ttl", axioms)
    say(small_project, "p01s01", first)
    say(small_project, "p02s01", second)
    contradictions, _ = explained(small_project)
    breach = next(breach for breach in contradictions if breach.rule == rule)
    assert breach.severity is Severity.VIOLATION
    assert "p01s01" in passages(breach.facts)
    if second and name != "irreflexive":
        assert "p02s01" in passages(breach.facts)


def test_a_missing_value_leads_to_what_makes_the_node_a_target(small_project: Project) -> None:
    shape(
        small_project,
        "[] a sh:NodeShape ; sh:targetClass city:Place ; sh:property [ sh:path city:area ; sh:minCount 1 ] .",
    )
    _, results = explained(small_project)
    assert {frozenset(facts(breach)) for breach in results} == {
        frozenset({("dock", "type", "City")}),
        frozenset({("pier", "type", "Park")}),
    }


def test_a_wrong_value_leads_along_the_path_to_it(small_project: Project) -> None:
    shape(
        small_project,
        """[] a sh:NodeShape ; sh:targetSubjectsOf city:about ;
            sh:property [ sh:path ( city:about city:locatedIn ) ; sh:class city:Park ] .""",
    )
    _, (breach,) = explained(small_project)
    assert facts(breach) >= {
        ("p02s01.q1", "about", "pier"),
        ("pier", "locatedIn", "dock"),
        ("dock", "type", "City"),
    }
    assert passages(breach.facts) == {"p02s01"}


def test_too_many_values_lead_to_all_of_them(small_project: Project) -> None:
    say(small_project, "p01s01", "place:pier city:locatedIn place:quay")
    shape(
        small_project,
        """[] a sh:NodeShape ; sh:targetNode place:pier ;
            sh:property [ sh:path [ sh:oneOrMorePath city:locatedIn ] ; sh:maxCount 1 ] .""",
    )
    _, (breach,) = explained(small_project)
    assert facts(breach) == {("pier", "locatedIn", "dock"), ("pier", "locatedIn", "quay")}
    assert passages(breach.facts) == {"p01s01", "p02s01"}


def test_what_a_nested_shape_has_seen_is_told(small_project: Project) -> None:
    shape(
        small_project,
        """[] a sh:NodeShape ; sh:targetNode place:pier ;
            sh:not [ sh:path city:locatedIn ; sh:minCount 1 ] .""",
    )
    _, (breach,) = explained(small_project)
    assert facts(breach) == {("pier", "locatedIn", "dock")}


def test_a_value_is_found_though_the_store_has_it_in_another_form(small_project: Project) -> None:
    shape(
        small_project,
        """[] a sh:NodeShape ; sh:targetSubjectsOf city:value ;
            sh:property [ sh:path city:value ; sh:maxLength 2 ] .""",
    )
    _, (breach,) = explained(small_project)
    assert facts(breach) == {("p02s01.q1", "value", "1.5")}
    assert passages(breach.facts) == {"p02s01"}


def test_a_query_of_a_shape_leads_to_the_triples_of_its_solution(small_project: Project) -> None:
    write(
        small_project,
        "ontology/shapes/test.ttl",
        f"""[] a sh:NodeShape ; sh:targetClass city:Passage ;
            sh:sparql [ sh:message "too early" ; sh:select '''
            PREFIX city: <{CITY}> PREFIX oa: <http://www.w3.org/ns/oa#>
            SELECT $this ?value WHERE {{ $this oa:hasSelector/oa:start ?value ; city:order ?order
                FILTER(?value > ?order) FILTER NOT EXISTS {{ $this city:digest ?x }} }}''' ] .""",
    )
    _, (breach,) = explained(small_project)
    assert facts(breach) == {
        ("p02s01", "hasSelector", "p02s01.sel"),
        ("p02s01.sel", "start", "4"),
        ("p02s01", "order", "2"),
        ("p02s01", "type", "Passage"),
    }


def test_a_data_check_leads_to_the_triples_of_its_row(small_project: Project) -> None:
    write(
        small_project,
        "queries/checks/park-in-city.rq",
        f"""#+ citykg:
#+   problem: 公园在城市里
#+   problem_en: a park in a city
#+   solution: 移走
#+   solution_en: move it
PREFIX city: <{CITY}>
SELECT ?entity ?property ?value WHERE {{
  GRAPH ?passage {{ ?entity city:locatedIn ?value }} ?value a city:City . ?entity a city:Park
  BIND(city:locatedIn AS ?property)
}} ORDER BY ?entity
""",
    )
    _, (breach,) = explained(small_project)
    assert breach.rule == "https://w3id.org/citykg/check/park-in-city"
    assert facts(breach) == {
        ("pier", "locatedIn", "dock"),
        ("dock", "type", "City"),
        ("pier", "type", "Park"),
    }


def test_a_shape_on_the_closure_leads_through_proofs(small_project: Project) -> None:
    shape(
        small_project,
        """<urn:no-contents> a sh:NodeShape ; sh:targetNode place:dock ; city:validates city:Closure ;
            sh:property [ sh:path city:contains ; sh:maxCount 0 ] .""",
    )
    _, (breach,) = explained(small_project)
    (step,) = breach.facts
    assert step.rule == "prp-inv1"
    assert passages(breach.facts) == {"p02s01"}
