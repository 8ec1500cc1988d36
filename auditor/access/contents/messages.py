"""Queues, streams, logs, mail and calls: the actions that reach what they hold."""

from auditor.access.contents.base import Contents, Table

_TOPIC = Contents(types=("topic",), read="Subscribe", write="Publish", none="ConfirmSubscription")

MESSAGES: Table = {
    ("sqs", "queue"): Contents(
        types=("queue",),
        read="ReceiveMessage",
        write="SendMessage DeleteMessage PurgeQueue ChangeMessageVisibility",
        share="StartMessageMoveTask",
        none="CancelMessageMoveTask",
    ),
    ("sns", "topic"): _TOPIC,
    ("sns", "archive of a topic"): _TOPIC,
    ("kinesis", "stream"): Contents(
        types=("stream", "consumer"),
        read="GetRecords SubscribeToShard",
        write="PutRecord PutRecords",
    ),
    ("kinesisvideo", "video stream"): Contents(
        types=("stream",),
        read="GetMedia GetMediaForFragmentList GetClip GetImages GetHLSStreamingSessionURL "
        "GetDASHStreamingSessionURL",
        write="PutMedia",
    ),
    ("kafka", "cluster"): Contents(
        types=("cluster", "topic"),
        read="kafka-cluster:ReadData",
        write="kafka-cluster:WriteData kafka-cluster:WriteDataIdempotently "
        "kafka-cluster:DeleteTopic",
        administer="kafka-cluster:AlterCluster kafka-cluster:AlterTopic UpdateSecurity "
        "CreateVpcConnection",
    ),
    ("mq", "broker"): Contents(
        types=("brokers",), closed="read with users of the broker, which IAM knows nothing of"
    ),
    ("events", "archive"): Contents(types=("archive",), read="StartReplay"),
    ("logs", "log group"): Contents(
        types=("log-group", "log-stream"),
        read="GetLogEvents FilterLogEvents StartQuery GetQueryResults GetLogRecord StartLiveTail "
        "Unmask",
        write="PutLogEvents DeleteLogStream CreateLogStream",
        share="CreateExportTask PutSubscriptionFilter IntegrateWithS3Table",
        below=":*",
    ),
    ("cloudtrail", "event data store"): Contents(
        types=("eventdatastore",),
        read="StartQuery GetQueryResults GetEventDataStoreData GenerateQueryResultsSummary",
        write="StartEventDataStoreIngestion StopEventDataStoreIngestion",
        share="EnableFederation",
        administer="PutResourcePolicy DeleteResourcePolicy",
        none="CancelQuery GenerateQuery",
    ),
    ("ses", "archive"): Contents(
        types=("mailmanager-archive",),
        read="GetArchiveMessage GetArchiveMessageContent StartArchiveSearch "
        "GetArchiveSearchResults",
        share="StartArchiveExport",
        none="StopArchiveExport StopArchiveSearch",
    ),
    ("workmail", "organization"): Contents(
        types=("organization",),
        read="workmailmessageflow:GetRawMessageContent",
        write="workmailmessageflow:PutRawMessageContent",
        share="StartMailboxExportJob",
        administer="PutMailboxPermissions ResetPassword AssumeImpersonationRole",
    ),
    ("connect", "instance"): Contents(
        types=("instance", "contact", "user"),
        read="SearchContacts DescribeContact GetContactAttributes GetFederationToken "
        "AdminGetEmergencyAccessToken ListRealtimeContactAnalysisSegments MonitorContact",
        write="UpdateContact UpdateContactAttributes",
        share="AssociateInstanceStorageConfig StartContactStreaming ReplicateInstance "
        "AssociateAnalyticsDataSet BatchAssociateAnalyticsDataSet",
    ),
    ("mobiletargeting", "app"): Contents(
        types=("app", "endpoint", "user", "event-stream"),
        read="GetEndpoint GetUserEndpoints",
        write="UpdateEndpoint UpdateEndpointsBatch DeleteEndpoint DeleteUserEndpoints "
        "CreateImportJob",
        share="CreateExportJob PutEventStream",
        none="CreateCampaign CreateSegment",
    ),
}
