"""Amazon ECR: whether it had an image signed when it was pushed, and with a profile that stands.

A registry's configuration names the profiles of AWS Signer that images of some repositories are
signed with. A signature that somebody else put beside an image is of whom it says, and is open.

API: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImageSigningStatus.html
"""

from collections.abc import Mapping, Sequence

from auditor.collect.aws.reading import entries, is_absent, member
from auditor.model import Json, Outcome, Unknown
from auditor.spec import Detail, Found, dig, listed
from auditor.tables import Maybe

_ATTACHED = Unknown("a signature is kept beside it, which ECR does not check")
_UNDER_WAY = Unknown("its signature is being made")
_NOT_TOLD = Unknown("ECR did not say how far its signature is")
_PROFILE_UNREAD = Unknown("the profile that it was signed with is not among the account's own")
_REVOKED = Unknown("the profile that it was signed with was revoked, and since when is not asked")
_STANDING = frozenset({"Active", "Canceled"})  # one that was cancelled takes back no signature
_COMPLETE, _IN_PROGRESS = "COMPLETE", "IN_PROGRESS"


class Signing:
    """The signatures of one repository.

    Attributes:
        to_ask: digests of the images of which ECR may say that it had them signed.
    """

    def __init__(
        self,
        found: Found,
        images: Sequence[Mapping[str, Json]],
        signatures: Sequence[Mapping[str, Json]],
    ) -> None:
        self._found = found
        digests = [member(each, "imageDigest") for each in images]
        subjects = {member(each, "subjectManifestDigest") for each in signatures}
        # A signature that does not say of what it is may be of any image.
        self._signed = {*digests} if "" in subjects else subjects
        self._covered = _covers(found)
        asked = dict.fromkeys(each for each in digests if each and each in self._signed)
        self.to_ask = () if self._covered is False else tuple(asked)

    def of(self, digest: str) -> Maybe[bool]:
        """Return whether the platform's own signature on an image holds."""
        if digest not in self._signed:
            return False
        if self._covered is not True:
            return self._covered if isinstance(self._covered, Unknown) else _ATTACHED
        statuses = self._found.read("statuses")
        if isinstance(statuses, Unknown):
            return statuses
        told = self._told_of(digest)
        states = {member(each, "status") for each in told}
        if _COMPLETE in states:
            return self._judge(told)
        if _IN_PROGRESS in states:
            return _UNDER_WAY
        return _ATTACHED if told else _NOT_TOLD

    def _told_of(self, digest: str) -> list[Mapping[str, Json]]:
        call = self._found.details["statuses"]
        several = self._found.answers["statuses"]
        return [
            status
            for page in several
            if page.outcome is Outcome.OK and member(page.body, "imageId.imageDigest") == digest
            for status in entries(listed(call, page))
        ]

    def _judge(self, told: Sequence[Mapping[str, Json]]) -> Maybe[bool]:
        """Judge by the profiles that were signed with: one that stands is enough."""
        profiles = self._found.read("profiles")
        if isinstance(profiles, Unknown):
            return profiles
        state = {member(each, "arn"): member(each, "status") for each in entries(profiles)}
        used = [
            state.get(member(each, "signingProfileArn"), "")
            for each in told
            if member(each, "status") == _COMPLETE
        ]
        return judge_profile(used)


def judge_profile(states: Sequence[str]) -> Maybe[bool]:
    """Judge a signature by the states of the profiles that made it; '' is one that was not shown.

    One that stands is enough.
    """
    if _STANDING.intersection(states):
        return True
    return _REVOKED if all(states) else _PROFILE_UNREAD


def _covers(found: Found) -> Maybe[bool]:
    """Whether a rule of the registry has images of this repository signed."""
    if is_absent(found, "signing"):
        return False
    rules = found.read("signing.signingConfiguration.rules")
    if isinstance(rules, Unknown):
        return rules
    name = member(found.item, "repositoryName")
    return any(_fits(rule, name) for rule in entries(rules))


def _fits(rule: Mapping[str, Json], name: str) -> bool:
    filters = entries(rule.get("repositoryFilters"))
    return not filters or any(_matches(member(each, "filter"), name) for each in filters)


def _matches(wildcard: str, name: str) -> bool:
    first, *rest = wildcard.split("*")
    if not rest:
        return wildcard == name
    *middle, last = rest
    at = len(first)
    for each in middle:
        found = name.find(each, at)
        if found < 0:
            return False
        at = found + len(each)
    return name.startswith(first) and name.endswith(last) and len(name) - len(last) >= at


def _is_covered(found: Found) -> bool:
    return dig(found.item, "repositoryName") is not None and _covers(found) is True


SIGNING = Detail(
    name="signing",
    operation="GetSigningConfiguration",
    permission="ecr:GetSigningConfiguration",
    absent_on=("SigningConfigurationNotFoundException",),
    shared=True,
)
PROFILES = Detail(
    name="profiles",
    service="signer",
    operation="ListSigningProfiles",
    permission="signer:ListSigningProfiles",
    parameters={
        "includeCanceled": True,
        "statuses": ["Active", "Canceled", "Revoked"],
        "maxResults": 25,
    },
    applies=_is_covered,
    items="profiles",
    shared=True,
)
