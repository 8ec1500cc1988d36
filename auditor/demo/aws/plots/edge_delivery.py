"""What answers at the edge of the network, and what sees every request, beside look-alikes."""

from auditor.demo.aws.accounts import FRANKFURT, HOME, LOGS, STRANGER, USER_DATA, WEST
from auditor.demo.aws.answers import answered
from auditor.demo.aws.ordinary import PROTECTED, UNPROTECTED, make_bucket
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails, stays_open

_CDN = f"arn:aws:cloudfront::{USER_DATA}"
_GA = f"arn:aws:globalaccelerator::{USER_DATA}"
_ELB = f"arn:aws:elasticloadbalancing:{HOME}:{USER_DATA}"
_FAR = f"arn:aws:elasticloadbalancing:{FRANKFURT}:{USER_DATA}:loadbalancer/app/far/1"
_WAF = f"arn:aws:wafv2:{HOME}:{USER_DATA}:regional/webacl"
_WALLS = f"arn:aws:network-firewall:{HOME}:{USER_DATA}:firewall"
_APPS = f"arn:aws:amplify:{HOME}:{USER_DATA}:apps"
_ZONES = "arn:aws:route53:::hostedzone"
_DNS = f"arn:aws:route53resolver:{HOME}:{USER_DATA}"
_VIDEOS, _LOGS_ABROAD = "user-clips", "edge-logs-abroad"


def _build(ground: Ground) -> None:
    make_bucket(ground.at(), _VIDEOS, ground.keys[HOME])
    abroad = ground.at(FRANKFURT)
    make_bucket(abroad, _LOGS_ABROAD, ground.keys[FRANKFURT], UNPROTECTED)


def _distributions() -> tuple[Rule, ...]:
    """Return a distribution of user data, and one of nothing but the player."""
    bucket = {"Id": "o", "DomainName": f"{_VIDEOS}.s3.{HOME}.amazonaws.com"}
    shown = [
        {
            "Id": name,
            "ARN": f"{_CDN}:distribution/{name}",
            "DomainName": f"{name}.cloudfront.example",
            "Enabled": True,
            "Origins": {"Quantity": len(origins), "Items": origins},
        }
        for name, origins in {"EUSERDATA": [bucket], "EPLAYER": []}.items()
    ]
    stream = {"StreamARN": f"arn:aws:kinesis:{HOME}:{STRANGER}:stream/requests", "RoleARN": "r"}
    log = {
        "ARN": f"{_CDN}:realtime-log-config/requests",
        "Name": "requests",
        "EndPoints": [{"StreamType": "Kinesis", "KinesisStreamConfig": stream}],
    }
    kept = {"Id": "kv", "Name": "sessions", "ARN": f"{_CDN}:key-value-store/kv", "Comment": ""}
    return (
        answered(
            "cloudfront.ListDistributions",
            {"DistributionList": {"Quantity": len(shown), "Items": shown}},
            region="",
        ),
        answered(
            "cloudfront.GetDistributionConfig",
            {"DistributionConfig": {"CallerReference": "x"}},
            region="",
        ),
        answered(
            "cloudfront.ListRealtimeLogConfigs", {"RealtimeLogConfigs": {"Items": [log]}}, region=""
        ),
        answered(
            "cloudfront.ListKeyValueStores",
            {"KeyValueStoreList": {"MaxItems": 1, "Quantity": 1, "Items": [kept]}},
            region="",
        ),
    )


def _accelerators() -> tuple[Rule, ...]:
    """Return an accelerator that routes to Frankfurt, and an attachment for a stranger."""
    accelerator = {"AcceleratorArn": f"{_GA}:accelerator/1", "Name": "fast", "Enabled": True}
    groups = [
        {"EndpointGroupRegion": region, "EndpointDescriptions": [{"EndpointId": end}]}
        for region, end in {FRANKFURT: _FAR, HOME: f"{_ELB}:loadbalancer/app/near/1"}.items()
    ]
    attachments = [
        {
            "AttachmentArn": f"{_GA}:attachment/{account}",
            "Principals": [account],
            "Resources": [{"EndpointId": f"{_ELB}:loadbalancer/app/near/1"}],
        }
        for account in (STRANGER, LOGS)
    ]
    listener = {"ListenerArn": f"{_GA}:accelerator/1/listener/1"}
    asked = "us-west-2"
    return (
        answered(
            "globalaccelerator.ListAccelerators", {"Accelerators": [accelerator]}, region=asked
        ),
        answered("globalaccelerator.ListListeners", {"Listeners": [listener]}, region=asked),
        answered("globalaccelerator.ListEndpointGroups", {"EndpointGroups": groups}, region=asked),
        answered(
            "globalaccelerator.ListCrossAccountAttachments",
            {"CrossAccountAttachments": attachments},
            region=asked,
        ),
    )


