"""AWS Lambda: functions, whom they let in, where they send results, and layers.

API: https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import exits
from auditor.collect.aws.flows import publication, shares
from auditor.collect.aws.principals import accounts_in_policy, lets_in_anybody
from auditor.collect.aws.reading import entries, is_absent, maybe_text, member, text
from auditor.collect.aws.resource_policies import policy_of
from auditor.collect.aws.resources import processor_of, store_of
from auditor.collect.aws.roles_of_resources import acting_as
from auditor.collect.aws.running import artifact_of
from auditor.collect.aws.running_functions import SIGNING, running
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import (
    Artifact,
    Deployment,
    Flow,
    Maybe,
    Membership,
    PolicyDocument,
    Principal,
    Processor,
    Row,
    Store,
)

# GetLayerVersion states it, with an address at which the code itself can be fetched.
_NO_DIGEST = Unknown("the list of its layer's versions states no digest of it")
_OPEN = "NONE"  # a function URL that asks for no credentials


def _function(found: Found) -> Iterator[Row]:
    policy = "" if is_absent(found, "policy") else found.read("policy.Policy")
    row = processor_of(
        found,
        id=text(found, "item.FunctionArn"),
        name=text(found, "item.FunctionName"),
        kind="function",
        public=_is_public(found, policy),
        created="",
    )
    yield row
    yield from acting_as(row, maybe_text(found, "item.Role", absent=""))
    yield policy_of(row, policy)
    yield from publication(row)
    yield from shares(row, accounts_in_policy(policy) if policy else ())
    yield from _by_alias(found, row)
    yield from _results(found, row)
    for each in entries(found.read("item.FileSystemConfigs", absent=[])):
        yield from exits(row, "mount", [member(each, "Arn")])
    yield from running(found)


def _is_public(found: Found, policy: Json) -> Maybe[bool]:
    urls = found.read("urls")
    if isinstance(urls, Unknown):
        return urls
    if any(each.get("AuthType") == _OPEN for each in entries(urls)):
        return True
    return lets_in_anybody(policy) if policy else False


def _by_alias(found: Found, row: Processor) -> Iterator[Flow]:
    """Yield the share that there may be: each alias and version has a policy of its own."""
    aliases, versions = found.read("aliases"), found.read("versions")
    refusal = next((each for each in (aliases, versions) if isinstance(each, Unknown)), None)
    published = [each for each in entries(versions) if each.get("Version") != "$LATEST"]
    if refusal is not None:
        yield possible(row, "share", refusal, "aliases")
    elif entries(aliases) or published:
        why = Unknown("the policies of its aliases and versions are not read by this version")
        yield possible(row, "share", why, "aliases")


def _results(found: Found, row: Processor) -> Iterator[Flow]:
    yield from exits(row, "stream", [text(found, "item.DeadLetterConfig.TargetArn")])
    configurations = found.read("destinations")
    if isinstance(configurations, Unknown):
        yield possible(row, "stream", configurations, "destinations")
        return
    for each in entries(configurations):
        ends = [member(each, f"DestinationConfig.{when}.Destination") for when in _OUTCOMES]
        yield from exits(row, "stream", ends)


_OUTCOMES = ("OnSuccess", "OnFailure")


def _layer(found: Found) -> Iterator[Store | Flow | PolicyDocument | Artifact]:
    policy = "" if is_absent(found, "policy") else found.read("policy.Policy")
    name = text(found, "item.LayerVersionArn")
    store = store_of(
        found,
        id=name,
        name=name.partition(":layer:")[2],
        kind="layer",
        encrypted=True,  # layers always are, by a key of AWS's own
        key_id="",
        public=lets_in_anybody(policy) if policy else False,
        locked=False,
        created=maybe_text(found, "item.CreatedDate", absent=""),
    )
    yield store
    yield policy_of(store, policy)
    yield from publication(store)
    yield from shares(store, accounts_in_policy(policy) if policy else ())
    yield artifact_of(
        found, id=name, name=store.name, kind="package", digest=_NO_DIGEST, made=store.created
    )


def _function_detail(name: str, operation: str, items: str, *secrets: str) -> Detail:
    return Detail(
        name=name,
        operation=operation,
        permission=f"lambda:{operation}",
        bind={"FunctionName": "item.FunctionName"},
        items=items,
        secrets=secrets,
    )


FUNCTIONS = Collector(
    kind="aws.lambda.function",
    service="lambda",
    title="Lambda functions",
    per=("account", "region"),
    listing=Listing(
        operation="ListFunctions",
        permission="lambda:ListFunctions",
        items="Functions",
        secrets=("Functions.Environment.Variables",),
    ),
    details=(
        Detail(
            name="policy",
            operation="GetPolicy",
            permission="lambda:GetPolicy",
            bind={"FunctionName": "item.FunctionName"},
            absent_on=("ResourceNotFoundException",),
        ),
        _function_detail("urls", "ListFunctionUrlConfigs", "FunctionUrlConfigs"),
        _function_detail(
            "destinations", "ListFunctionEventInvokeConfigs", "FunctionEventInvokeConfigs"
        ),
        _function_detail("aliases", "ListAliases", "Aliases"),
        _function_detail(
            "versions", "ListVersionsByFunction", "Versions", "Versions.Environment.Variables"
        ),
        *SIGNING,
    ),
    tables=(Processor, Flow, PolicyDocument, Principal, Membership, Deployment),
    rows=_function,
    types=("lambda:function",),
    source="https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html",
)

LAYERS = Collector(
    kind="aws.lambda.layer",
    service="lambda",
    title="versions of Lambda layers",
    per=("account", "region"),
    parent=Listing(operation="ListLayers", permission="lambda:ListLayers", items="Layers"),
    listing=Listing(
        operation="ListLayerVersions",
        permission="lambda:ListLayerVersions",
        bind={"LayerName": "parent.LayerName"},
        items="LayerVersions",
    ),
    details=(
        Detail(
            name="policy",
            operation="GetLayerVersionPolicy",
            permission="lambda:GetLayerVersionPolicy",
            bind={"LayerName": "parent.LayerName", "VersionNumber": "item.Version"},
            absent_on=("ResourceNotFoundException",),
        ),
    ),
    tables=(Store, Flow, PolicyDocument, Artifact),
    rows=_layer,
    source="https://docs.aws.amazon.com/lambda/latest/api/API_ListLayerVersions.html",
)
