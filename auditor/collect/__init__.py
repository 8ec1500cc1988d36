"""Asks the providers, and keeps every answer as evidence."""
