"""Everything that the graph says of one thing, each asserted fact with the passage that states it."""

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from .card import Card, Detail, Fact, Figure, Mention, Named, Place, Stated, Statement
from .names import labels
from .results import Solutions, Triples
from .sparql import pattern
from .store import Store, rows

__all__ = ["show", "triples_of"]


def show(store: Store, thing: str, *, language: str = "zh") -> Card:
    """Gather what the graph says of a thing.

    Args:
        store: where to look.
        thing: its IRI, as `search.find_thing` returns it.
        language: of all names; what has none in it keeps the one that it has.
    """
    return _Gatherer(store, thing, language=language).card()


def triples_of(store: Store, thing: str) -> Triples:
    """Return the triples of a thing, in both directions, with the nodes by which passages speak of it."""
    answer = store.query(pattern("show-triples", thing=f"<{thing}>"))
    if not isinstance(answer, Triples):
        raise TypeError("not a CONSTRUCT query")
    return answer


class _Gatherer:
    """Runs the patterns of one thing, then names everything that they returned at once."""

    def __init__(self, store: Store, thing: str, *, language: str) -> None:
        self._store = store
        self._thing = thing
        self._rows = {
            name: list(rows(store, pattern(f"show-{name}", thing=f"<{thing}>")))
            for name in ("names", "stated", "statements", "measurements", "mentions", "others")
        }
        self._facts = self._solutions("show-facts")
        self._types = [row["type"] for row in rows(store, pattern("search-types", things=f"<{thing}>"))]
        self._language = language
        terms = {*self._seen_iris(), *(fact["property"].value for fact in self._facts), *self._types}
        terms |= {row[key] for row in self._rows["others"] for key in ("property", "type")}
        terms |= {row[key] for row in self._rows["statements"] for key in ("predicate", "type", "modality")}
        terms |= {row["predicate"] for row in self._rows["stated"]}
        terms |= {
            row[key]
            for row in self._rows["measurements"]
            for key in ("indicator", "modality", "bound")
            if key in row
        }
        self._labels = labels(store, sorted(terms), language=language)

    def card(self) -> Card:
        facts = _without_weaker(self._store, self._grouped_facts())
        statements = self._statements()
        figures = tuple(self._figure(row) for row in self._rows["measurements"])
        others = self._others()
        mentions = tuple(
            Mention(row["node"], row["asStated"], row["passage"], int(row["start"]), int(row["end"]))
            for row in self._rows["mentions"]
        )
        passages = [passage for fact in facts for passage in fact.passages]
        passages += [statement.passage for statement in statements]
        passages += [figure.passage for figure in figures]
        passages += [detail.passage for detail in others]
        passages += [mention.passage for mention in mentions]
        names = [row["name"] for row in self._rows["names"] if row["kind"] == "label"]
        label = self._labels.get(self._thing, self._thing)
        return Card(
            thing=self._thing,
            label=label,
            names=tuple(name for name in names if name != label),
            aliases=tuple(row["name"] for row in self._rows["names"] if row["kind"] == "alias"),
            types=tuple(self._named(kind) for kind in self._types),
            facts=facts,
            stated=self._stated(),
            statements=statements,
            figures=figures,
            others=others,
            mentions=mentions,
            places=self._places(passages),
        )

    def _solutions(self, name: str) -> list[dict[str, ox.NamedNode | ox.Literal]]:
        answer = self._store.query(pattern(name, thing=f"<{self._thing}>"))
        if not isinstance(answer, Solutions):
            raise TypeError("not a SELECT query")
        return [
            {
                key: term
                for key, term in zip(answer.variables, row, strict=True)
                if isinstance(term, ox.NamedNode | ox.Literal)
            }
            for row in answer.rows
        ]

    def _seen_iris(self) -> Iterable[str]:
        yield self._thing
        for fact in self._facts:
            if isinstance(fact.get("other"), ox.NamedNode):
                yield fact["other"].value
        for kind in ("stated", "statements", "measurements"):
            for row in self._rows[kind]:
                yield from (row[key] for key in ("subject", "object", "unit") if _is_iri(row.get(key, "")))
        for row in self._rows["others"]:
            if _is_iri(row["value"]):
                yield row["value"]

    def _named(self, value: str, *, is_iri: bool = True) -> Named:
        return Named(value, self._labels.get(value, value) if is_iri else value, is_iri)

    def _grouped_facts(self) -> list[Fact]:
        found: dict[tuple[str, str, str, bool], tuple[list[str], list[str]]] = {}
        for row in self._facts:
            if "other" not in row:  # a blank node of the ontology: an axiom, nothing that a person reads here
                continue
            other = row["other"]
            key = (
                row["property"].value,
                row["direction"].value,
                other.value,
                isinstance(other, ox.NamedNode),
            )
            passages, graphs = found.setdefault(key, ([], []))
            if "graph" in row:
                (passages if "article" in row else graphs).append(row["graph"].value)
        return [
            Fact(
                property=self._named(property_),
                outgoing=direction == "out",
                other=self._named(other, is_iri=is_iri),
                inferred=not passages and not graphs,
                passages=tuple(passages),
                graphs=tuple(graphs),
            )
            for (property_, direction, other, is_iri), (passages, graphs) in found.items()
        ]

    def _stated(self) -> tuple[Stated, ...]:
        return tuple(
            Stated(
                self._named(row["subject"]),
                self._named(row["predicate"]),
                self._named(row["object"], is_iri=_is_iri(row["object"])),
            )
            for row in self._rows["stated"]
        )

    def _statements(self) -> tuple[Statement, ...]:
        return tuple(
            Statement(
                node=row["node"],
                type=self._named(row["type"]),
                subject=self._named(row["subject"]),
                predicate=self._named(row["predicate"]),
                object=self._named(row["object"], is_iri=_is_iri(row["object"])),
                modality=self._named(row["modality"]),
                period=row.get("period", ""),
                passage=row["passage"],
            )
            for row in self._rows["statements"]
        )

    def _figure(self, row: Mapping[str, str]) -> Figure:
        return Figure(
            node=row["node"],
            subject=self._named(row["subject"]),
            indicator=self._named(row["indicator"]),
            value=row["value"],
            unit=self._named(row["unit"]),
            as_stated=row["asStated"],
            bound=self._named(row["bound"]) if "bound" in row else None,
            period=row.get("period", ""),
            modality=self._named(row["modality"]) if "modality" in row else None,
            passage=row["passage"],
            start=int(row["start"]),
            end=int(row["end"]),
        )

    def _others(self) -> tuple[Detail, ...]:
        found: dict[tuple[str, str, str], list[tuple[Named, Named]]] = {}
        for row in self._rows["others"]:
            value = self._named(row["value"], is_iri=_is_iri(row["value"]))
            found.setdefault((row["node"], row["type"], row["passage"]), []).append(
                (self._named(row["property"]), value)
            )
        return tuple(
            Detail(node, self._named(kind), tuple(values), passage)
            for (node, kind, passage), values in found.items()
        )

    def _places(self, passages: Iterable[str]) -> dict[str, Place]:
        terms = " ".join(f"<{passage}>" for passage in dict.fromkeys(passages))
        if not terms:
            return {}
        found = list(rows(self._store, pattern("show-passages", passages=terms)))
        known = labels(
            self._store,
            [row[key] for row in found for key in ("article", "speaker") if key in row],
            language=self._language,
        )

        def named(iri: str) -> Named:
            return Named(iri, known.get(iri, iri), True)

        return {
            row["passage"]: Place(
                passage=row["passage"],
                article=named(row["article"]),
                order=int(row.get("order", 0)),
                paragraph=int(row.get("paragraph", 0)),
                sentence=int(row.get("sentence", 0)),
                start=int(row.get("start", 0)),
                end=int(row.get("end", 0)),
                speaker=named(row["speaker"]) if "speaker" in row else None,
                sha256=row.get("sha256", ""),
            )
            for row in found
        }


