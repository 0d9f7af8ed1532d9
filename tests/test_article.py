"""The text of an article: found, checked by digest, cut into passages."""

import hashlib
import shutil
from pathlib import Path

import pytest

from citykg.article import (
    Passage,
    check_articles,
    check_text,
    find_passage_texts,
    find_text,
    passage_texts,
    read_passages,
    read_text,
)
from citykg.errors import CannotRun, UsageError
from citykg.manifest import read_inputs
from citykg.project import Project

_TEXT = "埠头市\n码头公园开放，1.50公顷。\n"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _passage(name: str, start: int, end: int, text: str) -> Passage:
    return Passage(f"urn:{name}", start, end, _digest(text))


def test_positions_count_code_points() -> None:
    check_text("𠮷" + _TEXT, [_passage("one", 1, 4, "埠头市")], name="x")


def test_a_differing_passage_is_named_with_both_digests() -> None:
    right, wrong = _passage("right", 0, 3, "埠头市"), _passage("wrong", 4, 8, "码头花园")
    with pytest.raises(CannotRun) as caught:
        check_text(_TEXT, [right, wrong], name="x.txt")
    error = caught.value
    assert error.code == "article-differs"
    assert "1 of 2" in error.message
    assert "urn:wrong" in error.message
    assert "urn:right" not in error.message
    assert wrong.sha256 in error.message
    assert _digest("码头公园") in error.message


def test_a_text_that_ends_too_early_says_so() -> None:
    with pytest.raises(CannotRun, match="ends before"):
        check_text("埠", [_passage("one", 0, 3, "埠头市")], name="x")


def test_line_ends_are_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "x.txt"
    file.write_bytes("埠头市\r\n码头\r\n".encode())
    assert read_text(file) == "埠头市\r\n码头\r\n"


def test_a_text_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "旧 稿.txt"
    file.write_bytes(_TEXT.encode("gb18030"))
    with pytest.raises(CannotRun) as caught:
        read_text(file)
    assert caught.value.code == "not-utf8"
    assert caught.value.hint.endswith(f" -t UTF-8 '{file}'")


def test_only_passages_that_agree_are_cut() -> None:
    passages = [_passage("right", 0, 3, "埠头市"), _passage("wrong", 4, 8, "码头花园")]
    assert passage_texts(_TEXT, passages) == {"urn:right": "埠头市"}


def test_a_text_is_found_by_its_articles_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_project: Project
) -> None:
    folder = small_project.articles()[0]
    assert find_text(folder) == folder / "text.txt"
    named = tmp_path / f"{folder.name}.txt"
    named.write_text("x", encoding="utf-8")
    monkeypatch.setenv("CITYKG_ARTICLES", str(tmp_path))
    assert find_text(folder) == named
    assert find_text(folder, article=tmp_path) == named
    assert find_text(folder, article=folder / "text.txt") == folder / "text.txt"


def test_a_named_text_that_does_not_exist_is_refused(small_project: Project) -> None:
    with pytest.raises(CannotRun) as caught:
        find_text(small_project.articles()[0], article=Path("nowhere.txt"))
    assert caught.value.code == "article-not-found"


def test_passages_are_read_in_the_order_of_the_text(small_project: Project) -> None:
    file = small_project.articles()[0] / "article.ttl"
    passages = read_passages(small_project, file.read_bytes(), file)
    assert [(passage.start, passage.end) for passage in passages] == [(0, 3), (4, 18)]


def test_with_two_articles_a_text_must_be_named_after_one(small_project: Project, tmp_path: Path) -> None:
    first = small_project.articles()[0]
    second = first.with_name("dock-2024-02-03")
    second.mkdir()
    article = (first / "article.ttl").read_text(encoding="utf-8")
    (second / "article.ttl").write_text(article.replace("2024-01-02", "2024-02-03"), encoding="utf-8")
    text = tmp_path / "some.txt"
    text.write_text(_TEXT, encoding="utf-8")
    inputs = read_inputs(small_project)
    with pytest.raises(UsageError) as caught:
        check_articles(small_project, inputs, article=text)
    assert caught.value.code == "which-article"
    named = text.rename(tmp_path / "dock-2024-02-03.txt")
    assert check_articles(small_project, inputs, article=named) == {"dock-2024-02-03": 2}


@pytest.mark.article
def test_the_shipped_passages_agree_with_the_article(shipped_project: Project, articles_folder: Path) -> None:
    checked = check_articles(shipped_project, read_inputs(shipped_project), article=articles_folder)
    assert sum(checked.values()) > 0
    assert len(checked) == len(shipped_project.articles())


def test_a_folder_with_the_text_of_no_article_is_refused(tmp_path: Path, small_project: Project) -> None:
    (tmp_path / "other.txt").write_text(_TEXT, encoding="utf-8")
    with pytest.raises(CannotRun) as caught:
        check_articles(small_project, read_inputs(small_project), article=tmp_path)
    assert caught.value.code == "article-not-found"
    assert "dock-2024-01-02" in caught.value.hint


def test_a_folder_of_texts_leaves_the_others_to_where_they_are_found(
    tmp_path: Path, small_project: Project
) -> None:
    (folder,) = small_project.articles()
    other = folder.with_name("dock-2024-02-03")
    shutil.copytree(folder, other)
    shutil.copy(folder / "text.txt", tmp_path / "dock-2024-02-03.txt")
    assert find_text(other, article=tmp_path) == tmp_path / "dock-2024-02-03.txt"
    assert find_text(folder, article=tmp_path) == folder / "text.txt"
    (folder / "text.txt").write_text("x", encoding="utf-8")
    with pytest.raises(CannotRun, match="is not the text"):
        check_articles(small_project, read_inputs(small_project), article=tmp_path)


def test_a_variable_that_names_no_folder_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_project: Project
) -> None:
    monkeypatch.setenv("CITYKG_ARTICLES", str(tmp_path / "none"))
    with pytest.raises(CannotRun, match=r"CITYKG_ARTICLES names .*none, which is no folder"):
        check_articles(small_project, read_inputs(small_project))


def test_a_text_for_a_project_without_articles_is_refused(tmp_path: Path, small_project: Project) -> None:
    shutil.rmtree(small_project.root / "data" / "articles")
    text = tmp_path / "x.txt"
    text.write_text(_TEXT, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        check_articles(small_project, read_inputs(small_project), article=text)
    assert (caught.value.code, caught.value.hint) == ("which-article", "the project has none")


def test_texts_that_differ_are_counted_by_file(tmp_path: Path, small_project: Project) -> None:
    (folder,) = small_project.articles()
    content = (folder / "article.ttl").read_bytes()
    passages = {f"urn:a/{folder.name}": read_passages(small_project, content, folder / "article.ttl")}
    assert find_passage_texts(small_project, passages).differing == ()
    wrong = tmp_path / "any.txt"
    wrong.write_text("别的文字，与哪一篇都不同。\n" * 9, encoding="utf-8")
    found = find_passage_texts(small_project, passages, article=wrong)
    assert (found.texts, found.differing) == ({}, ((wrong, 2, 2),))
    edited = tmp_path / "edited.txt"
    edited.write_text(
        (folder / "text.txt").read_text(encoding="utf-8").replace("公园", "花园"), encoding="utf-8"
    )
    found = find_passage_texts(small_project, passages, article=edited)
    assert (len(found.texts), found.differing) == (1, ((edited, 1, 2),))
