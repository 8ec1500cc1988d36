"""What a service control policy lets be created, and where.

A policy is read for one question only: in which regions can somebody still create data? The answer
is never stricter than the policy: what cannot be shown to bind everybody is an escape or unknown.

Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
and https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from auditor.collect.aws.policy_documents import several, statements_of
from auditor.model import Json, Unknown
from auditor.tables import Maybe

ANY = "*"
_REGION = "aws:requestedregion"
_PRINCIPAL_KEYS = frozenset({"aws:principalarn", "aws:principalaccount"})
_NOT_EQUAL = frozenset({"stringnotequals", "stringnotequalsignorecase", "stringnotlike"})
_EQUAL = frozenset({"stringequals", "stringequalsignorecase", "stringlike"})
_UNLIKE_PRINCIPAL = _NOT_EQUAL | {"arnnotlike", "arnnotequals"}
_LIKE = frozenset({"stringlike", "stringnotlike"})
# Services that keep no customer data in the region that they are called in: their control planes
# are global, so a region lock has to leave them out. From the example of a region lock in the
# Organizations user guide (examples_general.html), without those of it that can hold data (acm,
# config, kms, s3, wafv2 and others).
_GLOBAL = frozenset(
    {
        "access-analyzer",
        "account",
        "aws-marketplace-management",
        "aws-portal",
        "billing",
        "budgets",
        "ce",
        "cloudfront",
        "consolidatedbilling",
        "cur",
        "directconnect",
        "fms",
        "freetier",
        "globalaccelerator",
        "health",
        "iam",
        "importexport",
        "invoicing",
        "mobileanalytics",
        "networkmanager",
        "organizations",
        "payments",
        "pricing",
        "route53",
        "route53-recovery-cluster",
        "route53-recovery-control-config",
        "route53-recovery-readiness",
        "route53domains",
        "shield",
        "sts",
        "support",
        "sustainability",
        "tax",
        "trustedadvisor",
        "waf",
        "waf-regional",
    }
)
_READS = re.compile(r"(get|list|describe|head|lookup|search|batchget)[a-z*]*", re.ASCII)
# Account-wide settings that the same example exempts; none of them creates data.
_SETTINGS = frozenset({"s3:putaccountpublicaccessblock", "s3:putaccountpublic*"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionLock:
    """What the denials of one policy come to.

    Attributes:
        allowed, denied: regions, with ``*`` for any run of characters.
        escapes: actions and conditions that are not denied although the region is.
        exempt: principals and accounts to whom the denial does not apply, as written.
    """

    allowed: tuple[str, ...] = (ANY,)
    denied: tuple[str, ...] = ()
    escapes: tuple[str, ...] = ()
    exempt: tuple[str, ...] = ()

    @property
    def limits_regions(self) -> bool:
        """Whether it denies anything in any region."""
        return self.allowed != (ANY,) or bool(self.denied)


@dataclass(slots=True)
class _Reading:
    """One denial while its conditions are being read; all of them must hold for it to deny."""

    allowed: tuple[str, ...] | None = None
    denied: tuple[str, ...] | None = None
    escapes: list[str] = field(default_factory=list)
    exempt: list[str] = field(default_factory=list)


def read_region_lock(policy: Json) -> Maybe[RegionLock]:
    """Return the region lock that a policy's JSON text amounts to, or why that is unknown.

    Several denials of one policy may each lock; the one with the fewest escapes is returned.
    """
    statements = statements_of(policy)
    if isinstance(statements, Unknown):
        return statements
    locks = [lock for each in statements for lock in _locks(each)]
    return min(locks, key=lambda lock: (len(lock.escapes), lock.escapes), default=RegionLock())


def _locks(statement: Json) -> Iterator[RegionLock]:
    if not isinstance(statement, Mapping) or statement.get("Effect") != "Deny":
        return
    reading = _Reading()
    condition = statement.get("Condition")
    for operator, tests in condition.items() if isinstance(condition, Mapping) else ():
        for key, values in tests.items() if isinstance(tests, Mapping) else ():
            _read_test(reading, str(operator).lower(), str(key).lower(), several(values))
    if reading.allowed is None and reading.denied is None:
        return
    reading.escapes += _holes(statement)
    yield RegionLock(
        allowed=(ANY,) if reading.allowed is None else reading.allowed,
        denied=reading.denied or (),
        escapes=tuple(sorted(set(reading.escapes))),
        exempt=tuple(sorted(set(reading.exempt))),
    )


def _read_test(reading: _Reading, operator: str, key: str, values: list[Json]) -> None:
    """Read one test of a condition; one that cannot be read is a way out."""
    base = operator.removesuffix("ifexists").removeprefix("foranyvalue:")
    named = all(isinstance(value, str) for value in values)
    patterns = tuple(sorted(str(value) for value in values))
    wild = any("*" in each or "?" in each for each in patterns)
    if not named:
        reading.escapes.append(f"unless {operator} {key}")
    elif key == _REGION and base in _NOT_EQUAL and reading.allowed is None:
        if wild and base not in _LIKE:
            reading.escapes.append(f"unless {operator} {key}")  # a literal asterisk is no region
        reading.allowed = patterns
    elif key == _REGION and base in _EQUAL and reading.denied is None:
        reading.denied = patterns
    elif key in _PRINCIPAL_KEYS and base in _UNLIKE_PRINCIPAL:
        reading.exempt += patterns
        reading.escapes += [f"principal {each}" for each in patterns if _is_anybody(each)]
    else:
        reading.escapes.append(f"unless {operator} {key}")


def _is_anybody(pattern: str) -> bool:
    """Whether a pattern of principals leaves the name open, so that anybody could take one."""
    name = pattern.rpartition(":")[2].rpartition("/")[2]
    return not name.strip("*?") or pattern == ANY


def _holes(statement: Mapping[str, Json]) -> Iterator[str]:
    """Yield what a denial does not cover: actions that it leaves out, resources other than all."""
    if several(statement.get("Resource", ANY)) != [ANY] or "NotResource" in statement:
        yield "resources that it does not name"
    if "NotAction" in statement:
        yield from _creating(several(statement["NotAction"]))
    elif ANY not in several(statement.get("Action", [])) and "*:*" not in several(
        statement.get("Action", [])
    ):
        yield "actions that it does not name"


def _creating(actions: Iterable[Json]) -> Iterator[str]:
    """Yield the actions of a list that could create data."""
    for action in actions:
        service, _, name = str(action).lower().partition(":")
        harmless = service in _GLOBAL or _READS.fullmatch(name) or str(action).lower() in _SETTINGS
        if not harmless:
            yield str(action)
