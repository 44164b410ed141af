"""How the month of the demo is put together from its stock of thoughts."""
