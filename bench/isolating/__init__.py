"""Two studies in one installation, and everything that might show one of them to the other."""
