"""Reads the files that decide an audit, and says everything that is wrong with them at once.

    audit.yaml --load_config--> Configuration --new_audit--> Audit (audit.json)

Import from the modules: this package itself imports nothing.
"""
