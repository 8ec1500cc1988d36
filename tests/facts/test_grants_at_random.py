"""The SQL that resolves policies, held against the plain meaning of each statement and store."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from auditor.tables import HierarchyNode, PolicyStatement, Row, Store
from tests.facts.deriving import Facts
from tests.facts.granting import BUCKET, LOG, PROD, TENANCY, derived, node, policy, reached, store
from tests.fakes import audit

_VERBS = ("inspect", "read", "use", "manage")
_KINDS = (("objectstorage", "bucket"), ("blockvolume", "volume"), ("blockvolume", "backup"))
_RESOURCES = ("objects", "object-family", "volume-family", "volumes", "all-resources", "streams")
_CLASSES: tuple[list[str], ...] = (["us_user_data"], ["operations"], [])


def _places(chance: random.Random) -> list[HierarchyNode]:
    """Return a tenancy of twelve compartments, some of which share a name."""
    found = [node(TENANCY, "root", "", "tenancy")]
    for number in range(12):
        above = chance.choice(found)
        taken = {each.name for each in found if each.parent_id == above.id}
        name = chance.choice([each for each in "abcdefghijklmnop" if each not in taken])
        found.append(node(f"ocid1.compartment.oc1..c{number}", name, above.id))
    return found


def _above(place: str, places: Sequence[HierarchyNode]) -> list[str]:
    """Return a compartment and everything above it."""
    parents = {each.id: str(each.parent_id) for each in places}
    way = [place]
    while parents.get(way[-1]):
        way.append(parents[way[-1]])
    return way


def _statements(chance: random.Random, places: Sequence[HierarchyNode]) -> Iterator[Row]:
    """Yield the rows of policies, one statement each, that name their place by OCID or path."""
    for number in range(60):
        target = chance.choice(places)
        attached = chance.choice(_above(target.id, places))
        way = _above(target.id, places)[: _above(target.id, places).index(attached)]
        names = [str(each.name) for id_ in reversed(way) for each in places if each.id == id_]
        where = f"compartment id {target.id}"
        if names and chance.random() < 0.7:
            where = f"compartment {':'.join(names)}"
        verb, resource = chance.choice(_VERBS), chance.choice(_RESOURCES)
        condition = chance.choice(["", " where a.b = 'c'"])
        statement = f"Allow group G{number % 5} to {verb} {resource} in {where}{condition}"
        for row in policy(statement, place=attached):
            assert isinstance(row, PolicyStatement)
            if row.effect == "allow":
                # Where it applies is found by the SQL; where it should is kept in the name.
                yield replace(row, id=f"{number:02} {target.id}", policy_id=f"p{number}")


def _expected(
    statements: Sequence[PolicyStatement], stores: Sequence[Store], places: Sequence[HierarchyNode]
) -> dict[tuple[str, str], set[str]]:
    """Return the stores that each principal may reach by each kind of access, one by one."""
    found: dict[tuple[str, str], set[str]] = {}
    for each in statements:
        assert isinstance(each.holdings, tuple)
        assert isinstance(each.gives, tuple)
        for one in stores:
            held = {"*", f"{one.service}/*", f"{one.service}/{one.kind}"}
            inside = each.id.partition(" ")[2] in _above(one.compartment, places)
            if inside and held & set(each.holdings):
                for access in set(each.gives) - {"decrypt"}:  # no store here has a key
                    who = f"{TENANCY}/group/{str(each.principal).lower()}"
                    found.setdefault((who, access), set()).add(one.id)
    return found


def test_grants_are_what_each_statement_says_of_each_store() -> None:
    """Sixty statements and sixty stores, over twelve compartments, three times."""
    for seed in range(3):
        chance = random.Random(seed)
        places = _places(chance)
        stores = [
            store(
                f"s{number}",
                chance.choice(places).id,
                *chance.choice(_KINDS),
                chance.choice(_CLASSES),
            )
            for number in range(60)
        ]
        statements = list(_statements(chance, places))
        facts = Facts([*places, *stores, *statements], replace(audit(), classification=()))

        rows = [each for each in statements if isinstance(each, PolicyStatement)]
        every, plain = rows, [each for each in rows if not each.conditional]
        assert reached(facts, "principal_id", "access") == _expected(every, stores, places), seed
        unconditional = {
            (who, access): over
            for (who, access, conditional), over in reached(
                facts, "principal_id", "access", "conditional"
            ).items()
            if not conditional
        }
        assert unconditional == _expected(plain, stores, places), seed


def _denials(chance: random.Random, places: Sequence[HierarchyNode]) -> Iterator[Row]:
    """Yield the rows of policies that deny, of groups and of everybody."""
    for number in range(6):
        target = chance.choice(places)
        whom = chance.choice(["any-user", f"group G{number}"])
        verb, resource = chance.choice(_VERBS), chance.choice(_RESOURCES)
        condition = chance.choice(["", "", " where a.b = 'c'", " where request.region = 'iad'"])
        text = f"Deny {whom} to {verb} {resource} in compartment id {target.id}{condition}"
        for row in policy(text, place=target.id):
            if isinstance(row, PolicyStatement) and row.effect == "allow":
                yield replace(row, id=f"deny {number}", policy_id=f"d{number}")


def test_a_denial_never_adds_access() -> None:
    """What is given for sure with denials is given for sure without, and nothing new is unknown."""
    for seed in range(4):
        chance = random.Random(seed)
        places = _places(chance)
        stores = [
            store(f"s{number}", chance.choice(places).id, *chance.choice(_KINDS), ["operations"])
            for number in range(40)
        ]
        rows = [*places, *stores, *_statements(chance, places)]
        about = replace(audit(), classification=())
        columns = ("principal_id", "access", "conditional", "given")
        before = reached(Facts(rows, about), *columns)
        after = reached(Facts([*rows, *_denials(chance, places)], about), *columns)

        for (who, access, conditional, given), over in after.items():
            plain = before.get((who, access, False, True), set())
            some = plain | before.get((who, access, True, True), set())
            sure = given is True and conditional is False
            assert over <= (plain if sure else some), (seed, who, access)


def _unread(statement: PolicyStatement, start: str) -> Row:
    """Return what is left of a statement that cannot be read past its first word."""
    rows = policy(f"{start} it in words of another time", place=statement.place)
    (found,) = [each for each in rows if isinstance(each, PolicyStatement) and not each.parsed]
    return replace(found, id=f"unread {statement.id}")


def test_a_statement_that_cannot_be_read_turns_nothing_round() -> None:
    """What was not given is not given for sure then, and what was given stays possible."""
    columns = ("principal_id", "access", "conditional", "given")
    for seed in range(3):
        chance = random.Random(seed)
        places = _places(chance)
        stores = [
            store(f"s{number}", chance.choice(places).id, *chance.choice(_KINDS), ["operations"])
            for number in range(30)
        ]
        told = [
            each
            for each in (*_statements(chance, places), *_denials(chance, places))
            if isinstance(each, PolicyStatement)
        ]
        denials = {each.id for each in told if each.denies}
        lost = denials | {each.id for each in chance.sample(told, 8)}
        kept = [
            _unread(each, "Deny" if each.denies else "Allow") if each.id in lost else each
            for each in told
        ]
        about = replace(audit(), classification=())
        before = reached(Facts([*places, *stores, *told], about), *columns)
        after = reached(Facts([*places, *stores, *kept], about), *columns)

        for (who, access, conditional, given), over in after.items():
            if given is True and not conditional:
                possible = [
                    before.get((who, access, *more), set())
                    for more in ((False, True), (True, True), (False, None), (True, None))
                ]
                assert over <= set().union(*possible), (seed, who, access)
        doubted = set().union(*(over for key, over in after.items() if key[0] is None))
        for (who, access, conditional, given), over in before.items():
            if given is True and not conditional:
                found = [after[key] for key in after if key[:2] == (who, access)]
                assert doubted or over <= set().union(*found), (seed, who, access)


def test_a_denial_that_cannot_be_read_may_take_anything_below_its_place() -> None:
    """An Allow that cannot be read takes nothing; neither does a denial elsewhere."""
    allow = policy(
        "Allow group Readers to read objects in compartment Prod:Data",
        "Allow group Readers to read objects in compartment Logs",
    )
    for start, here, expected in (
        ("Deny", PROD, {BUCKET: None, LOG: True}),
        ("Allow", PROD, {BUCKET: True, LOG: True}),
        ("Deny", TENANCY, {BUCKET: None, LOG: None}),
    ):
        unread = [
            replace(each, id=f"unread {each.id}")
            for each in policy(f"{start} what nobody can read", place=here)
            if isinstance(each, PolicyStatement) and not each.parsed
        ]
        facts = derived(*allow, *unread)
        found = reached(facts, "principal_id", "given")
        told = {
            one: given for (who, given), over in found.items() for one in over if who is not None
        }
        assert told == expected, (start, here)
