"""``citykg init``: what it prints, how it ends."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

Run = Callable[..., "CompletedProcess[str]"]


def test_init_says_what_is_where_and_what_comes_next(citykg: Run, tmp_path: Path) -> None:
    done = citykg("init", "my-city", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout == (
        "made my-city\n"
        "  data/entities/    the things: places, people, organisations, each declared once\n"
        "  data/articles/    one folder for each article: article.ttl (passages), "
        "facts.trig (what they state)\n"
        "  data/background/  what reasoning needs and no article says\n"
        "  ontology/         classes, properties, shapes, vocabularies\n"
        "  queries/          stored queries and data checks\n"
        "next: cd my-city && citykg build\n"
    )
    named = [line.split()[0] for line in done.stdout.splitlines() if line.startswith("  ")]
    assert all((tmp_path / "my-city" / name).is_dir() for name in named)


def test_init_speaks_chinese(citykg: Run, tmp_path: Path) -> None:
    done = citykg("init", "my-city", "--lang", "zh", cwd=tmp_path)
    assert done.stdout.startswith("已创建 my-city\n")


def test_the_made_project_builds_and_answers(citykg: Run, tmp_path: Path) -> None:
    citykg("init", "my-city", cwd=tmp_path)
    built = citykg("build", cwd=tmp_path / "my-city")
    assert built.returncode == 0, built.stdout + built.stderr
    asked = citykg(
        "query", "--text", "ASK { place:guiyuan-park city:locatedIn place:wanglan }", cwd=tmp_path / "my-city"
    )
    assert asked.returncode == 0, asked.stderr
    assert "true" in asked.stdout


def test_a_folder_that_is_not_empty_ends_with_3(citykg: Run, tmp_path: Path) -> None:
    (tmp_path / "x").touch()
    done = citykg("init", tmp_path)
    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr.startswith("citykg: error[folder-not-empty]: ")


def test_no_folder_is_wrong_usage(citykg: Run) -> None:
    assert citykg("init").returncode == 2


def test_help_opens_with_three_examples(citykg: Run) -> None:
    examples = [
        line for line in citykg("init", "--help").stdout.splitlines() if "citykg" in line and "  " in line[:2]
    ]
    assert len(examples) >= 3


def test_the_next_command_can_be_pasted_into_a_shell(citykg: Run, tmp_path: Path) -> None:
    assert citykg("init", "我的 城市", cwd=tmp_path).stdout.endswith("next: cd '我的 城市' && citykg build\n")
    here = tmp_path / "here"
    here.mkdir()
    assert citykg("init", ".", cwd=here).stdout.endswith("\nnext: citykg build\n")
    assert (here / "ontology").is_dir()
