"""Taking coded texts to other programs, and bringing them from there."""
