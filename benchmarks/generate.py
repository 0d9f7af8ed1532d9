"""Synthetic city graphs of any size, seeded: about 100 axioms, deep chains, sameAs clusters, violations.

    python benchmarks/generate.py --triples 1000000 --seed 7 out.nt
    python benchmarks/generate.py --triples 100000 --chain 1000 --violations 50 out.nt
    python benchmarks/generate.py --triples 100000 --project folder

A project folder holds the same kinds of things in the files that a project has: ontology, shapes and checks,
entities, and articles of twenty passages, each the graph of four measurements.

The ontology has 103 axioms (ONTOLOGY); the data are places in places, organisations with posts, people,
projects and measurements, in the proportions of encoded articles: most triples are numbers, positions
and text that no axiom mentions.
"""

import argparse
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["NAMESPACE", "ONTOLOGY", "Options", "lines", "write", "write_project"]

NAMESPACE = "http://example.org/city#"
_THING = "http://example.org/id/"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_OA = "http://www.w3.org/ns/oa#"
_CITYKG = "https://w3id.org/citykg/ontology#"
_ARTICLE = "https://w3id.org/citykg/article/"
_BLOCKS_OF_ARTICLE = 5
_MEASUREMENTS_OF_PASSAGE = 4

_SUBCLASSES = """
Agent>Thing Person>Agent Organisation>Agent Government>Organisation PartyCommittee>Organisation
Enterprise>Organisation StateEnterprise>Enterprise PrivateEnterprise>Enterprise School>Organisation
Hospital>Organisation Official>Person Leader>Official Worker>Person Place>Thing Region>Place
Province>Region Prefecture>Region County>Region Township>Region Park>Place Road>Place River>Place
Project>Thing Infrastructure>Project Mine>Project PowerStation>Infrastructure Policy>Thing Plan>Policy
Campaign>Policy Measurement>Thing GrowthRate>Measurement Rank>Measurement Event>Thing Meeting>Event
Visit>Event Post>Thing Industry>Thing Product>Thing
"""
_SUBPROPERTIES = """
locatedIn>within partOf>within capitalOf>within leads>worksFor manages>leads ownedBy>controlledBy
subsidiaryOf>controlledBy builds>participatesIn funds>participatesIn approves>participatesIn
mayorOf>leads secretaryOf>leads
"""
_DOMAINS = """
leads:Official worksFor:Person builds:Organisation ownedBy:Organisation about:Measurement
value:Measurement period:Measurement produces:Enterprise hosts:Place holds:Person birthPlace:Person
capitalOf:Prefecture investsIn:Organisation
"""
_RANGES = """
leads:Organisation worksFor:Organisation within:Place builds:Project ownedBy:Agent produces:Product
hosts:Event holds:Post birthPlace:Place investsIn:Project value:xsd:decimal period:xsd:gYear
"""


@dataclass(frozen=True, slots=True)
class Options:
    """What to generate.

    Attributes:
        triples: about how many triples, the ontology included.
        seed: the same seed and options give the same bytes.
        chain: length of an extra chain of the transitive property, 0 for none.
        clusters: owl:sameAs clusters for every thousand things.
        violations: things that break the shapes of the SHACL benchmark, seeded among the others.
    """

    triples: int = 100_000
    seed: int = 7
    chain: int = 0
    clusters: float = 2.0
    violations: int = 0


def _city(name: str) -> str:
    return f"<{NAMESPACE}{name}>"


def _class(name: str) -> str:
    return (
        f"<{_XSD}{name[4:]}>"
        if name.startswith("xsd:")
        else f"<{_OWL}Thing>"
        if name == "Thing"
        else _city(name)
    )


def _triple(subject: str, predicate: str, object_: str) -> str:
    return f"{subject} <{predicate}> {object_} .\n"


def _list(name: str, items: list[str]) -> list[str]:
    cells = [f"_:{name}{index}" for index in range(len(items))]
    found = []
    for index, (cell, item) in enumerate(zip(cells, items, strict=True)):
        found.append(_triple(cell, _RDF + "first", item))
        rest = cells[index + 1] if index + 1 < len(cells) else f"<{_RDF}nil>"
        found.append(_triple(cell, _RDF + "rest", rest))
    return found


