"""What a clause says of a thing that is named behind it (甲牵头的乙…), or in it (甲出台后,…): no condition
where it is so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..model import BREAKS, Item, text_of
from ..words.index import LEX, Index

__all__ = ["Attested", "attested"]

_MOST = 40
_ATTRIBUTIVE = LEX + "attributive"


@dataclass(frozen=True, slots=True)
class Attested:
    """A clause before a name, and the question without it.

    Args:
        claims: the questions whether what the clause says holds: of what something is done to, and of what
            does it.
        rest: the question, from the name on.
        aside: whether the clause stands aside, so that the question asks just what the rest of it does.
    """

    claims: tuple[str, str]
    rest: str
    aside: bool = False


def attested(items: Sequence[Item], index: Index) -> Iterator[Attested]:
    """Yield the clauses with which a question begins, each before a thing that is named with 的 between, or
    after which something is asked of what it names.
    """
    yield from _afterwards(items, index)
    for named in items[1:_MOST]:
        rest = items[named.index + 1 :]
        start = _counted(items, named)
        alone = named.of("thing", "label", "alias") and not named.has("class")  # a kind has others
        alone = alone or (named.has("thing") and start < named.index)
        if not (alone and any(_asks(i) for i in rest)) or rest[0].has("question") or rest[0].has("class"):
            continue
        said = _clause(items[:start], index)
        if said:
            asks, name = index.message("is-it-so"), text_of(items[start : named.index + 1])
            yield Attested((said + name + asks, name + said + asks), text_of(items[start:]))


def _afterwards(items: Sequence[Item], index: Index) -> Iterator[Attested]:
    """Yield a clause that says only what has been done to a thing, where something is asked of that after it
    (甲出台后,适用于谁; 建成甲以后,…).
    """
    marks = index.facts.get(LEX + "afterwards", {}).get("named", ())
    end = next((i.index for i in items[2:_MOST] if i.text in marks), 0)
    clause, rest = items[:end], items[end + 1 :]
    rest = rest[1:] if rest and rest[0].text in BREAKS else rest
    things = [i for i in clause if i.has("thing")]
    verbs = [i for i in clause if i not in things and i.of("property", "says", "label")]
    done = len(things) == len(verbs) == 1 and all(i in things or i in verbs or _is_empty(i) for i in clause)
    if done and any(_asks(i) for i in rest) and not any(i.has("thing") for i in rest):
        name, verb, asks = things[0].text, verbs[0].text, index.message("is-it-so")
        yield Attested((name + verb + asks, verb + name + asks), name + text_of(rest), aside=True)


def _is_empty(item: Item) -> bool:
    return item.has("particle") and not item.has("operator")


def _counted(items: Sequence[Item], named: Item) -> int:
    """Return where a name begins that says of how many it is (那五个园区): at the name itself where it does
    not, or where nothing points to them.
    """
    number, that = (items[max(named.index - n, 0)] for n in (1, 2))
    counted = (
        named.index > 2 and number.amount is not None and that.has("particle", LEX + "that", LEX + "pronoun")
    )
    return that.index if counted else named.index


def _asks(item: Item) -> bool:
    return item.has("question") or bool(item.of("indicator", "asks"))


def _clause(before: Sequence[Item], index: Index) -> str:
    """Return what stands before the 的 that ends some words, or its last verb (牵头的), if it says a relation
    to a thing, and nothing that only a question can say.
    """
    joint = before[-1]
    particle = joint.has("particle", _ATTRIBUTIVE)
    ends = any(s.iri == _ATTRIBUTIVE for s in index.senses(joint.text[-1:]))
    words = before[:-1] if particle else before
    verbs = any(i.of("property", "says", "label") and not i.has("particle") for i in words)
    plain = not any(i.has("question") or _alters(i) for i in words)
    said = ends and verbs and plain and any(i.has("thing") for i in words)
    return text_of(before)[:-1] if said else ""


def _alters(item: Item) -> bool:
    """Whether a word changes what is said; that each one is meant by itself (分别) does not."""
    return item.has("operator") and not (
        item.has("operator", LEX + "each") and item.has("operator", LEX + "list")
    )