def _balancers() -> tuple[Rule, ...]:
    """Return a balancer abroad, and one at home that logs abroad and has a target outside."""
    balancers = {
        region: {
            "LoadBalancerArn": name,
            "LoadBalancerName": name,
            "Scheme": "internal",
            "AvailabilityZones": [{"ZoneName": f"{region}a"}],
        }
        for region, name in {HOME: f"{_ELB}:loadbalancer/app/near/1", FRANKFURT: _FAR}.items()
    }
    attributes = [
        {"Key": "access_logs.s3.enabled", "Value": "true"},
        {"Key": "access_logs.s3.bucket", "Value": _LOGS_ABROAD},
    ]
    group = {"TargetGroupArn": f"{_ELB}:targetgroup/office/1", "TargetGroupName": "office"}
    target = {"Target": {"Id": "10.80.0.9", "AvailabilityZone": "all"}}
    return (
        *(
            answered("elbv2.DescribeLoadBalancers", {"LoadBalancers": [each]}, region=region)
            for region, each in balancers.items()
        ),
        answered("elbv2.DescribeLoadBalancerAttributes", {"Attributes": attributes}),
        answered("elbv2.DescribeLoadBalancerAttributes", {"Attributes": []}, region=FRANKFURT),
        answered("elbv2.DescribeTargetGroups", {"TargetGroups": [group]}),
        answered("elbv2.DescribeTargetHealth", {"TargetHealthDescriptions": [target]}),
    )


def _walls() -> tuple[Rule, ...]:
    """Return web ACLs and firewalls that log abroad and at home."""
    streams = f"{USER_DATA}:deliverystream/aws-waf-logs"
    ends = {"abroad": f"arn:aws:firehose:{FRANKFURT}:{streams}"}
    ends["west"] = f"arn:aws:firehose:{WEST}:{streams}"
    logs = [
        {"ResourceArn": f"{_WAF}/{name}/1", "LogDestinationConfigs": [end]}
        for name, end in ends.items()
    ]
    rules = [
        answered(
            "wafv2.ListLoggingConfigurations", {"LoggingConfigurations": logs}, words="REGIONAL"
        )
    ]
    destinations = {
        "outer": {"bucketName": _LOGS_ABROAD},
        "inner": {"logGroup": "firewall"},
    }
    listed = [{"FirewallName": name, "FirewallArn": f"{_WALLS}/{name}"} for name in destinations]
    rules.append(answered("network-firewall.ListFirewalls", {"Firewalls": listed}))
    for name, end in destinations.items():
        log = {"LogType": "FLOW", "LogDestinationType": "S3", "LogDestination": end}
        answer = {
            "FirewallArn": f"{_WALLS}/{name}",
            "LoggingConfiguration": {"LogDestinationConfigs": [log]},
        }
        rules.append(
            answered("network-firewall.DescribeLoggingConfiguration", answer, words=f"/{name}")
        )
    return tuple(rules)


def _names() -> tuple[Rule, ...]:
    """Return zones, rules that forward queries, and apps."""
    zones = [
        {"Id": f"/hostedzone/{name}", "Name": f"{name.lower()}.example.", "CallerReference": name}
        for name in ("ZUSERS", "ZPLAYER")
    ]
    records = [
        {"Name": "x.", "Type": "A", "SetIdentifier": region, "Region": region}
        for region in (FRANKFURT, HOME)
    ]
    forward = {
        "Arn": f"{_DNS}:resolver-rule/office",
        "Name": "office",
        "RuleType": "FORWARD",
        "TargetIps": [{"Ip": "203.0.113.9"}],
        "ShareStatus": "NOT_SHARED",
    }
    log = {
        "Arn": f"{_DNS}:resolver-query-log-config/1",
        "Name": "queries",
        "DestinationArn": f"arn:aws:logs:{HOME}:{LOGS}:log-group:queries",
    }
    blank = dict.fromkeys(("appId", "description", "repository", "platform", "defaultDomain"), "")
    moments = dict.fromkeys(("createTime", "updateTime"), "2020-01-01T00:00:00Z")
    flags = dict.fromkeys(("enableBranchAutoBuild", "enableBasicAuth"), False)
    apps = [
        {**blank, **moments, **flags, "appArn": f"{_APPS}/{name}", "name": name, "tags": tags}
        | {"environmentVariables": {}}
        for name, tags in {"account-site": PROTECTED, "player-site": UNPROTECTED}.items()
    ]
    return (
        answered("route53.ListHostedZones", {"HostedZones": zones}, region=""),
        answered(
            "route53.ListResourceRecordSets",
            {"ResourceRecordSets": records},
            words="ZUSERS",
            region="",
        ),
        answered("route53.ListResourceRecordSets", {"ResourceRecordSets": []}, region=""),
        answered("route53resolver.ListResolverRules", {"ResolverRules": [forward]}),
        answered("route53resolver.ListResolverQueryLogConfigs", {"ResolverQueryLogConfigs": [log]}),
        answered("amplify.ListApps", {"apps": apps}),
    )


