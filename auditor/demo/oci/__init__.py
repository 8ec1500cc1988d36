"""A simulated Oracle Cloud whose routes and shapes come from the installed OCI SDK.

    from auditor.demo.oci import credentials
    from auditor.demo.oci.estate_reader import make_estate, read_estate
    from auditor.demo.oci.faults import denied, throttled
    from auditor.demo.oci.simulator import Simulator
    from auditor.demo.oci.transport import in_process

    estate = make_estate(
        {
            "tenancy": credentials.TENANCY,
            "namespace": "acme",
            "regions": {
                "us-ashburn-1": {
                    "object_storage": {
                        "Bucket": [
                            {
                                "name": "user-data",
                                "namespace": "acme",
                                "compartment_id": credentials.TENANCY,
                            }
                        ]
                    }
                }
            },
        }
    )
    simulator = Simulator(estate, page_size=2)
    simulator.inject(throttled(".*list_buckets", region="us-ashburn-1", times=2))

    with in_process(simulator):
        client = oci.object_storage.ObjectStorageClient(
            credentials.config(), signer=credentials.signer()
        )
        client.list_buckets("acme", credentials.TENANCY)

    assert simulator.calls["object_storage.ObjectStorageClient.list_buckets"] == 3

``estate_reader`` says how an estate is written in YAML. ``server.serving`` puts the simulator
behind an HTTPS proxy for a client in another process. A rule for a fault names an operation
(a regular expression on ``module.Client.operation``) and optionally a region, a compartment, a
resource and how often it strikes; see ``faults.InjectedFault``.

Some services have rules of their own: ``search`` (an index of some types, by region), ``usage``
(the bill), ``journal`` (the audit log of what was asked). ``caller: {groups: [...]}`` in an estate
lets the estate's own policies decide what is answered; see ``authorisation``.

What it does not imitate: writes (405), filters that no field and no ``_path`` of the estate
answers (501 with a message that says what to add), sort orders.
Importing this package imports neither the SDK nor any of the modules above.
"""
