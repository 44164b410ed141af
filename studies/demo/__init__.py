"""The invented study, and how it was made."""
