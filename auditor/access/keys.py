"""Condition keys: what each speaks of, and which of them callers set as they like.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from functools import lru_cache
from typing import Literal

RESOURCE_ACCOUNTS = frozenset({"aws:resourceaccount", "s3:resourceaccount"})
RESOURCE_TAGS = (
    "aws:resourcetag/",
    "ec2:resourcetag/",
    "secretsmanager:resourcetag/",
    "ssm:resourcetag/",
    "iam:resourcetag/",
    "rds:db-tag/",
)
_PRINCIPAL = frozenset(
    {"aws:username", "aws:userid", "kms:calleraccount", "aws:sourceidentity", "aws:sourcearn"}
    | {"aws:sourceaccount", "aws:sourceowner", "aws:sourceorgid", "aws:sourceorgpaths"}
    | {"aws:multifactorauthpresent", "aws:multifactorauthage"}
)
_RESOURCE = RESOURCE_ACCOUNTS | {
    "aws:resourceorgid",
    "aws:resourceorgpaths",
    "aws:requestedregion",
}
_FREE = frozenset(
    {"aws:securetransport", "aws:useragent", "aws:referer", "aws:tagkeys", "s3:prefix"}
    | {"s3:delimiter", "s3:max-keys", "s3:authtype", "s3:signatureversion", "s3:signatureage"}
    | {"s3:tlsversion", "s3:versionid", "s3:requestobjecttagkeys", "s3:if-match"}
    | {"s3:if-none-match", "s3:locationconstraint", "s3:object-lock-mode"}
    | {"s3:object-lock-retain-until-date", "s3:object-lock-remaining-retention-days"}
    | {"s3:object-lock-legal-hold", "s3:objectcreationoperation", "kms:encryptioncontextkeys"}
    | {"kms:encryptionalgorithm", "kms:grantconstrainttype", "kms:granteeprincipal"}
    | {"kms:grantoperations", "kms:retiringprincipal", "kms:requestalias"}
    | {"dynamodb:attributes", "dynamodb:select", "dynamodb:returnvalues"}
    | {"dynamodb:returnconsumedcapacity", "dynamodb:leadingkeys", "dynamodb:fulltablescan"}
    | {"secretsmanager:versionid", "secretsmanager:versionstage", "sns:endpoint"}
    | {"sns:protocol", "sts:rolesessionname", "sts:transitivetagkeys"}
)
_FREE_BEGINNINGS = (
    "s3:x-amz-",
    "s3:requestobjecttag/",
    "aws:requesttag/",
    "kms:encryptioncontext:",
)


@lru_cache(maxsize=4096)
def speaks_of(key: str) -> Literal["principal", "resource", "request"]:
    """Tell what decides the value of a key, named in lower case.

    'principal' and 'resource': the same in all requests of one principal, or for one resource.
    """
    if key in _PRINCIPAL or key.startswith("aws:principal"):
        return "principal"
    if key in _RESOURCE or key.startswith(RESOURCE_TAGS):
        return "resource"
    return "request"


@lru_cache(maxsize=4096)
def freely_chosen(key: str) -> bool:
    """Whether a caller sets this key, named in lower case, as it likes.

    What is refused for one of its values is not refused to anybody, who may ask with another.
    """
    return key in _FREE or key.startswith(_FREE_BEGINNINGS)
