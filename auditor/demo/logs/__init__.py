"""Audit logs of the demonstration, written as the providers write them, digests included."""
