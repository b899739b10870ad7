"""What the Lineage panel is made of."""
