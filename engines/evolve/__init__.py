"""Clips in, a new take out: the operations, what they work on, and how they are run."""
