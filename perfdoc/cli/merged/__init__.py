"""What is merged into specs, by `pull` and by `merge`: what is given, what is shown and written."""
