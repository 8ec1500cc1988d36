"""Reasoning about who can reach what: pure, offline, over documents that were collected.

    policy documents --statements--> Statement --decision--> Decision   one question, explained
    everything of an estate --grants--> rights, by sets of stores       all questions at once

Both ways give the same answers; a property test holds them to it.
"""
