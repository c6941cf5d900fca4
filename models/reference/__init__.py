"""What the field knows, as data files with their source and date, and the small loaders that read them."""
