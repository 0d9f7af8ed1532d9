"""Claims that are put by a verb and its denial beside one another: 去没去过, 归不归, 有没有."""

from collections.abc import Iterator, Sequence

from ..model import Item, text_of
from ..words.index import LEX, Index

__all__ = ["claimed_either_way"]

_LONGEST_VERB = 2


def claimed_either_way(items: Sequence[Item], index: Index) -> Iterator[str]:
    """Yield what a question asks to be so or not as one claim, with what asks whether it is so: 去没去过甲 is
    去过甲吗; where there is or is not (有没有去过甲), without the word for that as well.

    Args:
        items: of the question.
        index: of the graph, which knows the words for a not.
    """
    if any(i.has("question") and not i.has("question", LEX + "whether") for i in items):
        return
    text = text_of(items).rstrip("?")
    denied = [i.start for i in items if i.has("operator", LEX + "not")]
    ends = bool(items) and items[-1].has("question", LEX + "whether")
    asks = "" if ends else index.message("is-it-so")
    for place in range(1, len(text) - 1):
        if not any(s.iri == LEX + "not" for s in index.senses(text[place])):
            continue
        for length in range(min(_LONGEST_VERB, place), 0, -1):
            verb, before = text[place - length : place], text[: place - length]
            behind = text[place + 1 :]
            if any(start > place + length for start in denied):
                continue  # 有没有不是…的
            if behind.startswith(verb) and verb.isalpha() and len(behind) > length:
                yield before + behind + asks
                if any(s.kind in ("particle", "question") for s in index.senses(verb)):
                    yield before + behind[length:] + asks
                return
