"""What runs in a Kubernetes cluster, as the cluster's own API tells it.

No provider's: a door that knows the way into a cluster (its address, its certificate authority
and a token) has it asked here, and the provider's collectors declare the calls and read the rows.
"""
