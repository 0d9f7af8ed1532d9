"""Spans of a question and what they may stand for: names, terms, figures, times."""

from collections.abc import Iterable
from dataclasses import replace

from ..model import BREAKS, Item, Sense, text_of
from .amounts import fact, marked, with_amounts
from .index import BEGINNING, ENDING, LEX, Index
from .joined_kinds import with_joined_kinds
from .slips import merged, with_short_names, with_typos

__all__ = ["link"]

_YEAR_DIGITS = 4
_NEAR = 30  # years that four digits may lie from the articles to be one


def link(words: Iterable[str], *, index: Index) -> list[Item]:
    """Return the items of a question that is cut into words, in order; every character is in one."""
    items: list[Item] = []
    place = 0
    for word in words:
        items.append(Item(len(items), word, place, place + len(word), index.senses(word)))
        place += len(word)
    items = _with_times(with_amounts(items, index), index)
    items = with_typos(items, index)
    items = _with_endings(with_short_names(items, index), index)
    items = with_joined_kinds(_with_elided(items, index), index)
    items = [_with_sole(items, place, index) for place in range(len(items))]
    items = [_negating(items, place) for place in range(len(items))]
    items = _of_one(items, index)
    items = _of_several(_several(items))
    items = [_as_verb(items, place) for place in range(len(items))]
    items = [_as_bound(items, place) for place in range(len(items))]
    _mark_patterns(items, index)
    items = [_within_name(_with_blanks(item), index) for item in items]
    items = [_of_a_name(items, place, index) for place in range(len(items))]
    items = [_of_aspect(items, place, index) for place in range(len(items))]
    items = [_of_a_kind(items, place) for place in range(len(items))]
    return [replace(item, index=position) for position, item in enumerate(items)]


def _with_blanks(item: Item) -> Item:
    """Let what is neither letter nor digit carry no meaning."""
    if not item.senses and item.amount is None and not any(c.isalnum() for c in item.text):
        return replace(item, senses=(Sense("particle", "", "says"),))
    return item


def _within_name(item: Item, index: Index) -> Item:
    """Let a word that means nothing else, but stands within names, be a part of one."""
    if item.senses or item.amount is not None or len(item.text) < 2 or not index.in_names(item.text):
        return item
    if index.begins_names(item.text):
        return replace(item, senses=(Sense("class", BEGINNING + item.text, "beginning"),))
    return replace(item, senses=(Sense("piece", "", "piece"),))


def _of_a_kind(items: list[Item], place: int) -> Item:
    """Take a where that may be a which for one before a noun: 哪片湖."""
    item, behind = items[place], items[place + 1 : place + 2]
    which = item.has("question", LEX + "where") and item.has("question", LEX + "which")
    if not which or not any(i.has("class") and not i.has("question") for i in behind):
        return item
    return replace(item, senses=tuple(s for s in item.senses if s.iri != LEX + "where"))


def _of_a_name(items: list[Item], place: int, index: Index) -> Item:
    """Take the first words of a name, with a noun behind them that goes on in it, for what kind is meant: the
    champions in the name of a city are not its champions.
    """
    item = items[place]
    behind = items[place + 1] if place + 1 < len(items) else None
    kind = behind is not None and any(not s.iri.startswith((BEGINNING, ENDING)) for s in behind.of("class"))
    if behind is None or not kind or not item.of("thing", "part") or item.kinds != {"thing"}:
        return item
    text = item.text + behind.text
    if not all(any(text in name for name in index.names(s.iri)) for s in item.of("thing")):
        return item
    return replace(item, senses=(Sense("class", BEGINNING + item.text, "beginning"),))


def _of_aspect(items: list[Item], place: int, index: Index) -> Item:
    """Let a particle that names begin with mean these before a word for an aspect, or for a kind some of
    which have such names (数字方面, 数字规划).
    """
    item = items[place]
    behind = items[place + 1] if place + 1 < len(items) else None
    if behind is None or not item.has("particle") or not item.kinds <= {"particle"} or len(item.text) < 2:
        return item
    kinds = tuple(sense.iri for sense in behind.of("class"))
    aspect = behind.has("particle") and bool(kinds) and index.begins_names(item.text)
    named = (s for name in index.names_from(item.text, of_any_kind=True) for s in index.senses(name))
    if not (aspect or (kinds and any(s.kind == "thing" and index.is_a(s.iri, kinds) for s in named))):
        return item
    return replace(item, senses=(Sense("piece", "", "piece"),))


