"""The search for the shortest proof: backwards from what is to be proved, through the closure.

What may prove a statement is an and-or graph: a statement holds if one of its rule instances does, an
instance if all its premises do. The graph is unfolded only where the shortest proof could still be: in
turns, the cheapest proof of the part that is known is computed (Knuth 1977, which also keeps cycles out),
statements nobody has looked at yet taken to need one rule, and those among them that it relies on are
unfolded. When it relies on none, nothing shorter exists.
"""

from heapq import heappop, heappush
from itertools import islice

from citykg.reason.matching import SAME_AS, TYPE, Matcher, bind, is_given, rules_for
from citykg.reason.paths import joined, path_proof
from citykg.reason.proof import Proof, Statement, StoreFacts
from citykg.reason.rules import Pattern, Rule

__all__ = ["Prover"]

#: Questions to the store for one proof; when they are used up, the best proof in what is known is given.
_PATIENCE = 200_000
_SECOND_LOOK = 3_000

#: From how many rules on a path is long; a search step by step then has no more than its own questions.
_LONG = 60
_QUICK_LOOK = 200

#: How many steps from one place are compared when far steps count.
_FAR_STEPS = 100

#: How many instances are looked at to guess the next one, and how many of one open premise are unfolded.
_PROMISING = 50
_ALIKE = 5

#: No path over far steps needs fewer rules than this.
_CERTAIN = 2

#: A rule instance: the rule's name and what it needs.
_Instance = tuple[str, tuple[Statement, ...]]

#: Rules that go from one end to the other of a path, where paths are found step by step.
_PATHS = ("prp-trp", "eq-trans")


class Prover:
    """Finds proofs in one closed graph, and remembers what it has seen of it.

    Args:
        facts: the graph.
    """

    def __init__(self, facts: StoreFacts) -> None:
        self.matcher = Matcher(facts)
        self._facts = facts
        self._instances: dict[tuple[Statement, bool], list[_Instance]] = {}
        self._proofs: dict[Statement, Proof] = {}
        self._paths = False

    def prove(self, statement: Statement) -> Proof | None:
        """The shortest proof of a statement; None when it is neither asserted nor follows.

        Shortest is with the fewest rule applications, every use of a statement counted. Paths (prp-trp,
        eq-trans) are first looked for over steps that are one rule away from what is asserted; steps that
        are themselves far are compared as far as patience goes, which is the end for all but long paths.
        """
        if statement not in self._proofs:
            if not self.matcher.holds(statement):
                return None
            self._paths = False
            path = None
            if not self.matcher.is_asserted(statement):
                path = path_proof(self._facts, self.matcher, statement, self.prove)
            if path is not None and path.size >= _LONG:
                proof = self._search(statement, wide=False, patience=_QUICK_LOOK)
                self._paths = False
                if proof is None or path.size < proof.size:
                    proof = path
            else:
                proof = self._search(statement, wide=False, patience=_PATIENCE)
            if proof is None:
                proof = self._search(statement, wide=True, patience=_PATIENCE)
            elif proof.size > _CERTAIN and self._paths:
                second = self._search(statement, wide=True, patience=_SECOND_LOOK)
                if second is not None and second.size < proof.size:
                    proof = second
            if proof is not None:
                # What was proved before may rest on what is being proved now.
                self._proofs[statement] = proof.direct()
        return self._proofs.get(statement)

    def _search(self, goal: Statement, *, wide: bool, patience: int) -> Proof | None:
        area = _Area(self, goal, wide=wide)
        until = self.matcher.lookups + patience
        turn = 1
        while True:
            costs, best = area.cheapest(optimistic=self.matcher.lookups < until)
            if goal not in costs:
                return None
            open_ = area.relied_on(best)
            if not open_:
                return area.proof(best)
            # A deep proof needs many turns: each turn follows its lead a little further than the last.
            area.unfold(open_, depth=turn)
            turn = min(2 * turn, 256)

    def leaf(self, statement: Statement) -> Proof | None:
        """The proof of what needs no search: asserted, proved before, or true of itself."""
        known = self._proofs.get(statement)
        if known is None:
            if self.matcher.is_asserted(statement):
                known = Proof(statement)
            elif (rule := is_given(statement)) is not None:
                known = Proof(statement, rule)
            if known is not None:
                self._proofs[statement] = known
        return known

    def instances(self, statement: Statement, *, wide: bool) -> list[_Instance]:
        """Every rule instance that concludes a statement; paths over near steps only, or over all."""
        known = self._instances.get((statement, wide))
        if known is None:
            known = []
            for rule in rules_for(statement[1]):
                if rule.name in _PATHS:
                    known += self._first_steps(rule, statement, wide=wide)
                elif statement[1] != SAME_AS or not rule.name.startswith("eq-rep"):
                    bodies = self.matcher.bodies(rule, statement)
                    known += [(rule.name, body) for body in bodies if statement not in body]
            self._instances[statement, wide] = known
        return known

    def _first_steps(self, rule: Rule, statement: Statement, *, wide: bool) -> list[_Instance]:
        """Instances of a transitive rule whose first premise is one step of the path."""
        subject, predicate, object_ = statement
        found: list[_Instance] = []
        fixed: tuple[Statement, ...] = ()
        if rule.name == "prp-trp":
            axiom = rule.body[0]
            assert isinstance(axiom, Pattern)
            class_ = bind(axiom.object, {})
            assert class_ is not None
            fixed = ((predicate, TYPE, class_),)
            if not self.matcher.holds(fixed[0]):
                return found
        self._paths = True
        steps = self.matcher.neighbours(statement, rule, wide=wide)
        for step in islice(steps, _FAR_STEPS if wide else None):
            rest = (step, predicate, object_)
            if step not in (subject, object_) and self.matcher.holds(rest):
                found.append((rule.name, (*fixed, (subject, predicate, step), rest)))
                back = (step, predicate, subject)
                if predicate == SAME_AS and self.matcher.is_asserted(back):
                    found.append(("eq-rep-s", (back, rest)))  # as it stands, where eq-trans has to turn it
        return found


