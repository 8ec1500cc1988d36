"""How fast Oracle Cloud lets one tenancy call: the few limits that it publishes.

The rest is not published. It is taken to be what others publish for such calls, and a lane slows
down by itself where it is throttled all the same.

Sources: https://docs.oracle.com/en-us/iaas/api/#/en/key/release/Key/GetKey and its siblings (all
management reads of a tenancy together), and
https://docs.oracle.com/en-us/iaas/api/#/en/notification/20181201/ (of each operation).
"""

from auditor.collect.limits import Default, Limit
from auditor.model import Request

_KEYS = "key_management.KmsManagementClient"
_KEYS_RATE = 10.0
_MINUTE = 60.0
_RATES = {
    "ons.NotificationControlPlaneClient.list_topics": 120 / _MINUTE,
    "ons.NotificationDataPlaneClient.list_subscriptions": 60 / _MINUTE,
}
_DEFAULT = Default()


class _OciLimits:
    def of(self, request: Request) -> Limit:
        """Return the limit that a call counts towards."""
        if request.service == _KEYS:
            return Limit(name=_KEYS, rate=_KEYS_RATE, burst=_KEYS_RATE)
        own = f"{request.service}.{request.operation}"
        if own in _RATES:
            return Limit(name=own, rate=_RATES[own], burst=1)
        return _DEFAULT.of(request)


LIMITS = _OciLimits()
