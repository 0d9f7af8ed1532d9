"""`citykg ask`: the answer first, then the passages; one object a line; the exit status says
whether it knew.
"""

import json
import os
import select
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from citykg.project import Project


@pytest.fixture
def ask(citykg: Any, shipped_project: Project, shipped_build: Path) -> Any:
    """Ask the shipped graph in a process of its own."""

    def run(*arguments: object, stdin: str = "") -> Any:
        return citykg(
            "ask", *arguments, "--project", shipped_project.root, "--store", shipped_build, stdin=stdin
        )

    return run


def test_the_answer_comes_first_and_its_passage_below(ask: Any) -> None:
    done = ask("联顺制药项目总共要投多少钱")
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "120亿元",
        "  王文力 · 第14段第2句 (字符 1331–1387) · 联顺制药项目 — 总投资",
    ]
    assert done.stderr == ""


def test_a_dash_reads_standard_input(ask: Any) -> None:
    done = ask("-", stdin="联顺制药项目总共要投多少钱\n")
    assert done.returncode == 0
    assert done.stdout.startswith("120亿元\n")


def test_what_is_not_known_ends_with_one(ask: Any) -> None:
    done = ask("哈尔滨去年的GDP是多少")
    assert done.returncode == 1
    assert done.stdout.startswith("不知道：图中没有哈尔滨的地区生产总值。")


def test_the_query_is_shown_on_request(ask: Any) -> None:
    done = ask("七台河有哪些口袋公园", "--sparql")
    assert "SELECT DISTINCT ?x" in done.stdout


def test_the_score_is_shown_on_request(ask: Any) -> None:
    assert "  value: " in ask("联顺制药项目总投资多少", "--explain").stdout


def test_questions_come_from_standard_input_one_a_line(ask: Any) -> None:
    done = ask("--format", "json", stdin="联顺制药项目总投资多少\n\n今天天气怎么样\n")
    objects = [json.loads(line) for line in done.stdout.splitlines()]
    assert [o["status"] for o in objects] == ["answered", "unknown"]
    assert done.returncode == 1


def test_control_characters_of_a_question_do_not_reach_the_terminal(ask: Any) -> None:
    done = ask("\x1b[31m七台河的\x1b[0m坏坏坏是多少")
    assert "\x1b" not in done.stdout


def test_bytes_that_are_no_text_are_one_message(
    citykg: Any, shipped_project: Project, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "citykg", "ask", "--project", str(shipped_project.root)],
        input=b"\xff\xfe\n",
        capture_output=True,
        check=False,
    )
    assert done.returncode == 3
    assert b"not-utf8" in done.stderr
    assert b"| iconv" in done.stderr


def test_help_has_three_examples(citykg: Any) -> None:
    assert citykg("ask", "--help").stdout.count("  citykg ask ") >= 3


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_terminal_is_prompted_and_its_lines_can_be_edited(
    shipped_project: Project, shipped_build: Path
) -> None:
    import pty

    ours, theirs = pty.openpty()
    place = ["--project", shipped_project.root, "--store", shipped_build]
    command = [sys.executable, "-m", "citykg", "ask", *place]
    shown = b""

    def read_until(text: str) -> None:
        nonlocal shown
        while text.encode() not in shown and select.select([ours], [], [], 60)[0]:
            shown += os.read(ours, 4096)
        assert text in shown.decode()
        shown = shown.partition(text.encode())[2]

    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        read_until("问：")
        backspace = b"\x7f"
        os.write(ours, "联顺制药项目总投资多少吗".encode() + backspace + b"\n")
        read_until("120亿元")
        read_until("问：")
        os.write(ours, b"\x04")  # the end of the input
        read_until("\n")
        with suppress(OSError):  # it has closed its end
            while os.read(ours, 4096):
                pass
    os.close(ours)
    assert process.returncode == 0


def test_answers_of_several_questions_stand_apart(ask: Any) -> None:
    lines = ask(stdin="联顺制药项目总投资多少\n七台河市委书记是谁\n").stdout.splitlines()
    assert lines.count("") == 1


def test_a_passage_that_bears_out_much_says_how_much_is_left_out(ask: Any) -> None:
    assert "… (+1)" in ask("七台河有哪些世界冠军").stdout
