"""Formal Chinese in plain words: what papers write (该市承办之赛事, 所治理者系何湖泊) as one would say it."""

from collections.abc import Mapping, Sequence

from ..model import Item, text_of
from ..words.index import LEX, Index

__all__ = ["in_plain_words"]


def in_plain_words(items: Sequence[Item], index: Index) -> str:
    """Return the text of a question with plain words for formal ones.

    Some words have a plain one wherever they stand between others (之, 系), some before a verb only (均). A
    verb that is made a noun (所承办, 治理者) describes what stands behind it. With this city (与该市) is with
    the one that the articles are about, if that is one alone; how a figure is (总投资情况如何) is how much.

    Args:
        items: of the question.
        index: whose lexicon has the formal words.
    """
    text, ends = text_of(items), {item.end for item in items}
    anywhere, before_verbs = _table("formal", index), _table("formalBeforeVerbs", index)
    plain: list[str] = []
    place = 0
    while place < len(items):
        item, behind = items[place], items[place + 1 : place + 3]
        formal = _longest(text, item.start, ends, anywhere) if not item.has("thing") else ""
        between = place and items[place - 1].senses and any(c.isalnum() for i in behind for c in i.text)
        if formal and (between or len(formal) > 1):
            plain.append(anywhere[formal])
            place = next(n for n, i in enumerate(items) if i.end == item.start + len(formal))
        elif item.text in before_verbs and behind and _is_verb(behind[0]):
            plain.append(before_verbs[item.text])
        elif _named(item, "formalRelative", index) and behind and _is_verb(behind[0]):
            joined = len(behind) > 1 and _describes(behind[1], index)
            verb = behind[0].text
            plain.append(verb if joined else index.message("that-which", clause=verb))
            place += 1
        elif _named(item, "formalNoun", index) and place and _is_meant(items[place - 1]):
            plain.append(index.message("that-which", clause=""))
        elif _is_how(items[place:], items[:place], index):
            return index.message("how-much-it-is", clause="".join(plain))
        else:
            beside = (*items[max(place - 1, 0) : place], *behind[:1])
            plain.append((_beside_another(beside) and _this_place(item, index)) or item.text)
        place += 1
    return "".join(plain)


def _table(name: str, index: Index) -> dict[str, str]:
    """Return the formal words of one sort, with the plain word for each."""
    rows = (row.split() for row in index.facts.get(LEX + name, {}).get("plainly", ()))
    return {word: (rest or [""])[0] for word, *rest in rows}


def _longest(text: str, start: int, ends: set[int], words: Mapping[str, str]) -> str:
    """Return the longest formal word that begins at a place and ends where a word ends, or nothing."""
    found = [w for w in words if text.startswith(w, start) and start + len(w) in ends]
    return max(found, key=len, default="")


def _named(item: Item, name: str, index: Index) -> bool:
    return item.text in index.facts.get(LEX + name, {}).get("named", ())


def _is_verb(item: Item) -> bool:
    """Whether a word says a relation, or denies one."""
    said = item.of("property", "says", "label", "saysInverse", "asks")
    return bool(said) or item.has("operator", LEX + "not")


def _describes(item: Item, index: Index) -> bool:
    """Whether a word joins the verb before it to what it describes, or makes a noun of it."""
    joins = item.has("particle", LEX + "attributive") or item.text in _table("formal", index)
    return joins or _named(item, "formalNoun", index)


def _is_meant(item: Item) -> bool:
    """Whether a word before one that makes a noun of it says more than a particle."""
    return any(item.has(kind) for kind in ("thing", "class", "property", "operator", "modal")) and not (
        item.kinds <= {"particle"} or item.amount is not None
    )


def _is_how(rest: Sequence[Item], before: Sequence[Item], index: Index) -> bool:
    """Whether what is left only asks how a figure is."""
    asked = "".join(c for c in text_of(rest) if c.isalnum())
    figure = bool(before) and before[-1].has("indicator") and not before[-1].has("thing")
    return figure and asked in index.facts.get(LEX + "formalHow", {}).get("named", ())


def _beside_another(beside: Sequence[Item]) -> bool:
    """Whether a word beside another joins it to something else (与该市合作)."""
    return any(i.has("conjunction", LEX + "and") and i.text.isalnum() for i in beside)


def _this_place(item: Item, index: Index) -> str:
    """Return the name of the place that the articles are about where a word is for this one."""
    homes = {index.label(home) for home in index.homes.values()}
    label = next(iter(homes)) if len(homes) == 1 else ""
    return label if _named(item, "thisPlace", index) and label.endswith(item.text[-1]) else ""
