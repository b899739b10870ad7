"""Ambiences: one place a file."""
