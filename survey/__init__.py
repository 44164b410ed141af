"""Collecting: forms, answers, days, consent, transcripts."""
