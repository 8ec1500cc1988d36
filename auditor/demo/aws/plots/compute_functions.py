"""Functions and APIs: abroad, open, or leading away, beside look-alikes that are in order."""

import json

from auditor.demo.aws.accounts import FRANKFURT, HOME, LOGS, STRANGER, USER_DATA, WEST
from auditor.demo.aws.answers import answered
from auditor.demo.aws.ordinary import PROTECTED
from auditor.demo.aws.plots import Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.builds import code_digest
from auditor.demo.planted import fails, stays_open

_LAMBDA = f"arn:aws:lambda:{HOME}:{USER_DATA}"
_ABROAD = f"arn:aws:lambda:{FRANKFURT}:{USER_DATA}:function:render"
_REST = f"arn:aws:apigateway:{HOME}::/restapis"
_HTTP = f"arn:aws:apigateway:{HOME}::/apis"
_NAMES = ("caption", "ingest", "resize", "preview", "score")


def _absent(operation: str, region: str = HOME) -> Rule:
    code = "ResourceNotFoundException"
    return Rule(operation=operation, status=404, code=code, account=USER_DATA, region=region)


def _policy(account: str) -> str:
    principal = {"AWS": f"arn:aws:iam::{account}:root"}
    statement = {"Effect": "Allow", "Principal": principal, "Action": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _functions() -> tuple[Rule, ...]:
    """Return functions that lose results, tell them, are open, and let a stranger call."""
    queues = {"caption": f"arn:aws:sqs:{HOME}:{STRANGER}:lost", "score": ""}
    functions = [
        {
            "FunctionName": name,
            "FunctionArn": f"{_LAMBDA}:function:{name}",
            "CodeSha256": code_digest(name),
            **({"DeadLetterConfig": {"TargetArn": queues[name]}} if queues.get(name) else {}),
        }
        for name in _NAMES
    ]
    done = {
        "FunctionArn": f"{_LAMBDA}:function:resize",
        "DestinationConfig": {
            "OnSuccess": {"Destination": f"arn:aws:sns:{WEST}:{USER_DATA}:resized"},
            "OnFailure": {"Destination": f"arn:aws:sns:{FRANKFURT}:{USER_DATA}:failed"},
        },
    }
    url = {
        "FunctionUrl": "https://preview.example",
        "FunctionArn": f"{_LAMBDA}:function:preview",
        "AuthType": "NONE",
        "CreationTime": "2020-01-01T00:00:00Z",
        "LastModifiedTime": "2020-01-01T00:00:00Z",
    }
    render = {
        "FunctionName": "render",
        "FunctionArn": _ABROAD,
        "CodeSha256": code_digest("render"),
    }
    return (
        answered("lambda.ListFunctions", {"Functions": functions}),
        answered("lambda.ListFunctions", {"Functions": [render]}, region=FRANKFURT),
        answered(
            "lambda.ListFunctionEventInvokeConfigs",
            {"FunctionEventInvokeConfigs": [done]},
            words="resize",
        ),
        answered("lambda.ListFunctionUrlConfigs", {"FunctionUrlConfigs": [url]}, words="preview"),
        answered("lambda.GetPolicy", {"Policy": _policy(STRANGER)}, words="score"),
        answered("lambda.GetPolicy", {"Policy": _policy(LOGS)}, words="resize"),
        answered("lambda.ListAliases", {"Aliases": [{"Name": "live"}]}, words="caption"),
        *(rule for region in (HOME, FRANKFURT) for rule in _nothing_else(region)),
        *_sources(),
        *_layers(),
    )


def _nothing_else(region: str) -> tuple[Rule, ...]:
    return (
        _absent("lambda.GetPolicy", region),
        answered(
            "lambda.ListFunctionEventInvokeConfigs",
            {"FunctionEventInvokeConfigs": []},
            region=region,
        ),
        answered("lambda.ListFunctionUrlConfigs", {"FunctionUrlConfigs": []}, region=region),
        answered("lambda.ListAliases", {"Aliases": []}, region=region),
    )


def _sources() -> tuple[Rule, ...]:
    failed = {"OnFailure": {"Destination": f"arn:aws:sqs:{FRANKFURT}:{USER_DATA}:failures"}}
    mapping = {
        "UUID": "mapping-1",
        "FunctionArn": f"{_LAMBDA}:function:score",
        "State": "Enabled",
        "DestinationConfig": failed,
    }
    return (answered("lambda.ListEventSourceMappings", {"EventSourceMappings": [mapping]}),)


def _layers() -> tuple[Rule, ...]:
    rules = []
    holders = {"codec": STRANGER, "common": LOGS}
    listed = [
        {"LayerName": name, "LayerArn": f"{_LAMBDA}:layer:{name}"} for name in sorted(holders)
    ]
    rules.append(answered("lambda.ListLayers", {"Layers": listed}))
    for name, account in holders.items():
        version = {"LayerVersionArn": f"{_LAMBDA}:layer:{name}:1", "Version": 1}
        rules.append(
            answered("lambda.ListLayerVersions", {"LayerVersions": [version]}, words=f"/{name}/")
        )
        policy = {"Policy": _policy(account)}
        rules.append(answered("lambda.GetLayerVersionPolicy", policy, words=f"/{name}/"))
    return tuple(rules)


def _rest_apis() -> tuple[Rule, ...]:
    """Return an API at every edge with an open cache, and one at home."""
    kinds = {"edge0": "EDGE", "home0": "REGIONAL"}
    apis = [
        {
            "id": name,
            "name": name,
            "endpointConfiguration": {"types": [kind]},
            "tags": PROTECTED,
        }
        for name, kind in kinds.items()
    ]
    call = f"arn:aws:apigateway:{FRANKFURT}:lambda:path/2015-03-31/functions/{_ABROAD}/invocations"
    method = {"methodIntegration": {"uri": call}}
    settings = {"*/*": {"cachingEnabled": True, "cacheDataEncrypted": False}}
    stage = {
        "stageName": "live",
        "cacheClusterEnabled": True,
        "methodSettings": settings,
        "tags": PROTECTED,
    }
    logged = {
        "stageName": "live",
        "cacheClusterEnabled": False,
        "accessLogSettings": {"destinationArn": f"arn:aws:logs:{HOME}:{LOGS}:log-group:calls"},
    }
    return (
        answered("apigateway.GetRestApis", {"items": apis}),
        answered(
            "apigateway.GetResources",
            {"items": [{"id": "r", "resourceMethods": {"POST": method}}]},
            words="edge0",
        ),
        answered("apigateway.GetResources", {"items": []}),
        answered("apigateway.GetStages", {"item": [stage]}, words="edge0"),
        answered("apigateway.GetStages", {"item": [logged]}),
    )


def _http_apis() -> tuple[Rule, ...]:
    """Return an API that calls a vendor, and one that calls a function of ours."""
    apis = [
        {
            "ApiId": name,
            "Name": name,
            "ProtocolType": "HTTP",
            "RouteSelectionExpression": "x",
            "Tags": PROTECTED,
        }
        for name in ("vendor0", "ours0")
    ]
    ours = {"IntegrationUri": f"{_LAMBDA}:function:ingest"}
    vendor = {"IntegrationUri": "https://crm.example/events"}
    return (
        answered("apigatewayv2.GetApis", {"Items": apis}),
        answered("apigatewayv2.GetIntegrations", {"Items": [vendor]}, words="vendor0"),
        answered("apigatewayv2.GetIntegrations", {"Items": [ours]}),
        answered("apigatewayv2.GetStages", {"Items": []}),
    )


PLOT = Plot(
    tags={
        **{f"{_LAMBDA}:function:{name}": PROTECTED for name in _NAMES},
        _ABROAD: PROTECTED,
        f"{_LAMBDA}:layer:codec:1": PROTECTED,
        f"{_LAMBDA}:layer:common:1": PROTECTED,
    },
    rules=(*_functions(), *_rest_apis(), *_http_apis()),
    planted=(
        *fails("a function runs in Frankfurt", A_10=_ABROAD),
        *fails(
            "what a function cannot handle goes to a stranger's queue",
            A_04=f"{_LAMBDA}:function:caption/stream/*:{STRANGER}:lost",
        ),
        *stays_open(
            "a function's alias has a policy of its own, which is not read",
            A_05b=f"{_LAMBDA}:function:caption/share/aliases",
        ),
        *fails(
            "a function reports failures to Frankfurt",
            A_04=f"{_LAMBDA}:function:resize/stream/*:{FRANKFURT}:*",
        ),
        *fails(
            "anybody can call a function at its own address",
            A_05b=f"{_LAMBDA}:function:preview/public/*",
        ),
        *fails(
            "a stranger may call a function", A_05b=f"{_LAMBDA}:function:score/share/{STRANGER}"
        ),
        *fails(
            "what a function was handed and could not handle goes to Frankfurt",
            A_04=f"{_LAMBDA}:function:score/stream/*:{FRANKFURT}:*",
        ),
        *fails(
            "a layer is shared with a stranger", A_05b=f"{_LAMBDA}:layer:codec:1/share/{STRANGER}"
        ),
        *fails("an API answers at every edge", A_10b=f"{_REST}/edge0/edge/*"),
        *fails("an API calls a function in Frankfurt", A_04=f"{_REST}/edge0/stream/{_ABROAD}"),
        *fails(
            "an API's cache is not encrypted",
            A_06=f"{_REST}/edge0/stages/live",
            A_07b=f"{_REST}/edge0/stages/live",
        ),
        *stays_open("an API hands requests to a vendor", A_04=f"{_HTTP}/vendor0/stream/https*"),
    ),
)
