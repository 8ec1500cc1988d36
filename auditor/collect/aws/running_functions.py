"""AWS Lambda: the code that functions and their published versions run.

A function runs the code that it was given, by its hash: a tag of an image that is moved later
moves nothing, as Lambda keeps the image that it had when the function was last changed
(https://docs.aws.amazon.com/lambda/latest/dg/images-create.html). Image functions cannot have a
code signing configuration (https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html).
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.reading import entries, is_absent, maybe_text, member, text
from auditor.collect.aws.running import deployment_of
from auditor.collect.digests import digest_of
from auditor.model import Json, Unknown
from auditor.spec import Detail, Found, dig
from auditor.tables import Deployment, Maybe

_IMAGE = "Image"
_LATEST = "$LATEST"
# GetFunction names it, with an address at which the code itself can be fetched.
_NOT_NAMED = Unknown("the list of functions does not name the image of one")
_ENFORCED = {"Enforce": True, "Warn": False}


def running(found: Found) -> Iterator[Deployment]:
    """Yield what a function runs: its newest code, and that of each published version."""
    signed = _is_signed(found)
    arn = text(found, "item.FunctionArn")
    yield _deployment(found, arn, found.item, signed)
    versions = found.read("versions")
    if isinstance(versions, Unknown):
        name = f"{arn}:?"
        yield deployment_of(
            found,
            id=name,
            resource_id=arn,
            kind="function",
            name=text(found, "item.FunctionName"),
            image=versions,
            digest=versions,
            pinned=True,
            signed=signed,
        )
    for each in entries(versions):
        number = member(each, "Version")
        if number != _LATEST:
            yield _deployment(found, f"{arn}:{number}", each, signed)


def _deployment(found: Found, name: str, about: Json, signed: Maybe[bool]) -> Deployment:
    is_image = dig(about, "PackageType") == _IMAGE
    return deployment_of(
        found,
        id=name,
        resource_id=text(found, "item.FunctionArn"),
        kind="function",
        name=text(found, "item.FunctionName") or name,
        image=_NOT_NAMED if is_image else "",
        digest=digest_of(dig(about, "CodeSha256")),
        pinned=True,
        since=member(about, "LastModified"),
        signed=False if is_image else signed,
    )


def _is_signed(found: Found) -> Maybe[bool]:
    """Return whether code must be signed; with a configuration that only warns, it need not."""
    if is_absent(found, "signing"):
        return False
    name = found.read("signing.FunctionName")
    configuration = maybe_text(found, "signing.CodeSigningConfigArn", absent="")
    for each in (name, configuration):
        if isinstance(each, Unknown):
            return each
    if not configuration:
        return False
    policy = found.read("signatures.CodeSigningConfig.CodeSigningPolicies")
    if isinstance(policy, Unknown):
        return policy
    stated = dig(policy, "UntrustedArtifactOnDeployment") if isinstance(policy, Mapping) else None
    unknown = Unknown("the answer does not say what becomes of code that is not signed")
    return _ENFORCED.get(stated, unknown) if isinstance(stated, str) else unknown


SIGNING = (
    Detail(
        name="signing",
        operation="GetFunctionCodeSigningConfig",
        permission="lambda:GetFunctionCodeSigningConfig",
        bind={"FunctionName": "item.FunctionName"},
        absent_on=("ResourceNotFoundException",),
    ),
    Detail(
        name="signatures",
        operation="GetCodeSigningConfig",
        permission="lambda:GetCodeSigningConfig",
        bind={"CodeSigningConfigArn": "signing.CodeSigningConfigArn"},
        when="signing.CodeSigningConfigArn",
        shared=True,
    ),
)
