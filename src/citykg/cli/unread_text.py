"""What is said of files that look like knowledge and are not read."""

from collections.abc import Mapping, Sequence

from citykg.unread import Unread

__all__ = ["as_github", "as_json", "as_text"]

_SHOWN = 20

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "not read": "{name} is not read: {reason}",
        "warning": "warning: ",
        "more": "and {number} more that are not read: citykg validate --format json names all",
        "ending": "only files that end in .ttl are read there; save it as Turtle under such a name",
        "place": "nothing is read there; move it into data/entities, data/background or an article's folder",
        "beside": "of an article article.ttl and facts.trig are read; move what it says into one of these",
        "no-article": "an article's folder stands in data/articles and has an article.ttl that describes its "
        "passages; without it, its facts are not read either",
        "no-facts": "{name} has no facts.trig: article.ttl is read, and nothing of what its passages state",
        "query": "stored queries are files in queries that end in .rq, and data checks stand in "
        "queries/checks itself",
        "link": "links to folders are not followed; link the files in it, or copy it",
    },
    "zh": {
        "not read": "{name} 没有被读取：{reason}",
        "warning": "警告：",
        "more": "另有 {number} 处没有被读取，用 citykg validate --format json 查看全部",
        "ending": "那里只读取以 .ttl 结尾的文件；请存为 Turtle，并用这样的文件名",
        "place": "那里的文件都不读取；请移到 data/entities、data/background 或文章的文件夹",
        "beside": "文章的文件夹只读取 article.ttl 和 facts.trig；请把内容移到其中之一",
        "no-article": "文章的文件夹在 data/articles 里，有描述其语段的 article.ttl；没有它，事实也不读取",
        "no-facts": "{name} 没有 facts.trig：只读取了 article.ttl，没有语段所述的事实",
        "query": "存储的查询是 queries 里以 .rq 结尾的文件，数据检查直接放在 queries/checks 里",
        "link": "不跟随指向文件夹的链接；请链接其中的文件，或复制该文件夹",
    },
}


def as_text(unread: Sequence[Unread], language: str) -> str:
    """Return a line for each of the first, and how many more there are; empty where there is none."""
    lines = [_WORDS[language]["warning"] + _sentence(one, language) for one in unread[:_SHOWN]]
    if len(unread) > _SHOWN:
        lines.append(_WORDS[language]["more"].format(number=len(unread) - _SHOWN))
    return "".join(f"{line}\n" for line in lines)


def as_json(unread: Sequence[Unread]) -> list[dict[str, object]]:
    """Return all of them for programs."""
    return [
        {
            "name": one.name,
            "why": one.why,
            "messages": {language: _sentence(one, language) for language in sorted(_WORDS, reverse=True)},
        }
        for one in unread
    ]


def as_github(unread: Sequence[Unread], language: str) -> str:
    """Return an annotation for each, with the escapes of workflow commands."""
    lines = []
    for one in unread:
        file = one.name.rstrip("/")
        for character, code in (("%", "%25"), (":", "%3A"), (",", "%2C")):
            file = file.replace(character, code)
        message = _sentence(one, language).replace("%", "%25")
        lines.append(f"::warning file={file},title=not read::{message}\n")
    return "".join(lines)


def _sentence(one: Unread, language: str) -> str:
    words = _WORDS[language]
    reason = words[one.why]
    if "{name}" in reason:  # a sentence of its own
        return reason.format(name=one.name)
    return words["not read"].format(name=one.name, reason=reason)
