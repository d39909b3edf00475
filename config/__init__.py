"""What Sada is told: settings, campaign files and translations. Imports no other room."""
