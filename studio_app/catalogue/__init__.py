"""The catalogue: every clip of all projects and watched folders, what it is like, and how it is found again. See docs/constellation.md."""
