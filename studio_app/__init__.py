"""The application: session and actions without a face, and the two ways in (window and command line)."""

__version__ = "0.1.0"
