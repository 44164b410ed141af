"""Sending reminders: what becomes of each, the way to the mail server, and the rounds."""