def _with_times(items: list[Item], index: Index) -> list[Item]:
    """Turn years, months, days and parts of the year into ISO 8601 periods."""
    result: list[Item] = []
    place = 0
    while place < len(items):
        year, month, day, part = None, None, None, ""
        end = place
        item = items[end]
        recurs = fact(item, "time", "recurs", index)
        if recurs:
            often = (Sense("time", recurs, "says"),)
            result.append(replace(item, senses=often, amount=None, period=recurs))
            place += 1
            continue
        offset = fact(item, "time", "offset", index)
        if offset:
            year, end = index.year + int(offset), end + 1
        elif _counts_time(item, "year-mark", index):
            year, end = int(item.amount.value), end + 1  # type: ignore[union-attr]
        elif item.amount and _plain_year(item) and marked(items, end + 1, "year-mark"):
            year, end = int(item.amount.value), end + 2
        elif item.amount and _bare_year(items, end, index):
            year, end = int(item.amount.value), end + 1
        if year is not None and end + 1 < len(items) and not items[end].text.strip():
            end += bool(fact(items[end + 1], "time", "part", index))  # 2023 一季度
        if end < len(items):
            nxt = items[end]
            part = fact(nxt, "time", "part", index)
            if part:
                end += 1
            elif nxt.amount and nxt.amount.value <= 12 and marked(items, end + 1, "month-mark"):
                month, end = int(nxt.amount.value), end + 2
            elif _counts_time(nxt, "month-mark", index) and nxt.amount.value <= 12:  # type: ignore[union-attr]
                month, end = int(nxt.amount.value), end + 1  # type: ignore[union-attr]
            if month is not None and end < len(items):
                nxt = items[end]
                if nxt.amount and nxt.amount.value <= 31 and marked(items, end + 1, "day-mark"):
                    day, end = int(nxt.amount.value), end + 2
                elif _counts_time(nxt, "day-mark", index):
                    day, end = int(nxt.amount.value), end + 1  # type: ignore[union-attr]
        if year is None and month is None and not part:
            result.append(item)
            place += 1
            continue
        period = _period(index.year if year is None else year, month, day, part)
        note = "" if not offset else str(year)
        senses = (Sense("time", period, "says"), *(s for s in item.senses if s.kind == "particle"))
        result.append(merged(items[place:end], senses=senses, amount=None, period=period, note=note))
        place = end
    return result


def _plain_year(item: Item) -> bool:
    amount = item.amount
    return (
        amount is not None
        and not amount.units
        and amount.value.denominator == 1
        and len(item.text) == _YEAR_DIGITS
    )


def _bare_year(items: list[Item], place: int, index: Index) -> bool:
    """Whether four digits at the beginning or the end, or between blanks, are a year not long before or
    after that of the articles: 2022 民生实事.
    """
    before, behind = items[:place], items[place + 1 :]
    ends = not any(c.isalnum() for i in before for c in i.text) or not any(
        c.isalnum() for i in behind for c in i.text
    )
    apart = all(not i.text.strip() for i in (*before[-1:], *behind[:1]))
    bounded = any(i.has("operator") or i.has("conjunction") for i in (*before[-1:], *behind[:1]))
    amount = items[place].amount
    near = amount is not None and abs(amount.value - index.year) <= _NEAR
    return near and _plain_year(items[place]) and (ends or apart) and not bounded


def _counts_time(item: Item, mark: str, index: Index) -> bool:
    """Whether a figure has swallowed its mark as a unit (2022年, 17日)."""
    amount = item.amount
    if amount is None or not amount.classifier or amount.value.denominator != 1:
        return False
    digits = len(item.text) - len(amount.classifier)
    if mark == "year-mark" and digits != _YEAR_DIGITS:
        return False
    return any(s.iri == LEX + mark for s in index.senses(amount.classifier)) and digits <= _YEAR_DIGITS


def _period(year: int, month: int | None, day: int | None, part: str) -> str:
    if part:
        first, _, last = part.partition("/")
        return f"{year:04d}-{first}/{year:04d}-{last}"
    text = f"{year:04d}"
    if month is not None:
        text += f"-{month:02d}"
    if day is not None:
        text += f"-{day:02d}"
    return text


