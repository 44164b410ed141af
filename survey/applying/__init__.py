"""Applying to a study and choosing among those who apply."""