class _Area:
    """The part of the and-or graph that one search has unfolded."""

    def __init__(self, prover: Prover, goal: Statement, *, wide: bool) -> None:
        self._prover = prover
        self._goal = goal
        self._wide = wide
        self._unfolded: dict[Statement, list[_Instance]] = {goal: prover.instances(goal, wide=wide)}
        self._leaves: dict[Statement, Proof | None] = {}
        leaf = prover.leaf(goal)
        if leaf is not None:
            self._leaves[goal] = leaf

    def _leaf(self, statement: Statement) -> Proof | None:
        if statement not in self._leaves:
            self._leaves[statement] = self._prover.leaf(statement)
        return self._leaves[statement]

    def cheapest(self, *, optimistic: bool) -> tuple[dict[Statement, int], dict[Statement, _Instance]]:
        """The cost of the cheapest proof of every statement, and its last rule.

        Args:
            optimistic: take a statement that is not unfolded to need one rule; otherwise to have no proof.
        """
        waiting: dict[Statement, list[int]] = {}
        edges: list[tuple[Statement, _Instance]] = []
        missing: list[int] = []
        sums: list[int] = []
        heap: list[tuple[int, int, Statement]] = []
        order = 0
        entered: set[Statement] = set()
        best: dict[Statement, _Instance] = {}
        tentative: dict[Statement, int] = {}

        def enter(statement: Statement) -> None:
            nonlocal order
            if statement in entered:
                return
            entered.add(statement)
            leaf = self._leaf(statement)
            if leaf is not None:
                cost: int | None = leaf.size
            elif statement in self._unfolded:
                cost = None
            else:
                cost = 1 if optimistic else None
            if cost is not None:
                tentative[statement] = cost
                order += 1
                heappush(heap, (cost, order, statement))

        for statement, instances in self._unfolded.items():
            enter(statement)
            for instance in instances:
                number = len(edges)
                edges.append((statement, instance))
                premises = dict.fromkeys(instance[1])
                missing.append(len(premises))
                sums.append(1)
                for premise in premises:
                    enter(premise)
                    waiting.setdefault(premise, []).append(number)
                if not premises and tentative.get(statement, 2) > 1:
                    tentative[statement] = 1
                    best[statement] = instance
                    order += 1
                    heappush(heap, (1, order, statement))
        costs: dict[Statement, int] = {}
        while heap:
            cost, _, statement = heappop(heap)
            if statement in costs:
                continue
            costs[statement] = cost
            for number in waiting.get(statement, ()):
                missing[number] -= 1
                sums[number] += cost
                head, instance = edges[number]
                cheaper = sums[number] < tentative.get(head, sums[number] + 1)
                if not missing[number] and head not in costs and cheaper:
                    tentative[head] = sums[number]
                    best[head] = instance
                    order += 1
                    heappush(heap, (sums[number], order, head))
        return costs, best

    def relied_on(self, best: dict[Statement, _Instance]) -> list[Statement]:
        """The statements in the cheapest proof of the goal that nobody has looked at yet."""
        found: list[Statement] = []
        seen: set[Statement] = set()
        stack = [self._goal]
        while stack:
            statement = stack.pop()
            if statement in seen or self._leaf(statement) is not None:
                continue
            seen.add(statement)
            if statement not in self._unfolded:
                found.append(statement)
            else:
                stack += best[statement][1]
        return found

    def unfold(self, statements: list[Statement], *, depth: int) -> None:
        """Unfold statements, and along the most promising instance of each what comes next."""
        for statement in statements:
            current: Statement | None = statement
            for _ in range(depth):
                if current is None or current in self._unfolded:
                    break
                current = self._unfold(current)

    def _unfold(self, statement: Statement) -> Statement | None:
        """Unfold a statement, and what it may be another way of saying; return what to unfold next."""
        instances = self._instances(statement)
        following: Statement | None = None
        alike = 0
        for rule, premises in instances[:_PROMISING]:
            open_ = [premise for premise in premises if self._leaf(premise) is None]
            if len(open_) == 1 and rule in _PATHS:
                following = open_[0]
            elif len(open_) == 1 and alike < _ALIKE:
                # Inverses, subproperties and the like: each would take a turn of its own.
                alike += 1
                self._instances(open_[0])
                following = following or open_[0]
        return following

    def _instances(self, statement: Statement) -> list[_Instance]:
        if statement not in self._unfolded:
            self._unfolded[statement] = self._prover.instances(statement, wide=self._wide)
        return self._unfolded[statement]

    def proof(self, best: dict[Statement, _Instance]) -> Proof:
        """The proof of the goal that the last rules make.

        It is built from the leaves upwards, without recursion; long paths are put together by halves.
        """
        done: dict[Statement, Proof] = {}
        paths: dict[Statement, tuple[str, tuple[Statement, ...], Statement, Statement]] = {}

        def whole(statement: Statement) -> Proof:
            if statement not in done:
                rule, axioms, step, rest = paths[statement]
                steps = [whole(step)]
                while rest in paths and rest not in done and paths[rest][0] == rule:
                    steps.append(whole(paths[rest][2]))
                    rest = paths[rest][3]
                steps.append(whole(rest))
                done[statement] = joined(rule, [whole(axiom) for axiom in axioms], steps)
            return done[statement]

        stack: list[tuple[Statement, bool]] = [(self._goal, False)]
        while stack:
            statement, ready = stack.pop()
            if statement in done or statement in paths:
                continue
            leaf = self._leaf(statement)
            if leaf is not None:
                done[statement] = leaf
            elif not ready:
                stack.append((statement, True))
                stack += [(premise, False) for premise in best[statement][1]]
            else:
                rule, premises = best[statement]
                if rule in _PATHS:
                    paths[statement] = (rule, premises[:-2], premises[-2], premises[-1])
                else:
                    done[statement] = Proof(statement, rule, tuple(whole(premise) for premise in premises))
        return whole(self._goal)