def _restriction(name: str, property_: str, kind: str, value: str) -> list[str]:
    return [
        _triple(f"_:{name}", _RDF + "type", f"<{_OWL}Restriction>"),
        _triple(f"_:{name}", _OWL + "onProperty", _city(property_)),
        _triple(f"_:{name}", _OWL + kind, value),
    ]


def _ontology() -> list[str]:
    found = []
    for pair in _SUBCLASSES.split():
        child, parent = pair.split(">")
        found.append(_triple(_city(child), _RDF + "type", f"<{_OWL}Class>"))
        found.append(_triple(_city(child), _RDFS + "subClassOf", _class(parent)))
    for pair in _SUBPROPERTIES.split():
        child, parent = pair.split(">")
        found.append(_triple(_city(child), _RDFS + "subPropertyOf", _city(parent)))
    for kind, pairs in (("domain", _DOMAINS), ("range", _RANGES)):
        for pair in pairs.split():
            property_, class_ = pair.split(":", 1)
            found.append(_triple(_city(property_), _RDFS + kind, _class(class_)))
    for property_, kind in (
        ("within", "Transitive"),
        ("controlledBy", "Transitive"),
        ("neighbourOf", "Symmetric"),
        ("cooperatesWith", "Symmetric"),
        ("registeredAs", "Functional"),
        ("creditCode", "InverseFunctional"),
    ):
        found.append(_triple(_city(property_), _RDF + "type", f"<{_OWL}{kind}Property>"))
    for left, right in (
        ("leads", "ledBy"),
        ("builds", "builtBy"),
        ("hosts", "hostedIn"),
        ("within", "encloses"),
    ):
        found.append(_triple(_city(left), _OWL + "inverseOf", _city(right)))
    for name, property_, steps in (
        ("c", "activeIn", ["worksFor", "within"]),
        ("d", "benefits", ["funds", "partOf"]),
        ("e", "oversees", ["leads", "ownedBy", "within"]),
    ):
        found.append(_triple(_city(property_), _OWL + "propertyChainAxiom", f"_:{name}0"))
        found += _list(name, [_city(step) for step in steps])
    found += _restriction("r1", "leads", "someValuesFrom", _city("Government"))
    found.append(_triple("_:r1", _RDFS + "subClassOf", _city("GovernmentLeader")))
    found += _restriction("r2", "status", "hasValue", '"done"')
    found.append(_triple(_city("Finished"), _OWL + "equivalentClass", "_:r2"))
    found += _restriction("r3", "produces", "allValuesFrom", _city("CoalProduct"))
    found.append(_triple(_city("CoalEnterprise"), _RDFS + "subClassOf", "_:r3"))
    found.append(_triple(_city("Settlement"), _OWL + "unionOf", "_:u0"))
    found += _list("u", [_city("Prefecture"), _city("County")])
    found.append(_triple(_city("PublicWork"), _OWL + "intersectionOf", "_:i0"))
    found += _list("i", [_city("Infrastructure"), _city("Finished")])
    found.append(_triple(_city("Person"), _OWL + "disjointWith", _city("Organisation")))
    found.append(_triple(_city("Place"), _OWL + "disjointWith", _city("Agent")))
    return found


ONTOLOGY = tuple(_ontology())


