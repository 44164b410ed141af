"""Applications as those read them who choose: masked, and how far they agree."""
