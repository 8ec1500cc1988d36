"""Amazon Cognito identity pools: identities, and credentials of AWS for whoever comes.

API: https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_DescribeIdentityPool.html
"""

from collections.abc import Iterator

from auditor.collect.aws.reading import maybe_flag, optional, tags_in, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import store_of
from auditor.collect.flows import possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Store

_REFERENCE = "https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_"


def _pool(found: Found) -> Iterator[Store | Flow]:
    name = text(found, "item.IdentityPoolId")
    tags = optional(found, "pool.IdentityPoolTags", "pool.IdentityPoolId", {})
    pool = store_of(
        found,
        id=arn(
            "cognito-identity",
            found.place["region"],
            found.place["account"],
            f"identitypool/{name}",
        ),
        name=text(found, "item.IdentityPoolName"),
        kind="identity pool",
        # https://docs.aws.amazon.com/cognito/latest/developerguide/data-protection.html
        encrypted=True,
        key_id="",
        public=False,  # identities are read with credentials of AWS
        tags=tags_in(tags),
    )
    yield pool
    yield from _guests(found, pool)


def _guests(found: Found, pool: Store) -> Iterator[Flow]:
    """Yield the way in for anybody, if guests get credentials; what those may read is not known."""
    allowed = maybe_flag(found, "pool.AllowUnauthenticatedIdentities")
    if allowed is False:
        return
    if isinstance(allowed, Unknown):
        yield possible(pool, "public", allowed)
        return
    roles = optional(found, "roles.Roles", "roles.IdentityPoolId", {})
    if isinstance(roles, Unknown):
        yield possible(pool, "public", roles)
        return
    role = roles.get("unauthenticated") if isinstance(roles, dict) else None
    if role is not None:
        why = f"anybody gets credentials of {str(role)[:200]}, and what it may read is not known"
        yield possible(pool, "public", Unknown(why))


POOLS = Collector(
    kind="aws.cognito-identity.identity-pool",
    service="cognito-identity",
    title="Cognito identity pools",
    per=("account", "region"),
    listing=Listing(
        operation="ListIdentityPools",
        permission="cognito-identity:ListIdentityPools",
        parameters={"MaxResults": 60},
        items="IdentityPools",
    ),
    details=(
        Detail(
            name="pool",
            operation="DescribeIdentityPool",
            permission="cognito-identity:DescribeIdentityPool",
            bind={"IdentityPoolId": "item.IdentityPoolId"},
        ),
        Detail(
            name="roles",
            operation="GetIdentityPoolRoles",
            permission="cognito-identity:GetIdentityPoolRoles",
            bind={"IdentityPoolId": "item.IdentityPoolId"},
            when="pool.AllowUnauthenticatedIdentities",
        ),
    ),
    tables=(Store, Flow),
    rows=_pool,
    types=("cognito-identity:identitypool",),
    source=_REFERENCE + "ListIdentityPools.html",
)
