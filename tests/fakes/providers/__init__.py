"""Providers as they speak, on this machine: a real HTTP server with queues, faults, links that end, and a ledger of its own."""

from tests.fakes.providers.server import FakeProviders

__all__ = ["FakeProviders"]