def _is_iri(value: str) -> bool:
    return value.startswith(("http://", "https://", "urn:"))


def _without_weaker(store: Store, facts: list[Fact]) -> tuple[Fact, ...]:
    """Leave out the inferred facts that only repeat another: by a superproperty, or from the other end."""
    if not facts:
        return ()
    properties = " ".join(f"<{iri}>" for iri in dict.fromkeys(fact.property.value for fact in facts))
    stronger: dict[str, set[str]] = {}
    inverse: dict[str, set[str]] = {}
    for row in rows(store, pattern("show-weaker", properties=properties)):
        if "stronger" in row:
            stronger.setdefault(row["property"], set()).add(row["stronger"])
        else:
            inverse.setdefault(row["property"], set()).add(row["inverse"])
    known = {(fact.property.value, fact.outgoing, fact.other.value): fact for fact in facts}

    def repeats(fact: Fact) -> bool:
        iri, other = fact.property.value, fact.other.value
        if any((name, fact.outgoing, other) in known for name in stronger.get(iri, ())):
            return True
        twins = [known.get((name, not fact.outgoing, other)) for name in inverse.get(iri, ())]
        # Of two inferred twins the one that begins with the thing stays.
        return any(twin is not None and (not twin.inferred or not fact.outgoing) for twin in twins)

    kept = (fact for fact in facts if not (fact.inferred and repeats(fact)))
    return tuple(
        sorted(
            kept, key=lambda fact: (not fact.outgoing, fact.inferred, fact.property.label, fact.other.label)
        )
    )
