"""What an editor might want next: takes, neighbours, what is missing, what is there twice. Pure over what was measured."""
