"""What runs in the worker: theme runs, reminders, exports, backups."""
