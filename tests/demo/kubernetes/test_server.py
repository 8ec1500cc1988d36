"""The stand-in for clusters answers as a cluster would, and no others are led astray."""

import base64
import json
import socket
import ssl
import urllib.error
import urllib.request
from typing import Any

import pytest

from auditor.demo.kubernetes.objects import pod, webhook
from auditor.demo.kubernetes.server import Cluster, resolving, serving

HOST = "one.eks.amazonaws.com"


def ask(authority: str, path: str, bearer: str = "", method: str = "GET") -> Any:
    context = ssl.create_default_context(cadata=base64.b64decode(authority).decode())
    headers = {"Authorization": f"Bearer {bearer}"}
    request = urllib.request.Request(f"https://{HOST}{path}", headers=headers, method=method)
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context)
    )
    with opener.open(request, timeout=10) as response:
        return json.load(response)


def test_lists_are_paged_and_refused_as_by_a_cluster() -> None:
    pods = [pod(f"p{number}", "i") for number in range(3)]
    cluster = Cluster(
        host=HOST,
        objects={"pods": pods, "mutatingwebhookconfigurations": [webhook("w", "pods")]},
        lets_in="ours".__eq__,
        refused=frozenset({"validatingwebhookconfigurations"}),
    )
    admission = "/apis/admissionregistration.k8s.io/v1"
    with serving(cluster) as authority:
        first = ask(authority, "/api/v1/pods?limit=2", "ours")
        rest = ask(authority, "/api/v1/pods?limit=2&continue=2", "ours")
        webhooks = ask(authority, f"{admission}/mutatingwebhookconfigurations", "ours")
        refusals = {}
        for path, bearer, method in (
            ("/api/v1/pods", "theirs", "GET"),
            (f"{admission}/validatingwebhookconfigurations", "ours", "GET"),
            ("/api/v1/secrets", "ours", "GET"),
            ("/api/v1/pods", "ours", "DELETE"),
        ):
            with pytest.raises(urllib.error.HTTPError) as refused:
                ask(authority, path, bearer, method)
            refusals[path, bearer, method] = refused.value.code
            refused.value.close()

    assert (first["kind"], len(first["items"]), first["metadata"]["continue"]) == (
        "PodList",
        2,
        "2",
    )
    assert (len(rest["items"]), rest["metadata"]["continue"]) == (1, "")
    assert len(webhooks["items"]) == 1
    assert list(refusals.values()) == [401, 403, 404, 404]


def test_only_these_names_lead_elsewhere() -> None:
    ordinary = socket.getaddrinfo
    with resolving({"gone.example": 0, "here.example": 7}):
        ((_, _, _, _, address),) = socket.getaddrinfo("here.example", 443, type=socket.SOCK_STREAM)
        assert address[:2] == ("127.0.0.1", 7)
        with pytest.raises(socket.gaierror):
            socket.getaddrinfo("gone.example", 443)
        assert socket.getaddrinfo("127.0.0.1", 9, type=socket.SOCK_STREAM)[0][4][1] == 9

    assert socket.getaddrinfo is ordinary
