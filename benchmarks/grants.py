"""All grants of a large estate of AWS, in CPU seconds and memory; and of one twice its size.

10,000 principals of 20 accounts, 100,000 stores of eight kinds, 50,000 statements. Principals
share some managed policies, and most have one of their own; a third of the stores have a policy:
mostly of few sorts, some that name one role or another account. Two levels of service control
policies, one of resource control policies, a boundary for one in ten. Paths over roles and over
policies that change themselves are followed. An estate of twice the size has twice the accounts
and teams too. From table to table means to read all that from rows of the fact tables first, and to
write rows of grants, extents and powers.
"""

import random
import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

from auditor.access.estate import Actor, Estate, Resource
from auditor.access.extents import Extents
from auditor.access.grants import Granting, direct_grants
from auditor.access.outsiders import outsiders
from auditor.access.paths import Paths
from auditor.access.routes import Routes
from auditor.access.statements import Named, Statement, Test
from auditor.access.ways import Ways
from benchmarks.grants_tables import written_grants
from benchmarks.measure import Measure, cpu_seconds

PRINCIPALS, STORES, ACCOUNTS = 10_000, 100_000, 20
TEAMS = 40
KINDS = (
    ("s3", "bucket", "arn:aws:s3:::{team}-{n:06}"),
    ("s3", "bucket", "arn:aws:s3:::logs-{n:06}"),
    ("dynamodb", "table", "arn:aws:dynamodb:us-east-1:{account}:table/{team}-{n:06}"),
    ("sqs", "queue", "arn:aws:sqs:us-east-1:{account}:{team}-{n:06}"),
    ("secretsmanager", "secret", "arn:aws:secretsmanager:us-east-1:{account}:secret:{team}/{n:06}"),
    ("kinesis", "stream", "arn:aws:kinesis:us-east-1:{account}:stream/{team}-{n:06}"),
    ("ec2", "volume", "arn:aws:ec2:us-east-1:{account}:volume/vol-{n:017x}"),
    ("ec2", "snapshot", "arn:aws:ec2:us-east-1:{account}:snapshot/snap-{n:017x}"),
)


def run() -> Iterator[Measure]:
    """Measure each size, by reasoning alone and from table to table, in processes of their own."""
    for name, way in (("grants", ""), ("grants.from_tables", "tables")):
        seconds, peak = _measured(1, way)
        twice, _ = _measured(2, way)
        yield Measure(name=f"{name}.cpu_seconds", value=seconds, limit=120)
        yield Measure(name=f"{name}.peak_memory", value=peak, limit=4, unit="GiB")
        yield Measure(name=f"{name}.twice_the_size", value=twice / seconds, limit=2.4, unit="x")


def _measured(size: int, way: str) -> tuple[float, float]:
    command = [sys.executable, "-m", "benchmarks.grants", str(size), way]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    *notes, figures = done.stdout.splitlines()
    print("\n".join(f"# {note}" for note in notes))
    seconds, peak = map(float, figures.split())
    return seconds, peak


def _child(size: int, way: str) -> None:
    estate = synthetic_estate(size)
    statements = sum(map(len, [*estate.identity.values(), *estate.resource.values()]))
    print(f"{len(estate.actors)} principals, {len(estate.resources)} resources, ", end="")
    if way:
        seconds, counts = written_grants(estate, "o-ours")
        told = ", ".join(f"{count} rows of {table}" for table, count in counts.items())
    else:
        kept = [0, 0]
        seconds = cpu_seconds(lambda: kept.__setitem__(slice(0, 2), _all(estate)))
        told = f"{statements} statements: {kept[0]} grants, {kept[1]} runs of extents"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{told}\n{seconds} {peak}")


def _all(estate: Estate) -> tuple[int, int]:
    extents = Extents(sorted(each.id for each in estate.resources.values() if each.kind != "key"))
    granting = Granting(estate, extents)
    paths = Paths(Routes(estate, Ways(estate, {})), granting.totals)
    accounts = {each.account for each in estate.actors.values()}
    grants = 0
    for actor in (*estate.actors.values(), *outsiders(estate, accounts)):
        totals = granting.totals(actor)
        for grant in (*direct_grants(actor, totals), *paths.grants(actor, totals)):
            extents.name(grant.stores)
            grants += 1
    return grants, sum(len(runs) for _, runs in extents.named())


def synthetic_estate(size: int) -> Estate:
    """Return an estate that many times as large as the figure to reach asks for."""
    return _Estate(size).build()


