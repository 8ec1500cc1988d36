"""What we claim to know about packages, given what AWS answered."""

import pytest

from auditor.collect.aws.codeartifact import DOMAINS, REPOSITORIES
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

pytestmark = pytest.mark.usefixtures("cloud")

_STRANGER = "222222222222"
_ARN = f"arn:aws:codeartifact:{HOME}:{ACCOUNT}"
_KEY = f"arn:aws:kms:{HOME}:{ACCOUNT}:key/1"
_POLICY = (
    '{"Statement": {"Effect": "Allow", "Principal": {"AWS": "%s"},'
    ' "Action": "codeartifact:ReadFromRepository"}}'
)


def rules(answer: Json) -> list[Rule]:
    domain = {"name": "code", "owner": ACCOUNT, "arn": f"{_ARN}:domain/code", "encryptionKey": _KEY}
    repository = {
        "name": "npm",
        "arn": f"{_ARN}:repository/code/npm",
        "domainName": "code",
        "domainOwner": ACCOUNT,
    }
    absent = {"status": 404, "code": "ResourceNotFoundException", "answer": answer}
    return [
        Rule(operation="codeartifact.ListDomains", answer={"domains": [domain]}),
        Rule(operation="codeartifact.ListRepositories", answer={"repositories": [repository]}),
        Rule(operation="codeartifact.GetDomainPermissionsPolicy", **absent),
        Rule(operation="codeartifact.GetRepositoryPermissionsPolicy", **absent),
    ]


def collect(policy: str = "", deny: tuple[str, ...] = ()) -> Collected:
    answer = {"policy": {"document": policy}} if policy else None
    collectors = (IDENTITY, REGIONS, DOMAINS, REPOSITORIES)
    return gather(collectors, rules=rules(answer), deny=deny)


def test_without_a_policy_nobody_else_reads() -> None:
    found = collect()

    assert (found.stores["code"].key_id, found.stores["code"].public) == (_KEY, False)
    assert not found.flows


def test_a_policy_lets_another_account_read() -> None:
    flows = collect(_POLICY % _STRANGER).flows

    assert [flow.target_account for flow in flows] == [_STRANGER, _STRANGER]


def test_a_refused_policy_may_let_anybody_read() -> None:
    denied = ("GetDomainPermissionsPolicy", "GetRepositoryPermissionsPolicy")

    found = collect(deny=denied)

    assert isinstance(found.stores["code"].public, Unknown)
    assert {flow.mechanism for flow in found.flows} == {"public", "share"}
