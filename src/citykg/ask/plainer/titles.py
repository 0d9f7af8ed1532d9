"""Who is called by a title only (市委书记把…比作…, 采访书记的记者): who alone holds a post of that title."""

from collections.abc import Sequence

from ..facts.graph import Graph
from ..model import BREAKS, Item
from ..words.index import LEX, Index

__all__ = ["by_name"]


def by_name(items: Sequence[Item], index: Index, graph: Graph) -> str | None:
    """Return a question with the name of who holds a post for its title; None where it has no title, where
    nobody alone holds the post, and where the post itself is asked about: who holds it, where it is.
    """
    said = [i for i in items if not i.has("particle") and i.of("property", "says", "label", "maySay")]
    told = (item for item in items if said or _acts(items[item.index + 1 :], index))
    titled = [(item, posts) for item in told if (posts := _posts(item, items, index))]
    if len(titled) != 1:
        return None
    (item, posts), *_ = titled
    relations = [around for post in posts for around in graph.around(post) if not around.modality]
    own = {name for r in relations for name in (r.property, *index.inverse.get(r.property, ()))}
    if any(own & {s.iri for s in i.of("property", "says", "label")} for i in said):
        return None
    people = {r.other for r in relations if index.flagged_either_way(r.property, "titles")}
    if len(people) != 1:
        return None
    name = index.label(people.pop())
    return "".join(name if other is item else other.text for other in items)


def _acts(behind: Sequence[Item], index: Index) -> bool:
    """Whether words begin with what somebody does who is named before them: says something, or takes it."""
    return any(
        i.has("particle", LEX + "disposal")
        or any(index.flagged(s.iri, "attributes") for s in i.of("property"))
        for i in behind[:1]
    )


def _posts(item: Item, items: Sequence[Item], index: Index) -> list[str]:
    """Return the posts that a word is a name of, or a title alone, with nothing before it that would tell of
    whom or what; none where who holds it is named or asked for beside it.
    """
    before = items[item.index - 1] if item.index else None
    behind = items[item.index + 1] if item.index + 1 < len(items) else None
    if before is not None and before.has("thing"):
        return []
    asks = behind is not None and behind.has("question") and not behind.has("question", LEX + "whether")
    asks = asks or (behind is not None and behind.has("particle", LEX + "personName"))
    if asks or (behind is not None and behind.has("thing")):
        return []
    kinds = tuple(index.facts.get(LEX + "personName", {}).get("of", ()))
    named = [s.iri for s in item.of("thing") if index.is_a(s.iri, kinds)]
    titles = {
        t for held in index.having("titles") for row in index.facts[held]["titles"] for t in row.split()
    }
    if named or item.text not in titles or item.has("thing"):
        return named
    alone = before is None or before.has("particle") or before.has("property") or before.text in BREAKS
    posts = [thing for thing in index.types if alone and index.is_a(thing, kinds)]
    return [post for post in posts if index.label(post).endswith(item.text)]
