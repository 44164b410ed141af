"""Reminding people: how they want it, who is to be reminded now, and what the letter says."""
