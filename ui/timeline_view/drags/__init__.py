"""What a press can hold: one drag in each file. Tools choose among them."""
