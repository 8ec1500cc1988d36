"""Queues, topics, streams and logs: the actions that reach what they hold."""

from auditor.access.contents.base import Contents, Table

MESSAGES: Table = {
    ("sqs", "queue"): Contents(
        types=("queue",),
        read="ReceiveMessage",
        write="SendMessage DeleteMessage PurgeQueue ChangeMessageVisibility",
        share="StartMessageMoveTask",
        none="CreateQueue CancelMessageMoveTask",
    ),
    ("sns", "topic"): Contents(
        types=("topic",),
        read="Subscribe",
        write="Publish",
        none="CreateTopic ConfirmSubscription",
    ),
    ("kinesis", "stream"): Contents(
        types=("stream", "consumer"),
        read="GetRecords SubscribeToShard",
        write="PutRecord PutRecords",
        administer="PutResourcePolicy DeleteResourcePolicy RegisterStreamConsumer DeleteStream",
        none="CreateStream",
    ),
    ("logs", "log group"): Contents(
        types=("log-group", "log-stream"),
        read="GetLogEvents FilterLogEvents StartQuery GetQueryResults GetLogRecord StartLiveTail "
        "Unmask",
        write="PutLogEvents DeleteLogStream CreateLogStream",
        share="CreateExportTask PutSubscriptionFilter IntegrateWithS3Table",
        administer="DeleteLogGroup",
        none="CreateLogGroup",
        below=":*",
    ),
}
