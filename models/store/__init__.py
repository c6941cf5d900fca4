"""Where a practice is kept: its database, its connections, its schema, its configuration."""
