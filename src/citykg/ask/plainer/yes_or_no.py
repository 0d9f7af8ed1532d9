"""Claims, and how it is asked whether they are so: by a verb and its denial beside one another (去没去过,
归不归, 有没有), or by words around the claim (判断正误：…; …，此话当真; 能否认为…).
"""

from collections.abc import Iterator, Sequence

from ..model import BREAKS, Item, text_of
from ..words.index import LEX, Index

__all__ = ["claimed", "claimed_either_way"]

_LONGEST_VERB = 2
_LEAST_CLAIM = 4
_ENDINGS = ",:;?.!。 "


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


def claimed(items: Sequence[Item], index: Index) -> str:
    """Return a claim with what asks whether it is right for the words around it that do so, or nothing where
    there are none, or where something else is asked for.

    Args:
        items: of the question.
        index: whose lexicon has what stands before a claim to be judged, and what points back to one.
    """
    text = text_of(items).rstrip(_ENDINGS)
    before = _longest(items, "claimAhead", index) or _longest(items, "askedOfClaim", index)
    rest = text[len(before) :].lstrip(_ENDINGS)
    claim, joined, verdict = rest.rpartition(BREAKS[0])
    if not (joined and _points_back(verdict, index)):
        claim, verdict = rest, ""
    if not (before or verdict) or len(claim) < _LEAST_CLAIM:
        return ""
    start = len(text) - len(rest)
    said = [i for i in items if i.start >= start and i.end <= start + len(claim)]
    asks = [i for i in said if i.has("question") and i.text.strip(_ENDINGS)]
    told = any(i.has("operator", LEX + "list") for i in said)
    if told or any(not i.has("question", LEX + "whether") for i in asks) or len(asks) > (not verdict):
        return ""
    if asks and asks[0] is not said[-1]:
        return ""
    claim = claim[: len(claim) - len(asks[0].text)] if asks else claim
    return index.message("is-it-right", claim=claim.rstrip(_ENDINGS))


def _longest(items: Sequence[Item], name: str, index: Index) -> str:
    """Return the longest of some phrases with which a question begins, to the end of a word; or nothing."""
    text, ends = text_of(items), {item.end for item in items}
    phrases = index.facts.get(LEX + name, {}).get("named", ())
    return max((p for p in phrases if text.startswith(p) and len(p) in ends), key=len, default="")


def _points_back(clause: str, index: Index) -> bool:
    """Whether a clause asks of what is claimed before it whether it is right: 这种说法 属实吗."""
    claims = index.facts.get(LEX + "whatIsClaimed", {}).get("named", ())
    judged = index.facts.get(LEX + "isRight", {}).get("named", ())
    return any(clause.startswith(c) and clause.removeprefix(c) in judged for c in claims)
