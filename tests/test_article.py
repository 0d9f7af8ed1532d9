"""The text of an article: found, checked by digest, cut into passages."""

import hashlib
import shutil
from pathlib import Path

import pytest

from citykg.article import (
    EditedText,
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
    assert check_articles(small_project, inputs, article=named).passages == {"dock-2024-02-03": 2}


@pytest.mark.article
def test_the_shipped_passages_agree_with_the_article(shipped_project: Project, articles_folder: Path) -> None:
    checked = check_articles(shipped_project, read_inputs(shipped_project), article=articles_folder)
    assert sum(checked.passages.values()) > 0
    assert checked.edited == ()
    assert len(checked.passages) == len(shipped_project.articles())


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


def _saved(content: str, *, whole: str | None = None) -> CannotRun:
    """What is said of a text with the passages of another."""
    text = "埠头市\n码头公园开放，1.50公顷。\n"
    passages = [_passage("one", 0, 3, text[:3]), _passage("two", 4, 18, text[4:18])]
    with pytest.raises(CannotRun) as caught:
        check_text(content, passages, name="text.txt", whole=whole)
    assert caught.value.code == "article-differs"
    return caught.value


@pytest.mark.parametrize(
    ("content", "message", "hint"),
    [
        (
            "\ufeff" + _TEXT,
            "text.txt: the file begins with a byte order mark; without that it agrees",
            "save it without a byte order mark",
        ),
        (
            _TEXT.replace("\n", "\r\n"),
            "text.txt: the file has CRLF line ends; with LF it agrees",
            "save it with LF line ends",
        ),
        (
            "\ufeff" + _TEXT.replace("\n", "\r\n"),
            "text.txt: the file begins with a byte order mark and has CRLF line ends; "
            "without that and with LF it agrees",
            "save it without a byte order mark and with LF line ends",
        ),
    ],
)
def test_a_text_that_was_only_saved_otherwise_is_told_so(content: str, message: str, hint: str) -> None:
    error = _saved(content)
    assert (error.message, error.hint) == (message, hint)


def test_a_text_made_with_crlf_is_told_from_one_with_lf() -> None:
    text = _TEXT.replace("\n", "\r\n")
    passages = [_passage("one", 0, 3, text[:3]), _passage("two", 5, 19, text[5:19])]
    check_text(text, passages, name="text.txt")
    with pytest.raises(CannotRun, match="the file has LF line ends; with CRLF it agrees"):
        check_text(_TEXT, passages, name="text.txt")


def test_what_differs_besides_a_byte_order_mark_is_named() -> None:
    message = _saved("\ufeff" + _TEXT.replace("公园", "花园")).message
    first = "text.txt: the file begins with a byte order mark; even without that: 1 of 2 passages differ"
    assert message.splitlines()[:2] == [first, "  <urn:two> (4-18)"]


def test_the_digest_of_the_whole_tells_whether_the_text_or_the_data_is_wrong() -> None:
    content = _TEXT.replace("公园", "花园")
    error = _saved(content, whole=_digest(_TEXT))
    assert error.message.splitlines()[-3:] == [
        "  the whole file",
        f"    expected {_digest(_TEXT)}",
        f"    found    {_digest(content)}",
    ]
    error = _saved(content, whole=_digest(content))
    assert error.message.startswith("the passages of text.txt are not as described, though the file is")
    assert error.hint == "correct the positions and digests of these passages in article.ttl"


def test_a_text_that_differs_between_its_passages_is_told_apart(small_project: Project) -> None:
    (folder,) = small_project.articles()
    described, text = folder / "article.ttl", folder / "text.txt"
    content = described.read_text(encoding="utf-8")
    whole = _digest(text.read_text(encoding="utf-8"))
    described.write_text(
        content.replace("a city:Article .", f'a city:Article ; city:sha256 "{whole}" .'), encoding="utf-8"
    )
    assert check_articles(small_project, read_inputs(small_project)).edited == ()
    text.write_text(text.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    checked = check_articles(small_project, read_inputs(small_project))
    found = _digest(text.read_text(encoding="utf-8"))
    assert checked.passages == {folder.name: 2}
    assert checked.edited == (EditedText(folder.name, text, whole, found),)


def test_positions_that_are_no_whole_numbers_are_left_to_the_shapes(small_project: Project) -> None:
    described = small_project.articles()[0] / "article.ttl"
    content = described.read_text(encoding="utf-8").replace("oa:start 4", 'oa:start "four"')
    described.write_text(content, encoding="utf-8")
    assert len(read_passages(small_project, content.encode(), described)) == 1


def test_what_has_agreed_is_compared_again_only_after_a_change(
    small_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder,) = small_project.articles()
    small_project.cache_dir.mkdir(parents=True, exist_ok=True)
    first = check_articles(small_project, read_inputs(small_project))
    read: list[Path] = []

    def reading(project: Project, content: bytes, path: Path) -> tuple[Passage, ...]:
        read.append(path)
        return read_passages(project, content, path)

    monkeypatch.setattr("citykg.article.read_passages", reading)
    assert check_articles(small_project, read_inputs(small_project)) == first
    assert read == []
    for name in ("article.ttl", "facts.trig", "text.txt"):
        with (folder / name).open("a", encoding="utf-8") as stream:
            stream.write("\n")
        check_articles(small_project, read_inputs(small_project))
    assert len(read) == 3
