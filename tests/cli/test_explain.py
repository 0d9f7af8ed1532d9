"""`citykg explain`: the whole output."""

import json
import subprocess
from collections.abc import Callable

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