def _with_elided(items: list[Item], index: Index) -> list[Item]:
    """Complete the beginning of an indicator's name by the end of one that is named beside it."""
    ends = {i.text[start:] for i in items if i.has("indicator") for start in range(len(i.text) - 1)}
    result = []
    for item in items:
        if len(item.text) > 1 and not any(
            item.has(kind) or item.period is not None
            for kind in ("thing", "indicator", "question", "operator", "particle", "property", "unit")
        ):
            found = {
                s.iri for end in sorted(ends) for s in index.senses(item.text + end) if s.kind == "indicator"
            }
            if len(found) == 1:
                result.append(replace(item, senses=(Sense("indicator", found.pop(), "elided"),)))
                continue
        result.append(item)
    return result


def _with_endings(items: list[Item], index: Index) -> list[Item]:
    """Read what stands behind a which as a kind where names end with it, though no class is called so."""
    for place, item in enumerate(items[:-1]):
        if not item.has("question", LEX + "which") or item.has("question", LEX + "whichAspect"):
            continue
        best, text = 0, ""
        for number, part in enumerate(items[place + 1 : place + 5], 1):
            text += part.text
            if part.amount is not None or part.period is not None or part.has("question"):
                break
            named = any(s.how != "part" for s in part.of("thing"))
            if number == 1 and part.has("class") and index.ends_names(text) and not named:
                senses = (*part.senses, Sense("class", ENDING + text, "group"))
                return [*items[: place + 1], replace(part, senses=senses), *items[place + 2 :]]
            if number == 1 and (part.has("class") or named or part.has("unit")):
                break
            if number == 1 and len(part.text) == 1 and part.has("particle"):
                break  # 哪些事
            if index.ends_names(text):
                best = number
        if best and not items[min(place + 1 + best, len(items) - 1)].has("class"):
            behind = items[place + 1 : place + 1 + best]
            text = text_of(behind)
            kept = [s for s in behind[0].senses if s.kind != "thing"] if best == 1 else []
            senses = (*kept, Sense("class", ENDING + text, "ending"))
            joined = merged(behind, senses=senses, amount=None, period=None)
            return [*items[: place + 1], joined, *items[place + 1 + best :]]
    return items


def _with_sole(items: list[Item], place: int, index: Index) -> Item:
    """Let the name of a class stand for the one thing that is of it and at hand (the interview), or that is
    pointed to (那个某类…).
    """
    item = items[place]
    asked = any(i.has("question", LEX + "which", LEX + "howMuch") for i in items[max(place - 2, 0) : place])
    if not item.has("class") or item.has("thing") or asked:
        return item
    dated = any(i.period is not None for i in items)
    if any(i.has("question", LEX + "whether") for i in items) and not dated:
        return item  # whether there is one
    pointed = place > 0 and items[place - 1].has("particle", LEX + "that")
    pointed = pointed and (place == 1 or not items[place - 2].text.isalnum())  # no clause describes it
    flags = ("atHand", "actsAtHand") if _acts(items, place) else ("atHand",)
    kinds = [s.iri for s in item.of("class") if pointed or any(index.flagged(s.iri, f) for f in flags)]
    things = {thing for kind in kinds for thing in index.members(kind)}
    if len(things) != 1:
        return item
    return replace(item, senses=(*item.senses, Sense("thing", things.pop(), "sole")))


def _acts(items: list[Item], place: int) -> bool:
    """Whether who does something stands there: 甲把…, 甲采访了…, 被甲…; or who has what is asked for (甲的
    哪些…).
    """
    before, behind = items[max(place - 1, 0) : place], items[place + 1 : place + 2]
    owned = [i for i in items[place + 1 : place + 3] if not i.has("particle", LEX + "attributive")]
    if any(i.has("question", LEX + "which") for i in owned[:1]):
        return True
    if before and before[0].has("particle", LEX + "agent"):
        return bool(behind)
    does = any(i.of("property", "says", "label") and not i.has("particle") for i in behind)
    return not before and (does or any(i.has("particle", LEX + "disposal") for i in behind))


def _negating(items: list[Item], place: int) -> Item:
    """Take what stands before a verb as a negation, though it asks whether at the end of a question."""
    item = items[place]
    if not (item.has("question", LEX + "whether") and item.has("operator", LEX + "not")):
        return item
    if all(i.has("particle") or not any(c.isalnum() for c in i.text) for i in items[place + 1 :]):
        return item
    return replace(item, senses=tuple(s for s in item.senses if s.kind != "question"))


