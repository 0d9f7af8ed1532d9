"""`citykg show`: the whole output."""

import hashlib
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from citykg.project import Project

City = Callable[..., "subprocess.CompletedProcess[str]"]


def test_a_thing_is_shown_with_facts_figures_statements_mentions_and_passages(city: City) -> None:
    done = city("show", "和康", "--lang", "zh")
    assert done.returncode == 0
    assert done.stdout == (
        "和康制药  企业\n"
        "enterprise:hekang-pharma  <https://w3id.org/citykg/id/enterprise/hekang-pharma>\n"
        "又名: 和康、白河和康制药有限公司\n"
        "\n"
        "事实 (4)\n"
        "  位于       柳林园区       p01s01\n"
        "             ≈ 东区         推得\n"
        "             ≈ 白河         推得\n"
        "  ← 投资方   和康制药二期   p02s01\n"
        "\n"
        "数据 (1)\n"
        "  产值   120,000,000 unit:CCY_CNY   “1.2亿元”   已完成   p01s01 10–15\n"
        "\n"
        "陈述 (1)\n"
        "  city:Undertaking   和康制药 投资方 和康制药二期   计划   p02s01\n"
        "\n"
        "提及 (2)\n"
        "  “和康”       ×1   p01s01 4–6\n"
        "  “和康制药”   ×1   p02s01 26–30\n"
        "\n"
        "语段 (2)  白河访谈\n"
        "  p01s01   第1段第1句   0–24    李明\n"
        "  p02s01   第2段第1句   25–50\n"
    )


def test_names_are_english_when_asked_for_where_there_are_any(city: City) -> None:
    text = city("show", "和康", "--lang", "en").stdout
    assert "和康制药  enterprise\n" in text
    assert "  within       柳林园区       p01s01\n" in text
    assert "≈ Baihe        inferred\n" in text


def test_json_holds_the_same(city: City) -> None:
    card = json.loads(city("show", "enterprise:hekang-pharma", "--format", "json", "--lang", "zh").stdout)
    assert card["label"] == "和康制药"
    assert [fact["other"]["label"] for fact in card["facts"] if fact["inferred"]] == ["东区", "白河"]
    assert card["figures"][0]["value"] == "120000000"


def test_turtle_is_turtle(city: City) -> None:
    done = city("show", "和康", "--format", "turtle")
    triples = list(ox.parse(done.stdout.encode(), ox.RdfFormat.TURTLE))
    assert any(str(triple.object) == '"1.2亿元"' for triple in triples)


def test_an_ambiguous_name_lists_its_candidates_and_exits_1(city: City) -> None:
    done = city("show", "明月")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "citykg: error[ambiguous]: '明月' is the name of 2 things:\n"
        "  明月食品 (企业)  enterprise:mingyue\n"
        "  明月园 (项目)  project:mingyue\n"
        "hint: say which: enterprise:mingyue\n"
    )


def test_a_name_comes_from_standard_input_where_it_is_one(city: City) -> None:
    said = city("show", "和康").stdout
    assert city("show", "-", stdin="和康\n").stdout == said
    assert city("show", "-", stdin="\ufeff\n  和康 \r\n\n").stdout == said
    done = city("show", "-", stdin="和康\n明月园\n")
    assert (done.stdout, done.returncode) == ("", 2)
    assert "standard input has 2 lines, and one name is wanted" in done.stderr
    assert city("show", "-").returncode == 2


def test_an_unknown_name_gets_the_nearest_and_exits_1(city: City) -> None:
    done = city("show", "和糠制药")
    assert done.returncode == 1
    assert done.stderr.startswith(
        "citykg: error[not-found]: nothing is called '和糠制药'\nhint: did you mean 和康制药"
    )


def test_the_text_of_a_passage_is_shown_where_it_is_at_hand_and_its_digest_agrees(
    citykg: City, small_project: Project
) -> None:
    folder = small_project.root
    citykg("build", "--validator", "none", "--keep-going", cwd=folder)
    (article,) = small_project.articles()
    text = (article / "text.txt").read_text(encoding="utf-8")
    card = json.loads(citykg("show", _some_mentioned(citykg, folder), "--format", "json", cwd=folder).stdout)
    assert card["places"]
    for place in card["places"].values():
        between = text[place["start"] : place["end"]]
        assert hashlib.sha256(between.encode()).hexdigest() == place["sha256"]
        assert place["text"] == between
    other = folder / "other.txt"
    other.write_text("x" + text, encoding="utf-8")
    (article / "text.txt").unlink()
    without = citykg("show", card["thing"], "--format", "json", cwd=folder)
    assert all("text" not in place for place in json.loads(without.stdout)["places"].values())
    assert without.stderr == ""
    wrong = citykg("show", card["thing"], "--format", "json", "--article", other, cwd=folder)
    assert json.loads(wrong.stdout) == json.loads(without.stdout)
    assert wrong.stderr.startswith("note: the digests of 1 of 1 passages here do not agree")
    assert wrong.stderr.endswith(f"{other}: shown without their words\n")
    nowhere = citykg("show", card["thing"], "--article", folder / "data", cwd=folder)
    assert nowhere.returncode == 3
    assert "error[article-not-found]" in nowhere.stderr


def _some_mentioned(citykg: City, folder: Path) -> str:
    named = "GRAPH ?g { ?t ?p ?o } ?g city:ofArticle ?a FILTER NOT EXISTS { ?t city:inPassage ?g }"
    text = f"SELECT ?t {{ {named} }} ORDER BY ?t LIMIT 1"
    return citykg("query", "--text", text, "--format", "csv", cwd=folder).stdout.splitlines()[1]