def _account(number: int) -> str:
    return f"{100_000_000_000 + number}"


class _Estate:
    def __init__(self, size: int) -> None:
        self._random = random.Random(size)
        self._size, self._accounts, self._teams = size, ACCOUNTS * size, TEAMS * size
        self._stores = [self._store(number) for number in range(STORES * size)]
        self._actors = [self._actor(number) for number in range(PRINCIPALS * size)]

    def build(self) -> Estate:
        keys = [
            Resource(
                id=f"arn:aws:kms:us-east-1:{_account(n % self._accounts)}:key/k{n}",
                service="kms",
                kind="key",
                account=_account(n % self._accounts),
                region="us-east-1",
            )
            for n in range(100 * self._size)
        ]
        resources = [*self._stores, *keys]
        bounds = {"bound": _policy("bound", _allow("s3:*", "dynamodb:*", "sqs:*", "ec2:*"))}
        deny_far = _deny("*", tests=(_test("stringnotequals", "aws:requestedregion", "us-east-1"),))
        levels = (
            _policy("p-full", _allow("*"), deny_far),
            _policy("p-guard", _allow("*"), _deny("s3:putbucketpolicy", tests=_UNLESS_ADMIN)),
        )
        perimeter = (_policy("p-perimeter", _allow("*"), _deny("s3:*", tests=_OUTSIDE)),)
        accounts = [_account(n) for n in range(self._accounts)]
        roots = [
            Actor(id=f"arn:aws:iam::{each}:root", kind="root", account=each) for each in accounts
        ]
        return Estate(
            actors={each.id: each for each in (*self._actors, *roots)},
            resources={each.id: each for each in resources},
            identity=self._identity(),
            boundaries=bounds,
            resource={each.id: self._own(each) for each in resources},
            trust={each.id: _trust(n, each, self._accounts) for n, each in enumerate(self._actors)},
            service_controls=dict.fromkeys(accounts, levels),
            resource_controls=dict.fromkeys(accounts, perimeter),
            organization=dict.fromkeys(accounts, "o-ours"),
        )

    def _store(self, n: int) -> Resource:
        service, kind, format_ = KINDS[n % len(KINDS)]
        account, team = _account(self._random.randrange(self._accounts)), f"t{n % self._teams}"
        return Resource(
            id=format_.format(n=n, account=account, team=team),
            service=service,
            kind=kind,
            account=account,
            region="us-east-1",
            tags={"team": team} if n % 3 else {},
            key_id=f"arn:aws:kms:us-east-1:{account}:key/k{n % 100}" if n % 5 == 0 else "",
        )

    def _actor(self, n: int) -> Actor:
        account, kind = _account(n % self._accounts), "user" if n % 4 == 0 else "role"
        return Actor(
            id=f"arn:aws:iam::{account}:{kind}/p{n}",
            kind=kind,
            account=account,
            name=f"p{n}",
            groups=(f"group-{n % 200}",) if kind == "user" else (),
            boundary="bound" if n % 10 == 3 else "",
            tags={"team": f"t{n % self._teams}"} if n % 2 else {},
        )

    def _identity(self) -> dict[str, tuple[Statement, ...]]:
        managed = [_managed(n) for n in range(100 * self._size)]
        found = {f"group-{n}": managed[n % len(managed)] for n in range(200)}
        for n, actor in enumerate(self._actors):
            own = _policy(f"{actor.id}#inline", *(self._statement(n) for _ in range(n % 4)))
            found[actor.id] = managed[n // 7 % len(managed)] + own if n % 5 else own
        return found

    def _statement(self, n: int) -> Statement:
        pick = self._random.randrange(20)
        store = self._stores[self._random.randrange(len(self._stores))]
        inside = store.id + ("/*" if store.service == "s3" else "")
        service = store.service
        if pick < 9:
            return _allow(f"{service}:get*", f"{service}:put*", resources=(store.id, inside))
        if pick < 13:
            return _allow(f"{service}:*", resources=(store.id[:-3] + "*",))
        if pick < 16:
            of_team = f"t{n % self._teams}-*"
            wide = f"arn:aws:dynamodb:*:*:table/{of_team}"
            if pick < 15:
                wide = f"arn:aws:s3:::{of_team}/in/*"
            return _allow("s3:getobject", "dynamodb:*", resources=(wide,))
        if pick < 17:
            return _allow("sqs:*", "secretsmanager:*", tests=_SAME_TEAM)
        if pick < 18:
            return _allow("s3:get*", tests=(_test("ipaddress", "aws:sourceip", "203.0.113.0/24"),))
        return _deny(f"{service}:*", resources=(store.id[:-2] + "*",))

    def _own(self, store: Resource) -> tuple[Statement, ...]:
        root = Named(kind="aws", name=f"arn:aws:iam::{store.account}:root")
        if store.kind == "key":
            return _policy(store.id, _allow("kms:*", who=(root,)))
        pick = self._random.randrange(30)
        if store.service not in ("s3", "sqs", "secretsmanager", "dynamodb", "kinesis") or pick > 15:
            return ()
        whole = (store.id, f"{store.id}/*")
        plain = _deny("*", resources=whole, who=(_EVERYBODY,), tests=_PLAIN_HTTP)
        if pick < 9:
            return _policy(store.id, plain)
        if pick < 12:
            actor = self._actors[self._random.randrange(len(self._actors))]
            one = Named(kind="aws", name=actor.id)
            return _policy(store.id, plain, _allow("*", resources=whole, who=(one,)))
        if pick < 14:
            far = Named(kind="aws", name=f"arn:aws:iam::{900_000_000_000 + pick}:root")
            log = Named(kind="service", name="logging.s3.amazonaws.com")
            who = (far if pick < 13 else log,)
            return _policy(store.id, _allow("s3:get*", "s3:putobject", resources=whole, who=who))
        outside = _deny("*", resources=whole, who=(_EVERYBODY,), tests=_OUTSIDE)
        return _policy(store.id, plain, outside)


_EVERYBODY = Named(kind="*", name="*")


def _test(operator: str, key: str, *values: str) -> Test:
    return Test(operator=operator, key=key, values=values)


_PLAIN_HTTP = (_test("bool", "aws:securetransport", "false"),)
_OUTSIDE = (
    _test("stringnotequals", "aws:principalorgid", "o-ours"),
    _test("bool", "aws:principalisawsservice", "false"),
)
_UNLESS_ADMIN = (_test("arnnotlike", "aws:principalarn", "arn:aws:iam::*:role/p1*"),)
_SAME_TEAM = (_test("stringequals", "aws:resourcetag/team", "${aws:PrincipalTag/team}"),)


def _trust(n: int, role: Actor, accounts: int) -> tuple[Statement, ...]:
    """Most roles are functions' or the account's; some are another account's, or a stranger's."""
    if n % 3 == 0:
        service = Named(kind="service", name="lambda.amazonaws.com")
        return _policy(f"{role.id}#trust", _allow("sts:assumerole", who=(service,)))
    account = role.account
    if n % 20 == 1:
        account = _account(n // 20 % accounts)
    if n % 100 == 2:
        account = f"{900_000_000_000 + n % 50}"
    root = Named(kind="aws", name=f"arn:aws:iam::{account}:root")
    return _policy(f"{role.id}#trust", _allow("sts:assumerole", who=(root,)))


def _managed(n: int) -> tuple[Statement, ...]:
    if n % 100 == 0:
        return _policy("administrator", _allow("*"))
    if n % 100 == 1:
        return _policy("assume", _allow("sts:assumerole", resources=("arn:aws:iam::*:role/*9",)))
    if n % 100 < 10:
        return _policy(f"read-{n}", _allow("s3:get*", "s3:list*", "dynamodb:getitem", "ec2:*"))
    return _policy(
        f"managed-{n}",
        _allow("s3:getobject", resources=(f"arn:aws:s3:::t{n}-*/*",)),
        _allow("sqs:*", tests=_SAME_TEAM),
        _deny("s3:*", resources=("arn:aws:s3:::logs-*",)),
    )


def _allow(*actions: str, **more: object) -> Statement:
    return _statement(True, actions, **more)  # type: ignore[arg-type]


def _deny(*actions: str, **more: object) -> Statement:
    return _statement(False, actions, **more)  # type: ignore[arg-type]


def _statement(
    allows: bool,
    actions: tuple[str, ...],
    *,
    resources: tuple[str, ...] = ("*",),
    who: tuple[Named, ...] = (),
    tests: tuple[Test, ...] = (),
) -> Statement:
    return Statement(
        policy_id="",
        number=0,
        allows=allows,
        actions=actions,
        resources=resources,
        principals=who,
        tests=tests,
    )


def _policy(name: str, *statements: Statement) -> tuple[Statement, ...]:
    return tuple(replace(each, policy_id=name, number=n) for n, each in enumerate(statements, 1))


if __name__ == "__main__":
    _child(int(sys.argv[1]), sys.argv[2])
