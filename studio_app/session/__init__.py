"""What every panel is given: document, selection, transport, generation, jobs, settings."""
