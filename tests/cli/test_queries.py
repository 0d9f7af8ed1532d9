"""`citykg queries`: the whole output."""

import json
import subprocess
from collections.abc import Callable

City = Callable[..., "subprocess.CompletedProcess[str]"]


def test_all_are_listed_by_topic_with_both_titles_and_parameters(city: City) -> None:
    assert city("queries").stdout == (
        "people\n"
        "  officials  官员  Officials\n"
        "\n"
        "projects\n"
        "  echo                 参数原样  Each parameter as the term that it became"
        "  [text=白河] [count=1] [share=0.5] [day=2024-01-02] [year=2024] [sure=true]"
        " [colour=red] [name=名] [month=2024-01] [other]\n"
        "  project-investments  项目投资  Projects by amount                         [min=0] [investor]\n"
        "\n"
    )


def test_one_is_shown_in_full(city: City) -> None:
    done = city("queries", "project-investments", "--lang", "zh")
    assert done.stdout == (
        "project-investments  项目投资  Projects by amount\n"
        "哪些项目投资不少于给定金额？\n"
        "Projects whose investment is at least so much.\n"
        "\n"
        "参数\n"
        "  min       decimal  默认 0  最低金额 人民币元\n"
        "  investor  thing    可省略  投资方\n"
        "\n"
        "列\n"
        "  project 项目, amount 金额, investor 投资方\n"
        "\n"
        "PREFIX city: <https://w3id.org/citykg/ontology#>\n"
        "SELECT ?project ?amount ?investor WHERE {\n"
        "  ?project city:amount ?amount ; city:investor ?investor .\n"
        "  FILTER(?amount >= ?_min && COALESCE(?investor = ?__investor, true))\n"
        "}\n"
        "ORDER BY DESC(?amount) ?project\n"
    )


def test_a_narrow_terminal_gets_the_english_titles_below_and_the_sparql_as_it_is(
    terminal: Callable[..., tuple[str, str]],
) -> None:
    out, _ = terminal(44, "queries", "--topic", "people")
    assert out == "people\n  officials  官员  Officials\n\n"
    out, _ = terminal(24, "queries", "--topic", "people")
    assert out == "people\n  officials  官员\n             Officials\n\n"
    out, _ = terminal(44, "queries", "project-investments")
    assert "\n  FILTER(?amount >= ?_min && COALESCE(?investor = ?__investor, true))\n" in out


def test_names_alone_are_for_completion(city: City) -> None:
    assert city("queries", "--names").stdout == "echo\nofficials\nproject-investments\n"
    assert city("queries", "--names", "--topic", "people").stdout == "officials\n"


def test_json_is_for_programs(city: City) -> None:
    listed = json.loads(city("queries", "--format", "json").stdout)
    assert [query["name"] for query in listed] == ["officials", "echo", "project-investments"]
    one = json.loads(city("queries", "project-investments", "--format", "json").stdout)
    assert one["parameters"][1] == {
        "name": "investor",
        "type": "thing",
        "label": "投资方",
        "description": "",
        "default": None,
        "required": False,
        "choices": [],
    }


def test_an_unknown_name_or_topic_gets_the_nearest(city: City) -> None:
    name = city("queries", "official")
    assert (name.returncode, name.stderr) == (
        2,
        "citykg: error[unknown-query]: no stored query 'official'\nhint: did you mean officials?\n",
    )
    topic = city("queries", "--topic", "peple")
    assert (topic.returncode, topic.stderr) == (
        2,
        "citykg: error[unknown-topic]: no topic 'peple'\nhint: did you mean people?\n",
    )
