"""How fast Amazon Web Services lets one account call in one region.

Where AWS publishes nothing, a service is taken to allow what EC2 publishes for its own calls that
change nothing, with a smaller burst. Where a service publishes a limit for each operation, each
has a bucket of its own; else all its calls share one.
"""

from auditor.collect.limits import Limit
from auditor.model import Request

# Calls a second, by service or 'service.Operation'. A burst is as much unless _BURSTS says more.
_RATES: dict[str, float] = {
    # https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html
    "cloudtrail": 10,
    "cloudtrail.LookupEvents": 2,
    "cloudtrail.ListInsightsData": 2,
    "cloudtrail.ListInsightsMetricData": 1,
    # https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    "lambda": 15,
    "lambda.GetFunction": 100,
    "lambda.GetPolicy": 15,
    # https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html
    "kinesis": 5,
    "kinesis.ListStreams": 5,
    "kinesis.DescribeStream": 10,
    "kinesis.DescribeStreamSummary": 20,
    "kinesis.ListTagsForStream": 5,
    "kinesis.DescribeLimits": 1,
    # https://docs.aws.amazon.com/firehose/latest/APIReference/API_ListTagsForDeliveryStream.html
    "firehose": 5,
    "firehose.ListTagsForDeliveryStream": 5,
    # https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html
    "kms": 15,
    "kms.DescribeKey": 2000,
    "kms.GetKeyPolicy": 1000,
    "kms.GetKeyRotationStatus": 1000,
    "kms.ListKeys": 500,
    "kms.ListAliases": 500,
    "kms.ListGrants": 100,
    "kms.ListKeyPolicies": 100,
    "kms.ListResourceTags": 2000,
    # https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/ (of each operation), and
    # https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
    "dynamodb.ListBackups": 5,
    "dynamodb.DescribeBackup": 10,
    "dynamodb.DescribeContinuousBackups": 10,
    "dynamodb.DescribeTable": 500,
    "dynamodb.ListTables": 500,
    "dax.ListTags": 10,
    "dynamodbstreams.ListStreams": 5,
    "dynamodbstreams.DescribeStream": 10,
    # https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/ (of each operation)
    "logs": 5,
    "logs.DescribeLogStreams": 25,
    # https://docs.aws.amazon.com/sns/latest/api/ (of each operation)
    "sns.ListTopics": 30,
    "sns.ListSubscriptions": 30,
    "sns.ListSubscriptionsByTopic": 30,
    "sns.ListPlatformApplications": 15,
    # https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html
    "route53": 5,
    # https://docs.aws.amazon.com/ses/latest/APIReference/ (of the operations on identities)
    "ses": 1,
    "sesv2": 1,
    # Published for single operations above this, or not at all; each is known to throttle soon.
    "organizations": 5,
    "iam": 10,
    "ce": 2,
    "config": 5,
    "resource-explorer-2": 5,
    "resourcegroupstaggingapi": 5,
    "servicecatalog": 5,
    "cloudformation": 5,
    "support": 2,
    "ssm": 10,
    "sagemaker": 10,
    "quicksight": 5,
    "connect": 2,
    "datazone": 5,
}
_BURSTS: dict[str, float] = {"iam": 20, "ssm": 20}
# https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html: non-mutating actions,
# each evaluated individually.
_EC2_RATE, _EC2_BURST = 20, 100
# S3 publishes thousands of reads a second, of one prefix:
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance.html
# Calls about buckets have no published figure. This is our own cap.
_S3_RATE, _S3_BURST = 100, 200
_USUAL_RATE, _USUAL_BURST = 20, 40


class _AwsLimits:
    def of(self, request: Request) -> Limit:
        """Return the limit that a call counts towards."""
        service = request.service
        own = f"{service}.{request.operation}"
        name = own if own in _RATES else service
        if name in _RATES:
            rate = _RATES[name]
            return Limit(name=name, rate=rate, burst=_BURSTS.get(name, rate))
        if service == "ec2":
            return Limit(name=own, rate=_EC2_RATE, burst=_EC2_BURST)
        if service == "s3":
            return Limit(name=service, rate=_S3_RATE, burst=_S3_BURST)
        return Limit(name=service, rate=_USUAL_RATE, burst=_USUAL_BURST)


LIMITS = _AwsLimits()
