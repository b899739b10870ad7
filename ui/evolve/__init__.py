"""What the panels of the workspace Evolve are made of."""
