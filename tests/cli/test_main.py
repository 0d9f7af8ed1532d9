"""What holds for every verb: where options stand, how errors look, how processes end."""

import argparse
import importlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from citykg import __version__
from citykg.cli.main import VERBS, available_verbs, full_parser, run
from citykg.cli.options import default_language
from citykg.cli.render import use_colour
from citykg.project import Project

City = Callable[..., "subprocess.CompletedProcess[str]"]

_ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"


def test_without_a_verb_the_help_lists_those_that_exist(city: City) -> None:
    done = city()
    assert done.returncode == 0
    for verb, line in available_verbs():
        assert f"  {verb}" in done.stdout
        assert line in done.stdout
    assert set(available_verbs()) <= set(VERBS)


def test_the_version_is_that_of_the_package(city: City) -> None:
    assert city("--version").stdout == city("-V").stdout == f"citykg {__version__}\n"


@pytest.mark.parametrize("verb", [verb for verb, _ in available_verbs()])
def test_every_verb_explains_itself_with_examples(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["help", verb])
    assert ended.value.code == 0
    text = capsys.readouterr().out
    assert text.startswith(f"usage: citykg {verb}")
    assert text.count("  citykg ") >= 2
    unused = importlib.import_module(f"citykg.cli.{verb}").WITHOUT if verb in _WITHOUT else ()
    assert [f"--{name} DIR" in text for name in ("project", "store")] == [
        name not in unused for name in ("project", "store")
    ]


def test_the_short_form_of_format_is_that_of_every_verb_that_has_it() -> None:
    verbs = next(a for a in full_parser()._actions if isinstance(a, argparse._SubParsersAction)).choices
    having = [verb for verb, parser in verbs.items() if "--format" in parser._option_string_actions]
    assert len(having) > 10
    for verb in having:
        options = verbs[verb]._option_string_actions
        assert options.get("-f") is options["--format"], verb


_WITHOUT = ("build", "completion", "init", "queries", "validate")


