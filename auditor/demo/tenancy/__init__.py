"""The Oracle Cloud half of the demo: one tenancy behind the simulator, most of it in order."""
