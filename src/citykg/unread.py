"""Files that look like knowledge and are read by nothing: which they are, and why."""

import os
import re
from collections.abc import Collection, Iterator

from .project import Project
from .record import Record

__all__ = ["Unread", "Walk", "unread_files", "unread_of", "walk"]

ENDING = "ending"
PLACE = "place"
BESIDE = "beside"
NO_ARTICLE = "no-article"
NO_FACTS = "no-facts"
QUERY = "query"
LINK = "link"

_FOLDERS = ("ontology", "data", "queries")
_ARTICLES = "data/articles/"
_LAYERS = ("ontology/", "data/entities/", "data/background/", "data/lexicon/")
_CHECKS = "queries/checks/"
_PROFILE = "queries/checks/profile.ttl"
_RDF = re.compile(r"\.(?:ttl|trig|nt|nq|n3|rdf|owl|jsonld)(?:\.(?:gz|bz2|xz|zip))?$", re.IGNORECASE)
_SPARQL = re.compile(r"\.(?:rq|sparql)$", re.IGNORECASE)


class Unread(Record):
    """A file that nothing reads, or a folder of which nothing is read.

    Args:
        name: as the project names it; a folder has a slash at its end.
        why: ``ending``, not one that is read there; ``place``, nothing is read there; ``beside``, of an
            article's folder two files are read, and it is neither; ``no-article``, an article's folder
            without article.ttl; ``no-facts``, one without facts.trig; ``query``, a query that is not where
            and called what queries are; ``link`` to a folder, which is not followed.
    """

    name: str
    why: str


class Walk(Record):
    """What stands below ontology/, data/ and queries/ but for what is hidden, as the project names it.

    Args:
        folders: with a slash at the end, each before what is in it.
        files: in no order.
        links: links to folders that are not followed.
    """

    folders: list[str]
    files: list[str]
    links: list[str]


def walk(project: Project) -> Walk:
    """Look at every folder of knowledge files, once."""
    folders: list[str] = []
    files: list[str] = []
    links: list[str] = []
    waiting = [f"{name}/" for name in reversed(_FOLDERS)]
    while waiting:
        folder = waiting.pop()
        inside = []
        try:
            with os.scandir(f"{project.root}/{folder}") as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    if not entry.is_dir():
                        files.append(folder + entry.name)
                    elif folder == _ARTICLES or not entry.is_symlink():
                        inside.append(f"{folder}{entry.name}/")
                    else:
                        links.append(f"{folder}{entry.name}/")
        except OSError:  # none, or gone in between
            continue
        folders.append(folder)
        waiting += sorted(inside, reverse=True)
    return Walk(folders, files, links)


def unread_of(project: Project) -> tuple[Unread, ...]:
    """Look for what is not read of a project, by name."""
    paths = (*(path for _, path in project.knowledge()), *project.queries(), *project.checks())
    return unread_files(walk(project), set(map(project.relative, paths)))


def unread_files(walked: Walk, read: Collection[str]) -> tuple[Unread, ...]:
    """Tell what is not read from what is there, by name.

    Args:
        walked: what is there.
        read: the names of the files that are read.
    """
    found = [Unread(name, LINK) for name in walked.links]
    bare = set()
    for name in walked.files:
        looks_like_rdf = _RDF.search(name)
        if name.startswith(_CHECKS):
            known = name == _PROFILE or (name in read and not looks_like_rdf)
        else:
            known = name in read
        if known or not (looks_like_rdf or _SPARQL.search(name)):
            continue
        article = _article_of(name)
        if article is not None and article + "article.ttl" not in read:
            bare.add(article)
        elif name != f"{article}facts.ttl":  # the same once more, for tools that read no TriG
            found.append(Unread(name, _why(name, article)))
    found += (Unread(folder, NO_ARTICLE) for folder in bare)
    found += (Unread(folder, NO_FACTS) for folder in _without_facts(read))
    return tuple(sorted(found, key=lambda unread: unread.name))


def _article_of(name: str) -> str | None:
    """Return the folder in data/articles that a file is in; None for any other."""
    if not name.startswith(_ARTICLES):
        return None
    folder, slash, _ = name.removeprefix(_ARTICLES).partition("/")
    return f"{_ARTICLES}{folder}/" if slash else None


def _why(name: str, article: str | None) -> str:
    if article is not None:
        return BESIDE
    if name.startswith("queries/"):
        return QUERY if _SPARQL.search(name) else PLACE
    return ENDING if name.startswith(_LAYERS) else PLACE


def _without_facts(read: Collection[str]) -> Iterator[str]:
    for name in read:
        if (
            name.endswith("/article.ttl")
            and (folder := _article_of(name))
            and folder + "facts.trig" not in read
        ):
            yield folder
