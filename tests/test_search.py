"""Things by the names that people know them by."""

from pathlib import Path

import pytest

from citykg.ask.words.indexing import read_index
from citykg.errors import NegativeAnswer, UsageError
from citykg.opening import open_store
from citykg.prefixes import Prefixes, read_prefixes
from citykg.project import Project
from citykg.search import Match, find_thing, search
from citykg.search_index import FILE_NAME, build, index_of
from citykg.store import Store

_ID = "https://w3id.org/citykg/id/"


@pytest.fixture(scope="module")
def store(made_up_city: Project) -> Store:
    return open_store(made_up_city)


def test_exact_comes_before_prefix_and_prefix_before_substring(store: Store) -> None:
    hits = search(store, "和康制药")
    assert [(hit.label, hit.match) for hit in hits] == [
        ("和康制药", Match.EXACT),
        ("和康制药二期", Match.PREFIX),
    ]
    assert [hit.match for hit in search(store, "制药")] == [Match.PREFIX, Match.SUBSTRING, Match.SUBSTRING]


def test_each_thing_comes_once_with_the_name_that_matched_and_its_type(store: Store) -> None:
    (hit,) = search(store, "白河和康")
    assert hit.thing == f"{_ID}enterprise/hekang-pharma"
    assert hit.label == "和康制药"
    assert hit.name == "白河和康制药有限公司"
    assert hit.alias
    assert hit.type_labels == ("企业",)  # the most specific one, not 组织 as well
    assert search(store, "白河和康", language="en")[0].type_labels == ("enterprise",)


def test_things_come_before_terms_and_labels_before_aliases(store: Store) -> None:
    labels = [hit.label for hit in search(store, "明月")]
    assert labels == ["明月食品", "明月园"]
    assert next(hit.label for hit in search(store, "城")) == "城市"


def test_case_does_not_count(store: Store) -> None:
    assert search(store, "BAIHE")[0].label == "白河"
    assert find_thing(store, "bAIHE", prefixes=Prefixes({})) == f"{_ID}place/baihe"


def test_a_limit_keeps_the_best(store: Store) -> None:
    assert [hit.label for hit in search(store, "和康", limit=1)] == ["和康制药"]


@pytest.mark.parametrize("text", ["nothing like it", '"} DROP ALL', "\\", "?_text"])
def test_nothing_found_is_an_empty_list(store: Store, text: str) -> None:
    assert search(store, text) == []


@pytest.mark.parametrize("text", ["", "  "])
def test_an_empty_text_is_refused(store: Store, text: str) -> None:
    with pytest.raises(UsageError) as caught:
        search(store, text)
    assert caught.value.code == "empty-search"


@pytest.mark.parametrize(
    ("name", "thing"),
    [
        ("东区", "place/dongqu"),
        ("place:dongqu", "place/dongqu"),
        (f"{_ID}place/dongqu", "place/dongqu"),
        (f"<{_ID}place/dongqu>", "place/dongqu"),
        (" 白河市 ", "place/baihe"),
    ],
)
def test_a_name_means_one_thing(store: Store, made_up_city: Project, name: str, thing: str) -> None:
    prefixes = read_prefixes(made_up_city.prefix_file())
    assert find_thing(store, name, prefixes=prefixes) == _ID + thing


@pytest.mark.parametrize(
    "name", ["place:nowhere", f"{_ID}place/nowhere", "无此地", "", "<a b>", "http://a b"]
)
def test_what_is_not_there_is_not_found(store: Store, made_up_city: Project, name: str) -> None:
    with pytest.raises(NegativeAnswer) as caught:
        find_thing(store, name, prefixes=read_prefixes(made_up_city.prefix_file()))
    assert caught.value.code == "not-found"


def test_a_mistyped_curie_has_the_nearest_curie_as_its_hint(store: Store, made_up_city: Project) -> None:
    with pytest.raises(NegativeAnswer) as caught:
        find_thing(store, "enterprise:hekang-farma", prefixes=read_prefixes(made_up_city.prefix_file()))
    assert caught.value.hint.startswith("did you mean enterprise:hekang-pharma")


def test_words_are_found_in_any_order(store: Store) -> None:
    (hit, *_) = search(store, "有限公司 和康")
    assert (hit.label, hit.match) == ("和康制药", Match.WORDS)


@pytest.mark.parametrize("text", ["和康制要", "和康制", "和康制药药", "康和制药", "白河和康制要"])
def test_one_wrong_character_is_forgiven(store: Store, text: str) -> None:
    assert search(store, text)[0].thing == f"{_ID}enterprise/hekang-pharma"


def test_a_short_text_is_no_slip_of_another(store: Store) -> None:
    assert search(store, "和乐") == []


@pytest.fixture(scope="module")
def shipped(shipped_project: Project, shipped_build: Path) -> Store:
    return open_store(shipped_project, store=str(shipped_build))


def test_definitions_come_last(shipped: Store) -> None:
    matches = [hit.match for hit in search(shipped, "管理")]
    assert matches == sorted(matches)
    assert matches[-1] is Match.TEXT


def test_how_a_passage_words_a_name_is_found(shipped: Store) -> None:
    (wording, thing) = ("煤化工产业链条", "煤及煤化工产业链条")
    assert search(shipped, wording, limit=1)[0].label == thing


def test_the_words_of_a_name_are_those_of_jieba(shipped: Store) -> None:
    assert search(shipped, "桃山湖治理项目", limit=1)[0].label == "桃山湖生态环保水利综合治理项目"


def test_every_name_is_found_and_nearly_every_one_with_a_slip(shipped: Store) -> None:
    named = [n for n in index_of(shipped).named if n.kind in ("label", "alias") and n.layer == 0]
    assert len(named) > 400
    for n in named[::40]:
        assert n.thing in {hit.thing for hit in search(shipped, n.name)}
    slips = [n for n in named if len(n.name) >= 4][::40]
    found = sum(n.thing in {h.thing for h in search(shipped, f"{n.name[:2]}某{n.name[3:]}")} for n in slips)
    assert found / len(slips) >= 0.99


def test_the_index_is_built_with_the_graph(shipped: Store, shipped_build: Path) -> None:
    written = (Path(shipped.folder).parent / FILE_NAME).read_bytes()
    assert build(shipped, read_index(shipped)) == written
