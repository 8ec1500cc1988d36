"""The columns of what is kept of audit logs, in the bundle's folder ``activity``.

    activity/summaries/*.parquet   one row per key of SUMMARY_KEY and log file
    activity/chains.parquet        one row per credential that was issued to somebody
    activity/files.parquet         one row per log file that was read, or should have been there
    activity/addresses.parquet     one row per distinct address, with what each database says of it

Summaries add up: rows of one key are merged by sum, minimum and maximum, in any order.
"""

from collections.abc import Mapping
from typing import Final

SUMMARY_KEY: Final[Mapping[str, str]] = {
    "source": "Log source, as audit.yaml names it.",
    "day": "UTC day of the events, ISO 8601 date.",
    "account": "Account or tenancy in whose log they stand.",
    "region": "Region that the log names.",
    "service": "The provider's short name of the service, such as 's3'.",
    "operation": "Operation, as logged.",
    "access": "read, write, administer, share, decrypt, sign-in or other.",
    "principal": "Who acted: ARN of the user, or of the role behind a session; OCID; 'service:…'; "
    "account id of a caller that is not named; '' if the log does not say.",
    "principal_kind": "Kind of identity, in the log's own word.",
    "principal_account": "Account or tenancy of that identity; '' if the log does not say.",
    "session": "Name of the session; '' for none.",
    "source_identity": "Identity that the first session of a chain was given; '' for none.",
    "credential": "Id of the temporary credential used, to follow chains by; '' if none.",
    "invoked_by": "Service that asked on the principal's behalf; '' for none.",
    "store": "ARN or OCID of what was touched, as far as the event names it; '' for none.",
    "address": "Source address, or name of the service, as logged.",
    "endpoint": "Private endpoint that the call came through; '' for none.",
    "second_factor": "yes, no, or '' if the log does not say.",
}
"""Columns whose values name a row; all text."""

SUMMARY_VALUES: Final[Mapping[str, str]] = {
    "file": "SHA-256 of the log file's bytes as they were stored, lower-case hex.",
    "first": "Moment of the first event, ISO 8601 with a Z.",
    "last": "Moment of the last event.",
    "events": "Number of events.",
    "errors": "Number of those that were refused or failed.",
    "bytes_out": "Bytes sent out, as far as the events state them.",
    "bytes_known": "Number of events that state bytes sent out.",
    "first_id": "Smallest id of an event.",
    "last_id": "Largest id of an event.",
}
"""Columns that are merged; moments and ids are text, the rest whole numbers."""

CHAIN: Final[Mapping[str, str]] = {
    "credential": "Id of the credential that was issued.",
    "issued_to": "Principal that asked for it, as in 'principal'.",
    "issued_by": "Id of the credential that was used to ask; '' for a lasting one.",
    "role": "Principal that the credential acts as.",
    "at": "Moment, ISO 8601 with a Z.",
}
"""Columns of chains: who asked for which temporary credential."""
