"""What Cost Explorer calls a service, and the short names of its resources' ARNs.

A name that is not here is a charge that nobody can assign: it keeps gaps open.

Sources: the names are values of Cost Explorer's SERVICE dimension, which AWS publishes as product
names in its price list (https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/index.json); the
short names are the service prefixes of
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from collections.abc import Mapping

from auditor.model import Unknown
from auditor.tables import Maybe

BILLED: Mapping[str, tuple[str, ...]] = {
    "AWS Backup": ("backup",),
    "AWS Certificate Manager": ("acm", "acm-pca"),
    "AWS Cloud Map": ("servicediscovery",),
    "AWS CloudHSM": ("cloudhsm",),
    "AWS CloudTrail": ("cloudtrail",),
    "AWS CodeArtifact": ("codeartifact",),
    "AWS CodeCommit": ("codecommit",),
    "AWS Config": ("config",),
    "AWS Cost Explorer": ("ce",),
    "AWS Data Pipeline": ("datapipeline",),
    "AWS Data Transfer": ("ec2", "s3", "rds", "cloudfront"),
    "AWS DataSync": ("datasync",),
    "AWS Database Migration Service": ("dms",),
    "AWS Direct Connect": ("directconnect",),
    "AWS Directory Service": ("ds",),
    "AWS Elastic Disaster Recovery": ("drs",),
    "AWS Glue": ("glue",),
    "AWS HealthLake": ("healthlake",),
    "AWS IoT": ("iot",),
    "AWS IoT SiteWise": ("iotsitewise",),
    "AWS Key Management Service": ("kms",),
    "AWS Lambda": ("lambda",),
    "AWS Secrets Manager": ("secretsmanager",),
    "AWS Security Hub": ("securityhub",),
    "AWS Step Functions": ("states",),
    "AWS Storage Gateway": ("storagegateway",),
    "AWS Systems Manager": ("ssm",),
    "AWS Transfer Family": ("transfer",),
    "AWS WAF": ("wafv2", "waf"),
    "AWS X-Ray": ("xray",),
    "Amazon API Gateway": ("apigateway", "execute-api"),
    "Amazon AppStream": ("appstream",),
    "Amazon Athena": ("athena",),
    "Amazon Bedrock": ("bedrock",),
    "Amazon CloudFront": ("cloudfront",),
    "Amazon Cognito": ("cognito-idp", "cognito-identity"),
    "Amazon Connect": ("connect",),
    "Amazon DocumentDB (with MongoDB compatibility)": ("rds",),
    "Amazon DynamoDB": ("dynamodb", "dax"),
    "Amazon EC2 Container Registry (ECR)": ("ecr",),
    "Amazon ElastiCache": ("elasticache",),
    "Amazon Elastic Block Store": ("ec2",),
    "Amazon Elastic Compute Cloud - Compute": ("ec2",),
    "Amazon Elastic Container Registry Public": ("ecr-public",),
    "Amazon Elastic Container Service": ("ecs",),
    "Amazon Elastic Container Service for Kubernetes": ("eks",),
    "Amazon Elastic File System": ("elasticfilesystem",),
    "Amazon Elastic Load Balancing": ("elasticloadbalancing",),
    "Amazon Elastic MapReduce": ("elasticmapreduce",),
    "Amazon FSx": ("fsx",),
    "Amazon FinSpace": ("finspace",),
    "Amazon Forecast": ("forecast",),
    "Amazon Fraud Detector": ("frauddetector",),
    "Amazon Glacier": ("glacier", "s3"),
    "Amazon GuardDuty": ("guardduty",),
    "Amazon Kendra": ("kendra",),
    "Amazon Keyspaces (for Apache Cassandra)": ("cassandra",),
    "Amazon Kinesis": ("kinesis",),
    "Amazon Kinesis Analytics": ("kinesisanalytics",),
    "Amazon Kinesis Firehose": ("firehose",),
    "Amazon Kinesis Video Streams": ("kinesisvideo",),
    "Amazon Lex": ("lex",),
    "Amazon Lightsail": ("lightsail",),
    "Amazon Location Service": ("geo",),
    "Amazon Lookout for Metrics": ("lookoutmetrics",),
    "Amazon MQ": ("mq",),
    "Amazon Macie": ("macie2",),
    "Amazon Managed Blockchain": ("managedblockchain",),
    "Amazon Managed Streaming for Apache Kafka": ("kafka",),
    "Amazon Managed Workflows for Apache Airflow": ("airflow",),
    "Amazon MemoryDB": ("memorydb",),
    "Amazon Neptune": ("rds", "neptune-graph"),
    "Amazon OpenSearch Service": ("es", "aoss", "osis"),
    "Amazon Personalize": ("personalize",),
    "Amazon Pinpoint": ("mobiletargeting", "sms-voice"),
    "Amazon QuickSight": ("quicksight",),
    "Amazon Quantum Ledger Database": ("qldb",),
    "Amazon Redshift": ("redshift", "redshift-serverless"),
    "Amazon Rekognition": ("rekognition",),
    "Amazon Relational Database Service": ("rds",),
    "Amazon Route 53": ("route53", "route53resolver"),
    "Amazon S3 Glacier Deep Archive": ("s3",),
    "Amazon SageMaker": ("sagemaker",),
    "Amazon Security Lake": ("securitylake",),
    "Amazon Simple Email Service": ("ses",),
    "Amazon Simple Notification Service": ("sns",),
    "Amazon Simple Queue Service": ("sqs",),
    "Amazon Simple Storage Service": ("s3", "s3-outposts", "s3express", "s3tables"),
    "Amazon Simple Workflow Service": ("swf",),
    "Amazon SimpleDB": ("sdb",),
    "Amazon Textract": ("textract",),
    "Amazon Timestream": ("timestream", "timestream-influxdb"),
    "Amazon Transcribe": ("transcribe",),
    "Amazon Virtual Private Cloud": ("ec2", "networkmanager", "vpc-lattice"),
    "Amazon WorkDocs": ("workdocs",),
    "Amazon WorkMail": ("workmail",),
    "Amazon WorkSpaces": ("workspaces", "workspaces-web"),
    "AmazonCloudWatch": ("logs", "cloudwatch", "synthetics", "rum", "aps"),
    "CloudWatch Events": ("events", "schemas", "pipes", "scheduler"),
    "EC2 - Other": ("ec2",),
}


BILLABLE = tuple(sorted({service for services in BILLED.values() for service in services}))


def services_billed_as(name: str) -> Maybe[tuple[str, ...]]:
    """Return the short names of what is charged under a name, or why they are unknown."""
    if name in BILLED:
        return BILLED[name]
    return Unknown(f"this version does not know which service is billed as {name!a}")
