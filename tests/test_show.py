"""Everything about a thing."""

import pytest

from citykg.card import Card, Fact
from citykg.opening import open_store
from citykg.project import Project
from citykg.show import show, triples_of
from citykg.store import Store

_ID = "https://w3id.org/citykg/id/"
_ARTICLE = "https://w3id.org/citykg/article/baihe-2024-01-02"
_HEKANG = f"{_ID}enterprise/hekang-pharma"


@pytest.fixture(scope="module", params=["oxigraph", "rdflib"])
def store(request: pytest.FixtureRequest, made_up_city: Project) -> Store:
    return open_store(made_up_city, engine=request.param)


@pytest.fixture(scope="module")
def hekang(store: Store) -> Card:
    return show(store, _HEKANG)


def _fact(card: Card, property_: str, other: str, *, outgoing: bool = True) -> Fact | None:
    found = [
        fact
        for fact in card.facts
        if fact.property.label == property_ and fact.other.label == other and fact.outgoing is outgoing
    ]
    assert len(found) < 2
    return found[0] if found else None


def test_a_thing_has_its_label_aliases_and_most_specific_types(hekang: Card) -> None:
    assert hekang.label == "和康制药"
    assert hekang.aliases == ("和康", "白河和康制药有限公司")
    assert [kind.label for kind in hekang.types] == ["企业"]


def test_an_asserted_fact_has_its_passage_and_an_inferred_one_is_marked(hekang: Card) -> None:
    asserted = _fact(hekang, "位于", "柳林园区")
    assert asserted is not None
    assert (asserted.inferred, asserted.passages) == (False, (f"{_ARTICLE}#p01s01",))
    inferred = _fact(hekang, "位于", "白河")
    assert inferred is not None
    assert (inferred.inferred, inferred.passages, inferred.graphs) == (True, (), ())


def test_facts_are_shown_from_both_ends_but_an_inverse_repeats_nothing(store: Store, hekang: Card) -> None:
    invested = _fact(hekang, "投资方", "和康制药二期", outgoing=False)
    assert invested is not None
    assert invested.passages == (f"{_ARTICLE}#p02s01",)
    assert _fact(hekang, "包含", "白河", outgoing=False) is None
    city = show(store, f"{_ID}place/baihe")
    assert _fact(city, "位于", "东区", outgoing=False) is not None  # asserted
    assert _fact(city, "包含", "东区") is None  # its inverse, inferred
    assert _fact(city, "包含", "柳林园区") is not None  # both inferred: the one that begins with the thing
    assert _fact(city, "位于", "柳林园区", outgoing=False) is None


def test_a_background_fact_names_its_graph(store: Store) -> None:
    fact = _fact(show(store, f"{_ID}place/dongqu"), "位于", "白河")
    assert fact is not None
    assert fact.graphs == ("https://w3id.org/citykg/graph/background",)
    assert not fact.inferred


def test_figures_statements_and_mentions_come_with_place_and_modality(hekang: Card) -> None:
    (figure,) = hekang.figures
    assert (figure.indicator.label, figure.as_stated, figure.start, figure.end) == ("产值", "1.2亿元", 10, 15)
    assert figure.modality is not None
    assert figure.modality.label == "已完成"
    (statement,) = hekang.statements
    assert (statement.predicate.label, statement.object.label, statement.modality.label) == (
        "投资方",
        "和康制药二期",
        "计划",
    )
    assert [(mention.as_stated, mention.start) for mention in hekang.mentions] == [
        ("和康", 4),
        ("和康制药", 26),
    ]


def test_every_passage_that_is_named_has_its_place(hekang: Card) -> None:
    assert set(hekang.places) == {f"{_ARTICLE}#p01s01", f"{_ARTICLE}#p02s01"}
    place = hekang.places[f"{_ARTICLE}#p01s01"]
    assert (place.paragraph, place.sentence, place.start, place.end) == (1, 1, 0, 24)
    assert place.speaker is not None
    assert place.speaker.label == "李明"
    assert hekang.places[f"{_ARTICLE}#p02s01"].speaker is None


def test_names_are_in_the_language_asked_for_or_else_in_the_one_there_is(store: Store) -> None:
    card = show(store, _HEKANG, language="en")
    assert card.label == "和康制药"
    assert _fact(card, "within", "柳林园区") is not None
    assert card.types[0].label == "enterprise"
    assert _fact(card, "within", "Baihe") is not None


def test_a_thing_of_which_little_is_said_is_shown_too(store: Store) -> None:
    card = show(store, f"{_ID}modality/planned")
    assert card.label == "计划"
    assert card.mentions == ()


def test_a_passage_shows_the_plain_triples_that_it_states_and_its_statements(store: Store) -> None:
    card = show(store, f"{_ARTICLE}#p02s01")
    stated = [(triple.subject.label, triple.predicate.label, triple.object.label) for triple in card.stated]
    assert ("和康制药二期", "投资方", "和康制药") in stated
    assert len(stated) == 4
    assert [statement.predicate.label for statement in card.statements] == ["投资方"]
    assert show(store, _HEKANG).stated == ()


def test_the_triples_of_a_thing_hold_its_nodes(store: Store) -> None:
    subjects = {str(triple.subject) for triple in triples_of(store, _HEKANG).triples}
    assert f"<{_HEKANG}>" in subjects
    assert f"<{_ARTICLE}#p01s01.m1>" in subjects
    assert f"<{_ID}project/hekang-plant>" in subjects