def lines(options: Options) -> Iterator[str]:
    """The graph as lines of N-Triples."""
    yield from ONTOLOGY
    random_ = random.Random(options.seed)
    for index in range(options.chain):
        yield _triple(f"<{_THING}link/{index}>", NAMESPACE + "controlledBy", f"<{_THING}link/{index + 1}>")
    written = len(ONTOLOGY) + options.chain
    broken = set(
        random_.sample(range(max(1, options.triples // 200)), min(options.violations, options.triples // 200))
    )
    block = 0
    while written < options.triples:
        for line in _block(random_, block, options, broken=block in broken):
            written += 1
            yield line
        block += 1


def _block(random_: random.Random, block: int, options: Options, *, broken: bool) -> Iterator[str]:
    """About 190 triples around one organisation: places, people, a project, measurements."""

    def one(kind: str, number: int) -> str:
        return f"<{_THING}{kind}/{number}>"

    def some(kind: str) -> str:
        return one(kind, random_.randint(max(0, block - 2000), block))

    def is_a(subject: str, *classes: str) -> str:
        return _triple(subject, _RDF + "type", _city(random_.choice(classes)))

    def says(subject: str, property_: str, object_: str) -> str:
        return _triple(subject, NAMESPACE + property_, object_)

    def label(subject: str, text: str) -> str:
        return _triple(subject, _RDFS + "label", f'"{text}{block}"@zh')

    place, organisation, project = one("place", block), one("organisation", block), one("project", block)
    yield is_a(place, "County", "Township", "Park", "Road")
    yield label(place, "地")
    if block:
        yield says(place, random_.choice(("locatedIn", "partOf")), one("place", (block - 1) // 30))
        yield says(place, "neighbourOf", some("place"))
    yield is_a(
        organisation,
        "Government",
        "StateEnterprise",
        "PrivateEnterprise",
        "School",
        "Hospital",
        "CoalEnterprise",
    )
    yield label(organisation, "单位")
    yield says(organisation, "locatedIn", some("place"))
    if block:
        yield says(organisation, "ownedBy", one("organisation", (block - 1) // 8))
    yield says(organisation, "produces", one("product", random_.randint(0, 500)))
    yield says(organisation, "creditCode", f'"{block:018d}"')
    yield is_a(project, "Infrastructure", "Mine", "PowerStation")
    yield label(project, "项目")
    yield says(project, "status", random_.choice(('"done"', '"ongoing"', '"planned"')))
    yield says(organisation, random_.choice(("builds", "funds", "approves")), project)
    if block:
        yield says(project, "partOf", one("project", (block - 1) // 6))
    for index in range(3):
        person = one("person", 3 * block + index)
        yield is_a(person, "Leader", "Official", "Worker", "Person")
        yield label(person, "人")
        yield says(person, random_.choice(("worksFor", "leads", "manages", "mayorOf")), some("organisation"))
        yield says(person, "birthPlace", some("place"))
    for index in range(16):
        measurement = one("measurement", 16 * block + index)
        number = "many" if broken and not index else f"{random_.randint(1, 10**6)}.{random_.randint(1, 9)}"
        yield is_a(measurement, "Measurement", "GrowthRate", "Rank")
        yield says(measurement, "about", some("organisation"))
        yield says(measurement, "value", f'"{number}"^^<{_XSD}decimal>')
        yield says(measurement, "period", f'"{random_.randint(2010, 2023)}"^^<{_XSD}gYear>')
        start = random_.randint(0, 9000)
        yield says(measurement, "start", f'"{start}"^^<{_XSD}integer>')
        yield says(measurement, "end", f'"{start + len(number)}"^^<{_XSD}integer>')
        yield says(measurement, "inPassage", one("passage", start // 40))
        yield says(measurement, "unit", one("unit", start % 7))
        yield says(measurement, "asStated", f'"{number}万元"')
    if random_.random() < options.clusters / 8:
        twin = one("twin", block)
        yield _triple(organisation, _OWL + "sameAs", twin)
        yield says(twin, "locatedIn", some("place"))


def write(path: Path, options: Options) -> None:
    """Write the graph as N-Triples."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(lines(options))


def write_project(folder: Path, options: Options) -> None:
    """Write a project folder whose merged graph has about so many triples."""
    here = Path(__file__).resolve().parent
    for name in ("ontology/shapes", "data/entities", "data/articles", "queries"):
        (folder / name).mkdir(parents=True)
    shutil.copy(here.parent / "ontology" / "prefixes.ttl", folder / "ontology")
    shutil.copy(here / "validation-shapes.ttl", folder / "ontology" / "shapes")
    shutil.copytree(here.parent / "queries" / "checks", folder / "queries" / "checks")
    # Shapes look at what is asserted: without this, a tenth of the measurements would break one.
    axioms = [*ONTOLOGY, _triple(_city("CoalEnterprise"), _RDFS + "subClassOf", _city("Enterprise"))]
    for kind, names in (("Class", ("Article", "Passage")), ("ObjectProperty", ("ofArticle", "order"))):
        axioms += [_triple(f"<{_CITYKG}{name}>", _RDF + "type", f"<{_OWL}{kind}>") for name in names]
    (folder / "ontology" / "city.ttl").write_text("".join(axioms), encoding="utf-8")
    random_ = random.Random(options.seed)
    written, block = len(ONTOLOGY), 0
    while written < options.triples:
        name = f"city-{block // _BLOCKS_OF_ARTICLE:06d}"
        things, article, facts = [], [], []
        for _ in range(_BLOCKS_OF_ARTICLE):
            found = _project_block(random_, block, options, f"{_ARTICLE}{name}")
            for lines_, more in zip((things, article, facts), found, strict=True):
                lines_ += more
            block += 1
        written += len(things) + len(article) + sum(len(passage) for passage in facts)
        place = folder / "data" / "articles" / name
        place.mkdir()
        article.insert(0, _triple(f"<{_ARTICLE}{name}>", _RDF + "type", f"<{_CITYKG}Article>"))
        (place / "article.ttl").write_text("".join(article), encoding="utf-8")
        graphs = (f"{passage[0].split()[2]} {{\n{''.join(passage)}}}\n" for passage in facts)
        (place / "facts.trig").write_text("".join(graphs), encoding="utf-8")
        with (folder / "data/entities" / f"things-{block // 1000:04d}.ttl").open(
            "a", encoding="utf-8"
        ) as file:
            file.writelines(things)


def _project_block(
    random_: random.Random, block: int, options: Options, article: str
) -> tuple[list[str], list[str], list[list[str]]]:
    """The things of a block, the description of its passages, and what each passage states."""
    things: list[str] = []
    measured: dict[str, list[str]] = {}
    in_passage = f"<{NAMESPACE}inPassage>"
    for line in _block(random_, block, options, broken=False):
        subject, predicate, rest = line.split(" ", 2)
        if "measurement/" not in subject:
            if not rest.startswith(subject):  # a neighbour of itself
                things.append(line)
        elif predicate != in_passage:
            measured.setdefault(subject, []).append(line)
    described: list[str] = []
    facts: list[list[str]] = []
    numbers = list(measured)
    for first in range(0, len(numbers), _MEASUREMENTS_OF_PASSAGE):
        order = (block % _BLOCKS_OF_ARTICLE) * len(numbers) // _MEASUREMENTS_OF_PASSAGE + len(facts) + 1
        passage, selector = f"<{article}#p{order:02d}s01>", f"<{article}#p{order:02d}s01.sel>"
        described += [
            _triple(passage, _RDF + "type", f"<{_CITYKG}Passage>"),
            _triple(passage, _CITYKG + "ofArticle", f"<{article}>"),
            _triple(passage, _CITYKG + "order", f'"{order}"^^<{_XSD}integer>'),
            _triple(passage, _OA + "hasSelector", selector),
            _triple(selector, _OA + "start", f'"{order * 100}"^^<{_XSD}integer>'),
            _triple(selector, _OA + "end", f'"{order * 100 + 90}"^^<{_XSD}integer>'),
        ]
        stated = []
        for number in numbers[first : first + _MEASUREMENTS_OF_PASSAGE]:
            stated += [_triple(number, NAMESPACE + "inPassage", passage), *measured[number]]
        facts.append(stated)
    return things, described, facts


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    defaults = Options()
    parser.add_argument("file", type=Path, help="N-Triples file to write, or folder with --project")
    parser.add_argument("--project", action="store_true", help="write a project folder")
    parser.add_argument("--triples", type=int, default=defaults.triples)
    parser.add_argument("--seed", type=int, default=defaults.seed)
    parser.add_argument("--chain", type=int, default=defaults.chain)
    parser.add_argument("--clusters", type=float, default=defaults.clusters)
    parser.add_argument("--violations", type=int, default=defaults.violations)
    given = vars(parser.parse_args())
    writer = write_project if given.pop("project") else write
    writer(given.pop("file"), Options(**given))


if __name__ == "__main__":
    _main()