@pytest.mark.parametrize("verb", _WITHOUT)
@pytest.mark.parametrize("place", ["before", "after"])
def test_a_global_option_that_a_verb_would_ignore_is_refused(
    verb: str, place: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    needed = {"completion": ["bash"], "init": [str(tmp_path / "new")]}.get(verb, [])
    for name in importlib.import_module(f"citykg.cli.{verb}").WITHOUT:
        option = [f"--{name}", "/nonexistent"]
        assert run([*option, verb, *needed] if place == "before" else [verb, *needed, *option]) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert captured.err.startswith(f"citykg: error[usage]: --{name} /nonexistent: {verb} ")
        assert f"leave --{name} out" in captured.err
    assert not list(tmp_path.iterdir())


def test_every_verb_is_in_the_full_parser_with_the_global_options() -> None:
    parser = full_parser()
    for verb, _ in available_verbs():
        assert verb in parser.format_help()


def test_global_options_stand_before_or_after_the_verb(
    citykg: City, made_up_city: Project, tmp_path: Path
) -> None:
    project = str(made_up_city.root)
    outputs = {
        citykg(*arguments, cwd=tmp_path).stdout
        for arguments in (
            ("--project", project, "query", "officials"),
            ("query", "--project", project, "officials"),
            ("query", "officials", f"--project={project}"),
            ("-q", "query", "officials", "--project", project),
        )
    }
    assert len(outputs) == 1
    assert "person/li" in outputs.pop()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["serach", "x"], "unknown-verb", "did you mean search?"),
        (["query", "officials", "--fromat", "csv"], "unknown-option", "did you mean --format?"),
        (["query", "officials", "--format", "cvs"], "usage", "invalid choice: 'cvs'"),
        (["query", "officials", "more"], "usage", "unexpected argument 'more'"),
        (["--lang", "fr", "queries"], "usage", "invalid choice: 'fr'"),
        (["--projct", "x", "queries"], "unknown-option", "did you mean --project?"),
        (["query", "officials", "--store", "ftp://x/y"], "wrong-url", "http://host:port/path"),
        (["--quiet"], "no-verb", "citykg --help"),
        (["query"], "usage", "citykg queries"),
        (["query", "officials", "--timeout", "soon"], "usage", "for example --timeout 5"),
        (["query", "officials", "--timeout", "1e300"], "usage", "at most --timeout 1000000"),
        (["ask", "谁", "--timeout", "0"], "usage", "not a positive number of seconds"),
        *(
            ([verb, "http://127.0.0.1:9", "--timeout", text], "usage", f"--timeout {text}: ")
            for verb in ("load", "verify")
            for text in ("-1", "0", "nan", "inf", "soon", "")
        ),
        *((["build", "--wait", text], "usage", f"--wait {text}: ") for text in ("-1", "nan", "inf", "soon")),
        (["validate", "--limit", "x"], "usage", "--limit x: not a whole number"),
        *(
            (arguments, "usage", " is empty\nhint: is a variable of the shell not set?")
            for arguments in (
                ["diff", ""],
                ["diff", "data/graph.trig", ""],
                ["validate", ""],
                ["init", ""],
                ["load", "http://127.0.0.1:9", "--from", ""],
                ["export", "--construct", ""],
                ["export", "--thing", " "],
                ["explain", "", "a", "x"],
                ["explain", "x", "", "x"],
            )
        ),
        *(
            (arguments, "empty-search", "hint: ")
            for arguments in (["show", " "], ["show", "-"], ["search", ""], ["search", "-"])
        ),
        (["query", ""], "unknown-query", "citykg queries"),
        (["show", "enterprize:mingyue"], "unknown-prefix", "did you mean enterprise:"),
        (["query", "officials", "--param", "min"], "usage", "not NAME=VALUE"),
        (["search"], "usage", "TEXT"),
    ],
)
def test_wrong_usage_is_one_message_on_stderr_and_exit_2(
    city: City, arguments: list[str], code: str, words: str
) -> None:
    done = city(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith(f"citykg: error[{code}]: ")
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_is_no_project_is_exit_3(citykg: City, tmp_path: Path) -> None:
    done = citykg("queries", "--project", tmp_path)
    assert done.returncode == 3
    assert "error[no-project]" in done.stderr


def test_a_fault_of_ours_is_one_line_and_the_traceback_is_asked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, made_up_city: Project
) -> None:
    import citykg.cli.queries

    def broken(_: object) -> int:
        raise ZeroDivisionError("no such number")

    monkeypatch.setattr(citykg.cli.queries, "run", broken)
    assert run(["queries", "--project", str(made_up_city.root)]) == 3
    error = capsys.readouterr().err
    assert error.startswith("citykg: error[internal]: ZeroDivisionError: no such number")
    assert error.count("\n") == 1
    monkeypatch.setenv("CITYKG_DEBUG", "1")
    assert run(["queries", "--project", str(made_up_city.root)]) == 3
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("locale", "language"),
    [("zh_CN.UTF-8", "zh"), ("ZH_TW", "zh"), ("en_GB.UTF-8", "en"), ("C", "en"), ("", "en")],
)
def test_the_language_of_headings_comes_from_the_locale(
    monkeypatch: pytest.MonkeyPatch, locale: str, language: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", locale)
    assert default_language() == language
    monkeypatch.setenv("LC_ALL", "zh_CN")
    assert default_language() == "zh"


def test_colour_is_asked_for_or_on_a_terminal_unless_no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal:
        def isatty(self) -> bool:
            return True

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert use_colour("auto", Terminal())  # type: ignore[arg-type]
    assert not use_colour("auto", sys.__stdin__) or sys.__stdin__.isatty()  # type: ignore[arg-type, union-attr]
    monkeypatch.setenv("NO_COLOR", "1")
    assert not use_colour("auto", Terminal())  # type: ignore[arg-type]
    assert use_colour("always", Terminal())  # type: ignore[arg-type]
    assert not use_colour("never", Terminal())  # type: ignore[arg-type]


def test_colours_are_written_when_asked_for(city: City) -> None:
    assert "\x1b[" in city("nope", "--color", "always").stderr
    assert "\x1b[" not in city("nope").stderr
    assert "\x1b[" in city("queries", "--color=always").stdout
    assert "\x1b[" not in city("queries").stdout


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_stream_that_is_closed_counts_as_the_null_device(made_up_city: Project, closed: str) -> None:
    arguments = {"<&-": "query -", ">&-": "search 李明", "2>&-": "query officials"}.get(closed, "ask")
    command = f"{sys.executable} -m citykg {arguments} {closed}"
    done = subprocess.run(
        ["/bin/sh", "-c", command], cwd=made_up_city.root, capture_output=True, encoding="utf-8", check=False
    )
    assert "error[internal]" not in done.stderr
    assert ("error[query-syntax]" in done.stderr) == (closed == "<&-")
    assert done.returncode == (3 if closed == "<&-" else 0)
    assert bool(done.stdout) == (closed == "2>&-")


@pytest.mark.parametrize(
    "arguments",
    [
        "query officials",
        "export",
        "queries",
        "queries officials",
        "search dock",
        "show place:baihe",
        "explain place:baihe a city:City",
        "validate",
        "ask 谁",
        "--help",
        "help show",
        "--version",
        "",
    ],
)
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_behind_standard_output_is_one_message(
    made_up_city: Project, arguments: str, unbuffered: str
) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this system")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "citykg", *arguments.split()],
            cwd=made_up_city.root,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert done.stderr == (
        "citykg: error[cannot-write]: standard output: No space left on device\n"
        "hint: send it to a place with room\n"
    )
    assert done.returncode == 3


def test_a_closed_pipe_ends_the_process_quietly_by_sigpipe(made_up_city: Project) -> None:
    command = [sys.executable, "-m", "citykg", "query", "--text", "SELECT * { ?s ?p ?o . ?a ?b ?c }"]
    with subprocess.Popen(
        command, cwd=made_up_city.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        errors = process.stderr.read()
        status = process.wait(timeout=60)
    assert errors == b""
    assert status == -signal.SIGPIPE


@pytest.mark.parametrize("engine", ["oxigraph", "rdflib"])
def test_ctrl_c_ends_an_endless_query_with_one_line_and_130(made_up_city: Project, engine: str) -> None:
    command = [sys.executable, "-m", "citykg", "query", "--engine", engine, "--text", _ENDLESS]
    with subprocess.Popen(
        command, cwd=made_up_city.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        time.sleep(3)  # until it runs; were it too short, Python itself would end it with another message
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=60)
    assert (output, errors, process.returncode) == ("", "citykg: interrupted\n", 130)


def test_a_query_that_runs_too_long_is_told_apart_from_a_failure(city: City) -> None:
    done = city("query", "--text", _ENDLESS, "--timeout", "1")
    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr.startswith(
        "citykg: error[time-out]: no answer within 1 seconds\nhint: raise it with --timeout"
    )


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_the_completion_script_knows_verbs_and_options_and_the_shell_can_read_it(
    city: City, shell: str, tmp_path: Path
) -> None:
    done = city("completion", shell)
    assert done.returncode == 0
    for word in ("query", "search", "--format", "--project", "citykg queries --names"):
        assert word in done.stdout
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} on this system")
    script = tmp_path / "script"
    script.write_text(done.stdout, encoding="utf-8")
    read = subprocess.run([shell, "-n", script], capture_output=True, encoding="utf-8", check=False)
    assert (read.stderr, read.returncode) == ("", 0)


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("citykg que", ["query", "queries"]),
        ("citykg query off", ["officials"]),
        ("citykg queries project-", ["project-investments"]),
        ("citykg query --format cs", ["csv"]),
        ("citykg validate citykg-", ["citykg-notes.ttl"]),
        ("citykg query citykg-", ["citykg-notes.ttl"]),
    ],
)
def test_bash_completes_verbs_values_stored_queries_and_files(
    city: City, made_up_city: Project, tmp_path: Path, words: str, completed: list[str]
) -> None:
    if shutil.which("bash") is None:
        pytest.skip("no bash on this system")
    (tmp_path / "citykg-notes.ttl").touch()
    (tmp_path / "citykg").write_text(
        f'#!/bin/sh\nexec {sys.executable} -m citykg "$@" --project {made_up_city.root}\n'
    )
    (tmp_path / "citykg").chmod(0o755)
    (tmp_path / "script").write_text(city("completion", "bash").stdout, encoding="utf-8")
    program = f"""\
PATH={tmp_path}:$PATH; source ./script
COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
declared=$(complete -p citykg); function=${{declared#*-F }}; function=${{function%% *}}
$function citykg "${{COMP_WORDS[COMP_CWORD]}}" "${{COMP_WORDS[COMP_CWORD-1]}}"
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    done = subprocess.run(
        ["bash", "-c", program], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert done.stdout.split() == completed, done.stderr
