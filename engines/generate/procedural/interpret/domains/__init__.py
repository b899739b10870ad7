"""One file a domain: its values and their words."""
