"""What people see: one screen a file, thin, read top to bottom."""
