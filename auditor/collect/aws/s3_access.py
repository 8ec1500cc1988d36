"""Whether anybody can read an S3 bucket: its policy, its access list, and what blocks them.

Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
"""

from auditor.collect.aws.reading import entries, is_absent, maybe_flag
from auditor.model import Unknown
from auditor.spec import Found, dig
from auditor.tables import Maybe

_EVERYBODY = (
    "http://acs.amazonaws.com/groups/global/AllUsers",
    "http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
)
_OWN_LISTS = Unknown("objects may have access lists of their own, which were not asked for")
_OVERRIDDEN = Unknown(
    "its access list lets anybody in, and whether the account ignores such lists was not asked"
)


def read_public(found: Found) -> Maybe[bool]:
    """Return whether anybody on the internet can read it."""
    ways = (_by_policy(found), _by_access_list(found))
    if True in ways:
        return True
    return next((way for way in ways if isinstance(way, Unknown)), False)


def _by_policy(found: Found) -> Maybe[bool]:
    restricted = _block(found, "block", "RestrictPublicBuckets")
    if restricted is True:
        return False
    public: Maybe[bool] = False
    if not is_absent(found, "policy_status"):
        public = maybe_flag(found, "policy_status.PolicyStatus.IsPublic")
    if public is not True:
        return public
    overridden = _block(found, "account_block", "RestrictPublicBuckets")
    if overridden is True:
        return False
    return next((way for way in (restricted, overridden) if isinstance(way, Unknown)), True)


def _by_access_list(found: Found) -> Maybe[bool]:
    ignored = _block(found, "block", "IgnorePublicAcls")
    if ignored is True:
        return False
    grants = found.read("acl.Grants")
    if isinstance(grants, Unknown):
        return grants
    if any(dig(grant, "Grantee.URI") in _EVERYBODY for grant in entries(grants)):
        return ignored if isinstance(ignored, Unknown) else _OVERRIDDEN
    return _by_object_lists(found)


def _by_object_lists(found: Found) -> Maybe[bool]:
    if is_absent(found, "ownership"):
        return _OWN_LISTS
    rules = found.read("ownership.OwnershipControls.Rules")
    if isinstance(rules, Unknown):
        return rules
    enforced = any(rule.get("ObjectOwnership") == "BucketOwnerEnforced" for rule in entries(rules))
    return False if enforced else _OWN_LISTS


def _block(found: Found, detail: str, setting: str) -> Maybe[bool]:
    if is_absent(found, detail):
        return False
    return maybe_flag(found, f"{detail}.PublicAccessBlockConfiguration.{setting}")
