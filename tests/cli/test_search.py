"""`citykg search`: the whole output."""

import io
import json
import subprocess
import sys
from collections.abc import Callable

import pytest

from citykg.cli.values import line_for
from citykg.errors import CannotRun

City = Callable[..., "subprocess.CompletedProcess[str]"]


def test_into_a_pipe_hits_are_tab_separated(city: City) -> None:
    done = city("search", "和康", "--lang", "zh")
    assert done.stdout == (
        "label\ttype\tmatched\tthing\n"
        "和康制药\t企业\t和康\tenterprise:hekang-pharma\n"
        "和康制药二期\t项目\t和康制药二期\tproject:hekang-plant\n"
    )


def test_a_table_leaves_out_a_match_that_is_the_label(city: City) -> None:
    done = city("search", "明月", "--format", "table", "--lang", "en")
    assert done.stdout == (
        "Label      Type         Matched   Thing\n"
        "────────────────────────────────────────────────────\n"
        "明月食品   enterprise   明月      enterprise:mingyue\n"
        "明月园     project      明月      project:mingyue\n"
    )


def test_json_says_how_a_name_matched(city: City) -> None:
    (hit,) = json.loads(city("search", "和康", "--limit", "1", "--format", "json", "--lang", "zh").stdout)
    assert hit == {
        "thing": "https://w3id.org/citykg/id/enterprise/hekang-pharma",
        "curie": "enterprise:hekang-pharma",
        "label": "和康制药",
        "types": [{"type": "https://w3id.org/citykg/ontology#Enterprise", "label": "企业"}],
        "matched": "和康",
        "alias": True,
        "match": "exact",
    }


def test_nothing_found_is_a_header_and_exit_0(city: City) -> None:
    done = city("search", "无此名")
    assert (done.stdout, done.returncode) == ("label\ttype\tmatched\tthing\n", 0)
    done = city("search", "无此名", "--format", "table")
    assert (done.stdout, done.stderr, done.returncode) == ("", "nothing found\n", 0)


def test_a_text_comes_from_standard_input_where_it_is_one(city: City) -> None:
    assert city("search", "-", stdin="和康\n").stdout == city("search", "和康").stdout
    assert "error[empty-search]" in city("search", "-").stderr
    assert "2 lines, and one text is wanted" in city("search", "-", stdin="a\nb").stderr


def test_a_limit_of_none_shows_none(city: City) -> None:
    done = city("search", "和康", "--limit", "0")
    assert (done.stdout, done.returncode) == ("label\ttype\tmatched\tthing\n", 0)
    done = city("search", "和康", "--limit", "0", "--format", "table")
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_an_empty_text_or_a_wrong_limit_is_exit_2(city: City) -> None:
    assert "error[empty-search]" in city("search", " ").stderr
    for limit in ("-1", "x", "1.5", "²"):
        done = city("search", "和康", f"--limit={limit}")
        assert (done.returncode, "for example --limit 5" in done.stderr) == (2, True)


def test_a_name_that_is_not_utf8_is_told_how_to_convert_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("和康".encode("gb18030"))))
    with pytest.raises(CannotRun) as caught:
        line_for("-", "name")
    assert (caught.value.code, "| iconv -f GB18030" in caught.value.hint) == ("not-utf8", True)