def _of_one(items: list[Item], index: Index) -> list[Item]:
    """Take an all before a verb for all that one thing is, where nothing else is named (某某都属于哪些…), and
    one right behind a which for what all that is asked for has (哪几个同在某地).
    """
    joined = any(i.has("conjunction", LEX + "and") and i.text.isalnum() for i in items)
    one = not joined and sum(i.has("thing") for i in items) == 1
    alike = Sense("operator", LEX + "alike", "says")

    def plain(place: int, item: Item) -> bool:
        asked = place > 0 and items[place - 1].has("question", LEX + "which")
        named = any(i.has("thing") for i in items[place + 1 : place + 2])
        all_of = any(s.iri == LEX + "both" for s in index.senses(item.text[0]))
        return item.has("operator", alike.iri) and ((asked and named) or (one and all_of))

    return [
        replace(item, senses=tuple(s for s in item.senses if s != alike)) if plain(place, item) else item
        for place, item in enumerate(items)
    ]


def _as_verb(items: list[Item], place: int) -> Item:
    """Take what is a verb and a kind for a verb, where a name and the noun that is asked for stand behind it
    (有哪些服务某某的政策).
    """
    item, behind = items[place], items[place + 1 : place + 4]
    asked = place > 0 and items[place - 1].has("question", LEX + "which")
    if not (asked and len(behind) == 3 and item.has("class") and item.of("property", "says", "label")):
        return item
    clause = behind[0].has("thing") and behind[1].has("particle", LEX + "attributive")
    if not (clause and behind[2].has("class")):
        return item
    return replace(item, senses=tuple(s for s in item.senses if s.kind != "class"))


def _as_bound(items: list[Item], place: int) -> Item:
    """Take a word right before a figure for its bound, though something is called so (突破百亿元)."""
    item = items[place]
    figure = any(i.amount is not None for i in items[place + 1 : place + 2])
    if not (figure and item.has("thing") and item.has("operator", LEX + "over", LEX + "under")):
        return item
    return replace(item, senses=item.of("operator"))


def _several(items: list[Item]) -> list[Item]:
    """Take a how-many in front as several, where another one asks (几批项目的平均…是多少)."""
    first, *rest = items or [Item(0, "", 0, 0)]
    asking = any(i.has("question", LEX + "howMuch", LEX + "howBig") for i in rest)
    attributed = [i for i in rest[2:] if i.has("particle", LEX + "attributive")]
    apart = any(i.text in BREAKS for i in rest)
    if (
        not (first.has("question", LEX + "howMuch") and asking and attributed and rest[0].has("unit"))
        or apart
    ):
        return items
    senses = (Sense("particle", "", "says"),)
    return [merged([first, rest[0]], senses=senses, amount=None, period=None), *rest[1:]]


def _of_several(items: list[Item]) -> list[Item]:
    """Take a how-many before a topic, or behind what describes it, as several, where only a which asks
    behind it (签约的几批项目中，…的是哪一批).
    """
    asked = [place for place, item in enumerate(items) if item.has("question")]
    if len(asked) < 2 or not items[asked[0]].has("question", LEX + "howMuch"):
        return items
    if not all(items[place].has("question", LEX + "which") for place in asked[1:]):
        return items
    place = asked[0]
    before, behind = items[:place], items[place + 1 : place + 4]
    described = not before or before[-1].has("particle", LEX + "attributive", LEX + "pronoun")
    topic = len(behind) > 2 and (behind[2].has("particle") or behind[2].text in BREAKS)
    if not described or not topic or not behind[0].has("unit") or not behind[1].has("class"):
        return items
    senses = (Sense("particle", "", "says"),)
    several = merged([items[place], behind[0]], senses=senses, amount=None, period=None)
    return [*before, several, *items[place + 2 :]]


def _mark_patterns(items: list[Item], index: Index) -> None:
    """Give the pieces of a wording in pieces the sense of the whole."""
    texts = [item.text for item in items]
    for pieces, kind, iri, how in index.patterns:
        places: list[int] = []
        for piece in pieces:
            start = places[-1] + 1 if places else 0
            if piece not in texts[start:]:
                break
            places.append(texts.index(piece, start))
        else:
            for place in places:
                item = items[place]
                item.pieces |= {iri}
                if not item.has(kind, iri):
                    item.add(Sense(kind, iri, how))
