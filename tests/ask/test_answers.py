"""What an answer says: units as people write them, modality, what was not understood, what is nearby."""

import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import citykg
from citykg.ask.asking import Asker
from citykg.ask.words.amounts import number_of
from citykg.ask.words.indexing import build
from citykg.build import build as rebuild


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("联顺制药项目总投资多少", "120亿元"),
        ("七台河获得了多少枚冬奥金牌", "7枚"),
        ("七台河造林绿化多少亩", "8719.2亩"),
        ("风力发电项目的装机容量是多少", "20万千瓦"),
        ("民营企业产值占比是多少", "74.7%"),
        ("全市规上企业有多少户", "117户"),
        ("七台河是四大煤城之一吗", "是"),
        ("七台河是省吗", "否"),
    ],
)
def test_figures_are_written_as_people_write_them(asker: Asker, question: str, label: str) -> None:
    assert [item.label for item in asker.ask(question).answers] == [label]


def test_a_plan_is_called_a_plan(asker: Asker) -> None:
    answer = asker.ask("七台河打算建设哪些矿山")
    assert answer.status == "answered"
    assert asker.index.message("planned-note") in answer.text


def test_a_computed_figure_shows_how_it_was_computed(asker: Asker) -> None:
    answer = asker.ask("世界级金牌比冬奥金牌多多少枚")
    assert answer.answers[0].value == 170
    assert "177枚 − " in answer.text or "− " in answer.text


def test_evidence_says_who_says_it_and_where(asker: Asker) -> None:
    evidence = asker.ask("联顺制药项目总投资多少").evidence[0]
    assert evidence.passage.endswith("#p14s02")
    assert evidence.speaker_label == "王文力"
    assert evidence.end > evidence.start > 0


def test_what_was_not_understood_is_named(asker: Asker) -> None:
    answer = asker.ask("哈尔滨去年的GDP是多少")
    assert answer.status == "unknown"
    assert "图中没有哈尔滨的地区生产总值" in answer.text
    assert any("哈尔滨" in suggestion for suggestion in answer.suggestions)


def test_a_slip_is_told(asker: Asker) -> None:
    answer = asker.ask("联顺制约项目总投资是多少")
    assert asker.index.message("understood-as", words="联顺制约项目", label="联顺制药项目") in answer.text


def test_this_year_is_the_year_of_the_report(asker: Asker) -> None:
    answer = asker.ask("今年重点项目总投资多少")
    assert answer.answers[0].value == 55_450_000_000
    assert "2023" in answer.text


def test_the_reading_is_explained_in_parts(asker: Asker) -> None:
    reading = asker.ask("七台河有哪些口袋公园").reading
    assert reading["words"][0]["text"] == "七台河"
    assert reading["score"] == pytest.approx(1 + sum(part["points"] for part in reading["parts"]))


def test_the_object_has_exactly_the_fields_of_the_contract(asker: Asker) -> None:
    found = asker.ask("联顺制药项目总投资多少").as_json()
    assert list(found) == [
        "question", "status", "answers", "text", "sparql", "evidence", "reading", "suggestions"
    ]  # fmt: skip
    assert set(found["answers"][0]) == {"label", "value", "unit"}
    assert set(found["evidence"][0]) == {"article", "passage", "start", "end", "speaker"}
    json.dumps(found)


def test_the_index_is_the_same_every_time(asker: Asker) -> None:
    assert build(asker.store) == build(asker.store)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("120亿", 12_000_000_000),
        ("三十四", 34),
        ("1,000万", 10_000_000),
        ("二〇二三", 2023),
        ("34.3亿", 3_430_000_000),
        ("十五", 15),
    ],
)
def test_numbers_are_read_in_digits_and_characters(text: str, number: int) -> None:
    assert number_of(text) == number


def test_the_package_is_the_function(monkeypatch: pytest.MonkeyPatch, asker: Asker) -> None:
    import citykg.ask as package

    monkeypatch.setattr(package, "open_asker", lambda **_: asker)
    assert citykg.ask("联顺制药项目总投资多少").answers[0].value == 12_000_000_000  # type: ignore[operator]


def test_a_graph_stays_open_until_it_is_built_anew(measure: ModuleType, tmp_path: Path) -> None:
    import citykg.ask as package

    project = measure.second_city_project(tmp_path)
    things = project.root / "data" / "entities" / "things.ttl"
    rebuild(project, keep_going=True, wait=600)
    assert citykg.ask("西岭省是什么", project=project).status == "answered"  # type: ignore[operator]
    opened = package._kept_open(project)
    assert package._kept_open(project) is opened
    named = things.read_text(encoding="utf-8").replace("西岭", "西屏")
    things.write_text(named, encoding="utf-8")
    rebuild(project, keep_going=True, wait=600)
    assert citykg.ask("西屏省是什么", project=project).status == "answered"  # type: ignore[operator]
    assert package._kept_open(project) is not opened


def test_neither_jieba_nor_its_dictionary_is_loaded_before_a_question() -> None:
    code = "import citykg.ask.asking, sys; print('jieba' in sys.modules, 'pkg_resources' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
