"""The shipped data: whole, exact to the character, and plain enough for any tool."""

import hashlib
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from citykg.prefixes import read_prefixes
from citykg.project import Layer, Project

ROOT = Path(__file__).parents[2]
CITY = "https://w3id.org/citykg/ontology#"
OA = "http://www.w3.org/ns/oa#"
DATA = sorted([*ROOT.glob("data/**/*.ttl"), *ROOT.glob("data/**/*.trig")])
ARTICLES = Project(ROOT).articles()
SPANS = (CITY + "Mention", CITY + "TimeExpression", CITY + "Measurement")


@pytest.fixture(params=ARTICLES, ids=lambda folder: folder.name)
def folder(request) -> Path:
    return request.param


@pytest.fixture
def text(folder: Path, articles_folder: Path) -> str:
    path = articles_folder / f"{folder.name}.txt"
    if not path.is_file():
        pytest.skip(f"no text of {folder.name}")
    return path.read_text(encoding="utf-8")


@cache
def quads(path: Path) -> tuple:
    return tuple(parse(path.read_bytes(), RdfFormat.TRIG))


@cache
def described(folder: Path) -> dict[str, dict[str, str]]:
    """Values by subject and property of the article's description and of its facts."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for quad in (*quads(folder / "article.ttl"), *quads(folder / "facts.trig")):
        found[quad.subject.value][quad.predicate.value] = quad.object.value
    return found


def passages(folder: Path) -> dict[str, tuple[int, int, str]]:
    nodes = described(folder)
    return {
        iri: (
            int(nodes[values[OA + "hasSelector"]][OA + "start"]),
            int(nodes[values[OA + "hasSelector"]][OA + "end"]),
            values[CITY + "sha256"],
        )
        for iri, values in nodes.items()
        if CITY + "ofArticle" in values
    }


def spans(folder: Path) -> list[tuple[int, int, str]]:
    return [
        (int(values[CITY + "start"]), int(values[CITY + "end"]), values[CITY + "asStated"])
        for values in described(folder).values()
        if CITY + "asStated" in values
    ]


@pytest.mark.article
def test_every_figure_of_the_article_lies_in_a_span(folder: Path, text: str) -> None:
    covered = {at for start, end, _ in spans(folder) for at in range(start, end)}
    runs = list(re.finditer(r"[0-9０-９]+", text))
    assert runs
    assert [run.group() for run in runs if not covered.issuperset(range(*run.span()))] == []


@pytest.mark.article
def test_every_character_of_the_article_lies_in_one_passage(folder: Path, text: str) -> None:
    times = [0] * len(text)
    for start, end, _ in passages(folder).values():
        for at in range(start, end):
            times[at] += 1
    outside = [at for at, character in enumerate(text) if not character.isspace() and times[at] != 1]
    assert [(at, text[at]) for at in outside] == []


@pytest.mark.article
def test_every_wording_is_what_stands_at_its_place(folder: Path, text: str) -> None:
    wrong = [(start, end, said) for start, end, said in spans(folder) if text[start:end] != said]
    assert wrong == []


@pytest.mark.article
def test_every_passage_has_the_digest_of_its_text(folder: Path, text: str) -> None:
    digests = {
        iri: hashlib.sha256(text[start:end].encode()).hexdigest()
        for iri, (start, end, _) in passages(folder).items()
    }
    assert digests == {iri: digest for iri, (_, _, digest) in passages(folder).items()}


@pytest.mark.article
def test_the_article_has_the_digest_of_its_file(folder: Path, text: str) -> None:
    values = described(folder)["https://w3id.org/citykg/article/" + folder.name]
    assert values[CITY + "sha256"] == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.article
def test_lists_governed_by_fenbie_pair_in_order(folder: Path, text: str) -> None:
    """What 分别 pairs: the first rate with the first figure, the second with the second."""
    nodes = described(folder)
    checked = 0
    for passage, (start, end, _) in passages(folder).items():
        if "分别比" not in text[start:end]:
            continue
        pairs = sorted(
            (int(values[CITY + "start"]), int(nodes[values[CITY + "baseMeasurement"]][CITY + "start"]))
            for values in nodes.values()
            if values.get(CITY + "inPassage") == passage and CITY + "baseMeasurement" in values
        )
        bases = [base for _, base in pairs]
        assert len(bases) > 1, passage
        assert bases == sorted(set(bases)), passage
        checked += 1
    assert checked == text.count("分别比")


def test_data_has_no_blank_nodes() -> None:
    assert DATA
    blank = {
        path.name
        for path in DATA
        for quad in quads(path)
        for term in (quad.subject, quad.object, quad.graph_name)
        if isinstance(term, BlankNode)
    }
    assert blank == set()


def test_iris_are_ascii() -> None:
    wrong = {
        term.value
        for path in DATA
        for quad in quads(path)
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name)
        if isinstance(term, NamedNode) and not term.value.isascii()
    }
    assert wrong == set()


def test_facts_stand_in_graphs_of_described_passages(folder: Path) -> None:
    graphs = {getattr(quad.graph_name, "value", "") for quad in quads(folder / "facts.trig")}
    assert graphs <= set(passages(folder))


@pytest.mark.parametrize(
    "path", [p for p in DATA if p.parent.name != "lexicon"], ids=lambda path: str(path.relative_to(ROOT))
)
def test_prefixes_are_those_of_the_project_sorted_and_used(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    block = re.findall(r"^@prefix (\S*): <([^>]*)> \.$", text, re.MULTILINE)
    names = [name for name, _ in block]
    assert names == sorted(names)
    declared = read_prefixes(ROOT / "ontology" / "prefixes.ttl")
    body = re.sub(r'^@prefix.*$|^#.*$|"(?:[^"\\]|\\.)*"|<[^>]*>', "", text, flags=re.MULTILINE)
    for name, namespace in block:
        if name == "p":  # the passages of this article
            assert namespace == f"https://w3id.org/citykg/article/{path.parent.name}#"
        else:
            assert namespace == declared.expand(name + ":")
        assert re.search(rf"(?<![\w:.-]){re.escape(name)}:", body), f"{name}: is not used"


def test_plain_facts_equal_the_graphs_of_the_passages_merged(folder: Path) -> None:
    plain = folder / "facts.ttl"
    if not plain.exists():
        pytest.skip("no facts.ttl beside facts.trig yet")
    merged = {quad.triple for quad in quads(folder / "facts.trig")}
    assert {Triple(q.subject, q.predicate, q.object) for q in quads(plain)} == merged


@pytest.mark.article
def test_no_sentence_of_the_article_is_shipped(folder: Path, text: str) -> None:
    """Only the short wording of names, times and figures: never a passage, and never two clauses."""
    literals = {
        quad.object.value
        for path in DATA
        for quad in quads(path)
        if isinstance(quad.object, Literal) and quad.object.value in text
    }
    bodies = {text[start:end] for start, end, _ in passages(folder).values() if end - start > 30}
    assert literals.isdisjoint(bodies)
    assert max(map(len, literals)) <= 30


def test_layers_hold_what_their_names_say() -> None:
    layers = {layer for layer, _ in Project(ROOT).knowledge()}
    assert {Layer.ENTITIES, Layer.ARTICLES, Layer.FACTS, Layer.BACKGROUND} <= layers