_USER_DATA_ROWS = (
    f"{_CDN}:distribution/EUSERDATA",
    f"{_CDN}:realtime-log-config/requests",
    f"{_CDN}:key-value-store/kv",
    f"{_GA}:accelerator/1",
    f"{_ELB}:loadbalancer/app/near/1",
    _FAR,
    f"{_ELB}:targetgroup/office/1",
    f"{_WAF}/abroad/1",
    f"{_WAF}/west/1",
    f"{_WALLS}/outer",
    f"{_WALLS}/inner",
    f"{_ZONES}/ZUSERS",
    f"{_DNS}:resolver-rule/office",
    f"{_DNS}:resolver-query-log-config/1",
)
_OTHER_ROWS = (
    f"{_CDN}:distribution/EPLAYER",
    f"{_GA}:attachment/{STRANGER}",
    f"{_GA}:attachment/{LOGS}",
    f"{_ZONES}/ZPLAYER",
)

PLOT = Plot(
    build=_build,
    tags={**dict.fromkeys(_USER_DATA_ROWS, PROTECTED), **dict.fromkeys(_OTHER_ROWS, UNPROTECTED)},
    rules=(*_distributions(), *_accelerators(), *_balancers(), *_walls(), *_names()),
    planted=(
        *fails(
            "user data is cached at every edge",
            A_10=f"{_CDN}:distribution/EUSERDATA",
            A_10b=f"{_CDN}:distribution/EUSERDATA/edge/cache",
        ),
        *fails(
            "a bucket's objects go to every edge",
            A_10b=f"arn:aws:s3:::{_VIDEOS}/edge/*",
            A_04b=f"arn:aws:s3:::{_VIDEOS} -> *",
        ),
        *fails(
            "requests are told to a stranger's stream",
            A_04=f"{_CDN}:realtime-log-config/requests/stream/*",
            A_10=f"{_CDN}:realtime-log-config/requests",
        ),
        *fails(
            "what functions at the edge read lies at every edge",
            A_02=f"{_CDN}:key-value-store/kv",
            A_07b=f"{_CDN}:key-value-store/kv",
        ),
        *fails(
            "an accelerator is at every edge and routes to Frankfurt",
            A_10=f"{_GA}:accelerator/1",
            A_10b=f"{_GA}:accelerator/1/edge/{_FAR}",
        ),
        *fails(
            "a stranger's accelerators may use a load balancer",
            A_05b=f"{_ELB}:loadbalancer/app/near/1/share/{STRANGER}",
            A_04b=f"{_GA}:accelerator/1 -> *{STRANGER}*",
        ),
        *fails("a load balancer is in Frankfurt", A_10=_FAR),
        *fails(
            "a load balancer logs to Frankfurt",
            A_04=f"{_ELB}:loadbalancer/app/near/1/export/*",
            A_04b=f"{_GA}:accelerator/1 -> *:{_LOGS_ABROAD}",
        ),
        *stays_open(
            "a target is an address outside the network",
            A_04=f"{_ELB}:targetgroup/office/1/mount/*",
        ),
        *fails("a web ACL logs to Frankfurt", A_04=f"{_WAF}/abroad/1/stream/*"),
        *fails("a firewall logs to Frankfurt", A_04=f"{_WALLS}/outer/stream/*"),
        *fails("a site with user data is at every edge", A_10b=f"{_APPS}/account-site/edge/*"),
        *fails(
            "a zone leads people to Frankfurt",
            A_10=f"{_ZONES}/ZUSERS",
            A_10b=f"{_ZONES}/ZUSERS/edge/{FRANKFURT}",
        ),
        *stays_open(
            "names are asked of a server outside", A_04=f"{_DNS}:resolver-rule/office/stream/*"
        ),
    ),
)
