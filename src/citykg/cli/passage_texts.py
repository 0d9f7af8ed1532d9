"""The words of passages that are shown, and a note where a text is not that of the article."""

import argparse
from collections.abc import Mapping, Sequence

from citykg.article import Passage, find_passage_texts
from citykg.cli.render import note
from citykg.project import Project

__all__ = ["texts_of_passages"]


def texts_of_passages(
    args: argparse.Namespace, project: Project, passages: Mapping[str, Sequence[Passage]]
) -> Mapping[str, str]:
    """Return passage IRI to text, for the articles whose text is at hand and whose digests agree.

    Args:
        args: has ``article``, the text or the folder of texts that a person has named.
        project: the project.
        passages: the passages, by the IRI of their article.
    """
    found = find_passage_texts(project, passages, article=args.article)
    for file, number, total in found.differing:
        which = f"{number} of {total} passages here"
        note(args, f"note: the digests of {which} do not agree with {file}: shown without their words")
    return found.texts
