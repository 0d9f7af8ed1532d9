"""When something is done that a passage states with a time: a plan is told as one."""

from pathlib import Path

import pytest

from citykg.ask import open_asker
from citykg.ask.asking import Asker
from citykg.build import build
from citykg.init import init
from citykg.store import rows


@pytest.fixture(scope="module")
def wanglan(tmp_path_factory: pytest.TempPathFactory) -> Asker:
    """The graph that ``citykg init`` makes."""
    folder: Path = tmp_path_factory.mktemp("when") / "wanglan"
    project = init(folder)
    build(project, keep_going=True)
    return open_asker(project=project)


@pytest.mark.parametrize(
    "question",
    [
        "溪头口袋公园什么时候建设",
        "什么时候建设溪头口袋公园？",
        "市政府什么时候建设溪头口袋公园",
        "市政府计划哪年建设溪头口袋公园",
        "市政府什么时候建设",
    ],
)
def test_the_time_of_a_plan_is_told_with_its_modality_and_its_passage(wanglan: Asker, question: str) -> None:
    answer = wanglan.ask(question)
    assert answer.text == "2025年（计划或目标，报道没有说已经完成）"
    assert [(a.label, a.note) for a in answer.answers] == [("2025年", "计划或目标，报道没有说已经完成")]
    assert [e.passage.rpartition("#")[2] for e in answer.evidence] == ["p04s01"]
    periods = [row["period"] for row in rows(wanglan.store, answer.sparql)]
    assert periods == ["2025"]


@pytest.mark.parametrize(
    "question",
    [
        "溪头口袋公园什么时候建成",  # it is planned, and not said when it is done
        "溪头口袋公园什么时候建设市政府",  # the other way round
        "林知远什么时候建设溪头口袋公园",
        "桂园口袋公园什么时候建设",
    ],
)
def test_no_time_is_told_of_what_is_not_stated(wanglan: Asker, question: str) -> None:
    assert wanglan.ask(question).status == "unknown"


@pytest.mark.parametrize("question", ["2025年计划建什么", "2025年打算建设什么", "2025年计划建些什么？"])
def test_what_is_planned_for_a_year_is_told_whoever_plans_it(wanglan: Asker, question: str) -> None:
    answer = wanglan.ask(question)
    assert answer.text == "溪头口袋公园（计划或目标，报道没有说已经完成）"
    assert [e.what for e in answer.evidence] == [("望岚市人民政府 建设 溪头口袋公园",)]
    assert [row["x"] for row in rows(wanglan.store, answer.sparql)] == [answer.answers[0].iri]


@pytest.mark.parametrize("question", ["2024年计划建什么", "2025年计划治理什么", "2025年已经建了什么"])
def test_nothing_is_told_of_a_year_for_which_it_is_not_planned(wanglan: Asker, question: str) -> None:
    answer = wanglan.ask(question)
    assert answer.status in ("unknown", "invalid")
