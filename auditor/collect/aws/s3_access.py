"""Who can read an S3 bucket: its policy, its access list, and what blocks them.

Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
"""

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from functools import partial

from auditor.collect.aws.principals import accounts_in_policy
from auditor.collect.aws.reading import entries, is_absent, maybe_flag
from auditor.collect.flows import ANYBODY
from auditor.model import Json, Unknown
from auditor.spec import Found, dig
from auditor.tables import Maybe

EVERYBODY = (
    "http://acs.amazonaws.com/groups/global/AllUsers",
    "http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
)
_CANONICAL = Unknown("its access list lets in a canonical user, whose account AWS does not state")
# Actions on buckets and writes; a wildcard later in an action cannot undo its beginning.
_WRITES = (
    "s3:put",
    "s3:delete",
    "s3:abort",
    "s3:list",
    "s3:getbucket",
    "s3:replicate",
    "s3:initiatereplication",
    "s3:objectowneroverride",
)
# Writes with which one lets oneself in, or has objects copied to oneself.
_BY_SETTINGS = ("s3:putbucketpolicy", "s3:putreplicationconfiguration")
_BY_LISTS = ("s3:putbucketacl", "s3:putobjectacl", "s3:putobjectversionacl")
_OWN_LISTS = Unknown("objects may have access lists of their own, which were not asked for")
OVERRIDDEN = Unknown(
    "its access list lets anybody in, and whether the account ignores such lists was not asked"
)


def read_public(found: Found) -> Maybe[bool]:
    """Return whether anybody on the internet can read it."""
    ways = (_by_policy(found), _by_access_list(found))
    if True in ways:
        return True
    return next((way for way in ways if isinstance(way, Unknown)), False)


def read_object_lists(found: Found) -> Unknown | None:
    """Return why single objects may be shared with other accounts; None if they cannot be.

    A block of public access ignores lists that let in the public, and no others.
    """
    lists = _by_object_lists(found)
    return lists if isinstance(lists, Unknown) else None


def read_accounts(found: Found) -> Maybe[tuple[str, ...]]:
    """Return the accounts that the bucket's policy and access list let read objects."""
    accounts: Maybe[tuple[str, ...]] = ()
    if not is_absent(found, "policy"):
        has_lists = _by_object_lists(found) is not False
        opens = (*_BY_SETTINGS, *(_BY_LISTS if has_lists else ()))
        accounts = accounts_in_policy(found.read("policy.Policy"), partial(_cannot_read, opens))
    grants = found.read("acl.Grants")
    for value in (accounts, grants):
        if isinstance(value, Unknown):
            return value
    owner = found.read("acl.Owner.ID", absent="")
    if any(_is_strangers(grant, owner) for grant in entries(grants)):
        return _CANONICAL
    if isinstance(accounts, tuple) and read_restricted(found) is True:
        # What is restricted admits nobody as the public, and it is no share with a condition.
        return tuple(account for account in accounts if account != ANYBODY)
    return accounts


def _is_strangers(grant: Mapping[str, Json], owner: str) -> bool:
    reads = grant.get("Permission") in ("READ", "FULL_CONTROL")
    return reads and dig(grant, "Grantee.ID") not in (None, owner)


def _cannot_read(opens: Iterable[str], action: str) -> bool:
    return action.startswith(_WRITES) and not any(_covers(action, each) for each in opens)


def _covers(pattern: str, action: str) -> bool:
    """Whether an action of a policy, with ``*`` and ``?`` in it, stands for another."""
    return fnmatchcase(action, pattern.replace("[", "[[]"))


def _by_policy(found: Found) -> Maybe[bool]:
    restricted = is_blocked(found, "block", "RestrictPublicBuckets")
    if restricted is True:
        return False
    public = _is_policy_public(found)
    if public is not True:
        return public
    overridden = is_blocked(found, "account_block", "RestrictPublicBuckets")
    if overridden is True:
        return False
    return next((way for way in (restricted, overridden) if isinstance(way, Unknown)), True)


def read_restricted(found: Found) -> Maybe[bool]:
    """Return whether the bucket's policy is public, and a block keeps it to its own account."""
    public = _is_policy_public(found)
    if public is not True:
        return public
    is_open = _by_policy(found)
    return is_open if isinstance(is_open, Unknown) else not is_open


def _is_policy_public(found: Found) -> Maybe[bool]:
    if is_absent(found, "policy_status"):
        return False
    return maybe_flag(found, "policy_status.PolicyStatus.IsPublic")


def _by_access_list(found: Found) -> Maybe[bool]:
    ignored = is_blocked(found, "block", "IgnorePublicAcls")
    if ignored is True:
        return False
    grants = found.read("acl.Grants")
    if isinstance(grants, Unknown):
        return grants
    if any(dig(grant, "Grantee.URI") in EVERYBODY for grant in entries(grants)):
        return ignored if isinstance(ignored, Unknown) else OVERRIDDEN
    return _by_object_lists(found)


def _by_object_lists(found: Found) -> Maybe[bool]:
    if is_absent(found, "ownership"):
        return _OWN_LISTS
    rules = found.read("ownership.OwnershipControls.Rules")
    if isinstance(rules, Unknown):
        return rules
    enforced = any(rule.get("ObjectOwnership") == "BucketOwnerEnforced" for rule in entries(rules))
    return False if enforced else _OWN_LISTS


def is_blocked(found: Found, detail: str, setting: str) -> Maybe[bool]:
    """Return a setting of a block of public access, off where there is no block."""
    if is_absent(found, detail):
        return False
    return maybe_flag(found, f"{detail}.PublicAccessBlockConfiguration.{setting}")
