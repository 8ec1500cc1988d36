"""Types whose tags the tagging API tells, so that one which it does not name has none.

Only types that AWS lists are here; of any other, silence means nothing.

Source: https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/supported-services.html
and https://docs.aws.amazon.com/ARG/latest/userguide/supported-resources.html
"""

TAGGED_TYPES = frozenset(
    {
        "athena:workgroup",
        "backup:backup-vault",
        "dynamodb:table",
        "ec2:image",
        "ec2:snapshot",
        "ec2:volume",
        "ecr:repository",
        "elasticache:cluster",
        "elasticache:snapshot",
        "elasticfilesystem:file-system",
        "es:domain",
        "firehose:deliverystream",
        "kinesis:stream",
        "lambda:function",
        "logs:log-group",
        "rds:cluster",
        "rds:cluster-snapshot",
        "rds:db",
        "rds:snapshot",
        "redshift:cluster",
        "redshift:snapshot",
        "s3:bucket",
        "secretsmanager:secret",
        "sns:topic",
        "sqs:queue",
        "states:stateMachine",
        "storagegateway:gateway",
    }
)
